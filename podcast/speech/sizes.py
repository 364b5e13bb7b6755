"""Sizes: K, M, B and T behind a number, as thousand to trillion or as what else they mean there.

>>> read_sizes("7b and 70b models, Llama 7B, 45m per epoch")
'7 billion  and 70 billion  models, Llama 7 B, 45 minutes  per epoch'
>>> read_sizes("20m of it, 8K video, 64B cache lines")
'20m of it, 8 ~K video, 64 byte cache lines'
"""

import re

from podcast.speech import tables
from podcast.speech.rules import next_word, rules, words_before

_NUMBER = r"(?<![\w.])\d+(?:\.\d+)?"


def _size(match: re.Match[str]) -> str:
    """Say K, M, B and T as thousand to trillion, but as letters inside a model's name."""
    number, space, letter = match.groups()
    after, follows = match.string[match.end() : match.end() + 24], next_word(match)
    if match.start() and match.string[match.start() - 1] == "-":
        return match[0]  # Qwen2.5-72B
    before = words_before(match, 2)
    last = before[-1] if before else ""
    if space and last.rstrip(".s") in tables.NUMBERED and follows in ("cell", "cells", "lymphocytes"):
        return match[0]  # Phase 1 T cells
    versioned = len(before) == 2 and re.fullmatch(r"v?\d+(?:\.\d+)*", last) and re.match(r"[A-Z][A-Za-z-]", before[0])
    name = last in tables.FAMILIES or re.fullmatch(r"[A-Z][A-Za-z]+-?\d[\d.]*(?:-[A-Za-z]\w*)?", last)
    if (versioned and before[0].lower() not in tables.FREE) or name or re.match(r"-[A-Z]", after):
        pause = follows in tables.PREPOSITIONS and (versioned or last[-1:].isdigit())
        return f"{number}{space or ' '}{letter}{',' if pause else ''}"
    if letter in "Kk" and number in tables.SCREEN_SIZES and _of_a_screen(match, follows):
        return f"{number} ~K"  # no kelvin
    if letter == "B" and follows in tables.BYTES:
        return f"{number} byte"
    if letter == "T" and follows in ("MRI", "scanner", "scanners", "magnet"):
        return f"{number} tesla"
    if letter == "K" and ("temperature" in words_before(match, 3) or before == ["T", "equals"]) and not _counted(match):
        return f"{number} kelvin"
    if (space or letter in "mbt") and not _counted(match):
        return _small_m(match) if letter == "m" else match[0]
    return f"{number} {tables.MAGNITUDES[letter.lower()]} "


_SCREEN = re.compile(
    r"(?:\d|ty|teen|hundred) ?(?:[pP]|px)\b|[Kk] by \d+K|\d ?(?:fps|FPS|Hz)\b|\b(?:up|down)(?:scal|sampl)"
    r"|\b(?:[Ss]uper.)?[Rr]esolution|\b[Rr]ender|\bnative\b(?! \d+K (?:context|vocab))"
)


def _of_a_screen(match: re.Match[str], follows: str) -> bool:
    """Tell whether 4K is a resolution: of a video, or beside another one."""
    around = match.string[max(0, match.start() - 24) : match.end() + 24]
    return follows in tables.SCREENS or (not _counted(match) and _SCREEN.search(around) is not None)


_LIST = re.compile(r"(?:(?:,? (?:and|or|to)|,|/|-| ?\+) ?(?:an? |the )?\d[\d.]*[KMBTkmbt]{0,2}(?![A-Za-z0-9]))*")


def _counted(match: re.Match[str]) -> bool:
    """Tell whether something is counted up to three words on, behind further figures too: 7b and 13b base models."""
    listed = None if match[2] else _LIST.match(match.string, match.end())
    start = listed.end() if listed else match.end()
    words = re.findall(r"[ -]([A-Za-z]+)|[^ ]", match.string[start : start + 48])[:3]
    for word in words:
        if word in tables.MODELS or word in tables.COUNTED:
            return True
        if not word or word in tables.FREE:
            return False
    return False


def _small_m(match: re.Match[str]) -> str:
    """Say 45m as minutes where time is meant; otherwise it stays, for meters or for the letter."""
    follows = next_word(match)
    took = any(word.rstrip(":") in tables.TAKING for word in words_before(match, 3))
    lasts = tables.LASTING.match(match.string[match.end() :].lstrip()) is not None
    if not (follows in tables.MINUTES or lasts or (took and follows not in tables.LENGTHS)):
        return match[0]
    return f"{match[1]} minute{'' if match[1] == '1' or follows in tables.MINUTES else 's'} "


read_sizes = rules(
    (rf"({_NUMBER})( ?)(bn|mn|[KMBTkmbt])(?![A-Za-z0-9])", _size),
    only=r"\d ?(?:bn|mn|[KMBTkmbt])",
)
"""Say every size; a small letter is one only where something is counted, for 45m may be minutes and 2b a figure."""
