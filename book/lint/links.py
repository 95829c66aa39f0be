"""Links to other sites: whether they are well-formed, which every test run asks, and whether they answer, which `make linkcheck` asks."""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lxml import html as markup

from book.lint.prose import page_links
from book.notebooks import BookError, page_names
from book.run.execute import Report

_OTHER_SITES = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_HOST = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", re.IGNORECASE)
_STRANGE = re.compile(r"[\s\"<>\\^`{|}\x00-\x1f]")
_SETTINGS = "extensions = ['myst_parser']\nlinkcheck_timeout = 20\nlinkcheck_retries = 2\nlinkcheck_anchors = False\n"


def other_sites(html: Path) -> dict[str, list[str]]:
    """The addresses of other sites in the pages of the folder `html`: {address: pages that hold it}."""
    found: dict[str, dict[str, None]] = {}
    for file in sorted(html.rglob("*.html")):
        for address in markup.fromstring(file.read_bytes()).xpath("//@href | //@src | //@action"):
            if _OTHER_SITES.match(address) and not address.startswith(("data:image/", "mailto:")):
                found.setdefault(address, {})[file.relative_to(html).as_posix()] = None
    return {address: list(pages) for address, pages in found.items()}


def link_faults(html: Path) -> list[str]:
    """Links to other sites that cannot be right: "page: address reason", one for each address."""
    return [f"{pages[0]}: {address} {fault}" for address, pages in other_sites(html).items() if (fault := address_fault(address))]


def written_link_faults(root: Path) -> list[str]:
    """Links of the prose that cannot be right: to other sites, and to pages and files of the book that are not there, in words."""
    return [
        f"{place}: the link {address} {fault}. Remedy: correct it."
        for name in page_names(root)
        for place, address in page_links(root, name)
        if (fault := _written_fault((root / name).parent, address))
    ]


def _written_fault(folder: Path, address: str) -> str | None:
    if _OTHER_SITES.match(address):
        return address_fault(address)
    path = address.partition("#")[0]
    return None if not path or any((folder / f"{path}{end}").exists() for end in ("", ".ipynb", ".md")) else "leads nowhere"


def address_fault(address: str) -> str | None:
    """What is wrong with the address of another site; None where nothing is."""
    if not address.lower().startswith(("https://", "http://")):
        return "is neither https nor http"
    if _STRANGE.search(address):
        return "holds a character that an address cannot hold"
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname or "", parts.port
    except ValueError as error:
        return f"cannot be read ({error})"
    if "@" in parts.netloc:
        return "holds the name of a user"
    return None if _HOST.fullmatch(host) else f"has no host that could exist ({host!r})"


def check_links(html: Path, report: Report = print) -> None:
    """Ask every other site that the pages link to, with Sphinx's linkcheck. Raises BookError naming the links that do not answer well."""
    pages = other_sites(html)
    report(f"Asking for {len(pages)} address{'es' * (len(pages) != 1)} of other sites")
    answers = [answer for answer in _asked(pages) if answer["status"] not in ("working", "redirected")]
    lines = [f"{', '.join(pages[answer['uri']])}: {answer['uri']}: {answer['info'] or answer['status']}" for answer in answers]
    if lines:
        remedy = "open them in a browser, as some sites refuse programs; where one is gone, give the address of an archived copy."
        lines.append(f"{len(lines)} of {len(pages)} links did not answer well. Remedy: {remedy}")
        raise BookError("\n".join(lines))


def _asked(addresses: Iterable[str]) -> list[dict[str, Any]]:
    """What Sphinx's linkcheck found out about each address: mappings with uri, status, info."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "conf.py").write_text(_SETTINGS, encoding="utf-8")
        (folder / "index.md").write_text("\n\n".join(["# Links", *(f"<{address}>" for address in addresses)]), encoding="utf-8")
        command = [sys.executable, "-m", "sphinx", "-q", "-b", "linkcheck", place, f"{place}/out"]
        run = subprocess.run(command, capture_output=True, text=True)
        found = folder / "out/output.json"
        if not found.exists():
            raise BookError(f"the links could not be asked for: {run.stderr.strip()[-500:]}")
        return [json.loads(line) for line in found.read_text(encoding="utf-8").splitlines()]
