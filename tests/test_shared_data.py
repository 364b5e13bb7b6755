"""The same code over real answers of the services, where the folder with them is."""

import datetime as dt
import re
from pathlib import Path

import pytest

from podcast.errors import SourceError
from podcast.sources import latexml
from podcast.sources.arxiv import parse_feed
from podcast.sources.listing import parse_day, parse_json

DATA = Path(__file__).parents[2] / "shared" / "data"
NOW = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"{DATA} is not here: real answers are not ours to ship")

FAILED = ("failed-conversion", "empty-untitled")
PAGES = [path for path in sorted(DATA.glob("latexml/*.html")) if path.stem not in FAILED]


@pytest.mark.parametrize("path", sorted(DATA.glob("hf/api-[du]*.json")), ids=lambda path: path.stem)
def test_every_day_parses(path: Path) -> None:
    """Every answer of the API is a day with all its papers, in rank order."""
    date = dt.date.fromisoformat(path.stem[-10:])
    answer = parse_json(path.read_bytes(), path.name)
    assert isinstance(answer, list)
    day = parse_day(answer, date, NOW, "huggingface", path.name)
    assert len(day.papers) == len(answer)
    assert [paper.rank for paper in day.papers] == list(range(1, len(answer) + 1))
    assert all(paper.summary and paper.authors for paper in day.papers)
    mangled = re.compile(r"\d(?:times|sim)\b|\bsim\d|\^circ|\\%|\{[.,]\}")
    assert not [paper.id for paper in day.papers if mangled.search(paper.summary)]


def test_malformed_answer_names_the_place() -> None:
    """The answer that somebody saved as texts inside a list is refused, naming its first entry."""
    path = DATA / "hf" / "api-malformed-2025-01-10.json"
    with pytest.raises(SourceError, match=r"data: entry 1 is a text"):
        parse_day(parse_json(path.read_bytes(), path.name), dt.date(2025, 1, 10), NOW, "file", path.name)


@pytest.mark.parametrize("path", sorted(DATA.glob("arxiv/*.xml")), ids=lambda path: path.stem)
def test_every_feed_parses(path: Path) -> None:
    """Every Atom feed is read: the entries of ids it was asked for, and of an error or an empty feed none."""
    data = path.read_bytes()
    ids = re.findall(r"<id>http://arxiv\.org/abs/(\d{4}\.\d{4,5})v\d+</id>", data.decode())
    found = parse_feed(data, ids)
    assert sorted(found) == sorted(set(ids))
    assert all(entry.abstract and entry.category for entry in found.values())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_text_is_sentences(path: Path) -> None:
    """Real pages give sections, formulas once, and sentences that begin and end where sentences do."""
    document = latexml.read(path.stem, path.read_bytes())
    sentences = document.sentences()
    assert len(document.sections) >= 2
    assert len(sentences) > 100
    for sentence in sentences:
        assert not re.search(r"\$([^$]+)\$\s*\$?\1\$?(?![\w}])", sentence), sentence
        assert "<" not in re.sub(r"\$[^$]*\$", "", sentence)
        assert not re.search(r"\(\s*[,;)]|\s[,.;](?!\w)|\[\d+\]", sentence), sentence
        assert not re.search(r"\b(?:Fig|Eq|Sec|e\.g|i\.e|vs)\.$", sentence), sentence
    whole = [sentence for sentence in sentences if re.search(r"[.!?][\"'”’)\]]*$", sentence)]
    begun = [sentence for sentence in sentences if re.match(r"[A-Z0-9$(“\"‘]", sentence)]
    assert len(whole) / len(sentences) > 0.9, "the others are items of lists, captions and formulas without a stop"
    assert len(begun) / len(sentences) > 0.98


@pytest.mark.parametrize("name", FAILED)
def test_failures_are_refused(name: str) -> None:
    """The two failed conversions that were served as pages are refused."""
    with pytest.raises(SourceError, match="failed conversion"):
        latexml.read("2408.11857", (DATA / "latexml" / f"{name}.html").read_bytes())


def test_listing_page() -> None:
    """The island of a real page holds entries that parse as the API's do, and the same papers."""
    from podcast.settings import SourcesSettings
    from podcast.sources.huggingface import HuggingFace
    from podcast.workspace import Workspace

    source = HuggingFace(SourcesSettings(), Workspace(Path("/nowhere")))
    date = dt.date(2026, 7, 28)
    page = source._parse_page((DATA / "hf" / "listing-2026-07-28.html").read_bytes(), date, NOW)
    listed = parse_day(
        parse_json((DATA / "hf" / "api-date-2026-07-28.json").read_bytes(), "api"), date, NOW, "x", "api"
    )
    by_id = {paper.id: paper for paper in listed.papers}
    assert len(page.papers) == 8
    assert all(paper.model_copy(update={"rank": by_id[paper.id].rank}) == by_id[paper.id] for paper in page.papers)
