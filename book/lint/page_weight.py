"""What a page weighs over the wire: its bytes and those of all it loads, compressed as servers do."""

import gzip
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html as markup

_LOADED = (
    '//link[@rel="stylesheet" or @rel="icon" or @rel="preload"]/@href | //script/@src | //img[not(contains(@class, "only-dark"))]/@src'
)
_PACKED = {".png", ".jpg", ".woff2", ".zip", ".pdf"}  # these do not shrink


def page_weights(site: Path) -> dict[str, float]:
    """The weight of each page of the folder `site` as {page: kB of 1,000 bytes}, heaviest first.

    Of a figure drawn for light and for dark pages only the light one is loaded, and only it is counted.
    """
    pages = {str(file.relative_to(site)): _weight(file) for file in sorted(site.rglob("*.html")) if "_static" not in file.parts}
    return dict(sorted(pages.items(), key=lambda page: -page[1]))


def _weight(file: Path) -> float:
    page = markup.fromstring(file.read_bytes())
    loaded = {(file.parent / unquote(urlsplit(address).path)).resolve() for address in page.xpath(_LOADED) if not urlsplit(address).scheme}
    return (_compressed(file) + sum(_compressed(path) for path in loaded if path.is_file())) / 1000


@cache
def _compressed(file: Path) -> int:
    data = file.read_bytes()
    return len(data) if file.suffix in _PACKED else len(gzip.compress(data, 6, mtime=0))
