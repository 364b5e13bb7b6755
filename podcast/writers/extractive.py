"""A writer without a model: the paper's own sentences, sorted by cue words and place, in a conversation.

Nothing is said of the paper that does not stand in it.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from podcast.show.errors import ConfigError, WriterError
from podcast.show.schema import Brief, Claim, Claims, Experiments, Method, Roundup, Script, Usage
from podcast.show.settings import Host, ShowSettings, WriterSettings
from podcast.writers import Assignment, Prompt, rounds
from podcast.writers.dialogue import CHAPTERS, Dialogue, shorten
from podcast.writers.rules import WORDS_A_MINUTE
from podcast.writers.sorting import PRESENTS, PROPOSES, by_cues, by_order, speakable

VERSION = "1"


class Extractive:
    """Sorts the document's sentences into the brief, and lets two hosts speak them."""

    def __init__(self, settings: WriterSettings, show: ShowSettings, hosts: Sequence[Host], memory: Path) -> None:
        if show.language.split("-")[0] != "en":
            raise ConfigError(
                f"the extractive writer speaks English only, and the show's language is {show.language}",
                "set [writer] base_url or a key, so that a language model writes",
            )
        self._settings, self._show, self._hosts = settings, show, hosts

    def brief(self, assignment: Assignment) -> Brief:
        paper, document = assignment.paper, assignment.document
        sentences = document.sentences()
        usable = [number for number, sentence in enumerate(sentences, 1) if speakable(sentence)]
        if not usable:
            raise WriterError(
                f"paper {paper.id} has no sentence that can be spoken",
                "lay its document beside the list of papers",
            )

        def claim(number: int) -> Claim:
            return Claim(text=sentences[number - 1], evidence=(number,))

        begins = usable[: max(12, len(usable) // 4)]
        says = (n for pattern in (*PRESENTS, PROPOSES) for n in begins if pattern.search(sentences[n - 1]))
        tldr = next(says, None) or next((n for n in usable if PROPOSES.search(sentences[n - 1])), usable[0])
        told_once = [n for n in usable if n != tldr]
        sort = by_order if len(document.sections) < 3 else by_cues
        shelves = sort(document, told_once, tldr)
        shelved = {field: tuple(claim(n) for n in numbers) for field, numbers in shelves.items()}
        conclusions = [
            n for n in told_once
            if re.search("conclusion", document.section_of(n), re.IGNORECASE) and n not in shelves["future_work"]
        ]  # fmt: skip
        return Brief(
            paper_id=paper.id,
            tldr=claim(tldr),
            task=claim(usable[0]) if usable[0] != tldr else None,
            motivation=shelved["motivation"],
            idea=shelved["idea"],
            method=Method(**_under("method.", shelved)),
            experiments=Experiments(**_under("experiments.", shelved)),
            future_work=shelved["future_work"],
            implication=claim(conclusions[0]) if conclusions else None,
            made_with={"writer": "extractive", "version": VERSION},
        )

    def script(self, assignment: Assignment, brief: Brief) -> Script:
        chosen = _choose(brief, round(self._settings.minutes * WORDS_A_MINUTE))
        dialogue = Dialogue(assignment.paper, brief, self._show, self._hosts, chosen)
        tldr = brief.tldr or next(iter(brief.claims().values()))
        return Script(
            title=assignment.paper.title,
            description=shorten(tldr.text),
            lines=tuple(dialogue.lines()),
            made_with={"writer": "extractive", "version": VERSION},
        )

    def roundup(
        self, roundup: Roundup, parts: Sequence[tuple[Assignment, Brief]], minutes: float, drafts: Path
    ) -> Script:
        words = round(minutes * WORDS_A_MINUTE) // len(parts)
        return Script(
            title=roundup.title,
            description=f"{'; '.join(one.title.rstrip('.') for one in roundup.papers)}.",
            lines=tuple(rounds.lines(roundup, [brief for _, brief in parts], words, self._show, self._hosts)),
            made_with={"writer": "extractive", "version": VERSION},
        )

    def estimate(self, assignment: Assignment, stages: Sequence[str]) -> Usage:
        return Usage()

    def prompts(self, assignment: Assignment, stage: str, brief: Brief | None) -> Iterator[Prompt]:
        return iter(())

    @property
    def spent(self) -> Usage:
        return Usage()

    def close(self) -> None:
        """There is nothing under way."""


def _choose(brief: Brief, budget: int) -> dict[str, list[tuple[str, Claim]]]:
    """Return each chapter's claims with their paths, in the paper's order: one at least, more as words allow."""
    told = {brief.tldr.evidence} if brief.tldr else set()
    turns = []
    for order, (title, fields, most) in enumerate(CHAPTERS):
        found = 0
        for path, claim in _of(brief, fields):
            if claim.evidence not in told:
                told.add(claim.evidence)
                turns.append((found / most, order, title, path, claim))
                found += 1
    chosen: dict[str, list[tuple[str, Claim]]] = {title: [] for title, _, _ in CHAPTERS}
    words = 170  # of opening, questions and closing
    for _, _, title, path, claim in sorted(turns, key=lambda turn: turn[:2]):  # chapters grow together
        if not chosen[title] or words < budget:
            chosen[title].append((path, claim))
            words += len(shorten(claim.text).split()) + 4
    return {title: sorted(claims, key=lambda entry: entry[1].evidence) for title, claims in chosen.items()}


def _of(brief: Brief, fields: Sequence[str]) -> Iterator[tuple[str, Claim]]:
    """Yield the brief's claims under the fields, with their paths, field by field."""
    everything = brief.claims()
    for field in fields:
        yield from ((path, claim) for path, claim in everything.items() if f"{path}.".startswith(f"{field}."))


def _under(prefix: str, shelved: dict[str, Claims]) -> dict[str, Claims]:
    return {field.removeprefix(prefix): claims for field, claims in shelved.items() if field.startswith(prefix)}
