"""The theme as the book wears it: its icons drawn, a strict policy in every page, and nothing that no page uses.

A page loads what lies beside it, runs nothing that is written into it, and sends nothing away: the Content-Security-Policy says so, and
the templates of this folder leave no script and no style in a page. The site has no headers of its own (GitHub Pages, a folder on a disk),
so the policy stands in the page. The page left where another moved (`templates/redirect.html`) has one of its own.
"""

import json
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import FileSystemBytecodeCache
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.config import Config
from sphinx_design.icons import get_octicon

TEMPLATES = Path(__file__).parent / "templates"
_POLICY = {
    "default-src": "'none'",  # frames, objects, media, workers
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",  # the icons lie in the style sheets
    "font-src": "'self'",  # the theme's style sheets name fonts, though no page has letters in them
    "connect-src": "'self'",  # the search reads the pages that it found
    "form-action": "'self'",
    "base-uri": "'none'",
}
_GUARD = (
    f'<meta http-equiv="Content-Security-Policy" content="{"; ".join(f"{what} {where}" for what, where in _POLICY.items())}" />\n'
    '    <meta name="referrer" content="no-referrer" />'
)
# The theme's icons, by their Font Awesome names, and the Octicons of sphinx-design that stand for them.
ICONS = {
    "angle-left": "chevron-left", "angle-right": "chevron-right", "arrow-up": "arrow-up", "bars": "three-bars",
    "circle-half-stroke": "device-desktop", "code": "code", "download": "download", "expand": "screen-full", "file": "file-code",
    "file-pdf": "file", "github": "mark-github", "gitlab": "code", "bitbucket": "code",
    "list": "list-unordered", "magnifying-glass": "search", "moon": "moon",
    "play": "play", "rocket": "rocket", "sun": "sun", "xmark": "x",
}  # fmt: skip
_UNUSED_FILES = ("**/*.map", "vendor", "locales", "scripts/fontawesome.js", "webpack-macros.html", "sbt-webpack-macros.html")
_ICON_BOX = """:is(.fas, .fab, .fa-solid, .fa-brands) { display: inline-block; width: 1em; height: 1em; vertical-align: -0.125em; \
background: currentColor; mask: var(--icon) center / contain no-repeat; }
.theme-switch.fa-lg { font-size: 1em; }
:is(.fas, .fab, .fa-solid, .fa-brands)::before { content: none; }
"""
# Settings that Jupyter Book hands to extensions of its own which this book does not load.
_OTHERS_SETTINGS = ("comments_config", "thebe_config", "togglebutton_hint", "intersphinx_mapping")


def connect_theme(app: Sphinx) -> None:
    """Called by Sphinx through `book.pages.extension`."""
    for name in _OTHERS_SETTINGS:
        if name not in app.config:
            app.add_config_value(name, None, "")
    app.connect("config-inited", _use_templates)
    app.connect("builder-inited", _write_icons)
    app.connect("builder-inited", _keep_compiled)
    app.connect("html-page-context", _guard_page, priority=900)


def _use_templates(_app: Sphinx, config: Config) -> None:
    config.templates_path.insert(0, str(TEMPLATES))  # before those of the theme, which puts its own there
    config.html_favicon = str(TEMPLATES / "favicon.svg")
    for files in (config.html_js_files, config.html_css_files):
        files.sort()  # Jupyter Book takes those of _static as the disk gives them


def _keep_compiled(app: Sphinx) -> None:
    """Keep the templates as Jinja compiled them, by their content."""
    if isinstance(app.builder, StandaloneHTMLBuilder):
        place = Path(app.srcdir) / "_build/templates"
        place.mkdir(parents=True, exist_ok=True)
        app.builder.templates.environment.bytecode_cache = FileSystemBytecodeCache(str(place))


def _write_icons(app: Sphinx) -> None:
    """Give the pages a style sheet that draws the icons: before the pages, whose links name its version."""
    if app.builder.format == "html":
        static = Path(app.outdir) / "_static"
        static.mkdir(parents=True, exist_ok=True)
        (static / "icons.css").write_text(icon_styles(), encoding="utf-8")
        app.add_css_file("icons.css")


def icon_styles() -> str:
    """A style sheet that draws each icon of the theme as a mask in the colour of the text."""
    drawings = {name: get_octicon(icon).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ') for name, icon in ICONS.items()}
    masks = (f'.fa-{name} {{ --icon: url("data:image/svg+xml,{quote(drawing)}"); }}\n' for name, drawing in drawings.items())
    return _ICON_BOX + "".join(masks)


def _guard_page(_app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
    """Put the policy before all that it governs; leave out scripts within the page, and roles that browsers no longer take."""
    context["metatags"] = f"\n    {_GUARD}{context.get('metatags', '')}"
    context["script_files"] = [file for file in context["script_files"] if getattr(file, "filename", file)]
    # MyST-NB writes its style sheet after the pages, so its version, a digest, would be there from the second build on; its name has one.
    styles = sorted(context["css_files"], key=lambda file: file.priority)
    context["css_files"] = [file.filename if "mystnb" in file.filename else file for file in styles]
    if "body" in context:
        context["body"] = context["body"].replace(' role="doc-biblioentry"', "").replace('<div role="list" class="citation-list">', "<div>")


def drop_unused(site: Path) -> None:
    """Take out of the site the files that no page asks for, and out of the index of the search the words that no page has any more."""
    _prune_search_index(site / "searchindex.js")
    for path in [path for pattern in _UNUSED_FILES for path in (site / "_static").glob(pattern)]:
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def _prune_search_index(index: Path) -> None:
    """Take words without pages out of the index of the search: Sphinx keeps those of former builds in the same folder."""
    begin, end = "Search.setIndex(", ")"
    found = json.loads(index.read_text(encoding="utf-8").removeprefix(begin).removesuffix(end))
    for terms in ("terms", "titleterms"):
        found[terms] = {word: pages for word, pages in found[terms].items() if pages != []}
    found["indexentries"] = {}  # of functions, which are found as objects too; Sphinx forgets those of pages that it does not write anew
    index.write_text(begin + json.dumps(found, sort_keys=True) + end, encoding="utf-8")
