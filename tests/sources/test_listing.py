"""What Hugging Face lists, right or broken, becomes a day or an error that names the place."""

import copy
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from services import entry, friday

from podcast.show import store
from podcast.show.errors import NoPapers, SourceError
from podcast.show.schema import Day
from podcast.sources.listing import parse_day, parse_json
from podcast.sources.mangled import unmangle
from podcast.sources.text import clean_text

DATE = dt.date(2025, 9, 12)
NOW = dt.datetime(2025, 9, 13, 8, 0, tzinfo=dt.UTC)

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["-", "1,056", "2509.1", "../x"]),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=5), inside, max_size=3),
    max_leaves=6,
)


def parse(answer: object) -> Day:
    return parse_day(answer, DATE, NOW, "huggingface", "the list")


def outcome(data: Callable[[], object]) -> Day | SourceError:
    """Return the day, or the one error that a list may give."""
    try:
        return parse(data())
    except SourceError as error:
        return error


def places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the path of every value inside the value."""
    inside: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        inside = list(value.items())
    elif isinstance(value, list):
        inside = list(enumerate(value))
    return [path, *(deeper for key, item in inside for deeper in places(item, (*path, key)))]


DAY = friday()[:3]
PLACES = places(DAY)


def mutated(path: tuple[str | int, ...], value: object, remove: bool) -> object:
    """Return the day with another value at the path, or with nothing there."""
    answer: Any = copy.deepcopy(DAY)
    if not path:
        return value
    at = answer
    for key in path[:-1]:
        at = at[key]
    if remove:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return answer


@pytest.mark.long
@settings(max_examples=600)
@given(path=st.sampled_from(PLACES), value=JSON, remove=st.booleans())
def test_any_mutation_parses_or_names_the_place(path: tuple[str | int, ...], value: object, remove: bool) -> None:
    """A list with anything anywhere gives a day that holds every entry there is, or an error that names the entry."""
    answer = mutated(path, value, remove)
    entries = answer["data"] if isinstance(answer, dict) and isinstance(answer.get("data"), list) else answer
    found = outcome(lambda: answer)
    if isinstance(found, NoPapers):
        assert entries == []
    elif isinstance(found, SourceError):
        assert "the list" in str(found)
        if path and not remove:
            assert f"entry {int(path[0]) + 1}" in str(found) or "stands twice" in str(found)
    else:
        assert isinstance(entries, list)
        right = {one["paper"]["id"] for at, one in enumerate(entries, 1) if at not in {odd.entry for odd in found.odd}}
        assert {paper.id for paper in found.papers} == right
        assert Day.model_validate_json(store.to_json(found)) == found


@pytest.mark.long
@settings(max_examples=300)
@given(data=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_parse_or_name_the_file(data: bytes) -> None:
    """Bytes that are no list give an error that names where they came from."""
    found = outcome(lambda: parse_json(data, "the list"))
    assert isinstance(found, SourceError)
    assert isinstance(found, NoPapers) or "the list" in str(found)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("id", "2509.1", "paper.id"),
        ("id", "../../etc", "paper.id"),
        ("id", "٢٥٠٩.٠٠٠٠١", "paper.id"),
        ("title", " \n\x00 ", "paper.title"),
        ("upvotes", True, "paper.upvotes is true or false"),
        ("upvotes", -1, "paper.upvotes"),
        ("upvotes", None, "paper.upvotes is nothing"),
        ("publishedAt", 5, "paper.publishedAt is a number"),
        ("publishedAt", "yesterday", "paper.publishedAt"),
        ("publishedAt", "0001-01-01T00:00:00+14:00", "paper.publishedAt"),
        ("authors", [5], "paper.authors: author 1 is a number"),
        ("authors", [{"hidden": False}], "author 1.name is nothing"),
        ("summary", ["x"], "paper.summary is a list"),
        ("numComments", "many", "numComments is a text"),
    ],
)
def test_broken_field_is_named(field: str, value: object, told: str) -> None:
    """A field that an episode needs and that is broken is named, with its entry."""
    with pytest.raises(SourceError) as caught:
        parse([entry(1, 5), entry(2, 4, **{field: value})])
    assert "entry 2" in str(caught.value)
    assert told in str(caught.value)


@pytest.mark.parametrize("field", ["githubRepo", "projectPage", "submittedOnDailyAt", "ai_summary", "organization"])
@pytest.mark.parametrize("value", [None, 5, ["x"], {"a": 1}, "javascript:alert(1)", ""])
def test_optional_fields_may_be_anything(field: str, value: object) -> None:
    """What comes and goes at Hugging Face stops nothing, and nothing but web addresses becomes a link."""
    paper = parse([entry(1, 5, **{field: value})]).papers[0]
    assert paper.id == "2509.00001"
    assert all(link is None or link.startswith("https://") for link in (paper.github_repo, paper.project_page))


def test_control_characters_stop_at_the_border() -> None:
    """Text comes in without control characters, hidden turns of direction and invisible signs."""
    title = "Sort\x1b[31ming\x00 Pebbles\u202e\u200b by\u2028Weight\ud800"
    assert parse([entry(1, 5, title=title)]).papers[0].title == "Sort [31ming Pebbles by Weight"


@settings(max_examples=200)
@given(st.text())
def test_clean_text_is_one_plain_line(text: str) -> None:
    """Whatever comes is one line of printable signs after cleaning, and cleaning it again changes no sign of those."""
    cleaned = clean_text(text)
    assert cleaned == cleaned.strip()
    assert "\n" not in cleaned
    assert not [sign for sign in cleaned if sign < " " or "\x7f" <= sign <= "\x9f" or sign in "\u202e\u200b"]
    cleaned.encode()


def test_paper_that_stands_twice(caplog: pytest.LogCaptureFixture) -> None:
    """Two entries of one paper are one, the one with more upvotes; that is no news but to who asks for all."""
    with caplog.at_level("DEBUG", "podcast"):
        day = parse([entry(1, 5), entry(2, 4), entry(1, 7)])
    assert [(paper.id, paper.upvotes, paper.rank) for paper in day.papers] == [
        ("2509.00001", 7, 1), ("2509.00002", 4, 2),
    ]  # fmt: skip
    assert [record.levelname for record in caplog.records if "stands twice" in record.message] == ["DEBUG"]
    assert not day.odd


ODD: dict[str, dict[str, object]] = {
    "author without a name": {"authors": [{"name": None, "hidden": False}]},
    "no authors": {"authors": None},
    "no upvotes": {"upvotes": None},
    "no date": {"publishedAt": None},
    "no title": {"title": None},
    "no arXiv id": {"id": "not-an-id"},
    "another month": {"id": "25099.1"},
    "votes as text": {"upvotes": "1"},
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_one_odd_entry_costs_itself(odd: dict[str, object]) -> None:
    """The last entry of a day is odd: the others are the day, and it is named with its field."""
    listing = friday()
    listing[-1] = entry(5, 0, **odd)
    day = parse(listing)
    assert [paper.id for paper in day.papers] == [paper.id for paper in parse(listing[:-1]).papers]
    (left,) = day.odd
    (field,) = odd
    assert left.entry == 12
    assert field in left.reason


@pytest.mark.parametrize("place", range(3))
def test_an_odd_entry_that_could_be_chosen_is_missed(place: int) -> None:
    """Of the first three, which are chosen, none is left out; of a show that takes one a day only the first is."""
    listing = friday()
    listing[place] = entry(20, listing[place]["paper"]["upvotes"], title=None)  # type: ignore[index]
    with pytest.raises(SourceError, match=f"entry {place + 1}.paper.title"):
        parse(listing)
    if place:
        assert len(parse_day(listing, DATE, NOW, "huggingface", "the list", 1).papers) == 11


def test_a_list_of_mostly_odd_entries_is_no_day() -> None:
    """Where more entries are odd than not, the service has changed: that is an error."""
    listing = friday()
    for at in range(5, 12):
        listing[at] = entry(at, 0, publishedAt=None)
    with pytest.raises(SourceError, match=r"entry 6\.paper\.publishedAt"):
        parse(listing)


def test_an_odd_entry_that_another_makes_good_is_not_missed() -> None:
    """The day's first paper stands there twice, once without a title: it is there."""
    listing = friday()
    again = entry(int(listing[0]["paper"]["id"][5:]), 120, title=None)  # type: ignore[index]
    assert parse([again, *listing]).papers[0].id == listing[0]["paper"]["id"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("mangled", "readable"),
    [
        ("achieving a sim4times speed-up", "achieving a ~4x speed-up"),
        ("a 30-180times gain (>5times)", "a 30-180x gain (>5x)"),
        ("up to {approx}5{times} more", "up to ~5x more"),
        ("on 224times224 grids", "on 224x224 grids"),
        ("a 360^circ view", "a 360° view"),
        ("an accuracy of 93.5 pm 0.2", "an accuracy of 93.5±0.2"),
        ("better than pi_0", "better than π_0"),
        ("mathcal{O}(n) is textbf{cheap}", "O(n) is cheap"),
        ("at https://x.example/a{https://x.example/a}.", "at https://x.example/a."),
        ("at x.example/a{Pebbles}.", "at Pebbles (x.example/a)."),
        ("x leq 5 and n rightarrow infty", "x ≤ 5 and n → ∞"),
        ("three times, simply, similar, timestep, at 5 times the cost, approximately", None),
        ("a sim with beta testers, pin 3, mu of the chip", None),
    ],
)
def test_unmangle(mangled: str, readable: str | None) -> None:
    """Names of TeX's commands become the signs they stand for; English stays as it is."""
    assert unmangle(mangled) == (readable or mangled)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "x " * 1_100), ("title", "x" * 1_001), ("summary", "A word. " * 2_600), ("summary", "y" * 300_000),
        ("authors", [{"name": "n" * 1_001}]), ("authors", [{"name": "A Name"}] * 40_000),
    ],
)  # fmt: skip
def test_a_paper_that_is_too_long_is_left_out_and_named(
    field: str, value: object, caplog: pytest.LogCaptureFixture
) -> None:
    """One megabyte of title holds up nobody: the others are there, in their order, and the entry is said."""
    listing = friday()
    paper = listing[1]["paper"]
    paper[field] = value
    with caplog.at_level("WARNING", "podcast"):
        day = parse(listing)
    assert {one.id for one in day.papers} == {each["paper"]["id"] for each in listing} - {paper["id"]}
    assert [one.rank for one in day.papers] == list(range(1, len(listing)))
    assert paper["id"] in caplog.text
    assert field in caplog.text


def test_a_list_of_nothing_but_too_long_papers_is_an_error() -> None:
    """It is not taken for a day without papers."""
    listing = friday()[:1]
    listing[0]["paper"]["title"] = "x" * 3_000
    with pytest.raises(SourceError, match="longer") as caught:
        parse(listing)
    assert not isinstance(caught.value, NoPapers)
