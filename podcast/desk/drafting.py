"""Words typed for a line that are not its words yet: kept in the paper's folder, so that no reload loses them."""

from collections.abc import Sequence

from podcast.show import store
from podcast.show.schema import Script
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


class Drafts(Record):
    """All of a paper's."""

    drafts: tuple[Draft, ...] = ()


def kept(folder: PaperFolder) -> tuple[Draft, ...]:
    """Return the drafts that there are."""
    found = store.load_disposable(Drafts, folder.desk)
    return found.drafts if found else ()


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


def keep(folder: PaperFolder, script: Script, number: int, text: str) -> None:
    """Keep the words for the line; those that it says already, or none, are no draft."""
    line = script.lines[number - 1]
    others = _others(kept(folder), line.text, line.host)
    draft = Draft(was=line.text, host=line.host, line=number, text=text)
    _write(folder, [*others, draft] if text.strip() and text != line.text else others)


def drop(folder: PaperFolder, was: str, host: str) -> None:
    """Forget the words that were typed for the line of those words."""
    _write(folder, _others(kept(folder), was, host))


def _others(drafts: Sequence[Draft], was: str, host: str) -> list[Draft]:
    return [draft for draft in drafts if (draft.was, draft.host) != (was, host)]


def _line(draft: Draft, script: Script) -> int | None:
    """Return the number of the line that has the draft's old words; of several the one nearest to where it stood."""
    same = [number for number, line in enumerate(script.lines, 1) if (line.text, line.host) == (draft.was, draft.host)]
    return min(same, key=lambda number: abs(number - draft.line), default=None)


def _write(folder: PaperFolder, drafts: Sequence[Draft]) -> None:
    if drafts:
        store.write_atomic(folder.desk, store.to_json(Drafts(drafts=tuple(drafts))))
    else:
        folder.desk.unlink(missing_ok=True)
