"""The same code over real answers of the services, where the folder with them is."""

import datetime as dt
import json
import re
from itertools import pairwise
from pathlib import Path

import canned
import pytest
from conftest import DAY, SHARED, by_night, entry, folder_of, load, podcast, save
from llm import Reply, running

from podcast import grounding
from podcast.show.config import Config
from podcast.show.errors import SourceError
from podcast.show.schema import Document, Paper
from podcast.show.settings import Host, ShowSettings
from podcast.sources import latexml
from podcast.sources.arxiv import parse_feed
from podcast.sources.listing import parse_day, parse_json
from podcast.sources.text import abstract_document
from podcast.writers import Assignment, dialogue, frames, glossary, standing
from podcast.writers.extractive import Extractive

DATA = SHARED / "data"
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


@pytest.mark.long
@pytest.mark.parametrize("path", by_night(sorted(DATA.glob("hf/api-[du]*.json")), 2), ids=lambda path: path.stem)
def test_every_day_has_a_digest(show: Path, path: Path) -> None:
    """Every paper of a real day stands in each report, once, in a table of three columns, with anchors that resolve."""
    date = path.stem[-10:]
    assert podcast(show, "digest", date, "--top", "99", "--papers", str(path)) == 0
    folder = show / "feed" / "digest" / date[:4] / date[5:7]
    ids = [one["paper"]["id"] for one in parse_json(path.read_bytes(), path.name)]  # type: ignore[attr-defined]
    for name in ("", "-categories", "-selection"):
        page = (folder / f"{date[8:]}{name}.html").read_text()
        assert sorted(re.findall(r'id="paper-([0-9.]+)"', page)) == sorted(ids)
        assert set(re.findall(r'href="#([^"]+)"', page)) - {"main"} <= set(re.findall(r'id="([^"]+)"', page))
    rows = re.findall(r"<tr>(.*?)</tr>", (folder / f"{date[8:]}-table.html").read_text(), re.DOTALL)
    assert [row.count("<td") for row in rows[1:]] == [3] * len(ids)
    for row in rows[1:]:
        said = re.sub(r"<[^>]+>", "", re.sub(r"<em>.*?</em>", "", row.rpartition("<td>")[2]))
        assert 1 <= len(re.findall(r"[.!?](?=\s|$)", said)) <= 7
    stars = {one["paper"]["id"]: one["paper"].get("githubStars") for one in parse_json(path.read_bytes(), path.name)}  # type: ignore[attr-defined]
    text = (folder / f"{date[8:]}-categories.jsonl").read_text().splitlines()
    assert {one["id"]: one.get("stars") for one in map(json.loads, text)} == stars


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
    from podcast.show.settings import SourcesSettings
    from podcast.show.workspace import Workspace
    from podcast.sources.huggingface import HuggingFace

    source = HuggingFace(SourcesSettings(), Workspace(Path("/nowhere")))
    date = dt.date(2026, 7, 28)
    page = source._parse_page((DATA / "hf" / "listing-2026-07-28.html").read_bytes(), date, NOW)
    listed = parse_day(
        parse_json((DATA / "hf" / "api-date-2026-07-28.json").read_bytes(), "api"), date, NOW, "x", "api"
    )
    by_id = {paper.id: paper for paper in listed.papers}
    assert len(page.papers) == 8
    assert all(paper.model_copy(update={"rank": by_id[paper.id].rank}) == by_id[paper.id] for paper in page.papers)


# --- a real paper through the language model's writer, with each thing that can go wrong --------------

REAL = "2310.06825"
TROUBLES = {
    "none": ([], 0, ""),
    "rate limit": ([Reply(status=429, headers={"Retry-After": "1"}, error={"message": "slow down"})], 0, ""),
    "server error": ([Reply(status=500, error={"message": "oops"})], 0, ""),
    "cut body": ([Reply("{}", cut=True)], 0, ""),
    "prose around": ("around", 0, ""),
    "code fence": ("fence", 0, ""),
    "no json_schema": ("refused", 0, ""),
    "thoughts first": ("thoughts", 0, ""),
    "cut by length": ([Reply('{"claims": [{"fi', finish_reason="length")], 0, ""),
    "no JSON": (["I would rather talk about it."], 0, ""),
    "bad key": ([Reply(status=401, error={"message": "bad key", "code": "invalid_api_key"})], 1, "OPENAI_API_KEY"),
    "no money": ([Reply(status=429, error={"message": "quota", "code": "insufficient_quota"})], 1, "quota"),
    "refusal": ([Reply(None, refusal="I cannot help with that.")], 1, "I cannot help with that."),
    "web page": ([Reply(html=True)] * 2, 1, "base_url"),
    "truncated prompt": ([Reply("{}", usage={"prompt_tokens": 900, "completion_tokens": 2})], 1, "context in [writer]"),
}


@pytest.mark.long
@pytest.mark.parametrize("stream", by_night([False, True]), ids=["plain", "streamed"])
@pytest.mark.parametrize("trouble", by_night(TROUBLES, 6))
def test_a_real_paper_is_read_and_written(
    show: Path, trouble: str, stream: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """What passes leaves a brief and a script; what does not says why, and the next run completes."""
    what, code, message = TROUBLES[trouble]
    document = latexml.read(REAL, (DATA / "latexml" / f"{REAL}.html").read_bytes())
    (show / f"{REAL}.json").write_text(document.model_dump_json())
    save(show / "list.json", [entry(REAL, "Mistral 7B", "We introduce Mistral 7B.", 9)])
    with running(canned.answer) as llm:
        text = (show / "podcast.toml").read_text().partition("[writer]")[0]
        lines = ("minutes = 3.0", "retries = 1", 'model = "tiny"', f"stream = {str(stream).lower()}")
        (show / "podcast.toml").write_text(f'{text}[writer]\nbase_url = "{llm.base_url}"\n' + "\n".join(lines) + "\n")
        if what == "refused":
            llm.refused = {"json_schema"}
        elif isinstance(what, str):
            dressed = {
                "around": {"around": ("Sure! Here it is: ", " I hope that helps {you}.")}, "fence": {"fence": True},
                "thoughts": {"around": ('<think>Is it {"a": 1}?</think>', "")},
            }[what]  # fmt: skip
            llm.answer = lambda body: Reply(canned.answer(body), **dressed)  # type: ignore[arg-type]
        else:
            llm.line_up(*what)
        assert podcast(show, "fetch", DAY, "--papers", str(show / "list.json")) == 0
        assert podcast(show, "read", REAL, "--papers", str(show / "list.json")) == code
        assert message in capsys.readouterr().err
        folder = folder_of(show, REAL)
        paid = [path.read_bytes() for path in (folder / "drafts").glob("*.json")]
        if trouble in ("cut by length", "no JSON", "refusal", "web page", "truncated prompt"):
            assert paid
        if code:
            for path in (folder / "drafts").glob("*.json"):  # as the hint says
                path.unlink()
            assert podcast(show, "read", REAL, "--papers", str(show / "list.json")) == 0
        assert podcast(show, "write", REAL) == 0
        script = load(folder / "script.json")
        assert 0.8 * 450 <= sum(len(line["text"].split()) for line in script["lines"]) <= 1.2 * 450
        assert {path.split(".")[0] for line in script["lines"] for path in line["claims"]} >= {"idea", "experiments"}


DAYS = sorted(DATA.glob("hf/api-[du]*.json"), key=lambda path: path.stat().st_size)


@pytest.mark.parametrize("path", by_night(DAYS, 2))
def test_every_abstract_is_heard_whole(path: Path) -> None:
    """Of each real abstract the script stands alone, is grounded, short, and mostly the paper's own words."""
    date = dt.date.fromisoformat(path.stem[-10:])
    day = parse_day(parse_json(path.read_bytes(), path.name), date, NOW, "x", path.name)
    for paper in day.papers:
        heard(paper, abstract_document(paper))


@pytest.mark.long
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_full_text_is_heard_whole(path: Path) -> None:
    """The same holds of real full texts."""
    paper = Paper(
        id=path.stem, title="A paper", published_at=NOW, listed_on=NOW.date(), upvotes=3, upvotes_read_at=NOW, rank=1
    )
    heard(paper, latexml.read(path.stem, path.read_bytes()))


def heard(paper: Paper, document: Document) -> None:
    """Assert what must hold of a script that the extractive writer makes of any paper."""
    show = Config()
    writer = Extractive(show.writer, show.show, show.hosts, Path("/nowhere"))
    assignment = Assignment(paper, document, Path("/nowhere"))
    brief = writer.brief(assignment)
    script = writer.script(assignment, brief)
    grounding.check(script, brief, document, paper, show.show, show.hosts)
    questions = {entry.question: entry for entry in glossary.load()}
    read = [line for line in script.lines if line.claims and not line.kind]
    words = sum(len(line.text.split()) for line in script.lines)
    assert read
    assert dialogue.frame_share(script.lines) <= 0.25
    assert words <= (400 if dialogue.of_abstract(document) else 1400)
    assert len({line.text for line in script.lines}) == len(script.lines)
    assert "names no limitation" not in " ".join(line.text for line in script.lines)
    for past, line in pairwise((None, *script.lines)):
        if line in read and standing.points(line.text):  # "they" are the authors, of whom the line before speaks
            assert line.text.startswith(("They ", "Their ")), line.text
            assert re.search(r"\b[Tt]h(?:e authors|ey|eir)\b", past.text if past else ""), line.text
    for line in read:
        assert len(line.text.split()) <= 60
        assert not re.search(r"(?::|challenges|following|not only|(?<!for )both)\.?$", line.text), line.text
    by_text = {frame.text: frame for frame in frames.all_frames()}
    before = ""
    for line, after in pairwise(script.lines):
        if line.text in questions:
            assert after.text == questions[line.text].answer
        elif line.text in by_text:
            assert by_text[line.text].fits(after.text, before), (line.text, after.text)
            assert after.claims
        else:
            assert not line.text.endswith("?"), line.text
        before = line.text if line.claims and not line.kind else before


# --- what a line says stands in the paper -------------------------------------------------------------

DAYS = sorted(DATA.glob("hf/api-[du]*.json"))
HOSTS = (Host(key="A", name="Maya"), Host(key="B", name="Tom"))
LEAKING = ("It gets {} percent.", "It is {} points better.", "It is {} times faster.", "It has {} layers.",
           "They trained it on {} GPUs.", "It needs {} of them.")  # fmt: skip


def _papers(path: Path) -> tuple[Paper, ...]:
    return parse_day(
        parse_json(path.read_bytes(), path.name), dt.date.fromisoformat(path.stem[-10:]), NOW, "huggingface", path.name
    ).papers


@pytest.mark.long
@pytest.mark.parametrize("path", by_night(DAYS), ids=lambda path: path.stem)
def test_votes_dates_and_ids_ground_nothing_else(path: Path) -> None:
    """No number from 2 to 40 and no thousand is a percentage, a multiple, points or a count for the entry's sake."""
    numbers = [*range(2, 41), *range(1000, 13_000, 1000), 15_000, 20_000, 30_000, 50_000, 100_000]
    for paper in _papers(path):
        known = grounding.known_of(paper, abstract_document(paper), ShowSettings(), HOSTS)
        titled = {figure.value for figure in grounding.figures(paper.title)}
        for number in (number for number in numbers if number not in titled):
            for line in (form.format(f"{number:,}") for form in LEAKING):
                found = grounding.findings(line, (), known=known)
                assert any(one.figure and one.grade == "refused" for one in found), (paper.id, line)


@pytest.mark.soak
def test_few_numbers_are_sums_by_chance() -> None:
    """Against a whole abstract at once, a number that stands nowhere in it passes in under one line of a hundred."""
    tried = passed = 0
    for path in DAYS:
        for paper in _papers(path):
            sentences = abstract_document(paper).sentences()
            stands = {figure.value for text in (paper.title, *sentences) for figure in grounding.figures(text)}
            for number in (number for number in (7, 13, 19, 26, 37, 3000) if number not in stands):
                for form in LEAKING:
                    tried += 1
                    passed += not grounding.findings(form.format(f"{number:,}"), sentences)
    assert tried > 5000
    assert passed / tried < 0.01


@pytest.mark.soak
def test_no_real_sentence_is_refused_against_itself() -> None:
    """Whoever reads a sentence of a paper aloud, led in by a phrase, is right; and hardly ever doubted."""
    texts = [abstract_document(paper).sentences() for path in DAYS for paper in _papers(path)]
    texts += [latexml.read(path.stem, path.read_bytes()).sentences() for path in PAGES]
    texts += [[json.loads(line)["text"]] for line in (DATA / "speech" / "sentences.jsonl").read_text().splitlines()]
    count, doubted = 0, 0
    for sentences in texts:
        for sentence in sentences:
            found = grounding.findings("What I wrote down here: " + sentence, [sentence])
            assert not [one for one in found if one.grade == "refused"], sentence
            count += 1
            doubted += bool(found)
    assert count > 2382
    assert doubted <= 0.01 * count
