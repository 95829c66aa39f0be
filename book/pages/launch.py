"""How a reader runs a chapter again: launch buttons, and a box at the foot of every chapter that is a notebook.

The repository's address has one place, `repository-code` in CITATION.cff. Without it there is no launch button and no link, and the box
speaks of the reader's own copy. Addresses lead to the tag of the version (v0.4.0), so that what runs is what the page shows.
"""

import re
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from sphinx.application import Sphinx
from sphinx.config import Config

from book.citation import Edition
from book.notebooks import BookError
from book.pages.context import book_of

_BINDER = "https://mybinder.org"
_KNOWN_HOSTS = ("github.com", "gitlab.com", "bitbucket.org")  # for which the theme makes buttons
_NEEDS = """<p>This needs Linux or macOS with Python 3.11 or newer, git and make; all else comes with <code>make book</code>, which
runs every chapter. The last line opens this one as a notebook. <code>make test</code> holds the numbers that come out against the committed
ones.</p>
"""


class Repository(NamedTuple):
    """Where the book is kept: address, host, name of the folder that a clone makes, and the tag of the version."""

    address: str
    host: str
    name: str
    tag: str


def connect_launch(app: Sphinx) -> None:
    """Called by Sphinx through `book.pages.extension`."""
    app.connect("config-inited", _set_theme)
    app.connect("html-page-context", _add_box, priority=600)


def repository(edition: Edition) -> Repository | None:
    """The Repository of an Edition; None where it names none. Raises BookError for what is no address."""
    address = re.sub(r"(\.git)?/*$", "", edition.repository or "")
    if not address:
        return None
    if not re.fullmatch(r"https://[\w.-]+(/[\w.~-]+){2,}", address):
        raise BookError(f"CITATION.cff: repository-code is {address!r}. Remedy: give the full address, as in https://github.com/owner/name")
    return Repository(address, urlsplit(address).netloc, address.rpartition("/")[2], f"v{edition.version}")


def _set_theme(app: Sphinx, config: Config) -> None:
    """Tell the theme where the repository is, and which buttons to make."""
    here = repository(book_of(app).edition)
    if here and here.host in _KNOWN_HOSTS:
        config.html_theme_options |= {
            "repository_url": here.address,
            "repository_branch": here.tag,
            "use_repository_button": True,
            "path_to_docs": "",
            "launch_buttons": {"notebook_interface": "jupyterlab", "binderhub_url": _BINDER},
        }


def _add_box(app: Sphinx, name: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
    """Put the box at the foot of a chapter that is a notebook."""
    book = book_of(app)
    if app.builder.name == "html" and name in book.executed:
        lines = [_get_the_book(repository(book.edition)), "make book", f"make lab PAGE={name}.ipynb"]
        code = app.builder.highlighter.highlight_block("\n".join(lines), "bash")  # type: ignore[attr-defined]
        context["body"] += (
            '<details class="rerun screen-only" id="rerun">\n<summary>Rerun this chapter</summary>\n'
            f'<p>On your own machine, in a terminal:</p><div class="highlight-bash notranslate">{code}</div>\n{_NEEDS}</details>\n'
        )


def _get_the_book(here: Repository | None) -> str:
    """The line of a terminal that brings the book, or what stands in its place where no address is known."""
    if here is None:
        return "cd FOLDER  # your copy of the book"
    return f"git clone --branch {here.tag} {here.address}.git && cd {here.name}"
