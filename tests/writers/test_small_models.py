"""A model that fails, through the front door: what was good is kept, what it cannot do is done without it, and said."""

import json
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import canned
import pytest
import test_llm
from conftest import DAY, folder_of, load, make, podcast
from llm import LLM, Reply, problem, running

from podcast.writers import server as patience

FIRST = "2403.00002"
LOOP = '{"claims": [{"number": 2, "field": "idea", "text": "It reads", "evidence": [3, 4, 5' + ", 11" * 300


@pytest.fixture
def llm(show: Path) -> Iterator[LLM]:
    """A show whose writer is a language model on this machine."""
    with running(canned.answer) as server:
        path = show / "podcast.toml"
        lines = (f'base_url = "{server.base_url}"', 'model = "tiny"', "minutes = 1.5", "retries = 0", "timeout = 20")
        path.write_text(path.read_text().partition("[writer]")[0] + "[writer]\n" + "\n".join(lines) + "\n")
        yield server


def more(show: Path, *lines: str) -> None:
    with (show / "podcast.toml").open("a") as file:
        file.write("\n".join(lines) + "\n")


def wrong(kind: str, said: Any) -> Any:
    """Answer as always, but for `said` to what is asked for `kind`."""
    return lambda body: said if canned.task(body) == kind else canned.answer(body)


@pytest.mark.long
def test_a_mend_that_fails_costs_only_its_claims(show: Path, llm: LLM) -> None:
    """The claims that stood make the brief; the mend went round in a circle, and was stopped in its stream."""

    def answer(body: Any) -> Any:
        if canned.task(body) == "claims":
            return Reply(LOOP, finish_reason="length")
        said = canned.answer(body)
        if canned.task(body) == "reading":
            said["claims"][1]["evidence"] = [99]
        return said

    llm.answer = answer
    assert make(show, "--top", "1") == 0
    brief = load(folder_of(show, FIRST) / "brief.json")
    assert brief["tldr"]
    assert [one["reason"] for one in brief["dropped"]] == ["there is no sentence 99: yours are 1 to 5"]
    kept = [json.loads(path.read_bytes()) for path in (folder_of(show, FIRST) / "drafts").glob("*.json")]
    (mend,) = (one for one in kept if one.get("name") == "read, mend 1")
    assert mend["response"]["choices"][0]["finish_reason"] == "loop"
    assert len(mend["response"]["choices"][0]["message"]["content"]) < len(LOOP)


def test_a_script_whose_mend_failed_is_there_and_marked(
    show: Path, llm: LLM, capsys: pytest.CaptureFixture[str]
) -> None:
    """Brief, outline and dialogue were paid for: they stay, and the line is named."""

    def answer(body: Any) -> Any:
        said = canned.answer(body)
        if canned.task(body) == "lines":
            return Reply('{"lines": [{"number": 3, "te', finish_reason="length")
        if canned.task(body) == "dialogue":
            said["lines"][2]["text"] = "It was trained on 12 million clips of other people."
        return said

    llm.answer = answer
    assert make(show, "--top", "1") == 1
    assert (folder_of(show, FIRST) / "script.json").is_file()
    capsys.readouterr()
    assert podcast(show, "script", FIRST) == 0
    assert "12 million" in capsys.readouterr().out


@pytest.mark.long
@pytest.mark.parametrize("stage", ["reading", "dialogue"])
def test_what_a_model_cannot_do_is_done_by_rule(
    show: Path, llm: LLM, capsys: pytest.CaptureFixture[str], stage: str
) -> None:
    """Without a fallback the hint names the command; with it there is an episode, and notes and status say how."""
    llm.answer = wrong(stage, "I would rather talk about the weather.")
    assert make(show, "--top", "1") == 1
    assert "PODCAST_WRITER__FALLBACK=extractive podcast -C" in " ".join(capsys.readouterr().err.split())
    more(show, 'fallback = "extractive"')
    assert make(show, "--top", "1") == 0
    told = " ".join(capsys.readouterr().err.split())
    assert "by rule, without the model" in told
    podcast(show, "status", "--json")
    (row,) = json.loads(capsys.readouterr().out)
    assert row["state"] == "done"
    assert "by rule, without the model" in row["note"]
    podcast(show, "notes", FIRST)
    assert "by rule, without a model" in capsys.readouterr().out


@pytest.mark.long
def test_a_script_by_rule_reads_the_papers_own_sentences(show: Path, llm: LLM) -> None:
    """A brief by a model is what it is made of, and none of the model's words are said: they may be wrong."""

    def answer(body: Any) -> Any:
        said = canned.answer(body)
        if canned.task(body) == "dialogue":
            return "I would rather not."
        for claim in said["claims"] if canned.task(body) == "reading" else ():
            claim["text"] = f"Everybody knows that {claim['text'][0].lower()}{claim['text'][1:]}"
        return said

    llm.answer = answer
    more(show, 'fallback = "extractive"')
    assert make(show, "--top", "1") == 0
    folder = folder_of(show, FIRST)
    assert "Everybody knows" in (folder / "brief.json").read_text()
    script = (folder / "script.json").read_text()
    assert "The second pass costs 8% more time." in script
    assert "Everybody knows" not in script


def test_one_line_said_again_and_again_is_no_script(show: Path, llm: LLM, capsys: pytest.CaptureFixture[str]) -> None:
    """A dialogue of one sentence in both hosts' mouths is stopped, and not asked for again."""

    def answer(body: Any) -> Any:
        said = canned.answer(body)
        if canned.task(body) == "dialogue":
            for line in said["lines"][2:]:
                line["text"] = "The network reads the whole document again before anyone answers a question on it."
        return said

    llm.answer = answer
    assert make(show, "--top", "1") == 1
    assert [canned.task(one.body) for one in llm.requests].count("dialogue") == 1
    assert "dialogue: the answer says the same again and again" in " ".join(capsys.readouterr().err.split())


def test_a_line_said_twice_goes_back(show: Path, llm: LLM) -> None:
    """Two lines that say the same go back, and the second time is the last."""

    def answer(body: Any) -> Any:
        said = canned.answer(body)
        if canned.task(body) == "dialogue":
            for line in said["lines"][2:6:3]:
                line["text"] = "The network reads the whole document again before anyone answers a question on it."
        return said

    llm.answer = answer
    assert make(show, "--top", "1") == 1
    asked = [one.body for one in llm.requests if canned.task(one.body) == "dialogue"]
    assert len(asked) == 2
    assert "says again what line 3 says" in asked[-1]["messages"][-1]["content"]


@pytest.mark.long
def test_a_paper_in_quarantine_is_asked_afresh(show: Path, llm: LLM) -> None:
    """`make --afresh`, and `regenerate --from read`, lay the answers aside; nothing of them is lost."""
    llm.answer = wrong("reading", "I would rather not.")
    assert make(show, "--top", "1") == 1
    asked = len(llm.requests)
    assert make(show, "--top", "1") == 1
    assert len(llm.requests) == asked
    assert podcast(show, "regenerate", FIRST, "--from", "read", "--no-publish") == 1
    assert len(llm.requests) == 2 * asked
    llm.answer = canned.answer
    assert make(show, "--top", "1", "--afresh") == 0
    drafts = folder_of(show, FIRST) / "drafts"
    aside = [
        [path for path in (drafts / name).glob("*.json") if path.stem != "packing"] for name in ("aside-1", "aside-2")
    ]
    assert [len(kept) for kept in aside] == [asked, asked]


@pytest.mark.long
def test_a_server_that_loads_its_model_is_waited_for(
    show: Path, llm: LLM, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is said once, no try is used up, and the paper is made."""
    monkeypatch.setattr(patience, "_LOOK_AGAIN", 0.01)
    llm.line_up(*[problem(503, "Loading model", "unavailable_error")] * 4)
    assert make(show, "--top", "1") == 0
    assert len(re.findall("is loading its model; waiting", caplog.text)) == 1


def test_a_time_out_is_not_repeated(show: Path, llm: LLM, capsys: pytest.CaptureFixture[str]) -> None:
    """One request went out, and the message says so."""
    more(show, "retries = 4") if "retries" not in (show / "podcast.toml").read_text() else None
    path = show / "podcast.toml"
    path.write_text(path.read_text().replace("retries = 0", "retries = 4").replace("timeout = 20", "timeout = 0.3"))
    llm.answer = lambda body: Reply(canned.answer(body), delay=2.0)
    assert make(show, "--top", "1") == 1
    assert len(llm.requests) == 1
    assert "gave no answer in 0.3 s (asked once)" in " ".join(capsys.readouterr().err.split())


@pytest.mark.long
def test_one_slot_gets_one_request_at_a_time(show: Path, llm: LLM) -> None:
    """The server says how many it answers side by side, and no more are under way."""
    llm.props = {"total_slots": 1, "default_generation_settings": {"n_ctx": 32768}}
    lock, now, most = threading.Lock(), 0, 0

    def answer(body: Any) -> Any:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.02)
        with lock:
            now -= 1
        return canned.answer(body)

    llm.answer = answer
    assert make(show) == 0
    assert most == 1


def test_doctor_compares_the_servers_word_with_the_settings(
    show: Path, llm: LLM, capsys: pytest.CaptureFixture[str]
) -> None:
    """A context larger than a slot's is named with the setting; so is a model that is not there."""
    llm.props = {"total_slots": 4, "default_generation_settings": {"n_ctx": 8192}}
    podcast(show, "doctor")
    assert "set context = 8192" in " ".join(capsys.readouterr().out.split()).replace("│", "")
    llm.props = {"total_slots": 4, "default_generation_settings": {"n_ctx": 32768}}
    podcast(show, "doctor", "--json")
    assert "32,768 tokens a request, 4 at a time" in capsys.readouterr().out


def test_doctor_knows_a_server_from_the_environment(
    show: Path, llm: LLM, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A server of one's own in OPENAI_BASE_URL needs no key."""
    text = (show / "podcast.toml").read_text()
    (show / "podcast.toml").write_text(text.replace(f'base_url = "{llm.base_url}"\n', ""))
    monkeypatch.setenv("OPENAI_BASE_URL", llm.base_url)
    podcast(show, "doctor", "--json")
    (found,) = (one for one in json.loads(capsys.readouterr().out) if one["check"] == "writer")
    assert found["ok"] == "yes"
    assert llm.base_url in found["found"]


def test_what_was_spent_is_told_once(show: Path, llm: LLM, caplog: pytest.LogCaptureFixture) -> None:
    """The digest that reads a failed paper again, from what is kept, tells no expense of its own."""
    caplog.set_level("INFO", "podcast")
    llm.answer = wrong("reading", "I would rather not.")
    assert make(show, "--top", "1") == 1
    assert len(re.findall("the language model took", caplog.text)) == 1
    assert load(folder_of(show, FIRST) / "quarantine.json")["stage"] == "read"
    assert DAY in str(folder_of(show, FIRST))


@pytest.mark.long
def test_a_model_too_slow_is_done_without(show: Path, llm: LLM, capsys: pytest.CaptureFixture[str]) -> None:
    """What a server of one's own does not answer in time is done by rule: one request a stage, and none is repeated."""
    path = show / "podcast.toml"
    path.write_text(path.read_text().replace("timeout = 20", "timeout = 0.3"))
    more(show, 'fallback = "extractive"')
    llm.answer = lambda body: Reply(canned.answer(body), delay=1.0)
    assert make(show, "--top", "1") == 0
    assert [canned.task(one.body) for one in llm.requests] == ["reading", "outline"]
    capsys.readouterr()
    podcast(show, "status", "--json")
    (row,) = json.loads(capsys.readouterr().out)
    assert row["state"] == "done"
    assert row["note"].count("gave no answer in 0.3 s") == 2


@pytest.mark.long
def test_what_was_done_by_rule_is_told_beside_doubts(show: Path, llm: LLM, capsys: pytest.CaptureFixture[str]) -> None:
    """A brief by rule, and a line that the second reader doubts: `status` says both."""

    def answer(body: Any) -> Any:
        said = canned.answer(body)
        if canned.task(body) == "reading":
            return "I would rather not."
        if canned.task(body) == "second":
            said["verdicts"][0] |= {"verdict": "contradicts", "words": "on two tasks"}
        return {"lines": []} if canned.task(body) == "lines" else said

    llm.answer = answer
    more(show, 'fallback = "extractive"')
    assert make(show, "--top", "1") == 0
    capsys.readouterr()
    podcast(show, "status", "--json")
    (row,) = json.loads(capsys.readouterr().out)
    assert re.search("read by rule, without the model: .*; . lines? (is|are) doubted", row["note"])


@pytest.mark.long
def test_a_mended_line_has_no_name_before_it(show: Path, llm: LLM) -> None:
    """What comes back mended is held to what nobody is to say, as what came first was."""

    def answer(body: Any) -> Any:
        said = canned.answer(body)
        if canned.task(body) == "dialogue":
            said["lines"][2]["text"] = "It was trained on 12 million clips of other people."
        if canned.task(body) == "lines":
            said["lines"][0]["text"] = "Ada: [laughs] I take that back."
        return said

    llm.answer = answer
    assert make(show, "--top", "1") == 0
    assert load(folder_of(show, FIRST) / "script.json")["lines"][2]["text"] == "I take that back."


FALSE = [  # what models of 0.5 and 1.5 billion parameters claimed, in this paper's words where it had words of a paper
    ("weaknesses", "It does not compare to other baselines, has small samples, and results that do not agree.",
     [1, 2, 3, 4, 5], "repeats the instructions|does not speak of that"),
    ("strengths", "Language models read a document once.", [1], "it says again what tldr says"),
    ("experiments.limitations", "The experiments limitations involve introducing a second pass over the document.",
     [3], "it says again what|does not speak"),
    ("method.cost", "Parameters, hardware, hours, tokens, money, speed.", [3, 4], "repeats the instructions"),
    ("terms", "Recall, document, pass, time", [4, 5], "it explains no term"),
    ("future_work", "The authors plan or leave open.", [2], "repeats the instructions"),
    ("implication", "...", [1], "it has no text"),
    ("experiments.metrics", "A recall of 61% is a good value of it.", [4], "'61' does not stand in sentence 4"),
    ("experiments.baselines", "A baseline called ReadOnce is compared.", [1], "'ReadOnce' does not stand"),
    ("challenges", "There is no sentence 99: yours are 1 to 5", [99], "there is no sentence 99|repeats"),
]  # fmt: skip


def test_what_real_models_made_up_is_in_no_brief(show: Path, llm: LLM, capsys: pytest.CaptureFixture[str]) -> None:
    """Each falls with its reason, also when it comes again; what was put to a wrong sentence gets its own."""

    def answer(body: Any) -> Any:
        said = canned.answer(body)
        false = [{"field": field, "text": text, "evidence": evidence} for field, text, evidence, _ in FALSE]
        if canned.task(body) == "reading":
            moved = {"field": "before", "text": "Facts at a text's end are often missed.", "evidence": [3]}
            said["claims"] = [one for one in said["claims"] if one["evidence"] != [2]] + [moved, *false]
        elif canned.task(body) == "claims":
            asked = re.findall(r"^(\d+)\. \((.+?)\)", body["messages"][-1]["content"], re.MULTILINE)
            by_field = {one["field"]: one for one in false}
            said = {"claims": [{"number": int(number), **by_field[field]} for number, field in asked]}
        return said

    llm.answer = answer
    podcast(show, "fetch", DAY, "--papers", str(show / "list.json"))
    assert podcast(show, "read", FIRST, "--papers", str(show / "list.json")) == 0
    brief = load(folder_of(show, FIRST) / "brief.json")
    reasons = {one["text"]: one["reason"] for one in brief.pop("dropped")}
    for _, text, _, why in FALSE:
        assert re.search(why, reasons[text]), (text, reasons[text])
    told = json.dumps(brief)
    assert not [text for _, text, _, _ in FALSE if text in told and text != FALSE[1][1]]
    assert brief["before"] == [{"text": "Facts at a text's end are often missed.", "evidence": [2]}]


def test_a_brief_that_lacks_what_it_needs_has_no_tick(show: Path, llm: LLM, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a tldr, or a result, `read` marks it with ~ and says what is wanting; so does `status`."""

    def answer(body: Any) -> Any:
        said = canned.answer(body)
        for claim in said["claims"] if canned.task(body) == "reading" else ():
            claim["field"] = "idea" if claim["field"] in ("tldr", "experiments.results") else claim["field"]
        return said

    llm.answer = answer
    podcast(show, "fetch", DAY, "--papers", str(show / "list.json"))
    assert podcast(show, "read", FIRST, "--papers", str(show / "list.json")) == 0
    said = " ".join(capsys.readouterr().err.split())
    assert f"~ {FIRST}" in said
    assert "✓" not in said
    podcast(show, "status", "--json")
    note = json.loads(capsys.readouterr().out)[0]["note"]
    assert "no tldr" in note
    assert "the brief has no result" in note


@pytest.mark.long
def test_what_a_brief_lacks_is_found_by_rule(show: Path, llm: LLM, capsys: pytest.CaptureFixture[str]) -> None:
    """With a fallback a brief without a result gets the paper's own sentence, an episode that tells it, and a note."""

    def answer(body: Any) -> Any:
        said = canned.answer(body)
        if canned.task(body) == "reading":
            said["claims"] = [{**one, "text": f"Surely, {one['text']}"} for one in said["claims"][:4]]
        return said

    llm.answer = answer
    more(show, 'fallback = "extractive"')
    assert make(show, "--top", "1") == 0
    capsys.readouterr()
    folder = folder_of(show, FIRST)
    brief = load(folder / "brief.json")
    assert brief["tldr"]["text"] == "Surely, Language models read a document once."
    found = "Experiments show that recall improves from 61% to 74%."
    assert brief["experiments"]["results"] == [{"text": found, "evidence": [5]}]
    assert any("experiments.results.0" in line["claims"] for line in load(folder / "script.json")["lines"])
    podcast(show, "status", "--json")
    (row,) = json.loads(capsys.readouterr().out)
    assert row["note"].endswith("read by rule, without the model: in part, for the brief has no result")
    podcast(show, "notes", FIRST)
    assert "brief by tiny, in part by rule" in capsys.readouterr().out


@pytest.mark.long
def test_a_part_that_gave_nothing_is_named(show: Path, llm: LLM, capsys: pytest.CaptureFixture[str]) -> None:
    """Of a long paper whose first part's claims all fell, `status` says which sentences nobody knows."""
    test_llm.long_paper(show)
    more(show, "context = 5632", "max_tokens = 1024")

    def answer(body: Any) -> Any:
        said = canned.answer(body)
        first = canned.task(body) == "reading" and "[1] " in body["messages"][-1]["content"]
        for claim in said["claims"] if first else ():
            claim["text"] = "What is measured, and what a good value is."
        return said

    llm.answer = answer
    podcast(show, "fetch", DAY, "--papers", str(show / "list.json"))
    assert podcast(show, "read", FIRST, "--papers", str(show / "list.json")) == 0
    capsys.readouterr()
    podcast(show, "status", "--json")
    note = json.loads(capsys.readouterr().out)[0]["note"]
    assert re.search(r"read 1 of \d: every claim fell, and nothing of sentences 1 to \d+ is known", note)


@pytest.mark.long
def test_prompts_are_packed_by_the_servers_own_count(show: Path, llm: LLM) -> None:
    """Once the server counted half of what we took a prompt for, the next paper is read in half as many parts."""
    sentences = test_llm.long_paper(show, sections=12)
    text = (show / f"{FIRST}.json").read_text()
    words = "a small predictor chooses which steps to skip in training deep networks of"
    other = text.replace(FIRST, "2403.00001").replace("a second pass of language models that read finds", words)
    (show / "2403.00001.json").write_text(other)
    more(show, "context = 8192", "max_tokens = 1024")
    podcast(show, "fetch", DAY, "--papers", str(show / "list.json"))
    parts = []
    for paper in (FIRST, "2403.00001"):
        before = len(llm.requests)
        assert podcast(show, "read", paper, "--papers", str(show / "list.json")) == 0
        asked = [one.body for one in llm.requests[before:] if canned.task(one.body) == "reading"]
        found = [n for body in asked for n in canned.sentences(body["messages"][1]["content"])]
        assert sorted(found) == list(range(1, len(sentences) + 1))
        parts.append(len(asked))
    assert parts[1] <= parts[0] / 1.5


def test_a_plan_of_three_chapters_without_a_result_is_completed(show: Path, llm: LLM) -> None:
    """It goes back once; the same answer again is taken, and what every episode tells is given to its last chapter. A
    description that speaks as the authors speaks of them."""

    def answer(body: Any) -> Any:
        said = canned.answer(body)
        if canned.task(body) == "outline":
            said["chapters"] = [{**one, "claims": ["tldr"], "words": 60} for one in said["chapters"][:3]]
        if canned.task(body) == "reading":
            said["claims"][-1]["field"] = "experiments.results"
        return said | ({"description": "We present a second pass."} if canned.task(body) == "outline" else {})

    llm.answer = answer
    podcast(show, "fetch", DAY, "--papers", str(show / "list.json"))
    assert podcast(show, "read", FIRST, "--papers", str(show / "list.json")) == 0
    assert podcast(show, "write", FIRST) == 0
    asked = [one.body["messages"][-1]["content"] for one in llm.requests if canned.task(one.body) == "outline"]
    assert len(asked) == 2
    assert "there are 3 chapters: plan 4 to 9" in asked[1]
    assert "a result is planned nowhere" in asked[1]
    script = load(folder_of(show, FIRST) / "script.json")
    assert script["description"] == "The authors present a second pass."
    lines = script["lines"]
    assert any("experiments.results.0" in line["claims"] for line in lines)
    assert len({line["chapter"] for line in lines}) == 3


PLANNED = [
    ({"description": "In this episode, we will explore a second pass."}, "the description says 'in this episode'"),
    ({"hook": "Welcome back to the show."}, "the hook is a greeting"),
    ({"description": "HuMo (Highly Coupled Video Generation) reads twice."}, "the description says 'HuMo'"),
]


@pytest.mark.parametrize(("change", "why"), PLANNED)
def test_a_plan_that_says_what_it_must_not_goes_back(show: Path, llm: LLM, change: Any, why: str) -> None:
    """What stands in a podcast app's list is held to the paper and to plain words, as lines are."""
    asked = []

    def answer(body: Any) -> Any:
        said = canned.answer(body)
        if canned.task(body) == "outline":
            asked.append(body["messages"][-1]["content"])
            said["chapters"][0]["title"], said["chapters"][-1]["title"] = "Introduction", "Conclusion"
            said |= change if len(asked) == 1 else {}
        return said

    llm.answer = answer
    podcast(show, "fetch", DAY, "--papers", str(show / "list.json"))
    assert podcast(show, "read", FIRST, "--papers", str(show / "list.json")) == 0
    assert podcast(show, "write", FIRST) == 0
    assert len(asked) == 2
    assert why in asked[1]
    chapters = {line["chapter"] for line in load(folder_of(show, FIRST) / "script.json")["lines"]}
    assert not {"Introduction", "Conclusion"} & chapters
    assert {"What it is about", "What to take away"} <= chapters


CIRCLE = (
    '{"claims": [{"field": "tldr", "text": "We introduce a second pass over the document.", "evidence": [3]}, '
    '{"field": "experiments.results", "text": "Recall improves from 61% to 74%.", "evidence": [5]}, '
    '{"field": "method.cost", "text": "The second pass costs 8% more time.", "evidence": [4'
) + ", 4" * 300


def test_claims_before_a_circle_are_used(show: Path, llm: LLM, capsys: pytest.CaptureFixture[str]) -> None:
    """An answer that goes round in a circle is stopped as it streams, not asked for again with more room; what stands
    whole before makes the brief."""
    llm.answer = wrong("reading", Reply(CIRCLE, finish_reason="length"))
    podcast(show, "fetch", DAY, "--papers", str(show / "list.json"))
    assert podcast(show, "read", FIRST, "--papers", str(show / "list.json")) == 0
    assert len(llm.requests) == 1
    assert "says the same again and again" in " ".join(capsys.readouterr().err.split())
    brief = load(folder_of(show, FIRST) / "brief.json")
    assert brief["tldr"]["evidence"] == [3]
    assert brief["experiments"]["results"][0]["text"] == "Recall improves from 61% to 74%."


def test_a_circle_alone_says_that_the_model_is_too_small(
    show: Path, llm: LLM, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where nothing stands before it, more room is no advice: a larger model is, and the stage is named once."""
    llm.answer = wrong("reading", Reply('{"claims": [{"text": "' + "It reads, " * 100, finish_reason="length"))
    assert make(show, "--top", "1") == 1
    told = " ".join(capsys.readouterr().err.split())
    assert "take a larger model" in told
    assert "raise max_tokens" not in told
    assert "read: read" not in told
    assert len(llm.requests) == 1


def test_words_of_ours_are_no_german(show: Path, llm: LLM, capsys: pytest.CaptureFixture[str]) -> None:
    """A repair's own words in every field, which a digest once had as German, are refused, and the paper is listed."""

    def answer(body: Any) -> Any:
        said = canned.answer(body)
        if canned.task(body) == "retell":
            return dict.fromkeys(said, "This is not right: It is the note itself, not German")
        return said

    llm.answer = answer
    assert podcast(show, "digest", DAY, "--papers", str(show / "list.json"), "--lang", "de", "--top", "1") == 1
    assert "retell" in capsys.readouterr().err
    made = "".join(path.read_text() for path in (show / "feed" / "digest").rglob("*.de.*"))
    assert made
    assert "This is not right" not in made


@pytest.mark.parametrize(
    "why", ["EchoX and SimpleVLA-RL address pre-training on robotic data.", "...", "It gains 99%."]
)
def test_a_score_that_speaks_of_another_paper_chooses_none(
    show: Path, llm: LLM, capsys: pytest.CaptureFixture[str], why: str
) -> None:
    """Names and figures in a reason stand in the abstract, or the paper goes by its upvotes, and that is said."""
    (show / "criteria.md").write_text("1. Robots\n")

    def answer(body: Any) -> Any:
        said = canned.answer(body)
        for one in said["papers"]:
            one["why"] = why
        return said

    llm.answer = answer
    assert podcast(show, "fetch", DAY, "--papers", str(show / "list.json"), "--top", "1") == 0
    capsys.readouterr()
    assert podcast(show, "status", DAY, "--json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["paper"] for row in rows if row["chosen"] == "yes"] == [FIRST]
    assert not [row for row in rows if why in row["reason"]]
    assert "without a score" in rows[0]["reason"]
