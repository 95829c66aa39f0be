"""Numbers as words. `in_words` gives a whole number up to twelve as a word, a greater one in digits with a comma for thousands."""

UNITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
         "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]  # fmt: skip
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
LARGE = ["dozen", "dozens", "hundred", "hundreds", "thousand", "thousands", "million", "millions", "billion", "billions"]
PARTS = ["half", "halves", "thirds", "quarter", "quarters", "fifths"]
TIMES = ["twice", "thrice", "twofold", "threefold"]
MOST = 12  # that is written as a word


def in_words(number):
    return UNITS[number] if 0 <= number <= MOST else f"{number:,}"
