"""Other languages: numbers and percentages in their own words, and no address, citation or markup.

>>> say_foreign("Das sind 12,5 % mehr.", "de")
'Das sind zwölf Komma fünf Prozent mehr.'
>>> say_foreign("Die KI lernt.", "de", {"KI": "K I"})
'Die K I lernt.'
>>> say_foreign("提高了12.5%", "zh")
'提高了百分之十二点五'
"""

import html
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from podcast.speech import tables
from podcast.speech.citations import drop_sources
from podcast.speech.locales import in_english
from podcast.speech.rules import rules

_LETTER = r"[^\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
"""What parts no words: a letter or digit of a script that has spaces."""
_CHINESE_DIGITS = "零一二三四五六七八九"

_drop_notation = rules(
    (r"\\(?:text[a-z]{0,4}|emph|url|mathrm|mathbf)\{([^{}]{0,300})\}", r"\1"),
    (r" ?\\(?:cite[a-z]{0,10}|ref|label)\{[^{}]{0,300}\}", ""),
    (r"\\([%&#_$])", r"\1"),
    (r" ?\[[1-9]\d{0,2}(?: ?[,;-] ?[1-9]\d{0,2}){0,30} ?\]", ""),
    (r" ?\(([^()]{6,300})\)", drop_sources),
    (r"</?[A-Za-z][\w-]{0,40} ?/?>|[*`$\\{}]", " "),
)


def say_foreign(text: str, language: str, lexicon: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return a line that is not English after one round; `language` is a code such as "zh" or "de".

    A word of the lexicon is said by it where it stands alone; beside signs of Chinese, Japanese or Korean it does.
    """
    text = "".join(" " if unicodedata.category(sign) in ("Cc", "Cf") else sign for sign in html.unescape(text))
    text = re.sub(r"https?://[^\s<>(){}，。]{1,400}", tables.LINK.get(language, ""), text)
    text = _by_lexicon(_drop_notation(text), lexicon)
    text = in_english(text, language)
    if language == "zh":
        text = re.sub(r"([0-9]+(?:[.,][0-9]+)?) ?[%％]", r"百分之\1", text)
    else:
        text = re.sub(r"(?<=[0-9])[  ]?%", f" {tables.PERCENT.get(language, '%')}", text)
    text = re.sub(r"[0-9]+(?:[.,][0-9]+)?", lambda match: _number(match[0], language), text)
    return re.sub(r"\s+", " ", text).strip()


def _by_lexicon(text: str, lexicon: Mapping[str, str]) -> str:
    if not lexicon:
        return text
    words = "|".join(re.escape(word) for word in sorted(lexicon, key=len, reverse=True))
    return re.sub(rf"(?<!{_LETTER})(?:{words})(?!{_LETTER})", lambda word: lexicon[word[0]], text)


def _number(text: str, language: str) -> str:
    """Return a number in words of `language`, or as it is where num2words does not know the language."""
    whole, *part = re.split(r"[.,]", text)
    if language == "zh":
        return _chinese(whole) + "".join("点" + _chinese_digits(digits) for digits in part)
    from num2words import CONVERTER_CLASSES, num2words  # slow to import

    if language not in CONVERTER_CLASSES or len(whole) > 15:
        return text
    return str(num2words(Decimal(".".join([whole, *part])), lang=language))


def _chinese(whole: str) -> str:
    """Return an integer in Chinese, which the released num2words does not speak: it raises NotImplementedError.

    github.com/savoirfairelinux/num2words/issues/649. Over 8 digits, digit by digit.
    """
    if len(whole) > 8 or re.match(r"0.", whole):
        return _chinese_digits(whole)
    if len(whole) > 4:
        low = whole[-4:].lstrip("0")
        gap = "零" if low and len(low) < 4 else ""
        return _chinese(whole[:-4]) + "万" + (gap + _chinese(low) if low else "")
    said = "".join(
        _chinese_digits(digit) + ("" if digit == "0" else unit)
        for digit, unit in zip(whole, "千百十 "[-len(whole) :], strict=True)
    )
    return re.sub(r"^一十", "十", re.sub("零+", "零", said.strip())).rstrip("零") or "零"


def _chinese_digits(text: str) -> str:
    return "".join(_CHINESE_DIGITS[int(digit)] for digit in text)
