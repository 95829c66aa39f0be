"""What a tag stands for: a coding, or a value in a column of one, by the codebook; and which text a name or an address means."""

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from analysis.coding.annotations import ANNOTATED, CODINGS, code_columns
from analysis.coding.units import value_definitions
from analysis.corpus.columns import CODEBOOK, Column
from analysis.corpus.reader import Corpus
from analysis.corpus.schema import DECLARED_TABLES


class Code(NamedTuple):
    """A value in a column of a coding; a tag that names a coding alone has no column."""

    coding: str
    column: str = ""
    value: str = ""

    def __str__(self) -> str:
        return "/".join(filter(None, self[:2]))


class CodeError(ValueError):
    """Tags that stand for nothing, or for more than one thing; `remedy` says how to write them."""

    def __init__(self, message: str, remedy: str) -> None:
        self.remedy = remedy
        super().__init__(message)


def resolve_codes(corpus: Corpus, tags: Iterable[str], coding: str = "") -> tuple[str, dict[str, str]]:
    """The coding that `tags` speak of, and its codes: {column: value}; `coding` is its name where that is known.

    A tag is a coding, a value that the codebook lists, `column: value`, `coding: value` or `coding/column: value`; what one tag leaves open
    the others may settle. Raises CodeError for a tag that is none of these, for tags of several codings, and for one that can be read in
    several ways, which it lists.
    """
    readings = {tag: _readings(corpus, tag) for tag in dict.fromkeys(filter(None, map(str.strip, tags)))}
    for tag in (tag for tag, read in readings.items() if not read):
        known = {name: name for name in ANNOTATED} | {value: codes[0].value for value, codes in _values(corpus).items()}
        near = [known[name] for name in difflib.get_close_matches(tag.casefold(), known, 3)]
        like = f", such as {' or '.join(map(repr, near))}" if near else ""
        raise CodeError(f"{tag!r} is no coding and no code", f"write a value of the codebook{like}, or `coding/column: value`")
    chosen = _common_coding(readings, coding)
    return chosen, _columns({tag: [code for code in read if code.coding == chosen] for tag, read in readings.items()})


def _common_coding(readings: dict[str, list[Code]], coding: str) -> str:
    """The one coding to which every tag can belong."""
    sets = [({coding}, coding)] * bool(coding) + [({code.coding for code in read}, tag) for tag, read in readings.items()]
    common = set.intersection(*(possible for possible, _ in sets)) if sets else set()
    if len(common) == 1:
        return common.pop()
    if not common:
        said = "; ".join(f"{tag!r} is of {' or '.join(sorted(possible))}" for possible, tag in sets)
        message = f"names codes of several codings ({said})" if sets else "names no coding"
        raise CodeError(message, "give each coding an annotation of its own")
    tag, read = min(readings.items(), key=lambda item: len(item[1]))
    raise _ambiguous(tag, [code for code in read if code.coding in common])


def _columns(readings: dict[str, list[Code]]) -> dict[str, str]:
    """{column: value} of tags of one coding: those that can be read in one way first, which settles some of the others."""
    codes: dict[str, str] = {}
    for tag, read in sorted(readings.items(), key=lambda item: len(item[1])):
        left = [code for code in read if len(read) == 1 or code.column not in codes]
        if len(left) != 1:
            raise _ambiguous(tag, left or read)
        if left[0].column and codes.setdefault(left[0].column, left[0].value) != left[0].value:
            message = f"gives {left[0].column} twice: {codes[left[0].column]!r} and {left[0].value!r}"
            raise CodeError(message, "give one value a column, and a second annotation to what needs two")
    order = [code.column for read in readings.values() for code in read if code.column in codes]
    return {column: codes[column] for column in dict.fromkeys(order)}


def _ambiguous(tag: str, read: list[Code]) -> CodeError:
    return CodeError(f"{tag!r} can be {', '.join(map(str, read))}", f"write which, as in `{read[0]}: {read[0].value}`")


def _readings(corpus: Corpus, tag: str) -> list[Code]:
    """All that a tag can stand for."""
    left, colon, right = (part.strip() for part in tag.partition(":"))
    if tag in ANNOTATED:
        return [Code(tag)]
    coding, _, column = left.lower().replace(" ", "_").rpartition("/")
    named = [name for name in ([coding] if coding else ANNOTATED) if name in ANNOTATED and column in code_columns(name)]
    if colon and named:
        return [Code(name, column, right) for name in named]
    if colon and column in ANNOTATED:
        return [code for code in _values(corpus).get(right.casefold(), []) if code.coding == column]
    return _values(corpus).get(tag.casefold(), [])


@cache
def _values(corpus: Corpus) -> dict[str, list[Code]]:
    """What each listed value can stand for, by the value in small letters."""
    found: dict[str, list[Code]] = defaultdict(list)
    for coding, name in CODINGS.items():
        for column in DECLARED_TABLES[name].columns:
            if column.name in code_columns(coding):
                for value in listed_values(corpus, column):
                    found[value.casefold()].append(Code(coding, column.name, value))
    return dict(found)


def listed_values(corpus: Corpus, column: Column) -> dict[str, dict[str, str]]:
    """The values that a coded column may have, by its rule, the codebook, or the table to which it refers; none for free text.

    Each has the row that says what it means: of the codebook or of that table, empty where there is none.
    """
    defined = {row["value"]: row for row in value_definitions(corpus, column.name).to_dict("records")}
    refers, rule = column.refers, column.rule
    if refers is None:
        parts = re.split(r"(?<!\\)\|", rule.form) if rule and rule.remedy.startswith("use one of ") else []
        return {value: defined.get(value, {}) for part in parts if (value := re.sub(r"\\(.)", r"\1", part))}
    if refers.file not in corpus.tables:
        return {}
    rows = corpus.tables[refers.file].to_dict("records")
    listed = defined if refers.file == CODEBOOK.file else {row[refers.column]: row for row in rows}
    return {value: listed.get(value, {}) for value in [*refers.also, *listed] if value}


@cache
def named_text(corpus: Corpus, name: str) -> str:
    """The id of the text that `name` means: its id, its short name, its file or its address; empty where it means none."""
    plain = _plain_address(name)
    for row in corpus.sources.itertuples():
        last = plain.rpartition("/")[2].removesuffix(".txt")
        if row.source_id.casefold() in (plain, last) or plain in (row.short.casefold(), _plain_address(row.url)):
            return str(row.source_id)
    return ""


def _plain_address(name: str) -> str:
    """An address, or a name, without what several spellings of it differ in."""
    plain = name.strip().casefold().partition("#")[0]
    return plain.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
