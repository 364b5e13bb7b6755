"""The extractive writer: the paper's own sentences, in a conversation."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podcast import grounding, sources
from podcast.show.config import Config
from podcast.show.errors import ConfigError, WriterError
from podcast.show.schema import Brief, Claim, Document, Paper, Roundup, Script, Section
from podcast.show.settings import ShowSettings, WriterSettings
from podcast.writers import Assignment, courtesies, glossary, longforms, quoting, standing
from podcast.writers.courtesies import spoken_authors
from podcast.writers.dialogue import frame_share
from podcast.writers.disclosure import discloses
from podcast.writers.excerpts import FOUND, passages
from podcast.writers.extractive import Extractive
from podcast.writers.frames import Framer, all_frames

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
    """What is found or wrong comes first; then show, title, two authors, upvotes, AI, and what was read."""
    _, script, _ = written(paper)
    opening = " ".join(line.text for line in script.lines if line.chapter == "Opening")
    assert script.lines[0].claims
    assert CONFIG.show.title in opening
    assert paper.title in opening
    assert f"{paper.upvotes} readers" in opening
    assert discloses(opening, "en")
    assert "the paper's own text" in opening
    assert sum(author in opening for author in paper.authors) == 2
    assert ("and colleagues" in opening) == (len(paper.authors) > 2)


@pytest.mark.parametrize("paper", DEMO, ids=lambda paper: paper.id)
def test_the_closing_has_a_limitation_and_the_links(paper: Paper) -> None:
    """The last chapter speaks a limitation of the brief and says where the links are."""
    _, script, _ = written(paper)
    closing = [line for line in script.lines if line.chapter == script.lines[-1].chapter]
    assert any(path.startswith("experiments.limitations") for line in closing for path in line.claims)
    assert "show notes" in closing[-1].text


@pytest.mark.parametrize("paper", DEMO, ids=lambda paper: paper.id)
def test_a_conversation_in_at_least_six_chapters(paper: Paper) -> None:
    """Six chapters or more, both hosts in the whole, no host for more than three lines on end."""
    _, script, _ = written(paper)
    chapters = dict.fromkeys(line.chapter for line in script.lines)
    assert len(chapters) >= 6
    assert {line.host for line in script.lines} == {"A", "B"}
    assert all(len(title) < 40 for title in chapters)
    assert not re.search(r"A{4}|B{4}", "".join(line.host for line in script.lines))


@pytest.mark.parametrize("paper", DEMO, ids=lambda paper: paper.id)
def test_nothing_is_said_twice(paper: Paper) -> None:
    """No two lines are alike: no statement, no question, no words before a statement."""
    _, script, _ = written(paper)
    texts = [line.text for line in script.lines]
    assert len(texts) == len(set(texts))
    assert sum(1 for line in script.lines if line.claims and not line.kind) >= 16


@pytest.mark.parametrize("paper", DEMO, ids=lambda paper: paper.id)
def test_the_words_are_the_papers(paper: Paper) -> None:
    """At most a quarter of the words is neither read from the paper nor explains a term."""
    assert frame_share(written(paper)[1].lines) <= 0.25


@pytest.mark.parametrize("paper", DEMO, ids=lambda paper: paper.id)
def test_a_question_is_answered_by_its_term(paper: Paper) -> None:
    """What is asked about a term stands behind a line that holds the term, and before the glossary's answer; who read
    that line answers, and does not ask."""
    _, script, _ = written(paper)
    entries = {entry.question: entry for entry in glossary.load()}
    asked = [number for number, line in enumerate(script.lines) if line.text in entries]
    assert asked
    for number in asked:
        before, question, answer = script.lines[number - 1 : number + 2]
        assert entries[question.text].found(before.text)
        assert answer.text == entries[question.text].answer
        assert question.kind == answer.kind == "general"
        assert answer.host == before.host != question.host


@pytest.mark.parametrize("minutes", [3.0, 4.0])
def test_it_keeps_to_its_length(minutes: float) -> None:
    """The words are within a fifth of the target at 150 a minute, as far as the document has them."""
    _, script, _ = written(DEMO[0], minutes=minutes)
    words = sum(len(line.text.split()) for line in script.lines)
    assert abs(words - 150 * minutes) < 0.2 * 150 * minutes


def test_the_same_paper_has_one_script() -> None:
    """Nothing is left to chance."""
    assert written(DEMO[0]) == written(DEMO[0])


def abstract(*sentences: str) -> Document:
    return Document(paper_id=DEMO[0].id, source="abstract", sections=(Section(title="Abstract", sentences=sentences),))


def test_an_abstract_is_never_said_to_name_no_limitation() -> None:
    """What an abstract leaves out is not held against the paper: that it was an abstract is said, once and early."""
    _, script, _ = written(DEMO[0], abstract("Networks are slow to train.", "We propose a faster way."))
    said = " ".join(line.text for line in script.lines)
    assert said.lower().count("the abstract alone") == 1
    assert any("the abstract alone" in line.text for line in script.lines[:4])
    assert "limitation" not in said


def test_a_sentence_that_leans_follows_the_one_it_leans_on() -> None:
    """What begins with a pronoun is said in one line with the sentence before it, or not at all."""
    _, script, _ = written(
        DEMO[0],
        abstract(
            "Networks are slow to train.", "We propose Quick, a faster way.", "It halves the time on all of our tasks.",
            "Such gains grow with size.",
        ),
    )  # fmt: skip
    (line,) = [line.text for line in script.lines if "halves" in line.text]
    assert line.startswith("The authors propose Quick, a faster way. It halves the time")
    assert not [line.text for line in script.lines if line.text.startswith(("It ", "Such "))]


@pytest.mark.parametrize(
    ("sentence", "limits"),
    [
        ("A sky module is added, addressing limitations in distant scenes.", False),
        ("It overcomes the main limitation of depth maps, and mitigates every other drawback.", False),
        ("The limitations of existing scenes are told.", False),
        ("The system degrades gracefully as words are withheld.", False),
        ("Under our method, hidden states move far, while kept ones remain close.", False),
        ("The method does not require a second network.", False),
        ("Its use is not limited to English.", False),
        ("Some 14% suffice where they speak, and 46% if they do not.", False),
        ("A limitation is that distant scenes are blurred.", True),
        ("The model is limited to English.", True),
        ("The system degrades quickly as words are withheld.", True),
        ("Under our strong assumptions, the bound is tight.", True),
        ("The method does not address the limitation that frames drift.", True),
    ],
)
def test_what_a_paper_adds_is_no_limit_of_it(sentence: str, limits: bool) -> None:
    """What is overcome, not needed or lost slowly does not speak against the paper, in an abstract or a full text."""
    told = ("Networks are slow.", "We propose Quick, a faster way.", "It has two parts.", sentence)
    whole = Document(
        paper_id=DEMO[0].id, source="x", sections=tuple(
            Section(title=title, sentences=told if title == "Abstract" else (f"{title} has a text that is here.",))
            for title in ("Abstract", "Setup", "Notes")
        ),
    )  # fmt: skip
    for document in (abstract(*told), whole):
        brief, _, _ = written(DEMO[0], document)
        assert (sentence in [claim.text for claim in brief.experiments.limitations]) == limits


@pytest.mark.parametrize(
    "result", ["On three tests, it gains 3.1% and costs less than before.",
               "In parallel, it improves accuracy from 40.1% to 46.7%.",
               "Across 12.5 million pages, their errors fall from 9.1% to 4.2%."],
)  # fmt: skip
def test_an_episode_begins_with_what_names_its_subject(result: str) -> None:
    """Neither its first words nor what the paper does speak of an "it" that nobody named; later they may."""
    _, script, _ = written(
        DEMO[0],
        abstract("Networks are hard to train.", "We propose Quick, a faster way.", result, "We tried it twice."),
    )
    assert script.lines[0].text == "Networks are hard to train."
    assert script.lines[1].text.startswith("The authors propose Quick, a faster way.")
    assert not standing.leans("While Quick is small, it gains 3.1%.")


def test_a_short_form_is_said_in_full_in_its_number() -> None:
    """Several stand for several and one for one, behind their article; with the short form where that comes again, in
    the line or in a later one."""
    _, script, _ = written(
        DEMO[0],
        abstract(
            "Large language models (LLMs) read, and large language models write.",
            "We propose Eye, a vision-centric LLM that an encoder network (EN) feeds.",
            "Results show that EN gains 3.1% where LLMs without EN lose 2.0%.", "Also, Eye gains 1.2% on oak.",
        ),
    )  # fmt: skip
    first, second, *_ = [line.text for line in script.lines if line.claims]
    assert first == "Encoder network, or EN, gains 3.1% where large language models without EN lose 2.0%."
    assert second == (
        "The authors propose Eye, a vision-centric large language model, or LLM, that an encoder network feeds."
    )
    _, script, _ = written(
        DEMO[0],
        abstract(
            "A mean bound (MB) is hard to find.", "We train a network with one, and compare.",
            "Training with an MB improves accuracy from 30.1% to 40.2%.", "Oak trees gain 1.1% there.",
        ),
    )  # fmt: skip
    assert script.lines[0].text == "Training with a mean bound improves accuracy from 30.1% to 40.2%."


@pytest.mark.parametrize(
    ("defined", "used", "said"),
    [
        ("Large language models (LLMs)", "an LLM", "a Large language model"),
        ("Partly seen Markov decision processes (PSMDPs)", "a PSMDP", "a Partly seen Markov decision process"),
        ("Optimal policies (OPs)", "an OP", "an Optimal policy"),
        ("A unit policy (UP)", "two UPs", "two unit policies"),
        ("A mean loss (ML)", "two MLs", "two mean losses"),
        ("System dynamics (SD)", "the SD", "the System dynamics"),
    ],
)
def test_a_long_form_takes_the_number_of_the_short_one(defined: str, used: str, said: str) -> None:
    """One is told of a name that was given for several, and several of one."""
    _, script, _ = written(
        DEMO[0],
        abstract(
            f"{defined} cause a problem that is hard.", "We propose a trick.",
            f"Training with {used} improves accuracy from 30.1% to 40.2%.", "Oak gains 1.1% there.",
        ),
    )  # fmt: skip
    assert script.lines[0].text == f"Training with {said} improves accuracy from 30.1% to 40.2%."


@pytest.mark.parametrize(
    ("upvotes", "told"), [(0, None), (1, "; 1 reader upvoted it."), (2, "; 2 readers upvoted it.")]
)
def test_upvotes_are_told_where_there_are_some(upvotes: int, told: str | None) -> None:
    """Nobody is said to have upvoted a paper that nobody did, in an episode of its own or a roundup."""
    paper = DEMO[0].model_copy(update={"upvotes": upvotes})
    _, script, document = written(paper)
    (named,) = [line.text for line in script.lines if paper.title in line.text]
    assert named.endswith(told or f"{paper.authors[1]} and colleagues.")
    writer = extractive()
    part = Assignment(paper, document, Path("/nowhere"))
    roundup = Roundup(**{**paper.model_dump(), "id": "roundup", "papers": (paper, paper)})
    spoken = [
        line.text for line in writer.roundup(roundup, [(part, writer.brief(part))] * 2, 3.0, Path("/nowhere")).lines
    ]
    by = [text for text in spoken if text.startswith("It is by")]
    assert by == 2 * [f"It is by {spoken_authors(paper.authors)}{f', and{told[1:]}' if told else '.'}"]


def test_a_roundup_knows_authors_and_what_was_read() -> None:
    """One author is one there too, short forms are said in full at first, and that abstracts alone were read is said:
    once where that is so of all, and of each where it is so of some."""
    told = ("Trees are hard.", "I propose a mean blade (MB) of steel.", "I sharpen my MB by hand.", "An MB is thin.")
    one = DEMO[0].model_copy(update={"authors": ("Ann Lee",)})
    writer = extractive()
    short, whole = (
        Assignment(one, document, Path("/nowhere")) for document in (abstract(*told), sources.demo().document(one))
    )

    def said(*parts: Assignment) -> str:
        roundup = Roundup(**{**one.model_dump(), "id": "roundup", "papers": (one,) * len(parts)})
        script = writer.roundup(roundup, [(part, writer.brief(part)) for part in parts], 3.0, Path("/nowhere"))
        return " ".join(line.text for line in script.lines)

    text = said(short, short)
    assert "stands in its abstract, which is all that was read" in text
    assert "abstract alone" not in text
    assert "The author proposes a mean blade, or MB, of steel." in text
    assert not re.search(r"\b(?:I|my|authors)\b", text.partition("We begin with")[2])
    assert said(short, whole).count("the abstract alone was read") == 1
    assert "abstract" not in said(whole, whole)


@pytest.mark.parametrize(
    ("told", "begins"),
    [
        (("Saw cuts 31% faster than Axe.",), "Saw cuts 31% faster"),
        (("A robot turns the blade.", "Oil is fed by a pump.", "Saw cuts 31% faster than Axe."), "Trees are hard"),
        (("Saw cuts 31% faster than Axe.", "Oaks fall in 9.5 hours."), "Saw cuts 31% faster"),
        (("Saw wins on oak.", "In contrast, axes lose 31% there.", "On a dry day, oaks of all ages fall in 9.5 hours."),
         "On a dry day, oaks"),
        (("When logs are wet, Axe gains 31% over all others.", "Saw is thin.", "It is new."), "Trees are hard"),
        (("Tests of 9.5 hours agree with the theory of cuts.", "Saw is thin.", "It is new."), "Trees are hard"),
        (("Saw is thin.", "Saw is on par with Axe.", "The best cuts in 88% of all logs.",
          "The best cuts in 88% of all logs, the worst in 61%."), "The best cuts in 88% of all logs, the worst"),
    ],
)  # fmt: skip
def test_the_middle_keeps_a_result(told: tuple[str, ...], begins: str) -> None:
    """An episode with a short problem does not begin with its only result, but for a very short one; nor with what says
    more of another, with half of it, or with what nobody can follow yet."""
    _, script = described("Saw: Cutting Wood", "Trees are hard to cut.", "We propose Saw, a thin blade.", *told)
    assert script.lines[0].text.startswith(begins)
    assert any(line.chapter == "What they found" for line in script.lines) == (len(told) > 1)


def test_an_episode_begins_with_its_only_result_or_with_what_goes_wrong() -> None:
    """Never with a long set-up: where nothing says in short what goes wrong, a result with a figure opens, and where
    there is none, what the paper does."""
    long = f"Saws have become a tool for {'many and many more kinds of ' * 8}logs."
    told = ("We propose Saw, a thin blade.", "A robot turns the blade.", "Oil is fed by a pump.")
    result = "Saw cuts 31% faster than Axe."
    for problem, last, begins in (
        ("Saws are everywhere in the world.", result, result), (long, result, result),
        ("However, saws fail on oak.", result, "Saws fail on oak."), (long, "It is thin.", "The authors propose Saw"),
    ):  # fmt: skip
        _, script = described("Saw: Cutting Wood", problem, *told, last)
        assert script.lines[0].text.startswith(begins)


def test_a_shows_own_glossary_goes_before_ours(tmp_path: Path) -> None:
    """A term is explained as the show has it; a row that is none is named."""
    own = tmp_path / "glossary.tsv"
    own.write_text("FID\tWhat is an FID?\tA distance between crowds of pictures.\n")
    paper, writer = DEMO[2], extractive(minutes=8.0)
    assignment = Assignment(paper, sources.demo().document(paper), Path("/nowhere"), glossary=own)
    script = writer.script(assignment, writer.brief(assignment))
    assert "A distance between crowds of pictures." in [line.text for line in script.lines]
    bad = tmp_path / "bad.tsv"
    bad.write_text("FID\tan answer alone\n")
    with pytest.raises(ConfigError, match=r"bad.tsv, line 1"):
        glossary.load(bad)
    own.write_text("mole\tWhat is a mole?\tA count of molecules.\twith: molar|acid\twithout: fur|garden\n")
    mole = glossary.load.__wrapped__(own)[0]
    assert mole.found("A mole of the acid is added.")
    assert not mole.found("A mole is added.")
    assert not mole.found("A mole digs in the acid garden.")
    bad.write_text("mole\tWhat is a mole?\tA count of molecules.\tnear: molar\n")
    with pytest.raises(ConfigError, match=r"line 1: .* \(with: …\) or do not \(without: …\)"):
        glossary.load.__wrapped__(bad)


def test_the_glossary_names_no_figure_and_nobody() -> None:
    """At least 150 terms, each explained in 24 words at most that need no source, none under two heads."""
    entries = glossary.load()
    assert len(entries) >= 150
    for entry in entries:
        assert not grounding.missing_facts(entry.answer, [entry.forms[0]])
        assert not re.search(r"\d", entry.answer)
        assert len(entry.answer.split()) <= 24
    forms = [form for entry in entries for form in entry.forms]
    assert len(forms) == len(set(forms))


SENSES = [
    row.split("\t")
    for row in (Path(__file__).parent / "senses.tsv").read_text("utf-8").splitlines()
    if not row.startswith("#")
]  # fmt: skip


@pytest.mark.parametrize(("term", "ours", "other"), SENSES, ids=[row[0] for row in SENSES])
def test_a_word_in_another_sense_is_not_explained(term: str, ours: str, other: str) -> None:
    """What the glossary says of a term is said beside a sentence that has it in that sense, and not in another."""
    (entry,) = [entry for entry in glossary.load() if entry.forms[0] == term]
    assert entry.found(ours)
    assert not entry.found(other)


def test_each_term_of_more_senses_is_tried() -> None:
    """Whatever the glossary says to stand with or without other words has its sentences."""
    assert {one.forms[0] for one in glossary.load() if one.beside or one.never} <= {row[0] for row in SENSES}


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
            "In this paper, we propose a method (see Table 1) for our task, and we test it.",
            "The authors propose a method for their task, and they test it.",
        ),
        ("Moreover, our results [3] improve.", "The authors' results improve."),
        ("It works", "It works."),
        ("To address these issues, we train a network.", "The authors train a network."),
        ("Errors fall (12.1% vs. 15.3%) on both.", "Errors fall, 12.1% versus 15.3%, on both."),
        (
            "AUC rises from .71 to .93 , and kappa (.81) is high .",
            "AUC rises from .71 to .93, and kappa, .81, is high.",
        ),
        ("Files with the .json suffix are read by .NET tools.", "Files with the .json suffix are read by .NET tools."),
        ("It has 12 axes and 35 (T2V) metrics.", "It has 12 axes and 35, T2V, metrics."),
        ("It scores 0.95 (T2V) and 96% (R2V).", "It scores 0.95 for T2V and 96% for R2V."),
        ("Agents (i.e., programs that act) are slow.", "Agents, that is, programs that act, are slow."),
        (
            "There are two challenges: the scarcity of paired data that hold all of the conditions which a model has "
            "to learn together, and the difficulty of making many tasks work side by side in one and the same model.",
            "There are two challenges: the scarcity of paired data that hold all of the conditions which a model has "
            "to learn together, and the difficulty of making many tasks work side by side in one and the same model.",
        ),
        (
            "The model reads every document of the whole collection twice before it answers any of the many questions "
            "that its users ask about them in the course of a day, thereby saving its owners a lot of trouble.",
            "The model reads every document of the whole collection twice before it answers any of the many questions "
            "that its users ask about them in the course of a day.",
        ),
    ],
)
def test_sentences_are_said_as_one_would(sentence: str, said: str) -> None:
    """Asides go, or are said where they hold a figure or a definition; "we" becomes the authors; no list is cut."""
    assert quoting.said(sentence) == said


@given(st.lists(st.from_regex(r"[a-z]{1,9}|[0-9]{1,3}(\.[0-9])?,?", fullmatch=True), min_size=1, max_size=80))
def test_saying_adds_nothing(words: list[str]) -> None:
    """A sentence as it is said has no figure that it has not, and always an end."""
    sentence = " ".join(words)
    short = quoting.said(sentence)
    assert set(re.findall(r"\d+(?:\.\d+)?", short)) <= set(re.findall(r"\d+(?:\.\d+)?", sentence))
    assert short.endswith((".", "!", "?"))


@pytest.mark.parametrize(
    "sentence",
    [
        "Is this the end?", "Results on all of the tasks for both models.", "Table 2 shows the scores of all models.",
        "We minimize $f(x)$ over all of the pairs.", "In this section, we describe the blade.",
        "The rest of this paper is organized in three parts.", "We now turn to the saws.", "We first recall the blade.",
        "The next section discusses related blades.", "We conclude by reviewing older saws.",
        "The hidden states are colored in orange.",
        "See www.example.org now.", "The study was funded by the Norwegian Sawmill Fund.",
        "This work was supported in part by grant 12 of the Research Council.", "We thank all of the carpenters.",
        "The protocol was approved by the ethics committee of Bergen.", "All carpenters gave written informed consent.",
        "Our trial was registered at the national registry.", "The authors declare no competing interests.",
        "Code for all experiments will be made publicly available upon acceptance.",
        "All data and scripts can be downloaded from our page.",
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_left(sentence: str) -> None:
    """No question, caption, table, formula, picture or address is read aloud."""
    assert not standing.speakable(sentence)


@pytest.mark.parametrize(
    ("authors", "said"),
    [
        ((), ""),
        (("A B",), "A B"),
        (("A", "B"), "A and B"),
        (("A", "B", "C"), "A, B and colleagues"),
        (tuple("ABCD"), "A, B and colleagues"),
    ],
)
def test_authors_are_said_two_at_most(authors: tuple[str, ...], said: str) -> None:
    """One, two, or two and colleagues."""
    assert spoken_authors(authors) == said


def framed(chapter: str, sentence: str) -> set[str]:
    """Return all that may be said before the sentence, first in the chapter or between two others."""
    if chapter:
        return {Framer(turn).chapter(chapter, sentence) for turn in range(6)} - {""}
    return {frame.text for frame in all_frames() if Framer(0).between(sentence, "") == frame.text}


@pytest.mark.parametrize(
    ("chapter", "sentence", "said"),
    [
        ("The problem", "Models run with limited resources.", "The setting."),
        ("The problem", "Models bridge the gap between two worlds.", "The setting."),
        ("The problem", "Performance on Arabic remains limited.", "The trouble is this."),
        ("The idea", "Agents made by reinforcement learning repeat themselves.", None),
        ("The idea", "Its stochastic design is a matter of tool use.", None),
        ("The idea", "Existing work proposes a test of its own.", None),
        ("The idea", "The authors propose a test.", "Here is what they do."),
        ("How it works", "The proposed decoder is training-free.", "On to the workings."),
        ("How it works", "The decoder has two layers.", "Inside, it looks like this."),
        ("How it works", "It tracks points without the need for prior training.", "On to the workings."),
        ("How it works", "Quality and variety are traded off in training data.", "On to the workings."),
        ("How it works", "In the first stage, words are chosen for consistency.", "On to the workings."),
        ("How it works", "Agentic writers improve their drafts.", "On to the workings."),
        ("How it works", "The model is trained on words alone.", "How do they train it?"),
        ("Data and cost", "ImageNet is used for all of it.", "Data and cost."),
        ("Data and cost", "One set of parameters serves all steps.", "Data and cost."),
        ("Data and cost", "It has 7 billion parameters.", "What that takes."),
        ("What they found", "The authors hope their work paves the foundation for better agents.", None),
        ("What they found", "The authors believe Imagine360 advances 360° video creation.", None),
        ("What they found", "Imagine360 is a step for 360° video.", None),
        ("What they found", "It looks at more than 100 cases rather than one.", "In numbers:"),
        ("What they found", "It scores more than 2 points above earlier results.", "How does it compare?"),
        ("What they found", "Since 2019, the foundation grows.", None),
        ("What they found", "Accuracy rises to .93 there.", "In numbers:"),
        ("What mattered most", "The score drops where dropout varies.", "Which part matters."),
        ("What mattered most", "Without dropout, the score falls.", "Now, take a part away."),
        ("Limits and links", "It highlights a high share of shorter costs.", None),
        ("Limits and links", "It is not only fast.", None),
        ("Limits and links", "It is limited to English.", "Its limits."),
        ("", "Vision foundation models are now common.", None),
        ("", "The authors achieve a new state-of-the-art benchmark.", None),
        ("", "It separates noisy from informative steps, and then stops.", None),
        ("", "The method is training-free.", None),
        ("", "Training is often hindered by rewards that are sparse.", None),
        ("", "Since 2019, such models have spread.", None),
        ("", "Doubtful labels are discarded, a cheaper way.", None),
        ("", "The success showcases what such models do.", None),
        ("", "The authors hope that it shows how.", None),
        ("", "The network shows no difficulty.", None),
        ("", "The model is trained on words alone.", "On the training:"),
        ("", "The authors release a large benchmark.", "About the data."),
        ("", "It takes 40 GPU hours.", "On what it costs:"),
        ("", "It forecasts up to 15 days ahead.", "And in numbers:"),
        ("", "Near-duplicates are removed with a classifier.", None),
        ("How it works", "The planner was never trained on maps.", "On to the workings."),
        ("", "A two-stage pipeline is built.", "Step by step:"),
        ("", "Errors grow since steps add up.", None),
        ("What they found", "The parser was tested on three kinds of forms.", "What they report."),
        ("What they found", "Across 14 languages, it wins.", None),
        ("How it works", "They collect a set of videos with two branches of a dataset.", "On to the workings."),
        ("How it works", "They propose a training recipe in two parts.", "Now to the training."),
        ("Limits and links", "They hope that others build on it.", "What they make of it."),
        ("Limits and links", "How long it lasts is open.", "What is still open."),
        ("", "It is confined to models of up to 7 billion parameters.", None),
        ("", "Several datasets lack depth.", None),
        ("", "That test reveals what they miss.", "What that shows:"),
        ("", "It reaches 93.1 there.", "And in numbers:"),
        ("", "Wang et al. demonstrate that thin blades bend.", None),
        ("", "Miller and Roe et al. show why blades bend.", None),
        ("", "Mem0 memory still leaves 3 questions open.", None),
        ("", "It runs within 3 GB of memory.", "On what it costs:"),
        ("", "Its memory footprint shrinks by 3 times.", "On what it costs:"),
        ("What they found", "Even state-of-the-art models struggle there.", None),
        ("What they found", "It achieves new state-of-the-art scores.", "How does it compare?"),
        ("What mattered most", "Ablations come with code.", None),
    ],
)
def test_a_frame_keeps_what_it_promises(chapter: str, sentence: str, said: str | None) -> None:
    """Whole words give a frame, not parts of others, nor what a method does without, nor hopes."""
    found = framed(chapter, sentence)
    assert said in found if said else not found
    if said in ("The setting.", "On to the workings."):
        assert not [frame.text for frame in all_frames() if frame.text in found and frame.cue.pattern]


def test_a_frame_is_kept_by_the_first_sentence_behind_it() -> None:
    """Praise with what goes wrong behind it is no trouble yet."""
    document = abstract(
        "Trees see rapid growth of late.",
        "However, this growth fails where it is dry.",
        "We propose Saw, a thin blade.",
    )
    brief, _, _ = written(DEMO[0], document)
    problem = next(one for one in passages(brief, document) if one.chapter == "The problem")
    assert "fails where it is dry" in problem.text
    assert framed("The problem", problem.begin) == {"First, where things stand.", "The setting."}


def test_one_more_figure_comes_after_another() -> None:
    """It is said behind a passage with a figure, and not before the first."""
    first, second = "It reaches 93.1 there.", "It reaches 95.4 here."
    assert Framer(0).between(second, first) == "One more figure."
    assert Framer(0).between(second, "It reaches far.") == "And in numbers:"


@pytest.mark.parametrize(
    ("sentence", "alone"),
    [
        ("Together with two caches, these changes halve the cost.", False),
        ("The paper shows a parser that was made for these forms.", False),
        ("We remove it and compare both halves.", False),
        ("On the second test, they win.", False),
        ("We explore its untapped potential in mills.", False),
        ("We study oak and its untapped potential in mills.", True),
        ("A tree is cut, and these parts are sorted.", True),
        ("While old parsers guess, these guesses are seldom right.", True),
        ("The parser splits long words and learns these words by heart.", True),
        ("Neither size nor price tells who wins.", True),
        ("The gain holds for all trees.", False),
        ("The gain of thin blades holds for all trees.", True),
        ("The reason is that old saws are blunt.", False),
        ("Two made it worse.", False),
        ("Two trained saws made a cut.", True),
        ("On oak, however, it fails.", False),
        ("On 10,000 oaks, it fails.", False),
        ("In none of them does steel win.", False),
        ("In nine the old blade is better.", False),
        ("In practice, mills and yards do not.", False),
        ("Thin blades cut oak, and thick ones do not.", True),
        ("Oaks rot in rain, elms do not.", True),
        ("Oaks rot; elms in the north do not.", False),
        ("Oaks rot in rain; elms do not.", True),
        ("Oaks in rain do not.", False),
        ("Only one, which has teeth, wins by 5 points.", False),
        ("Only two of them, which have teeth, win.", False),
        ("Two saws, which have teeth, win.", True),
        ("On the oak test it halves the wear.", False),
        ("In wet mills they cut by hand.", False),
        ("In mills that they build, saws are new.", True),
        ("We ask whether they know of oak.", False),
        ("We test 30 saws made since then.", False),
        ("I count both.", False),
        ("In this paper we count both.", False),
        ("I show that it follows the grain.", False),
        ("The effect persists after a day.", False),
        ("Old tests make it worse.", False),
        ("We count the others.", False),
        ("For thick blades we see the opposite.", False),
        ("We provide a tool that does so.", False),
        ("The cause appears to be heat.", False),
        ("With a longer blade they can.", False),
        ("Replacing it with steel helps.", False),
        ("Taking instead the mean of four blades helps.", False),
        ("We recommend that mills ask for it.", False),
        ("We recommend that a mill with a saw ask for it.", True),
        ("Tools such as saws are sharp.", True),
        ("Errors are like those of people.", True),
        ("To address these gaps, we build Saw, a fast parser.", True),
        ("We build Saw, a fast parser designed to close this gap by cutting early.", True),
    ],
)
def test_a_sentence_alone_names_what_it_is_about(sentence: str, alone: bool) -> None:
    """What is pointed at stands before it in the sentence, wherever in its first clause that is."""
    assert standing.leans(sentence) != alone


@pytest.mark.parametrize(
    "sentence",
    [
        "Cutting 20 trees reveals a hidden ring.", "Such parsers struggle with long words.",
        "Most people there speak a dialect.", "Accuracy falls from 97% for three logs to 22% for nine.",
        "Under frost, wear shrinks to 9%.", "Larger saws leak more.", "Age accounts for a fifth of the wear.",
        "I compare 17 saws under one budget.", "We show that saws break.", "In this section, we show that saws break.",
        "We first describe a saw that cuts oak.", "Saw and Axe improve speed by 2.4% on both sets.",
        "Comparison with older saws, along with a second test, validates the blade.",
        "Accuracy on long words increases with depth.", "Old tests focus on length.",
        "Experiments show that Saw wins on 14 of 15 rivers.",
        "We build two things: 1) a blade that is thin and 2) a handle that is long.",
    ],
)  # fmt: skip
def test_a_sentence_with_any_verb_can_be_said(sentence: str) -> None:
    """No list of verbs decides it, and what has one is no caption; a list in a sentence is no broken parenthesis."""
    assert standing.speakable(sentence)


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("We build Saw, a parser designed to close this gap by cutting early.",
         "The authors build Saw, a parser cutting early."),
        ("We present Saw, which tackles these problems.", "The authors present Saw."),
        ("To address this, in this work, we present Saw.", "The authors present Saw."),
        ("To address these gaps, We present Saw.", "The authors present Saw."),
        ("While old parsers attempt to bridge this gap, they are slow.",
         "While old parsers attempt to bridge this gap, they are slow."),
        ("We further propose Axe.", "The authors propose Axe."),
        ("Saw is also fast on wood.", "Saw is fast on wood."),
        ("It is not only fast but also cheap.", "It is not only fast but also cheap."),
        ("Extensive experiments on three woods show that Saw is fast.", "On three woods, Saw is fast."),
        ("These results demonstrate that Saw is fast.", "Saw is fast."),
        ("These results suggest that Saw is fast.", "These results suggest that Saw is fast."),
        ("Here I show that my saw, which I made, is thin.",
         "Here the authors show that their saw, which they made, is thin."),
        ("The word \u201cI\u201d and type I errors stay.", "The word \u201cI\u201d and type I errors stay."),
        ("Aiming at this, we put forward Saw.", "The authors put forward Saw."),
        ("We show that saws break.", "The authors show that saws break."),
        ("Nobody knows what we need to cut.", "Nobody knows what one needs to cut."),
        ("We cannot cut oak.", "The authors cannot cut oak."),
        ("For each log, we must choose a blade.", "For each log, the authors must choose a blade."),
        ("Saw is built to solve these problems with a small blade.",
         "Saw is built to solve these problems with a small blade."),
        ("Saw was specifically designed to address this gap by cutting early.",
         "Saw was specifically designed to address this gap by cutting early."),
        ("The blade we built fails to solve these tasks.", "The blade the authors built fails to solve these tasks."),
        ("A saw developed to address this gap, and others, wins.",
         "A saw developed to address this gap, and others, wins."),
        ("We present a saw, which is designed to address this gap, and show that it cuts.",
         "The authors present a saw, and show that it cuts."),
        ("Two steps: (1) mark it, (2) cut it.", "Two steps: first, mark it, second, cut it."),
        ("They add two parts: (1) A blade and (2) The handle.",
         "They add two parts: first, a blade and second, the handle."),
        ("We find that: (1) in oak it is slow; (2) to cut ash is fast.",
         "The authors find that: first, in oak it is slow; second, to cut ash is fast."),
        ("Version (1) and version (2) differ.", "Version 1 and version 2 differ."),
        ("Stage (1) trains a saw and stage (2) sharpens it.", "Stage 1 trains a saw and stage 2 sharpens it."),
        ("Option 1) is cheap and option 2) is dear.", "Option 1 is cheap and option 2 is dear."),
        ("The loss combines (1) and (2) with care.", "The loss combines 1 and 2 with care."),
        ("Saw (1) is fast, and (2) has teeth.", "Saw is fast, and has teeth."),
        ("We build 1) a blade, and 2) a blade, too.", "The authors build: first, a blade, and second, a blade, too."),
        ("They add (i) oil, (ii) soap and (iii) wax.", "They add: first, oil, second, soap and third, wax."),
        ("We take (1) the thin half (2) the rest.", "The authors take: first, the thin half, second, the rest."),
        ("It is **fast** at ``hard'' wood -- and costs ~5x less.",
         "It is fast at \u201chard\u201d wood \u2013 and costs about 5x less."),
    ],
)  # fmt: skip
def test_a_sentence_is_said_without_what_ties_it(sentence: str, said: str) -> None:
    """Neither what it is for, where that was said before, nor "further", nor how it was shown, nor marks of a text."""
    assert quoting.said(sentence) == said


def described(title: str, *sentences: str) -> tuple[Brief, Script]:
    brief, script, _ = written(DEMO[0].model_copy(update={"title": title}), abstract(*sentences))
    return brief, script


@pytest.mark.parametrize(
    ("sentences", "tldr"),
    [
        (("Trees are hard to cut.", "We study how blades wear.", "We present Saw, a thin blade.",
          "We further introduce Axe, a test."), 3),
        (("Saw is a thin blade that cuts along the grain.", "It is fast.",
          "Cutting along the grain, what we call grain-cutting, moves the cost."), 1),
        (("Trees are many.", "I compare 17 blades, and wear them down.", "I release all logs."), 2),
        (("Trees now rival weeds.", "We ask whether trees can be cut.", "Oaks are old."), 2),
        (("Trees are many.", "This survey reviews 40 blades.", "We order them by size."), 2),
        (("Blades are long.", "This position paper argues that long blades should go.", "We propose a date."), 2),
        (("We present Saw, a blade.", "To support tests, we construct SawSet.", "We also release SawTool for all."), 1),
        (("Saws wear.", "We ask how much of wear is due to heat.", "Half of it is.", "We therefore advise oil."), 2),
        (("Saws wear.", "Here we report a test of 900 saws.", "A second edge halves the wear.", "Cuts are clean."), 2),
        (("Saws wear.", "Oaks bend low tall.", "We prove that this is not due to heat.", "We study edges of oak."), 4),
        (("We ask whether such wear matters.", "We build a rig that wears blades down in a day.", "Wear matters."), 2),
    ],
)  # fmt: skip
def test_what_a_paper_does_is_its_plainest_sentence(sentences: tuple[str, ...], tldr: int) -> None:
    """It names the system, comes early and stands alone: no second thing that they made, and no name given late."""
    assert described("Saw: Cutting Wood", *sentences)[0].tldr == Claim(text=sentences[tldr - 1], evidence=(tldr,))


@pytest.mark.parametrize(
    ("title", "sentences", "told"),
    [
        ("Cutting fast", ("A cut is $f(x) < g(y)$ in all of them.", "It is 2.5x faster than Axe."),
         "In “Cutting fast”, it is 2.5x faster than Axe."),
        ("Saw: Cutting Fast", ("It is 2.5x faster than Axe.", "Its weight is 3 kg."),
         "In “Saw: Cutting Fast”, it is 2.5x faster than Axe."),
        ("Saw: Cutting Fast", ("On oak it beats Axe.", "We weigh Saw and Axe by hand in a shed."),
         "The authors weigh Saw and Axe by hand in a shed."),
        ("Logs", ("Rivers carry logs to the sea.", "We measure it.", "Flow rose by 12%.", "Some logs sank early."),
         "Rivers carry logs to the sea. The authors measure it."),
        ("Logs", ("It is said that logs swim.", "It is 2.5x faster than Axe.", "Rafts of logs are slow."),
         "Rafts of logs are slow."),
    ],
)  # fmt: skip
def test_one_line_names_what_it_is_about(title: str, sentences: tuple[str, ...], told: str) -> None:
    """A sentence that leans is the summary only with the one before it, or with a name; in the talk, too."""
    brief, script = described(title, *sentences)
    assert script.description == told
    assert brief.tldr
    assert not standing.leans(brief.tldr.text) or brief.tldr.text.startswith("In \u201c")
    assert any(told in line.text for line in script.lines if line.chapter == "Opening")
    assert not script.lines[0].text.startswith(("It ", "Its ", "This "))


def test_what_comes_before_the_proposal_is_not_all_a_problem() -> None:
    """What the authors do or find there stands with what they do and find, and hopes and releases with neither."""
    brief, script = described(
        "Saw: Cutting Wood", "Trees are hard to cut.", "We examine 40 blades, and find that thin ones are 12% faster.",
        "We propose Saw, a thin blade.", "Saw is built of two layers.", "Saw cuts 31% faster than Axe.",
        "We hope that others build thinner blades.", "We release code and weights of the rig.",
    )  # fmt: skip
    assert [claim.text for claim in brief.motivation] == ["Trees are hard to cut."]
    assert {claim.evidence for claim in brief.experiments.results} == {(2,), (5,)}
    assert brief.implication == Claim(text="We hope that others build thinner blades.", evidence=(6,))
    assert not any("release" in claim.text for claim in brief.claims().values())
    assert script.lines[-2].text == "The authors hope that others build thinner blades."
    assert script.lines[-2].chapter == script.lines[-1].chapter


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("We identify the angle as the cause of most wear.", True),
        ("We find that training a robot by stages tires it.", True),
        ("We identify a gap in old tests.", False),
        ("We identify the angle of a blade as a large yet overlooked cost.", False),
        ("We identify blunt blades, and propose to train their owners.", False),
    ],
)
def test_what_they_say_that_they_found_is_a_result(sentence: str, found: bool) -> None:
    """Before what they propose, whatever they did for it; a gap that they see is none."""
    told = ("Trees are hard to cut.", sentence, "We present Saw, a thin blade.")
    results = described("Saw: Cutting Wood", *told, "Saw has two layers.")[0].experiments.results
    assert (sentence in [claim.text for claim in results]) == found


@pytest.mark.parametrize(
    ("sentence", "field"),
    [
        ("We run tests across four kinds of trees and 11 mills.", "experiments.datasets"),
        ("Evaluation follows a scheme of three levels.", "experiments.datasets"),
        ("Prior work tried blades only on the trees that they were made for.", "motivation"),
        ("While thick blades last, they suffer from heat.", "motivation"),
        ("Instead of grinding, we distill its shape into harder steel.", "idea"),
        ("Three findings stand out.", "experiments.results"),
        ("We will release SawSet to support other mills.", ""),
    ],
)
def test_behind_the_proposal_a_sentence_stands_with_its_kind(sentence: str, field: str) -> None:
    """Tests that are run have found nothing yet, what others cannot do is a problem there too, and plans are left."""
    told = ("Trees are hard to cut.", "We propose Saw, a thin blade.", sentence, "Saw cuts 31% faster than Axe.")
    claims = described("Saw: Cutting Wood", *told)[0].claims()
    assert [path.rpartition(".")[0] for path, claim in claims.items() if claim.text == sentence] == [field][
        : len(field)
    ]


@pytest.mark.parametrize(
    ("sentence", "field"),
    [
        ("Ranking uses a cross-encoder with two layers.", "method.pipeline"),
        ("Queries are rewritten before search.", "method.pipeline"),
        ("The critic is a frozen 7B model.", "method.pipeline"),
        ("The ground-truth citations are generated by an automated pipeline via masking ablation.", "method.pipeline"),
        ("We further summarize the main results and discuss future blades.", ""),
        ("We review 40 blades and find that thin ones win.", "experiments.results"),
        ("Ablations show that thin blades matter.", "experiments.results"),
        ("Ablations further indicate that steel is a key part.", "experiments.results"),
        ("Speed falls to half when the blade is shared with others.", "experiments.results"),
        ("Wear is a bottleneck.", "experiments.results"),
    ],
)
def test_behind_a_result_what_is_made_is_none(sentence: str, field: str) -> None:
    """Nor is what the paper goes through; what came of it is one."""
    told = ("Trees are hard to cut.", "We propose Saw, a thin blade.", "We build it of steel.", "It is thin.")
    brief, _ = described("Saw: Cutting Wood", *told, "Saw cuts 31% faster than Axe.", sentence)
    assert [path.rpartition(".")[0] for path, claim in brief.claims().items() if claim.text == sentence] == [field]


@pytest.mark.parametrize(
    ("told", "sentence", "field"),
    [
        (("We test nine blades.",), "Thin ones wear down.", "experiments.results"),
        (("We test nine blades.",), "First, we build a rig.", "idea"),
        (("We show that blades wear.", "We propose Wax, an oil."), "Oils keep 31% of them.", "experiments.results"),
        (("We propose Wax, an oil.",), "Wax keeps 58 of 97 blades.", "experiments.results"),
        (("We propose Wax, an oil.",), "Half of the blades bend.", "experiments.results"),
        (("We propose Wax, an oil.",), "Wear is lowest in dry mills.", "experiments.results"),
        (("We study mills under heavy training.",), "Heat explains the wear.", "experiments.results"),
        (("We propose Wax, an oil.",), "Blades trained on oak reach 18.2 points.", "experiments.results"),
        (("We replay nine cuts.",), "Heat explains most of the loss.", "experiments.results"),
        (("We test nine blades.",), "The blades then start to bend.", "experiments.results"),
        (("We propose Wax, an oil.",), "The prior predicts the wear.", "idea"),
        (
            ("We propose Wax, an oil.", "It is as thin as oil.", "It is not dear."),
            "We urge mills to try oils.",
            "implication",
        ),
        (
            ("We propose Wax, an oil.", "It wins on oak.", "Two findings stand out."),
            "First, the oils are thin.",
            "experiments.results",
        ),
        (("We propose Wax, an oil.",), "Blades waxed twice improve cuts by 2.4 points.", "experiments.results"),
        (("We propose Wax, an oil.",), "Waxing doubles the life of a saw.", "experiments.results"),
        (("We rewrite nine manuals.",), "Each page now names its tool.", "idea"),
        (("This position paper argues that axes mislead.",), "Mills reward what is easy to count.", "idea"),
        (("We test nine blades.",), "Poor mills would be exempt.", "idea"),
        (
            ("We test nine blades.", "We find three things.", "First, oaks bend in rain."),
            "Second, elms cannot do so.",
            "results",
        ),
        (
            ("We test nine blades.", "Two objections are met.", "The first is the cost."),
            "The second is wear.",
            "results",
        ),
        (("We propose Wax, an oil.",), "We also improve the edge by a second coat.", "idea"),
        (
            ("We propose Wax, an oil.", "It gains 3% on oak.", "It gains 3% on elm."),
            "Wet logs are not covered.",
            "limitations",
        ),
    ],
)
def test_what_a_study_tells_is_what_it_found(told: tuple[str, ...], sentence: str, field: str) -> None:
    """Where nothing is built, all but the authors' deeds; and before the proposal, what came of what they did."""
    place = 1 if told[-1].startswith("We propose") and len(told) > 1 else len(told)
    sentences = ("Trees are hard to cut.", *told[:place], sentence, *told[place:], "It is that thin.")
    claims = described("Cutting Wood", *sentences)[0].claims()
    assert [path.partition(field)[1] for path, claim in claims.items() if claim.text == sentence] == [field]


def test_what_a_system_does_is_what_the_paper_does_whatever_its_verb() -> None:
    """That it can be had is not, nor is what one is warned of; and what it does or reaches before is no problem."""
    told = ("Trees are hard to cut.", "Saw predicts the grain and turns with it.", "Saw is open source.")
    assert described("Saw: Cutting Wood", *told)[0].tldr == Claim(text=told[1], evidence=(2,))
    brief, _ = described("Saw: Cutting Wood", told[0], "Saw cuts 31% faster than Axe.", "We present Saw, a thin blade.")
    assert [claim.evidence for claim in brief.motivation] == [(1,)]
    assert [claim.evidence for claim in brief.experiments.results] == [(2,)]


def test_what_others_did_is_a_problem_at_most() -> None:
    """A section on related work, and a sentence about somebody's work, give neither idea nor result."""
    theirs = ("Miller et al. introduce a new method for thick blades.", "Axes achieve high accuracy on oak.")
    sections = (
        Section(title="Introduction", sentences=("Trees are hard to cut.", "We propose Saw, a thin blade.")),
        Section(title="Related work", sentences=theirs),
        Section(title="Results on tree-related tasks", sentences=("Saw achieves 31% more than Axe.",)),
        Section(
            title="More results", sentences=("Compared to Miller et al., our blade improves speed by 4.2 points.",)
        ),
    )
    brief, _, _ = written(DEMO[0], Document(paper_id=DEMO[0].id, source="html", sections=sections))
    assert {claim.evidence for claim in brief.experiments.results} == {(5,), (6,)}
    told = {claim.text for path, claim in brief.claims().items() if path.startswith(("idea", "method", "experiments"))}
    assert not told & set(theirs)
    assert "Saw achieves 31% more than Axe." in told


def test_a_system_is_what_the_sentences_call_so() -> None:
    """A title that plays with words has no system's name: what is built goes by the one that it is given, and what it
    does is no result."""
    told = ("Mills need to plan.", "We propose PlanSaw, a planner.", "Each node holds a part of the plan.")
    for title in ("Branching Out: Planning with Doubt", "PlanSaw: Planning with Doubt", "Planning with Doubt"):
        brief, _ = described(title, *told, "A critic ranks the nodes.", "PlanSaw reaches 71%.")
        assert [claim.text for claim in brief.idea] == [told[2]]


def test_what_leans_is_in_the_chapter_of_what_it_leans_on() -> None:
    """But for a result by a figure or in comparison, and that where no problem is said with it."""
    told = (
        "Trees are hard to cut.",
        "We propose Saw, a thin blade.",
        "A robot turns the blade.",
        "Oil is fed by a pump.",
    )
    for head, result, chapter in (
        ("The logs are sorted by a pump.", "This yields LogSet for mills.", "How it works"),
        ("The logs are sorted by a pump.", "This beats Axe by 31%.", FOUND),
    ):
        _, script = described(
            "Saw: Cutting Wood", *told, head, result, "Saw cuts 12.5 logs more than Knife in an hour."
        )
        assert [line.chapter for line in script.lines if result in line.text] == [chapter]


def test_a_result_keeps_its_chapter_where_it_can_be_named() -> None:
    """What leans with "it" on a sentence of another chapter has the name, and stands in its own."""
    _, script = described(
        "Saw: Cutting Wood", "Trees are hard to cut.", "We propose Saw, a thin blade.",
        "Saw combines two layers of steel.", "It outperforms Axe by 31%.", "It beats Knife by 12% on oak.",
    )  # fmt: skip
    assert any(line.text.startswith("Saw outperforms Axe") for line in script.lines)
    assert standing.behind_phrase("In Bremen, with 2.5 tons, Saw wins.", "Saw") is False
    assert quoting.it_called("In Bremen, however, it cuts by only 9%.", "Saw") == "In Bremen, Saw cuts by only 9%."
    assert quoting.it_called("On the oak test it halves the wear.", "Saw") == "On the oak test Saw halves the wear."


@pytest.mark.parametrize(
    "poor",
    [
        "The framework cuts 31% faster than Axe.",
        "Training Axe on it cuts errors by 31% on oak.",
        "Speed was lower for trees under 40, by 12%.",
        "Each log was cut twice; they agree by 94%.",
    ],
)
def test_an_episode_does_not_begin_with_what_nobody_knows(poor: str) -> None:
    """A bare "the framework" or "it" is no beginning, nor is a weak side."""
    told = ("Trees are hard to cut.", "We propose Saw, a thin blade.", "Saw has two layers.", poor)
    assert described("Saw: Cutting Wood", *told)[1].lines[0].text == told[0]


@pytest.mark.parametrize(
    ("question", "answer", "told"),
    [
        ("What does wear mean?", "That a blade gets thin.", "Wear means that a blade gets thin."),
        ("What does wear measure?", "How thin it is.", "Wear measures how thin it is."),
        ("What is a saw?", "A blade with teeth.", "A saw is a blade with teeth."),
        ("What is sawing?", "A blade cuts and gets warm.", "Saws: A blade cuts and gets warm."),
        ("What is a saw, in such a shop?", "A blade with teeth.", "Saws: A blade with teeth."),
        ("What does that edge measure?", "How thin it is.", "Saws: How thin it is."),
        ("What are saws?", "Blades with teeth.", "Saws: Blades with teeth."),
    ],
)
def test_one_voice_explains_in_a_sentence(question: str, answer: str, told: str) -> None:
    """Where nobody asks, the question's words begin the answer."""
    assert glossary.Entry(("saws",), question, answer).told == told


def test_what_the_authors_made_goes_by_its_name() -> None:
    """A line that says the name for "our method" or "it" rests on the sentence that gives it, too; what is another
    kind of thing keeps its words."""
    _, script = described(
        "Saw: Cutting Wood", "Trees are hard to cut.", "We propose Saw, a way to cut with thin blades made of steel.",
        "Our method cuts 31% faster than Axe.", "Our data set has nine kinds of trees and two of bushes.",
    )  # fmt: skip
    (named,) = [line for line in script.lines if "31%" in line.text]
    assert named.text == "Saw cuts 31% faster than Axe."
    assert "tldr" in named.claims
    (other,) = [line.text for line in script.lines if "bushes" in line.text]
    assert "data set" in other
    assert quoting.called("Our benchmark is hard.", "Saw", "We propose Saw, a blade.") == "Our benchmark is hard."


def test_a_list_is_announced_with_what_is_on_it() -> None:
    """An announcement is said with the sentence after it, or not at all."""
    told = ("Trees are hard to cut.", "We propose Saw, a thin blade.", "Saw rests on two choices.")
    said = " ".join(line.text for line in described("Saw: Cutting", *told, "First, the blades are thin.")[1].lines)
    assert "two choices. First, the blades are thin." in said
    said = " ".join(line.text for line in described("Saw: Cutting", *told, "Code: www.example.org")[1].lines)
    assert "two choices" not in said


def test_what_a_paper_does_is_always_said() -> None:
    """Where it leans on the sentence before it, with that one, in the notes too."""
    told = ("Oils are said to help.", "In a study with 80 mills we find no such effect.", "Old gains are due to luck.")
    _, script = described("Oils Do Not Help", *told)
    both = "Oils are said to help. In a study with 80 mills the authors find no such effect."
    assert script.description == both
    assert [line.text for line in script.lines[:2] if line.text == both]


def test_a_proposal_too_long_for_a_line_is_said_in_two() -> None:
    """Or as far as a clause of it ends."""
    half = "it cuts " + "very " * 30 + "fast"
    first, second = f"We propose Saw; {half}; and {half}.", f"We propose Saw, and {half}, which {half}."
    said = [line.text for line in described("Saw", "Trees are hard.", first)[1].lines if line.claims == ("tldr",)]
    assert [text.split()[0] for text in said] == ["The", "It"]
    assert all(len(text.split()) <= quoting.MOST_WORDS for text in said)
    said = [line.text for line in described("Saw", "Trees are hard.", second)[1].lines if line.claims == ("tldr",)]
    assert [text.split()[-1] for text in said] == ["fast."]


@pytest.mark.parametrize(
    ("before", "short", "long"),
    [
        ("We do text-to-video", "T2V", "text-to-video"),
        ("by 3D Gaussian Splatting", "3DGS", "3D Gaussian Splatting"),
        ("a Diffusion Transformer", "DiT", "Diffusion Transformer"),
        ("a mixture of experts", "MoE", "mixture of experts"),
        ("it was seen at noon", "AXB", ""),
    ],
)
def test_a_short_form_has_the_words_before_it(before: str, short: str, long: str) -> None:
    """By first letters, by capitals, with 2 for "to", and with small words between."""
    sentence = f"{before} ({short}) that is good."
    found = longforms.meanings(Brief(paper_id=DEMO[0].id, tldr=Claim(text=sentence, evidence=(1,))), abstract(sentence))
    assert found.get(short, ("",))[0] == long


def test_neighbours_say_what_must_be_said_in_other_words() -> None:
    """Eight episodes in a row have each their own farewell, and no two of a day one notice; each notice discloses."""
    papers = [DEMO[0].model_copy(update={"rank": rank}) for rank in range(1, 9)]
    assert len({courtesies.linked(paper) for paper in papers}) == 8
    for alone in (False, True):
        notices = [
            courtesies.noticed(paper, "Show", abstract=True, doubts=False, terms=True, alone=alone) for paper in papers
        ]
        assert len(set(notices)) == 8
        assert all(discloses(notice, "en") for notice in notices)


def test_the_authors_are_named_once_and_then_they() -> None:
    """A line whose neighbour speaks of the authors says "they"; with another subject between, or other people whom that
    would be, it names them."""
    _, script = described(
        "Saw: Cutting Wood", "Trees are hard to cut.", "We propose Saw, a thin blade.", "We sharpen one edge by hand.",
        "We then train a robot for a week.", "Wood is wet.", "We dry each log for nine months.",
    )  # fmt: skip
    for text, begins in (
        ("We asked 23 nurses to cut, and we train a saw.", "The authors asked 23 nurses to cut, and the authors train"),
        ("We interviewed mills, and we show how.", "The authors interviewed mills, and the authors show"),
        ("We trained two layers, and we show how.", "The authors trained two layers, and they show"),
    ):
        assert quoting.said(text).startswith(begins)
    said = [(line.chapter, line.text) for line in script.lines if line.claims]
    assert not [
        two for one, two in pairwise(said) if one[0] == two[0] and one[1][:11] == two[1][:11] == "The authors"
    ]  # fmt: skip
    assert [text for _, text in said if text.startswith("They ")]


def test_a_paper_of_one_author_has_one() -> None:
    """Neither a line that is read nor the description speaks of several."""
    paper = DEMO[0].model_copy(update={"authors": ("Ann Lee",)})
    told = ("Trees are hard to cut.", "We propose Saw, a thin blade.", "Our blade of nine metals reaches 91.2%.")
    _, script, _ = written(paper, abstract(*told))
    assert script.description == "The author proposes Saw, a thin blade."
    short = described("Saw: Cutting", told[0], "We propose Saw here.", "It cuts oak along the grain.")[1].description
    assert short == "The authors propose Saw here. It cuts oak along the grain."
    said = " ".join((script.description, *(line.text for line in script.lines)))
    assert "The author proposes Saw" in script.description
    assert "The author's blade" in said
    assert "authors" not in said


@pytest.mark.parametrize(
    "before",
    [
        "The authors of Axe report a score of 80%.", "We report a score of 80%. Old tests of blades are long.",
        "We report a score of 80%, as the authors of Axe do.",
    ],
)  # fmt: skip
def test_they_are_the_authors_alone(before: str) -> None:
    """Behind a line that speaks of another work's authors, or of more than the authors, they are named."""
    _, script = described(
        "Saw: Cutting Wood", "Trees are hard to cut.", "We propose Saw, a thin blade.", "Oak is hard.", before,
        "Our blade of nine metals reaches a score of 91%.",
    )  # fmt: skip
    (line,) = [line.text for line in script.lines if "91%" in line.text]
    assert line.startswith("The authors' blade")


def test_a_short_form_is_introduced_before_it_stands_alone() -> None:
    """Its words are said for it, then both, and from then on it may be said bare."""
    _, script = described(
        "Saw: Cutting Wood", "Trees are hard to cut.", "We propose Saw with thin steel blades (TSB) for oak.",
        "A TSB is made by hand.", "The TSB wears down in a day.", "Each TSB costs less than any axe does.",
        "On wet wood, a TSB cuts 31% faster.",
    )  # fmt: skip
    said = " ".join(line.text for line in script.lines if line.claims and not line.kind)
    assert re.search("or TSB,", said[: said.index("TSB") + 4])


def test_a_result_with_a_figure_of_its_own_is_no_repetition() -> None:
    """Nor is one that says much more; the same names and words in another order are."""
    told = "Saw cuts oak and ash faster than Axe on all three tests."
    assert quoting.repeats("On all tests, Saw cuts ash and oak faster than Axe.", told)
    assert not quoting.repeats("Saw cuts oak and ash 31% faster than Axe on all three tests.", told)
    assert not quoting.repeats(
        f"{told[:-1]}, and wears down only half as much where the wood is wet, cold or old.", told
    )
