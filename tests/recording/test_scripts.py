"""Any script that is one can be recorded, transcribed and published, whatever its lines say."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from conftest import folder_of, load, make, podcast, save
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from podcast.show.schema import Line, Script

PAPER = "2403.00002"

TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=80),
    st.lists(
        st.sampled_from(["the", "model", "8%", "GPT-4", "https://a.b/c?d=e&f", "$x^2$", "<b>", "]]>", "&amp;", "…"]),
        min_size=1, max_size=20,
    ).map(" ".join),
).filter(lambda text: any(sign.isalpha() and sign.isascii() for sign in text))  # fmt: skip


@st.composite
def scripts(draw: st.DrawFn) -> Script:
    titles = st.text("abcdefgh &<>", min_size=1, max_size=12).filter(str.strip)  # a blank one is refused
    chapters = draw(st.lists(titles, min_size=1, max_size=3, unique=True))
    lines = [
        Line(host=draw(st.sampled_from("AB")), text=draw(TEXTS), chapter=chapter, take=draw(st.integers(1, 3)))
        for chapter in chapters
        for _ in range(draw(st.integers(1, 2)))
    ]
    return Script(title=draw(TEXTS), description=draw(TEXTS), lines=tuple(lines))


@pytest.mark.soak
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(scripts())
def test_any_valid_script_becomes_an_episode(made: Path, script: Script) -> None:
    """Its lines are the cues, in order and host, and the feed is well-formed and holds every episode."""
    folder = folder_of(made, PAPER)
    save(folder / "script.json", script.model_dump(mode="json"))
    assert make(made, "--allow-ungrounded") == 0
    cues = load(folder / "episode.json")["cues"]
    assert [(cue["host"], cue["text"]) for cue in cues] == [
        ({"A": "Ada", "B": "Ben"}[line.host], line.text) for line in script.lines
    ]
    channel = ET.parse(made / "feed" / "feed.xml").getroot().find("channel")
    assert channel is not None
    assert len(channel.findall("item")) == 2
    assert podcast(made, "publish") == 0
