"""Transcripts and chapters: one timeline in every format."""

import html
import itertools
import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podcast.check.cues import READERS, check
from podcast.press import transcript
from podcast.show.schema import Chapter, Cue

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Z"]), min_size=1, max_size=40)
words |= st.text("模型カーネ，。「」（）“”AI5.%", min_size=1, max_size=80)
texts = st.lists(words, min_size=1, max_size=60).map(" ".join)


@st.composite
def cues(draw: st.DrawFn) -> tuple[Cue, ...]:
    now, made = 0.0, []
    for line in range(draw(st.integers(1, 6))):
        now += draw(st.floats(0, 3))
        end = now + draw(st.floats(0.2, 30))
        made.append(
            Cue(
                line=line + 1,
                host=draw(st.sampled_from(["Ada", "B & <C>"])),
                text=draw(texts),
                start=now,
                end=end,
                take="k",
            )
        )
        now = end
    return tuple(made)


def captioned(made: Sequence[Cue], duration: float | None = None) -> list[transcript.Caption]:
    """Return the captions of an episode that ends with its last word, unless it is longer."""
    return list(transcript.captions(made, made[-1].end if duration is None else duration))


def seconds(clock: str) -> float:
    hours, minutes, rest = clock.replace(",", ".").split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


def signs(text: str) -> str:
    """Without spaces: between two captions none is told."""
    return "".join(text.split())


def read_vtt(data: bytes) -> list[tuple[float, float, str, str]]:
    blocks = data.decode().split("\n\n")
    assert blocks[:2] == ["WEBVTT", "NOTE Script and voices are made by AI."]
    found = []
    for block in blocks[2:]:
        times, text = block.strip("\n").split("\n")
        start, end = times.split(" --> ")
        match = re.fullmatch(r"<v ([^>]*)>([^<>]*)</v>", text)
        assert match, text
        found.append((seconds(start), seconds(end), html.unescape(match[1]), html.unescape(match[2])))
    return found


def test_captions_name_a_host_once() -> None:
    """A script of an older version may say the name, too."""
    made = (Cue(line=1, host="Ada", text="Ada: It skips steps.", start=0, end=2, take="k"),)
    captions = captioned(made)
    assert transcript.srt(captions).decode().count("Ada") == 1
    assert "<v Ada>It skips steps.</v>" in transcript.vtt(captions).decode()
    assert json.loads(transcript.transcript_json(captions))["segments"][0]["body"] == "It skips steps."


def test_nothing_is_lost_where_subrip_becomes_webvtt() -> None:
    """Programs that do it leave a < as it is, and what follows it would be a tag."""
    made = (Cue(line=1, host="Ada", text="It holds, p < 0.05, and so on.", start=0, end=2, take="k"),)
    captions = captioned(made)
    assert "p ＜ 0.05, and so" in " ".join(transcript.srt(captions).decode().split())
    assert "p &lt; 0.05" in " ".join(transcript.vtt(captions).decode().split())


@given(cues())
def test_the_three_formats_say_the_same(made: tuple[Cue, ...]) -> None:
    """VTT, SRT and JSON hold the same captions: count, times to the millisecond, host and words."""
    vtt = read_vtt(transcript.vtt(captioned(made)))
    segments = json.loads(transcript.transcript_json(captioned(made)))["segments"]
    srt = [block.split("\n", 2) for block in transcript.srt(captioned(made)).decode().strip().split("\n\n")]
    assert len(vtt) == len(segments) == len(srt)
    for number, (one, two, three) in enumerate(zip(vtt, segments, srt, strict=True), 1):
        assert (one[2], one[3]) == (two["speaker"], two["body"])
        assert abs(one[0] - two["startTime"]) < 0.0011
        assert abs(one[1] - two["endTime"]) < 0.0011
        assert three[0] == str(number)
        said = one[3].replace("<", "＜")
        assert any(three[2].replace("\n", between).endswith(said) for between in (" ", ""))


@given(cues())
def test_no_word_is_lost_and_time_goes_on(made: tuple[Cue, ...]) -> None:
    """The captions of a cue hold its words in order, and cover its time; the last may reach into the pause."""
    captions = captioned(made)
    assert signs("".join(c.text for c in captions)) == signs("".join(cue.text for cue in made))
    told = " ".join(" ".join(cue.text.split()) for cue in made)
    assert all(c.text in told for c in captions)
    assert transcript.WIDE.search(told) or " ".join(c.text for c in captions).split() == told.split()
    for cue, after in itertools.zip_longest(made, made[1:]):
        own = [c for c in captions if cue.start <= c.start < cue.end or (c.start, c.end) == (cue.start, cue.end)]
        assert own[0].start == cue.start
        beyond = own[-1].end - cue.end
        assert abs(beyond) < 1e-6 or (after and own[-1].end <= after.start and own[-1].end - own[-1].start < 1.001)
        assert all(abs(a.end - b.start) < 1e-6 for a, b in itertools.pairwise(own))
        assert [c.first for c in own] == [True] + [False] * (len(own) - 1)


def test_chinese_and_japanese_are_parted_between_signs() -> None:
    """A line of 68 signs is several captions of two rows of 16; no row begins with a sign that closes, none has a space
    that the line has not, and joined they are the line."""
    text = (
        "这篇论文把每份文档读两遍，第一遍只找出可能有答案的段落，第二遍再带着问题细读它们；"
        "结果是，召回率提高了，时间呢？只多了十分之一，这难得。"
    )
    assert len(text) == 68
    made = (Cue(line=1, host="李明", text=text, start=0, end=18, take="k"),)
    captions = captioned(made)
    assert "".join(caption.text for caption in captions) == text
    assert 3 <= len(captions) <= 4
    assert all(len(caption.rows) <= 2 for caption in captions)
    assert all(len(row) <= 16 - 3 * (not n) for n, row in enumerate(itertools.chain(*(c.rows for c in captions))))
    assert not any(row[0] in "，；。？" for caption in captions for row in caption.rows)
    assert sum(caption.text[-1] in "，；。？" for caption in captions) >= 2
    assert [cue[3] for cue in READERS["text/vtt"](transcript.vtt(captions).decode())] == [c.text for c in captions]


@pytest.mark.parametrize("text", ["《논문》에서는", "한국어（영어）로", "2017～2018년"])
def test_a_word_of_writing_with_spaces_is_parted_nowhere(text: str) -> None:
    """Not at wide signs in it either: its particle stays with the noun."""
    assert list(transcript._words(text)) == [f"{text} "]


def test_names_and_quotations_in_chinese_stay_whole() -> None:
    """What is in Latin letters is parted at spaces alone; an opening sign goes with what it opens."""
    text = "他们用BERT-large模型（340M个参数）和「サーバー」比较，得到“82.1%”的分数，而DistilBERT只有77.0%。"
    whole = ("BERT-large", "（340M", "「サー", "バー」", "“82.1%”", "DistilBERT", "77.0%。")
    rows = [row for caption in _captions(text, 12) for row in caption.rows]
    assert "".join(rows) == text
    assert all(any(part in row for row in rows) for part in whole)


def test_the_check_takes_a_rows_end_in_chinese_for_no_space(tmp_path: Path) -> None:
    """What the three formats say of a line in two rows is the same; a sign that is another is found."""
    captions = _captions("这篇论文把每份文档读两遍，第一遍只找出可能有答案的段落。", 7)
    files = [("text/vtt", tmp_path / "x.vtt"), ("application/srt", tmp_path / "x.srt")]
    files[0][1].write_bytes(transcript.vtt(captions))
    files[1][1].write_bytes(transcript.srt(captions))
    assert "\n" in transcript.srt(captions[:1]).decode().strip().split("\n", 2)[2]
    assert not list(check(files, 7, "here"))
    files[1][1].write_bytes(transcript.srt(captions).replace("两遍".encode(), "三遍".encode()))
    assert len(list(check(files, 7, "here"))) == 1


@given(cues())
def test_srt_rows_are_short(made: tuple[Cue, ...]) -> None:
    """At most two rows of 32 characters, the host's name included, unless one word is longer."""
    for block in transcript.srt(captioned(made)).decode().strip().split("\n\n"):
        rows = block.split("\n")[2:]
        assert 1 <= len(rows) <= 2
        assert all(
            len(row) <= 32 or len(row.split()) <= 1 + row.startswith(("Ada: ", "B & ＜C>: ")) * 4 for row in rows
        )


def test_a_hyphen_does_not_part_a_word() -> None:
    """A compound at a row's end goes to the next row whole: "state-of-the-art", never "state- of-the-art"."""
    cue = Cue(line=1, host="Ada", text="This one is a new state-of-the-art result on it.", start=0, end=3, take="k")
    assert " ".join(caption.text for caption in captioned([cue])) == cue.text


def _captions(text: str, seconds: float, *after: Cue) -> list[transcript.Caption]:
    made = [Cue(line=1, host="Ada", text=text, start=0, end=seconds, take="k"), *after]
    return captioned(made, max(made[-1].end, 3))


def test_no_word_stands_alone_at_the_end() -> None:
    """Pieces and rows are about equally long, so that none holds a last word alone and flashes."""
    made = _captions("The sorter weighs every pebble twice, and no pebble that it weighed is weighed again by it.", 5.6)
    letters = [len(caption.text) for caption in made]
    assert len(made) == 2
    assert max(letters) < 1.5 * min(letters)
    assert min(caption.end - caption.start for caption in made) > 2
    assert all(abs(len(upper) - len(lower)) < 12 for upper, lower in (caption.rows for caption in made[1:]))


def test_a_caption_ends_where_a_phrase_does() -> None:
    """Of two ways about as good, the one that breaks behind a sign is taken."""
    made = _captions("The new sorter is small and quick. It weighs each of the pebbles in the box only once.", 5)
    assert made[0].text.endswith("quick.")


def test_a_short_line_stays_through_the_pause() -> None:
    """It stands a second where the next line leaves it that, and never over the next line."""
    far, near = (Cue(line=2, host="Bo", text="Go on.", start=at, end=at + 1, take="l") for at in (1.5, 0.6))
    assert _captions("Right.", 0.4, far)[0].end == 1.0
    assert _captions("Right.", 0.4, near)[0].end == 0.6


def test_the_last_line_stays_into_the_music() -> None:
    """The episode's last caption stands a second, too, where the episode goes on for as long, and never longer."""
    last = [Cue(line=1, host="Ada", text="Until then.", start=4, end=4.3, take="k")]
    assert [captioned(last, duration)[-1].end for duration in (9, 4.8, 4.2)] == [5, 4.8, 4.3]


def test_chapters_are_json_chapters_1_2() -> None:
    """Chapters carry numbers for times and any text for titles."""
    data = json.loads(transcript.chapters_json("T", [Chapter(title='A "b" <c>', start=0, end=1.23456)]))
    assert data == {
        "version": "1.2.0",
        "title": "T",
        "chapters": [{"startTime": 0, "endTime": 1.235, "title": 'A "b" <c>'}],
    }


def test_clock_is_never_late() -> None:
    """A time for people is cut, so that the words come after it: 59.99 s is 00:59."""
    assert [transcript.clock(t) for t in (0, 59.99, 60, 3599.9, 3600, 36000)] == [
        "00:00", "00:59", "01:00", "59:59", "1:00:00", "10:00:00",
    ]  # fmt: skip
