"""A citation leaves out the name of the text that was named last in its paragraph."""

from bs4 import BeautifulSoup

from book.pipeline import build


def test_a_citation_repeats_no_name(tiny_book):
    given = "{ev}`usip2022-p03: legally binding duty`", "{ev}`usip2022-p01: through a neutral status guaranteed`"
    root = tiny_book(
        f"# One\n\nUSIP 2022 says so ({given[0]}).\n\nIt is said ({given[0]}, {given[1]}, {{ev}}`charap2022-p01: dismissive of the negotiations`)."
    )
    page = BeautifulSoup(build(root, lambda _line: None).read_text(encoding="utf-8"), "html.parser")
    for hidden in page.select(".ev-words"):
        hidden.decompose()
    first, second = ([link.get_text() for link in paragraph.select("a.ev")] for paragraph in page.select("article section > p")[:2])
    assert first == ["par. 3"]
    assert second == ["USIP 2022, par. 3", "par. 1", "Charap 2022, par. 1"]
