"""Which of two languages a text is written in, as py3langid hears it, with how sure it is.

>>> heard("Es sind zwölf Schichten.", "de", "en")[0], heard("It has twelve layers.", "de", "en")[0]
('de', 'en')
>>> heard("Twelve.", "xx", "en")
('xx', 0.0)
"""

from functools import cache
from typing import Any

_ONE = {"nb": "no", "nn": "no"}


def heard(text: str, wanted: str, other: str) -> tuple[str, float]:
    """Return that of the two languages in which the text is, by their codes of two letters, and the share of chance for
    it; the first and 0 where one of them is not known.

    Only the two are weighed: of all languages, single lines of papers are often taken for a third (a name is enough).
    """
    ear = _ear(frozenset(_ONE.get(code, code) for code in (wanted, other)))
    if ear is None:
        return wanted, 0.0
    code, sure = ear.classify(text)
    return (other if code == _ONE.get(other, other) else wanted), float(sure)


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
