"""One episode about several papers: beside the others, with a chapter a paper, and each line held to its own paper."""

import json
import re
import shlex
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import canned
import pytest
from conftest import DAY, folder_of, load, make, podcast, save, tree
from llm import LLM, Body, running
from lxml import etree

FIRST, SECOND = "2403.00002", "2403.00001"
ROUNDUP = f"{DAY}/roundup"


@pytest.fixture
def rounds(show: Path) -> Path:
    """A show with roundups."""
    with (show / "podcast.toml").open("a") as file:
        file.write("[roundup]\nenabled = true\nminutes = 1.5\n")
    return show


def folder(show: Path) -> Path:
    return folder_of(show, "roundup")


def episode(show: Path) -> Any:
    return load(folder(show) / "episode.json")


def items(show: Path) -> dict[str, Any]:
    root = etree.fromstring((show / "feed" / "feed.xml").read_bytes())
    return {str(item.findtext("title")): item for item in root.findall("channel/item")}


@pytest.mark.long
def test_it_stands_beside_the_others(rounds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The roundup is one more item of the feed, with a guid, a number and a medium of its own; the others are there."""
    assert make(rounds) == 0
    assert "roundup" in capsys.readouterr().err
    found = items(rounds)
    assert set(found) == {"Reading Twice", "Small Steps Suffice", "Roundup of 5 March 2024: 2 papers"}
    assert len({item.findtext("guid") for item in found.values()}) == 3
    assert sorted(load(rounds / "episodes" / "show.json")["numbers"].values()) == [1, 2, 3]
    url = found["Roundup of 5 March 2024: 2 papers"].find("enclosure").get("url")
    assert (rounds / "feed" / "media" / url.rpartition("/")[2]).stat().st_size == episode(rounds)["media"]["size"]
    report = (rounds / "feed" / "digest" / "2024" / "03" / "05.html").read_text()
    assert f'<a href="../../../episodes/{DAY}-roundup/index.html">Listen to the roundup</a>' in report
    notes = found["Roundup of 5 March 2024: 2 papers"].findtext("description") or ""
    assert notes.startswith(f"<p>{episode(rounds)['description']}</p>")


@pytest.mark.long
def test_a_chapter_a_paper_with_its_address(rounds: Path) -> None:
    """Chapters cover the whole file; each paper has one, with its address in the JSON, the feed, notes and page."""
    path = rounds / "podcast.toml"  # these few lines are shorter than apps want chapters
    path.write_text(path.read_text() + "\n[mix]\nchapter = 0\n")
    assert make(rounds) == 0
    chapters = episode(rounds)["chapters"]
    assert [chapter["title"] for chapter in chapters] == [
        "Opening", "Reading Twice", "Small Steps Suffice", "Links",
    ]  # fmt: skip
    assert [chapter["url"] for chapter in chapters] == [
        None, f"https://arxiv.org/abs/{FIRST}", f"https://arxiv.org/abs/{SECOND}", None,
    ]  # fmt: skip
    assert all(one["end"] == two["start"] for one, two in pairwise(chapters))
    path = next((rounds / "feed" / "media").glob("*-roundup-*.chapters.json"))
    assert [chapter.get("url") for chapter in load(path)["chapters"]] == [chapter["url"] for chapter in chapters]
    item = items(rounds)["Roundup of 5 March 2024: 2 papers"]
    hrefs = [tag.get("href") for tag in item.iter("{http://podlove.org/simple-chapters}chapter")]
    assert hrefs == [chapter["url"] for chapter in chapters]
    page = (rounds / "feed" / "episodes" / f"{DAY}-roundup" / "index.html").read_text()
    for text in (page, str(item.findtext("description"))):
        assert f"https://arxiv.org/abs/{FIRST}" in text
        assert f"https://arxiv.org/abs/{SECOND}" in text
    assert "arxiv.org/abs/roundup" not in page
    assert "arxiv.org/abs/roundup" not in (rounds / "feed" / "feed.xml").read_text()


@pytest.mark.long
def test_each_line_is_held_to_its_own_paper(rounds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A figure of one paper, said of another, is found; said of its own it stands."""
    assert make(rounds) == 0
    script = load(folder(rounds) / "script.json")
    claims = {line["paper"]: line["claims"] for line in script["lines"] if line["claims"]}
    assert set(claims) == {FIRST, SECOND}
    number = next(n for n, line in enumerate(script["lines"], 1) if line["paper"] == SECOND and line["claims"])
    wrong = ["regenerate", ROUNDUP, "--line", str(number), "--text", "Recall improves from 61% to 74%."]
    assert podcast(rounds, *wrong) == 1
    assert "61%" in capsys.readouterr().err
    number = next(n for n, line in enumerate(script["lines"], 1) if line["paper"] == FIRST and "74%" in line["text"])
    right = ["regenerate", ROUNDUP, "--line", str(number), "--text", "Recall improves to 74%."]
    assert podcast(rounds, *right) == 0


@pytest.mark.long
def test_it_can_be_changed_like_others(rounds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is known by DAY/roundup and by its number; changed, it keeps its guid, and a correction is told."""
    assert make(rounds) == 0
    before = episode(rounds)
    capsys.readouterr()
    assert podcast(rounds, "script", ROUNDUP, "--json") == 0
    lines = json.loads(capsys.readouterr().out)
    assert {line["chapter"] for line in lines} >= {"Reading Twice", "Small Steps Suffice"}
    assert all("✗" not in line["grounding"] for line in lines)
    assert podcast(rounds, "regenerate", str(before["number"]), "--line", "1", "--text", "This is a roundup.") == 0
    after = episode(rounds)
    assert (after["guid"], after["number"], after["published"]) == (
        before["guid"], before["number"], before["published"],
    )  # fmt: skip
    assert after["media"]["sha256"] != before["media"]["sha256"]
    assert after["corrections"]
    assert podcast(rounds, "regenerate", ROUNDUP, "--undo") == 0
    assert episode(rounds)["media"]["sha256"] == before["media"]["sha256"]
    capsys.readouterr()
    assert podcast(rounds, "status", "--json") == 0
    row = next(row for row in json.loads(capsys.readouterr().out) if row["paper"] == "roundup")
    assert (row["state"], row["title"]) == ("done", "Roundup of 5 March 2024: 2 papers")
    assert podcast(rounds, "clean") == 0
    assert podcast(rounds, "publish") == 0


@pytest.mark.long
def test_commands_that_are_told_of_it_find_it(
    rounds: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each command that is printed after a change, and where something is missing, works as it stands."""
    assert make(rounds) == 0
    script = load(folder(rounds) / "script.json")
    for line in script["lines"]:
        line["host"] = {"A": "B", "B": "A"}[line["host"]]
    save(folder(rounds) / "script.json", script)

    def told(*words: str, code: int = 0) -> list[list[str]]:
        capsys.readouterr()
        assert podcast(rounds, *words) == code
        said = " ".join(capsys.readouterr().err.split())
        return [shlex.split(each) for each in re.findall(r"(?:script|regenerate|record|mix|write) \S*roundup\b", said)]

    found = told("regenerate", ROUNDUP, "--from", "write", "--no-publish")
    assert found == [["script", ROUNDUP], ["regenerate", ROUNDUP]]
    monkeypatch.setenv("EDITOR", "true")
    assert told("script", ROUNDUP, "--edit") == []
    monkeypatch.setenv("EDITOR", "sed -i s/roundup/list/")
    assert told("script", ROUNDUP, "--edit") == [["regenerate", ROUNDUP]]
    for words in (*found, ["script", ROUNDUP, "--at", "0:01"]):
        assert podcast(rounds, *words) == 0
    shutil.rmtree(folder(rounds) / "takes")
    found = told("mix", ROUNDUP, code=1)
    assert found == [["record", ROUNDUP]]
    assert podcast(rounds, *found[0]) == 0
    (folder(rounds) / "episode.json").unlink()
    found = told("script", ROUNDUP, "--at", "0:01", code=1)
    assert found == [["mix", ROUNDUP]]
    assert podcast(rounds, *found[0]) == 0


@pytest.mark.long
def test_a_line_that_rests_on_a_paper_is_put_in(rounds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is about the paper of the chapter that it joins, by a command or in an editor, or about the one it names."""
    assert make(rounds) == 0

    def lines() -> list[Any]:
        return load(folder(rounds) / "script.json")["lines"]  # type: ignore[no-any-return]

    number, one = next((at, each) for at, each in enumerate(lines(), 1) if "ecall improves" in each["text"])
    words = ("--host", "A", "--text", one["text"], "--no-publish", "--claim")
    assert podcast(rounds, "regenerate", ROUNDUP, "--insert-after", str(number), *words, one["claims"][0]) == 0
    named = f"{one['paper']}/{one['claims'][0]}"
    assert podcast(rounds, "regenerate", ROUNDUP, "--insert-after", "0", *words, named) == 0
    row = f"+ B [{one['claims'][0]}]: {one['text']}"
    monkeypatch.setenv("EDITOR", f"sed -i '/{one['text']}/a {row}'")
    assert podcast(rounds, "script", ROUNDUP, "--edit") == 0
    found = [each for each in lines() if each["text"] == one["text"]]
    assert len(found) > 3
    assert {(each["paper"], *each["claims"]) for each in found} == {(one["paper"], *one["claims"])}


@pytest.mark.long
def test_a_line_shows_what_it_rests_on(rounds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`fix` shows the sentences of the paper that the line is about."""
    assert make(rounds) == 0
    cues = load(folder(rounds) / "episode.json")["cues"]
    at = next(cue["start"] for cue in cues if "ecall improves" in cue["text"])
    capsys.readouterr()
    assert podcast(rounds, "fix", ROUNDUP, f"0:{at + 0.5:04.1f}", "--json") == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row["evidence"] == ["Experiments show that recall improves from 61% to 74%."]


@pytest.mark.long
def test_it_is_written_again(rounds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--from write and --from mix work on it; it is not read, and that is said."""
    assert make(rounds) == 0
    assert podcast(rounds, "regenerate", ROUNDUP, "--from", "write") == 0
    assert podcast(rounds, "mix", ROUNDUP) == 0
    assert podcast(rounds, "regenerate", ROUNDUP, "--from", "read") == 2
    assert "a roundup is not read" in capsys.readouterr().err
    assert podcast(rounds, "read", ROUNDUP) == 1
    assert "it has the briefs of its papers" in capsys.readouterr().err
    for stage in ("write", "record", "mix"):
        assert podcast(rounds, stage, ROUNDUP) == 0
    assert podcast(rounds, "write", ROUNDUP, "--dry-run") == 1


@pytest.mark.long
def test_running_again_makes_nothing(rounds: Path) -> None:
    """A second run leaves every byte, and a feed that was removed comes back."""
    assert make(rounds) == 0
    before = tree(rounds)
    shutil.rmtree(rounds / "feed")
    assert make(rounds) == 0
    assert tree(rounds) == before


@pytest.mark.long
def test_a_broken_roundup_leaves_the_others(rounds: Path) -> None:
    """A roundup whose list of papers cannot be read, or is not there, goes on as it was, and is said."""
    assert make(rounds) == 0
    before, path = set(items(rounds)), folder(rounds) / "roundup.json"
    path.write_text("{")
    assert podcast(rounds, "publish") == 1
    assert set(items(rounds)) == before
    path.unlink()
    assert podcast(rounds, "publish") == 1
    assert set(items(rounds)) == before


@pytest.mark.long
def test_one_paper_is_no_roundup(rounds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A day with one paper has no roundup, and says so; without the setting there is none."""
    save(rounds / "list.json", json.loads((rounds / "list.json").read_text())[:1])
    assert make(rounds) == 0
    assert "has no roundup" in capsys.readouterr().err
    assert not folder(rounds).exists()


def test_without_the_setting_there_is_none(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By default no roundup is made, and asking for one says how to have it."""
    assert not folder(made).exists()
    assert podcast(made, "script", ROUNDUP) == 1
    assert "[roundup] enabled = true" in capsys.readouterr().err


# --- by a language model -----------------------------------------------------------------------------


@pytest.fixture
def llm(show: Path) -> Iterator[LLM]:
    with running(canned.answer) as server:
        text = (show / "podcast.toml").read_text().partition("[writer]")[0]
        writer = f'[writer]\nbase_url = "{server.base_url}"\nmodel = "tiny"\nminutes = 1.5\nretries = 0\n'
        (show / "podcast.toml").write_text(f"{text}{writer}[roundup]\nenabled = true\nminutes = 2.0\n")
        yield server


@pytest.mark.long
def test_a_model_writes_it_chapter_by_chapter(show: Path, llm: LLM) -> None:
    """One question a paper, out of the briefs that are there; the script is its answers, each about its paper."""
    assert make(show) == 0
    asked = [one.body for one in llm.requests if canned.task(one.body) == "roundup"]
    assert len(asked) == 2
    assert [canned.task(one.body) for one in llm.requests].count("reading") == 2
    first, second = (body["messages"][1]["content"] for body in asked)
    assert "It is the first" in first
    assert "It is the last" in second
    assert "second pass" in first
    assert "second pass costs" not in second
    script = load(folder(show) / "script.json")
    assert {line["paper"] for line in script["lines"]} == {FIRST, SECOND}
    assert re.search(r"\bAI\b", " ".join(line["text"] for line in script["lines"][:6]))
    assert 0.7 * 300 <= sum(len(line["text"].split()) for line in script["lines"]) <= 1.3 * 300
    assert episode(show)["usage"]["answers"] == 2
    before = len(llm.requests)
    (folder(show) / "script.json").unlink()
    assert make(show) == 0
    assert len(llm.requests) == before, "nothing is paid twice"


@pytest.mark.long
def test_a_model_that_mixes_papers_up_is_caught(show: Path, llm: LLM, capsys: pytest.CaptureFixture[str]) -> None:
    """A figure of another paper goes back once; where it stays, the roundup is in quarantine, alone."""

    def answer(body: Body) -> Any:
        said = canned.answer(body)
        if canned.task(body) == "roundup" and "It is the last" in body["messages"][1]["content"]:
            said["lines"][1]["text"] = "Recall improves from 61% to 74%."
        if canned.task(body) == "lines":
            said["lines"][0]["text"] = "Still, it is 74%."
        return said

    llm.answer = answer
    assert make(show) == 1
    assert "roundup is in quarantine" in capsys.readouterr().err
    assert set(items(show)) == {"Reading Twice", "Small Steps Suffice"}
    assert [canned.task(one.body) for one in llm.requests].count("lines") == 1


@pytest.mark.parametrize("name", ["roundup", "roundup-week", "trailer"])
def test_a_name_without_its_day_means_one_or_none(show: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Of several, all commands refuse it, name them, and change nothing; the only one is meant by it."""
    days = ("2024-03-03", "2024-03-10")
    for day in days:
        (show / "episodes" / day / name).mkdir(parents=True)
    numbers = {f"{day}/{name}": number for number, day in enumerate(days, 1)}
    save(show / "episodes" / "show.json", {"guid": "ead4c236-bf58-58c6-a2c6-a6b28d128cb6", "numbers": numbers})
    for command in (
        ["script", name], ["notes", name], ["regenerate", name, "--retake", "1"], ["publish", "--withdraw", name],
        ["publish", "--instead", name],
    ):  # fmt: skip
        assert podcast(show, *command) == 1
        said = " ".join(capsys.readouterr().err.split())
        assert f"'{name}' may be any of {days[0]}/{name}, {days[1]}/{name}" in said, command
    assert not list(show.rglob("withdrawn.json"))
    del numbers[f"{days[0]}/{name}"]
    (show / "episodes" / days[0] / name).rmdir()
    save(show / "episodes" / "show.json", {"guid": "ead4c236-bf58-58c6-a2c6-a6b28d128cb6", "numbers": numbers})
    assert podcast(show, "script", name) == 1
    said = " ".join(capsys.readouterr().err.split())
    assert "may be any of" not in said
    assert days[1] in said or name == "trailer"
