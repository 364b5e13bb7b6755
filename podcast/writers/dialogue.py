"""A conversation around a paper's own sentences: one host frames, the other reads; terms are explained."""

import re
from collections.abc import Iterator, Mapping, Sequence

from podcast.show.schema import Brief, Document, Line, Memory, Paper
from podcast.show.settings import Host, ShowSettings, in_roles, who
from podcast.writers import courtesies, frames, glossary, memory, quoting
from podcast.writers.aloud import Aloud, Words
from podcast.writers.excerpts import CHAPTERS, FOUND, Chapters, Passage, passages, whatever
from podcast.writers.frames import Framer, turn

OPENING, CLOSING = "Opening", "Limits and links"

FRAME_SHARE = 0.25
"""Of a script's words, those that are neither the paper's nor the glossary's, at most."""

_COURTESIES, _EXPLAINED = 70, 22
"""Words of what every episode says, and of a term with its question."""
_FIGURE = re.compile(r"\d ?(?:%|×|x\b|percent|points?|times|fold)|\bfrom \S+ to \d|\d+\.\d+", re.IGNORECASE)
_NAMELESS = re.compile(
    r"^The (?:authors' |[a-z]+ed )?(?:framework|system|scores?|method|approach|pipeline|results?|agents?|tool)"
    r"(?= [a-z]+\b)|^The model(?= [a-z]+\b)"
    r"|^(?:Experiments|Simulations|Tests)\b.* the (?:theory|method|analysis|approach|predictions?)\b"
    r"|^Each |\bon the other hand\b|^[^,;]{0,60} (?:on|with|from|by|of|using|over) (?:it|them)\b"
)
"""What an episode does not begin with: nobody knows which."""
_WHEN = re.compile(r"^(?:When|Where|If|Once) ")
"""What it begins with only where that names the system: of what else it holds, nobody knows."""
_WORSE = re.compile(
    r"\b(?:lower|worse|weaker|poorer) (?:in|for|among|on)\b|% (?:less|worse|slower)(?=[.,;])"
    r"|\b(?:falls?|fell) (?:short|to \d)"
)
"""A weak side, which is no way to begin either."""
_SHORTLY = 30
"""Words of a problem that an episode may begin with in the place of its result, at most."""
_SET_UP = 38
"""Words of one that it may begin with where there is no such result."""
_SAYS_ENOUGH = 8
"""Words of a result that an episode may begin with, at least, where it does not name the system."""
_BRIEFLY = 3
"""Passages besides what the paper does: an episode that has no more is over before it has a middle."""
_SHORT_FORM = re.compile(r"\b[A-Z][A-Z0-9-]+[a-z]?\b")


class Dialogue:
    """Turns a brief into lines. What varies is drawn from the paper's id, so a paper has one script."""

    def __init__(
        self, paper: Paper, brief: Brief, document: Document, show: ShowSettings, hosts: Sequence[Host],
        terms: Sequence[glossary.Entry], *, words: int, explain: int, chapters: Chapters = CHAPTERS,
        memories: Sequence[Memory] = (), name: str = "",
    ) -> None:  # fmt: skip
        self.paper, self.brief, self.document, self.show = paper, brief, document, show
        self.hosts = in_roles(hosts)
        self.terms, self.words, self.explain, self.chapters = terms, words, explain, chapters
        self.memories, self.name = memories, name
        self.turn = turn(paper.id)
        self.vocabulary = Words(brief, document, paper.authors)

    def lines(self) -> tuple[Line, ...]:
        """Return the script's lines: of frames as many as the paper's own words carry."""
        found = list(passages(self.brief, self.document, self.chapters, self.name)) or list(whatever(self.brief))
        tldr = next((one for one in found if one.tells), None)
        rest = [one for one in found if one is not tldr and not (tldr and quoting.repeats(one.text, tldr.text))]
        rest = [one for one in rest if not any(quoting.within(one.text, other.text) for other in rest)]
        hook = self._hook(rest)
        rest, told = [one for one in rest if one is not hook], (hook, tldr)
        chosen = self._chosen(rest, told, self._terms({"": rest}))
        chosen = self._chosen(rest, told, self._terms(chosen))  # with the room of what is explained after all
        for framed in range(len(self.chapters), -2, -1):
            lines = tuple(_Talk(self, hook, tldr, chosen, framed).lines())
            if frame_share(lines) <= FRAME_SHARE:
                break
        return lines

    def _terms(self, chosen: Mapping[str, Sequence[Passage]]) -> Sequence[glossary.Entry]:
        """Return the terms of the passages that are explained."""
        texts = [one.end for shelf in chosen.values() for one in shelf]
        return glossary.choose(texts, self.terms, self.explain)

    def _hook(self, found: Sequence[Passage]) -> Passage | None:
        """Return the passage the episode begins with: a result with a figure, but for the only one of a paper that says
        in short what goes wrong; else what does, where that is no long set-up. None where what the paper does is the
        best beginning; what says more of another result is none."""

        def worth(one: Passage) -> tuple[float, int]:
            figure = (
                1.0 + bool(re.search(r"\b(?:from|than|versus|over)\b", one.begin)) if _FIGURE.search(one.begin) else 0.0
            )
            shorts = {short for short in _SHORT_FORM.findall(one.text) if short != self.name}
            authors = len(re.findall(r"\b(?:the authors|they|their)\b", one.text, re.IGNORECASE))
            figure -= 2 * bool(_NAMELESS.search(one.text)) + 2 * bool(_WORSE.search(one.text)) + 1.5 * one.beside
            bare = len(one.begin.split()) < _SAYS_ENOUGH and self.name not in one.begin.split()
            figure -= 2 * bool(_WHEN.search(one.begin) and not (self.name and self.name in one.begin))
            figure += (figure > 0) * (0.5 * (one.first == first) - 1.5 * bare)
            return (figure - 2 * (one.length > 42) - authors - 0.3 * len(shorts), -one.rank)

        results = [one for one in found if one.chapter == FOUND]
        first = min((one.first for one in results), default=0)
        wrong = [one for one in found if one.chapter == "The problem"]
        problems = [one for one in wrong if worth(one)[0] > -1]
        telling = [one for one in results if _FIGURE.search(one.begin) and worth(one)[0] > 0]
        short = [
            one for one in wrong
            if one.length <= _SHORTLY and frames.goes_wrong(one.raw) and worth(one)[0] + 1.5 * one.beside > -1
        ]  # fmt: skip
        if telling and (len(results) > 1 or not short or len(found) <= _BRIEFLY):
            return max(telling, key=worth)
        begins = short[:1] if telling else [one for one in (problems or wrong)[:1] if one.length <= _SET_UP] or short
        figures = [one for one in results if _FIGURE.search(one.text) and worth(one)[0] > -1]
        return next(iter(begins), None) or max(figures, key=worth, default=None)

    def _chosen(
        self, found: Sequence[Passage], told: Sequence[Passage | None], terms: Sequence[glossary.Entry]
    ) -> Mapping[str, Sequence[Passage]]:
        """Return each chapter's passages in the paper's order: one at least, more as words allow, none said twice."""
        most = {title: count for title, _, count in self.chapters}
        said = [one.text for one in told if one]
        kept: dict[str, list[Passage]] = {title: [] for title in most}
        words = _COURTESIES + _EXPLAINED * len(terms) + sum(one.length for one in told if one)
        for one in sorted(found, key=lambda one: (one.rank / most.get(one.chapter, 1), one.first)):
            shelf = kept.get(one.chapter)
            if shelf is None or (shelf and words + one.length > self.words):
                continue
            if any(quoting.repeats(one.text, text) for text in said):
                continue
            shelf.append(one)
            said.append(one.text)
            words += one.length + 2
        return {title: sorted(shelf, key=lambda one: one.first) for title, shelf in kept.items()}


class _Talk:
    """One way to say it: with frames for the first so many chapters; for -1 with the least that must be said."""

    def __init__(
        self, dialogue: Dialogue, hook: Passage | None, tldr: Passage | None,
        chosen: Mapping[str, Sequence[Passage]], framed: int,
    ) -> None:  # fmt: skip
        self.of, self.hook, self.tldr, self.chosen, self.framed = dialogue, hook, tldr, chosen, framed
        asks = who(dialogue.hosts, "asks").key
        self.turns = (asks, *(host.key for host in dialogue.hosts if host.key != asks))
        self.asks, self.alone = asks, len(self.turns) == 1
        self.framer = Framer(dialogue.turn)
        self.told: list[glossary.Entry] = []
        self.aloud = Aloud(dialogue.vocabulary)
        self.terms = dialogue._terms(chosen)

    def lines(self) -> Iterator[Line]:
        yield from self._opening()
        last = self.turns[-1]
        for place, (title, _, _) in enumerate(self.of.chapters):
            for line in self._chapter(title, framed=place < self.framed, last=last):
                last = line.host
                yield line
        yield from self._closing(last)

    def _opening(self) -> Iterator[Line]:
        paper, show = self.of.paper, self.of.show
        last = self.turns[-1]
        for one in (self.hook, self.tldr):
            for part in (one, *one.tail) if one else ():
                last = self._other(last)
                yield self.aloud.line(OPENING, last, part)
        last = self._other(last)
        yield Line(host=last, chapter=OPENING, text=courtesies.titled(paper))
        if earlier := memory.remark(self.of.memories, paper.listed_on, alone=self.alone):
            last = self._other(last)
            yield Line(host=last, chapter=OPENING, text=earlier[1], earlier=earlier[0].paper_id)
        notice = courtesies.noticed(
            paper, show.title if self.framed >= 0 else "", abstract=of_abstract(self.of.document),
            doubts=self._doubts(), terms=bool(self.terms), alone=self.alone,
        )  # fmt: skip
        yield Line(host=self._other(last), chapter=OPENING, text=notice)

    def _doubts(self) -> bool:
        """Whether the closing tells a limit."""
        paths = [path for one in self.chosen[CLOSING] for path in one.paths]
        return any(path.startswith(("experiments.limitations", "weaknesses")) for path in paths)

    def _chapter(self, title: str, *, framed: bool, last: str) -> Iterator[Line]:
        """Give the chapter: a frame, then its passages, turn by turn, each rare term explained once."""
        shelf = self.chosen[title]
        for place, one in enumerate(shelf):
            frame = ""
            if framed:
                before = shelf[place - 1].end if place else ""
                frame = self.framer.between(one.begin, before) if place else self.framer.chapter(title, one.begin)
            if frame and (last != self.asks or not place or self.alone) and not (self.alone and "?" in frame):
                yield Line(host=self.asks, text=frame, chapter=title)
                last = self.asks
                self.aloud.between(title if re.search(r"\bthey\b", frame) else "")
            for part in (one, *one.tail):
                last = self._other(last)
                yield self.aloud.line(title, last, part)
            for line in self._explained(title, one, last):
                last = line.host
                yield line

    def _other(self, host: str) -> str:
        """Return whose turn it is after that host."""
        return self.turns[(self.turns.index(host) + 1) % len(self.turns)]

    def _explained(self, chapter: str, one: Passage, reader: str) -> Iterator[Line]:
        """Give a question about the rarest term of what was read last, and its answer: whoever read it does not ask."""
        entry = next((entry for entry in self.terms if entry not in self.told and entry.found(one.end)), None)
        if entry is None:
            return
        self.told.append(entry)
        self.aloud.between()
        paths = (one, *one.tail)[-1].paths
        if self.alone:  # nobody asks
            text = entry.told
            yield Line(host=self.asks, text=text, chapter=chapter, claims=paths, kind="general")
            return
        asks = self._other(reader) if reader == self.asks else self.asks
        yield Line(host=asks, text=entry.question, chapter=chapter, claims=paths, kind="general")
        yield Line(host=reader, text=entry.answer, chapter=chapter, claims=paths, kind="general")

    def _closing(self, last: str) -> Iterator[Line]:
        other = self._other(last)
        if not self.chosen[CLOSING] and not of_abstract(self.of.document):
            yield Line(host=other, chapter=CLOSING, text=courtesies.repeated(self.of.paper))
            other = self._other(other)
        yield Line(host=other, chapter=CLOSING, text=courtesies.linked(self.of.paper))


def frame_share(lines: Sequence[Line]) -> float:
    """Return which part of the words is neither read from the paper, nor explains a term, nor names the paper."""
    total = sum(len(line.text.split()) for line in lines)
    ours = sum(len(line.text.split()) for line in lines if not line.claims and '"' not in line.text)
    return ours / total if total else 0.0


def of_abstract(document: Document) -> bool:
    """Tell whether the document is a paper's abstract alone."""
    return document.source == "abstract" or len(document.sections) < 2
