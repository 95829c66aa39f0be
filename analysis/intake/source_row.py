"""The row of sources.csv for a new text, and its entry in references.bib: what the file says, what was given, and which is which."""

import re
from calendar import month_abbr, month_name
from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.corpus.columns import ADDRESS, LABEL
from analysis.corpus.dates import edtf_range, is_edtf
from analysis.corpus.errors import DataError, Problem
from analysis.intake.page_words import NAME_ALONE, PERSON_NAMES
from analysis.intake.zone_rules import Zone

_EXAMPLES = {"url": "https://...", "date": "2024-05-31", "title": '"Its Title"'}

_MONTHS = {name.lower(): number for names in (month_name, month_abbr) for number, name in enumerate(names) if name} | {"sept": 9}

_DATE = re.compile(
    r"\b(?:(\d{4})-(\d\d)-(\d\d)|([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?[,.]? (\d{4})"
    r"|(\d{1,2})(?:st|nd|rd|th)? ([A-Za-z]{3,9})\.?,? (\d{4}))\b"
)

_DATED_ADDRESS = re.compile(r"/(\d{4})[/-](\d{1,2})(?:[/-](\d{1,2}))?(?:/|-|$)")

_HOST = re.compile(r"https?://(?:www\.)?([^/\s:?#]+)", re.IGNORECASE)

_BYLINE = re.compile(
    r"(?:^|\W)(?:by|authors?:)\s+((?:[A-Z][\w.’'/-]*|de|van|von|al|bin)(?:,? (?:[A-Z][\w.’'/-]*|de|van|von|al|bin|and|&))*)"
)

_BODIES = re.compile(  # words in the names of institutions
    r"/|\b(?:agence|agency|association|bureau|cent(?:er|re)|committee|council|department|desk|editorial|editors|foundation|group|institute|international"
    r"|magazine|ministry|monitoring|network|news|observer|office|organi[sz]ation|post|presse?|project|radio|review|society|service|staff|team|television|times|university)\b",
    re.IGNORECASE,
)

_SHORT = 30  # characters

# Notes on what was drawn from elsewhere.
DATE_OF_ADDRESS = "The date is in the address of the page."
NO_AUTHOR = "No author is shown or was given, so the outlet stands as author."


def source_row(
    text: str, zones: Sequence[Zone], source_id: str, given: Mapping[str, str], sources: pd.DataFrame, file: str
) -> dict[str, str]:
    """The row of sources.csv for a new text, without its digest, from its non-body zones and what was `given`.

    That may be url, author, outlet, date, title, short, genre, cluster. What comes from it has the basis found:<source_id>. Raises
    DataError that lists all that is neither in the file nor given, or given in a wrong form.
    """
    given = {option: _spaced(value) for option, value in given.items() if _spaced(value).strip("; ")}
    if "author" in given:
        given["author"] = "; ".join(name.strip() for name in given["author"].split(";") if name.strip())
    facts, notes = _facts(text, zones, f"found:{source_id}", given), []
    if not facts["date"][0] and (found := _DATED_ADDRESS.search(given.get("url", ""))):
        facts["date"] = "-".join(f"{int(part):02}" for part in found.groups() if part), f"found:{source_id}"
        notes.append(DATE_OF_ADDRESS)
    if not facts["outlet"][0] and (host := _HOST.match(given.get("url", ""))):
        facts["outlet"] = host[1].lower(), f"found:{source_id}"
    if not facts["author"][0] and facts["outlet"][0]:
        facts["author"] = facts["outlet"]
        notes.append(NO_AUTHOR)
    _refuse({fact: value for fact, (value, _) in facts.items()} | {"url": given.get("url", "")}, given, file)
    return {
        "source_id": source_id,
        "short": given.get("short") or _short_name(facts["author"][0], facts["outlet"][0], facts["date"][0], set(sources.short)),
        **{fact: value for fact, (value, _) in facts.items()},
        **{f"{fact}_basis": basis for fact, (_, basis) in facts.items()},
        "genre": given.get("genre", "article"),
        "argument": "",
        "summary": "",
        "url": given["url"],
        "url_kind": "outlet",
        "url_basis": f"stated+found:{source_id}" if given["url"] in text else f"found:{source_id}",
        "cluster": given.get("cluster", source_id),
        "coding": "uncoded",
        "coder": "",
        "in_prose": "no",
        "note": " ".join(notes),
    }


def _facts(text: str, zones: Sequence[Zone], found: str, given: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Title, author, date and outlet, each with its basis: what the text states around its body, or what was given, which is `found`."""
    stretches = [(zone.zone, text[zone.start : zone.end]) for zone in zones if zone.zone != "body"]
    around = _spaced(" ".join(words for _, words in stretches)).casefold()
    lines = [line for zone, words in stretches if zone == "byline" for line in words.splitlines()]
    stated = {"title": headline(text, zones), "author": _byline_authors(lines), "outlet": "", "date": _first_date("; ".join(lines))}
    facts = {}
    for fact, own in stated.items():
        value = given.get(fact, own)
        is_stated = value == own or (fact != "date" and value.casefold() in around)
        facts[fact] = value, "stated" if fact not in given else f"stated+{found}" if is_stated else found
    return facts


def headline(text: str, zones: Sequence[Zone]) -> str:
    """The words of the first headline of a text; "" where it has none."""
    return next((_spaced(text[zone.start : zone.end]).strip("#*_ ") for zone in zones if zone.zone == "headline"), "")


def _refuse(facts: Mapping[str, str], given: Mapping[str, str], file: str) -> None:
    """Raise a DataError for what lacks, all at once, and for what has a wrong form."""
    problems = []
    if lacking := [fact for fact in ("url", "date", "title") if not facts[fact]]:
        message = f"what is neither in the file nor given: {', '.join(lacking)}"
        remedy = "add " + " ".join(f"--{fact} {_EXAMPLES[fact]}" for fact in lacking)
        problems.append(Problem(file, None, None, message, remedy))
    if facts["date"] and not is_edtf(facts["date"]):
        told = _first_date(facts["date"]) or "2024-05-31, 2024-05, 2024-21 (spring) or 2024-05-01/2024-05-31"
        problems.append(Problem(file, None, "date", f"{facts['date']!r} is no date in EDTF", f"write {told}"))
    if facts["url"] and not re.fullmatch(ADDRESS.form, facts["url"]):
        problems.append(Problem(file, None, "url", f"{facts['url']!r} is no address", ADDRESS.remedy))
    if "cluster" in given and not re.fullmatch(LABEL.form, given["cluster"]):
        problems.append(Problem(file, None, "cluster", f"{given['cluster']!r} is not an id", LABEL.remedy))
    if len(given.get("short", "")) > _SHORT:
        problems.append(Problem(file, None, "short", f"{given['short']!r} has {len(given['short'])} characters", f"use at most {_SHORT}"))
    if problems:
        raise DataError(problems)


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _byline_authors(lines: Sequence[str]) -> str:
    """The names in the lines of bylines, behind "By" or "Author:" or alone, joined by semicolons; "" where there are none."""
    behind = [found[1] for line in lines if (found := _BYLINE.search(line[:1].lower() + line[1:]))]
    alone = [line.strip() for form in (PERSON_NAMES, NAME_ALONE) for line in lines if form.fullmatch(line.strip())]
    names = next(iter([*behind, *(line for line in alone if not _first_date(line))]), "")
    return "; ".join(name.strip(" ,") for name in re.split(r",| and | & ", names) if name.strip(" ,"))


def _first_date(text: str) -> str:
    """The first date that `text` names, as year, month and day in ISO form; "" where it names none."""
    for found in _DATE.finditer(text):
        year, month, day = found[1] or found[6] or found[9], found[2] or found[4] or found[8], found[3] or found[5] or found[7]
        number = int(month) if month.isdigit() else _MONTHS.get(month.lower(), 0)
        if is_edtf(date := f"{year}-{number:02}-{int(day):02}"):
            return date
    return ""


def _short_name(author: str, outlet: str, date: str, taken: set[str]) -> str:
    """A short name that no other text has: the surnames of the authors, or a body's name or initials, and the year."""
    names = [part.strip() for part in author.split(";")]
    said = [unbraced(name) if is_body(name, outlet) else name.split()[-1] for name in names]
    year = str(edtf_range(date)[0].year)
    joined = " and ".join(said) if len(said) < 3 else f"{said[0]} and others"
    initials = "".join(word[0] for word in joined.split() if word[:1].isupper()) or joined[: _SHORT - 6]
    for who in (joined, f"{said[0]} and others", initials[: _SHORT - 6]):
        for end in ("", *"bcdefgh"):
            if len(short := f"{who} {year}{end}") <= _SHORT and short not in taken:
                return short
    return f"{initials[: _SHORT - 6]} {year}"


def is_body(name: str, outlet: str = "") -> bool:
    """Whether an author is an institution or an outlet, and no person: by braces, by capitals alone, or as far as its words tell."""
    words = name.split()
    return name == outlet or name != unbraced(name) or (name.isupper() and "." not in name) or _is_institution(words)


def _is_institution(words: Sequence[str]) -> bool:
    return len(words) == 1 or len(words) > 4 or words[0] == "The" or _BODIES.search(" ".join(words)) is not None


def unbraced(names: str) -> str:
    """Authors without the braces by which BibTeX keeps the name of a body whole."""
    return re.sub(r"\{([^{}]*)\}", r"\1", names)


_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash ",
        "{": "(",
        "}": ")",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
        "~": r"\textasciitilde ",
        "^": r"\textasciicircum ",
    }
)


def bib_entry(row: Mapping[str, str]) -> str:
    """The entry of references.bib for a row of sources.csv, with an empty line before it."""
    authors = [
        f"{{{unbraced(name).translate(_LATEX)}}}"
        if is_body(name, row["outlet"])
        else f"{name.split()[-1]}, {' '.join(name.split()[:-1])}".translate(_LATEX)
        for name in row["author"].split("; ")
    ]
    fields = {
        "author": " and ".join(authors),
        "title": f"{{{row['title'].translate(_LATEX)}}}",
        "howpublished": row["outlet"].translate(_LATEX),
        "year": str(edtf_range(row["date"])[0].year),
        "url": row["url"],
        "note": row["date"],
    }
    return "\n@online{" + row["source_id"] + ",\n" + ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items()) + "\n}\n"
