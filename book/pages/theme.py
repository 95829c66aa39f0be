"""The look of the pages: the theme without its icon scripts, scripts that no page uses, scripts and styles within the page, and faults for
assistive technology.
"""

import json
import re
import shutil
from pathlib import Path
from urllib.parse import quote

from sphinx_design.icons import get_octicon

TEMPLATES = Path(__file__).parent / "templates"
FAVICON = TEMPLATES / "favicon.svg"

# The theme's icons, by their Font Awesome names, and the Octicons of sphinx-design that stand for them.
ICONS = {
    "angle-left": "chevron-left", "angle-right": "chevron-right", "arrow-up": "arrow-up", "bars": "three-bars",
    "circle-half-stroke": "device-desktop", "code": "code", "download": "download", "expand": "screen-full", "file": "file-code",
    "file-pdf": "file", "github": "mark-github", "gitlab": "code", "bitbucket": "code",
    "list": "list-unordered", "magnifying-glass": "search", "moon": "moon",
    "play": "play", "rocket": "rocket", "sun": "sun", "xmark": "x",
}  # fmt: skip

# Scripts and styles of extensions that Jupyter Book always loads and no page uses.
UNUSED = re.compile(r"thebe|togglebutton|toggleHint|toggleOpenOnPrint|design-tabs|DOCUMENTATION_OPTIONS\.")
# What the theme writes into a page, and what stands there instead. Scripts and styles within a page are forbidden by its policy
# (book/policy.py); `_static/page.js` and `_static/book.css` do what they were good for.
MENDED = {
    r'<script[^>]*src="[^"]*fontawesome[^"]*"[^>]*></script>': "",
    # MyST-NB writes its style sheet after the pages: from the second build in a folder on they would name the version of the first.
    r"(/mystnb\.[0-9a-f]+\.css)\?v=[0-9a-f]+": r"\1",
    r'<script data-cfasync="false">.*?</script>': "",  # light or dark
    r"<noscript>\s*<style>.*?</style>\s*</noscript>": "",  # no buttons without JavaScript
    r'<script type="text/x-thebe-config">.*?</script>|<script>kernelName = [^<]*</script>': "",
    r"<script>\s*// Activate the search field.*?</script>": "",  # which is in a closed window
    r'<button onclick="toggleFullScreen\(\)"': '<button data-press="fullscreen"',
    r'<button onclick="window\.print\(\)"': '<button data-press="print"',
    r'<(table|td)( class="[^"]*")? style="[^"]*"': r"<\1\2",  # of the index
    r'(<html[^>]*) data-theme="auto"': r'\1 data-theme="light"',  # colours where there is no JavaScript to choose them
}
UNUSED_FILES = ["**/*.map", "vendor", "locales", "scripts/fontawesome.js", "webpack-macros.html", "sbt-webpack-macros.html", "*thebe*",
                "togglebutton.*", "design-tabs.js"]  # fmt: skip


def setup(app):
    app.connect("config-inited", use_templates)
    app.connect("builder-inited", use_icons)
    app.connect("html-page-context", lighten, priority=900)
    app.connect("build-finished", clear)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def use_templates(_app, config):
    config.templates_path.append(str(TEMPLATES))
    config.html_favicon = str(FAVICON)
    for files in (config.html_js_files, config.html_css_files):
        files.sort()  # Jupyter Book takes those of _static as the disk gives them


def use_icons(app):
    """Give the pages a style sheet that draws the icons, and mend each page as the theme's templates made it."""
    if app.builder.format == "html":
        static = Path(app.outdir) / "_static"
        static.mkdir(parents=True, exist_ok=True)
        (static / "icons.css").write_text(icon_styles(), encoding="utf-8")  # before the pages, whose links name its version
        app.add_css_file("icons.css")
        templates = app.builder.templates
        render = templates.render
        templates.render = lambda template, context: mended(render(template, context))


def mended(page):
    """A page of the theme with what is in MENDED exchanged."""
    for pattern, instead in MENDED.items():
        page = re.sub(pattern, instead, page, flags=re.DOTALL)
    return page


def tidy(index):
    """Take words without pages out of the index of the search: Sphinx keeps those of former builds in the same folder."""
    begin, end = "Search.setIndex(", ")"
    found = json.loads(index.read_text(encoding="utf-8").removeprefix(begin).removesuffix(end))
    for terms in ("terms", "titleterms"):
        found[terms] = {word: pages for word, pages in found[terms].items() if pages != []}
    found["indexentries"] = {}  # of functions, which are found as objects too; Sphinx forgets those of pages that it does not write anew
    index.write_text(begin + json.dumps(found, sort_keys=True) + end, encoding="utf-8")


def icon_styles():
    """A style sheet that draws each icon of the theme as a mask in the colour of the text."""
    masks = "\n".join(f'.fa-{name} {{ --icon: url("data:image/svg+xml,{quote(drawing(icon))}"); }}' for name, icon in ICONS.items())
    box = (
        ":is(.fas, .fab, .fa-solid, .fa-brands) { display: inline-block; width: 1em; height: 1em; vertical-align: -0.125em; "
        "background: currentColor; mask: var(--icon) center / contain no-repeat; }"
    )
    return (
        f"{box}\n.theme-switch.fa-lg {{ font-size: 1em; }}\n:is(.fas, .fab, .fa-solid, .fa-brands)::before {{ content: none; }}\n{masks}\n"
    )


def drawing(icon):
    return get_octicon(icon).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ')


def lighten(_app, _page, _template, context, _doctree):
    """Drop what no page uses, and the roles of the bibliography that browsers no longer take."""
    for kind in ("script_files", "css_files"):
        if kind in context:
            context[kind] = [file for file in context[kind] if not UNUSED.search(f"{getattr(file, 'filename', file)} {described(file)}")]
    if "body" in context:
        context["body"] = context["body"].replace(' role="doc-biblioentry"', "").replace('<div role="list" class="citation-list">', "<div>")


def described(file):
    """The text of a script that stands in the page itself."""
    return getattr(file, "attributes", {}).get("body", "")


def clear(app, failed):
    """Take out of the site the files that no page asks for, and out of the index of the search the words that no page has any more."""
    if failed or app.builder.format != "html":
        return
    tidy(Path(app.outdir) / "searchindex.js")
    static = Path(app.outdir) / "_static"
    for pattern in UNUSED_FILES:
        for path in static.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
