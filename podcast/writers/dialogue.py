"""A conversation around a paper's own sentences: one host frames, the other reads; terms are explained."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from podcast.show.schema import Brief, Claim, Document, Line, Memory, Paper
from podcast.show.settings import Host, ShowSettings, in_roles, who
from podcast.writers import glossary, memory, quoting
from podcast.writers.frames import Framer, turn

Chapters = Sequence[tuple[str, Sequence[str], int]]

CHAPTERS = (
    ("The problem", ("motivation", "challenges", "task"), 3),
    ("The idea", ("idea", "implication"), 3),
    ("How it works", ("method.architecture", "method.pipeline"), 5),
    ("Data and cost", ("experiments.datasets", "method.cost"), 3),
    ("What they found", ("experiments.results",), 5),
    ("What mattered most", ("experiments.ablations",), 2),
    ("Limits and links", ("experiments.limitations", "weaknesses", "future_work"), 3),
)
"""Chapter, the brief's fields it draws on, and how many passages it holds at the default length."""

BRIEF_CHAPTERS = (
    ("The idea", ("idea", "implication", "motivation", "challenges", "task"), 2),
    ("How it works", ("method.architecture", "method.pipeline"), 2),
    ("What they found", ("experiments.results",), 2),
    ("Limits and links", ("experiments.limitations", "weaknesses", "future_work"), 1),
)
"""Those of two minutes."""

OPENING, CLOSING = "Opening", "Limits and links"

_OURSELVES = "; what a term means, we say ourselves."

_JOINED = 56
"""Words of a sentence and those that lean on it, at most: a line has no more than 60."""

_TAILS = 3
"""Sentences that follow one another in lines of their own, at most."""

FRAME_SHARE = 0.24
"""Of a script's words, those that are neither the paper's nor the glossary's, at most."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence that stands alone, with those after it that lean on it."""

    chapter: str
    rank: int
    """Its place on its shelf: 0 is the most telling."""
    paths: tuple[str, ...]
    last: int
    """The number of its last sentence."""
    first: int
    text: str
    tail: tuple["Passage", ...] = ()
    """Sentences that lean on the one before and are too long for its line: each is said right after it, by the other
    host."""

    @property
    def tells(self) -> bool:
        """Whether it says what the paper does."""
        return any("tldr" in one.paths for one in (self, *self.tail))

    @property
    def end(self) -> str:
        """The text that is said last."""
        return self.tail[-1].text if self.tail else self.text

    @property
    def length(self) -> int:
        return len(self.text.split()) + sum(one.length for one in self.tail)


def passages(brief: Brief, document: Document, chapters: Chapters = CHAPTERS) -> Iterator[Passage]:
    """Yield what can be said of the brief, in the paper's order; a sentence that leans on none that is said is left."""
    used = quoting.short_forms(document.sentences())
    previous: Passage | None = None
    for path, claim, chapter, rank in sorted(_shelved(brief, chapters), key=lambda entry: entry[1].evidence):
        number = claim.evidence[0]
        if not quoting.speakable(claim.text):
            continue
        if quoting.leans(claim.text):
            follows = previous and previous.last == number - 1
            if previous and follows and document.section_of(number) == document.section_of(number - 1):
                previous = _leaning(previous, rank, number, path, claim, used)
            continue
        if previous:
            yield previous
        text = quoting.said(claim.text, used)
        short = len(text.split()) <= quoting.MOST_WORDS
        previous = Passage(chapter, rank, (path,), claim.evidence[-1], number, text) if short else None
    if previous:
        yield previous


def _leaning(before: Passage, rank: int, number: int, path: str, claim: Claim, used: Mapping[str, int]) -> Passage:
    """Return the passage with the sentence after it, in its line or in one of its own; as it is where neither fits."""
    text = f"{before.text} {quoting.said(claim.text, used, follows=True)}"
    if not before.tail and len(text.split()) <= _JOINED:
        return replace(before, text=text, paths=(*before.paths, path), last=number, rank=min(before.rank, rank))
    alone = quoting.said(claim.text, used)
    if len(before.tail) == _TAILS or quoting.points(alone) or len(alone.split()) > quoting.MOST_WORDS:
        return before
    tail = (*before.tail, Passage(before.chapter, rank, (path,), number, number, alone))
    return replace(before, tail=tail, last=number, rank=min(before.rank, rank))


def _whatever(brief: Brief) -> Iterator[Passage]:
    """Yield the first of what there is, where nothing can be said well: an episode says something of its paper."""
    for path, claim in islice(brief.claims().items(), 1):
        number = claim.evidence[0]
        yield Passage("", 0, (path,), number, number, " ".join(quoting.said(claim.text).split()[: quoting.MOST_WORDS]))


def _shelved(brief: Brief, chapters: Chapters) -> Iterator[tuple[str, Claim, str, int]]:
    """Yield each of the brief's sentences once, with its path, its chapter and its place on its shelf."""
    told = set()
    everything = brief.claims()
    shelves = (("", ("tldr",)), *((title, fields) for title, fields, _ in chapters))
    for title, fields in shelves:
        rank = 0
        for field in fields:
            for path, claim in everything.items():
                if f"{path}.".startswith(f"{field}.") and claim.evidence not in told:
                    told.add(claim.evidence)
                    yield path, claim, title, rank
                    rank += 1


class Dialogue:
    """Turns a brief into lines. What varies is drawn from the paper's id, so a paper has one script."""

    def __init__(
        self, paper: Paper, brief: Brief, document: Document, show: ShowSettings, hosts: Sequence[Host],
        terms: Sequence[glossary.Entry], *, words: int, explain: int, chapters: Chapters = CHAPTERS,
        memories: Sequence[Memory] = (),
    ) -> None:  # fmt: skip
        self.paper, self.brief, self.document, self.show = paper, brief, document, show
        self.hosts = in_roles(hosts)
        self.terms, self.words, self.explain, self.chapters = terms, words, explain, chapters
        self.memories = memories
        self.turn = turn(paper.id)
        self.meanings = meanings(brief, document)

    def lines(self) -> tuple[Line, ...]:
        """Return the script's lines: of frames as many as the paper's own words carry."""
        found = list(passages(self.brief, self.document, self.chapters)) or list(_whatever(self.brief))
        tldr = next((one for one in found if one.tells), None)
        rest = [one for one in found if one is not tldr and not (tldr and quoting.repeats(one.text, tldr.text))]
        hook = self._hook(rest)
        chosen = self._chosen([one for one in rest if one is not hook], (hook, tldr))
        for framed in range(len(self.chapters), -2, -1):
            lines = tuple(_Talk(self, hook, tldr, chosen, framed).lines())
            if frame_share(lines) <= FRAME_SHARE:
                break
        return lines

    def _hook(self, found: Sequence[Passage]) -> Passage | None:
        """Return the passage the episode begins with: a result with a figure, else any result, else what goes wrong."""

        def worth(one: Passage) -> tuple[int, int]:
            figures = bool(re.search(r"\d", one.text)) + bool(re.search(r"\b(?:from|than|versus|to)\b", one.text))
            return (figures - 2 * (one.length > 42) - one.text.startswith("The authors"), -one.rank)

        sentences = self.document.sentences()
        first = [one for one in found if quoting.opens(sentences[one.first - 1])]
        results = [one for one in first if one.chapter == "What they found"]
        problems = [one for one in first if one.chapter == "The problem"]
        telling = [one for one in results if worth(one)[0] > 0]
        return max(telling, key=worth) if telling else next(iter(problems or results), None)

    def _chosen(self, found: Sequence[Passage], told: Sequence[Passage | None]) -> Mapping[str, Sequence[Passage]]:
        """Return each chapter's passages in the paper's order: one at least, more as words allow, none said twice."""
        most = {title: count for title, _, count in self.chapters}
        said = [one.text for one in told if one]
        kept: dict[str, list[Passage]] = {title: [] for title in most}
        words = 75 + 22 * self.explain + sum(one.length for one in told if one)
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
        self.introduced: set[str] = set()
        texts = [one.end for title, _, _ in dialogue.chapters for one in chosen[title]]
        self.terms = glossary.choose(texts, dialogue.terms, dialogue.explain)

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
                yield self._read(OPENING, last, part)
        votes = f"; {upvoted(paper)}" if upvoted(paper) else ""
        by = f", by {spoken_authors(paper.authors)}" if paper.authors else ""
        title = paper.title.rstrip(".").replace('"', "'")
        yield Line(host=self._other(last), chapter=OPENING, text=f'The paper is called "{title}"{by}{votes}.')
        if earlier := memory.remark(self.of.memories, paper.listed_on, alone=self.alone):
            yield Line(host=last, chapter=OPENING, text=earlier[1], earlier=earlier[0].paper_id)
            last = self._other(last)
        source = "the abstract alone" if of_abstract(self.of.document) else "the paper's own text"
        yield Line(
            host=last, chapter=OPENING,
            text=(f"This is {show.title}. " if self.framed >= 0 else "")
            + f"Script and {'voice' if self.alone else 'voices'} are made by AI, out of {source}"
            + (self._ourselves() if self.terms else "."),
        )  # fmt: skip

    def _chapter(self, title: str, *, framed: bool, last: str) -> Iterator[Line]:
        """Give the chapter: a frame, then its passages, turn by turn, each rare term explained once."""
        shelf = self.chosen[title]
        for place, one in enumerate(shelf):
            frame = ""
            if framed:
                before = shelf[place - 1].end if place else ""
                frame = self.framer.between(one.text, before) if place else self.framer.chapter(title, one.text)
            if frame and (last != self.asks or not place or self.alone) and not (self.alone and "?" in frame):
                yield Line(host=self.asks, text=frame, chapter=title)
                last = self.asks
            for part in (one, *one.tail):
                last = self._other(last)
                yield self._read(title, last, part)
            for line in self._explained(title, one, last):
                last = line.host
                yield line

    def _other(self, host: str) -> str:
        """Return whose turn it is after that host."""
        return self.turns[(self.turns.index(host) + 1) % len(self.turns)]

    def _ourselves(self) -> str:
        return "; what a term means, I say myself." if self.alone else _OURSELVES

    def _explained(self, chapter: str, one: Passage, reader: str) -> Iterator[Line]:
        """Give a question about the rarest term of what was read last, and its answer: whoever read it does not ask."""
        entry = next((entry for entry in self.terms if entry not in self.told and entry.found(one.end)), None)
        if entry is None:
            return
        self.told.append(entry)
        paths = (one, *one.tail)[-1].paths
        if self.alone:  # nobody asks
            text = f"{entry.named}: {entry.answer}"
            yield Line(host=self.asks, text=text, chapter=chapter, claims=paths, kind="general")
            return
        asks = self._other(reader) if reader == self.asks else self.asks
        yield Line(host=asks, text=entry.question, chapter=chapter, claims=paths, kind="general")
        yield Line(host=reader, text=entry.answer, chapter=chapter, claims=paths, kind="general")

    def _read(self, chapter: str, host: str, one: Passage) -> Line:
        """Return the passage as a line; a short form that was not introduced is said in full."""
        text, paths = one.text, list(one.paths)
        for short, (words, path) in self.of.meanings.items():
            spot = re.search(rf"(?<![\w-]){re.escape(short)}s?(?![\w-])", text)
            if not spot or short in self.introduced:
                continue
            self.introduced.add(short)
            if words.lower() not in text.lower() and path:
                text = _in_place(text, spot, _numbered(words, several=_several(spot[0])))
                paths += [] if path in paths else [path]
        if len(text.split()) > quoting.MOST_WORDS:
            text, paths = one.text, list(one.paths)
        return Line(host=host, text=text, chapter=chapter, claims=tuple(paths))

    def _closing(self, last: str) -> Iterator[Line]:
        other = self._other(last)
        if not self.chosen[CLOSING]:
            read = "Only the abstract was read" if self.alone else "We read only the abstract"
            abstract = f"{read}, and abstracts seldom say what is wrong."
            whole = "The results are the authors' own, until others repeat them."
            text = abstract if of_abstract(self.of.document) else whole
            yield Line(host=other, chapter=CLOSING, text=text)
            other = self._other(other)
        thanks = " Thank you for listening." if self.framed >= 0 else ""
        yield Line(host=other, chapter=CLOSING, text="The links are in the show notes." + thanks)


def of_abstract(document: Document) -> bool:
    """Tell whether the document is a paper's abstract alone."""
    return document.source == "abstract" or len(document.sections) < 2


def frame_share(lines: Sequence[Line]) -> float:
    """Return which part of the words is neither read from the paper, nor explains a term, nor names the paper."""
    total = sum(len(line.text.split()) for line in lines)
    ours = sum(len(line.text.split()) for line in lines if not line.claims and '"' not in line.text)
    return ours / total if total else 0.0


def meanings(brief: Brief, document: Document) -> Mapping[str, tuple[str, str]]:
    """Return what short forms stand for where the text says so: the words, and the claim whose sentence says it."""
    carried = {claim.evidence[0]: path for path, claim in brief.claims().items()}
    found: dict[str, tuple[str, str]] = {}
    whole = " ".join(document.sentences())
    for number, sentence in enumerate(document.sentences(), 1):
        for spot in re.finditer(r"\(([A-Z][A-Za-z-]{1,8})\)", sentence):
            short = spot[1].removesuffix("s")
            words = _long_form(sentence[: spot.start()], short)
            small = words[:1].lower() + words[1:]
            if sentence.startswith(words) and f" {small.split(' ')[0]} " in whole:
                words = small  # the capital was the sentence's, and not the word's
            if words and short not in found:
                found[short] = (words, carried.get(number, ""))
    return found


_UNCOUNTED = re.compile(
    r"(?:ics|bias|lens|series|species|gas|canvas|means|squares)$|(?<![a-z])(?:of|with|per|for|from)(?![a-z])", re.I
)


def _several(words: str) -> bool:
    """Tell whether a name is one of several things: "LLMs", "language models"."""
    return bool(re.search(r"(?<![suiSUI])s$", words))


def _numbered(words: str, *, several: bool) -> str:
    """Return the name as one of one thing, or of several: "language models" as "language model"; one that is neither,
    or whose last word is not what it names ("mixture of experts"), as it is."""
    if _several(words) == several or _UNCOUNTED.search(words):
        return words
    if several:
        return re.sub(r"(?<![aeiou])y$", "ie", re.sub(r"(s|x|ch|sh)$", r"\1e", words)) + "s"
    return re.sub(r"(?<=ss|ch|sh)e$|(?<=x)e$", "", re.sub(r"ie$", "y", words[:-1]))


def _in_place(text: str, spot: re.Match[str], words: str) -> str:
    """Return the text with the words in the place of a short form, and with both where it has that once more."""
    before, after = text[: spot.start()], text[spot.end() :]
    if article := re.search(r"\b([Aa])n? $", before):
        vowel = re.match(r"[aeio]|u(?!ni|se)", words, re.IGNORECASE) and not re.match(r"one|eu", words, re.IGNORECASE)
        before = f"{before[: article.start()]}{article[1]}{'n' if vowel else ''} "
    if not before or before.endswith((". ", "! ", "? ")):
        words = quoting.capital(words)
    if re.search(rf"(?<![\w-]){re.escape(spot[0].removesuffix('s'))}s?(?![\w-])", after):
        words += f", or {spot[0]}" + ("" if re.match(r"[,.;:)]", after) else ",")
    return f"{before}{words}{after}"


def _long_form(before: str, short: str) -> str:
    """Return the last words before a short form whose first letters are its own; "" where they are not."""
    letters = [sign.lower() for sign in short if sign.isalpha()]
    words = before.split()
    for count in range(1, min(len(letters), len(words)) + 1):
        pieces = [piece for word in words[-count:] for piece in word.split("-") if piece]
        if [piece[0].lower() for piece in pieces] == letters:
            return " ".join(words[-count:])
    return ""


def upvoted(paper: Paper) -> str:
    """Return how many upvoted the paper, in words; "" where nobody did, or nobody could."""
    if not paper.listing or not paper.votes:
        return ""
    return f"{paper.votes} reader{'s' * (paper.votes != 1)} upvoted it"


def spoken_authors(authors: Sequence[str]) -> str:
    """Return the authors in words, two at most: "A, B and colleagues"."""
    if len(authors) > 2:
        return f"{', '.join(authors[:2])} and colleagues"
    return " and ".join(authors)
