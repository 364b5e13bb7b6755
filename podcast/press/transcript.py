"""The episode's cues as captions (VTT, SRT, JSON), and its chapters as JSON: one timeline for all of them."""

import itertools
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from podcast.show import synthetic
from podcast.show.schema import Chapter, Cue
from podcast.show.stops import STOPS

_PAUSES = f"{STOPS},;:，、：；،؛"
_WIDTH, _ROWS = 32, 2
"""SRT's advised size: two rows of 32 characters. All formats share the captions, so that they agree."""
_UNSPACED = r"\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Kana and Han, written without spaces: a row may end behind each of them."""
_SIGNS = re.compile(f"[{_UNSPACED}]")
WIDE = re.compile(rf"[\u3000-\u303f\uff01-\uff60{_UNSPACED}]")
"""What takes two columns of a row: these, their punctuation, letters as wide. Hangul, which has spaces, takes one."""
_OPENING = "「『（《〈【〔［｛〖"
"""What ends no row, and
_CLOSING what begins none: signs that close, marks of length and repetition, small kana."""
_CLOSING = "。，、．？！：；・％～〜」』）》〉】〕］｝〗"
_CLOSING += "ー々ゝゞヽヾぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ\u3099\u309a\ufe00-\ufe0f"
_LETTER = rf"[^{_UNSPACED}{_OPENING}{_CLOSING}]"
_UNBROKEN = re.compile(
    rf"[{_OPENING}(\[“‘]*(?:[{_UNSPACED}]|{_LETTER}*(?![(\[“‘]){_LETTER})?[{_CLOSING})\].,;:?!%…—”’]*"
)
"""Of a word with such signs, one of them or a run of others, with the signs that no row's end parts from it."""
_AT_LEAST = 1.0
"""Seconds that a caption should stand: what is shorter flashes by."""
_SIGN = 200
"""What it is worth that a caption ends where a phrase does: pieces of 30 and 50 letters go before two of 40."""


@dataclass(frozen=True)
class Caption:
    """A piece of a cue, short enough to be read at a glance. `first` of its cue; `rows` hold its text."""

    host: str
    text: str
    rows: tuple[str, ...]
    start: float
    end: float
    first: bool


def captions(cues: Sequence[Cue], duration: float) -> Iterator[Caption]:
    """Yield the cues in as few pieces of two rows as hold them, pieces and rows about equally long.

    A cue's time is shared out by the length of its pieces. What would flash stays until it could be read, as far as the
    pause before the next cue allows, or the rest of the episode, whose `duration` is in seconds.
    """
    for cue, after in zip(cues, [*(each.start for each in cues[1:]), duration], strict=False):
        # The name stands before a cue's first row in SRT: leave it room.
        words = list(_words(cue.text.removeprefix(f"{cue.host}: ")))  # scripts of older versions may say the name, too
        pieces = _pieces(words, _columns(cue.host) + 2)
        passed = [0, *itertools.accumulate(sum(map(len, rows)) for _, rows in pieces)]
        seconds_a_letter = (cue.end - cue.start) / max(1, passed[-1])
        for index, (text, rows) in enumerate(pieces):
            start, end = (cue.start + letters * seconds_a_letter for letters in passed[index : index + 2])
            if index == len(pieces) - 1 and end - start < _AT_LEAST:
                end = max(end, min(start + _AT_LEAST, after))
            yield Caption(cue.host, text, rows, start, end, first=index == 0)


def _words(text: str) -> Iterator[str]:
    """Yield what no row's end parts: words with the space behind them, in writing without spaces single signs."""
    for word in text.split():
        parts = list(filter(None, _UNBROKEN.findall(word))) if _SIGNS.search(word) else [word]
        yield from parts[:-1]
        yield f"{parts[-1]} "


def _columns(text: str) -> int:
    """Return how much of a row the text takes, where a letter takes one."""
    return len(text) + len(WIDE.findall(text))


def _pieces(words: Sequence[str], lead: int) -> Sequence[tuple[str, tuple[str, ...]]]:
    """Return text and rows of the fewest captions that hold the words, as equally long as may be; best ended by a
    sign."""
    ends = [0, *itertools.accumulate(map(_columns, words))]
    stops = [0, *(end - word.endswith(" ") for end, word in zip(ends[1:], words, strict=True))]
    best = [(0, 0, 0, 0)]  # captions, cost, where the last begins, where its second row does
    for end, word in enumerate(words, 1):
        sign = _SIGN if word.rstrip()[-1] in _PAUSES else 0
        best.append(min((best[begin][0] + 1, best[begin][1] + (stops[end] - ends[begin]) ** 2 - sign, begin, at)
                        for begin, at in _last(ends, stops, end, lead)))  # fmt: skip
    pieces, end = [], len(words)
    while end:
        *_, begin, at = best[end]
        whole, *rows = ("".join(words[one:after]).rstrip() for one, after in ((begin, end), (begin, at), (at, end)))
        pieces.append((whole, tuple(filter(None, rows))))
        end = begin
    return pieces[::-1]


def _last(ends: Sequence[int], stops: Sequence[int], end: int, lead: int) -> Iterator[tuple[int, int]]:
    """Yield where a caption of two rows may begin that ends with a word, beside where its second row does, which is
    about as long as the first, or `end` where one row will do; a word alone is one, however long, two are two.

    Word n ends at column `stops[n + 1]`, and with its space, if any, at `ends[n + 1]`; the first caption has room for
    `lead` letters less in its first row.
    """
    stop, after = stops[end], end - 1
    for begin in range(end - 1, -1, -1):
        start, room = ends[begin], _WIDTH if begin else _WIDTH - lead
        if stop - start <= room or end - begin == 1:
            yield begin, end
            continue
        if stop - start > room + _WIDTH + 1 and end - begin > _ROWS:
            return
        even = (start + stop + 1 + room - _WIDTH) / 2  # a break here fills both rows alike
        while after > begin + 1 and ends[after - 1] >= even:
            after -= 1
        at = after - 1 if after - 1 > begin and even - ends[after - 1] <= ends[after] - even else after
        if (stops[at] - start > room or stop - ends[at] > _WIDTH) and end - begin > _ROWS:
            return
        yield begin, at


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
    """Return SubRip: the host's name stands where the host begins.

    A < is its wide form: programs that turn SubRip into WebVTT leave it bare, and what follows is taken for a tag and
    not shown (findings/srt-to-vtt-loses-findings.sh).
    """
    parts = []
    for number, caption in enumerate(captions, 1):
        name = f"{caption.host}: " if caption.first else ""
        rows = "\n".join((name + caption.rows[0], *caption.rows[1:])).replace("<", "＜")
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


def chapters_json(title: str, chapters: Sequence[Chapter], address: Callable[[str], str] = str) -> bytes:
    """Return the podcast namespace's JSON chapters, version 1.2.0; `address` returns that of a file of the site."""
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
                    **({"img": address(chapter.image)} if chapter.image else {}),
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
