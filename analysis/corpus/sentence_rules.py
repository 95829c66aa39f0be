"""Where a sentence ends: a rule without a model, for edited English prose.

A mark that may end a sentence (full stop, question or exclamation mark, ellipsis, those of other scripts) ends one if a capital, a digit
or a script without capitals follows, unless what stands before it, or behind, says otherwise: `_FOLLOWED` and its fellows list what is
abbreviated and how it goes on. What closes, and the figures of a note, go with the sentence that they close.
"""

import re

_NOTE = r"(?:\[[^\]\n]{1,20}\]|[¹²³⁰-⁹]+)*+"
_MARK = r"[.!?…‽⁇⁈⁉؟۔。！？｡।॥։።။។]"
_SMALL = r"(?![a-z,;:/_=-]|\s*+(?:$|[a-z]++(?![^\W\d_])))"  # no small letters follow, nor nothing
_CANDIDATE = re.compile(
    rf"({_MARK}(?<!\.[ \u00a0].)(?![a-z,;:/_=-]|$|\s[a-z]++[ ,])"  # as `_SMALL`: told at once of most
    rf"(?:{_MARK}++)?+(?:[ \u00a0]\.(?:[ \u00a0]\.)++)?+)([\"'”’»)\]›*」』）]*+){_NOTE}{_SMALL}"
)
_WHOLE = frozenset("。！？｡।॥։።။។")  # marks that end a sentence whatever follows
_FIGURES = re.compile(r"\d{1,3}(?:[,–-]\d{1,3})*(?=\s+[\"“‘«(\[]*[^\W\d_a-z])")
_BEFORE = re.compile(r"(?:[^\W_]+[.'’&/])*[^\W_]+$")
_BEHIND = re.compile(r"((?:[^\w.!?…]|_)*(?:\.\.\.|…)?\s*)((?:[^\W\d_]+|\d+)?)")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_WORDS = re.compile(r"[^\W_]")
_LABEL = re.compile(r"\W*(?:\d{1,3}|[^\W\d_]|[ivxIVX]+)")  # of an item in a list, or the initial of who is named first
_SPEECH = re.compile(
    r"(?:[^\W\d_][\w.’'-]*\s+){1,4}?(?:said|says|asked|asks|cried|shouted|yelled|called|replied|answered|wrote|wondered|exclaimed|told)\b"
)
_ZONE = re.compile(r"(?:\s+[A-Z]\w+){1,3}\s+[Tt]ime\b")
_PLAIN = re.compile(r"(?:^|\s)[\"“‘'«(]*(?:[^\W\d_]+[’'-])*(?:[^\W\d_][^\W\dA-Z_]+|\d\d+)$")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Of abbreviations: those written with a capital here are ones only with it ("Sat.", but not "sat.").
# What follows belongs to it, always.
_FOLLOWED = _words(
    "mr mrs ms mx dr drs prof profs gen gens col cols lt maj brig capt cmdr cdr comdr adm rt sgt cpl pvt pfc ens gov govs rep reps "
    "amb rev supt insp Sen Sens Sec Hon Pres Fr Br Ft Mt messrs mmes mme mlle st ste atty cllr cpt wm geo chas vs v e.g i.e c.f cf "
    "viz resp esp incl gosp ul prosp vul bul prov mos пл вул ул бул просп наб им обл пос т.е т.к т.н напр см ср проф акад ген полк "
    "тов"
)
# A number follows, in figures or letters; without one, the sentence has ended.
_NUMBERED = _words(
    "no nos nr art arts sec secs par pars para paras ch chap chaps p pp fig figs vol vols eq eqs app tab ref refs l ll n nn cl bd pt "
    "pts sect approx ca max min tel ext est ver circa гл стр рис табл"
)
# A name, or the rest of the phrase, may follow: only a word that opens a sentence says that it has ended.
_OPEN = _words(
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun jr sr esq bros bde bn regt div bldg "
    "hwy dept assn univ inst intl natl mfg al ed eds trans transl repr cit op seq ibid Calif Wash Mass Conn Fla Penn Pa Ariz Colo Tex "
    "Ill Ind Minn Mich Wis Tenn Okla Ore Nev Neb Kan Ky Va Ga Ala Miss Mo Md Del Vt др г о"
)
_FIRM = _words("inc ltd co corp llc plc gmbh")
_OFFICES = _words(
    "president chairman chairwoman chair chief ceo cfo coo director vice executive spokesman spokeswoman founder manager analyst"
)
_STREET = _words("ave blvd rd sq")
_QUARTERS = _words("n s e w ne nw se sw")
_WHEN = _words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october "
    "november december jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun est edt et pst pt cst "
    "gmt utc cet cest msk eet eest bst"
)
_LETTERED = _words(
    "plan vitamin group point type letter section annex appendix option class category grade part exhibit schedule team model zone "
    "article chapter phase hepatitis block gate terminal room scenario draft paragraph unit company war"
)
_EXCLAIMED = _words("yahoo jeopardy yum oklahoma panic rouge wham joomla kahoot ahoy mia oliver airplane hello e guess yo ho")
_LISTED = frozenset(map(str.lower, _FOLLOWED | _NUMBERED | _OPEN | _FIRM | _STREET))
_COUNTED = _words("one two three four five six seven eight nine ten eleven twelve")
_OPENERS = _words(
    "a an the this that these those he she it they we i you his her its their our my your one both each all some many most few "
    "several none nobody no not nothing everyone everybody everything someone another such other others in on at by for from with "
    "without to of as if when while after before since until because although though during under over between among against within "
    "through despite according where what who whom whose which why how there here then thus so but and or nor yet still also however "
    "moreover meanwhile instead indeed today now later soon even only never perhaps once whether unlike like neither either nearly "
    "about asked is are was were do does did don didn can could should would has have had let officials reporters critics analysts "
    "experts mr mrs ms"
)


def sentence_ends(line: str) -> list[int]:
    """The offsets in one line of text at which its sentences end, white space behind them left out; the last one may lack its mark.

    What holds no letter or digit goes with the next sentence.
    """
    ends, start = [], 0
    for match in _CANDIDATE.finditer(line):
        at, end = match.span()
        if line[end].isdigit():
            end = _behind_figures(line, at, end)
        if _is_plain(line, at, end) or (_ends(line, start, at, match[1], match[2], end) and _WORDS.search(line, start, end)):
            ends.append(end)
            start = end
    return ends


def _is_plain(line: str, at: int, end: int) -> bool:
    """Whether a full stop stands between a word that is neither abbreviation nor number and a capital: most do."""
    if end - at > 1 or line[at] != "." or line[end] != " " or not line[end + 1].isupper():
        return False
    word = line[line.rfind(" ", 0, at) + 1 : at]
    return len(word) > 1 and word.isalpha() and word.strip("ivxIVX") != "" and word.lower() not in _LISTED


def _behind_figures(text: str, at: int, end: int) -> int:
    """The end of the figures of a note behind a full stop that stands at `at`, or `end` where there is none."""
    note, before = _FIGURES.match(text, end), _word_before(text, at)
    is_note = note and before[-1:].isalpha() and not any(_is_in(kind, before) for kind in (_FOLLOWED, _NUMBERED, _OPEN))
    return note.end() if note and is_note else end


def _word_before(text: str, at: int) -> str:
    """The word that reaches to `at`, with all that points, apostrophes, ampersands and slashes join."""
    token = text[max(0, at - 40) : at].split(" ")[-1]
    found = _BEFORE.search(token)
    return found[0] if found else ""


def _is_in(kind: frozenset[str], word: str) -> bool:
    return word in kind or (len(word) > 1 and word.lower() in kind)


def _ends(text: str, start: int, at: int, mark: str, closers: str, end: int) -> bool:
    """Whether the sentence that begins at `start` ends with `mark`, which stands at `at` and reaches with all that closes to `end`."""
    behind = _BEHIND.match(text, end)
    assert behind
    word, first = behind[2], text[behind.end(1) : behind.end(1) + 1]
    glued = not text[end].isspace()
    if glued and not _is_space_missing(text, at, closers, end, word, first):
        return False
    if first.islower() and (glued or word.islower() or text[behind.end() : behind.end() + 1] == "."):  # not iPhone, eBay
        return False
    before, opens = _word_before(text, at), _opens(text, word, behind.end())
    if ")" in closers and text[start : max(start, text.rfind("(", start, at))].strip():  # a bracket inside the sentence
        return opens
    if mark[0] in _WHOLE:
        return True
    if mark != ".":
        name = mark == "!" and not closers and before.lower() in _EXCLAIMED
        return opens if name else not (closers and not opens and _SPEECH.match(text, behind.end(1)))
    if _LABEL.fullmatch(text, start, at) or (_is_in(_FOLLOWED, before) and not (before in ("st", "St") and opens)):
        return False
    return bool(closers) or _stop_ends(text, at, before, word, first, opens, behind.end())


def _opens(text: str, word: str, end: int) -> bool:
    """Whether `word`, which reaches to `end`, opens a sentence: a common word with a capital, and no initial."""
    return word.lower() in _OPENERS and word[0].isupper() and not (len(word) == 1 and text[end : end + 1] == ".")


def _is_space_missing(text: str, at: int, closers: str, end: int, word: str, first: str) -> bool:
    """Whether white space is missing behind a mark: 'era.”The', "weeks.Both", "2022.Both", "weeks.“Both"."""
    if not first.isupper() or text[end] in "—–-":
        return False
    if closers:
        return True
    return (word[1:].islower() or text[at + 1 : at + 3] in ("A ", "I ")) and _PLAIN.search(text, max(0, at - 40), at) is not None


def _stop_ends(text: str, at: int, before: str, word: str, first: str, opens: bool, end: int) -> bool:
    """Whether a full stop behind the word `before` ends a sentence, where `word`, with no small letter, follows and reaches to `end`."""
    low = word.lower()
    if _is_in(_NUMBERED, before):
        may_open = word in ("A", "I") and text[end : end + 1] == " " and (before.islower() or before == "No")
        letter = re.fullmatch(r"[IVXLC]+|[A-Z]", word) and not may_open
        return not (first.isdigit() or letter or low in _COUNTED)
    if before.lower() in ("a.m", "p.m"):
        return not (low in _WHEN or first.isdigit() or _ZONE.match(text, at + 1))
    if before.lower() in _FIRM:
        return opens or not (first.isdigit() or low in _OFFICES | _FIRM)
    if before.lower() in _STREET:
        return low not in _QUARTERS
    if len(before) == 1 and before.isupper():
        named = _word_before(text, at - 2).lower() in _LETTERED
        return opens or (named and text[end : end + 1] != ".")
    return opens if _is_in(_OPEN, before) or _INITIALS.fullmatch(before) else True
