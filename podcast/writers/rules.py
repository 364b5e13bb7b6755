"""The rules a dialogue keeps, each checked without a model; what breaks one is said so that a model can mend it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, pairwise

from podcast.show.errors import as_typed
from podcast.show.schema import Line
from podcast.writers.disclosure import discloses
from podcast.writers.phrases import stock
from podcast.writers.tongues import foreign
from podcast.writers.words import content, same, unquoted

WORDS_A_MINUTE = 150
"""Two people in conversation, pauses included."""

MOST_WORDS = 90
"""In a line: some 35 seconds, after which a listener wants to hear the other voice."""

TOLERANCE = 0.2
"""How far a script's length may be from what was asked, as a part of it."""

EARLY = 9
"""Lines within which it must be said that AI made the show."""

_LONG = 7
"""Words that carry a line, from which on it is not said twice by chance."""

_NOTE = re.compile(r"\b(?:[a-z_]{4,}\.)?[a-z_]{4,}\.\d+\b(?!\.\d)")
"""method.pipeline.0, idea.1: for the claims of a line, and no words."""

_CJK = r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
_SIGNS_A_WORD = 1.7
"""Chinese is spoken at some 250 signs a minute where English is at 150 words."""

_GREETING = re.compile(
    r"\W*(hello|hi\b|hey\b|welcome|good (morning|evening|afternoon)|greetings|today,? we|in (this|today's) episode|"
    r"bonjour|salut|bienvenue|hallo|willkommen|guten (tag|morgen|abend)|hola|bienvenid|欢迎|大家好|你好"
    r"|bonsoir|buen[oa]s (d[ií]as|tardes|noches)|ciao\b|benvenut|buongiorno|buonasera|salve\b|olá"
    r"|bem-vind|bo[am] (dia|tarde|noite)|welkom|goede(morgen|middag|navond)|witaj|dzień dobry|cześć"
    r"|こんにちは|こんばんは|皆さん、|ようこそ|各位好"
    r"|مرحبا|أهلا|السلام عليكم|नमस्ते|नमस्कार)",
    re.IGNORECASE,
)
_TO_ANOTHER = re.compile(
    r"\b(?:as|like) (?:you|we both|i) (?:said|asked|mentioned|noted)\b|\byou (?:said|asked|mentioned) "
    r"(?:that|it|earlier)\b"
    r"|\byou (?:may|might|will|could) (?:ask|wonder)\b|\blet me (?:ask|explain)\b|\b(?:my|your) "
    r"co-?host\b|\bgood question\b"
    r"|\b(?:right|remember|got it|you know)\?",
    re.IGNORECASE,
)
"""Words to another host, or to nobody."""
_QUIET = {2: 0.25, 3: 0.15, 4: 0.1}
"""Of all words, what the host who says least has at least, by how many hosts there are."""
KINDS = {
    "what is new (tldr or idea)": ("tldr", "idea"),
    "a result": ("experiments.results",),
    "a limitation": ("experiments.limitations", "weaknesses", "future_work"),
}
"""What every episode tells, by the fields of the brief that hold it."""


@dataclass(frozen=True)
class Passage:
    """What a run of lines has to be: a whole script, or a part of one."""

    words: int
    slack: int
    """How many words more or less it may have."""
    chapters: Sequence[str]
    hosts: Sequence[str]
    opens: bool = True
    must: Sequence[tuple[str, Sequence[str]]] = ()
    """What it has to tell, and the claims of which at least one must be spoken for it."""
    language: str = "en"
    """The show's."""
    before: Sequence[Line] = ()
    """What was said before it of the same paper."""

    @property
    def english(self) -> bool:
        return self.language.startswith("en")


def slack(words: int, target: int) -> int:
    """Return how far a stretch of that length may be off: little enough for the rest to make up for it."""
    return round(max(TOLERANCE * words, min(30, TOLERANCE * target)))


def words(text: str) -> int:
    """Return how many words the text is to a listener; signs of Chinese, Japanese and Korean count 1.7 a word."""
    signs = len(re.findall(_CJK, text))
    return len(re.sub(_CJK, " ", text).split()) + round(signs / _SIGNS_A_WORD)


def kinds(claims: Sequence[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return what an episode on these claims must tell, each with the claims that tell it."""
    found = ((kind, tuple(path for path in claims if path.startswith(fields))) for kind, fields in KINDS.items())
    return tuple((kind, paths) for kind, paths in found if paths)


def chosen(claims: Sequence[str], most: int) -> tuple[str, ...]:
    """Return so many of the claims, in their order: one of each kind that an episode must tell, then of each field in
    turn.

    >>> chosen(("task", "idea.0", "idea.1", "method.cost.0", "experiments.results.0", "experiments.results.1"), 3)
    ('task', 'idea.0', 'experiments.results.0')
    """

    def turn(path: str) -> int:
        number = path.rpartition(".")[2]
        return int(number) if number.isdigit() else 0

    first = dict.fromkeys([*(paths[0] for _, paths in kinds(claims)), *sorted(claims, key=turn)])
    kept = set(list(first)[:most])
    return tuple(path for path in claims if path in kept)


def greets(text: str) -> bool:
    """Tell whether the text begins as a greeting."""
    return bool(_GREETING.match(text))


def broken(lines: Sequence[Line], passage: Passage) -> list[str]:
    """Return what is wrong with the lines, so that nobody could record them as they are."""
    alike = (_lines(lines), _copies(lines, passage.before), _whole(lines, passage), _opening(lines, passage))
    return [*_tongue(lines, passage), *chain.from_iterable(alike)]


def worse(before: Sequence[Line], after: Sequence[Line], language: str) -> bool:
    """Tell whether more stands against an episode's lines, as they were changed, than did: against the words of one,
    that it says another again, how they open."""
    opening = Passage(words=0, slack=0, chapters=(), hosts=(), language=language)
    was, now = (len([*_lines(each), *_copies(each), *_opening(each, opening)]) for each in (before, after))
    return now > was


def dull(lines: Sequence[Line], passage: Passage) -> list[str]:
    """Return what could be better about the lines: phrases worn out, a host who lectures."""
    found = []
    for number, line in enumerate(lines, 1):
        worn = stock(line.text) if passage.english else ()
        found += [f"line {number} says {phrase!r}: say it in words of your own" for phrase in worn]
    if len(passage.hosts) == 1:
        return [*found, *_alone(lines, passage)]
    for chapter, run in groupby(lines, key=lambda line: line.chapter):
        if len({line.host for line in run}) < 2:
            found.append(f"in chapter {chapter!r} only one host speaks")
    said = {host: sum(words(line.text) for line in lines if line.host == host) for host in passage.hosts}
    quiet = min(said, key=lambda host: said[host])
    if passage.opens and said[quiet] < _QUIET[len(passage.hosts)] * sum(said.values()):
        found.append(f"host {quiet} has {said[quiet]} of {sum(said.values())} words: let that one explain, too")
    longest = max((len(list(run)) for _, run in groupby(lines, key=lambda line: line.host)), default=0)
    if longest > 3:
        found.append(f"one host speaks {longest} lines on end: let the other come in")
    return found


def _alone(lines: Sequence[Line], passage: Passage) -> Iterator[str]:
    """Yield where one voice talks as if there were two: answers its own questions, speaks to nobody who is there."""
    for number, line in enumerate(lines, 1):
        said = unquoted(line.text)
        if passage.english and (spot := _TO_ANOTHER.search(said)):
            yield f"line {number} says {spot[0]!r}, and nobody else is there: tell it"
        after = next((one.text for one in lines[number : number + 1]), "")
        if re.search(r"[?？]\s+\S", said) or (re.search(r"[?？]\W*$", said) and after):
            yield f"line {number} asks what the same voice then answers: tell what is not known, and then what is"


def _tongue(lines: Sequence[Line], passage: Passage) -> Iterator[str]:
    """Yield that the lines are in another language than the show's, or those of which chapters are."""
    if wrong := foreign((line.text for line in lines), passage.language):
        yield f"the lines are {wrong}"
        return
    for chapter, run in groupby(lines, key=lambda line: line.chapter):
        if wrong := foreign((line.text for line in run), passage.language):
            yield f"the lines of chapter {chapter!r} are {wrong}"


def _lines(lines: Sequence[Line]) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        if words(line.text) > MOST_WORDS:
            yield f"line {number} has {words(line.text)} words, and no line may have over {MOST_WORDS}: part it"
        if named := _NOTE.search(line.text):
            yield f"line {number} says {named[0]!r}, the name of a note: say what is in it"
        if not any(sign.isalpha() for sign in line.text):
            yield f"line {number} has nothing that can be spoken: {as_typed(line.text)}"


def _copies(lines: Sequence[Line], before: Sequence[Line] = ()) -> Iterator[str]:
    """Yield the lines that say what one before them says, in an earlier answer too; who says a thing back asks, or is
    short."""
    first = 1 - len(before)
    long = [(n, line.text, line.text.rstrip().endswith(("?", "？"))) for n, line in enumerate((*before, *lines), first)
            if min(len(content(line.text)), words(line.text)) >= _LONG]  # fmt: skip
    for at, (number, text, asks) in enumerate(long):
        if number < 1:
            continue
        twin = next(((n, other) for n, other, asked in long[:at] if asked == asks and same(text, other)), None)
        if twin:
            where = f"line {twin[0]} says" if twin[0] > 0 else f"was said before, {twin[1]!r}"
            yield f"line {number} says again what {where}: say something new, or leave it out"


def _whole(lines: Sequence[Line], passage: Passage) -> Iterator[str]:
    silent = [host for host in passage.hosts if host not in {line.host for line in lines}]
    if silent:
        yield f"host {silent[0]} never speaks"
    order = [chapter for chapter, _ in groupby(line.chapter for line in lines)]
    if order != list(passage.chapters):
        yield f"the chapters come as {order}, and should come once each as {list(passage.chapters)}"
    total = sum(words(line.text) for line in lines)
    low, high = passage.words - passage.slack, passage.words + passage.slack
    if not low <= total <= high:
        change = f"add at least {low - total}" if total < low else f"take away at least {total - high}"
        yield f"the lines have {total} words together, and {low} to {high} are wanted: {change}, evenly"
    spoken = {path for line in lines for path in line.claims if not line.earlier}
    for kind, paths in passage.must:
        if not spoken & set(paths):
            yield f"{kind} is missing: at least one line must speak from one of {', '.join(paths[:6])}"


def _opening(lines: Sequence[Line], passage: Passage) -> Iterator[str]:
    if not passage.opens:
        return
    if lines and _GREETING.match(lines[0].text):
        yield f"line 1 begins with a greeting, {lines[0].text[:40]!r}: begin with the hook"
    pairs = pairwise((*lines[:EARLY], _SILENCE))
    if not any(discloses(f"{one.text} {other.text}", passage.language) for one, other in pairs):
        yield f"none of the first {EARLY} lines says that script and voices are made by AI (in a title it counts not)"


_SILENCE = Line(host="A", text="…0", chapter="…")
"""What follows the last line."""
