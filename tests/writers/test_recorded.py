"""What real small models answered, given back over loopback: what of it may be heard, and what it costs."""

import json
import shutil
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Any

import pytest
from canned import task
from conftest import DAY, entry, folder_of, load, podcast, save
from llm import LLM, Body, Reply, running

from podcast.show.errors import WriterError
from podcast.show.settings import WriterSettings
from podcast.writers import retelling
from podcast.writers.chat import Chat

RECORDED = Path(__file__).parents[1] / "recorded"
ANSWERS = [json.loads(line) for line in (RECORDED / "answers.jsonl").read_text("utf-8").splitlines()]
TOLD = json.loads((RECORDED / "told.json").read_text("utf-8"))
PAPERS = json.loads((RECORDED / "papers.json").read_text("utf-8"))


def recorded(kind: str) -> list[Any]:
    found = [one for one in ANSWERS if one["task"].startswith(kind)]
    return [pytest.param(one, id=f"{one['paper']}-{one['task']}-{at}") for at, one in enumerate(found)]


@pytest.fixture
def llm() -> Any:
    with running() as server:
        yield server


def said(one: dict[str, Any]) -> Reply:
    used = {"prompt_tokens": one["prompt_tokens"], "completion_tokens": one["completion_tokens"]}
    return Reply(one["content"], finish_reason=one["finish_reason"], usage=used)


@pytest.mark.long
@pytest.mark.parametrize("one", recorded("retell"))
def test_a_retelling_is_that_language_or_none(llm: LLM, tmp_path: Path, one: dict[str, Any]) -> None:
    """What a person who reads the language would not take for it is refused, after two requests at the most."""
    llm.answer = lambda body: said(one)
    settings = WriterSettings(base_url=llm.base_url, model="tiny", context=4096, max_tokens=512, retries=0)
    chat = Chat(settings, tmp_path / "models.json")
    source, code = TOLD[one["paper"]], one["task"].removeprefix("retell-")
    with closing(chat), nullcontext() if one["stands"] else pytest.raises(WriterError, match=f"retell in {code}: "):
        texts, _ = retelling.retell(chat, source, code, settings, tmp_path / "drafts")
        assert texts != source
    assert len(llm.requests) <= 2


@pytest.fixture
def day(show: Path, llm: LLM) -> Path:
    """A show whose papers are those that the models were asked about."""
    entries = [entry(one["id"], one["title"], one["summary"], 50 - at) for at, one in enumerate(PAPERS)]
    save(show / "list.json", entries)  # type: ignore[arg-type]
    text = (show / "podcast.toml").read_text().partition("[writer]")[0]
    settings = f'[writer]\nbase_url = "{llm.base_url}"\nmodel = "tiny"\nretries = 0\nminutes = 1.5\ncontext = 8192\n'
    (show / "podcast.toml").write_text(text + settings + "max_tokens = 2048\n")
    return show


def fetch(day: Path) -> None:
    assert podcast(day, "fetch", DAY, "--papers", str(day / "list.json")) == 0


@pytest.mark.parametrize("one", recorded("score"))
def test_a_score_says_nothing_but_what_the_abstract_says(day: Path, llm: LLM, one: dict[str, Any]) -> None:
    """An entry given twice counts once; a reason of three points, or with another paper's names, is none."""
    (day / "criteria.md").write_text("1. Cheaper training of large models\n2. Reading long documents\n")

    def answer(body: Body) -> Reply:
        asked = body["messages"][1]["content"]
        return said(one) if f"id: {one['paper']}\n" in asked and asked.count("\nid: ") == 1 else Reply({"papers": []})

    llm.answer = answer
    fetch(day)
    scores = load(next((day / "episodes").glob("*/scores.json")))
    found = [score for score in scores["scores"] if score["paper_id"] == one["paper"]]
    assert bool(found) == one["stands"], scores
    assert all(any(sign.isalpha() for sign in score["why"]) for score in scores["scores"])


@pytest.mark.parametrize("one", recorded("reading"))
def test_a_reading_becomes_a_brief_or_is_done_without(day: Path, llm: LLM, one: dict[str, Any]) -> None:
    """No word of ours comes back as a claim; where nothing is left, the stage is done by rule, and both are said."""
    llm.answer = lambda body: said(one) if task(body) == "reading" else Reply({"claims": []})
    fetch(day)
    with (day / "podcast.toml").open("a") as file:
        file.write('fallback = "extractive"\n')
    assert podcast(day, "read", one["paper"], "--papers", str(day / "list.json")) == 0
    folder = folder_of(day, one["paper"])
    brief = load(folder / "brief.json")
    by_rule = brief["made_with"]["writer"] == "extractive"
    assert by_rule != one["stands"]
    assert by_rule == (folder / "fallback.json").is_file()
    if not by_rule:
        claims = json.dumps([value for name, value in brief.items() if name != "dropped"])
        assert "What is measured" not in claims
        assert "as the authors" not in claims
    assert any((folder / "drafts").glob("*.json"))
    shutil.rmtree(folder)
