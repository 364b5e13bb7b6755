"""What a show should not say again: stock phrases, and how its last episodes began, ended and repeated themselves."""

import re
from collections import Counter
from collections.abc import Sequence

from podcast.show import store
from podcast.show.schema import Line, Record, Script
from podcast.writers import Assignment

EPISODES = 20
"""How many episodes back the ledger looks."""

_MOST = 80
_RUN = 5  # words; shorter runs are grammar

STOCK = (
    "welcome back", "welcome to", "dive in", "diving in", "deep dive", "delve", "game changer", "game-changer",
    "buckle up", "let's unpack", "unpack this", "at the end of the day", "the bottom line", "great question",
    "mind-blowing", "mind blowing", "fascinating", "groundbreaking", "ground-breaking", "revolutionary",
    "paves the way", "pave the way", "cutting-edge", "cutting edge", "stay tuned", "without further ado",
    "in this episode", "in today's episode", "today's fast-paced", "that's a wrap", "food for thought",
    "only time will tell", "the possibilities are endless", "i'll give you that", "what would change your mind",
    "it's like magic", "hits the nail", "a testament to", "rapidly evolving",
)  # fmt: skip
"""English phrases that tell a listener that nobody wrote this."""


def stock(text: str) -> tuple[str, ...]:
    """Return the stock phrases that the text holds."""
    lowered = text.lower().replace("’", "'")
    return tuple(phrase for phrase in STOCK if re.search(rf"\b{re.escape(phrase)}", lowered))


_COUNTED = re.compile(
    r"\b(?:the|my|our|your|her|his|a|now) (?:very )?(?:first|second|third|fourth|next|last|final) "
    r"(?:point|ground|argument|objection|reason|doubt|weakness)\b|\bpoint (?:one|two|three|four)\b"
    r"|\b(?:first|second|third)ly\b",
    re.IGNORECASE,
)


def counted(text: str) -> str:
    """Return how an English line announces what comes by its number, as a list does; "" where it does not.

    >>> counted("So to my second point."), counted("He came second.")
    ('my second point', '')
    """
    found = _COUNTED.search(text)
    return found[0] if found else ""


def parroted(texts: Sequence[str], told: str, meant: str) -> dict[int, str]:
    """Return words of what a model was told to do that it says instead, by the place of the text; what is `meant` to
    be said is none.

    >>> parroted(["It is smaller than it looked."], "Say whether it is smaller than it looked.", "")
    {0: 'it is smaller than it looked'}
    """
    known = frozenset(_runs(told)) - frozenset(_runs(meant))
    found = {place: [run for run in _runs(text) if run in known] for place, text in enumerate(texts)}
    return {place: _joined(runs) for place, runs in found.items() if runs}


def _joined(runs: Sequence[str]) -> str:
    """Return runs that overlap as one phrase, as far as they follow one another."""
    phrase, *more = runs
    for run in more:
        head, _, last = run.rpartition(" ")
        if not phrase.endswith(head):
            break
        phrase += f" {last}"
    return phrase


class Ledger(Record):
    """Phrases that an episode should not use, as they were when it was begun: its prompts stay the same."""

    phrases: tuple[str, ...]
    shapes: tuple[str, ...] = ()


def used_up(assignment: Assignment) -> Ledger:
    """Return what the last episodes used up, as it was when this one was begun."""
    path = assignment.drafts / "ledger.json"
    if not path.is_file():
        earlier = assignment.earlier()[:EPISODES]
        found = Ledger(phrases=ledger(earlier), shapes=shapes(earlier))
        if not assignment.settle:
            return found
        store.create_once(path, store.to_json(found))
    return store.load(Ledger, path)


def ledger(scripts: Sequence[Script]) -> tuple[str, ...]:
    """Return what the scripts have used up: how each begins, says who made it and ends, then what two repeat.

    The newest first, then what is said most often, then what was said first; at most 80 phrases.
    """
    openings = [" ".join(script.lines[0].text.split()[:12]) for script in scripts]
    openings += [
        " ".join(line.text.split()[:12]) for script in scripts for line in (*_notice(script), *script.lines[-2:])
    ]
    said: Counter[str] = Counter()
    for script in scripts:
        said.update(list(dict.fromkeys(run for line in script.lines for run in _runs(line.text))))
    repeated = [run for run, count in said.most_common() if count > 1]
    kept: list[str] = []
    for phrase in (*openings, *repeated):
        if len(kept) < _MOST and not any(_overlap(phrase, other) for other in kept):
            kept.append(phrase)
    return tuple(kept)


def shapes(scripts: Sequence[Script]) -> tuple[str, ...]:
    """Return the shapes of the last three of these scripts that tell theirs, the newest first."""
    return tuple(script.made_with["shape"] for script in scripts if "shape" in script.made_with)[:3]


def _notice(script: Script) -> Sequence[Line]:
    """Return the line that says that AI made the script, where one of the first does."""
    return [line for line in script.lines[:9] if re.search(r"\bA\.?I\b", line.text)][:1]


def _runs(text: str) -> list[str]:
    words = re.findall(r"[\w'’]+", text.lower())
    return [" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)]


def _overlap(one: str, other: str) -> bool:
    """Whether all but the first or the last word of the one stands in the other: they are the same phrase, shifted."""
    words = one.split()
    return " ".join(words[1:]) in other or " ".join(words[:-1]) in other
