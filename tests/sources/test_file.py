"""Days from files: every well-formed one is read, a malformed one is refused with its place."""

import copy
import datetime as dt
import json
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import DAY, PAPERS, SHARED, by_night, entry, load, podcast, save
from hypothesis import given
from hypothesis import strategies as st

from podcast import sources, writers
from podcast.grounding import check
from podcast.show.config import Config
from podcast.show.errors import NoPapers, SourceError
from podcast.show.schema import Day
from podcast.sources.file import FileSource, parse_day
from podcast.writers import Assignment
from podcast.writers.extractive import Extractive

DATE = dt.date.fromisoformat(DAY)
READ_AT = dt.datetime(2024, 3, 5, 12, tzinfo=dt.UTC)
REAL = SHARED / "data" / "hf"


def day_of(answer: object) -> Day:
    return parse_day(answer, DATE, READ_AT, "file", "list.json")


def test_papers_stand_in_order_of_votes_then_id() -> None:
    """Rank 1 has the most upvotes; of equals the smaller id comes first."""
    answer = [entry("2403.00009", "B", "x", 5), entry("2403.00001", "A", "x", 5), entry("2403.00005", "C", "x", 50)]
    assert [(p.rank, p.id) for p in day_of(answer).papers] == [(1, "2403.00005"), (2, "2403.00001"), (3, "2403.00009")]


def test_text_is_cleaned_at_the_border() -> None:
    """Line breaks, control characters and TeX escapes are gone; hidden authors are left out."""
    (paper,) = day_of([
        entry("2403.00001", "Two\n  lines", "Gains 7.2\\% of 131{,}072\x0b tokens.", 1,
              authors=[{"name": "Seen"}, {"name": "Unseen", "hidden": True}])
    ]).papers  # fmt: skip
    assert (paper.title, paper.summary, paper.authors) == ("Two lines", "Gains 7.2% of 131,072 tokens.", ("Seen",))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda e: e.pop("paper"), "entry 2.paper is nothing"),
        (lambda e: e["paper"].update(id="../../etc"), "entry 2.paper.id"),
        (lambda e: e["paper"].update(upvotes=-1), "entry 2.paper.upvotes"),
        (lambda e: e["paper"].update(upvotes=None), "entry 2.paper.upvotes"),
        (lambda e: e["paper"].update(publishedAt="yesterday"), "entry 2.paper.publishedAt"),
        (lambda e: e["paper"].update(title="  "), "entry 2.paper.title"),
        (lambda e: e["paper"].update(authors="Somebody"), "entry 2.paper.authors is a text"),
        (lambda e: e.update(numComments="many"), "entry 2.numComments"),
    ],
)
def test_a_broken_entry_is_named(change, told: str) -> None:  # type: ignore[no-untyped-def]
    """The error names the entry and the field that is not as it should be."""
    answer = copy.deepcopy(PAPERS)
    change(answer[1])
    with pytest.raises(SourceError) as caught:
        day_of(answer)
    assert told in str(caught.value)


def test_a_paper_that_stands_twice_is_one() -> None:
    """Of two entries with one id the one with more upvotes counts: they are one episode."""
    twice = copy.deepcopy(PAPERS[0])
    twice["paper"]["upvotes"] = 14  # type: ignore[index]
    assert [paper.upvotes for paper in day_of([PAPERS[0], twice, PAPERS[0]]).papers] == [14]


def test_an_empty_day_is_no_failure(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`[]` is a day without papers: said, and exit 0."""
    save(show / "list.json", [])
    assert podcast(show, "make", DAY, "--papers", str(show / "list.json")) == 0
    assert "has no papers" in capsys.readouterr().err
    with pytest.raises(NoPapers):
        day_of([])


@pytest.mark.long
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_any_json_is_a_day_or_a_source_error(answer: object) -> None:
    """No answer, however odd, ends in anything but a day or an error that says what is wrong."""
    with suppress(SourceError):
        assert day_of(answer).papers


def test_the_built_in_day_is_whole() -> None:
    """Three papers with authors and category; documents of at least 40 sentences in at least 6 sections."""
    day = sources.demo().day(sources.DEMO_DAY)
    assert len(day.papers) == 3
    for paper in day.papers:
        document = sources.demo().document(paper)
        assert document.paper_id == paper.id
        assert len(document.sentences()) >= 40
        assert len(document.sections) >= 6
        assert paper.authors
        assert paper.category


@pytest.mark.long
@pytest.mark.skipif(not REAL.is_dir(), reason="the folder of real answers is not beside this checkout")
@pytest.mark.parametrize("path", by_night(sorted(REAL.glob("api-[du]*.json")), 2), ids=lambda path: path.stem)
def test_every_well_formed_real_day_can_be_written(path: Path, tmp_path: Path) -> None:
    """Each real answer is a day, and each paper of it gets a script of both hosts whose every figure is grounded."""
    source, config = FileSource(path), Config()
    day = source.day(DATE)
    assert len(day.papers) == len(json.loads(path.read_bytes()))
    writer: writers.Writer = Extractive(config.writer, config.show, config.hosts, tmp_path)
    for paper in day.papers:
        document = source.document(paper)
        assignment = Assignment(paper, document, tmp_path)
        brief = writer.brief(assignment)
        script = writer.script(assignment, brief)
        check(script, brief, document, paper, config.show, config.hosts)
        assert {line.host for line in script.lines} == {"A", "B"}
        assert max(len(line.text.split()) for line in script.lines) <= 75


@pytest.mark.skipif(not REAL.is_dir(), reason="the folder of real answers is not beside this checkout")
def test_the_malformed_real_day_is_refused() -> None:
    """The error names the first entry that is no entry."""
    with pytest.raises(SourceError, match="entry 1 is a text"):
        FileSource(REAL / "api-malformed-2025-01-10.json").day(DATE)


def test_fetch_freezes_the_day(show: Path) -> None:
    """papers.json holds all papers in rank order, with the time the votes were read: when the file was saved."""
    assert podcast(show, "fetch", DAY, "--papers", str(show / "list.json")) == 0
    day = load(show / "episodes" / DAY / "papers.json")
    assert [paper["upvotes"] for paper in day["papers"]] == [30, 12, 3]
    assert day["read_at"] == "2024-03-05T12:00:00Z"


@pytest.mark.parametrize(
    "command",
    [
        ("make", "2024-03-05", "2024-03-06"), ("make", "2024-03-05..2024-03-06"), ("make", "--week", "2024-W10"),
        ("fetch", "2024-03-05..2024-03-06"), ("read", "2024-03-05..2024-03-06"), ("digest", "--month", "2024-03"),
    ],
)  # fmt: skip
def test_one_list_is_not_that_of_several_days(
    show: Path, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """Where several days are named, or a period, the file is none of them's, and nothing is begun."""
    assert podcast(show, *command, "--papers", str(show / "list.json")) == 2
    assert "is the list of one day, and " in " ".join(capsys.readouterr().err.split())
    assert not (show / "episodes").exists()


def test_a_frozen_day_leaves_no_list_in_silence(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that lists a frozen day otherwise is an error, with what has it read; a file that says the same is none,
    whenever it was saved."""
    with_file = (DAY, "--papers", str(show / "list.json"))
    assert podcast(show, "fetch", *with_file) == 0
    save(show / "list.json", PAPERS)
    assert podcast(show, "fetch", *with_file) == 0
    mended = [*PAPERS[1:], entry("2403.00001", "Small Steps Suffice", "We skip 50% of the steps.", 12)]
    more = [*PAPERS, entry("2403.00009", "Fourth", "One more.", 1)]
    for command, listed in (("fetch", PAPERS[1:]), ("make", more), ("digest", mended), ("read", [])):
        save(show / "list.json", listed)
        capsys.readouterr()
        assert podcast(show, command, *with_file) == 1
        told = " ".join(capsys.readouterr().err.split())
        assert f"{DAY} is frozen, and {show}/list.json lists it otherwise" in told
        assert f" fetch {DAY} --papers {show}/list.json --refresh" in told
    save(show / "list.json", mended)
    assert podcast(show, "fetch", *with_file, "--refresh") == 0
    assert podcast(show, "read", *with_file) == 0


def test_a_document_beside_the_list_is_read(show: Path) -> None:
    """ID.json beside the list is that paper's full text, and the brief points into it."""
    sections = [
        {"title": f"Section {n}", "sentences": [f"Part {n}: language models read a document, and a second pass helps."]}
        for n in range(4)
    ]
    save(show / "2403.00002.json", {"paper_id": "2403.00002", "source": "mine", "sections": sections})
    podcast(show, "fetch", DAY, "--papers", str(show / "list.json"))
    assert podcast(show, "read", DAY, "--papers", str(show / "list.json"), "--top", "1") == 0
    document = load(show / "episodes" / DAY / "2403.00002" / "document.json")
    assert document["source"] == "mine"


@pytest.mark.parametrize(
    "wrong",
    [
        {"paper_id": "2403.00001"},
        {"sections": [{"title": "Baking", "sentences": ["Bread rises by yeast, in a warm kitchen."] * 40}]},
        {
            "sections": [
                {"title": "Abstract", "sentences": [PAPERS[1]["paper"]["summary"]]},  # type: ignore[index]
                {"title": "How to get this text", "sentences": ["Install the reader, then open this address."] * 40},
            ]
        },
    ],
    ids=["another's", "about another thing", "instructions behind the abstract"],
)
def test_a_wrong_document_beside_the_list_is_left(
    show: Path, wrong: dict[str, object], capsys: pytest.CaptureFixture[str]
) -> None:
    """What is not the paper's text by title and abstract is named, and the paper is read from its abstract, as status
    says, with the reason."""
    right = [{"title": "Text", "sentences": ["Language models read a document twice, and a second pass helps recall."]}]
    save(show / "2403.00002.json", {"paper_id": "2403.00002", "source": "mine", "sections": right} | wrong)
    podcast(show, "fetch", DAY, "--papers", str(show / "list.json"))
    assert podcast(show, "read", "2403.00002", "--papers", str(show / "list.json")) == 0
    assert "2403.00002.json is left" in capsys.readouterr().err
    assert load(show / "episodes" / DAY / "2403.00002" / "document.json")["source"] == "abstract"
    assert podcast(show, "status", "--json") == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row["note"].startswith("read from the abstract only: 2403.00002.json is left")
    assert row["note"].endswith("podcast read 2403.00002 --again")
