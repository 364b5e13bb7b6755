"""What an English sentence says of its figures: whose they are, whether they are denied, which way they go.

Only what stands right around a figure is read; what is not plain is left open and contradicts nothing.

>>> from podcast.grounding.figure import figures
>>> up, down = (say_of(text, figures(text))[0] for text in ("it rises by 3 points", "it falls by 3 points"))
>>> contradiction(up, down, frozenset(), frozenset())
('goes the other way in the evidence', 'refused')
>>> contradiction(up, up, frozenset(), frozenset())[0]
''
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from podcast.grounding import comparisons, directions, roles
from podcast.grounding.comparisons import Comparison
from podcast.grounding.contexts import MOST
from podcast.grounding.figure import Figure
from podcast.grounding.finding import Grade
from podcast.grounding.mentions import Mention, mentions_in
from podcast.grounding.stance import own
from podcast.grounding.units import words
from podcast.show.stops import STOP


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one figure; "" and None where it is not plain."""

    denied: bool = False
    way: tuple[str, int] | None = None
    """An axis, such as size or speed, and 1 for up or -1 for down."""
    holder: str = ""
    """The system whose figure it is, as a name's key; `=ours` and `=baseline` are roles."""
    place: str = ""
    """The data set it was measured on."""
    role: str = ""
    """gain, cut, level or share: see `roles`."""
    unit: str = ""
    word: str = ""
    """That rounds it."""
    end: str = ""
    """from or to, where the sentence goes from one figure to another."""
    astray: bool = False
    """Whether the sentence says up and goes down, or down and goes up, from the figure before to this one."""
    winner: str = ""
    loser: str = ""
    against: Comparison | None = None
    """Whom the sentence puts above or below by the figure."""
    beside: str = ""
    """Whom the sentence compares its subject with."""
    sizes: tuple[frozenset[Decimal], frozenset[Decimal]] | None = None
    """The sizes of the models that win, and of those that lose, where the figure is one of them."""
    costs: bool = False
    """Whether less may be better."""
    removed: bool = False
    """Whether something is taken away: what it gives is then lost."""
    question: bool = False
    negative: bool = False
    """Whether it says so in any other way: nothing, none, without."""
    doubtful: bool = False
    """Whether the sentence denies anything at all."""


_SENTENCE = re.compile(rf"{STOP}|[;\n]")
_CLAUSE = re.compile(
    r"[,;:()]|(?<!\w)(?:while|whereas|but|and|versus|vs\.?|compared|than|against|which|that|although|though|yet|when|if"
    r"|because|so|without)(?!\w)"
)
_NEGATOR = re.compile(
    r"(?<!\w)(?:not(?! (?:only|just|merely))|never|cannot|fail(?:s|ed)? to|unable to|short of|(?<!with "
    r")no(?= (?:[a-z]+ ){1,3}"
    r"(?:reach|exceed|achiev|get|gain|improv|surpass|attain)))(?!\w)|n't(?!\w)", re.IGNORECASE,
)  # fmt: skip
_NEGATIVE = re.compile(r"(?<!\w)(?:nothing|none|nobody|no|hardly|barely|without|stops?|end)(?!\w)", re.IGNORECASE)
_PREFIXED = re.compile(r"(?<!\w)(?:un(?!der|it|til|iq|ion|iver)|non-?)[a-z]{5,}")
"""A word that denies what it begins with: untranscribed."""
_BOUNDS = re.compile(
    r"(?:more|less|fewer|greater|exceed\w*|over|above|below|under|even|until|surpass\w*|yet"
    r"|quite)(?!\w)"
)

_NO_SUBJECT = words("on in at of over to from with by under using via across than against for like beyond after")
_LISTED = re.compile(r"(?:[ -]?%|[ -]?percent)?(?: points?)?(?:,|,? and|,? or| to|-) ?(?:about |over |nearly )?")
_LATER = re.compile(
    r"(?:[ -]?%|[ -]?percent(?:age)?)?(?: points?)?(?: [A-Z]?\w{0,12})? (for|by|with|from|of|on|in) (?:the )?$"
)


def say_of(text: str, found: Sequence[Figure]) -> tuple[Said, ...]:
    """Return what the text says of each figure, in the same order."""
    if not found or len(found) > MOST:
        return (Said(),) * len(found)
    mentions = mentions_in(text)
    starts = [mention.start for mention in mentions]
    stops = [0, *(match.end() for match in _SENTENCE.finditer(text)), len(text)]
    said: list[Said] = []
    at = 0
    for index, figure in enumerate(found):
        while stops[at + 1] <= figure.start and at + 2 < len(stops):
            at += 1
        begin, stop = max(stops[at], figure.start - 300), min(stops[at + 1], figure.end + 200)
        near = mentions[bisect_left(starts, begin) : bisect_left(starts, stop)]
        around = _of(text, begin, stop, figure, found, index, near)
        if index and not around.role and _LISTED.fullmatch(text, found[index - 1].end, figure.start):
            around = replace(around, role=said[-1].role)  # by 2.4% and 3.8%
        said.append(around)
    return tuple(said)


def _of(
    text: str, begin: int, stop: int, figure: Figure, found: Sequence[Figure], index: int, mentions: Sequence[Mention]
) -> Said:
    cuts = [match.span() for match in _CLAUSE.finditer(text, begin, stop)]
    left = max((end for _, end in cuts if end <= figure.start), default=begin)
    right = min((start for start, _ in cuts if start >= figure.end), default=stop)
    before, after = text[left : figure.start], text[figure.end : right]
    holder, place = _whose(text, figure, left, right, mentions)
    respectively = "respectively" in text[begin:stop]
    winner, loser = comparisons.duel(text, begin, figure, mentions)
    costs = bool(directions.COSTS.search(text, left, right))
    earlier = found[index - 1] if index else None
    return Said(
        denied=_denied(before),
        way=directions.way(before, after, text[figure.start : figure.end], figure.unit),
        holder="" if respectively else holder,
        place="" if respectively else place,
        role=roles.role(
            text[max(begin, figure.start - 90) : figure.start + figure.spoken.startswith("+")],
            text[figure.end : min(stop, figure.end + 40)],
            figure.unit,
        ),
        unit=figure.unit,
        word=figure.word.lower(),
        end=directions.end(text, figure, found, index),
        astray=earlier is not None and directions.astray(text, begin, earlier, figure),
        winner=winner,
        loser=loser,
        against=comparisons.against(text, begin, figure, mentions, costs),
        beside=comparisons.beside(text, begin, stop, mentions),
        sizes=comparisons.sizes(text, begin, stop, found, index),
        costs=costs,
        removed=bool(directions.REMOVED.search(text, begin, stop)),
        doubtful=any(one.search(text, max(0, begin - 400), stop + 400) for one in (_NEGATOR, _PREFIXED)),
        negative=bool(_NEGATIVE.search(text, begin, stop)),
        question=text[stop - 1 : stop] == "?" or text[stop : stop + 1] == "?",
    )


def _denied(before: str) -> bool:
    for match in _NEGATOR.finditer(before):
        between = before[match.end() :]
        if not between.strip() and (
            not before[: match.start()].strip() or re.search(r"(?:,|and|but) $", before[: match.start()])
        ):
            continue  # forty and not fifteen
        if own(before, match.start()):
            continue  # I won't defend 12 percent
        if re.search(r"(?<!\w)(?:all|every)(?!\w)", between):
            continue  # not all of them, for so many
        if len(between.split()) <= 6 and not _BOUNDS.search(between):
            return True
    return False


def _whose(text: str, figure: Figure, left: int, right: int, mentions: Sequence[Mention]) -> tuple[str, str]:
    """Return whose a figure is and on what it was measured: by the name it stands in brackets behind, or its clause."""
    if named := next((mention for mention in mentions if text[mention.end : figure.start] == " ("), None):
        return ("", named.key) if named.before in ("on", "in") else (named.key, "")
    here = [mention for mention in mentions if left <= mention.start and mention.end <= right]
    holder = place = ""
    for mention in here:
        if mention.end <= figure.start:
            if _METRIC.fullmatch(text, mention.end, figure.start):
                continue  # an SAA of 22.5
            if mention.before in ("on", "in"):
                place = mention.key
            elif mention.before not in _NO_SUBJECT or (mention.before == "for" and not holder and mention is here[0]):
                holder = mention.key
        elif mention.start >= figure.end:
            later = _LATER.fullmatch(text, figure.end, mention.start)
            if later and later[1] in ("on", "in"):
                place = mention.key
            elif later:
                holder = mention.key
    return holder, place


_METRIC = re.compile(
    r"(?: (?:score|rate|value|level|mean)s?)? of (?:(?:just|only|about|over|nearly|almost"
    r"|under) ){0,2}"
)


def contradiction(line: Said, evidence: Said, holders: frozenset[str], places: frozenset[str]) -> tuple[str, Grade]:
    """Return in a few words what the line says of a figure that the evidence says otherwise, and how sure that is.

    "" where it is nothing. `holders` and `places` are those that have other figures in the same evidence.
    """
    if (
        line.denied != evidence.denied
        and not line.question
        and not (line.denied and evidence.doubtful)
        and not (evidence.denied and line.negative)
    ):
        return (
            "is denied in the line and not in the evidence" if line.denied else "is denied in the evidence",
            "doubted" if line.denied else "refused",
        )
    removed = line.removed != evidence.removed
    mirrored = line.holder != "" and line.holder == evidence.beside and line.beside != line.holder
    if mirrored and line.way and line.way == evidence.way and not line.denied and not removed:
        return "is how far it is on the other side in the evidence", "doubted"
    goes = line.way and evidence.way and line.way[1] != evidence.way[1] and not mirrored
    if line.way and evidence.way and goes and not line.denied and not removed:
        axes = {line.way[0], evidence.way[0]}
        if len(axes) == 1 or (axes <= {"size", "worth", "sign"} and not line.costs and not evidence.costs):
            told_of_the_other = line.unit == "x"  # who is 3 times faster makes the other 3 times slower
            return "goes the other way in the evidence", "doubted" if told_of_the_other else "refused"
    axes = {line.way[0], evidence.way[0]} if line.way and evidence.way else set()
    if (
        len(axes) == 2
        and axes <= {"speed", "price", "size"}
        and line.unit == "x"
        and not (line.costs or evidence.costs)
    ):
        return "is of another thing in the evidence: of " + (evidence.way or ("",))[0], "doubted"
    if line.end and evidence.end and line.end != evidence.end:
        return "is where the evidence " + ("starts from" if evidence.end == "from" else "arrives"), "refused"
    turned, plain = roles.other(line.role, evidence.role, line.unit, evidence.unit)
    if turned and not line.question and not line.denied:
        return turned, "refused" if plain else "doubted"
    if line.unit == "x" and line.way == ("size", 1) and evidence.unit == "fraction":
        return "is a part in the evidence, and not a multiple", "doubted"
    if line.role in ("gain", "cut") and evidence.end and evidence.role not in ("gain", "cut") and not line.end:
        return "is an end of the way in the evidence, not its length", "doubted"
    if line.word.startswith(("at least", "no less")) and evidence.end == "to" and evidence.role != "level":
        return "is the most in the evidence, not the least", "doubted"
    if line.winner and (line.winner, line.loser) == (evidence.loser, evidence.winner):
        return "is by how much the other one wins", "refused"
    if line.astray and not evidence.astray:
        return "is not where a figure that goes this way arrives", "refused"
    if line.against and evidence.against and line.against.turned() == evidence.against and not line.denied:
        return f"is how far {_named(line.against.key)} is on the other side in the evidence", "refused"
    if line.sizes and evidence.sizes and line.sizes[0] & evidence.sizes[1] and line.sizes[1] & evidence.sizes[0]:
        return "is on the other side of the comparison in the evidence", "refused"
    if line.holder and evidence.holder and line.holder != evidence.holder and line.holder in holders:
        return f"belongs to {_named(evidence.holder)} in the evidence, not to {_named(line.holder)}", "doubted"
    if line.place and evidence.place and line.place != evidence.place and line.place in places:
        return f"was measured on {_named(evidence.place)}, not on {_named(line.place)}", "refused"
    return "", "refused"


def _named(key: str) -> str:
    return {"=ours": "the authors' own", "=baseline": "the baseline"}.get(key, repr(key))
