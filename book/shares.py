"""How much of each text the book shows, measured in the built pages and files; the build refuses too much.

A word of a body counts as shown where it stands in a run of at least RUN consecutive words that a published file shares with the text
(letter case, punctuation, the form of quotation marks and line breaks make no difference), or where the book quotes it, however short the
quotation (`analysis.evidence.visible`: quotations of codings, naming choices in their lines, words that date an event; and the words of
evidence links in the prose). Each word counts once. Files are read block by block: the cells of a table, items of a list, attributes and
fields of a CSV file make no run together, and tags within a sentence part none. The zip holds these files and the PDF is printed from
these pages, so neither is read again.
"""

import csv
import html
import json
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

import lxml.html
import nbformat
import pandas as pd
from lxml import etree

from analysis.corpus import WORD, word_spans, words
from analysis.evidence import resting, spans, verbatim, visible
from analysis.files import put
from analysis.grids import grid
from analysis.show import table_name
from book.notebooks import BookError

RUN = 5  # words in a row from which on shared words count as the text's
MOST_IN_A_ROW = 60
MOST = 0.5  # of the words of a body
LINK = re.compile(r"\{ev\}`([^`:]+):([^`]+)`")
PAGE = "chapters/evidence.html"
# The section of that page; as committed it says how it is filled.
SECTION = re.compile(r'(<section id="shown"[^>]*>).*?(</section>)', re.DOTALL)
CAPTION = "How much of each text the book shows"

INLINE = {"a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark", "q", "s", "samp",
          "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"}  # fmt: skip
DRAWN = {"d", "points", "style", "transform"}  # attributes that hold no words
PACKED = {".inv", ".pdf", ".png", ".woff2", ".zip"}
ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|[nrt])")


class Shown(NamedTuple):
    """What the book shows of a text: the words of its body, how many are shown, the longest run and its file, and the file that, beyond
    what the book quotes, shows most, with an example.
    """

    source_id: str
    words: int
    shown: int
    longest: int
    longest_in: str
    adding: str
    example: str

    @property
    def share(self):
        return self.shown / self.words


def offer_shares(texts, site):
    """Measure what the book in the folder `site` shows of the Corpus `texts`, and print it on the page of evidence.

    Raises BookError where that is too much.
    """
    site = Path(site)
    measured = shares(texts, site)
    refuse(texts, measured)
    page = site / PAGE
    if page.exists():
        filled = SECTION.sub(lambda match: match[1] + section(texts, measured) + match[2], page.read_text(encoding="utf-8"))
        put(page, filled)


def shares(texts, site):
    """What the files of the folder `site` show of each text: a list of Shown, in the order of the texts."""
    bodies = {source_id: own.reset_index(drop=True) for source_id, own in words(texts).groupby("source_id", sort=False)}
    found = runs({source_id: list(own.word) for source_id, own in bodies.items()}, published_blocks(site))
    links = linked(texts, site)
    return [shown(source_id, bodies[source_id], visible(texts)[source_id] | links[source_id], found[source_id]) for source_id in bodies]


def linked(texts, site):
    """The words that evidence links in the prose quote: {source_id: set of offsets at which they begin}."""
    found = {source_id: set() for source_id in texts.raw}
    links = dict.fromkeys(LINK.findall("\n".join(text for _, text in published_blocks(Path(site) / "_sources"))))
    coded = spans(texts) if links else None
    for passage_id, quoted in links:
        span = resting(coded, passage_id.strip(), quoted)
        own = verbatim(span.quote, quoted)
        start = span.start + span.quote.index(own)
        found[span.source_id].update(start + begin for begin, _ in word_spans(own))
    return found


def shown(source_id, body, quoted, found):
    """The Shown of one text; `quoted` are the offsets of words that the book quotes, `found` its runs as `runs` gives them."""
    quoted = set(body.index[body.start.isin(quoted)])
    added = {file: set().union(*(range(at, at + length) for at, length in own)) - quoted for file, own in found.items()}
    adding = max(added, key=lambda file: len(added[file]), default="")
    first = min(added.get(adding, ()), default=None)
    example = "" if first is None else " ".join(body.word[first : first + RUN])
    longest, longest_in = max(((length, file) for file, own in found.items() for _, length in own), default=(0, ""))
    return Shown(source_id, len(body), len(quoted.union(*added.values())), longest, longest_in, adding if example else "", example)


def refuse(texts, measured):
    """Raise BookError, naming each text of which too much is shown."""
    short = texts.sources.set_index("source_id").short
    faults = []
    for row in measured:
        name = short[row.source_id]
        if row.longest > MOST_IN_A_ROW:
            faults.append(
                f"{row.longest_in}: shows {row.longest} words of {name} in a row, more than {MOST_IN_A_ROW}. Remedy: shorten the quotation."
            )
        if row.share > MOST:
            more = f"; beyond its quotations {row.adding} shows most, as in “{row.example}”" if row.adding else ""
            faults.append(f"{name}: the book shows {100 * row.share:.1f} percent of its words, more than {100 * MOST:.0f}{more}. "
                          "Remedy: say it in other words, or lower MOST_SHARE in analysis/evidence.py.")  # fmt: skip
    if faults:
        raise BookError("\n".join(faults))


def section(texts, measured):
    """The section of the page of evidence, as HTML: the rule and the table."""
    short = texts.sources.set_index("source_id").short
    rows = pd.DataFrame({
        "text": [short[row.source_id] for row in measured],
        "words of its body": [row.words for row in measured],
        "shown": [row.shown for row in measured],
        "percent": [100 * row.share for row in measured],
        "longest run of words": [row.longest for row in measured],
    })  # fmt: skip
    rule = (
        f"A word counts as shown where it stands in a run of at least {RUN} words that a page or a file for download shares with the text, "
        "or where the book quotes it, however short the quotation. Case and punctuation make no difference, and each word counts once. "
        f"The PDF and the zip hold the same words. The book is not published where more than {100 * MOST:.0f} percent of a text are shown, "
        f"or more than {MOST_IN_A_ROW} of its words in a row."
    )
    return f"<p>{html.escape(rule)}</p>\n{grid(rows, CAPTION, table_name(CAPTION))}"


def runs(bodies, blocks):
    """Where published blocks share RUN or more words with a body: {source_id: {file: {(place of the first word in the body, length)}}}.

    `bodies` maps source_id to words, `blocks` are (file, text).
    """
    grams, found = defaultdict(list), {source_id: defaultdict(set) for source_id in bodies}
    for source_id, own in bodies.items():
        own = [plain(word) for word in own]
        for at in range(len(own) - RUN + 1):
            grams[tuple(own[at : at + RUN])].append((source_id, at))
    known = {word for gram in grams for word in gram}
    for file, text in blocks:
        for stretch in stretches(text, known):
            for source_id, at, length in shared(stretch, grams):
                found[source_id][file].add((at, length))
    return found


def stretches(text, known):
    """The runs of at least RUN words of `text` that are all in `known`, each a list of plain words."""
    own = []
    for word in WORD.findall(text):
        word = plain(word)
        if word in known:
            own.append(word)
        else:
            if len(own) >= RUN:
                yield own
            own = []
    if len(own) >= RUN:
        yield own


def shared(stretch, grams):
    """The longest runs that a list of words shares with the bodies indexed in `grams`, as (source_id, place in the body, length)."""
    growing = {}
    for place in range(len(stretch) - RUN + 1):
        before, growing = growing, {}
        for source_id, at in grams.get(tuple(stretch[place : place + RUN]), ()):
            growing[source_id, at] = before.pop((source_id, at - 1), RUN - 1) + 1
        yield from ended(before)
    yield from ended(growing)


def ended(growing):
    """Runs that grow no more, from {(source_id, place of their last RUN words): length}."""
    return [(source_id, at + RUN - length, length) for (source_id, at), length in growing.items()]


@cache
def plain(word):
    """A word without case and marks: "U.S." and "US" are the same, "Kyiv’s" and "Kyiv's" too."""
    return re.sub(r"[\W_]", "", word.casefold())


def published_blocks(site):
    """The blocks of words of every published file of the folder `site`, as (file, text)."""
    for path in sorted(path for path in Path(site).rglob("*") if path.is_file() and path.suffix not in PACKED):
        name = path.relative_to(site).as_posix()
        blocks = READERS.get(path.suffix, whole)(path.read_text(encoding="utf-8", errors="replace"))
        yield from ((name, block) for block in blocks if len(block) >= 2 * RUN - 1)


def whole(text):
    return [text]


def marked_up(text):
    """The blocks of HTML or SVG: stretches of text that only tags within a line part, and the attributes."""
    if not text.strip():
        return []
    blocks, own, tree = [], [], lxml.html.fromstring(text.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    for event, node in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            blocks.append(node.text or "")
        elif node.tag not in INLINE:
            blocks.append("".join(own))
            own = []
        own.append((node.text if event == "start" else node.tail) or "")
        if event == "start":
            blocks += [value for name, value in node.items() if name not in DRAWN]
    return [*blocks, "".join(own)]


def script(text):
    """The text of a script, escaped characters as what they stand for."""
    return [ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] else " ", text)]


def fields(text):
    return [field for row in csv.reader(text.splitlines(keepends=True)) for field in row]


def strings(value):
    """Every string in what JSON holds, keys too."""
    if isinstance(value, str):
        return [value]
    inner = [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for each in inner for text in strings(each)]


READERS = {
    ".html": marked_up,
    ".svg": marked_up,
    ".csv": fields,
    ".js": script,
    ".json": lambda text: strings(json.loads(text)),
    ".ipynb": lambda text: strings(nbformat.reads(text, as_version=4)),
}
