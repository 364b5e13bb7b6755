"""What real small models answered, given back over loopback: what of it may be heard, and what it costs."""

import json
import re
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
RUNS = json.loads((RECORDED / "runs.json").read_text("utf-8"))
"""Whole papers: which answers came one after the other, what became of them, and what is false in them."""
BY_ID = {one["id"]: one for one in ANSWERS if "id" in one}

TROUBLES = {
    # of a retelling
    "cut": "was cut after",
    "the note again": "it is the note itself",
    "another language": "it is not written in",
    "half a translation": "a part of it is not",
    "a figure lost": "of the note is missing",
    "a figure too many": "does not stand in the note",
    # of a score
    "three points": "why is empty",
    # of claims
    "words of the prompt": "it repeats the instructions",
    "what was wrong, said back": "it repeats the instructions",
    "nothing of the sort": "does not speak of that",
    "a lost not": "says the contrary",
    "one claim twice": "it says again what",
    "a figure that was reckoned": "'0.3' does not stand in sentence",
    "a figure of another sentence": "'(37|40)' does not stand in sentence",
    "a name of another sentence": "'(StepSkip|ReadTwice)' does not stand in sentence",
    "a name for the sentence's it": r'"evidence": \[3, 6\]',
    "more sentences, no better": r"does not stand in sentence (\d, ){2,}\d",
    # of an outline
    "a note that is not there": r"claims\.\d: Input should be 'tldr'",
    "three chapters": "there are 3 chapters",
    "a limitation forgotten": "a limitation is planned nowhere",
    # of a dialogue
    "a plan said as a line": "the name of a note",
    "one line in every chapter": "dialogue: the answer says the same again and again",
}
"""The troubles of small models, and what the product says of each, or makes of it."""


def recorded(kind: str) -> list[Any]:
    found = [one for one in ANSWERS if one["task"].startswith(kind) and "id" not in one]
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
    seen = "|".join(TROUBLES[trouble] for trouble in one["trouble"])
    with closing(chat), nullcontext() if one["stands"] else pytest.raises(WriterError, match=seen):
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


@pytest.mark.long
@pytest.mark.parametrize("run", RUNS, ids=lambda run: run["name"])
def test_a_paper_by_a_small_model_ends_well(
    day: Path, llm: LLM, run: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    """Its answers in their order, the last again when there are no more: each trouble is seen, what is false is in
    neither brief nor script, and both are there, by it or by rule, for no more requests than then."""
    left = [BY_ID[one] for one in run["answers"]]
    last: dict[str, Reply] = {}

    def answer(body: Body) -> Reply:
        kind = task(body)
        one = next((one for one in left if one["task"] == kind), None)
        if one:
            left.remove(one)
            last[kind] = Reply(one["content"], finish_reason=one["finish_reason"])
        return last.get(kind, Reply(""))

    llm.answer = answer
    path = day / "podcast.toml"
    settings = path.read_text().replace("context = 8192", "context = 7168").replace("= 2048", "= 1500")
    path.write_text(settings.replace("minutes = 1.5", "minutes = 2") + 'fallback = "extractive"\n')
    fetch(day)
    assert podcast(day, "-v", "read", run["paper"], "--papers", str(day / "list.json")) == 0
    assert podcast(day, "write", run["paper"]) == 0
    folder = folder_of(day, run["paper"])
    brief, script = load(folder / "brief.json"), load(folder / "script.json")
    assert (brief["made_with"]["writer"], script["made_with"]["writer"]) == (run["brief"], run["script"])
    assert len(llm.requests) <= run["requests"]
    asked = [one.body["messages"][-1]["content"] for one in llm.requests]
    seen = "\n".join((caplog.text, *asked, json.dumps(brief)))
    for one in (BY_ID[one] for one in run["answers"]):
        for trouble in one["trouble"]:
            assert re.search(TROUBLES[trouble], seen), trouble
    del brief["dropped"]
    for text in run["false"]:
        assert text in json.dumps([BY_ID[one]["content"] for one in run["answers"]])
        assert text not in json.dumps([brief, script])


def test_each_kind_of_trouble_is_recorded() -> None:
    """Of both models, forty answers at least, and every kind of the table."""
    assert len(ANSWERS) >= 40
    assert {one["model"].split("-")[2] for one in ANSWERS} == {"0.5B", "1.5B"}
    assert {trouble for one in ANSWERS for trouble in one["trouble"]} == set(TROUBLES)
    assert all(one["model"] and one["quantisation"] and one["server"] for one in ANSWERS)
    assert {one for run in RUNS for one in run["answers"]} == set(BY_ID)
