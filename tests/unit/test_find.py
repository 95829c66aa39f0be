"""The command `find`: one place or a line of input each, the same as `find_quote` gives, and without the libraries that take time."""

import io
import subprocess
import sys
from types import SimpleNamespace

import pytest

from analysis.cli import main
from analysis.corpus.quotes import QuoteError, find_quote
from analysis.corpus.reader import DATA_FOLDER, load_corpus
from analysis.corpus.spans import coded_spans
from analysis.find import Bodies, find_in, find_in_any
from tests.support.corpora import STUDY
from tests.support.spoiled import FAULTS

HEAVY = ("pandas", "numpy", "matplotlib", "textstat", "duckdb", "pandera")


def outcome(find, *arguments):
    """What is found, or what is said where nothing is."""
    try:
        return find(*arguments)
    except QuoteError as error:
        return str(error)


@pytest.mark.parametrize("data", [STUDY, DATA_FOLDER])
def test_every_coded_quotation_is_found_as_by_the_whole_corpus(data):
    corpus, bodies = load_corpus(data), Bodies(data)
    spans = coded_spans(corpus)
    assert len(spans) > 20
    for span in spans.itertuples():
        for passage in (None, span.passage_id, "p99"):
            asked = (span.source_id, span.quote, passage)
            assert outcome(find_in, bodies, *asked) == outcome(find_quote, corpus, *asked)


def feed(monkeypatch, content):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))


def test_each_line_of_input_is_found_or_named(monkeypatch, capsys):
    lines = [
        "\ufeffarden1987\tclose to a deal\r",
        "",
        "arden1987\tno such words",
        "cole1988\tno reef. The blockade",
        "no reef. The blockade",
        "Vesk",
        "nobody1987\tVesk",
        "brill1987\tharbour alone. Vesk is",
        "neither here",
    ]
    feed(monkeypatch, "\n".join(lines).encode())
    assert main(["--data", str(STUDY), "find", "-"]) == 1
    found, said = capsys.readouterr()
    bodies = Bodies(STUDY)
    deal, blockade, run_on = (
        find_in(bodies, "arden1987", "close to a deal"),
        find_in_any(bodies, "no reef. The blockade"),
        find_in(bodies, "brill1987", "harbour alone. Vesk is"),
    )
    assert "\n" in run_on.quote
    assert found.splitlines() == [
        f"{one.passage_id},{one.start},{one.end}  {quote}"
        for one, quote in [(deal, deal.quote), (blockade, blockade.quote), (blockade, blockade.quote), (run_on, "harbour alone.  Vesk is")]
    ]
    assert [line.partition(";")[0].partition(": arden1987-p")[0] for line in said.splitlines()] == [
        "line 3: 'no such words' occurs nowhere in the body of arden1987",
        "line 6: 'Vesk' occurs 6 times",
        "line 7: unknown text 'nobody1987'",
        "line 9: 'neither here' occurs nowhere in the body of a text",
    ]


def test_lines_may_all_be_of_one_text(monkeypatch, capsys):
    feed(monkeypatch, b"close to a deal\nclose to\ta deal\n")
    assert main(["--data", str(STUDY), "find", "arden1987", "-"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == second
    assert first.startswith("arden1987-p01,")


def test_a_line_is_answered_before_the_next_comes():
    command = [sys.executable, "-m", "analysis", "--data", str(STUDY), "find", "arden1987", "-"]
    with subprocess.Popen(
        command, cwd=DATA_FOLDER.parent, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as run:
        for _ in range(2):
            run.stdin.write("close to a deal\n")
            run.stdin.flush()
            assert run.stdout.readline().endswith("  close to a deal\n")
        run.stdin.close()
        assert run.wait() == 0


@pytest.mark.parametrize(
    ("arguments", "content", "code", "said"),
    [
        (("arden1987",), b"", 2, "find takes a text and a quotation, or -"),
        (("-", "Vesk"), b"", 2, "find takes a text and a quotation, or -"),
        (("arden1987", "-", "--passage", "arden1987-p01"), b"", 2, "which have no --passage"),
        (("-",), b"Vesk\ncaf\xe9\n", 1, "standard input: is not UTF-8 (line 2, byte 3 of it). Remedy: give the quotations in UTF-8."),
        (("-",), b"", 0, ""),
    ],
)
def test_what_is_no_request_gets_a_clear_line(monkeypatch, capsys, arguments, content, code, said):
    feed(monkeypatch, content)
    with pytest.raises(SystemExit) as ended:
        sys.exit(main(["--data", str(STUDY), "find", *arguments]))
    assert ended.value.code == code
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("an altered byte", "was altered: its sha256 is"),
        ("a missing table", "zones.csv: is missing"),
        ("a zone gap", "gap in arden1987"),
    ],
)
def test_a_text_that_is_not_sound_is_refused(folder, capsys, fault, said):
    FAULTS[fault][0](folder)
    assert main(["--data", str(folder), "find", "arden1987", "close to a deal"]) == 1
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", ["['--data', 'tests/support/study', 'find', 'arden1987', 'close to a deal']", "['sentences', 'README.md']"]
)
def test_a_quotation_is_found_without_the_libraries_that_take_time(arguments):
    code = f"import sys; from analysis.cli import main; main({arguments}); print([name for name in {HEAVY} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], cwd=DATA_FOLDER.parent, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "[]"
