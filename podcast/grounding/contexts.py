"""What a sentence binds each of its figures to: the words of its clause, the noun it counts, its place in a list.

>>> from podcast.grounding.figure import figures
>>> first, second = bound(text := "91% on MNIST and 40% on ImageNet", figures(text))
>>> sorted(first.near), sorted(second.near)
(['mnist'], ['imagenet'])
>>> sorted(content("We train the models on long queries"))
['=ours', 'long', 'query', 'train']
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from podcast.grounding.figure import Figure
from podcast.grounding.holding import dated
from podcast.grounding.predicates import own_subject
from podcast.grounding.units import COUNTS, words
from podcast.grounding.values import whole

_IDLE = words(
    "a an the of for to in on at by with from and or than as is are was were be been being has have had do "
    "does did that "
    "which who whom whose while per out but so if when after before over under against versus vs this these those its "
    "it we they them their our you your he she his her i me my us then there here what how why where just "
    "only even still "
    "also too very much many more most less least some any all every each both either no not nor now about "
    "around roughly "
    "nearly almost approximately up down get gets got getting go goes going come comes came make makes made take takes "
    "took say says said call calls called thing things one ones two three way well right okay yes really quite rather "
    "percent percentage point points times time such other others another same into through during across between "
    "among within without let's lets it's that's there's they're we're i'd i'll can could would should may might will "
    "average mean respectively total using used use uses based reach reaches reached achieve achieves "
    "achieving achieved "
    "attain attains obtain obtains score scores scored show shows report reports find finds found give gives see seen "
    "like kind sort lot bit whole set sets new own first second need needs needed able because though although however "
    "compared comparison better worse best high low higher lower large larger small smaller big bigger good great not "
    "second seconds minute minutes hour hours day days week weeks month months year years millisecond milliseconds "
    "paper authors author method model models system systems approach work result results figure number numbers "
    "parameter parameters token tokens n't don't doesn't can't couldn't isn't aren't wasn't not up-to at-least"
)
"""Words that bind a figure to nothing."""
_OURS = words("we our ours us they their theirs authors")
_WORD = re.compile(r"[A-Za-zÀ-ɏ0-9](?:[A-Za-zÀ-ɏ0-9_'@.+-]*[A-Za-zÀ-ɏ0-9])?")
_CLAUSE = re.compile(
    r"[;()]|[.!?](?=\s|$)|,(?!\d)|:|(?<!\w)(?:while|whereas|but|and|versus|vs\.?|compared (?:to|with)|than"
    r"|against|where|although"
    r"|though|yet|when|if|because|so|unlike)(?!\w)"
)
_BESIDE = re.compile(r"(?:than|against|versus|vs\.?|compared (?:to|with)|unlike)$")
_HEADS = re.compile(
    r"\s*(?:[Oo]n|[Ii]n|[Ff]or|[Aa]t|[Ww]ith|[Uu]nder|[Oo]ver|by|of|from|to|[Aa]fter|[Bb]efore|[Aa]gainst"
    r"|[Uu]sing|[Aa]mong|[Ww]ithout)\s"
)
_RESPECTIVELY = re.compile(r"(?<!\w)respectively(?!\w)")
_LISTED = re.compile(r"^(?: ?%|x|×| percent| points?| times)?(?:,? and |, )(?:about |over |nearly )?$")
_ITEM = r"(?:[\w@./+'-]+(?: (?!and\b|or\b)[\w@./+'-]+){0,2})"
_CONDITION = re.compile(r"(?<!\w)(?:on|in|for|against|from|with|without|at|under|over|by|of|to|after)$")


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return the part of a word that its forms share, roughly: decoding, decoded and decode are one.

    >>> [stem(word) for word in ("Decoding", "decode", "queries", "classes", "GPT-4o's")]
    ['decod', 'decod', 'query', 'class', 'gpt-4o']
    """
    low = word.lower().removesuffix("'s").strip("'.-")
    if any(sign.isdigit() for sign in low):
        return low
    for end, put in (
        ("ations", "at"),
        ("ation", "at"),
        ("ies", "y"),
        ("sses", "ss"),
        ("ally", "al"),
        ("ing", ""),
        ("ed", ""),
        ("es", ""),
        ("s", ""),
        ("e", ""),
    ):
        if low.endswith(end) and len(low) - len(end) >= 3 and not (end == "s" and low[-2:] in ("ss", "us", "is")):
            low = low.removesuffix(end) + put
            break
    if len(low) > 4 and low[-1] == low[-2] and low[-1] not in "sl":
        low = low[:-1]
    if low.endswith("ll") and len(low) > 5:
        low = low[:-1]
    return low


_PEOPLE = dict.fromkeys(("peopl", "person", "human", "participant", "volunteer", "folk"), "=people")
"""Words for people who take part, which hosts change at will."""


@lru_cache(maxsize=8192)
def content(text: str) -> frozenset[str]:
    """Return the stems of the words of a text that bind; the parts of a name with hyphens count too."""
    found = set()
    for match in _WORD.finditer(text):
        said = match[0]
        low = said.lower().removesuffix("'s")
        if low in _OURS:
            found.add("=ours")
            continue
        if low in _IDLE or (low[0].isdigit() and not re.search(r"[a-z]", low)):
            continue
        found.add(_PEOPLE.get(stem(said), stem(said)))
        if "-" in said:
            found |= {stem(part) for part in said.split("-") if len(part) > 2 and part.lower() not in _IDLE}
    return frozenset(found)


def spoken(text: str, stems: frozenset[str]) -> str:
    """Return the first word of the text that has one of the stems; one of the stems where none has."""
    return next((word for word in _WORD.findall(text) if stems & content(word)), min(stems))


_SHARE_OF = re.compile(r"(?: ?%| percent)? of (?:the |its |their |all )*([\w-]+)")


def share_of(text: str, figure: Figure) -> frozenset[str]:
    """Return the stems of what a percentage is a share of: 10 % of the labels."""
    match = _SHARE_OF.match(text, figure.end) if figure.unit in ("%", "fraction") else None
    return content(match[1]) if match else frozenset()


_MEASURE = re.compile(r"(?:[\w-]+ ){1,2}of (?:(?:just|only|about|over|nearly|almost|under) ){0,2}$")


def measure(text: str, figure: Figure) -> frozenset[str]:
    """Return the stems of what a figure is of: an SAA of 76.

    >>> from podcast.grounding.figure import figures
    >>> measure(text := "it has a mean IoU of just 76", *figures(text))
    frozenset({'iou'})
    """
    match = _MEASURE.search(text, max(0, figure.start - 60), figure.start)
    return content(match[0]) if match else frozenset()


@dataclass(frozen=True, slots=True)
class Bound:
    """What a figure is bound to: stems of words, and the values of other figures as #8 (batch size 8)."""

    near: frozenset[str]
    """Between it and its neighbours, and in the phrase that heads its clause."""
    clause: frozenset[str]
    """Of the clause, with what it takes from the one before."""
    all: frozenset[str]
    """Near it, or of the clause and near no other figure."""
    noun: str
    """The plural noun right behind it, which it counts; "" for none."""


MOST = 80
"""Figures of a text that are bound to something; more are a table."""
_UNBOUND = Bound(frozenset(), frozenset(), frozenset(), "")


@dataclass(frozen=True, slots=True)
class _Clause:
    begin: int
    stop: int
    head: frozenset[str]
    """Of the phrase without figures that heads it, as "on ImageNet-A, 38.5"."""
    led: bool
    """Whether that phrase begins with a preposition, or the clause is an aside behind it."""
    subject: frozenset[str]
    """What it takes from the clause before, where nothing stands before its own first figure."""


def bound(text: str, figures: Sequence[Figure], line: bool = False) -> tuple[Bound, ...]:
    """Return what each figure of a text in digits is bound to, in order; of a line, each end of a path alone."""
    if len(figures) > MOST:
        return (_UNBOUND,) * len(figures)
    if not figures:
        return ()
    marks = [one for one in figures if not one.ratio and not (one.talk and one.unit == "parameter")] or list(figures)
    clauses = _clauses(text, marks)
    own = _paired(text, figures)
    found = []
    near_of = [_near_of(text, clauses, marks, figure) for figure in figures]
    for first, last in zip(range(len(figures)), range(1, len(figures)), strict=False):
        if not line and _ONE_PATH.fullmatch(text, figures[first].end, figures[last].start):
            near_of[first] = near_of[last] = near_of[first] | near_of[last]
    for index, figure in enumerate(figures):
        clause = next((one for one in clauses if one.begin <= figure.start < one.stop), clauses[-1])
        inside = [one for one in figures if clause.begin <= one.start < clause.stop]
        near = own.get(index) or near_of[index]
        values = frozenset(
            f"#{one.value.normalize():f}"
            for one in inside if one.value != figure.value and _of_year(text, inside, one) in (None, figure)
        )  # fmt: skip
        spread = content(text[clause.begin : clause.stop]) | clause.head | clause.subject | values
        every = near if index in own else near | clause.head | clause.subject | values | _shared(text, clause, inside)
        found.append(
            Bound(
                near | (values if index not in own else frozenset()),
                near if index in own else spread,
                every,
                noun(text, figure.end),
            )
        )
    return tuple(found)


def _of_year(text: str, inside: Sequence[Figure], year: Figure) -> Figure | None:
    """Return the figure that a year right behind it dates: 38 of "from 38 in 2021 to 96 in 2024"; None for none."""
    if not dated(year):
        return None
    before = max((one for one in inside if one.end <= year.start), key=lambda one: one.end, default=None)
    return before if before and _IN.fullmatch(text, before.end, year.start) else None


_IN = re.compile(r"(?: ?%| percent)?(?: points?)? (?:in|by) ")
_ONE_PATH = re.compile(
    r"(?: ?%| percent| points?)?(?:,? (?:up |down )?(?:to|from|and|of the|of|out of|instead of|rather than|vs\.?"
    r"|versus)|-| ?/)"
    r" ?(?:(?:an?|the|just|only|about|over|below|under|nearly|almost|below|above) ){0,2}", re.IGNORECASE,
)  # fmt: skip
"""Between two figures that are the ends of one path or range, or part and whole: their words are one."""
_TRAIL = re.compile(r"[^,;.]{0,24}? (?:on|in|for) (?:the )?(?=[A-Z])")


def _shared(text: str, clause: _Clause, inside: Sequence[Figure]) -> frozenset[str]:
    """Return what stands before the first figure of a clause, and the name it is said on behind the last."""
    before = content(text[clause.begin : inside[0].start]) if inside else frozenset()
    trail = _TRAIL.match(text, inside[-1].end, clause.stop) if inside else None
    return before | (content(text[trail.end() : clause.stop]) if trail else frozenset())


def _near_of(text: str, clauses: Sequence[_Clause], marks: Sequence[Figure], figure: Figure) -> frozenset[str]:
    clause = next((one for one in clauses if one.begin <= figure.start < one.stop), clauses[-1])
    return _near(text, clause, [one for one in marks if clause.begin <= one.start < clause.stop], figure)


_CUT = re.compile(r"(?<!\w)(?:at|with|from|across|to|by|over|using|after|than|versus|through|for)(?!\w)")


def _near(text: str, clause: _Clause, inside: Sequence[Figure], figure: Figure) -> frozenset[str]:
    """Return the stems between a figure and its neighbours; at a preposition the later ones go to the later figure."""
    if figure.unit not in COUNTS:  # 7.2 % across four benchmarks: a count is a part of what is measured
        inside = [one for one in inside if one is figure or one.unit not in COUNTS or not whole(one.value)]
    left = max((one.end for one in inside if one.end <= figure.start), default=clause.begin)
    right = min((one.start for one in inside if one.start >= figure.end), default=clause.stop)
    if left > clause.begin:
        cut = _CUT.search(text, left, figure.start)
        begin = cut.start() if cut else left
    else:
        begin = left
    stop = right
    if right < clause.stop and (cut := _CUT.search(text, figure.end, right)):
        stop = cut.start()
    near = content(text[begin : figure.start]) | content(text[figure.end : stop])
    return near | clause.head if len(inside) <= 1 and clause.led else near


def _clauses(text: str, figures: Sequence[Figure]) -> list[_Clause]:
    """Return the clauses that have figures."""
    cuts = [0, *(match.end() for match in _CLAUSE.finditer(text)), len(text)]
    found: list[_Clause] = []
    head = subject = frozenset[str]()
    led = False
    for begin, stop in itertools.pairwise(cuts):
        first = next((figure for figure in figures if begin <= figure.start < stop), None)
        ended = bool(re.search(r"[.!?;]\s*$", text[begin:stop]))
        if first:
            before = content(text[begin : first.start])
            aside = (
                content(" ".join(text[max(0, begin - 60) : begin - 1].split()[-2:]))
                if text[begin - 1 : begin] == "("
                else None
            )
            found.append(
                _Clause(
                    begin,
                    stop,
                    head if aside is None else aside,
                    led or aside is not None,
                    frozenset() if before else subject,
                )
            )
            subject, head, led = before or subject, frozenset(), False
        elif (
            found
            and re.search(r"[,(:]\s*$|(?:and|than|against)$", text[found[-1].begin : found[-1].stop])
            and not _HEADS.match(text, begin)
            and not (text.endswith(", and", 0, begin) and own_subject(text[begin:stop]))
        ):
            last = found.pop()
            found.append(
                _Clause(
                    last.begin,
                    last.stop,
                    last.head | content(text[begin:stop]),
                    last.led or not last.head,
                    last.subject,
                )
            )
        elif not _BESIDE.search(text, 0, begin):
            head |= content(text[begin:stop])
            led = led or bool(_HEADS.match(text, begin))
        if ended:
            head = subject = frozenset()
            led = False
    return found or [_Clause(0, len(text), frozenset(), False, frozenset())]


def _paired(text: str, figures: Sequence[Figure]) -> dict[int, frozenset[str]]:
    """Return, by a figure's index, the item it belongs to where a list of items meets as many figures."""
    own: dict[int, frozenset[str]] = {}
    at = 0
    plain = [index for index, one in enumerate(figures) if not one.ratio and not (one.talk and one.unit == "parameter")]
    while at < len(plain):
        run = [plain[at]]
        while at + 1 < len(plain) and _LISTED.match(text[figures[run[-1]].end : figures[plain[at + 1]].start]):
            at += 1
            run.append(plain[at])
        at += 1
        if len(run) < 2:
            continue
        behind = content(
            re.split(r"[,;.]|(?<!\w)(?:and|while|but)(?!\w)", text[figures[run[-1]].end :], maxsplit=1)[0][:60]
        )
        if items := _items_behind(text, figures[run[-1]].end, len(run)):
            own |= {index: content(item) for index, item in zip(run, items, strict=True)}
            continue
        before = text[max(0, figures[run[0]].start - 160) : figures[run[0]].start]
        if behind and re.match(r" (?!on |in |for |of |with |at )[a-z]", text[figures[run[-1]].end :]):
            for index in run:  # models of 1.5B, 7B and 32B parameters
                own[index] = behind | content(re.split(r"[,;:.]", before)[-1])
            continue
        lists = list(re.finditer(rf"{_ITEM}(?:, {_ITEM}){{{len(run) - 2}}},? and {_ITEM}", before))
        if not lists or (len(run) == 2 and not _RESPECTIVELY.search(text) and len(lists) > 1):
            continue
        items = re.split(r",? and |, ", lists[-1][0])
        if len(items) != len(run):
            continue
        items[0], items[-1] = _last_words(items[0]), items[-1].split()[0] if items[-1].split() else ""
        for index, item in zip(run, items, strict=True):
            own[index] = content(item)
    return own


def _items_behind(text: str, end: int, many: int) -> list[str]:
    """Return the items that so many figures in a row are said of, in order, where they are listed right behind.

    >>> _items_behind("3.0 and 5.1 points on MMLU and GPQA, respectively", 11, 2)
    ['MMLU', 'GPQA']
    """
    listed = re.compile(
        rf"(?:-\w+|x|×| ?%)?(?: [\w-]+){{0,3}}? (?:on|in|for|with|at|over|against|to|under|after|using) (?:the |both )?"
        rf"(?P<items>{_ITEM}(?:, {_ITEM}){{{many - 2}}},? and {_ITEM})(?:,? respectively(?!\w)|$|[.;:)](?!\w))"
    ).match(text, end)
    return re.split(r",? and |, ", listed["items"]) if listed else []


def _last_words(item: str) -> str:
    said = item.split()
    for index in range(len(said) - 1, -1, -1):
        if _CONDITION.search(said[index].lower()):
            return " ".join(said[index + 1 :])
    return said[-1] if said else ""


def noun(text: str, end: int) -> str:
    """Return the stem of the plural noun right behind a figure, with up to two words before it."""
    at = end
    for _ in range(3):
        match = re.compile(r"[ -]([A-Za-z][\w-]{2,24})").match(text, at)
        if not match or (
            match[1].lower() in _IDLE and match[1].lower() not in ("models", "systems", "points", "authors")
        ):
            return ""
        word = match[1].lower()
        if (word.endswith("s") and not word.endswith(("ss", "us", "is"))) or word in ("people",):
            return stem(word)
        at = match.end()
    return ""
