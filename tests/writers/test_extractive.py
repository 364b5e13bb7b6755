"""The extractive writer: the paper's own sentences, in a conversation."""

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podcast import sources
from podcast.show.config import Config
from podcast.show.errors import ConfigError, WriterError
from podcast.show.schema import Brief, Document, Paper, Script, Section
from podcast.show.settings import ShowSettings, WriterSettings
from podcast.writers import Assignment
from podcast.writers.dialogue import shorten, spoken_authors
from podcast.writers.extractive import Extractive

CONFIG = Config()
DEMO = sources.demo().day(sources.DEMO_DAY).papers


def extractive(show: ShowSettings = CONFIG.show, minutes: float = 4.0) -> Extractive:
    return Extractive(WriterSettings(minutes=minutes), show, CONFIG.hosts, Path("/nowhere"))


def written(paper: Paper, document: Document | None = None, minutes: float = 4.0) -> tuple[Brief, Script, Document]:
    writer = extractive(minutes=minutes)
    document = document or sources.demo().document(paper)
    assignment = Assignment(paper, document, Path("/nowhere"))
    brief = writer.brief(assignment)
    return brief, writer.script(assignment, brief), document


@pytest.mark.parametrize("paper", DEMO, ids=lambda paper: paper.id)
def test_every_claim_is_a_sentence_of_the_document(paper: Paper) -> None:
    """Each claim's text is the very sentence its evidence names, and no sentence stands on two leaves."""
    brief, _, document = written(paper)
    sentences = document.sentences()
    used = [claim.evidence for path, claim in brief.claims().items() if path not in ("tldr", "task", "implication")]
    assert len(used) == len(set(used)) >= 25
    for claim in brief.claims().values():
        assert [claim.text] == [sentences[n - 1] for n in claim.evidence]


@pytest.mark.parametrize("paper", DEMO, ids=lambda paper: paper.id)
def test_the_opening_says_what_it_must(paper: Paper) -> None:
    """Show, title, at most three authors, upvotes, and that script and voices are made by AI, in the first lines."""
    _, script, _ = written(paper)
    opening = " ".join(line.text for line in script.lines if line.chapter == "Opening")
    assert CONFIG.show.title in opening
    assert paper.title in opening
    assert f"{paper.upvotes} readers" in opening
    assert re.search(r"script and our voices are made by AI", opening)
    assert sum(author in opening for author in paper.authors) == 3
    assert ("and colleagues" in opening) == (len(paper.authors) > 3)


@pytest.mark.parametrize("paper", DEMO, ids=lambda paper: paper.id)
def test_the_closing_has_a_limitation_and_the_links(paper: Paper) -> None:
    """The last chapter speaks a limitation of the brief and says where the links are."""
    _, script, _ = written(paper)
    closing = [line for line in script.lines if line.chapter == script.lines[-1].chapter]
    assert any(path.startswith("experiments.limitations") for line in closing for path in line.claims)
    assert "show notes" in closing[-2].text


@pytest.mark.parametrize("paper", DEMO, ids=lambda paper: paper.id)
def test_a_conversation_in_at_least_six_chapters(paper: Paper) -> None:
    """Six chapters or more, both hosts in each, no host for more than two lines on end but in the opening."""
    _, script, _ = written(paper)
    chapters = dict.fromkeys(line.chapter for line in script.lines)
    assert len(chapters) >= 6
    assert all({line.host for line in script.lines if line.chapter == chapter} == {"A", "B"} for chapter in chapters)
    assert all(len(title) < 40 for title in chapters)
    assert not re.search(r"AAA|BBB", "".join(line.host for line in script.lines))


@pytest.mark.parametrize("paper", DEMO, ids=lambda paper: paper.id)
def test_it_varies_and_tells_each_thing_once(paper: Paper) -> None:
    """No statement is told twice, and no question of the same words stands within five others."""
    _, script, _ = written(paper)
    statements = [line.text for line in script.lines if line.claims]
    assert len(statements) == len(set(statements)) >= 18
    questions = [line.text for line in script.lines if not line.claims]
    assert all(question not in questions[n + 1 : n + 4] for n, question in enumerate(questions))


@pytest.mark.parametrize("minutes", [3.0, 4.0, 6.0])
def test_it_keeps_to_its_length(minutes: float) -> None:
    """The words are within a fifth of the target at 150 a minute, as far as the document has them."""
    _, script, _ = written(DEMO[0], minutes=minutes)
    words = sum(len(line.text.split()) for line in script.lines)
    assert abs(words - 150 * minutes) < 0.2 * 150 * minutes


def test_the_same_paper_has_one_script() -> None:
    """Nothing is left to chance."""
    assert written(DEMO[0]) == written(DEMO[0])


def test_a_paper_without_a_limitation_says_so() -> None:
    """What the text does not name is not made up."""
    document = Document(
        paper_id="2403.00001", source="abstract",
        sections=(Section(title="Abstract", sentences=("Networks are slow to train.", "We propose a faster way.")),),
    )  # fmt: skip
    _, script, _ = written(DEMO[0].model_copy(update={"id": "2403.00001"}), document)
    assert "names no limitation" in script.lines[-3].text


def test_a_document_without_a_sentence_is_refused() -> None:
    """Formulas and addresses alone make no episode; the paper is named."""
    document = Document(
        paper_id="2403.00001", source="x", sections=(Section(title="A", sentences=("$x = y$", "https://a.b")),)
    )
    with pytest.raises(WriterError, match="no sentence that can be spoken"):
        extractive().brief(Assignment(DEMO[0], document, Path("/nowhere")))


def test_it_speaks_english_only() -> None:
    """A show in another language is told to take a language model."""
    with pytest.raises(ConfigError, match="English only, and the show's language is zh"):
        extractive(CONFIG.show.model_copy(update={"language": "zh"}))


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        (
            "In this paper, we propose a method (see Table 1) for our task.",
            "The authors propose a method for their task.",
        ),
        ("Moreover, our results [3] improve.", "Their results improve."),
        ("It works", "It works."),
        (
            "The model reads a document twice, which costs a little time on every machine that we had, and in the "
            "end it is faster all the same, because it needs fewer passes over every page of it.",
            "The model reads a document twice, which costs a little time on every machine that they had, and in "
            "the end it is faster all the same.",
        ),
    ],
)
def test_sentences_are_shortened_as_one_would_say_them(sentence: str, said: str) -> None:
    """Asides go, "we" becomes the authors, a long sentence ends at a clause."""
    assert shorten(sentence) == said


@given(st.lists(st.from_regex(r"[a-z]{1,9}|[0-9]{1,3}(\.[0-9])?,?", fullmatch=True), min_size=1, max_size=80))
def test_shortening_adds_nothing(words: list[str]) -> None:
    """A shortened sentence has no figure that the sentence has not, and always an end."""
    sentence = " ".join(words)
    short = shorten(sentence)
    assert set(re.findall(r"\d+(?:\.\d+)?", short)) <= set(re.findall(r"\d+(?:\.\d+)?", sentence))
    assert short.endswith((".", "!", "?"))


@pytest.mark.parametrize(
    ("authors", "said"),
    [
        ((), ""),
        (("A B",), "A B"),
        (("A", "B"), "A and B"),
        (("A", "B", "C"), "A, B and C"),
        (tuple("ABCD"), "A, B, C and colleagues"),
    ],
)
def test_authors_are_said_three_at_most(authors: tuple[str, ...], said: str) -> None:
    """One, two, three, or three and colleagues."""
    assert spoken_authors(authors) == said


def test_odd_votes_are_said_well() -> None:
    """One vote is a reader, none are no readers."""
    for votes, said in ((1, "1 reader upvoted"), (0, "0 readers upvoted")):
        paper = DEMO[0].model_copy(update={"upvotes": votes, "listed_on": dt.date(2024, 3, 5)})
        assert said in " ".join(line.text for line in written(paper)[1].lines[:3])
