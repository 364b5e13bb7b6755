"""Choosing papers by what the show cares about: scores, the rule over them, and a model that answers well and badly."""

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import canned
import pytest
from conftest import DAY, PAPERS, entry, folder_of, load, make, podcast, save
from hypothesis import given
from hypothesis import strategies as st
from llm import LLM, Body, Reply, problem, running
from test_select import day, paper

from podcast.papers import select
from podcast.show import criteria
from podcast.show.errors import ConfigError
from podcast.show.schema import Left, Score, Scores
from podcast.show.settings import SelectSettings
from podcast.show.workspace import Workspace

CRITERIA = """<!-- a note to myself -->
1. Ways to read documents.
   - Relevant: reading more than once.
2. Ways to train faster.

I like small experiments.
"""
FIRST, SECOND, THIRD = "2403.00002", "2403.00001", "2403.00003"


@pytest.fixture
def llm(show: Path) -> Iterator[LLM]:
    """A show with criteria, whose writer is a language model on this machine."""
    (show / "criteria.md").write_text(CRITERIA)
    with running(canned.answer) as server:
        text = (show / "podcast.toml").read_text().partition("[writer]")[0]
        writer = f'[writer]\nbase_url = "{server.base_url}"\nmodel = "tiny"\nminutes = 1.5\nretries = 0\n'
        (show / "podcast.toml").write_text(text + writer + "price_per_million = { input = 1.0, output = 4.0 }\n")
        yield server


def fetch(show: Path, *options: str) -> int:
    return podcast(show, "fetch", DAY, "--papers", str(show / "list.json"), *options)


def scores(show: Path) -> Any:
    return load(show / "episodes" / DAY / "scores.json")


def verdicts(show: Path) -> dict[str, Any]:
    return {one["paper_id"]: one for one in load(show / "episodes" / DAY / "selection.json")["verdicts"]}


def told(llm: LLM) -> list[list[str]]:
    """Return which papers each question about scores was about."""
    asked = [one.body for one in llm.requests if canned.task(one.body) == "score" and len(one.body["messages"]) == 2]
    return [re.findall(r"^id: (\S+)$", body["messages"][1]["content"], re.MULTILINE) for body in asked]


def changed(change: Callable[[list[dict[str, Any]], Body], None]) -> Callable[[Body], Any]:
    """Answer as always, but for what `change` does to the entries of a score."""

    def answer(body: Body) -> Any:
        said = canned.answer(body)
        if canned.task(body) == "score":
            change(said["papers"], body)
        return said

    return answer


# --- the rule ----------------------------------------------------------------------------------------


def scored(**by_number: tuple[int, int, int]) -> Scores:
    """Return scores: relevance, novelty and criterion by a paper's number, as in p1=(9, 5, 1)."""
    return Scores(
        criteria="1. Pebbles.\n",
        scores=tuple(
            Score(paper_id=f"2509.{int(name[1:]):05d}", relevance=r, novelty=n, criterion=c, why="It sorts.")
            for name, (r, n, c) in by_number.items()
        ),
    )


def chosen(found: Any, scores: Scores, **options: object) -> tuple[list[int], dict[int, str]]:
    selection = select.judge(found, SelectSettings.model_validate(options), {}, scores)
    numbers = [int(one.id[5:]) for one in select.chosen(found, selection)]
    return numbers, {int(one.paper_id[5:]): one.reason for one in selection.verdicts}


def test_points_decide() -> None:
    """The most points win: the weighted mean of relevance, novelty, and upvotes as a share of the day's most."""
    found = day(paper(1, 100), paper(2, 50), paper(3, 0))
    numbers, reasons = chosen(found, scored(p1=(5, 4, 1), p2=(9, 9, 1), p3=(10, 3, 1)), top=2)
    assert numbers == [2, 1]
    assert reasons[2] == "chosen: number 1 by points: 8.0 points for relevance 9, novelty 9 and 50 upvotes"
    assert reasons[3] == "not among the first 2: 5.8 points for relevance 10, novelty 3 and 0 upvotes"
    alone = {"weigh_novelty": 0, "weigh_upvotes": 0}
    assert chosen(found, scored(p1=(5, 4, 1), p2=(9, 9, 1), p3=(10, 3, 1)), top=2, **alone)[0] == [3, 2]


def test_no_criterion_is_a_rejection() -> None:
    """A paper that matches no criterion is left whatever its relevance, novelty and upvotes."""
    numbers, reasons = chosen(day(paper(1, 900), paper(2, 1)), scored(p1=(10, 10, 0), p2=(6, 6, 1)))
    assert numbers == [2]
    assert reasons[1] == "no criterion matched: It sorts."


def test_cut_offs() -> None:
    """Below a cut-off a paper is left, and told which one."""
    numbers, reasons = chosen(
        day(paper(1, 9), paper(2, 8), paper(3, 7)), scored(p1=(4, 9, 1), p2=(9, 2, 1), p3=(5, 3, 1))
    )
    assert numbers == [3]
    assert reasons[1] == "relevance 4, below 5: It sorts."
    assert reasons[2] == "novelty 2, below 3: It sorts."


def test_followed_authors_always_pass() -> None:
    """Who is followed is chosen first, whatever the score says; the others are ranked behind."""
    found = day(paper(1, 0, authors=("A. Friend",)), paper(2, 9))
    numbers, reasons = chosen(found, scored(p1=(1, 1, 0), p2=(9, 9, 1)), authors=("a. friend",), top=2)
    assert numbers == [1, 2]
    assert reasons[1] == "chosen: by A. Friend"


def test_without_a_score_upvotes_count() -> None:
    """A paper that could not be scored has the points of its upvotes, and says so."""
    found = day(paper(1, 10), paper(2, 5), paper(3, 1))
    numbers, reasons = chosen(found, scored(p2=(8, 8, 1), p3=(9, 9, 1)), top=3)
    assert numbers == [1, 2, 3]
    assert reasons[1] == "chosen: number 1 by points: 10.0 points for 10 upvotes, without a score"


@given(
    st.lists(
        st.tuples(st.integers(0, 99), st.integers(1, 10), st.integers(1, 10), st.integers(0, 3), st.booleans()),
        min_size=1, max_size=12,
    ),
    st.integers(1, 6),
)  # fmt: skip
def test_no_paper_is_lost(rows: list[tuple[int, int, int, int, bool]], top: int) -> None:
    """Every paper has one verdict in words, places count from one without a gap, and cut-offs hold."""
    found = day(*(paper(n, row[0]) for n, row in enumerate(rows, 1)))
    known = scored(**{f"p{n}": row[1:4] for n, row in enumerate(rows, 1) if row[4]})
    options = SelectSettings(top=top)
    selection = select.judge(found, options, {}, known)
    assert [one.paper_id for one in selection.verdicts] == [one.id for one in found.papers]
    assert all(one.reason for one in selection.verdicts)
    assert sorted(one.place or 0 for one in selection.verdicts if one.chosen) == list(
        range(1, len(selection.chosen()) + 1)
    )
    by_paper = known.by_paper()
    for one in select.chosen(found, selection):
        score = by_paper.get(one.id)
        assert score is None or (score.criterion and score.relevance >= 5 and score.novelty >= 3)


def test_weights_that_weigh_nothing_are_refused() -> None:
    """Something has to count."""
    with pytest.raises(ValueError, match="must be more than 0"):
        SelectSettings(weigh_relevance=0, weigh_novelty=0, weigh_upvotes=0)


# --- criteria.md -------------------------------------------------------------------------------------


def test_criteria_are_numbered(tmp_path: Path) -> None:
    """Numbers count at a line's start, comments do not, and a file without a number is refused with a hint."""
    workspace = Workspace(tmp_path)
    assert criteria.read(workspace) is None
    workspace.criteria.write_text(CRITERIA)
    text = criteria.read(workspace)
    assert text is not None
    assert "note to myself" not in text
    assert criteria.numbered(text) == {1: "Ways to read documents.", 2: "Ways to train faster."}
    workspace.criteria.write_text("I like pebbles, 2) and sand.")
    with pytest.raises(ConfigError, match="no numbered criterion"):
        criteria.read(workspace)


def test_a_new_show_has_an_example(tmp_path: Path) -> None:
    """`podcast new` lays an example beside the settings; as it stands nothing is scored by it."""
    assert podcast(tmp_path, "new", str(tmp_path / "show")) == 0
    workspace = Workspace(tmp_path / "show")
    assert criteria.read(workspace) is None
    workspace.criteria.write_bytes((tmp_path / "show" / "criteria.example.md").read_bytes())
    assert list(criteria.numbered(criteria.read(workspace) or "")) == [1, 2, 3]


# --- a model that answers well -----------------------------------------------------------------------


def test_fetch_scores_and_chooses(show: Path, llm: LLM, capsys: pytest.CaptureFixture[str]) -> None:
    """With criteria every paper of the day is scored in one question, the choice follows, and the cost is told."""
    assert fetch(show, "--top", "2") == 0
    assert [sorted(one) for one in told(llm)] == [sorted([FIRST, SECOND, THIRD])]
    said = capsys.readouterr().err
    assert re.search(r"3 papers of 2024-03-05 to score: about [\d,]+ tokens in and [\d,]+ out, [\d.]+ at your", said)
    assert re.search(r"3 papers of 2024-03-05 scored: [\d,]+ tokens in", said)
    assert [one["paper_id"] for one in scores(show)["scores"]] == [FIRST, SECOND, THIRD]
    assert scores(show)["criteria"].startswith("1. Ways to read documents.")
    assert "points" in verdicts(show)[SECOND]["reason"]
    asked = len(llm.requests)
    assert fetch(show, "--top", "2") == 0
    assert len(llm.requests) == asked, "what is scored is not asked for again"


def test_what_is_asked(show: Path, llm: LLM) -> None:
    """The model sees the criteria without their comments and the abstracts, each between fences, and no upvotes."""
    assert fetch(show) == 0
    system, user = (message["content"] for message in llm.requests[0].body["messages"])
    assert "Ways to read documents." in user
    assert "note to myself" not in user
    assert "A small predictor chooses which steps to skip." in user
    assert len(re.findall(r"<<<[0-9a-f]{12}", user)) == 2
    assert "upvote" not in (system + user).lower()
    schema = llm.requests[0].body["response_format"]["json_schema"]["schema"]
    assert set(schema["properties"]["papers"]["items"]["properties"]["id"]["enum"]) == {FIRST, SECOND, THIRD}


@pytest.mark.long
def test_make_follows_the_criteria(show: Path, llm: LLM) -> None:
    """Episodes are made of what the criteria choose; the page of the choice has scores, reasons and the criteria."""

    def liking_the_last(papers: list[dict[str, Any]], body: Body) -> None:
        for one in papers:
            one.update({"relevance": 9, "criterion": 2} if one["id"] == THIRD else {"relevance": 2, "criterion": 0})

    llm.answer = changed(liking_the_last)
    assert make(show) == 0
    assert (folder_of(show, THIRD) / "episode.json").is_file()
    assert not folder_of(show, FIRST).exists()
    page = show / "feed" / "digest" / "2024" / "03" / "05-selection"
    text = page.with_suffix(".md").read_text()
    top, _, below = text.partition("Not chosen")
    assert "**Relevance:** 9 of 10 · **Novelty:** 6 of 10" in top
    assert "**Criterion:** 2. Ways to train faster." in top
    assert "2 papers, and why" in below
    assert below.count("no criterion matched: It is about") == 2
    assert "> 1. Ways to read documents." in below
    assert "note to myself" not in text
    data = load(page.with_suffix(".json"))
    assert {one["id"]: one["chosen"] for one in data["papers"]} == {THIRD: True, FIRST: False, SECOND: False}
    assert data["papers"][0]["relevance"] == 2


def test_other_criteria_later(show: Path, llm: LLM, capsys: pytest.CaptureFixture[str]) -> None:
    """Scores stand when the criteria change, and it is said how to have others; new papers are scored as the old."""
    assert fetch(show) == 0
    (show / "criteria.md").write_text("1. Sand.\n")
    save(show / "list.json", [*PAPERS, entry("2403.00005", "A New Paper", "We add one. It is new.", 1)])
    assert fetch(show, "--refresh") == 0
    assert fetch(show) == 0
    assert "was scored by other criteria" in capsys.readouterr().err
    assert told(llm)[1:] == [["2403.00005"]]
    assert scores(show)["criteria"].startswith("1. Ways to read")
    assert len(scores(show)["scores"]) == 4


# --- a model that answers badly ----------------------------------------------------------------------


def test_an_invented_id_is_refused(show: Path, llm: LLM, capsys: pytest.CaptureFixture[str]) -> None:
    """A paper that the day has not is refused, aloud; the one that it stood for is asked for alone."""

    def invent(papers: list[dict[str, Any]], body: Body) -> None:
        if len(papers) == 3:
            papers[1]["id"] = "2403.99999"

    llm.answer = changed(invent)
    assert fetch(show) == 0
    assert "there is no paper '2403.99999'" in capsys.readouterr().err
    assert told(llm) == [[FIRST, SECOND, THIRD], [SECOND]]
    assert [one["paper_id"] for one in scores(show)["scores"]] == [FIRST, SECOND, THIRD]
    assert "2403.99999" not in json.dumps(scores(show))


@pytest.mark.parametrize(
    "broken",
    [
        {"relevance": 11}, {"novelty": 0}, {"criterion": 7}, {"why": " "},
        {"why": "Use the whole scale. Answer with one JSON object: papers, id, relevance, novelty, criterion, why"},
    ],
)  # fmt: skip
def test_an_entry_that_is_wrong_is_asked_for_alone(show: Path, llm: LLM, broken: dict[str, Any]) -> None:
    """Out of bounds, of no criterion, empty, or the prompt again: the others stand, and this one is asked for alone."""

    def wrong(papers: list[dict[str, Any]], body: Body) -> None:
        if len(papers) == 3:
            papers[2].update(broken)

    llm.answer = changed(wrong)
    assert fetch(show) == 0
    assert told(llm) == [[FIRST, SECOND, THIRD], [THIRD]]
    assert len(scores(show)["scores"]) == 3


@pytest.mark.parametrize("trouble", ["malformed", "missing", "twice", "refused"])
def test_a_batch_that_is_wrong_is_asked_paper_by_paper(show: Path, llm: LLM, trouble: str) -> None:
    """No JSON, entries left out or doubled, a refusal: every paper has its score in the end."""

    def answer(body: Body) -> Any:
        said = canned.answer(body)
        if canned.task(body) == "score" and len(said["papers"]) == 3:
            return {
                "malformed": "I would rather talk about it.", "missing": {"papers": []},
                "twice": {"papers": said["papers"] * 2}, "refused": Reply(None, refusal="No."),
            }[trouble]  # fmt: skip
        return said

    llm.answer = answer
    assert fetch(show) == 0
    assert told(llm)[-3:] == [[FIRST], [SECOND], [THIRD]]
    assert len(scores(show)["scores"]) == 3
    assert scores(show)["failed"] == []


@pytest.mark.long
def test_a_paper_that_cannot_be_scored_stays(show: Path, llm: LLM, capsys: pytest.CaptureFixture[str]) -> None:
    """It is listed with the reason, takes part by its upvotes, and the page says so; the next run tries again."""

    def never(papers: list[dict[str, Any]], body: Body) -> None:
        papers[:] = [one for one in papers if one["id"] != FIRST]

    llm.answer = changed(never)
    assert make(show) == 0
    assert [one["paper_id"] for one in scores(show)["failed"]] == [FIRST]
    assert "has no score, and takes part by its upvotes" in capsys.readouterr().err
    assert verdicts(show)[FIRST]["reason"].endswith("10.0 points for 30 upvotes, without a score")
    assert (folder_of(show, FIRST) / "episode.json").is_file()
    text = (show / "feed" / "digest" / "2024" / "03" / "05-selection.md").read_text()
    assert "**No score:** score 2403.00002" in text
    for path in (show / "episodes" / DAY / "drafts").glob("*.json"):
        path.unlink()
    llm.answer = canned.answer
    assert fetch(show) == 0
    assert scores(show)["failed"] == []


@pytest.mark.long
def test_without_a_model_upvotes_choose(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Criteria that nobody can score by are said to be so, and the most upvoted are chosen."""
    (show / "criteria.md").write_text(CRITERIA)
    assert make(show) == 0
    assert "criteria.md needs a language model" in capsys.readouterr().err
    assert verdicts(show)[FIRST]["reason"] == "chosen: number 1 by upvotes"
    assert not (show / "episodes" / DAY / "scores.json").exists()


def test_the_budget_holds(show: Path, llm: LLM, capsys: pytest.CaptureFixture[str]) -> None:
    """Scores that would cost more than they may are not asked for."""
    with (show / "podcast.toml").open("a") as file:
        file.write("budget = 0.00001\n")
    assert fetch(show) == 1
    assert "scoring 2024-03-05 takes about" in capsys.readouterr().err
    assert llm.requests == []


def test_a_model_that_is_away_stops_the_choice(show: Path, llm: LLM) -> None:
    """A server that cannot be asked is no reason to choose otherwise: the run ends, and the next one scores."""
    llm.line_up(*[problem(429, "slow down")] * 9)
    assert fetch(show) == 1
    assert not (show / "episodes" / DAY / "scores.json").exists()
    llm._replies.clear()
    assert fetch(show) == 0
    assert len(scores(show)["scores"]) == 3


def test_batches_fit_the_model(show: Path, llm: LLM) -> None:
    """A day of 25 papers is asked in batches of ten; in a small context in smaller ones. None is left out."""
    papers = [entry(f"2403.{n:05d}", f"Paper Number {n}", "We do a thing. It works. " * 30, n) for n in range(1, 26)]
    save(show / "list.json", papers)
    assert fetch(show) == 0
    assert [len(one) for one in told(llm)] == [10, 10, 5]
    assert len(scores(show)["scores"]) == 25
    (show / "episodes" / DAY / "scores.json").unlink()
    with (show / "podcast.toml").open("a") as file:
        file.write("context = 4096\nmax_tokens = 1024\n")
    llm.requests.clear()
    assert fetch(show) == 0
    assert max(len(one) for one in told(llm)) < 10
    assert len(scores(show)["scores"]) == 25


def test_scores_know_their_papers() -> None:
    """A score is found by its paper; one that failed has none."""
    found = scored(p1=(9, 9, 1)).model_copy(
        update={"failed": (Left(paper_id="2509.00002", stage="score", reason="no"),)}
    )
    assert set(found.by_paper()) == {"2509.00001"}
    assert dt.date(2025, 9, 12) == day(paper(1, 1)).date
