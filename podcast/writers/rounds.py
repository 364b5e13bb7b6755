"""A roundup without a model: of each paper its own sentences, in two voices, a chapter a paper."""

from collections.abc import Iterator, Sequence

from podcast.show.schema import Brief, Line, Paper, Roundup
from podcast.show.settings import Host, ShowSettings, who
from podcast.writers import Assignment, quoting
from podcast.writers.aloud import Aloud, Words
from podcast.writers.courtesies import spoken_authors, upvoted
from podcast.writers.dialogue import of_abstract
from podcast.writers.excerpts import CHAPTERS, FOUND, Passage, passages
from podcast.writers.frames import Framer, turn
from podcast.writers.sorting import system
from podcast.writers.ties import plain

_MOST_TITLE = 80
"""Letters of a chapter's title: apps cut longer ones."""


def lines(
    roundup: Roundup, parts: Sequence[tuple[Assignment, Brief]], words: int, show: ShowSettings, hosts: Sequence[Host]
) -> Iterator[Line]:
    """Yield the lines of the roundup, about `words` of them a paper; a line about a paper says so."""
    asks = who(hosts, "asks")
    others = [host for host in hosts if host.key != asks.key]
    answers = who(others, "answers") if others else asks
    opening, closing = "Opening", "Links"
    named = titles(roundup.papers, (opening, closing))
    span = roundup.period.kind if roundup.period else "day"
    yield Line(host=asks.key, text=f"This is {show.title}, with a roundup of the {span}'s papers.", chapter=opening)
    abstracts = [of_abstract(assignment.document) for assignment, _ in parts]
    source = "its abstract, which is all that was read" if all(abstracts) else "it"
    yield Line(
        host=answers.key, chapter=opening,
        text=f"{_introduced(hosts)} made by AI, and what {'we' if others else 'I'} say of a paper stands in {source}.",
    )  # fmt: skip
    for number, (paper, part) in enumerate(zip(roundup.papers, parts, strict=True)):
        told = abstracts[number] and not all(abstracts)
        yield from _paper(number, paper, part, words, named[paper.id], hosts, abstract=told)
    yield Line(
        host=asks.key, text="The links to all of them are in the show notes, chapter by chapter.", chapter=closing
    )
    yield Line(host=answers.key, text=f"This was {show.title}. Thank you for listening.", chapter=closing)


def _introduced(hosts: Sequence[Host]) -> str:
    names = [host.name for host in hosts]
    if len(names) == 1:
        return f"I am {names[0]}. My script and my voice are"
    return f"We are {', '.join(names[:-1])} and {names[-1]}. Our script and our voices are"


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
    number: int, paper: Paper, part: tuple[Assignment, Brief], words: int, chapter: str, hosts: Sequence[Host],
    *, abstract: bool,
) -> Iterator[Line]:  # fmt: skip
    """Yield the lines of one paper; where it is told that the `abstract` alone was read, beside the title."""
    assignment, brief = part
    first, second = (hosts[(number + place) % len(hosts)] for place in (0, 1))
    by = f"It is by {spoken_authors(paper.authors)}" if paper.authors else ""
    votes = f"{', and' if by else 'On Hugging Face Daily Papers'} {upvoted(paper)}" if upvoted(paper) else ""
    begin = ("We begin with" if len(hosts) > 1 else "I begin with") if number == 0 else "The next one is"
    yield Line(host=first.key, text=f"{begin} {plain(paper.title).rstrip('.')}.", chapter=chapter, paper=paper.id)
    about = [f"{by}{votes}."] * bool(by or votes) + ["Of this one, the abstract alone was read."] * abstract
    if about:
        yield Line(host=second.key, text=" ".join(about), chapter=chapter, paper=paper.id)
    framer, aloud = Framer(turn(paper.id)), Aloud(Words(brief, assignment.document, paper.authors))
    before, named = "", system(paper.title, assignment.document.sentences())
    teller, other, part_of = first.key, second.key, ""
    for one in _chosen(list(passages(brief, assignment.document, name=named)), words):
        frame = framer.between(one.begin, before) if one.chapter == FOUND else ""
        if frame and not (len(hosts) == 1 and "?" in frame):
            yield Line(host=other, text=frame, chapter=chapter, paper=paper.id)
            aloud.between()
        if one.chapter != part_of:
            aloud.between()
        part_of = one.chapter
        for passage in (one, *one.tail):
            yield aloud.line(chapter, teller, passage).model_copy(update={"paper": paper.id})
            teller, other = other, teller
        before = one.end


def _chosen(found: Sequence[Passage], words: int) -> list[Passage]:
    """Return passages, as many as the words allow and two at least: what the paper does, then chapter by chapter."""
    order = {"": 0, **{title: place for place, (title, _, _) in enumerate(CHAPTERS, 1)}}
    chosen: list[Passage] = []
    count = 50  # of what introduces the paper
    for one in sorted(found, key=lambda one: (one.chapter != "", one.rank, order[one.chapter])):
        fits = len(chosen) < 2 or count + one.length <= words
        if fits and not any(quoting.repeats(one.text, other.text) for other in chosen):
            chosen.append(one)
            count += one.length
    return sorted(chosen, key=lambda one: (order[one.chapter], one.first))
