"""What a person did at the desk that no version holds: words typed for a line that are not its words yet, and lines
that were looked at and found right. Kept in the paper's folder, so that no reload loses them.

They have a lock of their own: who types is not stopped by a command that works on the paper.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from podcast.show import store
from podcast.show.schema import Line, Script
from podcast.show.schema.values import Record, Text
from podcast.show.workspace import PaperFolder


class Draft(Record):
    """What a line is to say, if it is kept."""

    was: Text
    """The line's words when it was begun: by these it is found again, wherever the line stands since."""
    host: str
    line: int
    """Where it stood then, from 1."""
    text: Text


class Looked(Record):
    """A line in a state that somebody looked at and found right; with other words, or another take, it is another."""

    state: str
    host: str
    text: Text
    take: int


class Drafts(Record):
    """All of a paper's."""

    drafts: tuple[Draft, ...] = ()
    looked: tuple[Looked, ...] = ()


def kept(folder: PaperFolder) -> tuple[Draft, ...]:
    """Return the drafts that there are."""
    return _read(folder).drafts


def placed(folder: PaperFolder, script: Script) -> tuple[dict[int, Draft], tuple[Draft, ...]]:
    """Return the drafts by the lines that they are of now, and those whose line has other words since, or is gone."""
    found: dict[int, Draft] = {}
    lost = []
    for draft in kept(folder):
        number = _line(draft, script)
        if number is None or number in found:
            lost.append(draft)
        else:
            found[number] = draft
    return found, tuple(lost)


def keep(folder: PaperFolder, was: str, host: str, number: int, text: str) -> None:
    """Keep the words for the host's line that says `was`; those that it says already, or none, are no draft."""
    with _alone(folder):
        now = _read(folder)
        others = _others(now.drafts, was, host, number)
        draft = Draft(was=was, host=host, line=number, text=text)
        _write(folder, [*others, draft] if text.strip() and text != was else others, now.looked)


def drop(folder: PaperFolder, was: str, host: str, number: int = 0) -> None:
    """Forget the words that were typed for the line of those words: the host's, or the one of that number."""
    with _alone(folder):
        now = _read(folder)
        _write(folder, _others(now.drafts, was, host, number), now.looked)


def looked(state: str, line: Line) -> Looked:
    """Return the line as somebody finds it right in that state."""
    return Looked(state=state, host=line.host, text=line.text, take=line.take)


def all_looked(folder: PaperFolder) -> tuple[Looked, ...]:
    """Return what was looked at and found right."""
    return _read(folder).looked


def look(folder: PaperFolder, state: str, line: Line) -> None:
    """Keep that somebody looked at the line in that state and found it right."""
    with _alone(folder):
        now = _read(folder)
        _write(folder, now.drafts, tuple(dict.fromkeys((*now.looked, looked(state, line)))))


@contextmanager
def _alone(folder: PaperFolder) -> Iterator[None]:
    with store.locked(folder.desk.with_name(".desk.lock")):
        yield


def _read(folder: PaperFolder) -> Drafts:
    return store.load_disposable(Drafts, folder.desk) or Drafts()


def _others(drafts: Sequence[Draft], was: str, host: str, number: int) -> list[Draft]:
    return [draft for draft in drafts if draft.was != was or (draft.host != host and draft.line != number)]


def _line(draft: Draft, script: Script) -> int | None:
    """Return the number of the line that has the draft's old words; of several that of its host, else the nearest to
    where it stood."""
    same = {number: line for number, line in enumerate(script.lines, 1) if line.text == draft.was}
    return min(same, key=lambda number: (same[number].host != draft.host, abs(number - draft.line)), default=None)


def _write(folder: PaperFolder, drafts: Sequence[Draft], found: Sequence[Looked]) -> None:
    if drafts or found:
        store.write_atomic(folder.desk, store.to_json(Drafts(drafts=tuple(drafts), looked=tuple(found))))
    else:
        folder.desk.unlink(missing_ok=True)
