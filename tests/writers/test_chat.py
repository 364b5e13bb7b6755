"""Asking a language model, through the real SDK: what is asked, mended, kept, paid and said."""

import json
import logging
import os
import re
import shutil
import subprocess
import sys
import textwrap
import threading
import time
import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from email.utils import formatdate
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal

import pytest
import tiny_gguf
from conftest import TESTS
from llm import LLM, Reply, problem, running
from pydantic import BaseModel, ConfigDict, Field, create_model, field_validator

from podcast.show.errors import ConfigError, DocumentError, ModelUnavailable, OverBudget, PodcastError, WriterError
from podcast.show.settings import WriterSettings
from podcast.writers import facts, server, shapes
from podcast.writers.chat import Answer, Ask, Chat, TooLong, size, tokens
from podcast.writers.refusals import TooSlow


class Line(BaseModel):
    """A line, which the model is not told about."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    host: Literal["A", "B"]
    text: str = Field(min_length=2, max_length=200, pattern=r"^\D*$")
    """What is said."""


class Talk(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    title: str
    minutes: int = Field(ge=3, le=7)
    lines: tuple[Line, ...] = Field(max_length=3)

    @field_validator("title")
    @classmethod
    def _no_shouting(cls, title: str) -> str:
        if title.isupper():
            raise ValueError("the title shouts")
        return title


GOOD = {"title": "Pebbles", "minutes": 5, "lines": [{"host": "A", "text": "We sort pebbles."}]}
WRONG = {**GOOD, "minutes": "many"}
SYSTEM = {"role": "system", "content": "You write."}
KEY = "sk-proj-Zq7RkW2mTb9Yx4Lc8Vn3"


def asking(words: str = "Write about pebbles.", max_tokens: int = 600, name: str = "outline") -> Ask[Talk]:
    return Ask(name, (SYSTEM, {"role": "user", "content": words}), Talk, max_tokens)


@pytest.fixture
def llm() -> Iterator[LLM]:
    with running(lambda body: GOOD) as llm:
        yield llm


class Desk:
    """A chat with a server, its drafts and its memory."""

    def __init__(self, base_url: str, folder: Path, **settings: object) -> None:
        self.drafts = folder / "drafts"
        self.memory = folder / "models.json"
        self.settings = WriterSettings.model_validate(
            {"base_url": base_url, "retries": 0, "timeout": 5, "stream": False, **settings}
        )
        self.chat = Chat(self.settings, self.memory)

    def ask(self, ask: Ask[Talk] | None = None, check: Any = None) -> Answer[Talk]:
        more = () if check is None else (check,)
        return self.chat.ask(ask or asking(), self.drafts, *more)

    def fails(self, kind: type[PodcastError], ask: Ask[Talk] | None = None, check: Any = None) -> str:
        """Return the message and the hint of the error that asking brings."""
        with pytest.raises(kind) as caught:
            self.ask(ask, check)
        assert type(caught.value) is kind
        return f"{caught.value} | {caught.value.hint}"

    def kept(self) -> list[dict[str, Any]]:
        """Return what lies in the drafts."""
        return [json.loads(path.read_bytes()) for path in sorted(self.drafts.glob("*.json"))]

    def said(self) -> list[str]:
        return [draft["response"]["choices"][0]["message"]["content"] for draft in self.kept()]


@pytest.fixture
def desks(llm: LLM, tmp_path: Path) -> Iterator[Any]:
    made: list[Desk] = []

    def desk(**settings: object) -> Desk:
        made.append(Desk(str(settings.pop("base_url", llm.base_url)), tmp_path, **settings))
        return made[-1]

    yield desk
    for one in made:
        one.chat.close()


# --- what is asked ---------------------------------------------------------------------------------


def test_an_answer_of_the_shape_comes_back_with_what_it_took(llm: LLM, desks: Any) -> None:
    """The request holds model, messages, schema and limits; the answer is a value, its words, its draft, its usage."""
    desk = desks(temperature=0.3)
    answer = desk.ask()
    assert answer.value == Talk.model_validate(GOOD)
    assert json.loads(answer.text) == GOOD
    assert answer.usage.answers == 1
    assert answer.usage.prompt_tokens == len("You write.Write about pebbles.") // 4
    assert answer.usage.cost is None
    assert desk.chat.spent == answer.usage
    (asked,) = llm.requests
    assert asked.body == {
        "model": "tiny",
        "messages": [SYSTEM, {"role": "user", "content": "Write about pebbles."}],
        "max_tokens": 600,
        "temperature": 0.3,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "Talk", "schema": shapes.schema(Talk), "strict": True},
        },
    }
    assert json.loads(answer.draft.read_bytes())["request"] == asked.body
    assert asked.headers["authorization"] == "Bearer none"


def test_a_schema_has_only_what_every_server_knows() -> None:
    """No reference, default, title, pattern or length; all required, nothing else allowed; bounds of integers stay."""
    assert shapes.schema(Talk) == {
        "type": "object",
        "properties": {
            "title": {"type": "string"},
            "minutes": {"type": "integer", "minimum": 3, "maximum": 7},
            "lines": {
                "type": "array",
                "maxItems": 3,
                "items": {
                    "type": "object",
                    "properties": {"host": {"type": "string", "enum": ["A", "B"]}, "text": {"type": "string"}},
                    "required": ["host", "text"],
                    "additionalProperties": False,
                },
            },
        },
        "required": ["title", "minutes", "lines"],
        "additionalProperties": False,
    }


def test_a_schema_of_a_model_made_on_the_fly_lists_its_words() -> None:
    """A Literal of many is an enum, of one too; optional and default fields are asked for; exclusive bounds turn in."""
    paths = tuple(f"idea.{number}" for number in range(300))
    made = create_model(
        "Made",
        claims=(list[Literal[paths]], Field(max_length=4)),  # type: ignore[valid-type]
        one=(Literal["x"], "x"),
        maybe=(int | None, Field(None, gt=0, lt=9)),
        part=(Line, ...),
    )
    found: Any = shapes.schema(made)
    assert found["properties"]["claims"] == {
        "type": "array", "maxItems": 4, "items": {"type": "string", "enum": list(paths)},
    }  # fmt: skip
    assert found["properties"]["one"] == {"type": "string", "enum": ["x"]}
    assert found["properties"]["maybe"] == {
        "anyOf": [{"type": "integer", "minimum": 1, "maximum": 8}, {"type": "null"}]
    }  # fmt: skip
    assert found["required"] == ["claims", "one", "maybe", "part"]
    text = json.dumps(found)
    assert not [word for word in ("$ref", "$defs", "title", "default", "const", "pattern", "Length") if word in text]


def test_tokens_are_rather_too_many() -> None:
    """Letters count a fourth, other signs one, and a fifth is added; the size of an ask holds schema and messages."""
    assert tokens("") == 0
    assert tokens("word" * 100) == 120
    assert tokens("12,5") == 5
    assert tokens("石头石头石") == 6
    assert size(asking("word" * 1000)) >= 1200 + tokens(json.dumps(shapes.schema(Talk)))


def test_the_only_model_of_a_server_is_taken(llm: LLM, desks: Any) -> None:
    """Without a model in the settings the server's only one is asked; several are listed, twenty at most; or none."""
    assert desks().chat.model == "tiny"
    llm.models = [f"m{number}" for number in range(30)]
    with pytest.raises(ConfigError, match="has 30 models") as caught:
        _ = desks().chat.model
    assert "m19 and 10 more" in caught.value.hint
    assert "set model in [writer]" in caught.value.hint
    llm.models = []
    with pytest.raises(ConfigError, match="has no model"):
        _ = desks().chat.model
    llm.models, llm.bare = ["m2"], True
    assert desks().chat.model == "m2"
    assert facts.ask(llm.base_url, "").models == ("m2",)
    assert desks(model="m1").chat.model == "m1"


def test_openrouter_is_asked_for_those_who_know_schemas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At OpenRouter's address, and at no other, a schema is asked for with provider.require_parameters."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    for url, there in (("https://openrouter.ai/api/v1", True), ("https://notopenrouter.ai/v1", False)):
        chat, asked = Chat(WriterSettings(base_url=url, model="m"), tmp_path / "m.json"), []
        chat._server.complete = lambda request, keep, held, asked=asked: (  # type: ignore[method-assign, misc]
            asked.append(request) or {"choices": [{"message": {"content": json.dumps(GOOD)}}]}
        )
        chat.ask(asking(), tmp_path / "drafts")
        assert (asked[0].get("extra_body") == {"provider": {"require_parameters": True}}) is there


# --- how strictly ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("refused", "level"), [({"json_schema"}, "json_object"), ({"json_schema", "json_object"}, "text")]
)
def test_what_a_server_refuses_is_asked_less_strictly_and_remembered(
    llm: LLM, desks: Any, caplog: pytest.LogCaptureFixture, refused: set[str], level: str
) -> None:
    """A refused schema is told in words, and the next process knows."""
    llm.refused = refused
    assert desks().ask().value.title == "Pebbles"
    assert len(llm.requests) == len(refused) + 1
    last = llm.requests[-1].body
    assert last.get("response_format", {}).get("type", "text") == level
    assert json.dumps(shapes.schema(Talk), separators=(",", ":")) in last["messages"][-1]["content"]
    assert "the server refuses that" in caplog.text
    assert "response_format" in caplog.text
    desk = desks()
    desk.ask(asking("Write of shells."))
    assert len(llm.requests) == len(refused) + 2
    assert json.loads(desk.memory.read_bytes())["models"][f"{llm.base_url} tiny"]["level"] == level


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (500, "1 validation error: response_format.type: Input should be 'text' or 'json_object'"),
        (500, "The model produced output that does not match the expected peg-native format"),
        (501, "structured output is not implemented"),
        (422, "json_schema: extra fields not permitted"),
        (400, "Failed to parse grammar"),
    ],
)
def test_each_server_says_so_in_its_own_way(llm: LLM, desks: Any, status: int, said: str) -> None:
    """Whatever status and words a server has for it, the schema is left out."""
    llm.line_up(problem(status, said))
    assert desks().ask().value.title == "Pebbles"
    assert llm.requests[-1].body["response_format"] == {"type": "json_object"}


@pytest.mark.parametrize(("times", "level", "warm"), [(1, "json_schema", False), (2, "json_object", True)])
def test_openrouter_does_not_say_which_parameter_nobody_takes(
    llm: LLM, desks: Any, times: int, level: str, warm: bool
) -> None:
    """The temperature goes first, as models that think take none; where it was the schema, it comes back; the next
    process knows which it was."""
    llm.line_up(*[problem(404, "No endpoints found that can handle the requested parameters.")] * times)
    for words in ("One.", "More."):
        assert desks().ask(asking(words)).value.title == "Pebbles"
        last = llm.requests[-1].body
        assert (last["response_format"]["type"], "temperature" in last) == (level, warm)
    assert len(llm.requests) == times + 2


@pytest.mark.parametrize(("name", "instead"), [("max_tokens", "max_completion_tokens"), ("temperature", None)])
def test_a_parameter_that_is_refused_is_left_out_for_good(llm: LLM, desks: Any, name: str, instead: str | None) -> None:
    """max_tokens gets its new name, temperature goes; the next process knows, and drafts are still found."""
    llm.refused = {name}
    desks().ask()
    desks().ask(asking("Write of shells."))
    assert [name in asked.body for asked in llm.requests] == [True, False, False]
    if instead:
        assert llm.requests[-1].body[instead] == 600
    desks().ask()
    assert len(llm.requests) == 3


def test_a_memory_that_cannot_be_read_is_found_out_anew(desks: Any, caplog: pytest.LogCaptureFixture) -> None:
    """A broken memory is a warning, and is mended."""
    desk = desks()
    desk.memory.write_text("{")
    desk.ask()
    assert "found out anew" in caplog.text
    assert json.loads(desk.memory.read_bytes())["models"]


@pytest.mark.parametrize(
    "reply",
    [
        Reply(GOOD, fence=True),
        Reply(GOOD, around=("Here {it} is: ", " {Enjoy}!")),
        Reply(GOOD, around=('<think>Perhaps {"title": "No"}?</think>', "")),
        Reply(GOOD, around=(json.dumps(shapes.schema(Talk)), "")),
        Reply("", reasoning_content=json.dumps(GOOD)),
        Reply(None, reasoning_content=f"Hm. {json.dumps(GOOD)}"),
        Reply(json.dumps(json.dumps(GOOD))),
        Reply(None, message={"tool_calls": [{"function": {"name": "Talk", "arguments": json.dumps(GOOD)}}]}),
        Reply(None, message={"content": [{"type": "text", "text": json.dumps(GOOD)}]}),
        Reply(None, message={"content": [
            {"type": "thinking", "thinking": [{"type": "text", "text": '{"title": "No"}?'}]},
            {"type": "text", "text": json.dumps(GOOD)[:9]}, {"type": "text", "text": json.dumps(GOOD)[9:]},
        ]}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("stream", [False, True])
def test_json_is_found_wherever_a_model_puts_it(llm: LLM, desks: Any, reply: Reply, stream: bool) -> None:
    """In a fence, amid prose, after thoughts, after the schema itself, among the thoughts, as what a tool is called
    with that nobody offered, in parts, or in a string: no repair is needed, whole or streamed."""
    llm.line_up(reply)
    assert desks(stream=stream).ask().value.title == "Pebbles"
    assert len(llm.requests) == 1


def test_halves_of_characters_do_no_harm(llm: LLM, desks: Any) -> None:
    """A lone surrogate, which JSON can write and no file can hold, is replaced; two that belong together are one."""
    llm.line_up(Reply({**GOOD, "title": 5, "more": "\ud83d"}), Reply({**GOOD, "title": "\ud83d\ude00"}))
    desk = desks()
    assert desk.ask().value.title == "😀"
    assert desks().ask().usage.answers == 2


# --- what is wrong goes back -----------------------------------------------------------------------


@pytest.mark.parametrize(("wrong", "problem_said"), [
    ("I would rather not.", "there is no JSON object in it"),
    (WRONG, "minutes: Input should be a valid integer"),
    ({**GOOD, "more": 1}, "more: Extra inputs are not permitted"),
])  # fmt: skip
def test_an_answer_not_of_the_shape_is_repaired_one_level_lower(
    llm: LLM, desks: Any, caplog: pytest.LogCaptureFixture, wrong: Any, problem_said: str
) -> None:
    """It goes back with what is wrong, asked for by json_object; both answers are paid for and kept."""
    llm.line_up(wrong)
    desk = desks()
    answer = desk.ask()
    first, second = (asked.body for asked in llm.requests)
    assert second["response_format"] == {"type": "json_object"}
    assert second["messages"][:2] == first["messages"]
    assert second["messages"][2]["role"] == "assistant"
    assert f"- {problem_said}" in second["messages"][3]["content"]
    assert f"repair 1 of 2, by json_object: {problem_said}" in caplog.text
    assert answer.usage.answers == 2
    assert len(desk.said()) == 2
    assert llm.requests[-1].body["messages"][2]["content"] in desk.said()


@pytest.mark.parametrize(
    ("wrong", "problem_said"),
    [({**GOOD, "title": "LOUD"}, "the title shouts"), ({**GOOD, "lines": [{"host": "A", "text": "5 %"}]}, "pattern")],
)
def test_what_the_schema_does_not_say_is_repaired_at_its_level(
    llm: LLM, desks: Any, wrong: Any, problem_said: str
) -> None:
    """A rule that only we know is no sign that the server ignores schemas."""
    llm.line_up(wrong)
    desk = desks()
    desk.ask()
    assert llm.requests[-1].body["response_format"]["type"] == "json_schema"
    assert problem_said in llm.requests[-1].body["messages"][-1]["content"]
    assert json.loads(desk.memory.read_bytes())["models"][f"{llm.base_url} tiny"]["level"] == "json_schema"


def too_short(talk: Talk) -> Sequence[str]:
    return [] if len(talk.lines) > 1 else ["there are too few lines"]


def test_a_problem_that_check_finds_is_repaired_at_the_same_level(llm: LLM, desks: Any) -> None:
    """What `check` says goes back word for word."""
    llm.line_up(GOOD, {**GOOD, "lines": GOOD["lines"] * 2})  # type: ignore[operator]
    answer = desks().ask(check=too_short)
    assert len(answer.value.lines) == 2
    assert "- there are too few lines" in llm.requests[-1].body["messages"][-1]["content"]
    assert llm.requests[-1].body["response_format"]["type"] == "json_schema"


def test_after_two_repairs_it_is_over_and_all_drafts_are_there(llm: LLM, desks: Any) -> None:
    """The error names the draft, what is wrong, and what to delete; running again asks nothing and says the same."""
    titles = iter("ABCDEF")
    llm.answer = lambda body: {**GOOD, "title": f"Take {next(titles)}"}
    desk = desks()
    said = desk.fails(WriterError, check=too_short)
    assert "outline: the answer is still wrong after 2 repairs" in said
    assert "there are too few lines" in said
    assert len(llm.requests) == len(desk.kept()) == 3
    paths = [str(path) for path in desk.drafts.glob("*.json")]
    assert all(path in said.partition("to ask anew: rm ")[2] for path in paths)
    again = desks()
    assert again.fails(WriterError, check=too_short) == said
    assert len(llm.requests) == 3
    assert again.chat.spent.answers == 0
    for path in paths:
        Path(path).unlink()
    again.fails(WriterError, check=too_short)
    assert len(llm.requests) == 6


# --- a paid answer is never thrown away ------------------------------------------------------------


def test_an_answer_that_comes_word_for_word_again_is_the_last(llm: LLM, desks: Any) -> None:
    """What the model says again after it was told is not asked for a third time; running again asks nothing."""
    desk = desks()
    said = desk.fails(WriterError, check=lambda talk: ["say it more quietly"])
    assert "the answer came word for word again" in said
    assert [one.body["messages"][-1]["content"].count("more quietly") for one in llm.requests] == [0, 1]
    assert len(desk.kept()) == 2
    desks().fails(WriterError, check=lambda talk: ["say it more quietly"])
    assert len(llm.requests) == 2


def test_what_is_kept_is_not_asked_again(llm: LLM, desks: Any) -> None:
    """A second run sends nothing, and its answer carries what the first one paid; `recall` tells so beforehand."""
    first = desks()
    assert first.chat.recall(asking(), first.drafts) is None
    assert not llm.requests
    answer = first.ask()
    second = desks()
    assert second.chat.recall(asking(), second.drafts)
    assert second.chat.recall(asking("Something else."), second.drafts) is None
    assert second.ask() == answer
    assert second.chat.spent.answers == 0
    assert len(llm.requests) == 1


def test_a_repair_goes_on_where_it_was(llm: LLM, desks: Any) -> None:
    """Of a dialogue that was left half way only the rest is asked for, though the server would answer otherwise now."""
    llm.line_up(WRONG, problem(503, "busy"))
    desks().fails(ModelUnavailable)
    desk = desks()
    assert desk.chat.recall(asking(), desk.drafts) is None
    assert desk.ask().usage.answers == 2
    assert desk.chat.recall(asking(), desk.drafts)
    assert desk.chat.spent.answers == 1
    assert len(llm.requests) == 3
    desks().ask()
    assert len(llm.requests) == 3


@pytest.mark.parametrize("change", [{"model": "other"}, {"temperature": 0.1}])
def test_another_question_is_another_draft(llm: LLM, desks: Any, change: dict[str, object]) -> None:
    """Model, temperature, words and limits are part of what names a draft."""
    llm.models = ["tiny", "other"]
    desks(model="tiny").ask()
    desks(**{"model": "tiny", **change}).ask()
    desks(model="tiny").ask(asking(max_tokens=700))
    assert len(llm.requests) == 3


@pytest.mark.long
def test_kill_between_two_calls_loses_nothing(llm: LLM, desks: Any, tmp_path: Path) -> None:
    """A process that is killed after an answer came has it kept; the next one asks only the second question."""
    script = textwrap.dedent(f"""
        import os, signal, sys
        sys.path[:0] = [{str(TESTS)!r}, {str(TESTS / "writers")!r}]
        from pathlib import Path
        from test_chat import Desk, asking
        desk = Desk({llm.base_url!r}, Path({str(tmp_path)!r}))
        desk.ask(asking("First."))
        os.kill(os.getpid(), signal.SIGKILL)
    """)
    done = subprocess.run([sys.executable, "-c", script], env=dict(os.environ), capture_output=True, check=False)
    assert done.returncode == -9, done.stderr
    desk = desks()
    desk.ask(asking("First."))
    desk.ask(asking("Second."))
    assert len(llm.requests) == 2


def test_a_draft_that_somebody_broke_is_named(desks: Any) -> None:
    """A draft that is no JSON is an error with its path, and is not overwritten."""
    desk = desks()
    path = desk.ask().draft
    path.write_text("{")
    assert str(path) in desk.fails(DocumentError)
    assert path.read_text() == "{"


# --- answers that are none -------------------------------------------------------------------------


def test_a_cut_answer_is_asked_for_once_more_with_twice_the_room(
    llm: LLM, desks: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """It is not parsed, though it could be, as long as nothing shows that there was no more to say; the second try has
    twice the tokens, and both are kept."""
    llm.line_up(Reply({**GOOD, "title": "Cut"}, finish_reason="length"))
    desk = desks()
    answer = desk.ask()
    assert answer.value.title == "Pebbles"
    assert answer.usage.answers == 2
    assert [asked.body["max_tokens"] for asked in llm.requests] == [600, 1200]
    assert "outline: cut after 600 tokens; asking again for up to 1,200" in caplog.text
    assert len(desk.kept()) == 2


BLANKS = "  \n" * 600


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("fence", [False, True])
def test_a_whole_answer_before_blanks_without_end_is_taken(llm: LLM, desks: Any, stream: bool, fence: bool) -> None:
    """What a schema lets a model write behind its object is no part of it: it is not asked for again, and a stream is
    stopped."""
    llm.line_up(Reply(GOOD, fence=fence, around=("", BLANKS), finish_reason="length", usage={}))
    answer = desks(stream=stream).ask()
    assert answer.value.title == "Pebbles"
    assert len(llm.requests) == 1
    assert (len(answer.text) < 1000) is stream
    desks().ask()
    assert len(llm.requests) == 1


def test_blanks_without_end_within_an_answer_are_no_want_of_room(llm: LLM, desks: Any) -> None:
    """Twice the room would be twice the blanks: what stands whole before them counts, or it is said."""
    llm.line_up(Reply(CUT.rpartition(", ")[0].rpartition(", ")[0] + "," + BLANKS, finish_reason="length"))
    assert desks().ask().value == Talk.model_validate(GOOD)
    llm.line_up(Reply('{"title": "Pebbles", "lines": [' + BLANKS, finish_reason="length"))
    said = desks().fails(WriterError, asking("More."))
    assert "the answer goes on in blanks, and was ended after" in said
    assert "raise max_tokens" not in said
    assert len(llm.requests) == 2


@pytest.mark.parametrize(("context", "asked"), [(32_768, 2), (4_096, 1)])
def test_an_answer_that_stays_cut_says_what_to_set(llm: LLM, desks: Any, context: int, asked: int) -> None:
    """Where twice is not enough, or the context has no room for it, the error says what to set; the drafts stay."""
    llm.answer = lambda body: Reply("{", finish_reason="length")
    desk = desks(context=context, max_tokens=2048)
    said = desk.fails(WriterError, asking("word " * 100, max_tokens=2000))
    assert f"outline: the answer was cut after {asked * 2000:,} tokens" in said
    assert "raise max_tokens in [writer]" in said
    assert "models that think first need more" in said
    assert len(llm.requests) == len(desk.kept()) == asked
    assert desks(context=context, max_tokens=2048).fails(WriterError, asking("word " * 100, max_tokens=2000)) == said
    assert len(llm.requests) == asked


CUT = json.dumps(GOOD)[:-2] + ', {"host": "B", "te'


def test_where_twice_the_room_is_refused_the_first_answer_is_used(
    llm: LLM, desks: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """What stands whole in the answer that was paid for counts; the server's limit is taken for no other name."""
    allows = problem(400, "Invalid max_tokens value, the valid range of max_tokens is [1, 600]")
    llm.line_up(Reply(CUT, finish_reason="length"), allows)
    desk = desks()
    answer = desk.ask()
    assert answer.value == Talk.model_validate(GOOD)
    assert (answer.usage.answers, answer.draft.is_file()) == (1, True)
    assert [asked.body["max_tokens"] for asked in llm.requests] == [600, 1200]
    assert "the valid range of max_tokens is [1, 600]" in caplog.text
    assert not desk.memory.exists()


def test_where_twice_the_room_brings_less_the_first_answer_is_used(llm: LLM, desks: Any) -> None:
    """A second answer that goes round in a circle, or that no check lets pass, takes nothing of the first."""
    llm.line_up(Reply(CUT, finish_reason="length"), Reply('{"title": "' + "again and " * 400, finish_reason="length"))
    answer = desks().ask()
    assert answer.value == Talk.model_validate(GOOD)
    assert answer.usage.answers == 2


def test_an_outage_between_is_no_refusal(llm: LLM, desks: Any) -> None:
    """Where the server is out before the second answer, the next run asks for it."""
    llm.line_up(Reply(CUT, finish_reason="length"), problem(503, "Overloaded."))
    desks().fails(ModelUnavailable)
    assert desks().ask().value == Talk.model_validate(GOOD)
    assert [asked.body["max_tokens"] for asked in llm.requests] == [600, 1200, 1200]


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(None, refusal="I cannot help with pebbles."), "I cannot help with pebbles."),
        (Reply("That is not", finish_reason="content_filter"), "That is not"),
        (Reply("", finish_reason="content_filter"), "its content filter gives no reason ("),
        (Reply(CUT, finish_reason="content_filter"), "its content filter gives no reason ("),
        (Reply(None, finish_reason="content_filter: PROHIBITED_CONTENT"),
         "its content filter gives no reason but content_filter: PROHIBITED_CONTENT ("),
        (Reply(None, finish_reason="SAFETY"), "its content filter gives no reason but SAFETY ("),
        (Reply(None, finish_reason="FINISH_REASON_RECITATION"), "its content filter gives no reason but FINISH"),
        (Reply("", reasoning_content="Hm.", finish_reason="sensitive"), "its content filter gives no reason but sens"),
    ],
)  # fmt: skip
def test_a_refusal_is_said_in_the_models_words(llm: LLM, desks: Any, reply: Reply, words: str) -> None:
    """A refusal, or a content filter, ends the paper; it is kept, and not asked again."""
    llm.line_up(reply)
    desk = desks()
    said = desk.fails(WriterError)
    assert f"outline: the model refuses: {words}" in said
    assert len(desk.kept()) == 1
    assert desks().fails(WriterError) == said
    assert len(llm.requests) == 1


@pytest.mark.parametrize("finish", ["model_length", "MAX_TOKENS", "FinishReason.MAX_TOKENS"])
def test_want_of_room_has_many_words(llm: LLM, desks: Any, finish: str) -> None:
    """An answer that a server cut is none, whatever it calls that: it is asked for with twice the room."""
    llm.line_up(Reply(CUT, finish_reason=finish))
    assert desks().ask().value.title == "Pebbles"
    assert [asked.body["max_tokens"] for asked in llm.requests] == [600, 1200]


@pytest.mark.parametrize("finish", ["insufficient_system_resource", "network_error", "abort", "error"])
@pytest.mark.parametrize("stream", [False, True])
def test_an_answer_that_an_outage_ended_is_asked_for_again(
    llm: LLM, desks: Any, slept: list[float], finish: str, stream: bool
) -> None:
    """As it was asked, and not to be mended: it says nothing of how strictly the model may be asked. It is paid for."""
    llm.line_up(Reply(CUT, finish_reason=finish))
    desk = desks(retries=1, stream=stream, model="tiny")
    answer = desk.ask()
    assert answer.usage.answers == 1
    assert desk.chat.spent.completion_tokens > answer.usage.completion_tokens
    assert [asked.body for asked in llm.requests] == [llm.requests[0].body] * 2
    assert memory_of(desk)["level"] == "json_schema"
    llm.line_up(Reply(CUT, finish_reason=finish))
    assert f"it ended its answer with {finish}" in desks(stream=stream, model="tiny").fails(
        ModelUnavailable, asking("More.")
    )


def memory_of(desk: Desk) -> Any:
    (known,) = json.loads(desk.memory.read_bytes())["models"].values()
    return known


@pytest.mark.parametrize("reply", [Reply(""), Reply(None), Reply(None, reasoning_content="Let me think.")])
def test_one_empty_answer_is_no_sign_of_what_a_server_can_do(llm: LLM, desks: Any, reply: Reply) -> None:
    """It is mended one level lower, and asked for as strictly as before the next time; one more is a sign."""
    desk = desks()
    for words, level in (("One.", "json_schema"), ("Two.", "json_object"), ("Three.", "json_object")):
        if words != "Three.":
            llm.line_up(reply)
        assert desk.ask(asking(words)).value.title == "Pebbles"
        assert llm.requests[-1].body["response_format"]["type"] == "json_object"
        assert memory_of(desk)["level"] == level
    assert len(llm.requests) == 5


def test_a_prompt_that_was_cut_in_silence_is_noticed(llm: LLM, desks: Any) -> None:
    """A server that read a fraction of the prompt is named with both figures; the draft stays."""
    llm.line_up(Reply(GOOD, usage={"prompt_tokens": 2048, "completion_tokens": 30}))
    desk = desks()
    said = desk.fails(ConfigError, asking("word " * 8000))
    assert "outline: the server read only 2,048 of about 10,002 tokens" in said
    assert "OLLAMA_CONTEXT_LENGTH" in said
    assert "set context in [writer]" in said
    assert len(desk.kept()) == 1
    cached = {"prompt_tokens": 10, "completion_tokens": 30, "prompt_tokens_details": {"cached_tokens": 9990}}
    llm.line_up(Reply(GOOD, usage=cached))
    assert desk.ask(asking("word " * 8001)).value.title == "Pebbles"


def test_a_prompt_over_the_context_can_be_told_apart(llm: LLM, desks: Any) -> None:
    """The caller gets an error of its own, so that it can split."""
    llm.context = 1000
    said = desks().fails(TooLong, asking("word " * 2000))
    assert "more than the model holds (400: This model's maximum context length is 1000 tokens." in said
    assert len(llm.requests) == 1


def test_a_web_page_is_no_answer(llm: LLM, desks: Any) -> None:
    """Status 200 with a page, or with text, asks whether base_url is right; what came is kept aside."""
    for wanted in ({"stream": False}, {"stream": True}):
        llm.line_up(Reply(html=True))
        desk = desks(model="tiny", **wanted)
        said = desk.fails(ModelUnavailable)
        assert "answers with a web page" in said
        assert "is base_url in [writer] right?" in said
        assert "Please log in" in desk.kept()[0]["response"]
    assert desk.ask().value.title == "Pebbles"


@pytest.mark.parametrize(
    ("code", "kind", "said"),
    [
        (401, ConfigError, "OPENAI_API_KEY"),
        ("insufficient_quota", ModelUnavailable, "is used up"),
        (502, ModelUnavailable, "failed (502: Upstream broke"),
        ("context_length_exceeded", TooLong, "more than the model holds"),
        ("strange", WriterError, "failed (500: Upstream broke"),
    ],
)
def test_an_error_within_a_200_counts_as_its_code(
    llm: LLM, desks: Any, code: object, kind: type[PodcastError], said: str
) -> None:
    """An error in place of choices is what it would be with its own status; it blocks no later run."""
    llm.line_up(Reply(error={"message": "Upstream broke", "code": code}))
    desk = desks()
    assert said in desk.fails(kind)
    assert desk.ask().value.title == "Pebbles"


def test_an_error_within_a_200_that_may_pass_is_tried_again(
    llm: LLM, desks: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """The SDK has not tried again, so we do."""
    llm.line_up(Reply(error={"message": "Overloaded", "code": 503}))
    assert desks(retries=1).ask().value.title == "Pebbles"
    assert "answered with an error (Overloaded); asking again in 0.5 s" in caplog.text


def test_an_answer_without_choices_is_an_error(llm: LLM, desks: Any) -> None:
    """Neither an answer nor an error: it is said, kept aside, and asked again next time."""
    desk = desks(model="tiny")
    desk.chat._server._parsed = lambda text, keep=None: {"choices": []}
    assert "answered without a choice" in desk.fails(WriterError)
    assert desk.kept()[0]["response"] == {"choices": []}
    assert desks().ask().value.title == "Pebbles"


# --- errors of the server --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reply", "kind", "said"),
    [
        (problem(403, "No."), ConfigError, "wants a key, and OPENAI_API_KEY is not set (403: No.) | export OPENAI"),
        (problem(402, "No credits."), ModelUnavailable, "is used up (402: No credits.) | pay"),
        (problem(429, "You exceeded your current quota", "insufficient_quota"), ModelUnavailable, "is used up (429"),
        (problem(429, "Slow down.", headers={"Retry-After": "300"}), ModelUnavailable,
         "is asked too often (429: Slow down.) | it asks to wait 300 s"),
        (problem(429, "Slow down."), ModelUnavailable, "| wait a while"),
        (problem(404, "What?"), ConfigError, "has no model 'tiny' (404: What?) | set model and base_url"),
        (problem(500, "Out of memory."), WriterError, "failed (500: Out of memory.) | look at the server's log"),
        (problem(409, "Locked."), ModelUnavailable, "has no time (409: Locked.)"),
        (problem(400, "Bad words."), ConfigError, "refuses the first request to it (400: Bad words.)"),
        (problem(400, "Invalid model: foo"), ConfigError, "has no model 'tiny' (400: Invalid model: foo)"),
        (problem(400, "Your credit balance is too low."), ModelUnavailable, "is used up (400"),
        (problem(405, "Method Not Allowed"), ConfigError, "does not take this model's chats there (405"),
        (problem(429, "Request too large for tiny: Limit 30000, Requested 40000."), TooLong, "more than the model"),
        (Reply(status=502, html=True), ModelUnavailable, "failed (502: a web page)"),
        (problem(503, "Overloaded."), ModelUnavailable, "failed (503: Overloaded.) | look at the server's log"),
    ],
)  # fmt: skip
def test_each_refusal_says_what_to_do(llm: LLM, desks: Any, reply: Reply, kind: type[PodcastError], said: str) -> None:
    """The person reads the server's words and what to do next; a later run is not blocked by it."""
    llm.line_up(reply)
    desk = desks()
    assert said in desk.fails(kind)
    assert not desk.kept()
    assert desk.ask().value.title == "Pebbles"


def test_what_nobody_knows_is_the_texts_fault_where_others_were_answered(llm: LLM, desks: Any) -> None:
    """A first request that is refused stops the run; later it is this paper's, which may be made without the model."""
    desk = desks()
    desk.ask()
    llm.line_up(problem(400, "Bad words."))
    assert "refuses the request (400: Bad words.)" in desk.fails(WriterError, asking("More."))


def test_what_will_not_pass_is_asked_once(llm: LLM, desks: Any, slept: list[float]) -> None:
    """A prompt that is too long for a minute's tokens, or overflows, stays so, whatever the status."""
    for reply in (problem(429, "Request too large for tiny"), Reply(error={"message": "context length exceeded"})):
        llm.line_up(reply)
        desks(retries=4).fails(TooLong)
    assert len(llm.requests) == 2
    assert not slept


def not_of_the_shape(written: str) -> Reply:
    """Return what Groq says of an answer that is not of the shape."""
    error = {"message": "Failed to generate JSON. See 'failed_generation'.", "code": "json_validate_failed"}
    return Reply(status=400, error={**error, "failed_generation": written})


def test_an_answer_that_the_server_itself_refuses_is_mended(llm: LLM, desks: Any) -> None:
    """It is kept, counted, and goes back one level lower; what it says of temperature teaches nothing."""
    llm.line_up(not_of_the_shape('{"title": "The temperature of json_schema"'))
    desk = desks(price_per_million=PRICE)
    answer = desk.ask()
    assert answer.usage.answers == len(desk.kept()) == 2
    assert '{"title": "The temperature of json_schema"' in desk.said()
    assert answer.usage.completion_tokens > tokens(json.dumps(GOOD)) // 2
    assert llm.requests[1].body["response_format"] == {"type": "json_object"}
    assert [one.body["temperature"] for one in llm.requests] == [0.7] * 2


def test_an_answer_that_the_server_itself_cut_has_twice_the_room(llm: LLM, desks: Any) -> None:
    """Groq tells it where the answer would be."""
    llm.line_up(not_of_the_shape("max completion tokens reached before generating a valid document"))
    assert desks().ask().value.title == "Pebbles"
    assert [one.body["max_tokens"] for one in llm.requests] == [600, 1200]


def test_a_server_that_only_streams_is_asked_so_from_then_on(llm: LLM, desks: Any) -> None:
    """The next process knows."""
    llm.line_up(problem(400, "This model only support stream mode, please enable the stream parameter."))
    for words in ("One.", "Two."):
        assert desks().ask(asking(words)).value.title == "Pebbles"
    assert [one.body.get("stream") for one in llm.requests] == [None, True, True]


def test_nothing_said_to_more_than_the_context_names_the_context(llm: LLM, desks: Any) -> None:
    """The caller can split; no repair is asked for."""
    llm.line_up(Reply("", usage={"prompt_tokens": 36_000, "completion_tokens": 0}))
    said = desks().fails(TooLong)
    assert "36,000 tokens, of a context of 32,768 | set context in [writer]" in said
    assert len(llm.requests) == 1


@pytest.mark.parametrize(
    ("model", "context"), [("large", 32_768), ("embed", 512), ("other", None), ("", None), ("large:latest", 32_768)]
)
def test_the_context_is_that_of_the_model(monkeypatch: pytest.MonkeyPatch, model: str, context: int | None) -> None:
    """What another one holds, such as one for embeddings, tells nothing."""
    listed = {"data": [{"id": "embed", "max_model_len": 512}, {"id": "large", "max_model_len": 32_768}]}
    monkeypatch.setattr(facts, "_get", lambda url, key: listed if url.endswith("/models") else {})
    assert facts.ask("http://127.0.0.1:9/v1", "", model).context == context


@pytest.mark.parametrize(
    "reply",
    [
        problem(403, 'm requires moderation on X. Your input was flagged for "violence". No credits were charged.'),
        Reply(status=403, error={"message": "No.", "code": 403, "metadata": {"reasons": ["violence"]}}),
        Reply(status=403, error={"message": "Content violates usage guidelines. Failed check: SAFETY_CHECK_TYPE_BIO"}),
        problem(
            400, "The response was filtered due to the prompt triggering Azure OpenAI's content management policy."
        ),
        problem(400, "Filtered.", "content_filter", "prompt"),
        problem(400, "Invalid prompt: your prompt was flagged as potentially violating our usage policy."),
        problem(400, "Your request was rejected as a result of our safety system."),
        problem(400, "Content Exists Risk"),
        problem(400, "Input data may contain inappropriate content.", "data_inspection_failed"),
    ],
)
def test_a_text_that_is_flagged_is_no_bad_key(
    llm: LLM, desks: Any, monkeypatch: pytest.MonkeyPatch, reply: Reply
) -> None:
    """It is a matter of this text alone, which another stage or paper may do without; nothing else is tried with it."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    llm.line_up(reply)
    desk = desks()
    assert "refuses this text for what it says (4" in desk.fails(WriterError)
    assert len(llm.requests) == 1
    assert desk.ask(asking("Write of shells.")).value.title == "Pebbles"


@pytest.mark.parametrize(
    ("status", "words", "said"),
    [
        (403, "Country, region, or territory not supported", "does not allow this (403: Country"),
        (403, "Project `p` does not have access to model `m`", "| see there what the key in OPENAI_API_KEY may do"),
        (403, "Your request was blocked.", "does not allow this"),
        (403, "Your account was flagged.", "does not allow this"),
        (403, "Invalid API key.", "refuses the key in OPENAI_API_KEY (403: Invalid API key.)"),
        (401, "No.", "refuses the key in OPENAI_API_KEY (401: No.)"),
        (403, "The model is not available to your plan (moderation tier)", "does not allow this"),
    ],
)
def test_a_key_that_is_right_is_not_blamed(
    llm: LLM, desks: Any, monkeypatch: pytest.MonkeyPatch, status: int, words: str, said: str
) -> None:
    """A 403 is about what the key may do, unless it says that the key is none."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    llm.line_up(problem(status, words))
    assert said in desks().fails(ConfigError)


def test_the_error_of_whom_openrouter_asked_is_said(llm: LLM, desks: Any) -> None:
    """ "Provider returned error" tells nobody what to do: what the provider said stands behind it."""
    for raw in ('{"error": {"message": "max_tokens is too large"}}', {"message": "max_tokens is too large"},
                "max_tokens is too large"):  # fmt: skip
        llm.line_up(Reply(status=400, error={"message": "Provider returned error", "metadata": {"raw": raw}}))
        said = desks().fails(WriterError)
        assert "(400: Provider returned error: max_tokens is too large)" in said


def test_a_limit_the_model_cannot_have_names_the_setting(llm: LLM, desks: Any) -> None:
    """Where it is not its name that is refused, the number is at fault: no other name is tried, or remembered."""
    llm.line_up(problem(400, "max_tokens is too large: 600. This model supports 400 completion_tokens."))
    desk = desks()
    said = desk.fails(WriterError)
    assert len(llm.requests) == 1
    assert not desk.memory.exists()
    assert "max_tokens is too large" in said
    assert "| look at max_tokens in [writer]" in said


def per_minute(wait: str) -> Reply:
    """Return what Gemini says of an account that has asked too often within a minute."""
    said = f"You exceeded your current quota, please check your plan and billing details.\nPlease retry in {wait}."
    violation = {"quotaId": "GenerateRequestsPerMinutePerProjectPerModel-FreeTier"}
    error = {"code": 429, "message": said, "status": "RESOURCE_EXHAUSTED", "details": [{"violations": [violation]}]}
    return Reply(status=429, error=[{"error": error}])


def test_a_quota_for_a_minute_is_no_empty_account(llm: LLM, desks: Any, caplog: pytest.LogCaptureFixture) -> None:
    """It is waited for as long as the words say, up to a minute; one for a day is used up."""
    llm.line_up(per_minute("0.05s"))
    assert desks(retries=1).ask().value.title == "Pebbles"
    assert len(llm.requests) == 2
    assert "asking again in 0.1 s" in caplog.text
    llm.line_up(per_minute("45.5s"))
    said = desks().fails(ModelUnavailable, asking("Write of shells."))
    assert "is asked too often (429: You exceeded your current quota" in said
    assert "| it asks to wait 45.5 s" in said
    llm.line_up(problem(429, "You exceeded your current quota (GenerateRequestsPerDay). Please retry in 9s."))
    assert "is used up" in desks(retries=1).fails(ModelUnavailable, asking("Write of shells."))


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses before each more try, which take no time."""
    pauses: list[float] = []
    monkeypatch.setattr(server, "time", SimpleNamespace(sleep=pauses.append, monotonic=time.monotonic))
    return pauses


@pytest.mark.parametrize(
    ("headers", "words", "pauses"),
    [
        ({}, "Slow down.", [5, 10, 20, 40]),
        ({"X-RateLimit-Reset": "4102444800000"}, "Slow down.", []),
        ({"x-ratelimit-reset-tokens": "23.5s", "x-ratelimit-reset-requests": "120ms"}, "Slow down.", [23.5] * 4),
        ({"x-ratelimit-reset-tokens-minute": "12", "x-ratelimit-reset-requests-day": "33000",
          "x-ratelimit-remaining-requests-day": "86"}, "Slow down.", [12] * 4),
        ({"Retry-After": "2.5"}, "Slow down.", [2.5] * 4),
        ({"retry-after-ms": "2500"}, "Slow down.", [2.5] * 4),
        ({"Retry-After": "Fri, 01 Jan 2038 00:00:00 GMT"}, "Slow down.", []),
        ({"Retry-After": "Mon, 01 Jan 2001 00:00:00 GMT"}, "Slow down.", [0, 0.5, 1, 2]),
        ({"Retry-After": "0"}, "Slow down.", [0, 0.5, 1, 2]),
        ({"Retry-After": "1"}, "Please try again in 7.66s.", [7.66] * 4),
        ({"Retry-After": "60"}, "Slow down.", [60] * 4),
        ({"Retry-After": "61"}, "Slow down.", [61] * 4),
        ({"Retry-After": "140"}, "Slow down.", [140, 140]),
        ({"Retry-After": "301"}, "Slow down.", []),
        ({}, "Please try again in 1h2m3s.", []),
        ({}, "Please try again in 2 minutes and 5 seconds.", [125, 125]),
        ({"Retry-After": "later"}, "Slow down.", [5, 10, 20, 40]),
    ],
)  # fmt: skip
def test_nobody_is_asked_again_sooner_than_he_wants(
    llm: LLM, desks: Any, slept: list[float], headers: dict[str, str], words: str, pauses: list[float]
) -> None:
    """Whatever form a wait is told in, it is kept, and is never no pause twice; what is too long is said at once."""
    llm.answer = lambda body: problem(429, words, headers=headers)
    said = desks(retries=4, model="tiny").fails(ModelUnavailable)
    assert slept == pytest.approx(pauses)
    assert len(llm.requests) == len(pauses) + 1
    assert "is asked too often (429: " in said


def test_a_wait_may_stand_within_the_error(llm: LLM, desks: Any, slept: list[float]) -> None:
    """As Gemini's does, and OpenRouter's, which is a moment by the clock."""
    then = str(round((time.time() + 40) * 1000))
    for more in (
        {"details": [{"reason": "RATE"}, {"@type": "RetryInfo", "retryDelay": "26s"}]},
        {"metadata": {"headers": {"X-RateLimit-Reset": then}}},
    ):
        llm.line_up(Reply(status=429, error={"message": "Rate limit exceeded: free-models-per-min.", **more}))
        assert desks(retries=1).ask(asking(str(more))).value.title == "Pebbles"
    assert slept[0] == 26
    assert 30 < slept[1] <= 40


def test_a_date_is_waited_for(llm: LLM, desks: Any, slept: list[float]) -> None:
    """A Retry-After may be a moment by the clock."""
    llm.line_up(problem(503, "Overloaded.", headers={"Retry-After": formatdate(time.time() + 30, usegmt=True)}))
    assert desks(retries=1).ask().value.title == "Pebbles"
    assert 25 < slept[0] <= 30


@pytest.mark.parametrize("status", [408, 504, 524])
@pytest.mark.parametrize("stream", [False, True])
def test_nobody_is_asked_again_who_was_not_waited_for(llm: LLM, desks: Any, status: int, stream: bool) -> None:
    """A proxy's time-out is one: the model may be at work, and each try may be paid for; how to have none is said."""
    llm.line_up(Reply(status=status, html=True))
    said = desks(retries=4, stream=stream).fails(TooSlow)
    assert f"gave up waiting for the answer ({status}: a web page; asked once)" in said
    assert ("set stream = true" in said) is not stream
    assert len(llm.requests) == 1
    llm.line_up(Reply(error={"message": "Provider timed out", "code": status}))
    desks(retries=4, stream=stream).fails(TooSlow)
    assert len(llm.requests) == 2


def test_no_server_is_said(tmp_path: Path) -> None:
    """Nobody listens: is it running?"""
    desk = Desk("http://127.0.0.1:9/v1", tmp_path, model="tiny")
    said = desk.fails(ModelUnavailable)
    assert "http://127.0.0.1:9/v1 cannot be reached | is it running, and is base_url in [writer] right?" in said
    desk.chat.close()
    unnamed = Desk("http://127.0.0.1:9/v1", tmp_path)
    assert "is it running" in unnamed.fails(ModelUnavailable)
    unnamed.chat.close()


def test_an_address_that_is_none_is_said(tmp_path: Path) -> None:
    """What only the client finds wrong with an address is no traceback."""
    said = Desk("http://127.0.0.1:port/v1", tmp_path, model="tiny").fails(ConfigError)
    assert "http://127.0.0.1:port/v1 is no address" in said
    assert "look at base_url in [writer]" in said


@pytest.mark.parametrize(("knows", "kind"), [(True, TooSlow), (False, ModelUnavailable)])
def test_a_server_that_takes_too_long_is_said(
    llm: LLM, desks: Any, monkeypatch: pytest.MonkeyPatch, knows: bool, kind: type[PodcastError]
) -> None:
    """The time-out is named, and the settings that help; a server of one's own that told its models is there, and too
    slow, which is a matter of this paper, and any other may be out."""
    if not knows:
        monkeypatch.setattr(facts, "ask", lambda *_: facts.Facts())
    llm.line_up(Reply(GOOD, delay=0.6))
    said = desks(timeout=0.2, model="tiny").fails(kind)
    assert "gave no answer in 0.2 s" in said
    assert "raise timeout in [writer]" in said
    assert len(llm.requests) == 1


@pytest.mark.long
def test_a_model_of_ones_own_may_write_for_four_time_outs(llm: LLM, desks: Any) -> None:
    """It streams by default, so silence counts between pieces; what goes on after four time-outs is too slow."""
    llm.line_up(Reply(GOOD, pace=0.05))  # some fifteen pieces: more than one time-out, and than two
    assert desks(timeout=0.3, model="tiny", stream=None).ask().value.title == "Pebbles"
    llm.line_up(Reply({**GOOD, "title": "Pebbles " * 40}, pace=0.05))
    said = desks(timeout=0.3, model="tiny", stream=None).fails(TooSlow, asking("More."))
    assert "had not ended its answer after 1.2 s" in said


@pytest.mark.long
def test_an_answer_that_breaks_off_is_tried_again(llm: LLM, desks: Any) -> None:
    """Once more as the settings say, then it is an error of its own; nothing half is taken for an answer."""
    llm.line_up(Reply(GOOD, cut=True))
    assert desks(retries=1).ask().value.title == "Pebbles"
    llm.line_up(*[Reply(GOOD, cut=True)] * 2)
    said = desks(retries=1).fails(ModelUnavailable, asking("More."))
    assert "broke off its answer (2 tries)" in said
    assert "stream = true" in said
    assert len(llm.requests) == 4


# --- streams ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [GOOD, {**GOOD, "title": "Steine – 石 \u2028 and\x85so"}])
def test_a_stream_becomes_the_same_answer(llm: LLM, desks: Any, text: dict[str, object]) -> None:
    """Pieces are joined, usage is asked for and counted, the draft looks like one that came whole."""
    llm.line_up(Reply(text), Reply(text))
    streamed, whole = desks(stream=True).ask(), desks().ask(asking("Write about pebbles!"))
    assert streamed.value == whole.value
    assert streamed.usage == whole.usage
    assert llm.requests[0].body["stream_options"] == {"include_usage": True}
    assert "stream" not in llm.requests[1].body
    assert desks().ask() == streamed  # how it came is no part of what names it
    body = json.loads(streamed.draft.read_bytes())["response"]
    assert body["choices"][0]["message"]["content"] == streamed.text
    assert body["choices"][0]["finish_reason"] == "stop"


def test_a_stream_keeps_thoughts_refusals_and_ends(llm: LLM, desks: Any) -> None:
    """What is beside the content is put together as well."""
    llm.line_up(
        Reply("", reasoning_content=json.dumps(GOOD)), Reply(None, refusal="I had rather not."),
        Reply("{", finish_reason="length"),
    )  # fmt: skip
    desk = desks(stream=True)
    assert desk.ask(asking("One.")).value.title == "Pebbles"
    assert "refuses: I had rather not." in desk.fails(WriterError, asking("Two."))
    assert desk.ask(asking("Three.")).usage.answers == 2


def test_a_stream_that_breaks_off_is_kept_tried_again_and_said(llm: LLM, desks: Any) -> None:
    """What came lies beside the drafts and counts as spent; in the end there is a message of its own."""
    llm.line_up(*[Reply(GOOD, cut=True)] * 2)
    desk = desks(stream=True, retries=1)
    said = desk.fails(ModelUnavailable)
    assert "broke off the stream of its answer (2 tries)" in said
    (partial,) = desk.drafts.glob("*.partial.json")
    came = json.loads(partial.read_bytes())["response"]["choices"][0]["message"]["content"]
    assert json.dumps(GOOD).startswith(came)
    assert len(came) > 20
    assert desk.chat.spent.answers == 0
    assert desk.chat.spent.completion_tokens > 0
    assert desk.ask().value.title == "Pebbles"


def test_stream_options_that_are_refused_are_left_out(llm: LLM, desks: Any) -> None:
    """Without them usage is estimated, so that a budget still holds."""
    llm.refused = {"stream_options"}
    answer = desks(stream=True).ask()
    assert answer.usage.prompt_tokens == size(asking())
    assert "stream_options" not in llm.requests[-1].body
    assert "stream" in llm.requests[-1].body


# --- money -----------------------------------------------------------------------------------------

PRICE = {"input": 2.0, "cached_input": 0.5, "output": 8.0}


def test_an_answer_costs_what_the_price_says(llm: LLM, desks: Any) -> None:
    """Cached tokens have their own price; what the server itself says it cost goes before."""
    usage = {"prompt_tokens": 1000, "completion_tokens": 500, "prompt_tokens_details": {"cached_tokens": 600}}
    llm.line_up(Reply(GOOD, usage=usage), Reply(GOOD, usage={**usage, "cost": 0.25}))
    desk = desks(price_per_million=PRICE)
    assert desk.ask().usage.cost == pytest.approx((400 * 2 + 600 * 0.5 + 500 * 8) / 1e6)
    assert desk.ask(asking("More.")).usage.cost == 0.25
    assert desk.chat.spent.cost == pytest.approx(0.2551)
    plain = desks(price_per_million={"input": 2.0, "output": 8.0})
    llm.line_up(Reply(GOOD, usage=usage))
    assert plain.ask(asking("And more.")).usage.cost == pytest.approx((1000 * 2 + 500 * 8) / 1e6)


def test_tokens_that_are_not_told_apart_cost_what_we_take_them_to_be(llm: LLM, desks: Any) -> None:
    """A server that tells the total alone, or nothing, is not free: a budget holds it."""
    llm.line_up(Reply(GOOD, usage={"total_tokens": 900}), Reply(GOOD, usage={}))
    desk = desks(price_per_million=PRICE)
    for words in ("One.", "More."):
        usage = desk.ask(asking(words)).usage
        assert usage.cost == pytest.approx((usage.prompt_tokens * 2 + usage.completion_tokens * 8) / 1e6)
        assert usage.cost > 0


@pytest.mark.parametrize(
    ("usage", "read", "wrote"),
    [
        ({"prompt_tokens": 1000, "completion_tokens": 200, "total_tokens": 9200}, 1000, 8200),  # Grok's, Gemini's
        ({"prompt_tokens": 1000, "completion_tokens": 200, "total_tokens": 1200}, 1000, 200),
        ({"prompt_tokens": 1000, "completion_tokens": 200, "total_tokens": 0}, 1000, 200),
        ({"prompt_tokens": 10, "completion_tokens": 200, "total_tokens": 9200,
          "prompt_tokens_details": {"cached_tokens": 8990}}, 10, 200),
        ({"prompt_tokens": 1000, "total_tokens": 1300}, 1000, 300),
        ({"prompt_tokens": "1000", "completion_tokens": "200"}, 1000, 200),
        ({"prompt_tokens": "many", "completion_tokens": [200]}, size(asking()), tokens(json.dumps(GOOD))),
        ({"prompt_tokens": -1, "completion_tokens": True}, size(asking()), tokens(json.dumps(GOOD))),
    ],
)  # fmt: skip
def test_all_that_a_server_counts_is_counted(
    llm: LLM, desks: Any, usage: dict[str, object], read: int, wrote: int
) -> None:
    """Thoughts that stand in the total alone are paid for; a figure that is none is what we take it to be."""
    llm.line_up(Reply(GOOD, usage=usage))
    taken = desks(price_per_million={"input": 1.0, "output": 10.0}).ask().usage
    assert (taken.prompt_tokens, taken.completion_tokens) == (read, wrote)


@pytest.mark.parametrize(
    ("told", "cost"),
    [
        ({"cost": 0, "is_byok": True, "cost_details": {"upstream_inference_cost": 0.003}}, 0.003),
        ({"cost": 0.001, "is_byok": True, "cost_details": {"upstream_inference_cost": None}}, 0.007),
        ({"cost": 0.25, "is_byok": False, "cost_details": {"upstream_inference_cost": 0.25}}, 0.25),
        ({"cost": "0.25"}, 0.25),
        ({"cost": "free"}, 0.006),
    ],
)
def test_a_key_of_ones_own_at_openrouter_is_not_free(
    llm: LLM, desks: Any, told: dict[str, object], cost: float
) -> None:
    """What whom it asks takes is added to what it takes itself; not where it is told as a part of that."""
    llm.line_up(Reply(GOOD, usage={"prompt_tokens": 1000, "completion_tokens": 500, **told}))
    assert desks(price_per_million=PRICE).ask().usage.cost == pytest.approx(cost)


@pytest.mark.parametrize("stream", [False, True])
def test_thoughts_that_are_shown_count_where_nobody_counts(llm: LLM, desks: Any, stream: bool) -> None:
    """A server that tells no usage was paid for the thoughts, too, wherever it puts them; what is there twice, once."""
    thoughts = "I think. " * 2000
    parts = [{"type": "thinking", "thinking": [{"type": "text", "text": thoughts}]}]
    llm.line_up(
        Reply(GOOD, reasoning_content=thoughts, usage={}),
        Reply(GOOD, reasoning_content=thoughts, message={"reasoning": thoughts}, usage={}),
        Reply(GOOD, message={"content": [*parts, {"type": "text", "text": json.dumps(GOOD)}]}, usage={}),
    )
    desk = desks(stream=stream)
    for words in ("One.", "Two.", "Three."):
        wrote = desk.ask(asking(words)).usage.completion_tokens
        assert wrote == pytest.approx(tokens(thoughts + json.dumps(GOOD)), abs=2)


def test_nothing_is_asked_that_could_go_over_the_budget(llm: LLM, desks: Any) -> None:
    """The worst case of a request is held against the budget before it is sent; the figures are said."""
    worst = (size(asking()) * 2 + 600 * 8) / 1e6
    desk = desks(price_per_million=PRICE, budget=worst * 1.01)
    desk.ask()
    said = desk.fails(OverBudget, asking("Write about shells."))
    assert f"outline may cost {worst:.4f}" in said
    assert f"the budget is {worst * 1.01:.4f}" in said
    assert f"{desk.chat.spent.cost:.4f} is spent" in said
    assert len(llm.requests) == 1
    assert desk.ask().value.title == "Pebbles"  # what is kept costs nothing


def test_requests_under_way_count(llm: LLM, desks: Any) -> None:
    """Of four threads at once only as many ask as the budget can bear at worst."""
    release = threading.Event()
    llm.answer = lambda body: GOOD if release.wait(5) else ""
    worst = (size(asking("Write 0.")) * 2 + 600 * 8) / 1e6
    desk = desks(price_per_million=PRICE, budget=worst * 2.5, model="tiny")

    def ask(number: int) -> str:
        try:
            desk.ask(asking(f"Write {number}."))
        except OverBudget:
            release.set()
            return "over"
        return "asked"

    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(ask, range(3))) == ["asked", "asked", "over"]
    assert desk.chat.spent.answers == len(llm.requests) == 2


@pytest.mark.parametrize("stream", [False, True])
def test_what_broke_off_is_held_against_the_budget(llm: LLM, desks: Any, slept: list[float], stream: bool) -> None:
    """Each try is within the budget, with the most that those before it may have taken; so is the next question."""
    llm.answer = lambda body: Reply(GOOD, cut=True)
    worst = (size(asking()) * 2 + 600 * 8) / 1e6
    desk = desks(price_per_million=PRICE, budget=worst * 2.5, retries=4, stream=stream)
    said = desk.fails(OverBudget)
    assert len(llm.requests) == 2
    assert 0 < desk.chat.spent.cost < worst
    assert desk.chat.spent.answers == 0
    assert "under way or broken off" in said
    llm.answer = lambda body: GOOD
    desk.fails(OverBudget)
    assert len(llm.requests) == 2


def test_what_nobody_waited_for_is_held_against_the_budget(llm: LLM, desks: Any) -> None:
    """It is not asked for again, and may be paid for: there is less for the next question. What is refused is free."""
    worst = (size(asking()) * 2 + 600 * 8) / 1e6
    desk = desks(price_per_million=PRICE, budget=worst * 1.5)
    llm.line_up(problem(500, "Out of memory."), Reply(status=504, html=True))
    desk.fails(WriterError)
    desk.fails(TooSlow)
    desk.fails(OverBudget)
    assert len(llm.requests) == 2


def test_a_budget_needs_a_price(tmp_path: Path) -> None:
    """A budget without a price is said before anything is asked."""
    with pytest.raises(ConfigError, match="a budget and no price"):
        Chat(WriterSettings(budget=1.0), tmp_path / "m.json")


# --- keys ------------------------------------------------------------------------------------------


def test_without_a_key_openai_is_not_asked(tmp_path: Path) -> None:
    """Nobody is asked without a key at OpenAI's own address; the variable is named."""
    chat = Chat(WriterSettings(model="m"), tmp_path / "m.json")
    with pytest.raises(ConfigError, match="OPENAI_API_KEY is not set") as caught:
        chat.ask(asking(), tmp_path)
    assert "export OPENAI_API_KEY" in caught.value.hint


def test_the_address_may_come_from_the_environment(llm: LLM, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """OPENAI_BASE_URL is where the settings name no address; a key in it is refused."""
    monkeypatch.setenv("OPENAI_BASE_URL", llm.base_url + "/")
    desk = Desk("", tmp_path)
    assert desk.ask().value.title == "Pebbles"
    desk.chat.close()
    monkeypatch.setenv("OPENAI_BASE_URL", "http://me:secret@host/v1")
    with pytest.raises(ConfigError, match="OPENAI_BASE_URL") as caught:
        Desk("", tmp_path)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("stream", [False, True])
def test_no_piece_of_a_key_is_seen(
    llm: LLM, desks: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, stream: bool
) -> None:
    """Servers echo keys, whole or masked: neither message, log, traceback nor draft holds a piece of one."""
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("MY_KEY", f" {KEY}\n")
    masked = f"{KEY[:10]}*****{KEY[-4:]}"
    echo = f"Incorrect API key provided: {masked}; or {KEY}, or {KEY[:12]}... Bearer {KEY[3:20]}"
    llm.line_up(
        problem(401, echo), problem(400, echo), Reply(error={"message": echo, "code": 500}),
        problem(422, f"json_schema {echo}"), Reply({**GOOD, "minutes": KEY, "title": f"My {KEY}"}),
    )  # fmt: skip
    desk = desks(key="MY_KEY", stream=stream, model="tiny")
    seen = []
    for kind in (ConfigError, ConfigError, WriterError):
        with pytest.raises(kind) as caught:
            desk.ask()
        seen.append("".join(traceback.format_exception(caught.value)) + caught.value.hint)
    assert "refuses the key in MY_KEY (401: Incorrect API key provided: [key]" in seen[0]
    desk.ask()
    assert llm.requests[0].headers["authorization"] == f"Bearer {KEY}"
    seen += [caplog.text, *(path.read_text() for path in desk.drafts.iterdir()), desk.memory.read_text()]
    assert "My [key]" in "".join(seen)
    for piece in (KEY, KEY[:10], KEY[-4:], KEY[8:16]):
        assert not [text for text in seen if piece in text], piece


def test_an_answer_is_told_in_the_log(llm: LLM, desks: Any, caplog: pytest.LogCaptureFixture) -> None:
    """One debug line an answer: what, tokens in and out, seconds, how strictly."""
    caplog.set_level(logging.DEBUG, "podcast")
    llm.line_up(Reply(GOOD, usage={"prompt_tokens": 5210, "completion_tokens": 812}))
    desks().ask()
    assert re.search(r"outline: 5,210 tokens in, 812 out, \d+\.\d+ s, json_schema", caplog.text)


# --- a real server ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def llama(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with tiny_gguf.serving(tmp_path_factory.mktemp("model"), context=1024) as base_url:
        yield base_url


@pytest.mark.parametrize("stream", [False, True])
def test_a_real_server_holds_the_model_to_the_schema(llama: str, desks: Any, stream: bool) -> None:
    """llama.cpp with a model of letters: every answer is of the shape, at the first try."""
    desk = desks(base_url=llama, stream=stream, temperature=1.0)

    class Real(BaseModel):
        host: Literal["A", "B"]
        minutes: int = Field(ge=3, le=7)
        lines: tuple[str, ...] = Field(max_length=3)

    assert desk.chat.model == "tiny"
    for number in range(4):
        ask = Ask("talk", (SYSTEM, {"role": "user", "content": f"write {number}"}), Real, 500)
        answer = desk.chat.ask(ask, desk.drafts)
        assert answer.usage.answers == 1
        assert answer.usage.completion_tokens > 10
    assert '"json_schema"' in desk.memory.read_text()


def test_a_real_server_says_when_the_prompt_is_too_long(llama: str, desks: Any) -> None:
    """llama.cpp's own words for a full context are understood."""
    assert "exceeds the available context size (1024 tokens)" in desks(base_url=llama).fails(
        TooLong, asking("long words " * 200)
    )


def test_a_real_server_cuts_an_answer(llama: str, desks: Any) -> None:
    """llama.cpp's answer that hits max_tokens is asked for again, then is an error; both are kept."""
    desk = desks(base_url=llama)
    assert "the answer was cut after 10 tokens" in desk.fails(WriterError, asking(max_tokens=5))
    assert [draft["usage"]["completion_tokens"] for draft in desk.kept()] in ([5, 10], [10, 5])


def test_an_answer_that_was_paid_for_is_found_again(tmp_path: Path) -> None:
    """A draft that 0.1.0 kept is the answer to the same question: nothing is asked, at a server that is not there."""
    shutil.copytree(TESTS / "golden" / "drafts", tmp_path / "drafts")
    chat = Chat(WriterSettings(base_url="http://127.0.0.1:9/v1", model="golden", retries=0), tmp_path / "models.json")
    answer = chat.recall(asking(), tmp_path / "drafts")
    chat.close()
    assert answer is not None
    assert answer.value.title == "Pebbles"
