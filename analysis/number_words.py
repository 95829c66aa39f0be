"""Numbers as words. `in_words` gives a whole number up to twelve as a word, a greater one in digits with a comma for thousands."""

from collections.abc import Iterable

UNIT_WORDS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]

TEN_WORDS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]

LARGE_NUMBER_WORDS = ["dozen", "dozens", "hundred", "hundreds", "thousand", "thousands", "million", "millions", "billion", "billions"]

FRACTION_WORDS = ["half", "halves", "thirds", "quarter", "quarters", "fifths"]

MULTIPLIER_WORDS = ["twice", "thrice", "twofold", "threefold"]

_MOST = 12  # that is written as a word


def in_words(number: int) -> str:
    return UNIT_WORDS[number] if 0 <= number <= _MOST else f"{number:,}"


def plural(number: int, noun: str) -> str:
    """How many of something: "1 text", "1,024 texts"."""
    return f"{number:,} {noun}" + "s" * (number != 1)


def listed(names: Iterable[str]) -> str:
    """Names in a row: "A", "A and B", "A, B and C"; empty where there is none."""
    *first, last = [*names] or [""]
    return f"{', '.join(first)} and {last}" if first else last
