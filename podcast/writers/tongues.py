"""Which language a text is written in, as py3langid hears it: models answer in the one they know best."""

from functools import cache
from typing import Any

_LEAST = 30
"""Letters; shorter texts of papers, full of names, sound like anything."""


def written_in(text: str, code: str, other: str = "en") -> bool:
    """Tell whether a text is in the language `code` rather than in the `other`; of a short or unknown one, True.

    Only the two are weighed: of all languages, single lines of papers are often taken for a third (a name is enough).
    """
    wanted, against = (one.partition("-")[0].lower() for one in (code, other))
    if wanted == against or sum(sign.isalpha() for sign in text) < _LEAST:
        return True
    ear = _ear(frozenset({wanted, against}))
    return ear is None or ear.classify(text)[0] == wanted


@cache
def _ear(codes: frozenset[str]) -> Any:
    """Return what tells these languages apart; None where it does not know one of them."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    ear = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    try:
        ear.set_languages(sorted(codes))
    except ValueError:
        return None
    return ear
