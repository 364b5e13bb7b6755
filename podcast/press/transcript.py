"""The episode's cues as captions (VTT, SRT, JSON), and its chapters as JSON: one timeline for all of them."""

import itertools
import json
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from podcast.show import synthetic
from podcast.show.schema import Chapter, Cue

_WIDTH, _ROWS = 32, 2
"""SRT's advised size: two rows of 32 characters. All formats share the captions, so that they agree."""


@dataclass(frozen=True)
class Caption:
    """A piece of a cue, short enough to be read at a glance. `first` of its cue; `rows` hold its text."""

    host: str
    rows: tuple[str, ...]
    start: float
    end: float
    first: bool

    @property
    def text(self) -> str:
        return " ".join(self.rows)


def captions(cues: Sequence[Cue]) -> Iterator[Caption]:
    """Yield the cues in pieces of at most two rows; a cue's time is shared out by the length of its pieces."""
    for cue in cues:
        # The name stands before a cue's first row in SRT: leave it room.
        text = cue.text.removeprefix(f"{cue.host}: ")  # scripts of older versions may say the name, too
        rows = textwrap.wrap(
            text, _WIDTH, initial_indent=" " * (len(cue.host) + 2), break_long_words=False, break_on_hyphens=False
        )
        rows = [row.strip() for row in rows]
        pieces = [tuple(rows[at : at + _ROWS]) for at in range(0, len(rows), _ROWS)]
        letters = [sum(map(len, piece)) for piece in pieces]
        passed = [0, *itertools.accumulate(letters)]
        seconds_a_letter = (cue.end - cue.start) / max(1, passed[-1])
        for index, piece in enumerate(pieces):
            yield Caption(
                cue.host,
                piece,
                cue.start + passed[index] * seconds_a_letter,
                cue.start + passed[index + 1] * seconds_a_letter,
                first=index == 0,
            )


def vtt(captions: Iterable[Caption]) -> bytes:
    """Return WebVTT: each caption names its host."""
    parts = [f"WEBVTT\n\nNOTE {synthetic.EPISODE}\n"]
    for caption in captions:
        parts.append(
            f"{_clock(caption.start, '.')} --> {_clock(caption.end, '.')}\n"
            f"<v {_escape(caption.host)}>{_escape(caption.text)}</v>\n"
        )
    return "\n".join(parts).encode()


def srt(captions: Iterable[Caption]) -> bytes:
    """Return SubRip: the host's name stands where the host begins."""
    parts = []
    for number, caption in enumerate(captions, 1):
        name = f"{caption.host}: " if caption.first else ""
        rows = "\n".join((name + caption.rows[0], *caption.rows[1:]))
        parts.append(f"{number}\n{_clock(caption.start, ',')} --> {_clock(caption.end, ',')}\n{rows}\n")
    return "\n".join(parts).encode()


def transcript_json(captions: Iterable[Caption]) -> bytes:
    """Return the podcast namespace's JSON transcript, version 1.0.0."""
    segments = [
        {
            "speaker": caption.host,
            "startTime": _milliseconds(caption.start) / 1000,
            "endTime": _milliseconds(caption.end) / 1000,
            "body": caption.text,
        }
        for caption in captions
    ]
    return _json({"version": "1.0.0", "segments": segments})


def chapters_json(title: str, chapters: Sequence[Chapter]) -> bytes:
    """Return the podcast namespace's JSON chapters, version 1.2.0."""
    return _json(
        {
            "version": "1.2.0",
            "title": title,
            "chapters": [
                {
                    "startTime": _milliseconds(chapter.start) / 1000,
                    "endTime": _milliseconds(chapter.end) / 1000,
                    "title": chapter.title,
                    **({"url": chapter.url} if chapter.url else {}),
                }
                for chapter in chapters
            ],
        }
    )


def clock(seconds: float) -> str:
    """Return a time for people: "03:12", or "1:03:12" from an hour on. Cut, not rounded, so that it is not late."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def _milliseconds(seconds: float) -> int:
    """Return whole milliseconds, rounded as the MP3's chapters are: `round(seconds, 3)` rounds otherwise."""
    return round(seconds * 1000)


def _clock(seconds: float, point: str) -> str:
    milliseconds = _milliseconds(seconds)
    minutes, milliseconds = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{milliseconds // 1000:02}{point}{milliseconds % 1000:03}"


def _escape(text: str) -> str:
    """A bare < or & makes Apple discard the whole file; --> would end a cue's text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
