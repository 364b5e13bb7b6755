"""The figures of a text: each with its value, its unit, and the word that rounds it.

>>> [(one.bound, f"{one.value:f}", one.unit) for one in figures("about 30B parameters, eight percent of them")]
[('about', '30000000000', 'parameter'), ('', '8', '%')]
>>> figures("GPT-4 is in Table 4")
()
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from podcast.grounding import fractions, names
from podcast.grounding.bounds import bound_of
from podcast.grounding.compound import joined
from podcast.grounding.digits import Digits, in_digits
from podcast.grounding.multiples import multiples
from podcast.grounding.rates import rate_at, rate_before
from podcast.grounding.units import CURRENCIES, HARD, MONEY, PHYSICAL, TALK, TIMES, unit_at
from podcast.grounding.values import SCALES, numerals, scale_of, value_of, whole


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure at text[start:end] of the text in digits."""

    spoken: str
    """As it is written, scale included and unit not."""
    value: Decimal
    """In the base of its kind: seconds, bytes, hertz."""
    unit: str = ""
    """Its kind: %, points, x, a currency, a physical quantity, a thing counted, or "" for none."""
    bound: str = ""
    """about, over or under, where a word says so."""
    word: str = ""
    """That word."""
    words: bool = False
    """Whether it is a fraction in words, which nobody says to the percent: "a third", "nine in ten"."""
    ratio: bool = False
    """Whether it is one number in or out of another; these are figures too."""
    talk: bool = False
    """Whether it counts turns of the talk: it claims nothing, and holds nothing but itself."""
    count: Decimal | None = None
    """The number before its unit: 8 of 8 minutes, whose value is 480 seconds; None where the value is it."""
    shared: int = 1
    """The scale of the list that it begins: a billion of "seven and thirty-two billion"."""
    per: str = ""
    """What it is said of each of: second, page, 1000000 token."""
    start: int = 0
    end: int = 0


_SHARES = {
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "half": 2,
    "halves": 2,
    "third": 3,
    "quarter": 4,
    "hundredth": 100,
    "thousandth": 1000,
}
_ROUND_HALF = (
    r"(?:(?<=to )|(?<=about )|(?<=roughly )|(?<=nearly )|(?<=almost )|(?<=around )|(?<=over )|(?<=than ))"
    r"half(?=[.,;!?]|$| (?:on|in|with|for|and|but|when|at|after)(?!\w))"
)
"""A half that nothing follows: it drops by about half."""
_SHARE = re.compile(
    r"(?<![\w.])(?P<top>\d{1,2}|an?)[ -](?P<bottom>half|halves|third|quarter|hundredth|thousandth|(?:fif|six"
    r"|seven|eigh|nin|ten)th(?=s)"
    r"|\d{1,2}th)s?(?!\w)(?! (?:hour|minute|precision|party|person|option|way|step|thing|question))"
    r"|(?<![\w./-])(?P<over>\d{1,3})/(?P<under>\d{1,3})(?![\w./])"
    r"|(?<![\w-])(?P<half>half(?! as [a-z]+ again)(?= (?:of|the|as|that|its|their|those|all)\b)|(?<=by )half"
    rf"|(?<=in )half(?! (?:an?|the) )|{_ROUND_HALF}|halv(?:e[sd]?|ing))"
    r"(?!\w)(?! an? (?:hour|minute))",
    re.IGNORECASE,
)
_OF = re.compile(
    r" (?:to (?:an?|the|its|\d)|is|are|was|were|goes|go|comes?|gets?|ha[sv]e?|pass\w*|fail\w*|of|the|as|that|fewer"
    r"|less|more|smaller|lower|faster|cheaper|larger|higher|shorter|better|worse|slower|longer|bigger|greater"
    r"|quicker|stronger|weaker|heavier|lighter|costlier|dearer)\b",
    re.IGNORECASE,
)
_OF_A = re.compile(r"(?: of)? an? ")
_LEADING = re.compile(r"(?<!\w)(?:by|to|about|only|than|nearly|almost|roughly|over|under|least|just|or|is|in|with) $")
_CLOSED = re.compile(r"[.,;!?]|$| (?:on|in|with|for|and|but|when|at|as|after)(?!\w)")
"""Before and behind a fraction that nothing follows: it drops to a quarter."""
_RATIO = re.compile(
    r"(?<![\w.,/$^%-])(?<!number )(?P<top>\d{1,2}) (?:(?P<noun>[a-z]{3,12}s|(?<=(?<!\d)1 )[a-z]{3,12}) )?(?:in"
    r"|out of) (?:an? |every )?"
    r"(?P<bottom>\d{1,7})"
    r"(?![\w%^/-]|[.,]\d)(?! (?:hundred|thousand|million|billion|dimension|stage|step|phase|round|way|part|pass|row"
    r"|place)s?(?!\w))", re.IGNORECASE,
)  # fmt: skip
_RATIO_UNITS = PHYSICAL | CURRENCIES | {"%", "points", "abs", "x", "ordinal"}
_ONE = re.compile(
    r"(?<![\w-])(?:an?|single|per|one)[ -](?:single )?((?:gpu|tpu|hour|day|week|month|year|minute)(?!\w))",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"(?: [a-z]{3,12})? (?:against|versus|vs\.?) |,? (?:and |or |against |versus |vs\.? |next to |beside |not "
    r"|rather than )?| (?:out )?of (?:its |the )?",
    re.IGNORECASE,
)
_FACTOR = re.compile(r"(?:factors? of|speed-?ups? of) ?(?:about |around |over |up to |nearly )?$", re.IGNORECASE)
_PERCENT_OF = re.compile(r"百分之$")
_RANGE = re.compile(r" ?(?:-|/|to|and|or|bis|à|a|y|und|et|至|到) ?$", re.IGNORECASE)
_SIZE = re.compile(r"(?<![A-Za-z0-9.])(\d{1,4}(?:\.\d{1,2})?)([BM])(?![A-Za-z0-9])")


def figures(text: str, language: str = "en") -> tuple[Figure, ...]:
    """Return each figure of the text in order; names and references hold none but their sizes and years."""
    digits = in_digits(text, language)
    return read(digits, language, hidden(digits.text))


def hidden(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of a text in digits where figures belong to names and references."""
    spans = [(place.start, place.end) for place in names.places(text)]
    spans += names.slashed(text)
    for run in names.runs(text):
        for before, word in zip((None, *run), run, strict=False):
            if word.firm or (not word.number and any(sign.isdigit() for sign in word.text)):
                spans.append((word.start, word.end))
            elif word.number and before and not (before.initial and not before.firm):
                version = re.fullmatch(r"\d(?:\.\d)?(?:-\d.*)?", word.text)
                if version and not unit_at(text, word.end)[0]:
                    spans.append((word.start, word.end))
    return tuple(spans)


def read(digits: Digits, language: str, spans: tuple[tuple[int, int], ...]) -> tuple[Figure, ...]:
    """Return each figure of a text in digits that stands outside the spans."""
    shown = _outside(digits.text, spans)
    shares = [(match, figure) for match in _SHARE.finditer(shown) if (figure := _share(digits, match))]
    found = [figure for _, figure in shares]
    for match, _ in shares:
        if not match["over"]:
            shown = shown[: match.start()] + "\0" * len(match[0]) + shown[match.end() :]
    folds = list(_multiples(digits, shown))
    found += folds
    for one in folds:
        shown = shown[: one.start] + "\0" * (one.end - one.start) + shown[one.end :]
    found += _single(shown)
    found += _ratios(digits, shown)
    if language != "en":
        for (start, end), share in fractions.abroad(shown, language):
            said = digits.spoken(start, end)
            found.append(
                Figure(said, share, "fraction", *bound_of(shown, start, end, language), True, start=start, end=end)
            )
            shown = shown[:start] + "\0" * (end - start) + shown[end:]
    found += _numerals(digits, shown, language)
    found += _in_names(digits.text, spans)
    return tuple(joined(digits, sorted(found, key=lambda figure: figure.start)))


def _outside(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    """Return the text, as long as it was, with nothing to read in the spans that have digits."""
    signs = list(text)
    for start, end in spans:
        if any(sign.isdigit() for sign in signs[start:end]):
            signs[start:end] = "\0" * (end - start)
    return "".join(signs)


def _multiples(digits: Digits, shown: str) -> Iterator[Figure]:
    """Yield the figures that are said without "times": twice as much, or how often something happens."""
    for one in multiples(shown):
        yield Figure(
            digits.spoken(one.start, one.end), Decimal(one.times), "often" if one.often else "x",
            *bound_of(shown, one.start, one.end), talk=one.talk, start=one.start, end=one.end,
        )  # fmt: skip


def _single(shown: str) -> Iterator[Figure]:
    """Yield what is one without a number: a GPU, an hour."""
    for match in _ONE.finditer(shown):
        worth = Decimal(TIMES.get(match[1].lower(), 1))
        kind = "time" if match[1].lower() in TIMES else "gpu"
        yield Figure(match[0], worth, kind, talk=True, start=match.start(), end=match.end())


_BITS = re.compile(r"(?<![A-Za-z])(?:BF|(?:MX|NV)?FP|NF|INT|bf|fp|int)(\d{1,2})(?!\d)")
_TOPMOST = re.compile(r"(?<![A-Za-z])[Tt]op-(\d{1,3})(?= (?!results?|scores?|error|accurac)(?:[a-z-]+ )?[a-z]+s(?!\w))")
"""The first ones of many: the top ten systems; not a top-5 error."""
_BEHIND = 40
"""Characters behind a name that say of what."""


def _in_names(text: str, spans: tuple[tuple[int, int], ...]) -> Iterator[Figure]:
    """Yield what names say all the same: their sizes, bits and years, and how many are at the top."""
    for start, end in spans:
        for match in _SIZE.finditer(text, start, end):
            size = Decimal(match[1]) * SCALES[match[2].lower()]
            yield Figure(match[0], size, "parameter", talk=True, start=match.start(), end=match.end())
        for pattern, unit in ((_BITS, "bit"), (_TOPMOST, "")):
            for match in pattern.finditer(text, start, end + _BEHIND):
                if match.start() < end:
                    yield Figure(match[1], Decimal(match[1]), unit, talk=True, start=match.start(1), end=match.end(1))
        for match in re.finditer(r"(?<!\d)(?:19|20)\d\d(?!\d)", text[start:end]):
            yield Figure(match[0], Decimal(match[0]), talk=True, start=start, end=end)


def _ratios(digits: Digits, shown: str) -> Iterator[Figure]:
    """Yield what is said as one number in or out of another: "nine in ten answers", "3 out of 4"."""
    for match in _RATIO.finditer(shown):
        top, bottom = int(match["top"]), int(match["bottom"])
        if not 0 < top < bottom or unit_at(shown, match.end())[0] in _RATIO_UNITS:
            continue
        words = digits.in_words(match.start()) and digits.in_words(match.start("bottom"))
        odd = bottom > 12 and str(bottom).rstrip("0") not in ("1", "2", "5", "25")
        if " in " in match[0] and odd and not (words and top == 1 and bottom < 100):
            continue
        usual = bottom in (3, 4, 5, 10, 20, 100) or (bottom <= 12 and " out of " in match[0])
        usual = usual or (top == 1 and (bottom < 100 or not odd))
        if match["noun"] and not (words and usual):
            continue
        share = Decimal(top) / Decimal(bottom)
        yield Figure(
            digits.spoken(*match.span()), share, "fraction", *bound_of(shown, *match.span()), words, True,
            start=match.start(), end=match.end(),
        )  # fmt: skip


def _numerals(digits: Digits, shown: str, language: str) -> Iterator[Figure]:
    before: Figure | None = None
    listed: list[Figure] = []  # the first ones of "one and a half, seven, and thirty-two billion"
    told = 0
    for match in numerals(language).finditer(shown):
        if match.start() < told:  # the cents of three dollars ninety, the thousand of "per thousand"
            if before and before.per:
                yield replace(_numeral(digits, shown, language, match)[0], talk=True)
            continue
        figure, factor, told = _numeral(digits, shown, language, match)
        scale = _scale(figure)
        said_before = _scale(before) if before else 1
        if before and said_before > 1 and figure.value < 1000 and not figure.unit and _LIST.fullmatch(
            shown, before.end, match.start()
        ):  # fmt: skip
            figure = replace(figure, shared=said_before)
        if before and scale > 1 and before.value < 1000 and _LIST.fullmatch(shown, before.end, match.start()):
            before = replace(before, shared=scale)
            listed = [replace(one, shared=scale) for one in listed]
        if before and _RANGE.fullmatch(shown, before.end, match.start()):
            own = scale_of(match, language)
            yield from _first_of_range(shown[before.end : match.start()], before, figure, factor, own)
        elif (
            before
            and before.value < 1000
            and _LIST.fullmatch(shown, before.end, match.start())
            and not before.shared > 1
        ):
            listed.append(before)
        elif before:
            yield from (*listed, before)
            listed = []
        before = figure
    yield from listed
    if before:
        yield before


def _scale(figure: Figure) -> int:
    """Return the thousand, million, billion or trillion in which a figure is said."""
    return next((10**power for power in (12, 9, 6, 3) if abs(figure.count or figure.value) >= 10**power), 1)


def _numeral(digits: Digits, shown: str, language: str, match: re.Match[str]) -> tuple[Figure, Decimal, int]:
    """Return the figure of a numeral, what its unit is worth, and where all that belongs to it ends."""
    start, end = match.span()
    value, scaled = value_of(match, language)
    unit, factor, stop = unit_at(digits.text, end, language)
    if unit == "counted" and language != "en":
        unit = ""  # an s makes no plural there
    if match["money"]:
        unit, factor = MONEY[match["money"].strip().removeprefix("US")], Decimal(1)
    elif language == "zh" and _PERCENT_OF.search(shown, max(0, start - 3), start):
        unit = "%"
    elif not unit and _FACTOR.search(shown, max(0, start - 24), start):
        unit = "x"
    if unit == "x" and value > _OFTEN and _times(shown, end):
        unit = "often"
    elif unit == "often" and not whole(value):
        unit = "x"  # 2.1 times end-to-end speedups
    if not unit and 10 <= value < 100 and (one := _A_DOLLAR.search(shown, max(0, start - 12), start)):
        value, unit = 1 + value / 100, MONEY[one[1]]  # a dollar twenty
    sign = match["sign"] or ""
    if sign.strip().lower() in ("-", "minus") and not (start and shown[start - 1].isalnum()):
        value = -value
    noun = (shown[stop:].lstrip().partition(" ")[0].rstrip(".,:;?!") if unit == "ordinal" else shown[end:stop]).strip(
        " -"
    )
    talk = digits.in_words(match.start("number")) and (
        _counts_talk(value, scaled, unit, noun.lower()) or _of_a_size(digits.spoken(start, end), shown, start, end)
    )
    if match["letter"] in ("B", "T") and unit == "person":
        unit = ""  # a 0.9B student is a model
    if shown[end : end + 1] == "s" and value >= 1000 and whole(value / 10):
        unit, factor = "", Decimal(1)
    told = stop
    if unit in CURRENCIES and not scaled and (cents := _CENTS.match(shown, stop)):
        value, told = value + Decimal(cents[1]) / 100, cents.end()
    per, told = rate_at(shown, told, unit, noun.lower())
    if not per and unit in CURRENCIES:
        per = rate_before(shown, start)
    figure = Figure(
        digits.spoken(start, end), value * factor, unit, *bound_of(shown, start, stop, language),
        talk=talk or _ago(shown, unit, start, stop), per=per, count=value if factor != 1 else None,
        start=start, end=end,
    )  # fmt: skip
    if not figure.bound and _PART.match(figure.spoken):
        figure = replace(figure, bound="about")
    return figure, factor, told


_MEASURED = PHYSICAL - {"time", "compute", "bit"}
"""Of which even one is told for what it is: one micromolar; in one second is a turn of the talk."""


def _counts_talk(value: Decimal, scaled: bool, unit: str, noun: str) -> bool:
    """Return whether a number in words counts turns of the talk: one of them, two things, the fourth part."""
    small = not scaled and value in (0, 1, 2, 3) and unit not in HARD
    one = value == 1 and unit not in ("%", "points", "x", "gpu", *CURRENCIES, *_MEASURED)
    of_talk = noun in TALK and unit in ("", "counted", "question", "step", "word", "sentence", "ordinal")
    return small or one or (0 <= value <= 10 and of_talk)


def _of_a_size(spoken: str, text: str, start: int, end: int) -> bool:
    """Return whether a scale says of what size something is: million-length, but not a million-token context."""
    return spoken.lower() in SCALES and text.startswith("-", end) and not re.search(r"(?<!\w)[Aa] $", text[:start])


_A_DOLLAR = re.compile(r"(?<!\w)(?:an?|1) (dollar|euro|pound|buck) $")
_PART = re.compile(r"(?:a )?(?:half an?|quarter of an?)(?: |$)", re.IGNORECASE)
"""Nobody says half an hour to the minute."""


def _ago(text: str, unit: str, start: int, stop: int) -> bool:
    """Return whether a speaker says how long ago they themselves did something."""
    return unit == "time" and text.startswith(" ago", stop) and bool(re.search(r"\b(?:I|we)\b", text[:start]))


_CENTS = re.compile(r" (?:and )?(\d\d)(?: cents?)?(?= (?:per|an?|for|each|in|and)(?!\w)|[.,;:!?]|$)")


_OFTEN = 200
"""So many times is how often something happens, unless a word says how much more."""


def _times(text: str, end: int) -> bool:
    """Return whether a number of times ends its clause: preferred 6041 times, compared to."""
    return bool(re.compile(r"[ -]?times(?=[.,;!?]|$)").match(text, end))


_APART = 20
"""How many times the second of two figures the first is where their kinds are not one."""


def _first_of_range(text: str, first: Figure, last: Figure, factor: Decimal, scale: int) -> Iterator[Figure]:
    """Yield the first figure of a range with the unit of the last, and with its scale too: "2 to 3 million"."""
    apart = first.value > _APART * last.value and text[-4:].strip().lower() == "and"  # of 2048 and 24 layers
    if last.unit and not first.unit and not apart:
        count = first.value if factor != 1 else None
        talk = first.talk and last.unit not in HARD
        first = replace(first, unit=last.unit, value=first.value * factor, count=count, talk=talk)
    if scale > 1 and first.value * scale < last.value:
        yield replace(first, talk=True)
        first = replace(first, value=first.value * scale, talk=False)
    yield first


def _share(digits: Digits, match: re.Match[str]) -> Figure | None:
    """Return a fraction; None for what only looks like one, such as "a third option"."""
    text = match.string
    if match["half"]:
        top, bottom = 1, 2
    elif match["over"]:
        top, bottom = int(match["over"]), int(match["under"])
        if not 0 < top < bottom:
            return None
    else:
        top = int(match["top"]) if match["top"].isdigit() else 1
        said = match["bottom"].lower()
        bottom = _SHARES.get(said) or int(said.removesuffix("th"))
        if not bottom or not 0 < top < bottom:
            return None
        after = _OF.match(text, match.end())
        if (
            match["top"].lower() in ("a", "an")
            and not after
            and not (_LEADING.search(text, 0, match.start()) and _CLOSED.match(text, match.end()))
        ):
            return None
    said = digits.spoken(*match.span())
    share = Decimal(top) / Decimal(bottom)
    words = not match["over"]
    start, end = match.span()
    if words and (of := _OF_A.match(text, end)):
        unit, factor, stop = unit_at(text, of.end() - 1)
        if unit == "points" or unit in PHYSICAL | CURRENCIES:  # a fifth of a cent
            value = share * factor if unit != "cent" else share / 100
            return Figure(said, value, unit, "about", words=True, start=start, end=stop)
    bound, word = bound_of(text, start, end)
    if not bound and (text.startswith(" to ", end) or text.endswith("to ", 0, start)):
        bound = "about"
    return Figure(said, share, "fraction", bound, word, words, start=start, end=end)
