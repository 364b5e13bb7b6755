r"""Characters: ASCII and a few signs stay; superscripts become ^{…}, Greek \mu{}, dashes commas; quotes go.

>>> read_characters("10⁻³ and H₂O")
'10^{-3} and H_{2}O'
>>> read_characters("naïve α")
'naive \\alpha{}'
>>> read_characters("fast — and small")
'fast ,  and small'
"""

import html
import re
import unicodedata
from fractions import Fraction

from podcast.speech import tables
from podcast.speech.dashes import read_dashes
from podcast.speech.digits import mixed
from podcast.speech.numerals import digit_by_digit, fraction, in_words, plural
from podcast.speech.rules import any_of, rules
from podcast.speech.tex_letters import read_tex_letters


def read_characters(text: str) -> str:
    """Leave ASCII and the signs of `tables.KEPT`."""
    text = read_dashes(_raise_and_lower(raise_tens(unmarked(read_tex_letters(html.unescape(text))))))
    text = text if text.isascii() else unicodedata.normalize("NFKC", text)
    text = re.sub(r"(?<=[\d/])(?: |~|\\,)?μ(?=[A-Za-z]{1,3}\b)", " u", text)
    return _read_tildes(_read_signs(re.sub(r"[^\x20-\x7e]", _character, text)))


_TEN = re.compile(
    r"(?<=\d)( ?[×·x∙*] ?)10 ?(?:[-−](?=\d(?!\d))|−)(\d{1,2})(?!\.?\d)|(?<![\d.])()10−(\d)(?!\.?\d)(?! ?=)"
)


_EXPONENT = re.compile(
    rf"((?<!\w)(?:{any_of(tables.NUMBERED)}|fig|figure|panel|table)s?\.? "
    r"(?:\d{1,3}[a-z]?(?:[-–−]\d{0,3}[a-z]?)?(?:,? and |, )){0,6})?"
    r"(?<![\w.])(\d{1,9}(?:\.\d{1,9})?[eE])[−–](?=\d{1,3}(?![\w.]\d|\w))"
)
"""5e−6, but for Figures 3e–4."""
_MARKS = rules(
    (r"^\s*(?:#{1,6} (?!of\b)|[-–*•] (?=\S)|\+ (?=[A-Za-z])|>(?: ?>)* (?=[A-Za-z\"'#*-]))+", ""),
    (r"!\[([^\[\]]*)\]\([^()\s]*\)", r"\1"),
    only=r"^\s*[-–*+•#>]|!\[",
)


def unmarked(text: str) -> str:
    """Return the line without the signs of a heading, an item or a quotation that it begins with, and pictures by what
    they are called."""
    return _MARKS(text)


def raise_tens(text: str) -> str:
    """Return the text with the powers of ten that a PDF has flattened, 3 × 10−4, as such again."""
    text = _EXPONENT.sub(lambda m: m[0] if m[1] else f"{m[2]}-", text)
    return _TEN.sub(lambda m: f"{m[1] or ''}10^-{m[2] or m[4]}", text)


_DASH = r"[–—](?=\.?\d)"
_SPACES = "\u00a0\u2002-\u200a\u202f'’"


def _thousands(match: re.Match[str]) -> str:
    return re.sub(r"\D", ",", match[0])


def _accented(match: re.Match[str]) -> str:
    """Say a lone letter's hat, tilde or bar; other accents are of a language."""
    parts = unicodedata.normalize("NFD", match[0])
    name = tables.MARKS.get(parts[1:], "")
    return f"{parts[0]} {name} " if name else match[0]


def _vulgar(match: re.Match[str]) -> str:
    """Say 2½ as two and a half."""
    part = Fraction(unicodedata.numeric(match[2])).limit_denominator(10)
    if match[1]:
        return mixed(int(match[1]), part.numerator, part.denominator)
    return f" {fraction(part.numerator, part.denominator)} "


_SHORT = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun"
_raise_and_lower = rules(
    (r" ?<(?:-{1,3}|={1,3})> ?", "↔"),
    (r"(\|\|[^| ][^|]{0,30}?) [-−–] (?=[^| ][^|]{0,30}\|\|)", r"\1-"),  # in a norm
    (rf"(?<![\w.,])[1-9]\d{{0,2}}(?:([{_SPACES}])\d{{3}})(?:\1\d{{3}})*(?!\w)", _thousands),
    (r"(\d*) ?([¼-¾⅐-⅞])", _vulgar),
    (r"[\u2160-\u216b\u2170-\u217b]", lambda m: str(int(unicodedata.numeric(m[0])))),
    (r"(?<!\w)['’]([1-9]0)s\b", lambda m: f" {plural(in_words(int(m[1])))}"),
    (r"№ ?", " number "),
    (r"[ₐₑₒₓₕₖₗₘₙₚₛₜᵢᵣᵤᵥⱼ]+", lambda m: f"_{{{unicodedata.normalize('NFKC', m[0])}}}"),
    (r"ᵀ", "^{T}"),
    (r"(?<!\w)(?:Õ|O\u0303)(?=\()", r"\\tilde{O}"),
    (r"(?<!\w)[^\W\d_]\u0302(?!\w)|(?<!\w)[^\W\d_\x00-\x7f](?!\w)|(?<!\w)[A-Za-z][\u0303\u0304](?!\w)", _accented),
    (r"(?<=[^\W\d_])′(?!\w)", " prime "),
    (r"(\((?:[A-Za-z]|[ivx]{2,4})\))(?:--|[–-])(?=\((?:[A-Za-z]|[ivx]{2,4})\))", r"\1 to "),
    (r"(?<=\d[a-h])[–-](?=[a-h](?![\w-]))", " to "),
    (r"(?<=\d) ?· ?(?=10)", "×"),
    (r"[™®©]", ""),
    (r"(?<=\d)[ ~]?[ÅÅ](?!\w)", " Angstrom"),
    (r"N[·⋅]m\b", "Nm"),
    (r"(?<=\d) ?([kmMGµμ]?)[ΩΩ]", r" \1Ohm"),
    (rf"(?:(?<=[(\[=,;:] )|(?<=[(\[=,;:])|^|(?<=\b(?:at|to|of|by|is) )|(?<=\bfrom )){_DASH}", "-"),
    (r"(?<=[a-z] )–(?=\.?\d)(?!(?:19|20)\d\d(?!\d)|[\d.]+[BMK](?!\w))", "-"),  # loss –2.3
    (r"(?<=\d)([⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+) ?– ?(?=\d+[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]|\d+(?:\.\d+)? ?[×x·] ?10)", r"\1 to "),
    (r"(?<=[A-Z][a-z])([²³⁴])⁺", lambda m: f"{unicodedata.digit(m[1])}+"),
    (rf"\b({any_of(tables.MONTHS)})\.? ['’](\d\d)(?!\w)", lambda m: f"{m[1]} {'20' if m[2] < '60' else '19'}{m[2]}"),
    (r"(?<![A-Za-z])([A-Za-z]?)−(?=[A-Za-z](?![A-Za-z])|\\|\()", r"\1 minus "),
    (r"(?<![A-Za-z])([A-Za-z])−(?=\d)", r"\1 minus "),
    (r"(?<=\d)[-−](?=\d+ ?=)", " minus "),
    (r"\$ ?(?:--|–) ?\$(?=-?\\?[\d])", "$ to $"),
    (rf"\b({_SHORT})\.? ?[-–] ?(?=(?:{_SHORT})\b)", r"\1 to "),
    (
        rf"\b((?:19|20)\d\d) ?[-–] ?(?=(?:{_SHORT})[a-z]{{0,6}}\.? (?:19|20)\d\d\b|(?:present|now|today|date)\b)"
        r"|\b(Q[1-4])[-–](?=Q[1-4]\b)",
        r"\1\2 to ",
    ),
    (r"(?<=\d[×x%])–(?=\d+(?:\.\d+)?[×x%])", "-"),
    (r"(?<![\w.-])(\d+(?:\.\d+)?)([KMBTk])[-–](?=\d+(?:\.\d+)?\2(?!\w))", r"\1\2 to "),
    (r"(?<=\d)–(?=[-−]\d)|(?<=\d\))[–-](?=\(\d)", " to "),
    (r"(?<=\d)′|(?<=\d)'(?=-[a-z]| (?:ends?|UTR)\b)", " prime"),
    (r"(?<![\w'])([A-Za-z])['′](?=[ =,.;)$|\\‖]|$)", r"\1 prime"),
    (r"(?:^|(?<=\())– (?=\.?\d)", "-"),
    (r", ?(?:\.{3,}|…|\\[lc]?dots(?:\{\})?) ?,", r" \\to{} "),
    (r"(?<=\b[A-Za-z])[·⋅](?=[A-Za-z]{1,3}(?![A-Za-z]))", "×"),
    (r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿⁱ]+", lambda m: f"^{{{m[0].translate(tables.SUPERSCRIPTS)}}}"),
    (r"(?<=[₀-₉])\.(?=[₀-₉])", "₊"),
    (r"[₀₁₂₃₄₅₆₇₈₉₊]+", lambda m: f"_{{{m[0].translate(tables.SUBSCRIPTS)}}}"),
    only=r"[^\x00-\x7e]|[\\$'\n]|\.{3}| - |\d-\d+ ?=|\)--?\(|\d[a-h]-[a-h]|-[A-Z]|[KMBTk]-\d|\d-[pntd]|<[=-]|\|\|",
)

_read_signs = rules(
    (r"(?<=[A-Za-z}])\*\(([^()]{1,12})\)", r" star of \1 "),
    (r"(?<=\})\*(?![\w*])", " star "),
    (r"\\%", "%"),
    (r"``|''|[\"`]", " "),
    (r"\.{3,}(?=\s*[a-z])", ", "),
    (r"(?<=\b\w)\.\.(?=\w\b|\d)|(?<=\d)\.\.(?=\w)|(?<=\d)\.{3}(?=\d)", " to "),
    (r"(?<![\w'.-])([b-hj-z])!(?= ?[a-z=/+*(),;$-]| \d)(?!=)(?!\w)|(?<![\w.])(\d{1,3})!(?= = )", r"\1\2 factorial"),
    (rf"\b((?:{any_of(tables.NUMBERED)})\.?) (\(?[A-Z])\.(?=\d)", r"\1 \2 "),
    (r"(?<=[A-H]\.\d)[–-](?=[A-H]\.\d)", " to "),
    (r"(?<![\w.])([A-H])\.(?=\d{1,2}(?:\.\d{1,2})?(?:[ .,;:)–]|$))", r"\1 "),
    (r"(?<!\w)CO_?\{?2\}?-?eq?(?!\w)", "CO2 equivalent"),
    (r"\b((?:torch\.)?nn|np|torch|tf|jax|jnp)\.(?=[A-Za-z])", lambda m: m[0].replace(".", " dot ")),
    (r"\.'s\b", "'s"),
    (r"(?<=[A-Za-z0-9])'(?![A-Za-z])|(?<![A-Za-z0-9])'", " "),
    (r"(?<=\d)(%?) ?(?:--|–) ?(?=[$€£]?[\d.])", r"\1 to "),
    (r"(\d ?[A-Za-z%°]{1,4})–(?=[$€£]?\.?\d)", r"\1 to "),
    (r"(?<=\w)–(?=\w)", "-"),
    (r" ?-{3,} ?| ?(?<!-)--(?!\d) ?| ?– ?", ", "),
    (r"\d{16,}", lambda m: f" {digit_by_digit(m[0])} "),
)


_DRAWN = (
    r"(?<![\w'\\])[B-HJ-Zb-z](?:_(?:\w{1,3}|\{[^{}]{1,12}\}))?'?(?![A-Za-z])|(?<=[a-z])\{\}"
    r"|(?<=\w\(\w)\)|(?<=,\w)\)|(?<=, \w)\)"
)
"""What is drawn from a distribution: a variable, x_t, f(x), (x, y), or \\epsilon{}."""
_ORDER_OF = r"(?:O|\\(?:Theta|Omega|mathcal\{O\}) ?(?:\{\})?)\("
_COUNT = r"(?:two|three|four|five|six|seven|eight|nine|ten|twenty|fifty|half|twice|an?)\b"
_NO_DISTRIBUTION = (
    r"(?!(?!(?:uniform|normal|gaussian|bernoulli|beta|gamma|poisson|categorical|dirichlet|laplace|prior|data)\b)"
    r"[a-z]{3,}(?![\w({}_^]))"
)
"""No plain word, but for those that things are drawn from."""
_CALLED = r"\\?[A-Za-z]{1,16}(?:\{\w?\})?(?:_\w|_\{[^{}]{1,12}\})?\("
_read_tildes = rules(
    (r"(?<=\d)(%?) ?~ ?(?=\d)", r"\1 to "),
    (r"(?:^|(?<=[\s(\[,;:\"'/=]))\\?~ ?(?=[$£€]?\.?\d)", "∼"),
    (rf"(?<=[\w)}}]) ~ (?={_ORDER_OF}|{_COUNT})", " about "),
    (
        rf"({_DRAWN})(?: ~ (?={_NO_DISTRIBUTION}[A-Za-z]|\\(?:math|operator|[a-z]{{2,7}}\{{\}}))|~(?={_CALLED}))",
        r"\1 ∼ ",
    ),
    (rf"(?<=[\w)}}]) ~ (?={_CALLED})", " ∼ "),
    (r"~", " "),
    only="~",
)


def lost_characters(text: str) -> list[str]:
    """Return the characters that no table knows and that have no Latin letters in them; emoji are silent on purpose."""
    text = unicodedata.normalize("NFKC", _raise_and_lower(html.unescape(text)))
    return [sign for sign in re.findall(r"[^\x00-\x7e]", text) if sign < "\U0001f000" and _is_lost(sign)]


def _is_lost(sign: str) -> bool:
    known = sign in tables.KEPT or sign in tables.GREEK or sign in tables.CHARACTERS
    return not known and unicodedata.category(sign)[0] not in "MCZ" and _character_of(sign) == " "


def _character(match: re.Match[str]) -> str:
    return _character_of(match[0])


def _character_of(character: str) -> str:
    if character in tables.KEPT:
        return character
    if character in tables.GREEK:
        return f"\\{tables.GREEK[character]}{{}}"
    if character in tables.CHARACTERS:
        return tables.CHARACTERS[character]
    if unicodedata.category(character) in ("Mn", "Cf"):
        return ""  # combining marks and zero-width characters
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return re.sub(r"[^A-Za-z]", "", unicodedata.normalize("NFKD", character)) or " "
