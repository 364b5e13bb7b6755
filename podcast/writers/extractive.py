"""A writer without a model: the paper's own sentences, sorted by cue words and place, in a conversation.

Nothing is said of the paper that does not stand in it; what a term means in general is the glossary's.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from podcast.show.errors import ConfigError, WriterError
from podcast.show.iso639 import primary
from podcast.show.schema import Brief, Claim, Claims, Document, Experiments, Method, Roundup, Script, Usage
from podcast.show.settings import Host, ShowSettings, WriterSettings
from podcast.writers import Assignment, Prompt, glossary, memory, persons, quoting, rounds, standing, ties
from podcast.writers.dialogue import Dialogue, of_abstract
from podcast.writers.excerpts import BRIEF_CHAPTERS, CHAPTERS
from podcast.writers.formats import FORMATS
from podcast.writers.judging import copies
from podcast.writers.rules import WORDS_A_MINUTE
from podcast.writers.sorting import PRESENTS, by_cues, by_order, proposal, system
from podcast.writers.standing import speakable
from podcast.writers.words import content

VERSION = "2"

_ABSTRACT_WORDS = 300
"""Of an episode about an abstract, at most: two minutes."""
_TELLING_WORDS = 6
"""Of a description that says more than a name, at least."""


class Extractive:
    """Sorts the document's sentences into the brief, and lets two hosts speak them."""

    def __init__(self, settings: WriterSettings, show: ShowSettings, hosts: Sequence[Host], memory: Path) -> None:
        if primary(show.language) != "en":
            raise ConfigError(
                f"the extractive writer speaks English only, and the show's language is {show.language}",
                "set [writer] base_url or a key, so that a language model writes",
            )
        self._settings, self._show, self._hosts = settings, show, hosts

    def brief(self, assignment: Assignment) -> Brief:
        paper, document = assignment.paper, assignment.document
        sentences = document.sentences()
        usable = [number for number, sentence in enumerate(sentences, 1) if speakable(sentence)]
        usable = usable or [number for number, sentence in enumerate(sentences, 1) if standing.wordy(sentence)]
        if not usable:
            raise WriterError(
                f"paper {paper.id} has no sentence that can be spoken",
                "lay its document beside the list of papers",
            )

        again = {at for at, _ in copies([sentences[number - 1] for number in usable])}
        usable = [number for at, number in enumerate(usable) if at not in again]  # what authors say twice is one claim

        def claim(number: int) -> Claim:
            return Claim(text=sentences[number - 1], evidence=(number,))

        name = system(paper.title, sentences)
        tldr = proposal(document, usable, name)
        does = _standing(tldr, document, name, paper.title)
        told_once = [n for n in usable if n not in does.evidence]
        sort = by_order if len(document.sections) < 3 else by_cues
        shelves = sort(document, told_once, tldr, name)
        shelved = {field: tuple(claim(n) for n in numbers) for field, numbers in shelves.items()}
        conclusions = shelves.get("implication") or [
            n for n in told_once
            if re.search("conclusion", document.section_of(n), re.IGNORECASE) and n not in shelves["future_work"]
        ]  # fmt: skip
        return Brief(
            paper_id=paper.id,
            tldr=does,
            task=claim(usable[0]) if usable[0] not in does.evidence else None,
            motivation=shelved["motivation"],
            idea=shelved["idea"],
            method=Method(**_under("method.", shelved)),
            experiments=Experiments(**_under("experiments.", shelved)),
            future_work=shelved["future_work"],
            implication=claim(conclusions[0]) if conclusions else None,
            source=document.source,
            made_with={"writer": "extractive", "version": VERSION},
        )

    def script(self, assignment: Assignment, brief: Brief) -> Script:
        told = FORMATS[assignment.format]
        if not told.by_rule:
            raise WriterError(
                f"a {assignment.format} is written by a language model, and not from the paper's sentences alone",
                "set [writer] base_url or a key, so that a language model writes",
            )
        brief = _in_its_words(brief, assignment.document, assignment.paper.title)
        words = round(min(self._settings.minutes, told.minutes) * WORDS_A_MINUTE)
        short = of_abstract(assignment.document)
        dialogue = Dialogue(
            assignment.paper, brief, assignment.document, self._show, told.speakers(self._hosts),
            glossary.load(assignment.glossary), words=min(words, _ABSTRACT_WORDS) if short else words,
            explain=2 if short else 5, chapters=BRIEF_CHAPTERS if assignment.format == "brief" else CHAPTERS,
            memories=memory.offered(assignment, brief),
            name=system(assignment.paper.title, assignment.document.sentences()),
        )  # fmt: skip
        tldr = brief.tldr or next(iter(brief.claims().values()))
        description = _summary(tldr, assignment.document)
        if len(assignment.paper.authors) == 1:
            description = persons.of_one(description)
        return Script(
            title=told.title(assignment.paper.title, self._show.language),
            description=description,
            lines=dialogue.lines(),
            made_with={"writer": "extractive", "version": VERSION},
        )

    def roundup(
        self, roundup: Roundup, parts: Sequence[tuple[Assignment, Brief]], minutes: float, drafts: Path
    ) -> Script:
        parts = [(one, _in_its_words(brief, one.document, one.paper.title)) for one, brief in parts]
        words = round(minutes * WORDS_A_MINUTE) // len(parts)
        return Script(
            title=roundup.title,
            description=f"{'; '.join(one.title.rstrip('.') for one in roundup.papers)}.",
            lines=tuple(rounds.lines(roundup, parts, words, self._show, self._hosts)),
            made_with={"writer": "extractive", "version": VERSION},
        )

    def estimate(self, assignment: Assignment, stages: Sequence[str], brief: Brief | None = None) -> Usage:
        return Usage()

    def prompts(self, assignment: Assignment, stage: str, brief: Brief | None) -> Iterator[Prompt]:
        return iter(())

    @property
    def spent(self) -> Usage:
        return Usage()

    def close(self) -> None:
        """There is nothing under way."""


_FORERUNNERS = 2
"""Sentences that what the paper does takes along, at most."""


def _standing(number: int, document: Document, name: str, title: str) -> Claim:
    """Return that sentence so that it says what it is about: with those before it where it leans on them, else by the
    `name` of the system, at last with the title."""
    sentences = document.sentences()
    text, first = sentences[number - 1], number
    if PRESENTS[0].search(persons.as_several(text)):  # what it presents is named
        return Claim(text=text, evidence=(number,))
    while standing.leans(sentences[first - 1]) and first > max(1, number - _FORERUNNERS):
        joined = " ".join(sentences[first - 2 : number])
        if not speakable(joined) or document.section_of(first - 1) != document.section_of(number):
            break
        first -= 1
    if not standing.leans(sentences[first - 1]):
        told = range(first, number + 1)
        return Claim(text=" ".join(sentences[one - 1] for one in told), evidence=tuple(told))
    if name and not standing.leans(called := quoting.it_called(text, name)):
        return Claim(text=called, evidence=(number,))
    begun = ties.opened(text)
    return Claim(
        text=f"In \u201c{ties.plain(title).rstrip('.')}\u201d, {begun[:1].lower()}{begun[1:]}", evidence=(number,)
    )


def _in_its_words(brief: Brief, document: Document, title: str) -> Brief:
    """Return the brief with the paper's own sentence in the place of each claim, which may be a model's: of those that
    carry it the one that can be spoken, stands alone, and shares most with it. What the paper does may say it as
    `_standing` does."""
    sentences = document.sentences()

    def own(text: str, evidence: Sequence[int]) -> int:
        said = content(text)

        def fits(number: int) -> tuple[bool, bool, int]:
            sentence = sentences[number - 1]
            return speakable(sentence), not standing.leans(sentence), len(said & content(sentence))

        return max(evidence, key=fits)

    def walk(value: Any) -> Any:
        if isinstance(value, dict) and value.keys() == {"text", "evidence"}:
            number = own(**value)
            return {"text": sentences[number - 1], "evidence": (number,)}
        if isinstance(value, dict):
            return {name: walk(one) for name, one in value.items()}
        return tuple(map(walk, value)) if isinstance(value, list | tuple) else value

    found = Brief.model_validate(walk(brief.model_dump()))
    if brief.tldr is None:
        return found
    tldr = _standing(brief.tldr.evidence[-1], document, system(title, sentences), title)
    return found.model_copy(update={"tldr": tldr}) if brief.tldr == tldr else found


def _summary(tldr: Claim, document: Document) -> str:
    """Return what the paper does as the notes have it: of two that run together, the one that says it; with the
    sentence before it where it leans on that."""
    sentences, number = document.sentences(), tldr.evidence[0]
    forms = quoting.short_forms(sentences)
    said = quoting.said(tldr.text, forms)
    if number > 1 and standing.leans(tldr.text) and speakable(before := sentences[number - 2]):
        return f"{quoting.said(before, forms)} {quoting.said(tldr.text, forms, follows=True)}"
    parts = re.split(r"(?<=[a-z]\.) (?=[A-Z])", said)
    summary = ties.opened(next((part for part in parts if PRESENTS[0].search(part)), said))
    if len(summary.split()) < _TELLING_WORDS and number < len(sentences) and speakable(after := sentences[number]):
        return f"{summary} {quoting.said(after, forms, follows=True)}" if standing.leans(after) else summary
    return summary


def _under(prefix: str, shelved: dict[str, Claims]) -> dict[str, Claims]:
    return {field.removeprefix(prefix): claims for field, claims in shelved.items() if field.startswith(prefix)}
