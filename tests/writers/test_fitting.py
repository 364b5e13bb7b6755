"""Notes in a small context: fewer of them, of every kind that is wanted of the talk, or a sentence that says so."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from podcast import sources
from podcast.show.config import Config
from podcast.show.errors import WriterError
from podcast.show.schema import Brief, TalkFormat
from podcast.show.settings import WriterSettings
from podcast.writers import Assignment, shapes
from podcast.writers.chat import Chat
from podcast.writers.checking import Desk
from podcast.writers.driving import Step
from podcast.writers.extractive import Extractive
from podcast.writers.fitting import fits
from podcast.writers.formats import FORMATS
from podcast.writers.passages import SaidLine
from podcast.writers.telling import Teller, Told

CONFIG = Config()
PAPER = sources.demo().day(sources.DEMO_DAY).papers[0]
TEXT = sources.demo().document(PAPER)
ASSIGNMENT = Assignment(PAPER, TEXT, Path("/nowhere"))


@pytest.fixture
def chat(tmp_path: Path) -> Iterator[Chat]:
    settings = WriterSettings(base_url="http://127.0.0.1:9/v1", model="tiny")
    with closing(Chat(settings, tmp_path / "models.json")) as chat:
        yield chat


@cache
def brief() -> Brief:
    """Return some fifty claims."""
    return Extractive(CONFIG.writer, CONFIG.show, CONFIG.hosts, Path("/nowhere")).brief(ASSIGNMENT)


def first_step(chat: Chat, drafts: Path, told: TalkFormat, context: int) -> Step:
    """Return what is asked first where the context holds so much."""
    settings = WriterSettings(context=context, max_tokens=1024)
    desk = Desk(chat, chat, settings, CONFIG.show, CONFIG.hosts)
    return next(Teller(desk).steps(replace(ASSIGNMENT, format=told, drafts=drafts), brief()))


def offered(step: Step) -> list[str]:
    """Return the claims that an answer may name."""
    lines: Any = shapes.schema(step.ask.shape)["properties"]["lines"]  # type: ignore[index,call-overload]  # it is a tree
    return list(lines["items"]["properties"]["claims"]["items"]["enum"])


@pytest.mark.parametrize("told", ["brief", "critique", "debate"])
def test_a_talk_is_asked_for_what_it_was_given(chat: Chat, tmp_path: Path, told: TalkFormat) -> None:
    """However few notes fit, a talk that speaks from all of them misses none."""
    counts = []
    for context in (6144, 7168, 8192, 9216, 16_384):
        step = first_step(chat, tmp_path, told, context)
        assert fits(step.ask, context)
        paths = offered(step)
        counts.append(len(paths))
        said = SaidLine(chapter=1, host=FORMATS[told].speakers(CONFIG.hosts)[0].key, text="So it is.", claims=paths)
        answer = Told.model_construct(description="A talk.", titles=["What it is"], lines=[said])
        assert not [one for one in step.check(answer) if "is missing" in one]
    assert counts == sorted(counts)
    assert counts[0] < len(brief().claims()) == counts[-1]


def test_what_does_not_fit_is_not_asked(chat: Chat, tmp_path: Path) -> None:
    """Where not even eight notes find room, it is said what to raise."""
    with pytest.raises(WriterError, match="critique: what is asked does not fit into a context of 4096 tokens") as told:
        first_step(chat, tmp_path, "critique", 4096)
    assert told.value.hint == "raise [writer] context, or lower max_tokens"
