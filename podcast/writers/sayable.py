r"""A paper's signs as a voice can say them: figures, prices, a relation to a figure, how something grows.

>>> shown(r"It is $\sim4\times$ faster, in $O(n \log n)$, at \$5 ($p = 0.03$)")
'It is ∼4× faster, in O(n log n), at $5 (p = 0.03)'
>>> unsayable("With k = 5 it costs $500."), unsayable("So y = ax + b."), unsayable(shown(r"Let $x_{ij} \in S$ be it."))
(False, True, True)
"""

import re

from podcast.show import signs

_SIGNS = re.compile(
    r"[\\{}=$<>^_|\u2016\u2190-\u21ff\u2200-\u2211\u2213\u221b-\u221d\u221f-\u2235\u2237-\u223b\u223d-\u22ff\u27e6-\u27eb"
    r"]|\bapprox\b"
)
"""What cannot be read aloud, where nothing else is said of it; a wave, a root and what stands in names can."""
_AMOUNT = (
    r"(?:[+±∼~≈−–-]\s?){0,2}[$€£]?(?:\d[\d,]{0,20}(?:\.\d{1,20})?|\.\d{1,20})"
    r"(?:\s?[×x/–-]\s?\d[\d.,]{0,9}){0,3}[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]{0,6}"
)
_ENDS = r"\s?(?:%|[^\W\d_]{1,3}(?![^\W_]))?(?!\s?[+*/^=<>≤≥−]\s?\w|[\w(])"
_NAME = r"(?:[^\W\d_]\d?[²³₀-₉]?|[a-z]?[A-Z]\w*[A-Z\d²]|\w+@\d+|[a-z]{5,}|rho|tau|phi|beta)"
"""A letter or a short form; of small letters what is long enough to be no command that lost its beginning."""
_SAID = re.compile(
    rf"(?<![\w)])(?:{_AMOUNT}\s?[<≤]\s?)?{_NAME}\s?[=<>≤≥≈]\s?{_AMOUNT}{_ENDS}"
    rf"|(?:(?<=[\s(])|^)[<>≤≥≈]\s?{_AMOUNT}{_ENDS}|(?<=\d)\s?%?\s?→\s?{_AMOUNT}{_ENDS}"
    r"|(?<=\d)\^[−-]?\d{1,3}(?![\w/.])|(?<![^\W_])(?:[A-Z]{1,3})?[$€£](?=\s?\.?\d)|(?<=\d)[$](?!\w)"
)
"""What has a sign and can be read aloud: p = 0.03, ≤ 2%, 40 → 20, 10^6, $500."""
GROWTH = re.compile(
    r"(?<!\w)[OoΘΩωÕ]\u0303?\((?:[√\d²³⁴⁵⁶⁷⁸⁹ⁿ⁺⁻¹ +−·./-]|[^\W\d_](?![^\W\d_²³⁴⁵⁶⁷⁸⁹ⁿ¹])|\blog\b|\^\d(?![\d./]))+\)"
)
"""How something grows, with its argument."""
_LONGEST = 40
"""Signs of a formula within a sentence."""


def shown(sentence: str) -> str:
    """Return the sentence with its TeX in signs; what no voice could say stays TeX."""
    return signs.drawn(sentence, _fits)


def _fits(formula: str) -> bool:
    bare = GROWTH.sub("n", formula)
    return len(formula) <= _LONGEST and not re.search(r"[()\[\]]", bare) and not unsayable(bare)


def unsayable(text: str) -> bool:
    """Tell whether the text has a sign that no voice can say."""
    return bool(_SIGNS.search(_SAID.sub(" ", GROWTH.sub("n", text))))
