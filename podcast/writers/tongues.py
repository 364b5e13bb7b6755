"""Which language a text is written in, as py3langid hears it: models answer in the one they know best."""

from collections.abc import Iterable

from podcast.show import ear
from podcast.show.iso639 import base
from podcast.writers.prompting import language

_LEAST = 30
"""Letters; shorter texts of papers, full of names, sound like anything."""
_MANY = 120
"""Letters of several texts, from which on a title or some names among them do not make them sound like English."""
_SURE = 0.97
"""Of lines full of English names, in nine languages, what it took for English it gave 0.52 to 0.77, a Chinese one
with little else 0.961; lines that are English 0.98 at least. One of six Chinese signs among 123 letters of names had
0.993: that is still refused."""


def written_in(text: str, code: str, other: str = "en") -> bool:
    """Tell whether a text is in the language `code` rather than in the `other`; of a short or unknown one, True."""
    wanted, against = (base(one) for one in (code, other))
    if wanted == against or sum(sign.isalpha() for sign in text) < _LEAST:
        return True
    heard, sure = ear.heard(text, wanted, against)
    return heard == wanted or sure < _SURE


def foreign(texts: Iterable[str], code: str) -> str:
    """Return what is wrong with texts that are not in that language, as "not written in German"; "" where they are, or
    are too short together to tell."""
    whole = " ".join(texts)
    long = sum(sign.isalpha() for sign in whole) >= _MANY
    return f"not written in {language(code)}" if long and not written_in(whole, code) else ""
