"""A data folder with faults planted in it: {what is wrong: (a function that spoils a folder, what is said of it)}."""

import hashlib
import re


def swap(name, old, new):
    """A fault: the first `old` in the file `name` becomes `new`."""

    def spoil(folder):
        content = (folder / name).read_bytes()
        assert old.encode() in content
        (folder / name).write_bytes(content.replace(old.encode(), new.encode(), 1))

    return spoil


def write(name, content):
    return lambda folder: (folder / name).write_bytes(content)


def delete(name):
    return lambda folder: (folder / name).unlink()


def change_lines(name, numbers, change):
    """A fault: each line of the file `name` whose number (from 1) is in `numbers` becomes what `change` makes of it."""

    def spoil(folder):
        lines = (folder / name).read_text(encoding="utf-8").splitlines(keepends=True)
        changed = [change(line) if number in numbers else line for number, line in enumerate(lines, start=1)]
        (folder / name).write_text("".join(changed), encoding="utf-8")

    return spoil


def drop(name, numbers):
    return change_lines(name, numbers, lambda line: "")


def twice(name, number):
    return change_lines(name, [number], lambda line: line + line)


def shift(name, number):
    """Add 1 to every offset (three digits or more) of the line."""
    return change_lines(name, [number], lambda line: re.sub(r"(?<=,)\d{3,}(?=,)", lambda match: str(int(match[0]) + 1), line))


def blank_body(folder):
    """The body of a text becomes dashes; digest and offsets are right."""
    file, sources = folder / "sources/brill1987.txt", folder / "sources.csv"
    old = file.read_bytes()
    new = old[:35] + b"-" * (len(old) - 35)
    file.write_bytes(new)
    digests = [hashlib.sha256(content).hexdigest() for content in (old, new)]
    sources.write_text(sources.read_text(encoding="utf-8").replace(*digests), encoding="utf-8")


def prefix(name, content):
    return lambda folder: (folder / name).write_bytes(content + (folder / name).read_bytes())


FAULTS = {
    "a missing text": (delete("sources/brill1987.txt"), "study/sources/brill1987.txt: is missing"),
    "an altered byte": (swap("sources/arden1987.txt", "Monday", "Sunday"), "sources.csv, row 2, column sha256: sources/arden1987.txt was altered"),
    "a text in Latin-1": (write("sources/brill1987.txt", "Communiqué".encode("latin-1")), "is not UTF-8 (byte 9, line 1)"),
    "an empty text": (write("sources/brill1987.txt", b"\n"), "study/sources/brill1987.txt: is empty"),
    "a byte-order mark": (prefix("sources/brill1987.txt", b"\xef\xbb\xbf"), "begins with a byte-order mark"),
    "CRLF line ends": (swap("sources/cole1988.txt", "Lanne Talks?\n", "Lanne Talks?\r\n"), "has a carriage return in line 3"),
    "a text that no row names": (write("sources/stray1987.txt", b"text"), "study/sources/stray1987.txt: is named by no row of sources.csv"),
    "a folder in place of a text": (lambda folder: (delete("sources/brill1987.txt")(folder), (folder / "sources/brill1987.txt").mkdir()), "cannot be read"),
    "a zone gap": (swap("zones.csv", "arden1987,37,76", "arden1987,38,76"), "zones.csv, row 3, column start: gap in arden1987: characters 37 to 38 have no zone. Remedy: begin this zone at 37,"),
    "a zone overlap": (swap("zones.csv", "arden1987,37,76", "arden1987,36,76"), "row 3, column start: overlap in arden1987: the row before ends at 37, this one begins at 36"),
    "a zone past the end": (swap("zones.csv", "392,720", "392,721"), "row 9, column end: the zones of arden1987 end at 721, the text at 720"),
    "a zone that is not a number": (swap("zones.csv", "arden1987,37,", "arden1987,sixty,"), "row 3, column start: 'sixty' is not a whole number"),
    "an unknown zone": (swap("zones.csv", ",deck,", ",dek,"), "zones.csv, row 3, column zone: 'dek' is not allowed. Remedy: use one of body, headline"),
    "a text without a body": (swap("zones.csv", "brill1987,35,584,body", "brill1987,35,584,teaser"), "brill1987 has no zone 'body'"),
    "an unknown source id": (swap("zones.csv", "arden1987,37", "arden1988,37"), "row 3, column source_id: 'arden1988' is the id of no text"),
    "a duplicate id": (swap("sources.csv", "\nbrill1987,", "\narden1987,"), "sources.csv, row 3, column source_id: 'arden1987' is not allowed. Remedy: give every row its own"),
    "an id that is a path": (swap("sources.csv", "\nbrill1987,", "\n../brill1987,"), "'../brill1987' is not an id"),
    "a coded text that nobody coded": (swap("sources.csv", "once,two readers", "once,"), "sources.csv, row 4, column coder: '' does not go with once"),
    "a date that is not EDTF": (swap("sources.csv", "1987-05-20", "20 May 1987"), "sources.csv, row 3, column date: '20 May 1987' is not allowed. Remedy: write it in EDTF"),
    "a month thirteen": (swap("sources.csv", "1987-05-20", "1987-13-20"), "column date: '1987-13-20' is not allowed"),
    "an unknown basis": (swap("sources.csv", "inferred:brill1987", "guessed:brill1987"), "column author_basis: 'guessed:brill1987;herald1987' is not allowed"),
    "an unknown reference": (swap("sources.csv", "inferred:brill1987;herald1987", "inferred:nobody1900"), "row 4, column author_basis: 'nobody1900' is no key of references.bib"),
    "an unknown kind of tie": (swap("dependencies.csv", "shared author", "copies"), "dependencies.csv, row 3, column kind: 'copies' is not allowed"),
    "a missing column": (swap("sources.csv", ",genre", ""), "sources.csv, row 1: has the wrong columns (missing: genre)"),
    "a renamed column": (swap("zones.csv", "zone,note", "area,note"), "has the wrong columns (missing: zone; unknown: area)"),
    "a row too short": (swap("zones.csv", "arden1987,0,37,headline,title", "arden1987,0,37"), "zones.csv, row 2: has 3 fields, the header 5"),
    "a quotation mark that never closes": (swap("zones.csv", "headline,title", 'headline,"title'), "zones.csv, row 2: is not a CSV table from line 2 on"),
    "a body without words": (blank_body, "the body of brill1987 has no words"),
    "two texts of one short name": (swap("sources.csv", "Brill 1987", "Arden 1987"), "row 3, column short: 'Arden 1987' is not allowed. Remedy: give every row its own"),
    "a date with an open end": (swap("sources.csv", "1987-05-20,", "1987-05-20/,"), "column date: '1987-05-20/' is not allowed"),
    "a date that ends before it begins": (swap("sources.csv", "1988-03-01/1988-05-31", "1988-05-31/1988-03-01"), "column date: '1988-05-31/1988-03-01' is not allowed"),
    "the year nought": (swap("sources.csv", "1987-05-20,", "0000,"), "column date: '0000' is not allowed"),
    "a tie to an unknown work": (swap("dependencies.csv", "arden1987,herald1987", "arden1987,nobody1900"), "column depends_on: 'nobody1900' is no key"),
    "a tie to two works": (swap("dependencies.csv", "arden1987,herald1987", "arden1987,herald1987;brill1987"), "column depends_on: 'herald1987;brill1987' is not allowed. Remedy: name one work"),
    "a tie without reference": (swap("dependencies.csv", "brill1987;cole1988", ""), "row 3, column reference: '' is not allowed"),
    "an address that is none": (swap("sources.csv", "https://example", "example"), "row 2, column url"),
    "a digest that is none": (swap("sources.csv", "826c48ec", "XX"), "row 2, column sha256: 'XX"),
    "a cluster in capitals": (swap("sources.csv", ",arden,", ",Arden,"), "row 2, column cluster: 'Arden' is not allowed"),
    "a reference without a year": (swap("references.bib", "  year = {1987},", ""), "references.bib: arden1987 has no author or no year"),
    "a missing table": (delete("zones.csv"), "study/zones.csv: is missing"),
    "a paraphrase": (swap("codings/provisions.csv", "ten boats on patrol", "ten boats of patrol"), "provisions.csv, row 4, column quote: the text has other words at"),
    "a stale offset": (shift("codings/guarantors.csv", 2), "codings/guarantors.csv, row 2, column quote: the text has other words at"),
    "a span in another passage": (swap("codings/provisions.csv", "arden1987,arden1987-p01", "arden1987,arden1987-p02"), "is not within arden1987-p02"),
    "an unknown passage": (swap("codings/provisions.csv", "arden1987,arden1987-p01", "arden1987,arden1987-p99"), "'arden1987-p99' is no passage of arden1987"),
    "a passage of another text": (swap("codings/provisions.csv", "arden1987,arden1987-p01", "arden1987,brill1987-p01"), "'brill1987-p01' is no passage of arden1987"),
    "an unknown dimension": (swap("codings/provisions.csv", "p01,K1", "p01,K7"), "row 2, column dimension: 'K7' is not in the codebook. Remedy: use one of K1, K2, K3, K4, K5, K6"),
    "an unknown holder": (swap("codings/provisions.csv", "K1,Sund plan,both", "K1,Sund plan,Ostmark"), "row 2, column holder: 'Ostmark' is not in the codebook"),
    "an unknown level": (swap("codings/provisions.csv", "both,agreed", "both,hinted"), "row 2, column level: 'hinted' is not in the codebook"),
    "an unknown document": (swap("codings/provisions.csv", "Sund plan", "Lund plan"), "column document: 'Lund plan' is not in the codebook"),
    "an unknown voice": (swap("codings/guarantors.csv", ",author,", ",narrator,"), "column voice: 'narrator' is not in the codebook"),
    "a position of too many words": (swap("codings/provisions.csv", "islands use the berths", "islands use " + "the " * 21 + "berths"), "row 2, column position"),
    "a quotation cut short": (swap("codings/quotations.csv", "close to a deal", "close to a dea"), "quotations.csv, row 2, column quote: the text has other words"),
    "an unknown speaker": (swap("codings/quotations.csv", "Ivo Dray", "Iwo Dray"), "quotations.csv, row 3, column speaker: 'Iwo Dray' is neither author nor a name of people.csv"),
    "an unknown kind of quotation": (swap("codings/quotations.csv", ",speech,", ",talk,"), "quotations.csv, row 2, column kind: 'talk' is not allowed"),
    "an unknown strength": (swap("codings/strengths.csv", "consultation", "consultancy"), "row 2, column strength: 'consultancy' is not in the codebook"),
    "a strength left empty": (swap("codings/strengths.csv", "consultation", ""), "row 2, column strength: '' is not in the codebook"),
    "a dimension that the codebook lacks": (drop("codebook.csv", [2]), "column dimension: 'K1' is not in the codebook"),
    "guarantors of an unknown instrument": (swap("instrument_guarantors.csv", "note1987", "note1988"), "column instrument: 'note1988' is not in the codebook"),
    "an empty form of a name": (swap("people.csv", "Ivo Dray;", "Ivo Dray;;"), "column aliases"),
    "an unknown grade": (swap("instruments.csv", ",A,", ",S,"), "instruments.csv, row 2, column grade: 'S' is not allowed"),
    "an instrument on an unknown work": (swap("instruments.csv", "yes,note1987,point 1", "yes,nobody1900,point 1"), "row 2, column reference: 'nobody1900' is no key"),
    "a pair of texts without a relation": (drop("codings/relations.csv", [2]), "relations.csv: has no row for K1, arden1987, brill1987"),
    "a pair of texts given twice": (twice("codings/relations.csv", 2), "relations.csv, row 3: K1, arden1987, brill1987 is there twice"),
    "a pair in the wrong order": (swap("codings/relations.csv", "K1,arden1987,brill1987", "K1,brill1987,arden1987"), "or is no pair of texts"),
    "an unknown relation": (swap("codings/relations.csv", ",agree,", ",quarrel,"), "row 2, column relation: 'quarrel' is not allowed"),
    "an unknown actor": (swap("codings/responsibility.csv", ",both,credited", ",Lanne,credited"), "column actor: 'Lanne' is not in the codebook"),
    "an unknown valence": (swap("codings/responsibility.csv", ",credited,", ",praised,"), "responsibility.csv, row 2, column valence: 'praised' is not in the codebook"),
    "an unknown matter": (swap("codings/responsibility.csv", ",talks,", ",chats,"), "responsibility.csv, row 2, column matter: 'chats' is not in the codebook"),
    "an unknown function": (swap("codings/frames.csv", ",remedy,", ",cure,"), "column function: 'cure' is not in the codebook"),
    "a voice that is no name": (swap("codings/responsibility.csv", "Maris Hale", "Hale"), "responsibility.csv, row 2, column voice: 'Hale' is neither author nor a name of people.csv"),
    "an act of too many words": (swap("codings/responsibility.csv", "being near a deal", "being " + "very " * 18 + "near it"), "responsibility.csv, row 2, column act"),
    "a paraphrase in a frame": (swap("codings/frames.csv", "guarantee free passage", "guarantee a passage"), "column quote: the text has other words at"),
    "a stale offset of a judgement": (shift("codings/responsibility.csv", 2), "responsibility.csv, row 2, column quote: the text has other words at"),
    "a pattern that is none": (swap("names.csv", "Cc]losures?", "Cc]losures?("), "names.csv, row 3, column pattern"),
    "a pattern that can be empty": (swap("names.csv", r"\b[Qq]uarrels?\b", "a*"), "names.csv, row 4, column pattern"),
    "a word without a count": (swap("syllables.csv", "lannay,2,", "lannay,,"), "syllables.csv, column hand: lacks lannay (brill1987)"),
    "a word that nobody looked up": (swap("syllables.csv", "\nlannay,2,,", ""), "syllables.csv, column hand: lacks lannay (brill1987)"),
    "a count that was guessed": (swap("syllables.csv", "lannay,2,,", "lannay,2,,guess"), "column note: the syllables of lannay (brill1987) are guessed"),
    "a count that is no number": (swap("syllables.csv", "lannay,2,", "lannay,two,"), "column hand: 'two' is not allowed"),
    "a missing dictionary": (delete("cmudict/corpora/cmudict/cmudict"), "study/cmudict/corpora/cmudict/cmudict: is missing"),
    "a dictionary without a word": (swap("cmudict/corpora/cmudict/cmudict", "\nALONE 1", "\nALONES 1"), "cmudict: lacks alone"),
    "a word listed twice": (twice("syllables.csv", 9), "column word: "),
    "a voice of a frame that is no name": (swap("codings/frames.csv", "Ada Finn", "Finn"), "column voice: 'Finn' is neither author nor a name"),
    "a string of textstat that nobody looked up": (swap("syllables.csv", "\nun,,1,made by textstat", ""), "lacks un ("),
    "a stated date without its words": (swap("codings/events.csv", ",relative,On Monday,", ",relative,,"), "events.csv, row 2, column dated_by: '' does not go with"),
    "wrong dating words in a pass": (swap("codings/events.pass1.csv", ",On Monday,", ",On Sunday,"), "events.pass1.csv, row 2, column dated_by"),
    "a reference without a grade": (swap("benchmark_events.csv", "herald1987,p. 1,B", "herald1987,p. 1,"), "column reference: is 'herald1987' although"),
    "a comparison on a claim of another text": (swap("codings/comparisons.csv", "arden1987-c01", "brill1987-c01"), "column claim_or_provision: 'brill1987-c01' is no claim of arden1987"),
    "a date of an event that is not EDTF": (swap("codings/events.csv", "1987-05-04,relative", "4 May,relative"), "events.csv, row 2, column date: '4 May' is not allowed"),
    "an unknown event": (swap("codings/events.csv", "hale-4may", "hale-5may"), "events.csv, row 2, column event_id: 'hale-5may' is not in the codebook"),
    "an unknown basis of a date": (swap("codings/events.csv", ",relative,", ",guessed,"), "row 2, column date_basis: 'guessed' is not in the codebook"),
    "dating words that are not in the text": (swap("codings/events.csv", ",On Monday,", ",On Sunday,"), "events.csv, row 2, column dated_by: 'On Sunday' is not in arden1987"),
    "dating words of an inferred date": (swap("codings/events.csv", ",relative,On Monday", ",inferred,On Monday"), "does not go with the basis inferred"),
    "a claim twice": (twice("codings/claims.csv", 2), "claims.csv, row 3, column claim_id"),
    "a claim of nobody known": (swap("codings/claims.csv", "Maris Hale", "Hale"), "claims.csv, row 2, column attributed_to: 'Hale' is neither author nor a name"),
    "an unknown topic": (swap("codings/claims.csv", ",terms,", ",stage,"), "claims.csv, row 2, column topic: 'stage' is not in the codebook"),
    "a comparison on an unknown claim": (swap("codings/comparisons.csv", "arden1987-c", "arden1987-z"), "comparisons.csv, row 2, column claim_or_provision"),
    "a topic with two relations": (swap("codings/comparisons.csv", "sharing the berths,agree", "sharing the berths,contradict"), "'sharing the berths' has 2 text(s) and 2 relation(s)"),
    "a topic of one text": (swap("codings/comparisons.csv", "sharing the berths,agree", "sharing,agree"), "'sharing' has 1 text(s)"),
    "a check on an unknown work": (swap("codings/source_checks.csv", ",A,note1987,", ",A,note1988,"), "source_checks.csv, row 2, column reference: 'note1988' is no key"),
    "a check without a work": (swap("codings/source_checks.csv", ",A,note1987,", ",A,,"), "source_checks.csv, row 2, column reference: is '' although the grade is A"),
    "an unknown finding": (swap("codings/source_checks.csv", ",fits,", ",is true,"), "source_checks.csv, row 2, column finding: 'is true' is not in the codebook"),
    "a verdict without its ground": (swap("codings/source_checks.csv", ",note1987,1,", ",,,"), "source_checks.csv, row 2, column ground: is empty although"),
    "a verdict on a point that is none": (swap("codings/source_checks.csv", ",note1987,1,", ",note1987,9,"), "column ground: '9' is no point of note1987 that was seen"),
    "a verdict on what was not seen": (swap("instruments.csv", ",1,yes,", ",1,no,"), "column ground: '1' is no point of note1987 that was seen"),
    "a verdict on a copy that takes a side": (swap("codings/source_checks.csv", ",B,herald1987,", ",C,herald1987,"), "row 3, column verdict: is 'as in the document' on grade C"),
    "a finding beside another verdict": (swap("codings/source_checks.csv", ",fits,", ",,"), "source_checks.csv, row 2, column finding: is '' although"),
    "an unknown verdict": (swap("codings/source_checks.csv", ",as in the document,", ",true,"), "source_checks.csv, row 2, column verdict: 'true' is not in the codebook"),
    "a position that was not seen": (swap("instruments.csv", ",1,yes,", ",1,no,"), "instruments.csv, row 2, column position: position is"),
    "an unknown side of a paper": (swap("instruments.csv", ",paper,", ",nobody,"), "instruments.csv, row 2, column side: 'nobody' is not in the codebook"),
    "an unknown bracket": (swap("instrument_guarantors.csv", ",no,", ",perhaps,"), "instrument_guarantors.csv, row 2, column bracketed"),
    "an explanation without its passage": (swap("explanations.csv", ",cole1988-p02,", ",,"), "explanations.csv, row 3, column source_id: gives only a part"),
    "an explanation with an offset that is no number": (swap("explanations.csv", ",226,", ",2x6,"), "explanations.csv, row 3, column start: '2x6' is not"),
    "an explanation of other words": (swap("explanations.csv", ",254,288", ",255,289"), "explanations.csv, row 4, column quote: the text has other words"),
    "a step of firmness with two ranks": (swap("firmness.csv", "1,a draft,", "1,close to a deal,"), "firmness.csv, row 2, column rank: 2 does not go with 'close to a deal', which has the rank 1 in other rows. Remedy: give all rows of a step one rank"),
    "two steps of firmness with one rank": (swap("firmness.csv", ",1,a draft,", ",2,a draft,"), "firmness.csv, row 2, column rank: 2 does not go with 'close to a deal': it is the rank of 'a draft'. Remedy: give each step a rank of its own, from 1 (loosest) on; to put a step between two, first raise by one the rank of every row above it"),
    "a text on two steps of firmness": (twice("firmness.csv", 2), "firmness.csv, row 3, column source_id: arden1987 is there twice"),
    "an unknown stance": (swap("explanations.csv", ",tells,", ",whispers,"), "explanations.csv, row 3, column stance"),
    "an unknown basis of a term": (swap("codings/provisions.csv", ",stated,", ",dreamt,"), "provisions.csv, row 2, column basis: 'dreamt' is not in the codebook"),
    "a charge that nobody known rejects": (swap("codings/responsibility.csv", "161,,,", "161,,nobody,"), "row 2, column rejected_by: 'nobody' is"),
    "a paper that nothing names so far": (swap("codings/provisions.csv", "arden1987-p01,K1,Sund plan,", "arden1987-p01,K1,Orlo's draft,"), "column document: no words up to arden1987-p01 name"),
    "a paper other than the one that is named": (swap("codings/provisions.csv", "cole1988-p02,K3,Orlo's draft,", "cole1988-p02,K3,Sund plan,"), "column document: is 'Sund plan', but its sentence names the Orlo's draft"),
    "an unknown layer": (swap("codings/source_checks.csv", ",document,", ",rumour,"), "source_checks.csv, row 2, column layer"),
    "a record without a work": (swap("benchmark_events.csv", "1987-03-02,herald1987", "1987-03-02,"), "benchmark_events.csv, row 4, column reference"),
    "broken BibTeX": (swap("references.bib", "{Arden, Jo},", "{Arden, Jo,"), "references.bib: is not BibTeX"),
    "an instrument on no dimension of the codebook": (swap("instruments.csv", ",K6,", ",K8,"), "instruments.csv, row 4, column dimension: 'K8' is not in the codebook"),
    "a dimension in small letters": (swap("codebook.csv", "\nK6,", "\nk6,"), "codebook.csv, row 7, column dimension: 'k6' is not allowed"),
    "no instrument": (drop("instruments.csv", range(2, 7)), "instruments.csv: has no row"),
    "a side that nobody leans to": (swap("loaded_words.csv", "against Vesk", "against Nobody"), "loaded_words.csv, row 2, column leans: 'against Nobody' is not in the codebook"),
    "an unknown status of coding": (swap("sources.csv", ",twice,", ",thrice,"), "sources.csv, row 2, column coding: 'thrice' is not allowed. Remedy: use one of uncoded, once, twice"),
    "rows of an uncoded text": (swap("sources.csv", "brill,twice", "brill,uncoded"), "codings/relations.csv, row 2, column source_b: brill1987 is coded here, although sources.csv has it as uncoded"),
    "a text without a cell": (drop("book_table.csv", [4]), "book_table.csv, column source_id: has no cell of brill1987 for 'berths'"),
    "a document without a cell": (drop("book_table.csv", [6]), "book_table.csv, column source_id: has no cell of note1987 for 'reef'"),
    "a cell twice": (twice("book_table.csv", 3), "book_table.csv, row 4, column source_id: arden1987 has two cells for 'berths'"),
    "a cell of nobody": (swap("book_table.csv", "berths,K1,arden1987", "berths,K1,nobody1900"), "row 3, column source_id: 'nobody1900' is neither a text nor an instrument"),
    "a term in other dimensions": (swap("book_table.csv", "reef,K5,brill1987", "reef,K5;K2,brill1987"), "book_table.csv, row 8, column dimensions: are 'K5;K2', but 'K5' in an earlier row"),
    "a key of no such form": (swap("book_table.csv", "provisions:arden1987-p01:194-220", "arden1987-p01"), "row 3, column rests_on: 'arden1987-p01' is no key"),
    "a key of a span that nobody coded": (swap("book_table.csv", "arden1987-p01:194-220", "arden1987-p01:194-221"), "row 3, column rests_on: 'provisions:arden1987-p01:194-221' names no row"),
    "a key of another text": (swap("book_table.csv", "provisions:arden1987-p01:194-220", "provisions:cole1988-p03:412-438"), "row 3, column rests_on: 'provisions:cole1988-p03:412-438' is of cole1988, not of arden1987"),
    "a document that rests on a text": (swap("book_table.csv", "instruments:note1987:K1:1", "provisions:brill1987-p03:362-378"), "row 2, column rests_on: 'provisions:brill1987-p03:362-378' is of brill1987, not of note1987"),
    "a text that rests on a document": (swap("book_table.csv", "provisions:arden1987-p01:194-220", "instruments:note1987:K1:1"), "row 3, column rests_on: 'instruments:note1987:K1:1' is of note1987, not of arden1987"),
    "a key of another dimension": (swap("book_table.csv", "arden1987-p01:194-220", "arden1987-p02:276-297"), "row 3, column rests_on: 'provisions:arden1987-p02:276-297' names no row of K1"),
    "a point of an instrument that is none": (swap("book_table.csv", "note1987:K1:1", "note1987:K1:9"), "row 2, column rests_on: 'instruments:note1987:K1:9' names no row"),
    "a position of other words": (swap("book_table.csv", "note1987:K1:1", "note1987:K1:paper:1:Each island has hal"), "'instruments:note1987:K1:paper:1:Each island has hal' names no row"),
    "a point that stands twice": (twice("instruments.csv", 2), "book_table.csv, row 2, column rests_on: 'instruments:note1987:K1:1' names 2 rows"),
    "a level that no row of the cell has": (swap("book_table.csv", "shared,mentioned,", "shared,mentioned;agreed,"), "row 4, column level: is 'mentioned;agreed', but the rows have 'mentioned'"),
    "a side that no point of the cell has": (swap("book_table.csv", "each island,paper,", "each island,Vesk,"), "row 2, column level: is 'Vesk', but the rows have 'paper'"),
    "a paper of which the row does not speak": (swap("book_table.csv", "arden1987,Sund plan,", "arden1987,Orlo's draft,"), "row 3, column paper: is \"Orlo's draft\", but the first row has 'Sund plan'"),
    "a cell that says something on nothing": (swap("book_table.csv", "arden1987,,not mentioned", "arden1987,,no flags"), "row 7, column gist: is 'no flags' although the cell rests on no row. Remedy: name the rows, or write 'not mentioned'"),
    "a document of which nothing was seen, as a text": (swap("book_table.csv", "not in the part seen", "not mentioned"), "row 6, column gist: is 'not mentioned' although the cell rests on no row. Remedy: name the rows, or write 'not in the part seen'"),
    "a level of nothing": (swap("book_table.csv", "not mentioned,,", "not mentioned,agreed,"), "row 7, column level: is 'agreed' although the cell rests on no row"),
    "a paper of nothing": (swap("book_table.csv", "arden1987,,not", "arden1987,Sund plan,not"), "row 7, column paper: is 'Sund plan' although the cell rests on no row"),
    "silence although there are rows": (swap("book_table.csv", "both flags stay,mentioned,", "not mentioned,mentioned,"), "row 8, column gist: is 'not mentioned' although the cell rests on rows"),
    "a text that is silent although it tells": (swap("book_table.csv", "unspecified,both flags stay,mentioned,provisions:brill1987-p03:430-477", ",not mentioned,,"), "row 8, column gist: is 'not mentioned' although there is provisions:brill1987-p03:430-477"),
    "a document that is silent although it was seen": (swap("book_table.csv", "Lanne Note,half to each island,paper,instruments:note1987:K1:1", ",not in the part seen,,"), "row 2, column gist: is 'not in the part seen' although there is instruments:note1987:K1:1"),
    "a gist against its level": (swap("book_table.csv", "both flags stay", "both flags agreed"), "row 8, column gist: says 'agreed', which is the level of no row"),
    "a dispute of one side alone": (swap("book_table.csv", "half to each island", "halves disputed"), "row 2, column gist: says 'disputed', but rests on one side alone"),
    "a gist of too many words": (swap("book_table.csv", "both flags stay", "both flags stay there for ever and ever"), "book_table.csv, row 8, column gist: "),
    "a coded text without a gist": (swap("book_table.csv", "both flags stay", ""), "book_table.csv, row 8, column gist: is '' although the cell rests on rows"),
    "a cell of an uncoded text": (swap("sources.csv", "brill,twice", "brill,uncoded"), "book_table.csv, row 8, column gist: is filled although brill1987 is uncoded"),
}  # fmt: skip
