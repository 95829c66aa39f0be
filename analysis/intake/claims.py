"""The claims of a file of annotations: an id for each, and the claim that each comparison is of."""

from collections.abc import Iterable
from typing import NamedTuple

from analysis.coding.annotations import Annotation
from analysis.corpus.errors import Problem
from analysis.corpus.intervals import overlaps
from analysis.corpus.reader import Corpus
from analysis.intake.anchoring import short_quote
from analysis.number_words import listed

_OF_CLAIM = "claim_or_provision"  # the column that names a claim

_FEW = 4  # claims that a message lists


class _Claim(NamedTuple):
    claim_id: str
    start: int
    end: int
    words: str


def with_claims(corpus: Corpus, source_id: str, ready: Iterable[Annotation], file: str) -> tuple[list[Annotation], list[Problem]]:
    """The annotations with an id for each claim, that of the same words where these are coded already, and with the claims compared.

    A comparison that names none is of the claim on the same words, else of the one claim whose words overlap its own. The claims are those
    of the file, of the text where the file has none. Returns also a Problem for each comparison of which that does not tell the claim.
    """
    held = corpus.tables["codings/claims.csv"].query("source_id == @source_id")
    numbered = _numbered(ready, source_id, {(row.start, row.end, row.claim): row.claim_id for row in held.itertuples()})
    own = [one for one in numbered if one.coding == "claims"]
    claims = [_Claim(one.codes["claim_id"], one.start or 0, one.end or 0, one.codes.get("claim", "")) for one in own]
    claims = claims or [_Claim(row.claim_id, row.start, row.end, row.claim) for row in held.itertuples()]
    found, problems = [], []
    for one in numbered:
        if one.coding == "comparisons" and not one.codes.get(_OF_CLAIM):
            near = _claims_of(one, claims)
            if len(near) == 1:
                one = one._replace(codes={**one.codes, _OF_CLAIM: near[0].claim_id})
            else:
                problems.append(_which_claim(one, near, claims, file))
        found.append(one)
    return found, problems


def _numbered(ready: Iterable[Annotation], source_id: str, ids: dict[tuple[int, int, str], str]) -> list[Annotation]:
    """The annotations with an id for each claim: that of the same words in `ids`, else the next that is free."""
    ready, ids = list(ready), dict(ids)
    used = {one.codes.get("claim_id", "") for one in ready} | set(ids.values())
    free = (name for number in range(1, len(used) + len(ready) + 2) if (name := f"{source_id}-c{number:02d}") not in used)
    numbered = []
    for one in ready:
        if one.coding == "claims" and "claim_id" not in one.codes:
            known = ids.pop((one.start or 0, one.end or 0, one.codes.get("claim", "")), None)
            one = one._replace(codes={**one.codes, "claim_id": known or next(free)})
        numbered.append(one)
    return numbered


def _claims_of(one: Annotation, claims: list[_Claim]) -> list[_Claim]:
    """The claims on the words of an annotation, else those whose words overlap them."""
    same = [claim for claim in claims if (claim.start, claim.end) == (one.start, one.end)]
    return same or [claim for claim in claims if overlaps(claim.start, claim.end, one.start or 0, one.end or 0)]


def _which_claim(one: Annotation, near: list[_Claim], claims: list[_Claim], file: str) -> Problem:
    """The Problem with a comparison on whose words no claim stands, or several."""
    candidates = sorted(near or claims, key=lambda claim: _distance(one, claim))
    some = listed(f"{claim.claim_id} ({claim.words})" for claim in candidates[:_FEW])
    if near:
        return Problem(file, one.row, _OF_CLAIM, f"several claims stand on the words {short_quote(one.quote)}", f"give one of {some}")
    remedy = f"code the words as a claim, too{f', or give one of the nearest: {some}' if candidates else ''}"
    return Problem(file, one.row, _OF_CLAIM, f"no claim stands on the words {short_quote(one.quote)}", remedy)


def _distance(one: Annotation, claim: _Claim) -> int:
    """How many characters lie between the words of an annotation and those of a claim; of claims that overlap it, how little they share."""
    start, end = one.start or 0, one.end or 0
    return max(start, claim.start) - min(end, claim.end)
