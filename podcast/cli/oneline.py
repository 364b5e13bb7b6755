"""One line of an episode, found by when it is heard: what stands around it, what it rests on, and its new words."""

import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from podcast import judging
from podcast.cli import console, editing, lines, targets
from podcast.show import store
from podcast.show.errors import WrongUsage
from podcast.show.schema import Brief, Document, Line, Paper, Script, evidence_of
from podcast.studio import Studio, script_of

_CLOCK = r"(?:\d+:){1,2}\d+(?:\.\d+)?"
_LINK = rf"(?P<page>.+)#t=(?P<at>{_CLOCK}|\d+(?:\.\d+)?)"


@dataclass(frozen=True)
class Place:
    """A line of a paper's script."""

    paper: Paper
    number: int
    script: Script
    """As it was when the line was looked up."""

    @property
    def line(self) -> Line:
        return self.script.lines[self.number - 1]


def find(studio: Studio, words: list[str], note: bool = False) -> tuple[Place, str]:
    """Return the line that the words name, and the rest of them: "1:12", "7 1:12", a link to a moment of a page.
    The rest is one change, or a `note` in any words.

    Raises WrongUsage where no moment is named, NotReady where nothing is heard at it.
    """
    rest = list(words)
    if link := re.fullmatch(_LINK, rest[0]):
        episode, at = link["page"], link["at"]
        rest = rest[1:]
    else:
        episode = "latest" if re.fullmatch(_CLOCK, rest[0]) else rest.pop(0)
        if not rest:
            raise WrongUsage(
                "which moment?",
                f"podcast {'mark' if note else 'fix'} {words[0]} 1:12; podcast script {words[0]} has the times",
            )
        at = rest.pop(0)
    if len(rest) > 1 and not note:
        raise WrongUsage(f"{' '.join(rest)!r} is more than one change", "quote it: 's/old words/new words/'")
    paper = targets.paper(studio, episode)
    script = script_of(studio, paper)
    return Place(paper, lines.heard_at(studio, paper, script, targets.seconds(at)), script), " ".join(rest)


def row(studio: Studio, place: Place) -> dict[str, object]:
    """Return what there is to say of the line, for programs."""
    return {
        "day": place.paper.listed_on.isoformat(), "paper": place.paper.id, "title": place.paper.title,
        **lines.rows(studio, place.paper, place.script)[place.number - 1], "evidence": _evidence(studio, place),
    }  # fmt: skip


def show(studio: Studio, place: Place) -> None:
    """Print the line between its neighbours, and the sentences of the paper that it rests on."""
    rows = lines.rows(studio, place.paper, place.script)
    console.out.print(f"{place.paper.id}  {place.paper.title}", style="bold", markup=False, highlight=False)
    console.lines(rows[max(place.number - 2, 0) : place.number + 1], place.number)
    for sentence in _evidence(studio, place):
        where = "In the earlier paper" if place.line.earlier else "In the paper"
        console.out.print(f"     {where}: {sentence}", style="dim", markup=False, highlight=False)


def substituted(line: Line, wish: str) -> str:
    """Return the line's text as s/old/new/ would have it, old in plain letters: wherever it stands as words of its own,
    else at the one place where it stands inside a word. Raises WrongUsage where that is none, or may be any of several.
    """
    if not (found := re.fullmatch(r"s(?P<sign>[^\w\s])(?P<old>.+?)(?P=sign)(?P<new>.*?)(?P<end>(?P=sign)?)", wish)):
        raise WrongUsage(f"{wish!r} is no change", "write 's/old words/new words/', or leave it out for your editor")
    old, new, sign = found["old"], found["new"], found["sign"]
    if not (new or found["end"]):
        raise WrongUsage(f"{wish!r} does not say what stands there instead", f"'{wish}{sign}' takes {old!r} out")
    if old not in line.text:
        raise WrongUsage(f"the line does not say {old!r}", f"it says: {line.text}")
    before, after = (r"(?<!\w)" if old[0].isalnum() else ""), (r"(?!\w)" if old[-1].isalnum() else "")
    text = re.sub(f"{before}{re.escape(old)}{after}", lambda _: new, line.text)
    if text == line.text and old != new and (places := line.text.count(old)) > 1:
        raise WrongUsage(f"{old!r} stands {places} times inside words of the line", "write the whole words")
    return text if text != line.text else line.text.replace(old, new)


def edited(line: Line) -> str:
    """Return the line as the person leaves it in their editor, on one line."""
    handle, name = tempfile.mkstemp(prefix="line-", suffix=".txt")
    path = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(line.text + "\n")
        editing.open_editor(path)
        return " ".join(path.read_text("utf-8").split())
    finally:
        path.unlink(missing_ok=True)


def _evidence(studio: Studio, place: Place) -> list[str]:
    """Return the sentences that the line's claims name; nothing where the paper's text is not here."""
    folder = studio.folder(place.paper)
    if place.line.earlier:
        return [one.text for one in judging.remembered(folder, place.line)]
    if not (place.line.claims and folder.brief.is_file() and folder.document.is_file()):
        return []
    claims, sentences = store.load(Brief, folder.brief).claims(), store.load(Document, folder.document).sentences()
    return [sentences[number - 1] for number in evidence_of(place.line.claims, claims) if number <= len(sentences)]
