"""A document of an archive, how its file is laid out, and such a file as text: packed or not, in its encoding, line by line."""

import codecs
import gzip
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any, NamedTuple, TextIO

from analysis.corpus.errors import DataError, Problem

MAX_FIELD_CHARS = 100_000_000  # of a line or a field; a quotation mark that never closes would take in all that follows
MAX_NAMED = 20  # columns that an error lists
CHUNK = 1 << 20  # bytes
BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",  # begins as the next does
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
OTHER_KINDS = {
    b"PK\3\4": ("a zip archive, as workbooks of Excel are", "unpack it, or save the sheet as CSV"),
    b"\xd0\xcf\x11\xe0": ("an old workbook of Excel", "save the sheet as CSV"),
    b"\x1f\x8b": ("packed by gzip", "let its name end in .gz"),
    b"BZh": ("packed by bzip2", "unpack it"),
    b"\xfd7zXZ": ("packed by xz", "unpack it"),
    b"\x28\xb5\x2f\xfd": ("packed by zstd", "unpack it"),
    b"PAR1": ("Parquet", "let its name end in .parquet"),
    b"%PDF": ("PDF", "save its text as CSV or JSON lines"),
}


class Document(NamedTuple):
    """One document of a file: its id, and its text, whatever its type, or an Unreadable in its place; `place` is the line in which it
    begins, in a Parquet file its row, from 1.
    """

    id: Any
    text: Any
    place: int


class Layout(NamedTuple):
    """What is said of a file of documents: the names of two columns, the delimiter of a table, the encoding; an empty one is found."""

    id: str = "id"
    text: str = "text"
    delimiter: str = ""
    encoding: str = ""


PLAIN = Layout()


def data_error(place: object, message: str, remedy: str) -> DataError:
    """A DataError with one problem of the file, folder or address `place`."""
    return DataError([Problem(str(place), None, None, message, remedy)])


def find_columns(path: Path, names: Sequence[str], layout: Layout) -> list[int]:
    """The places of id and text among the columns `names` of a file. Raises DataError where one is missing, or there twice."""
    places = [place for place in column_places(names, layout) if place is not None]
    if len(places) == 2:
        return places
    missing = [name for name, place in zip(layout, column_places(names, layout), strict=False) if place is None]
    more = f" and {len(names) - MAX_NAMED} more" if len(names) > MAX_NAMED else ""
    columns = ", ".join(repr(name)[1:-1][:60] for name in names[:MAX_NAMED]) + more
    there = f"its column is {columns}" if len(names) == 1 else f"its columns are {columns}" if names else "it has none"
    message = f"has not one column {' and one column '.join(missing)}; {there}"
    raise data_error(path, message, "name the two columns, as in --id doc_id --text body, and if need be --delimiter")


def column_places(names: Sequence[str], layout: Layout) -> list[int | None]:
    """The places of id and text among `names`: of the very name or, without one, of the same but for capitals and spaces around."""
    folded = [_fold(name) for name in names]
    return [
        next((every.index(name) if every.count(name) == 1 else None for every, name in pairs if name in every), None)
        for wanted in (layout.id, layout.text)
        for pairs in [((list(names), wanted), (folded, _fold(wanted)))]
    ]


def _fold(name: str) -> str:
    return name.strip().casefold()


@contextmanager
def open_text(path: Path, layout: Layout) -> Iterator[TextIO]:
    """A file as text, its line ends as they are. Raises DataError where it is another kind of file, is damaged, or not in its encoding."""
    try:
        with _open_bytes(path) as packed:
            encoding, begin = _encoding(path, packed.read(8), layout.encoding)
            packed.seek(begin)
            try:
                with TextIOWrapper(packed, encoding, newline="") as text:
                    yield text
            except UnicodeDecodeError:
                raise _encoding_error(path, encoding, begin) from None
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise data_error(path, f"cannot be unpacked ({error})", "copy it again, or pack it anew") from None
    except OSError as error:
        raise data_error(path, f"cannot be read ({error.strerror})", "make it a readable file") from None


def _open_bytes(path: Path) -> IO[bytes]:
    return gzip.open(path) if path.name.lower().endswith(".gz") else open(path, "rb")  # type: ignore[return-value]


def _encoding(path: Path, begin: bytes, named: str) -> tuple[str, int]:
    """The encoding of a file that begins so, and the bytes of its mark. Raises DataError where it is of another kind."""
    for start, (kind, remedy) in OTHER_KINDS.items():
        if begin.startswith(start):
            raise data_error(path, f"is {kind}", remedy)
    if not named or codecs.lookup(named).name.startswith("utf-"):
        for mark, encoding in BYTE_ORDER_MARKS.items():
            if begin.startswith(mark):
                return encoding, len(mark)
    return named or "utf-8", 0


def _encoding_error(path: Path, encoding: str, begin: int) -> DataError:
    """Where a file is not in its encoding: the first byte, counted from 0, and its line."""
    decoder, at, line = codecs.getincrementaldecoder(encoding)(), begin, 1
    with _open_bytes(path) as packed:
        packed.seek(begin)
        while True:
            chunk, pending = packed.read(CHUNK), len(decoder.getstate()[0])
            try:
                line += decoder.decode(chunk, not chunk).count("\n")
            except UnicodeDecodeError as error:
                line += error.object[: error.start].decode(encoding).count("\n")
                remedy = "save it as UTF-8, or name its encoding, as in --encoding windows-1252"
                return data_error(path, f"is not {encoding.upper()} (byte {at - pending + error.start}, line {line})", remedy)
            at += len(chunk)


def text_lines(path: Path, file: TextIO) -> Iterator[str]:
    """The lines of a file. Raises DataError for one that is too long, and for a NUL in the first, as UTF-16 without a mark has."""
    for number, line in enumerate(iter(partial(file.readline, MAX_FIELD_CHARS + 1), ""), start=1):
        if len(line) > MAX_FIELD_CHARS:
            message = f"has more than {MAX_FIELD_CHARS:,} characters in line {number}"
            raise data_error(path, message, "break it into lines, a document a line or row")
        if number == 1 and "\0" in line:
            remedy = "name its encoding, as in --encoding utf-16-le, or take the character out"
            raise data_error(path, "holds a NUL character in line 1, as UTF-16 does", remedy)
        yield line
