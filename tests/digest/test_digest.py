"""The day in text, through the front door: what stands in each report, what is left out, and what is said of it."""

import datetime as dt
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import canned
import pytest
import requests
from conftest import DAY, PAPERS, TESTS, Hook, by_night, entry, folder_of, load, make, podcast, save, tree
from llm import LLM, Body, Reply, running
from lxml import etree
from markdown_it import MarkdownIt

from podcast import digest as reports
from podcast.check import Rule, whole
from podcast.digest import categories, markup, pages, report, rss, sections, selection, statements, table
from podcast.digest.topics import topic
from podcast.show import config, synthetic
from podcast.show.ledger import Ledger
from podcast.show.schema import Brief, Claim, Day, Digest, Document, Experiments, Method, Paper, Section, Selection
from podcast.show.settings import ShowSettings
from podcast.show.workspace import Workspace

GOLDEN = TESTS / "golden" / "digest"
DEMO = "2025-01-06"
YESTERDAY = dt.datetime.now(dt.UTC).date() - dt.timedelta(days=1)
FIRST, SECOND, THIRD = "2403.00002", "2403.00001", "2403.00003"
FORMATS = {"sections": "05", "table": "05-table", "categories": "05-categories", "selection": "05-selection"}


def digest(show: Path, *options: str, day: str = DAY) -> int:
    return podcast(show, "digest", day, "--papers", str(show / "list.json"), *options)


def place(show: Path, day: str = DAY) -> Path:
    return show / "feed" / "digest" / day[:4] / day[5:7]


def items(feed: bytes) -> list[dict[str, str]]:
    """Return the feed's items, each by its tags' names."""
    root = etree.fromstring(feed)
    assert root.findtext("channel/title")
    assert root.findtext("channel/lastBuildDate")
    return [{etree.QName(tag).localname: str(tag.text) for tag in item} for item in root.findall("channel/item")]


def rendered(path: Path) -> str:
    return str(MarkdownIt("commonmark", {"html": True}).enable("table").render(path.read_text()))


def blocks(text: str) -> dict[str, str]:
    """Return each paper's part of a report by its id."""
    parts = re.split(r'^### <a id="paper-([0-9.]+)"></a>', text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


# --- the built-in day --------------------------------------------------------------------------------


@pytest.mark.long
def test_the_built_in_day(show: Path) -> None:
    """The reports of the built-in day are those that were reviewed; GOLDEN=write puts new ones in their place."""
    (show / "podcast.toml").write_text('[record]\nsynthesizer = "tone"\n[digest]\nkeywords = ["transformer"]\n')
    assert podcast(show, "digest", "--demo") == 0
    reports = (path for path in place(show, DEMO).iterdir() if not path.name.endswith((".html", ".item.json")))
    made = {path.name: path for path in reports}
    if os.environ.get("GOLDEN") == "write":
        shutil.rmtree(GOLDEN, ignore_errors=True)
        GOLDEN.mkdir(parents=True)
        for path in made.values():
            shutil.copy(path, GOLDEN)
    assert sorted(made) == sorted(path.name for path in GOLDEN.iterdir())
    for path in GOLDEN.iterdir():
        assert made[path.name].read_text() == path.read_text(), path.name


def test_a_day_that_stands_is_not_made_again(show: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another command renders only days of which something changed; a file that was lost comes back as it was."""
    assert digest(show) == 0
    before = tree(show / "feed" / "digest")
    with monkeypatch.context() as patched:
        patched.setattr(pages, "of_day", lambda *_: pytest.fail("rendered again"))
        assert digest(show) == 0
    assert tree(show / "feed" / "digest") == before
    (place(show) / "05-table.md").unlink()
    assert digest(show) == 0
    assert tree(show / "feed" / "digest") == before
    brief = folder_of(show, "2403.00002") / "brief.json"
    save(brief, {**load(brief), "tldr": None})
    assert digest(show) == 0
    changed = tree(show / "feed" / "digest")
    assert {path for path in changed if changed[path] != before[path]} > {"2024/03/05.md", "feed.xml"}


def test_what_the_command_prints(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each file written for the day is named on stdout, and is there."""
    assert digest(show, "--format", "table") == 0
    told = capsys.readouterr().out.split()
    assert [Path(line).name for line in told] == ["05-table.md", "05-table.html", "05-table.json"]
    assert all(Path(line).is_file() for line in told)
    assert digest(show, "--format", "all") == 0
    assert len(capsys.readouterr().out.split()) == 12


def test_an_unknown_format_is_a_usage_error(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A format that there is none of is refused, naming those there are."""
    assert digest(show, "--format", "poster") == 2
    assert "sections" in capsys.readouterr().err


# --- pages and links ---------------------------------------------------------------------------------


@pytest.mark.long
def test_every_link_and_anchor_leads_somewhere(show: Path) -> None:
    """In Markdown and HTML alike: an anchor is on the page, a relative address is a file that is there."""
    assert make(show) == 0
    pages = [path for path in (show / "feed" / "digest").rglob("*") if path.suffix in (".md", ".html")]
    assert len(pages) == 10
    for page in pages:
        html = page.read_text() if page.suffix == ".html" else rendered(page)
        names = re.findall(r'\bid="([^"]+)"', html)
        assert len(names) == len(set(names))
        for target in re.findall(r'(?:href|src)="([^"]*)"', html):
            if target.startswith("#"):
                assert target[1:] in names, f"{page.name}: {target}"
            elif not re.match(r"[a-z-]+:", target):  # of the web, of a mail, of an app
                assert (page.parent / target.partition("#")[0]).is_file(), f"{page.name}: {target}"


def test_publish_brings_the_digest_back(made: Path) -> None:
    """After rm -rf feed, publish gives the same bytes; and again writes nothing."""
    before = tree(made / "feed")
    assert any(name.startswith("digest/") for name in before)
    shutil.rmtree(made / "feed")
    assert podcast(made, "publish") == 0
    assert tree(made / "feed") == before


def test_nothing_leads_to_a_page_that_goes(made: Path) -> None:
    """Of an episode that is in the feed no more: when its page is gone, no report has a link to it."""
    shutil.copytree(made / "feed" / "episodes" / f"{DAY}-2403.00002", made / "feed" / "episodes" / f"{DAY}-roundup")
    (made / "feed" / "episodes" / f"{DAY}-roundup" / "item.json").unlink()
    assert podcast(made, "publish") == 0
    assert not (made / "feed" / "episodes" / f"{DAY}-roundup").exists()
    assert not [path for path, data in tree(made / "feed" / "digest").items() if f"{DAY}-roundup/" in data.decode()]


@pytest.mark.long
def test_what_is_withdrawn_is_led_to_no_more(show: Path) -> None:
    """A paper told in another format stays in the digest; the episode that is withdrawn goes, page and link at once."""
    assert make(show, "--format", "brief") == 0
    page = place(show) / "05.html"
    assert f"{DAY}-2403.00002.brief" in page.read_text()
    assert podcast(show, "publish", "--withdraw", "2403.00002.brief") == 0
    assert "Reading Twice" in page.read_text()
    assert f"{DAY}-2403.00002.brief" not in page.read_text()
    assert podcast(show, "publish", "--check") == 0


def test_reports_of_other_bytes_break_a_rule(made: Path) -> None:
    """Of the same size, and told by --check; a record that cannot be read is told, too."""
    table, record = place(made) / "05-table.md", place(made) / "05.item.json"
    table.write_bytes(bytes(table.stat().st_size))
    (found,) = whole.records(made / "feed")
    assert (found.rule, found.where) == (Rule.SUMS, "digest/2024/03/05-table.md")
    record.write_text('{"files": 3}')
    assert [each.where for each in whole.records(made / "feed")] == ["digest/2024/03/05.item.json"]


def test_reports_that_an_earlier_version_made_stand(made: Path) -> None:
    """Only their sizes were kept: they go on where the day cannot be read any more, else are noted with their sums."""
    before, record, day = tree(made / "feed"), place(made) / "05.item.json", made / "episodes" / DAY / "digest.json"
    item, kept = load(record), day.read_bytes()
    assert (item.pop("format"), bool(item.pop("sum")), len(item.pop("papers"))) == (2, True, 2)
    save(record, {**item, "files": {path: file["size"] for path, file in item["files"].items()}})
    day.write_text("{")
    assert podcast(made, "publish") == 1
    assert "05-table.html" in (made / "feed" / "digest" / "index.html").read_text()
    assert not list(whole.records(made / "feed"))
    day.write_bytes(kept)
    save(record, {**load(record), "key": "of an earlier version"})
    assert podcast(made, "publish") == 0
    assert tree(made / "feed") == before


def test_a_host_for_media_stands_in_every_page(made: Path) -> None:
    """Also in those of days that were made before it was set: else browsers would not play from it there."""
    with (made / "podcast.toml").open("a") as file:
        file.write('[publish]\nmedia_base_url = "https://media.example/"\n')
    assert podcast(made, "publish") == 0
    pages = [path for path in (made / "feed").rglob("*.html") if "Content-Security-Policy" in path.read_text()]
    assert place(made) / "05.html" in pages
    assert not [path for path in pages if "https://media.example;" not in path.read_text().partition("media-src")[2]]


def test_make_makes_the_digest_of_its_papers(made: Path) -> None:
    """The papers of the day's digest are those of its episodes, and it took no paper of its own."""
    ids = list(blocks((place(made) / "05.md").read_text()))
    assert sorted(ids) == sorted([FIRST, SECOND])
    assert not folder_of(made, THIRD).exists()
    assert load(made / "episodes" / DAY / "digest.json")["formats"] == [
        "selection", "sections", "categories", "table",
    ]  # fmt: skip


def test_every_file_says_that_ai_made_it(made: Path) -> None:
    """A line in Markdown, pages and RSS, and a field in data, by IPTC's name."""
    assert podcast(made, "publish") == 0
    files = {path: path.read_text() for path in (made / "feed" / "digest").rglob("*") if path.is_file()}
    kinds = {path.suffix for path in files if not path.name.endswith(".item.json")}
    assert kinds == {".md", ".html", ".json", ".jsonl", ".xml"}
    for path, text in files.items():
        assert synthetic.TEXT in text or path.name.endswith(".item.json"), path.name
        if path.suffix == ".jsonl":
            assert all(json.loads(line)[synthetic.FIELD] == synthetic.SOURCE_TYPE for line in text.splitlines())
        elif path.suffix == ".json" and not path.name.endswith(".item.json"):
            assert json.loads(text)[synthetic.FIELD] == synthetic.SOURCE_TYPE


def test_the_feed_of_days(made: Path) -> None:
    """The text feed is RSS with an item a day: its papers, a link to its page, and a guid that stays."""
    data = (made / "feed" / "digest" / "feed.xml").read_bytes()
    (item,) = items(data)
    assert item["link"].endswith("digest/2024/03/05.html")
    assert "Reading Twice" in item["encoded"]
    assert "Small Steps Suffice" in item["encoded"]
    assert parsedate_to_datetime(item["pubDate"]).tzinfo
    assert podcast(made, "publish") == 0
    assert (made / "feed" / "digest" / "feed.xml").read_bytes() == data
    (made / "podcast.toml").write_text((made / "podcast.toml").read_text() + '[publish]\nsite_url = "https://x.org/"\n')
    assert podcast(made, "publish") == 0
    (moved,) = items((made / "feed" / "digest" / "feed.xml").read_bytes())
    assert moved["guid"] == item["guid"]
    assert moved["link"].startswith("https://x.org/digest/")


# --- six sections ------------------------------------------------------------------------------------


def sample(**more: Any) -> report.Entry:
    """Return a paper with a brief of every kind of statement, over a document of two sections."""
    paper = Paper(
        id="2403.00009", title="Sorting", published_at=dt.datetime(2024, 3, 4, tzinfo=dt.UTC), upvotes=3,
        upvotes_read_at=dt.datetime(2024, 3, 5, tzinfo=dt.UTC), listed_on=dt.date(2024, 3, 5), rank=1,
        summary="We sort pebbles.",
    )  # fmt: skip
    document = Document(
        paper_id=paper.id, source="html",
        sections=(
            Section(title="Abstract", sentences=("PRIVATE ONE.", "PRIVATE TWO.")),
            Section(title="4.2 Results", sentences=("PRIVATE THREE.",)),
        ),
    )  # fmt: skip

    def claim(text: str, *evidence: int) -> Claim:
        return Claim(text=text, evidence=evidence or (1,))

    fields: dict[str, Any] = {
        "tldr": claim("Pebbles are sorted by weight"), "task": claim("Pebbles in, rows out."),
        "motivation": (claim("Sorting is slow."),), "challenges": (claim("Bubble sort needs many steps."),),
        "idea": (claim("Weigh them all at once."),),
        "method": Method(pipeline=(claim("Weigh."),), architecture=(claim("A scale."),), cost=(claim("One gram."),)),
        "experiments": Experiments(
            datasets=(claim("Ten beaches."),), metrics=(claim("Seconds."),), baselines=(claim("Bubble sort."),),
            results=(claim("It is fast.", 3), claim("It takes 3.5 s against 9 s of bubble sort.", 1, 3)),
            ablations=(claim("Without a scale nothing works.", 3),), limitations=(claim("No sand.", 3),),
        ),
        "strengths": tuple(claim(f"Strength {letter}.") for letter in "abcd"),
        "weaknesses": (claim("One beach only."),), "future_work": (claim("Sand comes next."),),
        "implication": claim("Weigh your pebbles."),
    } | more  # fmt: skip
    return report.Entry(paper, Brief(paper_id=paper.id, **fields), document)


def of(*entries: report.Entry, papers: int = 1) -> report.Report:
    day = Day(
        date=dt.date(2024, 3, 5), source="file", read_at=dt.datetime(2024, 3, 5, tzinfo=dt.UTC),
        papers=tuple(one.paper for one in entries)[:papers],
    )  # fmt: skip
    made = Digest(date=day.date, made_at=day.read_at, formats=("sections", "table"), selection=Selection(verdicts=()))
    return report.Report(show=ShowSettings(), day=day, digest=made, entries=entries, failed=())


def test_all_six_sections_are_told() -> None:
    """Every kind of statement that a brief has stands in its section, three for and three against at most."""
    text = sections.markdown(of(sample()), ".md")
    headings = re.findall(r"^#### (.+)$", text, re.MULTILINE)
    assert headings == [
        "1. Task and problem", "2. Motivation and gaps", "3. Core idea", "4. Method", "5. Experiments", "6. Takeaways",
    ]  # fmt: skip
    lists = (
        "Where earlier work falls short", "Pipeline", "Architecture, loss and training", "Cost", "Data sets", "Metrics",
        "Baselines", "Main results", "Ablations", "Limitations", "For it", "Against it", "Next",
    )  # fmt: skip
    for part in lists:
        assert f"**{part}**" in text
    assert "Strength c." in text
    assert "Strength d." not in text


def test_each_statement_ends_with_its_section() -> None:
    """Behind every statement stands where the paper says it, both sections where there are two."""
    text = sections.markdown(of(sample()), ".md")
    said = [line for line in text.splitlines() if line.startswith("- ") and "](" not in line]
    assert len(said) > 15
    assert all(re.search(r" \*\((Abstract|4\.2 Results|Abstract; 4\.2 Results)\)\*$", line) for line in said)
    assert "bubble sort. *(Abstract; 4.2 Results)*" in text


def test_what_the_paper_does_not_say_is_left_out() -> None:
    """An empty field has neither heading nor "N/A", and the numbers of the others stay."""
    entry = sample(task=None, strengths=(), weaknesses=(), future_work=(), implication=None, experiments=Experiments())
    text = sections.markdown(of(entry), ".md")
    assert re.findall(r"^#### (\d)", text, re.MULTILINE) == ["2", "3", "4"]
    assert not re.search(r"N/A|not mentioned|unknown|None", text, re.IGNORECASE)


def test_main_results_carry_a_number() -> None:
    """A result without a figure is a further finding."""
    text = sections.markdown(of(sample()), ".md")
    main, further = text.partition("**Main results**")[2].partition("**Further findings**")[::2]
    assert "3.5 s against 9 s" in main
    assert "It is fast." not in main
    assert "It is fast." in further


@pytest.mark.parametrize(
    ("title", "category", "wanted"),
    [
        ("Agents That Browse", None, "Agents and tools"),
        ("Sorting by Weight", "cs.RO", "Robots and embodied models"),
        ("A Benchmark for Video Generation", "cs.CV", "Images, video and 3D"),
        ("Sorting by Weight", "q-bio.NC", "Science and medicine"),
        ("Sorting by Weight", None, "Other topics"),
    ],
)
def test_topics(title: str, category: str | None, wanted: str) -> None:
    """A paper stands under the topic that its title speaks of, else its category, else among the others."""
    assert topic(sample().paper.model_copy(update={"title": title}), category) == wanted


def test_reports_are_grouped_and_folded(show: Path) -> None:
    """Each paper stands once, under its topic's heading, and its six sections are folded away."""
    assert digest(show, "--top", "3") == 0
    text = (place(show) / "05.md").read_text()
    assert sorted(blocks(text)) == sorted([FIRST, SECOND, THIRD])
    listed = re.findall(r"^- \[(.+?)\]\(#\S+\) \((\d)\)$", text, re.MULTILINE)
    assert sum(int(count) for _, count in listed) == 3
    assert [name for name, _ in listed] == re.findall(
        r'^## <a id="(?!contents|failed).+?"></a>(.+)$', text, re.MULTILINE
    )
    assert text.count("<summary>The six sections</summary>") == text.count("</details>") == 3


def test_a_sentence_stands_alone() -> None:
    """A paper's own sentence loses what ties it to the one before; a model's statement is left as it is."""
    entry = sample(made_with={"writer": "extractive"})
    said = Claim(text="However, to address these gaps, we sort", evidence=(1,))
    assert statements.alone(entry, said) == "We sort."
    assert statements.alone(sample(), said) == "However, to address these gaps, we sort."
    ended = ("我们测试 BERT。", "यह तेज़ है।", "یہ تیز ہے۔", "هذا سريع.")
    assert tuple(statements.ended(text[:-1]) for text in ended) == ended


def test_the_document_is_never_published() -> None:
    """Of a full text only the titles of its sections stand in a report."""
    found = of(sample())
    for text in (sections.markdown(found, ".md"), json.dumps(sections.data(found)), table.markdown(found, ".md")):
        assert "PRIVATE" not in text


def test_a_papers_own_sentences_are_those_of_its_abstract() -> None:
    """Of a full text, a sentence that is a claim word for word is left out unless it stands in the abstract."""
    entry = sample(
        tldr=Claim(text="PRIVATE ONE.", evidence=(1,)), idea=(Claim(text="PRIVATE THREE.", evidence=(3,)),),
        experiments=Experiments(results=(Claim(text="PRIVATE THREE.", evidence=(3,)),)),
    )  # fmt: skip
    kept = report.printable(entry.brief, entry.document)
    assert kept.tldr == entry.brief.tldr
    assert kept.idea == kept.experiments.results == ()
    assert kept.motivation == entry.brief.motivation
    for title, sentences in (("State abstraction", ("PRIVATE ONE.",)), ("Abstract", ("PRIVATE ONE.", "Long. " * 500))):
        other = entry.document.model_copy(update={"sections": (Section(title=title, sentences=sentences),)})
        assert report.printable(entry.brief, other).tldr is None, title
    own = entry.document.model_copy(update={"source": "abstract"})
    assert report.printable(entry.brief, own) == entry.brief


def test_evidence_beyond_the_document_does_not_break_the_page() -> None:
    """A claim whose sentence is not there has no section behind it."""
    entry = sample(tldr=Claim(text="Far out.", evidence=(99,)))
    assert "**TL;DR** Far out.\n" in sections.markdown(of(entry), ".md")


# --- the table ---------------------------------------------------------------------------------------


def test_the_table(show: Path) -> None:
    """A row a paper: arXiv and Hugging Face, authors, and four to five sentences, one with a figure."""
    assert digest(show, "--top", "2") == 0
    text = (place(show) / "05-table.md").read_text()
    html = rendered(place(show) / "05-table.md")
    rows = [re.findall(r"<td>(.*?)</td>", row, re.DOTALL) for row in re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)]
    assert [len(row) for row in rows] == [0, 3, 3]
    for (title, authors, summary), paper in zip(rows[1:], (FIRST, SECOND), strict=True):
        assert f'href="https://arxiv.org/abs/{paper}"' in title
        assert f'href="https://huggingface.co/papers/{paper}"' in title
        assert authors == "First Author, Second Author"
        plain = re.sub(r"<em>.*?</em>", "", summary)
        assert 4 <= len(re.findall(r"[.!?](?=\s|$)", plain)) <= 5
        assert re.search(r"\d", plain)
    assert "2 of the 3 papers" in text


def test_a_summary_is_short_and_has_a_figure() -> None:
    """However many claims there are, a summary has four or five sentences, its aim, a figure, and the practice."""
    chosen = statements.summary(sample())
    said = [claim.text for claim in chosen]
    assert said[0].startswith("Pebbles are sorted")
    assert said[-1] == "Weigh your pebbles."
    assert any("3.5 s" in text for text in said)
    assert 4 <= len(said) <= 5


def test_an_empty_day_is_said(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A day without papers has its pages, which say so; nothing has failed."""
    save(show / "list.json", [])
    assert digest(show) == 0
    assert "has no papers" in capsys.readouterr().err
    for stem in FORMATS.values():
        assert "No papers were listed on 5 Mar 2024." in (place(show) / f"{stem}.md").read_text()
    assert "| Title |" not in (place(show) / "05-table.md").read_text()
    assert "no papers" in (show / "feed" / "digest" / "index.md").read_text()


def test_a_day_of_which_no_paper_was_read_ends_each_sentence_once(show: Path) -> None:
    """Where a paper that somebody asked for is all there is, and was not read: no full stop stands twice."""
    assert digest(show) == 0
    workspace, settings = Workspace(show), config.read(show / "podcast.toml")
    found = report.load(workspace, dt.date.fromisoformat(DAY), settings.show, settings.select, settings.digest)
    asked = found.day.papers[0].model_copy(update={"listing": None})
    bare = replace(found, entries=(), day=found.day.model_copy(update={"papers": (asked,)}))
    unlisted = replace(found, entries=(), day=found.day.model_copy(update={"papers": ()}))
    for each in (bare, unlisted, replace(found, entries=())):
        texts = [markdown(each, ".md") for markdown in (sections.markdown, table.markdown, selection.markdown)]
        texts += [categories.markdown(each, ".md"), rss.content(each, "https://show.example/")]
        for text in texts:
            assert not re.search(r"\.[.,]", re.sub(r"\.\./", "", text)), text


# --- by category -------------------------------------------------------------------------------------


def test_categories_have_counts_and_ways_back(show: Path) -> None:
    """The contents lists each category with its count, the fullest first; where none is known the topic stands."""
    papers = [entry(f"2403.0001{n}", f"Paper {n}", PAPERS[0]["paper"]["summary"], 9 - n) for n in range(4)]  # type: ignore[index]
    for one, category in zip(papers, ("cs.LG", "cs.CL", "cs.CL", None), strict=True):
        one["paper"]["category"] = category  # type: ignore[index]
    save(show / "list.json", papers)
    assert digest(show, "--top", "9") == 0
    text = (place(show) / "05-categories.md").read_text()
    assert re.findall(r"^- \[(.+?)\]\(#\S+\) \((\d)\)$", text, re.MULTILINE) == [
        ("cs.CL", "2"), ("cs.LG", "1"), ("Data and benchmarks", "1"),
    ]  # fmt: skip
    assert text.count("[back to the contents](#contents)") == 3


def test_code_stars_and_highlights(show: Path) -> None:
    """Code and its stars stand there where the day tells them; authors and keywords that matter are bold."""
    PAPER = entry(
        "2403.00011", "Reading | Twice", "Models read once. We propose a second pass. It gains 3%. It costs time.", 5,
        githubRepo="https://github.com/x/y", githubStars=1234,
    )  # fmt: skip
    save(show / "list.json", [PAPER])
    more = '[digest]\nkeywords = ["second pass"]\nauthors = ["second author"]\n'
    (show / "podcast.toml").write_text((show / "podcast.toml").read_text() + more)
    assert digest(show) == 0
    text = (place(show) / "05-categories.md").read_text()
    assert "[code](https://github.com/x/y) ★ 1,234" in text
    assert "First Author, **Second Author**" in text
    assert "**second pass**" in text
    record = json.loads((place(show) / "05-categories.jsonl").read_text())
    assert (record["stars"], record["code"], record["title"]) == (1234, "https://github.com/x/y", "Reading | Twice")


def test_records_are_one_a_paper(made: Path) -> None:
    """Each line of the JSONL is one paper, with what is told of it and where the paper says it."""
    lines = [json.loads(line) for line in (place(made) / "05-categories.jsonl").read_text().splitlines()]
    assert sorted(line["id"] for line in lines) == sorted([FIRST, SECOND])
    for line in lines:
        assert line["sections"]["tldr"] == ["Abstract"]
        assert line["abstract"]
        assert "N/A" not in json.dumps(line)


# --- what fails --------------------------------------------------------------------------------------


def test_a_paper_that_fails_is_listed(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A paper that cannot be read stands in every report with the reason, the others are whole; mended, it is read."""
    save(show / "list.json", [*PAPERS[:2], entry("2403.00004", "No Words", "", 99)])
    assert digest(show) == 1
    assert "2403.00004" in capsys.readouterr().err
    for name in ("sections", "table", "categories"):
        text = (place(show) / f"{FORMATS[name]}.md").read_text()
        assert "Failed" in text
        assert "[No Words](https://arxiv.org/abs/2403.00004): " in text
        assert "Reading Twice" in text
    assert any("failed" in json.loads(line) for line in (place(show) / "05-categories.jsonl").read_text().splitlines())
    save(
        show / "2403.00004.json",
        {
            "paper_id": "2403.00004", "source": "html",
            "sections": [{"title": "Abstract", "sentences": ["We propose a way to have words."]}],
        },
    )  # fmt: skip
    (folder_of(show, "2403.00004") / "document.json").unlink(missing_ok=True)
    assert digest(show) == 0
    assert "Failed" not in (place(show) / "05.md").read_text()


LOSSES: dict[str, Callable[[Path], object]] = {
    "no brief": lambda show: (folder_of(show, FIRST) / "brief.json").unlink(),
    "brief": lambda show: (folder_of(show, FIRST) / "brief.json").write_text("{"),
    "document": lambda show: (folder_of(show, FIRST) / "document.json").write_text("{"),
    "no list": lambda show: (show / "episodes" / DAY / "papers.json").unlink(),
    "list": lambda show: (show / "episodes" / DAY / "papers.json").write_text("{"),
    "no digest": lambda show: (show / "episodes" / DAY / "digest.json").unlink(),
    "digest": lambda show: (show / "episodes" / DAY / "digest.json").write_text("{"),
}


@pytest.mark.parametrize("name", by_night(LOSSES, 4))
def test_published_reports_lose_no_paper(made: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever they were made of is broken or lost: reports, pages and the way to them stay, and the loss is told."""
    before = tree(made / "feed")
    LOSSES[name](made)
    capsys.readouterr()
    assert podcast(made, "publish", "--check", "--json") == 1
    about = f"the digest of {DAY}" if name.endswith("digest") else f"{DAY}-{FIRST}"
    assert about in [row["where"] for row in json.loads(capsys.readouterr().out)]
    for _ in range(2):
        assert podcast(made, "publish") == 1
        said = " ".join(capsys.readouterr().err.split())
        assert said.count(f"{about} goes on as it was published: ") == 1
        assert said.count("the digest of ") == name.endswith("digest")  # the rest stays for what is told of the episode
        assert tree(made / "feed") == before


def test_reports_that_were_never_published_go_without_the_paper(made: Path) -> None:
    """Its brief is broken: it is listed as failed, where nothing of it stands."""
    (folder_of(made, FIRST) / "brief.json").write_text("{")
    shutil.rmtree(made / "feed" / "digest")
    assert podcast(made, "publish") == 1
    text = (place(made) / "05.md").read_text()
    assert '## <a id="failed"></a>Failed' in text
    assert list(blocks(text)) == [SECOND]


def test_a_damaged_record_of_reports_is_made_anew(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Words in it are others, and it can be read: --check tells it, and the index never says them."""
    before, record = tree(made / "feed"), place(made) / "05.item.json"
    record.write_bytes(record.read_bytes().replace(b"2 papers", b"9 papers", 1))
    assert [each.where for each in whole.records(made / "feed")] == ["digest/2024/03/05.item.json"]
    assert podcast(made, "publish") == 0
    assert tree(made / "feed") == before


def test_a_paper_whose_text_is_lost_stays_in_the_digest(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As it was told, and that is said; where the reports are lost as well, or a paper of the day is withdrawn, it is
    said there, and not that nobody read it. With the text all is back."""
    before, text = tree(made / "feed"), folder_of(made, FIRST) / "document.json"
    kept = text.read_bytes()
    text.unlink()
    assert podcast(made, "publish") == 0
    assert f"{text} is not there: the reports" in " ".join(capsys.readouterr().err.split())
    assert tree(place(made)) == {path[15:]: data for path, data in before.items() if path.startswith("digest/2024/03/")}
    assert podcast(made, "publish", "--withdraw", SECOND) == 0
    said = (place(made) / "05.md").read_text()
    assert "its text is lost" in said
    assert SECOND not in said
    (folder_of(made, SECOND) / "withdrawn.json").unlink()
    text.write_bytes(kept)
    assert podcast(made, "publish") == 0
    assert tree(made / "feed") == before


HOSTILE = [
    "Line\nbreaks | and pipes", r"Formulas $\text{like} \pi_0$ | here", "<script>alert(1)</script> & <b>tags</b>",
    "# [Heading](javascript:x) `code`", "- 1. *Stars* __and__ ~~more~~", "</details></td></table> \\| end \\",
]  # fmt: skip


def test_hostile_titles(show: Path) -> None:
    """Whatever a title, an author or an abstract holds, each report keeps its shape and shows it as it is."""
    papers = []
    for number, title in enumerate(HOSTILE):
        summary = f"We propose {title.split()[0]} as a method. It reaches 9{number}% on 12 tasks. {title} is told."
        one = entry(f"2403.0002{number}", title, summary, 50 - number)
        one["paper"]["authors"] = [{"name": f"A. {title}"}]  # type: ignore[index]
        papers.append(one)
    save(show / "list.json", papers)
    assert digest(show, "--top", "20") in (0, 1)
    html = rendered(place(show) / "05-table.md")
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)
    read = len(blocks((place(show) / "05.md").read_text()))
    assert read >= 4
    assert [row.count("<td>") for row in rows] == [0, *([3] * read)]
    for page in place(show).glob("*.html"):
        text = page.read_text()
        body = text.partition('<article class="digest"')[2].partition("</article>")[0]
        assert not re.search(r"<script|<b>|href=\"javascript", body)
        assert body.count("<details") == body.count("</details>")
    shown = re.sub(r"<[^>]+>", "", html)
    for title in HOSTILE[:3]:
        whole = markup.one_line(re.sub(r"\\([%&_$#{}])", r"\1", title))
        assert whole in shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


# --- other languages ---------------------------------------------------------------------------------


@pytest.fixture
def llm(show: Path) -> Iterator[LLM]:
    """A show whose writer is a language model on this machine."""
    with running(canned.answer) as server:
        text = (show / "podcast.toml").read_text().partition("[writer]")[0]
        writer = f'[writer]\nbase_url = "{server.base_url}"\nmodel = "tiny"\nminutes = 1.5\nretries = 0\n'
        (show / "podcast.toml").write_text(text + writer)
        yield server


def tasks(server: LLM) -> list[str]:
    return [canned.task(asked.body) for asked in server.requests]


@pytest.mark.long
def test_summaries_in_another_language(show: Path, llm: LLM, capsys: pytest.CaptureFixture[str]) -> None:
    """In Chinese stand the model's words under Chinese names, with their sections; the abstract stays English."""
    assert digest(show, "--lang", "zh,en", "--top", "2") == 0
    text = (place(show) / "05-categories.zh.md").read_text()
    for part in blocks(text).values():
        assert "**动机:**" in part or "**方法:**" in part
        assert re.search(r"这篇论文的[a-z]+说.*\*\(Abstract\)\*", part)
        assert "<summary>摘要（英文）</summary>" in part
    assert "这篇论文的" not in (place(show) / "05-categories.md").read_text()
    record = json.loads((place(show) / "05-categories.zh.jsonl").read_text().splitlines()[0])
    assert record["language"] == "zh"
    assert 'lang="zh"' in (place(show) / "05-categories.zh.html").read_text()
    assert sorted(tasks(llm)) == ["reading", "reading", "retell", "retell"]
    assert "tokens in and" in capsys.readouterr().err
    assert digest(show, "--lang", "zh", "--top", "2") == 0
    assert len(llm.requests) == 4, "what is told is not asked for again"


@pytest.mark.long
def test_a_retelling_that_lies_is_refused(show: Path, llm: LLM, capsys: pytest.CaptureFixture[str]) -> None:
    """Another figure, a new name, English words or the instructions are asked for again, then listed as failed."""
    lies = {
        FIRST: {"这": "有 99% 的"},
        SECOND: {"这": "GPT-X 的"},
    }  # fmt: skip

    def answer(body: Body) -> Any:
        said = canned.answer(body)
        if canned.task(body) != "retell":
            return said
        which = FIRST if "second pass" in body["messages"][1]["content"] else SECOND
        change = lies[which]
        return {field: "".join(change.get(sign, sign) for sign in text) for field, text in said.items()}

    llm.answer = answer
    assert digest(show, "--lang", "zh", "--top", "2") == 1
    told = capsys.readouterr().err
    assert "99 does not stand in the note" in told
    assert "GPT" in told
    text = (place(show) / "05-categories.zh.md").read_text()
    assert blocks(text) == {}
    failed = [line for line in text.splitlines() if line.startswith("- [")]
    assert len([line for line in failed if "does not stand in the note" in line]) == 2
    assert str(show) not in text, "a reader has no use for this machine's paths"
    assert tasks(llm).count("retell") == 4, "the same lie came twice: a third would be no other"


def test_a_language_without_a_model(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a language model another language is refused with what to do, before anything is made."""
    assert digest(show, "--lang", "zh") == 1
    told = capsys.readouterr().err
    assert "zh needs a language model" in told
    assert "[writer]" in told
    assert not (show / "feed").exists()


@pytest.mark.long
def test_a_changed_brief_is_told_anew(show: Path, llm: LLM) -> None:
    """Where a brief says something else than was retold, the page says so, and the next digest tells it anew."""
    assert digest(show, "--lang", "zh", "--top", "1") == 0
    path = folder_of(show, FIRST) / "brief.json"
    brief = load(path)
    brief["tldr"]["text"] = "A second pass helps."
    save(path, brief)
    assert digest(show, "--top", "1", "--format", "table") == 0
    text = (place(show) / "05-categories.zh.md").read_text()
    assert "its brief has changed since it was told" in text
    assert digest(show, "--lang", "zh", "--top", "1") == 0
    assert "Failed" not in (place(show) / "05-categories.zh.md").read_text()


@pytest.mark.long
def test_no_prompt_is_leaked(show: Path, llm: LLM) -> None:
    """A model that says its instructions again, in a claim or a retelling, is heard by nobody."""

    def answer(body: Body) -> Any:
        said = canned.answer(body)
        task, system = canned.task(body), body["messages"][0]["content"]
        if task == "reading":
            said["claims"][2]["text"] = " ".join(system.split()[3:25])
        elif task == "retell":
            return {field: f"好。{' '.join(system.split()[5:20])}" for field in said}
        return said

    llm.answer = answer
    digest(show, "--lang", "zh", "--top", "2")
    prompts = [asked.body["messages"][0]["content"] for asked in llm.requests]
    for path in (show / "feed" / "digest").rglob("*"):
        if path.is_file():
            text = " ".join(path.read_text().split())
            assert not re.search(r"<<<|>>>|&lt;&lt;&lt;", text)
            for said in prompts:
                words = said.split()
                assert not any(" ".join(words[at : at + 8]) in text for at in range(len(words) - 8)), path.name


# --- the webhook -------------------------------------------------------------------------------------


def test_the_webhook_is_told_once(
    show: Path, hook: Hook, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """When its digest is published, and not before, Slack's JSON goes to the address in the variable, once; a refusal
    is a warning, and the next publish tries again. A day that no run looks back at is not brought up."""
    address, told, answers = hook
    save(show / "list.json", [entry("2403.00011", "<!channel> A | B & *C*", str(PAPERS[0]["paper"]["summary"]), 5)])  # type: ignore[index]
    (show / "podcast.toml").write_text((show / "podcast.toml").read_text() + '[digest]\nwebhook = "SLACK_HOOK"\n')
    monkeypatch.setenv("SLACK_HOOK", address)
    answers.append(500)
    assert digest(show) == 0
    assert digest(show, day=str(YESTERDAY)) == 0
    assert told == []
    assert podcast(show, "publish") == 0
    said = capsys.readouterr().err
    assert "HTTP 500" in said
    assert "secret" not in said
    assert podcast(show, "publish") == 0
    assert podcast(show, "publish") == 0
    assert len(told) == 2
    text = told[1]["text"]
    assert "&lt;!channel&gt;" in text
    assert "<https://arxiv.org/abs/2403.00011|" in text
    assert f"digest/{YESTERDAY:%Y/%m/%d}.html|" in text


def test_a_webhook_that_is_not_there_is_a_warning(
    show: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A variable that is empty, or a server that is not there, leaves the digest whole; of however many days it was not
    told, that is said once, and the server asked once."""
    path = show / "podcast.toml"
    text = path.read_text()
    path.write_text(f'{text}[digest]\nwebhook = "NO_SUCH_HOOK"\n')
    for back in range(3):
        assert digest(show, day=str(YESTERDAY - dt.timedelta(days=back))) == 0
    assert podcast(show, "publish") == 0
    assert capsys.readouterr().err.count("the webhook is not told: NO_SUCH_HOOK") == 1
    monkeypatch.setenv("NO_SUCH_HOOK", "https://.example.org/x")
    assert podcast(show, "publish") == 0
    assert "the webhook is not told: NO_SUCH_HOOK holds no address of a webhook" in capsys.readouterr().err
    path.write_text(f'{text}[digest]\nwebhook = "http://127.0.0.1:9/x"\n')
    asked, post = [], requests.post
    monkeypatch.setattr(requests, "post", lambda url, **more: asked.append(url) or post(url, **more))
    assert podcast(show, "publish") == 0
    assert "cannot be reached (the next publish tries again)" in capsys.readouterr().err
    assert asked == ["http://127.0.0.1:9/x"]


@pytest.mark.long
def test_crash_between_answers_costs_nothing(show: Path, llm: LLM) -> None:
    """Retellings lie in drafts as they come: with the documents gone, none is asked for again."""
    llm.answer = lambda body: Reply(canned.answer(body))
    assert digest(show, "--lang", "zh", "--top", "2") == 0
    asked, before = len(llm.requests), tree(place(show))
    for paper in (FIRST, SECOND):
        (folder_of(show, paper) / "retellings" / "zh.json").unlink()
        (folder_of(show, paper) / "brief.json").unlink()
    assert digest(show, "--lang", "zh", "--top", "2") == 0
    assert len(llm.requests) == asked
    assert tree(place(show)) == before


def test_a_language_is_for_summaries_by_category(show: Path, llm: LLM) -> None:
    """Where those are not wanted nothing is retold."""
    assert digest(show, "--lang", "zh", "--format", "table", "--top", "1") == 0
    assert tasks(llm) == ["reading"]


def test_formats_and_languages_add_up(show: Path, llm: LLM) -> None:
    """What a day had stays: another format or language comes beside it."""
    assert digest(show, "--format", "table", "--top", "1") == 0
    assert digest(show, "--format", "categories", "--lang", "zh", "--top", "1") == 0
    assert digest(show, "--format", "categories", "--lang", "de", "--top", "1") == 1, "a model that answers in Chinese"
    made = load(show / "episodes" / DAY / "digest.json")
    assert made["formats"] == ["table", "categories"]
    assert made["languages"] == ["zh", "de"]
    assert not (place(show) / "05.md").exists()
    assert (place(show) / "05-categories.de.md").is_file()


@pytest.mark.parametrize(
    ("abstract", "wanted"),
    [
        ("Steps are prone to introducing noise. Some say so. We propose Pebble, a way to sort.", "We propose Pebble"),
        (
            "Novel view synthesis is hard. Much is known. In this paper, we present Pebble to see it.",
            "We present Pebble",
        ),
        (
            "Much progress was made in novel ways. It is scarce. To this end, we collect Pebbles 9.",
            "We collect Pebbles",
        ),
    ],
)
def test_the_tldr_is_what_the_paper_presents(show: Path, abstract: str, wanted: str) -> None:
    """Without a model a paper's TL;DR is the sentence in which it says what it does itself."""
    save(show / "list.json", [entry("2403.00031", "Pebbles", abstract, 5)])
    assert digest(show, "--format", "sections") == 0
    assert f"**TL;DR** {wanted}" in (place(show) / "05.md").read_text()


def test_what_is_known_of_a_day_is_of_the_documents_that_count_now(tmp_path: Path) -> None:
    """A row of a release that made reports of fewer documents does not hold."""
    book, day = Ledger(tmp_path, tmp_path / "known.db"), Workspace(tmp_path).day(dt.date(2024, 3, 5))
    for made_of, found in (("", {}), (reports._MADE_OF, {"x": "y"})):
        book.put("day", "2024-03-05", '{"x": "y"}', made_of)
        assert reports._hashes(Workspace(tmp_path), day, book) == found
