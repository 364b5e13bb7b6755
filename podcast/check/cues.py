"""Transcripts as their readers find them: each format parsed, and all held against each other."""

import html
import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from podcast.check.episode import start
from podcast.check.rules import Failure, Rule
from podcast.press.transcript import WIDE

Cue = tuple[float, float, str, str]
"""When a cue begins and ends, in seconds, who speaks, "" where that is not told apart, and the words."""

_VTT_TIMES = re.compile(
    r"(\d{2,}:\d\d:\d\d\.\d{3}|\d\d:\d\d\.\d{3}) --> (\d{2,}:\d\d:\d\d\.\d{3}|\d\d:\d\d\.\d{3})( .+)?"
)
_SRT_TIMES = re.compile(r"(\d\d:\d\d:\d\d),(\d{3}) --> (\d\d:\d\d:\d\d),(\d{3})")

_APART = 0.01
"""Seconds by which two formats may differ: one says milliseconds where another says hundredths."""


def check(transcripts: Sequence[tuple[str, Path]], duration: float, where: str) -> Iterator[Failure]:
    """Yield what is wrong with an episode's transcripts (type, file); `duration` is the episode's, in seconds."""
    read: dict[str, Sequence[Cue]] = {}
    for kind, path in transcripts:
        if (reader := READERS.get(kind)) is None:
            continue
        try:
            cues = reader(path.read_bytes().decode())
        except (ValueError, KeyError, TypeError) as error:
            yield Failure(Rule.CUES, where, f"{path.name} cannot be read: {error}")
            continue
        read[path.name] = cues
        wrong = next((one for one, other in zip(cues, [*cues[1:], None], strict=True)
                      if one[1] <= one[0] or (other and other[0] < one[0])), None)  # fmt: skip
        if not cues:
            yield Failure(Rule.CUES, where, f"{path.name} has no cues")
        elif wrong:
            yield Failure(Rule.CUES, where, f"{path.name}: the cue at {wrong[0]:.3f} s does not end after it begins, "
                                            "or one before it follows")  # fmt: skip
        elif duration and cues[-1][1] > duration + 1:
            yield Failure(Rule.CUES, where, f"{path.name} goes on to {cues[-1][1]:.1f} s of {duration:.0f} s")
    ends = {name: (len(cues), round(cues[-1][1], 2)) for name, cues in read.items() if cues}
    if len(set(ends.values())) > 1:
        said = ", ".join(f"{name}: {count} cues to {end} s" for name, (count, end) in ends.items())
        yield Failure(Rule.CUES, where, said)
        return
    (first, *others) = read.items() if read else [("", ())]
    for name, cues in others:
        for one, other in zip(first[1], cues, strict=True):
            if max(abs(one[0] - other[0]), abs(one[1] - other[1])) > _APART:
                here, there = (f"{each[0]:.3f} to {each[1]:.3f} s" for each in (one, other))
                yield Failure(Rule.CUES, where, f"{one[3]!r} is at {here} in {first[0]}, {there} in {name}")
                break
            if not _same(one, other):
                yield Failure(Rule.CUES, where, f"at {one[0]:.1f} s {first[0]} says {one[3]!r}, {name} {other[3]!r}")
                break


def _same(one: Cue, other: Cue) -> bool:
    """Whether two cues have the same words; the name of who speaks may stand before either's.

    Where writing has no spaces, a row's end is none either: the same signs are the same words.
    """
    name = f"{one[2] or other[2]}:".split()
    said = [words[len(name) :] if words[: len(name)] == name else words for words in (_plain(one[3]), _plain(other[3]))]
    return said[0] == said[1] or bool(WIDE.search(one[3]) and "".join(said[0]) == "".join(said[1]))


def _plain(said: str) -> list[str]:
    return said.replace("＜", "<").split()  # as our SubRip has it


def _vtt(text: str) -> list[Cue]:
    head, *blocks = re.split(r"\n{2,}", text.replace("\r\n", "\n").strip("\n"))
    if not re.match(r"WEBVTT(?:[ \t\n]|$)", head):
        raise ValueError("it does not begin with WEBVTT")
    cues = []
    for block in blocks:
        lines = block.split("\n")
        if lines[0].startswith(("NOTE", "STYLE", "REGION")):
            continue
        if "-->" not in lines[0]:
            lines = lines[1:]  # a cue's name
        times = _VTT_TIMES.fullmatch(lines[0]) if lines else None
        if not times or len(lines) < 2:
            raise ValueError(f"no cue: {block[:60]!r}")
        if bare := re.search(
            r"<(?!/?(?:v|i|b|c|u|lang|\d)\b)|&(?!amp;|lt;|gt;|nbsp;|lrm;|rlm;|#)", "\n".join(lines[1:])
        ):
            raise ValueError(f"a bare {bare[0]!r} in {lines[1]!r}")
        named = re.match(r"<v(?:\.[^ >]*)* ?([^>\n]*[^>\s][^>\n]*)>", lines[1])
        if not named:
            raise ValueError(f"a cue without <v Name>: {lines[1]!r}")
        name, said = (html.unescape(each) for each in (named[1], re.sub(r"<[^>]*>", "", "\n".join(lines[1:]))))
        cues.append((start(times[1]) or 0.0, start(times[2]) or 0.0, name, said))
    return cues


def _srt(text: str) -> list[Cue]:
    cues = []
    for number, block in enumerate(re.split(r"\n{2,}", text.replace("\r\n", "\n").strip("\n")), 1):
        lines = block.split("\n")
        times = _SRT_TIMES.fullmatch(lines[1]) if len(lines) > 2 else None
        if not times or lines[0] != str(number):
            raise ValueError(f"no cue {number}: {block[:60]!r}")
        begins, ends = (start(f"{times[at]}.{times[at + 1]}") or 0.0 for at in (1, 3))
        cues.append((begins, ends, "", "\n".join(lines[2:])))
    return cues


def _json(text: str) -> list[Cue]:
    document = json.loads(text)
    if not isinstance(document["version"], str):
        raise ValueError("version is no text")
    for one in document["segments"]:
        if not isinstance(one["body"], str):
            raise ValueError(f"a segment without words: {one}")
    return [
        (float(one["startTime"]), float(one["endTime"]), str(one.get("speaker", "")), one["body"])
        for one in document["segments"]
    ]


READERS: dict[str, Callable[[str], Sequence[Cue]]] = {
    "text/vtt": _vtt, "application/x-subrip": _srt, "application/srt": _srt, "application/json": _json,
}  # fmt: skip
