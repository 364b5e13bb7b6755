"""Names with figures: what is a letter stays one, and figures are said after it.

>>> read_models("GPT-4 und Llama 3.1 auf H100", "de")
'GPT vier und Llama drei Punkt eins auf H einhundert'
>>> read_models("Qwen2.5-VL-72B", "fr")
'Qwen deux point cinq VL soixante-douze B'
>>> read_models("Llama-2-13B", "zh")
'Llama二，十三B'
"""

import re

from podcast.speech.spelling import digits, passes, spelled
from podcast.speech.tongues import tongue

_LATIN = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"
_NAME = re.compile(rf"(?<![{_LATIN}0-9_^.,/\\-])[{_LATIN}][{_LATIN}0-9_.-]{{0,60}}[{_LATIN}0-9]")
"""A word with figures inside; one that begins with a figure is an amount."""
_UNIT_AND_END = re.compile(r"[a-zµμ]|[A-Z][A-Za-z]{0,2}-[0-9]")
"""How what stands behind a figure begins where it is no name: 5 ms-1 s, 5 V-10 V."""
_PLURAL = re.compile(r"[A-Z]{1,3}[0-9]{2,4}s")
_PARTS = re.compile(rf"[0-9]+(?:\.[0-9]+)*|[{_LATIN}]+|[^{_LATIN}0-9]+")
_VERSION = re.compile(
    rf"(?<![{_LATIN}0-9_])([A-Z][{_LATIN}]*(?:-[{_LATIN}]+)*) ([0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{1,2}})"
    r"(?![0-9]|[.,][0-9]| ?(?:[%°×x€$]|[kMG]?B\b|m?s\b))(?:[ -]([0-9]+(?:\.[0-9]+)?)([BMK])(?![A-Za-z]))?"
)
_NUMBER_NEXT = re.compile(" [0-9]")


def read_models(text: str, language: str) -> str:
    """Return the text with every name that holds figures in words: GPT-4, H100, Llama 3.1 8B."""
    if not passes(language):
        return text
    text = _NAME.sub(lambda match: _said(match, language), text)
    if tongue(language).version:
        text = _VERSION.sub(lambda match: _versioned(match, language), text)
    return text


def _said(match: re.Match[str], language: str) -> str:
    name = match[0]
    counted = re.search("[0-9] $", match.string[max(0, match.start() - 2) : match.start()])
    if not re.search("[0-9]", name) or (counted and _UNIT_AND_END.match(name)):
        return name
    name = name[:-1] if _PLURAL.fullmatch(name) else name  # two H100s
    parts = [part for part in _PARTS.findall(name) if part[0].isalnum()]
    known, said = tongue(language), "\u2060" if counted else ""  # of 4 A100 the A is no ampere
    for before, part in zip(["", *parts], parts, strict=False):
        gap = known.pause if before[:1].isdigit() and part[0].isdigit() else known.join if before else ""
        said += gap + (_figures(part, language) if part[0].isdigit() else part)
    return said + (
        known.pause.strip() if _NUMBER_NEXT.match(match.string, match.end()) and parts[-1][0].isdigit() else ""
    )


def _figures(text: str, language: str) -> str:
    known = tongue(language)
    point = f" {known.version or known.point} " if known.join else known.version
    return point.join(digits(part, language) if len(part) > 4 else spelled(part, language) for part in text.split("."))


def _versioned(match: re.Match[str], language: str) -> str:
    name, version, size, letter = match.groups()
    known = tongue(language)
    if re.fullmatch(known.openers, name) or re.match(rf" (?:{known.measures})\b", match.string[match.end() :]):
        return match[0]
    said = known.join.join([name, _figures(version, language)])
    return known.pause.join([said, known.join.join([_figures(size, language), letter])]) if size else said
