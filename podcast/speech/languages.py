"""Other languages: numbers, units and signs in their own words, and no address, citation or markup.

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
from types import MappingProxyType

from podcast.show.formulas import parted
from podcast.speech import tables
from podcast.speech.addresses import read_addresses_in
from podcast.speech.amounts import read_amounts
from podcast.speech.characters import raise_tens, unmarked
from podcast.speech.citations import drop_sources
from podcast.speech.dates import read_dates
from podcast.speech.locales import in_english
from podcast.speech.models import read_models
from podcast.speech.ordinals import read_ordinals
from podcast.speech.powers import read_powers
from podcast.speech.rules import rules
from podcast.speech.shorthand import by_words, greek, read_shorthand
from podcast.speech.signs import read_signs
from podcast.speech.tex_letters import read_tex_letters
from podcast.speech.tongues import tongue

_drop_notation = rules(
    (rf"\\(?:text[a-z]{{0,12}}|url|{tables.STYLES}) ?\{{([^{{}}]{{0,300}})\}}", r"\1"),
    (r" ?\\(?:cite[a-z]{0,10}|ref|label)\{[^{}]{0,300}\}", ""),
    (r"\\[dt]?frac ?\{([^{}]{1,20})\} ?\{([^{}]{1,20})\}", r"\1/\2"),
    (r"\\sqrt ?\{([^{}]{1,20})\}", r"√(\1)"),
    (r"\{([.,])\}", r"\1"),
    (r"\\[,;:! ]", ""),
    (r"\\([%&#_])", r"\1"),
    (r"\\\$", "＄"),
    (r"(?<![\\\w$])\$(?=[^\s$]*(?:[\\^_={}<>][^$]*)?\$)([^$]{1,200})\$(?![\w$])", r"\1"),  # no price holds these
    (r"\^\{([^{}]{1,20})\}", r"^\1"),
    (r"_\{(\d{1,4})\}", r"_\1"),
    (r" ?\[[1-9]\d{0,2}(?: ?[,;–-] ?[1-9]\d{0,2}){0,30} ?\](?: ?[–-] ?\[[1-9]\d{0,2}\])?", ""),
    (r" ?\(([^()]{6,300})\)", drop_sources),
    (r"(?<=[0-9)]) ?[*·⋅∙] ?(?=[0-9(])", "×"),
    (r"(?<=[A-Za-z.])~", " "),
    (tables.TAG, lambda m: " " if m[1].lower() in tables.MARKUP else m[1].replace("_", " ")),
    (r"[*`{}]", " "),
)
_SIGNS = str.maketrans({
    "−": "-", "‐": "-", "‑": "-", "‒": "-", "∼": "~", "≃": "≈", "≅": "≈", "⩾": "≥", "⩽": "≤", "≳": "≥", "≲": "≤",
    "≧": "≥", "≦": "≤", "✕": "×", "⟶": "→", "⇒": "→", "➜": "→", "➔": "→", "％": "%", "﹪": "%", "٪": "%", "￥": "¥",
    "＄": "$", "～": "~", "〜": "~", "＋": "+", "－": "-", "＝": "=", "＜": "<", "＞": ">", "／": "/", "ｘ": "x",
    "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⁄": "/", "٫": ".", "٬": ",", "º": "º",
    **dict(zip("０１２３４５６７８９٠١٢٣٤٥٦٧٨٩०१२३४५६७८९₀₁₂₃₄₅₆₇₈₉", "0123456789" * 4, strict=True)),
})  # fmt: skip
_TIMES_TO = re.compile(r"(?<![\w.,])([0-9]+(?:[.,][0-9]+)?)[x×]( ?[-–] ?[0-9]+(?:[.,][0-9]+)?[x×])(?!\w)")
"""10x-20x, whose first sign is not said."""
_RAISED = re.compile(r"(?<=[\w)])[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]{1,6}")
_TEX = re.compile(r"\\([A-Za-z]{1,30})")
_FORMULA = re.compile(r"[\\^=<>_]|^\$+\s*[^\W\d_]")
_INDEX = re.compile(r"(\\[A-Za-z]{1,30}) ?_ ?|_ ?(?=\\[A-Za-z])")
_EXPERTS = re.compile(r"(?<![A-Za-z0-9.,])([0-9]{1,3})[xX](?=[0-9]+(?:[.,][0-9]+)?[BMK](?![A-Za-z0-9]))")
"""Of Mixtral 8x7B."""
_PICTURES = re.compile("[\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]")


def say_foreign(text: str, language: str, lexicon: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return a line that is not English after one round; `language` is a code such as "zh" or "de".

    A word of the lexicon is said by it where it stands alone; beside signs of Chinese, Japanese or Korean it does.
    """
    text = re.sub(r"\s+", " ", "".join(" " if _is_silent(sign) else sign for sign in html.unescape(text)))
    text = read_addresses_in(text, tongue(language))
    if language == "tr":  # 2024'te is said in one word
        text = re.sub(r"(?<=[0-9])['’](?=[a-zçğıöşü])", "\u2060", text)
    text = read_shorthand(by_words(_drop_notation(_undollared(read_tex_letters(text))), lexicon), language)
    text = _plain_signs(text, language)
    if re.search(r"[0-9^$€£¥]", text):
        text = re.sub(r"(?<=[0-9]) ?p\. ?p\.(?!\w)", " pp", text)
        text = re.sub("[\u00a0\u202f\u2009]", " ", in_english(read_models(text, language), language))
        for read in (read_dates, read_powers, read_ordinals, read_amounts):
            text = read(text, language)
    return re.sub(r"\s+", " ", read_signs(text, language)).strip()


def _is_silent(sign: str) -> bool:
    """Tell whether a sign is for the eye alone: a control character, or an emoji that no table knows."""
    category = unicodedata.category(sign)
    picture = _PICTURES.match(sign) and category in ("So", "Sk", "Mn")
    return category in ("Cc", "Cf") or bool(picture and ord(sign) not in _SIGNS and sign not in tables.CHARACTERS)


def _undollared(text: str) -> str:
    """Return the text without the dollars of formulas; a figure alone between them may be a price."""
    return "".join(
        re.sub(r"_(?=[{A-Za-z])", " ", part.strip("$")) if at % 2 and _FORMULA.search(part) else part
        for at, part in enumerate(parted(text))
    )


def _plain_signs(text: str, language: str) -> str:
    """Return the text with one sign a meaning, powers after ^, and TeX's commands as their signs or names."""
    text = _INDEX.sub(r"\1 ", raise_tens(unmarked(_EXPERTS.sub(r"\1×", text))))
    text = _TEX.sub(lambda match: _sign(match, language), text).replace("\\", " ")
    text = re.sub(r"(?<!\w)['’](?=[0-9]{2}(?![0-9]))", "", text)  # '98
    text = re.sub(r"(?<![\w.,])([0-9]+)[kK]( ?[-–] ?)([0-9]+)[kK](?!\w)", r"\g<1>000\2\g<3>000", text)
    text = re.sub(r"(?<![\w.,])([0-9]+(?:[.,][0-9]+)?)([MBT])( ?[-–] ?[0-9]+(?:[.,][0-9]+)?\2)(?!\w)", r"\1\3", text)
    text = _TIMES_TO.sub(r"\1\2", text)
    text = re.sub("(?<=[0-9])(?=[½⅓⅔¼¾])", " ", text)  # two and a half is not 21/2
    text = _RAISED.sub(lambda match: "^" + match[0].translate(tables.SUPERSCRIPTS), text)
    return text.translate(_SIGNS)


def _sign(match: re.Match[str], language: str) -> str:
    """Return a command as its sign or its name."""
    command, end = match[1], "" if match.string[match.end() : match.end() + 1] in tuple(",.;:)") else " "
    if command in tables.GREEK.values():
        return f" {greek(command, tongue(language))}{end}"
    said = tables.TEX.get(command, command)
    return said if len(said) == 1 else f" {command}{end}"
