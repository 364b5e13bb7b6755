"""Signs that carry meaning and stand by themselves: → ± ≈ < = × +, which an engine would leave out.

>>> read_signs("Bild → Text", "de"), read_signs("p < fünf", "de"), read_signs("A & B", "fr")
('Bild zu Text', 'p kleiner als fünf', 'A et B')
>>> read_signs("fünf - oder zehn", "de"), read_signs("Bild → Text", "sv")
('fünf, oder zehn', 'Bild → Text')
"""

import re

from podcast.speech.tongues import tongue

_PAUSE = re.compile(r"\s*—\s*|\s+[–-]+\s+")
_BETWEEN = re.compile(
    r"\s*([±≈<>≤≥=≠×→&↑↓]|#(?=\s*[^\W\d]))\s*|\s*~(?=\s*\w)\s*|(?<=[\w)])\s*(\+)\s*(?=\w)|(?<=\w)(\+)(?!\w)|(?<!\S)(\+)\s*(?=\w)"
)
_FOLLOWS = re.compile(r"(?<=[\w)]) ?~ (?=[A-Za-zα-ωΑ-Ω](?![^\W\d_])|[A-Z][A-Za-z]{0,20}\()")
"""Between a variable and its distribution: x ~ N, k ~ Poisson(3)."""
_STROKE = re.compile(r"(?<=\w)/(?=\w)")


def read_signs(text: str, language: str) -> str:
    """Return the text with what is left of signs in words, and dashes between words as pauses."""
    text = re.sub("\u2060 ?", "", re.sub("dört(?=\u2060[aeıioöuü])", "dörd", text))
    known = tongue(language)
    if not known.signs:
        return text
    gap = known.join
    text = _PAUSE.sub(known.pause, text)
    text = _STROKE.sub(" ", text)
    if known.follows:
        text = _FOLLOWS.sub(f" {known.follows} ", text)
    return _BETWEEN.sub(lambda match: f"{gap}{known.signs[next(filter(None, match.groups()), '≈')]}{gap}", text)
