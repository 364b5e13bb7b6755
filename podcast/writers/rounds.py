"""A roundup without a model: of each paper its own sentences, in two voices, a chapter a paper."""

import re
from collections.abc import Iterator, Sequence

from podcast.show.schema import Brief, Claim, Line, Paper, Roundup
from podcast.show.settings import Host, ShowSettings
from podcast.writers.dialogue import Dialogue, shorten, spoken_authors

_ORDER = (
    "motivation", "idea", "method", "experiments.results", "experiments.limitations", "implication", "future_work",
)  # fmt: skip
"""The fields that are told, in turns: the first of each before the second of any."""

_LINK = re.compile(r"^(?:However|Therefore|Thus|Hence|As a result|In contrast|Nevertheless), ")
"""Words that tie a sentence to one that is not said here."""

_MOST_TITLE = 80
"""Letters of a chapter's title: apps cut longer ones."""


def lines(
    roundup: Roundup, briefs: Sequence[Brief], words: int, show: ShowSettings, hosts: Sequence[Host]
) -> Iterator[Line]:
    """Yield the lines of the roundup, about `words` of them a paper; a line about a paper says so."""
    asks, answers = hosts
    opening, closing = "Opening", "Links"
    named = titles(roundup.papers, (opening, closing))
    yield Line(host=asks.key, text=f"This is {show.title}, with a roundup of the day's papers.", chapter=opening)
    yield Line(
        host=answers.key, chapter=opening,
        text=f"We are {asks.name} and {answers.name}. Our script and our voices are made by AI, and what we say of a "
        "paper stands in it.",
    )  # fmt: skip
    for number, (paper, brief) in enumerate(zip(roundup.papers, briefs, strict=True)):
        yield from _paper(number, paper, brief, words, named[paper.id], show, hosts)
    yield Line(
        host=asks.key, text="The links to all of them are in the show notes, chapter by chapter.", chapter=closing
    )
    yield Line(host=answers.key, text=f"This was {show.title}. Thank you for listening.", chapter=closing)


def titles(papers: Sequence[Paper], taken: Sequence[str] = ()) -> dict[str, str]:
    """Return a chapter's title for each paper: its own, cut between two words, and no two alike."""
    found: dict[str, str] = {}
    for paper in papers:
        title = paper.title
        if len(title) > _MOST_TITLE:
            title = f"{title[: _MOST_TITLE - 1].rpartition(' ')[0] or title[: _MOST_TITLE - 1]}…"
        if title in (*taken, *found.values()):
            title = f"{title} ({paper.id})"
        found[paper.id] = title
    return found


def _paper(
    number: int, paper: Paper, brief: Brief, words: int, chapter: str, show: ShowSettings, hosts: Sequence[Host]
) -> Iterator[Line]:
    talk = Dialogue(paper, brief, show, hosts, {})
    first, second = hosts if number % 2 == 0 else reversed(hosts)
    votes = "1 reader" if paper.upvotes == 1 else f"{paper.upvotes} readers"
    by = f" It is by {spoken_authors(paper.authors)}, and" if paper.authors else " On Hugging Face Daily Papers"
    begin = "We begin with" if number == 0 else "The next one is"
    yield Line(host=first.key, text=f"{begin} {paper.title.rstrip('.')}.", chapter=chapter, paper=paper.id)
    upvoted = f"{by} {votes} upvoted it.".strip()
    if brief.tldr:
        yield Line(
            host=second.key, text=f"{upvoted} {shorten(brief.tldr.text)}", chapter=chapter, claims=("tldr",),
            paper=paper.id,
        )  # fmt: skip
    else:
        yield Line(host=second.key, text=upvoted, chapter=chapter, paper=paper.id)
    for index, (path, claim) in enumerate(_chosen(brief, words)):
        teller, other = (first, second) if index % 2 == 0 else (second, first)
        if path.startswith("experiments.results"):
            yield Line(host=other.key, text=next(talk.figures), chapter=chapter, paper=paper.id)
        said = _LINK.sub("", shorten(claim.text))
        yield Line(
            host=teller.key, text=said[:1].upper() + said[1:], chapter=chapter, claims=(path,), paper=paper.id
        )  # fmt: skip


def _chosen(brief: Brief, words: int) -> list[tuple[str, Claim]]:
    """Return claims with their paths, as many as the words allow and two at least, in the order of telling."""
    shelves: list[list[tuple[str, Claim]]] = [[] for _ in _ORDER]
    told = {brief.tldr.evidence} if brief.tldr else set()
    for path, claim in brief.claims().items():
        for shelf, field in zip(shelves, _ORDER, strict=True):
            if f"{path}.".startswith(f"{field}.") and claim.evidence not in told:
                told.add(claim.evidence)
                shelf.append((path, claim))
    turns = [
        (turn, order, path, claim)
        for turn in range(max(map(len, shelves), default=0))
        for order, shelf in enumerate(shelves)
        for path, claim in shelf[turn : turn + 1]
    ]  # fmt: skip
    chosen: list[tuple[int, int, str, Claim]] = []
    count = 50  # of what introduces the paper
    for turn, order, path, claim in turns:
        length = len(shorten(claim.text).split())
        if len(chosen) < 2 or count + length <= words:
            chosen.append((order, turn, path, claim))
            count += length
    return [(path, claim) for _, _, path, claim in sorted(chosen, key=lambda one: one[:2])]
