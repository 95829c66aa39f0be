"""Links to other sites are well-formed, and one that does not answer is named; every reference is used."""

import functools
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from book.lint.links import address_fault, check_links, link_faults, written_link_faults
from book.lint.references import _citations, reference_faults, unused_references
from book.notebooks import ROOT, BookError


@pytest.mark.promise("references")
def test_every_reference_is_used():
    assert unused_references(ROOT) == []


def test_a_reference_that_nothing_uses_is_named(tiny_book):
    root = tiny_book("# Title", "See {cite:t}`snider2023, charap2022`.")
    assert [key for _, key in _citations(root)] == ["snider2023", "charap2022"]
    with (root / "data/references.bib").open("a", encoding="utf-8") as file:
        file.write("@misc{nobody1900, author = {Nobody}, year = {1900}, title = {Nothing}}\n")
    assert "nobody1900" in unused_references(root)
    assert not {"snider2023", "charap2022", "usip2022"} & set(unused_references(root))


def test_what_the_prose_refers_to_is_there(texts, tiny_book):
    line = "[That](nowhere), [this](https//example.org), [mine](index), [https](https://example.org/), {cite}`nobody`, {ev}`usip2022-p03: no such`."
    root = tiny_book("# Title", line)
    place = "index.ipynb, cell 2"
    assert [fault.partition(". Remedy")[0] for fault in reference_faults(texts, root)][:2] == [
        f"{place}, line 1: cites nobody, which data/references.bib lacks",
        f"{place}, line 1: no coding rests on 'no such' in usip2022-p03",
    ]
    assert [fault.partition(". Remedy")[0] for fault in written_link_faults(root)] == [
        f"{place}: the link nowhere leads nowhere",
        f"{place}: the link https//example.org leads nowhere",
    ]


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("https://www.usip.org/publications/2022/03/a-b_c?x=1&y=%C3%A9#z", None),
        ("http://www.servat.unibe.ch/icl/au06000_.html", None),
        ("https://example.org:8443/", None),
        ("ftp://example.org/", "is neither https nor http"),
        ("javascript:alert(1)", "is neither https nor http"),
        ("https//example.org", "is neither https nor http"),
        ("https://example", "has no host that could exist ('example')"),
        ("https:///path", "has no host that could exist ('')"),
        ("https://-example.org/", "has no host"),
        ("https://exa_mple.org/", "has no host"),
        ("https://example..org/", "has no host"),
        ("https://example.org/a b", "holds a character that an address cannot hold"),
        ("https://example.org/}", "holds a character that an address cannot hold"),
        ("https://me@example.org/", "holds the name of a user"),
        ("https://example.org:port/", "cannot be read"),
        ("https://[example.org/", "cannot be read"),
    ],
)
def test_an_address_that_cannot_be_right_is_told(address, fault):
    found = address_fault(address)
    assert found == fault if fault is None else found.startswith(fault)


def page(folder, *addresses):
    folder.mkdir(exist_ok=True)
    (folder / "page.html").write_text("".join(f'<a href="{address}">x</a>' for address in addresses) + '<a href="other.html#id">y</a>')
    return folder


def test_a_faulty_link_of_a_page_is_named(tmp_path):
    site = page(tmp_path / "site", "https://example", "https://example.org/")
    assert link_faults(site) == ["page.html: https://example has no host that could exist ('example')"]


class Answers(BaseHTTPRequestHandler):
    """A site with one page, /there."""

    def do_GET(self):
        self.send_response(200 if self.path.startswith("/there") else 404)
        self.end_headers()

    do_HEAD = do_GET

    def log_message(self, *_arguments):
        pass


@pytest.fixture
def other_site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Answers))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_links_are_asked_for_and_a_dead_one_is_named(tmp_path, other_site):
    there, gone = f"{other_site}/there_?a=b&amp;c=*d*_", f"{other_site}/gone"
    check_links(page(tmp_path / "site", there), lambda _line: None)
    with pytest.raises(BookError) as caught:
        check_links(page(tmp_path / "site", there, gone), lambda _line: None)
    first, last = str(caught.value).splitlines()
    assert first.startswith(f"page.html: {gone}: 404")
    assert last.startswith("1 of 2 links did not answer well. Remedy: ")
