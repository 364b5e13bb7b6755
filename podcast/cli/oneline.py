"""One line of an episode, found by when it is heard: what stands around it, what it rests on, and its new words."""

import os
import re
import shlex
import tempfile
from dataclasses import dataclass
from pathlib import Path

from podcast import judging
from podcast.cli import console, editing, lines, targets, when
from podcast.show.errors import InvalidScript, PodcastError, WrongUsage, as_typed
from podcast.show.schema import Line, Paper, Script, evidence_of
from podcast.studio import Studio, script_of

_CLOCK = r"(?:(?:\d+:){1,2}\d+(?:\.\d+)?|\d+(?:\.\d+)?s)"
_LINK = rf"(?P<page>[^?#]+)(?:\?(?:[^#]*&)?|(?:\?[^#]*)?#(?:[^#]*&)?)t=(?P<at>{_CLOCK}|\d+(?:\.\d+)?)s?(?:[&#].*)?"
"""A page's own links name the moment behind #, apps' and players' in the query."""


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
    is_at = re.fullmatch(f"{_CLOCK}|{_LINK}", rest[0])
    if len(rest) > 1 and not is_at and re.fullmatch(_LINK, rest[1]) and (not note or _is_episode(studio, rest[0])):
        raise WrongUsage(
            "the link names the episode already", f"podcast {'mark' if note else 'fix'} {shlex.join(rest[1:])}"
        )
    if link := re.fullmatch(_LINK, rest[0]):
        episode, at = link["page"], link["at"]
        rest = rest[1:]
    else:
        episode = "latest" if re.fullmatch(_CLOCK, rest[0]) else rest.pop(0)
        is_no_time = episode.startswith("http") and rest and not re.fullmatch(rf"{_CLOCK}|[\d.]+", rest[0])
        if not rest or is_no_time or (note and not re.search(r"\d", rest[0])):
            raise WrongUsage("which moment?", _with_moment(studio, words, "mark" if note else "fix"))
        at = rest.pop(0)
    if len(rest) > 1 and not note:
        raise WrongUsage(f"{as_typed(' '.join(rest))} is more than one change", "quote it: 's/old words/new words/'")
    paper = targets.paper(studio, episode)
    script = script_of(studio, paper)
    return Place(paper, lines.heard_at(studio, paper, script, when.seconds(at.removesuffix("s"))), script), " ".join(
        rest
    )


def _with_moment(studio: Studio, words: list[str], command: str) -> str:
    """Return the command as it is typed with the moment that was forgotten: what names no episode is the note."""
    if not _is_episode(studio, words[0]):
        return f"podcast {command} 1:12 {shlex.quote(' '.join(words))}, in the latest episode"
    episode, rest = shlex.quote(words[0]), "".join(f" {shlex.quote(word)}" for word in words[1:])
    return f"podcast {command} {episode} 1:12{rest}; podcast script {episode} has the times"


def _is_episode(studio: Studio, word: str) -> bool:
    try:
        targets.paper(studio, word)
    except PodcastError:
        return False
    return True


def row(studio: Studio, place: Place) -> dict[str, object]:
    """Return what there is to say of the line, for programs."""
    return {
        "day": place.paper.listed_on.isoformat(), "paper": place.paper.id, "title": place.paper.title,
        **lines.rows(studio, place.paper, place.script)[place.number - 1],
        "evidence": [sentence for _, sentence in _evidence(studio, place)],
    }  # fmt: skip


def show(studio: Studio, place: Place) -> None:
    """Print the line between its neighbours, and the sentences of the paper that it rests on."""
    rows = lines.rows(studio, place.paper, place.script)
    console.out.print(f"{place.paper.id}  {place.paper.title}", style="bold", markup=False, highlight=False)
    console.lines(rows[max(place.number - 2, 0) : place.number + 1], place.number)
    for path, sentence in _evidence(studio, place):
        where = "In the earlier paper" if place.line.earlier else f"[{path}] In the paper"
        console.out.print(f"     {where}: {sentence}", style="dim", markup=False, highlight=False)


def substituted(line: Line, wish: str) -> str:
    """Return the line's text as s/old/new/ would have it, with a g behind it or without, old in plain letters:
    wherever it stands as words of its own, else at the one place where it stands inside a word.

    Raises WrongUsage where that is none, or may be any of several.
    """
    sign = wish[1:2]
    old, *rest = wish[2:].split(sign) if re.match(r"s[^\w\s]", wish) else [""]
    if not (old and rest):
        raise WrongUsage(
            f"{as_typed(wish)} is no change", "write 's/old words/new words/', or leave it out for your editor"
        )
    new, *end = rest
    if end not in ([], [""], ["g"]):
        other = "/" if sign == "|" else "|"
        raise WrongUsage(
            f"{as_typed(wish)} goes on behind its end", f"take another sign: 's{other}old{other}new{other}'"
        )
    if not (new or end):
        raise WrongUsage(
            f"{as_typed(wish)} does not say what stands there instead", f"'{wish}{sign}' takes {as_typed(old)} out"
        )
    if old not in line.text:
        raise WrongUsage(f"the line does not say {as_typed(old)}", f"it says: {line.text}")
    before, after = (r"(?<!\w)" if old[0].isalnum() else ""), (r"(?!\w)" if old[-1].isalnum() else "")
    text = re.sub(f"{before}{re.escape(old)}{after}", lambda _: new, line.text)
    if text == line.text and old != new and (places := line.text.count(old)) > 1:
        raise WrongUsage(f"{as_typed(old)} stands {places} times inside words of the line", "write the whole words")
    return text if text != line.text else line.text.replace(old, new)


def edited(line: Line) -> str:
    """Return the line as the person leaves it in their editor, on one line.

    Raises InvalidScript where that cannot be read, or the editor fails: what they typed is kept, and named.
    """
    was = f"{line.text}\n".encode()
    handle, name = tempfile.mkstemp(prefix="line-", suffix=".txt")
    path, is_kept = Path(name), False
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(was)
        editing.open_editor(path)
        return " ".join(editing.saved(path).split())
    except InvalidScript as error:
        is_kept = path.read_bytes() != was
        raise InvalidScript(f"{error}; your edit is kept in {path}", error.hint) if is_kept else error from error
    finally:
        if not is_kept:
            path.unlink(missing_ok=True)


def _evidence(studio: Studio, place: Place) -> list[tuple[str, str]]:
    """Return the sentences that the line's claims name, each once, behind those claims; nothing where the text of its
    paper is not here."""
    if place.line.earlier:
        return [("", one.text) for one in judging.remembered(studio.folder(place.paper), place.line)]
    if not (found := judging.texts(studio, place.paper).get(place.line.paper)):
        return []
    (brief, document), line = found, place.line
    claims, sentences = brief.claims(), document.sentences()
    resting = {path: evidence_of([path], claims) for path in line.claims}
    return [
        (" ".join(lines.claim(line, path) for path in resting if number in resting[path]), sentences[number - 1])
        for number in evidence_of(line.claims, claims)
        if number <= len(sentences)
    ]
