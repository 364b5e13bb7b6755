"""From written to spoken: a line's text as a voice reads it, with no digit and no symbol left.

The passes run in the order of `_PASSES`. Until the last two, numbers stay digits, so that a rule sees
`16x3.8B` and not its words. Every pattern is anchored or bounded, so the work grows with the text.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from podcast import speech_tables as tables
from podcast.errors import ConfigError

VERSION = 1
"""Part of every take's key: bump it when a rule changes what is said."""

_Rules = tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]
_SPEAKABLE = re.compile(r"[A-Za-z' ,.?!:;-]*")
_ROUNDS = 6  # a text settles in two rounds; hostile ones have needed three


@dataclass(frozen=True)
class Lexicon(Mapping[str, str]):
    """How single words are said: written form → spoken form. Case counts."""

    entries: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "entries", MappingProxyType(dict(self.entries)))

    def __getitem__(self, written: str) -> str:
        return self.entries[written]

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    @classmethod
    def load(cls, *paths: Path) -> "Lexicon":
        """Return the entries of all files, later files over earlier; ConfigError names file and line."""
        entries: dict[str, str] = {}
        for path in paths:
            try:
                lines = path.read_text(encoding="utf-8").splitlines()
            except (OSError, UnicodeDecodeError) as error:
                raise ConfigError(
                    f"{path}: {error}", "a lexicon is a UTF-8 file of lines: written TAB spoken"
                ) from error
            for number, line in enumerate(lines, 1):
                if line.strip() and not line.startswith("#"):
                    written, spoken = _entry(line, f"{path}:{number}")
                    entries[written] = spoken
        return cls(entries)


def _entry(line: str, place: str) -> tuple[str, str]:
    """Return a lexicon line's two columns; ConfigError where it has not exactly two that can be said."""
    columns = [column.strip() for column in line.split("\t")]
    if len(columns) != 2 or not all(columns):
        raise ConfigError(f"{place}: {line!r} is not written TAB spoken", "separate the two forms by one tab")
    if any(character.isspace() for character in columns[0]):
        raise ConfigError(f"{place}: {columns[0]!r} is more than one word", "give each word its own line")
    if not _SPEAKABLE.fullmatch(columns[1]):
        raise ConfigError(
            f"{place}: {columns[1]!r} cannot be spoken as it stands", "use letters, spaces and , . ' - only"
        )
    return columns[0], columns[1]


def say(text: str, lexicon: Lexicon, language: str = "en") -> str:
    """Return `text` as a voice should read it; `say` of the result is the result.

    In English it holds only letters, spaces and the signs ' , . ? ! : ; and -. In other languages only
    numbers are put in words, and addresses, citations, markup and control characters are taken out.
    """
    base = language.lower().replace("_", "-").split("-")[0]
    if base != "en":
        return _settled(text, lambda line: _foreign(line, base))
    return _settled(text, lambda line: _english(line, lexicon))


def _settled(text: str, once: Callable[[str], str]) -> str:
    """Return what `once` makes of `text` when it changes nothing more: what signs held apart may join."""
    for _ in range(_ROUNDS):
        before, text = text, once(text)
        if text == before:
            break
    return text


def _english(text: str, lexicon: Lexicon) -> str:
    for step in _PASSES:
        text = re.sub(r"\s+", " ", step(text, lexicon))
    return text.strip()


def _rules(*pairs: tuple[str, str | Callable[[re.Match[str]], str]]) -> _Rules:
    return tuple((re.compile(pattern), to) for pattern, to in pairs)


def _apply(text: str, rules: _Rules) -> str:
    for pattern, to in rules:
        text = pattern.sub(to, text)
    return text


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


# --- numbers in words ------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _words(number: int, form: str = "cardinal", language: str = "en") -> str:
    """Return an integer in words, without "and" or commas in English."""
    from num2words import num2words  # slow to import, and not every command speaks

    said: str = num2words(number, to=form, lang=language)
    return said.replace(",", "").replace(" and ", " ") if language == "en" else said


def _digits(text: str) -> str:
    return " ".join(tables.DIGITS[int(digit)] for digit in text)


def _pairs(text: str) -> str:
    """Return 4 digits, or 3, read two by two: 2509 "twenty-five oh nine", 720 "seven twenty"."""
    head, tail = text[:-2], text[-2:]
    if tail == "00":
        return f"{_words(int(head))} hundred"
    return f"{_words(int(head))} {'oh ' + _words(int(tail)) if tail[0] == '0' else _words(int(tail))}"


def _number(text: str) -> str:
    """Return digits with any number of points in words: decimals digit by digit, versions part by part."""
    whole, *parts = text.split(".")
    said = _digits(whole) if len(whole) > 15 or (whole[0] == "0" and len(whole) > 1) else _words(int(whole))
    rest = [_digits(part) if len(parts) == 1 or part[0] == "0" else _words(int(part)) for part in parts]
    return " point ".join([said, *rest])


def _fraction(top: int, bottom: int) -> str:
    names = {2: ("half", "halves"), 4: ("quarter", "quarters")}
    one, many = names.get(bottom) or (_words(bottom, "ordinal"), _words(bottom, "ordinal") + "s")
    return f"{_words(top)} {one if top == 1 else many}"


def _plural(number: str) -> str:
    return number[:-1] + "ies" if number.endswith("y") else number + ("es" if number.endswith("x") else "s")


# --- 1. characters ---------------------------------------------------------------------------------


def _character(match: re.Match[str]) -> str:
    character = match[0]
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


def _raised(match: re.Match[str], table: dict[str, str], sign: str) -> str:
    return sign + "{" + "".join(table[character] for character in match[0]) + "}"


_CHARACTERS = _rules(
    (r"\\[\"'`^~=.]\{?\\?([A-Za-z])\}?", r"\1"),  # TeX accents: \"u, \'{\i}
    (r"\\[cvuHkr]\{([A-Za-z])\}", r"\1"),
    (r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿⁱ]+", lambda m: _raised(m, tables.SUPERSCRIPTS, "^")),
    (r"[₀₁₂₃₄₅₆₇₈₉]+", lambda m: _raised(m, tables.SUBSCRIPTS, "_")),
)
_MICRO = _rules((r"(?<=\d) ?[µμ](?=(?:s|m|g)\b)", " u"))
_SIGNS = _rules(
    (r"\\%", "%"),
    (r"``|''|\"|(?<![A-Za-z])`|`", " "),
    (r"\.{3,}(?=\s*[a-z])", ", "),
    (r"\.'s\b", "'s"),
    (r"(?<=[A-Za-z0-9])'(?![A-Za-z])|(?<![A-Za-z0-9])'", " "),
    (r"(?<=\d)(%?) ?(?:--|–) ?(?=[\d.])", r"\1 to "),
    (r"(?<=\d)(%?) ?~ ?(?=\d)", r"\1 to "),
    (r"(?:^|(?<=[\s(\[,;:\"'/=]))\\?~ ?(?=[$£€]?\.?\d)", "∼"),
    (r"~", " "),
    (r"(?<=\w)–(?=\w)", "-"),
    (r" ?-{3,} ?| ?(?<!-)--(?!\d) ?| ?– ?|(?<=[^\s\d$=]) - (?=[^\d])|(?<=\d) - (?=[A-Za-z])", ", "),
    (r"\d{16,}", lambda m: f" {_digits(m[0])} "),
)


def _characters(text: str, _: Lexicon) -> str:
    """Leave ASCII and a few signs: superscripts as ^{…}, Greek as \\mu{}, quotes out, dashes as commas."""
    text = _apply(html.unescape(text), _CHARACTERS)
    text = _apply(unicodedata.normalize("NFKC", text), _MICRO)
    return _apply(re.sub(r"[^\x20-\x7e]", _character, text), _SIGNS)


# --- 2. addresses ----------------------------------------------------------------------------------

_HOST = r"(?:[A-Za-z0-9-]{1,60}\.){1,5}(?:com|org|io|net|ai|co|dev|edu|cn|ms|gov|app|be|ly|de|uk)(?![A-Za-z0-9-])"
_URL = re.compile(
    rf"(?:(?<![A-Za-z])(?P<lead>at|on|in|from|via) ?:? ?)?[<(]?(?<![A-Za-z0-9.-])"
    rf"(?P<url>(?:https?://|www\.){{1,2}}[^\s<>(){{}},|]{{1,400}}+|{_HOST}/[^\s<>(){{}},|]{{0,400}}+"
    rf"|[A-Za-z0-9-]{{1,60}}\.(?:github|gitlab)\.io)(?:\{{https?[^\s{{}}]{{1,400}}\}})?[>)]?"
)
_ARXIV = re.compile(
    r"(?i:(?:https?://)?(?:www\.)?arxiv\.org/(?:abs|pdf)/|\barxiv: ?)"
    r"(\d{4})\.(\d{4,5})(?:v\d{1,2})?(?:\.pdf)?(?![\w/])/?"
)


def _paper_id(match: re.Match[str]) -> str:
    month, serial = match.groups()
    said = f"{_words(int(month[:2]))} {'oh ' if month[2] == '0' else ''}{_words(int(month[2:]))}"
    return f"archive, {said} dot {_digits(serial).replace('zero', 'oh')}"


def _link(match: re.Match[str]) -> str:
    """Say where an address leads: a known site by its name, any other as the link in the show notes."""
    lead, url, after = match["lead"], match["url"], match.string[match.end() : match.end() + 2]
    host = re.sub(r"^(?:https?://|www\.)+", "", url).split("/")[0].lower()
    end = url[-1] if url[-1] in ".;:!?" else ", " if re.match(r" ?\w", after) else ""
    if site := tables.SITES.get(host):
        return f"{'on ' if lead or not match.start() else ', on '}{site}, {tables.LINK['en']}{end}"
    return f"{lead} the {tables.LINK['en']}{end}" if lead else f" {tables.LINK['en']}{end}"


_ADDRESSES = _rules(
    (r"\\href ?\{[^{}]{0,400}\}? ?\{([^{}]{1,300})\}", r"\1"),
    (r"\\(?:url|path) ?\{([^{}]{0,400})\}", r" \1 "),
    (r"\\allowbreak ?", ""),
    (r"!?\[([^\[\]]{1,200})\]\(https?[^()\s]{1,400}\)", r"\1"),
)


def _addresses(text: str, _: Lexicon) -> str:
    text = _ARXIV.sub(_paper_id, _apply(text, _ADDRESSES))
    return _URL.sub(_link, text) if "." in text else text


# --- 3. TeX and other markup -----------------------------------------------------------------------

_RAISE = re.compile(
    r" ?\^ ?(?:\{ ?([^{}]{0,40}?) ?\}|(\d+(?:\.\d+)?|-\d+|\\[A-Za-z]+(?:\{\})?|circ\b|[A-Za-z]|[*+'-]))"
)
_STYLED = re.compile(
    rf"\\(?:text[a-z]{{0,4}}|{tables.STYLES}) ?\{{([^{{}}]{{0,300}})\}}"
    rf"|\b(?:{tables.STYLES})\{{([^{{}}]{{0,300}})\}}"
)
_FORMULA = re.compile(
    r"(?<!\\)\${1,2}(?:(?=[^$]{0,300}[\\^_])(?!\d[^$]{0,300} \$\d)"
    r"|(?! )(?=[^$]{1,300}(?<! )\$(?!\d)))([^$]{1,300})\${1,2}"
)
_ROOTS = _rules(
    (r"\\?\b[dt]?frac ?\{(\d{1,6})\} ?\{(\d{1,6})\}", r" \1/\2 "),
    (r"\\?\b[dt]?frac ?\{([^{}]{1,60})\} ?\{([^{}]{1,60})\}", r" \1 over \2 "),
    (r"\\?\bsqrt ?\{([^{}]{1,60})\}", r" square root of \1 "),
    (r"\\(frac|sqrt)\b", " "),
)
_FUNCTIONS = "log|ln|exp|sin|cos|tan|max|min|poly|polylog|softmax"
_LETTERS = _rules(  # `dlog(Hd)` is d, log, H, d
    (rf"(?<![\\A-Za-z])([A-Za-z]{{1,2}})({_FUNCTIONS})\b", r"\1 \2"),
    (r"(?<![\\A-Za-z{])([A-Za-z])([A-Za-z])(?![A-Za-z])", r"\1 \2"),
)
_OPERATORS = _rules(
    (r"\\[,;!:> ]|[{}&]", " "),
    (rf"\\?\b({_FUNCTIONS}) ?\(", r" \1 of "),
    (r"(?<=[A-Za-z]) ?\(", " of "),
    (r"\|", " given "),
    (r"[()\[\]]", " "),
    (r"(?<![a-z]{2})-(?!\w*[a-z]{3})|(?<=\s)-(?=\s)", " minus "),
    (r"(?<=\d) ?/ ?(?=\d)", "/"),
    (r"(?<!\d)/|/(?!\d)", " over "),
    (r"\+", " plus "),
    (r"\*", " times "),
)


def _power(match: re.Match[str]) -> str:
    """Say an exponent: squared, cubed, to the nineteenth, to the power three halves, degrees."""
    raised = (match[1] if match[1] is not None else match[2]).replace("{}", "").replace("\\", "").strip()
    names = {
        "2": "squared", "3": "cubed", "circ": "degrees", "*": "star", "+": "plus", "-": "minus", "": "",
        "top": "transpose", "T": "transpose", "'": "prime", "prime": "prime", "dagger": "dagger", "TM": "",
    }  # fmt: skip
    if raised in names:
        return f" {names[raised]} "
    if raised in ("st", "nd", "rd", "th"):
        return raised
    if ratio := re.fullmatch(r"(-?)(\d{1,6})/(\d{1,6})", raised):
        return f" to the power {'minus ' if ratio[1] else ''}{_fraction(int(ratio[2]), int(ratio[3]))} "
    if re.fullmatch(r"\d{1,9}", raised):
        return f" to the {_words(int(raised), 'ordinal')} "
    return f" to the {_apply(raised.replace('_', ' '), _OPERATORS)} "


def _command(match: re.Match[str], unknown: str) -> str:
    known = tables.TEX.get(match[1])
    if known is None:
        return " " if len(match[1]) == 1 else f" {unknown} "
    return f" {known} "


def _commands(text: str, unknown: str) -> str:
    return re.sub(r"\\([A-Za-z]+)\*?(?:\{\})?", lambda match: _command(match, unknown), text)


def _formula(tex: str) -> str:
    """Return a formula's words, its numbers still digits; a long one is only named."""
    for _ in range(3):
        tex = _STYLED.sub(lambda match: match[1] or match[2] or "", tex)
    if len(re.findall(r"\\[A-Za-z]+|[A-Za-z]+|\d+(?:\.\d+)?|[=<>+*/|-]", tex)) > 10:
        return f" {tables.TOO_LONG}{'.' if tex.endswith('.') else ''} "
    tex = _RAISE.sub(_power, _apply(_apply(tex, _LETTERS), _ROOTS))
    tex = re.sub(r"_ ?(?:\{([^{}]{0,40})\}|(\\?\w))", lambda match: f" {match[1] or match[2] or ''} ", tex)
    return _apply(_commands(tex, ""), _OPERATORS)


_BIG_O = re.compile(
    r"(?<![A-Za-z])(?:\\?mathcal\{O\}|\\?mathcal O|O|\\(?:Theta|Omega|tilde\{O\})(?:\{\})?) ?(?:\\left)?"
    r"\(((?:[^()$]|\((?:[^()$]|\([^()$]{0,40}+\)){0,60}+\)){1,80}+)\)"
)


def _growth(match: re.Match[str]) -> str:
    name = next((greek for greek in ("Theta", "Omega") if greek in match[0][:8]), "O")
    return f"{name} of {_formula(match[1])}"


_TAGS = frozenset(["b", "i", "u", "em", "strong", "br", "p", "sub", "sup", "a", "span", "div", "code", "li", "ul"])
_MARKUP = _rules(
    (r"\\(?:cite[a-z]{0,10}|ref|eqref|autoref|cref|Cref|label|footnote|vspace|hspace|color|bibliography)\*?"
     r"(?:\[[^\[\]]{0,80}\])?\{[^{}]{0,300}\}", ""),
    (r"\{ ?(\\[A-Za-z]+) ?\}", r"\1{}"),
    (r"</?([A-Za-z][\w|-]{0,40}) ?/?>", lambda m: " " if m[1].lower() in _TAGS else m[1]),
)  # fmt: skip
_PROSE_TEX = _rules(
    (r"\\?\$(?=\.?\d)", "$"),
    (r"\\([%&#_{}$ ])", r"\1"),
    (r"\\\\|\\[,;!:>/@-]", " "),
    (
        r"(?<![A-Za-z0-9'])(?!E\(\d)(\\[A-Za-z]{1,20}\{\}|[A-Za-z])\(([^()\s]{1,12})\)",
        lambda m: f"{m[1]} of {_formula(m[2])} ",
    ),
)


def _markup(text: str, _: Lexicon) -> str:
    """Take TeX, tags and dollar signs of formulas out; what they said stays, in words."""
    text = _apply(text, _MARKUP)
    for _round in range(3):  # styles nest, seldom deeper
        text = re.sub(r"\\(?:text[a-z]{0,4}|emph|mbox|underline|mathrm|mathbf) ?\{([^{}$]{0,300})\}", r"\1", text)
    text = _FORMULA.sub(lambda match: _formula(match[1]), text)
    text = _BIG_O.sub(_growth, text)
    text = _apply(_STYLED.sub(lambda match: match[1] or match[2] or "", text), _PROSE_TEX)
    text = _RAISE.sub(_power, _apply(text, _ROOTS))
    return re.sub(r"\\[^A-Za-z]?", " ", _commands(text, tables.PROPOSED))


# --- 4. mathematics as Hugging Face mangles it -----------------------------------------------------

_MANGLED = _rules(
    (r"(?<=\d)times(?![a-z])", "×"),
    (r"(?<![A-Za-z])sim ?(?=\d)", "∼"),
    (r"(?<=\d) ?pm ?(?=\d)", " ± "),
    (r"\bapprox ?(?=[\d.])", "≈"),
    (r"\b(leq|geq|infty|rightarrow|leftarrow|neq)(?![a-z])", lambda m: f" {tables.TEX[m[1]]} "),
    (r"\b(cdot|ldots|cdots)\b", lambda m: f" {tables.TEX[m[1]]} "),
    (r"_ ?\{([^{}]{0,40})\}", r" \1 "),
    (r"_", " "),
)


def _mangled(text: str, _: Lexicon) -> str:
    return _apply(text, _MANGLED)


# --- 5. citations ----------------------------------------------------------------------------------

_SOURCE = re.compile(
    r"(?:(?:see|cf\.|e\.g\.,?|also) ){0,2}[A-Z][^;]{0,120}(?:et al\.?,? |, ?)\(?(?:19|20)\d\d[a-z]?\)?"
)


def _citation(match: re.Match[str]) -> str:
    parts = [part.strip() for part in match[1].split(";")]
    return "" if all(_SOURCE.fullmatch(part) for part in parts) else match[0]


_CITATIONS = _rules(
    (r" ?\[[1-9]\d{0,2}(?: ?[,;-] ?[1-9]\d{0,2}){0,30} ?,? ?\]", ""),
    (r" ?\(([^()]{6,300})\)", _citation),
    (r"\bet al(?:\.(?!$| [A-Z])|(?=\. [A-Z]|\.$|\b))", "and colleagues"),
)


def _citations(text: str, _: Lexicon) -> str:
    return _apply(text, _CITATIONS)


# --- 6. relations and growth -----------------------------------------------------------------------


def _scientific(match: re.Match[str]) -> str:
    power = int(match[2])
    said = f"10 to the minus {-power}" if power < 0 else f"10 to the {_words(power, 'ordinal')}"
    return said if match[1] in ("1", "1.0") else f"{match[1]} times {said}"


_RELATIONS = _rules(
    (r"(?<=\d),(?=\d{3}(?!\d))", ""),
    (r"(?<![\w.])\.(?=\d)", "0."),
    (r"(?<![\w.])(\d+(?:\.\d+)?)[eE]([+-]?\d{1,3})(?![\w.]\d|\w)", _scientific),
    (r"\+ ?/ ?[-–]|(?<!\w)\+-(?=\d)|(?<=\d )\+-", " ± "),
    (r" ?± ?", " plus or minus "),
    (r"<=|=<", "≤"),
    (r">=", "≥"),
    (r" ?-{1,2}> ?| ?=> ?| ?→ ?", " to "),
    (r"!=", " not equal to "),
    (r" ?= ?= ?| ?:= ?| ?= ?", " equals "),
    (r"\bat (?=[≤≥])", ""),
    (r" ?≤ ?", " at most "),
    (r" ?≥ ?", " at least "),
    (r"(?<![A-Za-z0-9])([A-Za-z]) ?> ?(?=[\w.+-])", r"\1 greater than "),
    (r" ?> ?(?=[$€£]?\d)", " more than "),
    (r" ?< ?(?=[$€£\w.+-])", " less than "),
    (r" ?> ?(?=[\w.+-])", " greater than "),
    (r"((?<![A-Za-z])[A-Za-z]|@\d{1,4}) ?≈ ?(?=[\d-])", r"\1 of approximately "),
    (r" ?≈ ?", " approximately "),
    (r" ?∼ ?", " about "),
    (r"(?<![A-Za-z])(S[EOUL]|GL|Sp|E|U)\((\d|n|d)\)", r"\1 \2"),
    (r"\b(Equations?|Eqs?\.|Eqn\.) ?\((\d+)\)", r"\1 \2"),
    (r"(?<=[a-z])\(s\)", "s"),
    (r"(?<![\w(])\((i{1,3}|iv|vi{0,3}|ix|x)\)(?= )", lambda m: f", {tables.ROMAN[m[1]]}, "),
)


def _relations(text: str, _: Lexicon) -> str:
    return _apply(text, _RELATIONS)


# --- 7. quantities ---------------------------------------------------------------------------------

_N = r"(?<![\w.])\d+(?:\.\d+)?"
_UNIT = re.compile(
    rf"({_N})(?:([ -]?)({_any_of(tables.UNITS)}|FPS|[GTPMEZ]F[Ll][Oo][Pp][Ss])"
    rf"|({_any_of(tables.TIGHT_UNITS)}))"
    rf"(?:\^?\{{?([23])\}}?| (squared|cubed)\b)?(?![A-Za-z0-9])"
)
_SIZE = re.compile(rf"({_N})(bn|mn|[KMBTkmbt])(?![A-Za-z0-9])")
_RANGE = re.compile(rf"(?<!-)({_N})([xX×%KMBTkmb]?) ?-{{1,2}} ?(\d+(?:\.\d+)?)(?![\d.]*-\d)([xX×%KMBTkmb]?)")
_MONEY = re.compile(
    r"(?:\b(a|an|the) )?(?:\b(?:US|CA|AU))?([$€£¥]) ?(\d+(?:\.\d+)?)"
    r"(?:[KMBkmb]?(?:-| to )[$€£¥]?(\d+(?:\.\d+)?))?"
    r"(?: ?(k|K|m|M|b|B|bn|T|thousand|million|billion|trillion)(?![A-Za-z0-9]))?(?: ?USD\b)?"
)


def _next_word(match: re.Match[str]) -> str:
    found = re.match(r"[ -]([A-Za-z][\w-]{0,30})", match.string[match.end() : match.end() + 32])
    return found[1] if found else ""


def _words_before(match: re.Match[str], count: int) -> list[str]:
    return re.findall(r"[^\s]+", match.string[max(0, match.start() - 60) : match.start()])[-count:]


def _unit(match: re.Match[str]) -> str:
    number, gap, suffix, tight, area = match[1], match[2], match[3], match[4], match[5] or match[6]
    if tight == "m" and _next_word(match) in ("parameter", "parameters", "model", "models", *tables.COUNTED):
        return f"{number} million"
    if tight and (gap := match.string[max(0, match.start() - 1) : match.start()]) == "-":
        return match[0]  # a name's tail, such as YOLO-8s
    key = suffix or tight
    key = "fps" if key == "FPS" else key[:1] + "FLOPs" if key[1:].lower() == "flops" else key
    one, many = (tables.UNITS if suffix else tables.TIGHT_UNITS)[key]
    if area:
        power = "square" if area in ("2", "squared") else "cubic"
        one, many = f"{power} {one}", f"{power} {many}"
    after, before = _next_word(match), "".join(_words_before(match, 1))
    qualifies = bool(after) and after not in tables.FREE
    hardware = "byte" in one and re.fullmatch(r"[A-Z]{1,3}\d{2,4}[A-Z]?-?", before) is not None
    if hardware:
        number = f"~{number}"  # "A800 80GB" is one name: no comma between its numbers
    invariable = key == "fps" and number != "1"
    single = number == "1" or gap == "-" or ((qualifies or hardware) and not invariable)
    return f"{number} {one if single else many} "


def _size(match: re.Match[str]) -> str:
    """Say K, M, B and T as thousand to trillion, but as letters inside a model's name."""
    number, letter = match[1], match[2]
    after = match.string[match.end() : match.end() + 2]
    if match.start() and match.string[match.start() - 1] == "-":
        return match[0]  # Qwen2.5-72B
    before = _words_before(match, 2)
    last = before[-1] if before else ""
    versioned = len(before) == 2 and re.fullmatch(r"v?\d+(?:\.\d+)*", last) and re.match(r"[A-Z][A-Za-z-]", before[0])
    name = last in tables.FAMILIES or re.fullmatch(r"[A-Z][A-Za-z]+-?\d[\d.]*(?:-[A-Za-z]\w*)?", last)
    if (versioned and before[0].lower() not in tables.FREE) or name or re.match(r"-[A-Z]", after):
        follows = _next_word(match) in tables.PREPOSITIONS and (versioned or last[-1:].isdigit())
        return f"{number} {letter}{',' if follows else ''}"
    if letter in "KMB" and re.match(
        r" (?:resolution|video|image|display)", match.string[match.end() : match.end() + 12]
    ):
        return f"{number} {letter}" if letter == "K" and len(number) < 3 else f"{number} {tables.MAGNITUDES['m']}"
    return f"{number} {tables.MAGNITUDES[letter.lower()]} "


def _span(match: re.Match[str]) -> str:
    low, first, high, second = match.groups()
    if float(high) <= float(low) and not first:
        return match[0]  # Qwen 2.5-1.5B is a name
    before = "".join(_words_before(match, 1))
    if second in [*"KMBTkmb"] and (before in tables.FAMILIES or re.search(r"[a-z][A-Z]", before)):
        return match[0]  # Llama 3-8B too
    return f"{low}{'' if first == second else first} to {high}{second}"


def _money(match: re.Match[str]) -> str:
    article, sign, low, high, size = match.groups()
    unit = tables.CURRENCIES[sign]
    cents = re.fullmatch(r"(\d+)\.(\d\d)", low)
    if cents and sign in "$€" and not size and not high:
        small = f"{int(cents[2])} cent{'' if cents[2] == '01' else 's'}" if int(cents[2]) else ""
        large = f"{cents[1]} {unit}{'' if cents[1] == '1' else 's'}" if int(cents[1]) else ""
        said = " and ".join(part for part in (large, small) if part) or f"0 {unit}s"
    else:
        amount = f"{low} to {high}" if high else low
        magnitude = f" {tables.MAGNITUDES.get(size.lower(), size)}" if size else ""
        adjective = article and _next_word(match) not in ("", *tables.FREE)
        plural = "" if adjective or unit == "yen" or (low == "1" and not size and not high) else "s"
        said = f"{amount}{magnitude} {unit}{plural}"
    return f"{article + ' ' if article else ''}{said} "


def _ratio(match: re.Match[str]) -> str:
    top, bottom, suffix = int(match[1]), int(match[2]), match[3]
    if all(1900 <= year < 2100 for year in (top, bottom)):
        return f"{top} and {bottom}"
    if bottom > 1 and (suffix or top == 1 or (top < bottom and bottom in (3, 4, 5, 8))):
        return _fraction(top, bottom)
    return f"{top} out of {bottom}" if top <= bottom else f"{top} ~{bottom}"


_DECADE = re.compile(r"(?<!\w)((?:1[89]|20)\d0)s\b|(?<=\bthe )'?([2-9]0)s\b")


def _decade(match: re.Match[str]) -> str:
    return _plural(_words(int(match[1]), "year") if match[1] else _words(int(match[2])))


_QUANTITIES = _rules(
    (r"(?<=\d)\.0(?= ?(?:%|[xX×](?!\w)| percent))", ""),
    (_DECADE.pattern, _decade),
    (r"(?<![\w.-])(\d{3,4})([pP])(?![A-Za-z0-9])", lambda m: f"{_pairs(m[1])} {m[2]}"),
    (r"(?<![\w)])-(?=[$€£])", " minus "),
    (_MONEY.pattern, _money),
    (r"[$€£¥]", " "),
    (r"(?<![\w./-])(\d{1,9})/(\d{1,9})(st|nd|rd|th)?s?(?![\w/-]|\.\d)", _ratio),
    (r"(?<=[\d%]) ?/ ?(?=[+-]?\d)|(?<=\d[KMBTx%]) ?/ ?(?=[+-]?\d)|(?<=\S) / (?=\S)", " and "),
    (r"(?<=\d) ?: ?(?=\d)(?<! )", " to "),
    (_RANGE.pattern, _span),
    (r"(?<=[\d.]) ?[x×] ?(?=\d+(?:\.\d+)? to the | ?10 to the )", " times "),
    (r"(?<=\d)(?:[xX×]| [x×]) ?(?=\d|[A-Z]\d)", " by "),
    (rf"({_N})[xX](?![A-Za-z0-9])", r"\1 times "),
    (r"× ?(?=\d)", " times "),
    (r"×", " times "),
    (r"(?<![\w.])(\d+(?:\.\d+)?[KMBTkx]?) ?\+(?= ?[A-Za-z-]|[.,;:)]|$)(?!\+)", r"more than \1"),
    (r"more than more than", "more than"),
    (_SIZE.pattern, _size),
    (r"(?<=\d) m(?= squared| cubed)", "m"),
    (_UNIT.pattern, _unit),
    (rf"(?<=[a-z][sc]) ?/ ?({_any_of(tables.PER)})\b", lambda m: f" per {tables.PER[m[1]]}"),
    (r"(?<=\w\w\w)/(?=[A-Za-z]\w\w)", " and "),
    (r"# ?(?=\d)", " number "),
    (r"\bC#", "C sharp"),
    (r"(?<=[\w)]) ?@ ?(?=\w)", " at "),
    (r"(?<![\w)\]])\+ ?(?=\d)", "plus "),
    (r"(?<![\w)\].-])- ?(?=\d)", " minus "),
    (r"(?<=\w)\+\+", " plus plus"),
    (r"(?<=[\w)]) ?\+ ?(?=[\w(])", " plus "),
    (r"%", " percent "),
    (r"°", " degrees "),
    (r"§ ?", " section "),
    (r"&", " and "),
    (r"(?<=\d)(?:st|nd|rd|th)\b", "\x01"),
)  # fmt: skip


def _quantities(text: str, _: Lexicon) -> str:
    """Say units, money, ranges, ratios and multipliers; the numbers themselves stay digits."""
    text = _apply(text, _QUANTITIES)
    return re.sub(r"(?<!\d)(\d{1,15})\x01", lambda match: _words(int(match[1]), "ordinal"), text).replace("\x01", "")


# --- 8. names --------------------------------------------------------------------------------------

_SEGMENT = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")


def _spelled(capitals: str) -> str:
    return " ".join(capitals)


def _name(word: str, lexicon: Lexicon) -> str:
    """Say a run of letters: the lexicon's form, spelled where it is initials, or as it stands."""
    if word in lexicon:
        return lexicon[word]
    if word.endswith("s") and word[:-1] in lexicon:
        return lexicon[word[:-1]] + "s"
    if re.fullmatch(r"[A-Z]{2,}s?|[A-Z]o[A-Z]s?", word):
        initials, plural = (word[:-1], "s") if word.endswith("s") else (word, "")
        if len(initials) > 5 and re.search(r"[AEIOU]", initials):
            return word  # LIBERO is a word; six letters are too many to spell
        return _spelled(initials.upper()) + plural
    if re.fullmatch(r"[a-z][A-Z]{2,}s?", word):  # mAP, nDCG
        return _spelled(word.removesuffix("s")) + word[len(word.removesuffix("s")) :]
    segments = _SEGMENT.findall(word)
    spelled = [len(part) > 1 and part.isupper() and not re.search(r"[AEIOU]", part) for part in segments]
    short = any(not initials and len(part) == 2 for part, initials in zip(segments, spelled, strict=True))
    if len(segments) == 1 or short or not any(spelled):
        return word  # NeRF, PRiSM: too little is left to make words of
    parts = [_spelled(part) if initials else part for part, initials in zip(segments, spelled, strict=True)]
    joined = parts[0]
    for before, after, left, right in zip(parts, parts[1:], spelled, spelled[1:], strict=False):
        joined += (" " if left or (right and before) or not after.islower() else "") + after
    return joined


def _names(text: str, lexicon: Lexicon) -> str:
    """Split names at hyphens and where letters meet digits, and say each part."""

    def token(match: re.Match[str]) -> str:
        word = match[0]
        if word in lexicon or (word.isalpha() and word[1:].islower()):
            return lexicon.get(word, word)
        split = re.sub(r"(?<=[A-Z]\d\d)s$|(?<=[A-Z]\d\d\d)s$", "\x04", word)  # H100s
        split = re.sub(r"(?<=[A-Za-z])v(?=\d)", " v", split)
        split = re.sub(r"(?<=\d)(?=[A-Za-z])|(?<=[A-Za-z])(?=\d)", " ", split)
        return re.sub(r"[A-Za-z]+", lambda letters: _name(letters[0], lexicon), split)

    text = _apply(text, _HARDWARE)
    hyphens = re.sub(r"(?<![A-Za-z0-9])[A-Za-z0-9]++(?:[.-][A-Za-z0-9]+)+", lambda m: _hyphened(m[0], lexicon), text)
    return re.sub(r"[A-Za-z0-9]+", token, hyphens)


def _hyphened(word: str, lexicon: Lexicon) -> str:
    """Return a compound's lexicon form, or its parts apart; the hyphens of numbers in words stay."""
    return lexicon[word] if word in lexicon else _HYPHEN.sub(" ", _NUMERAL.sub("\\1\x02", word)).replace("\x02", "-")


_HYPHEN = re.compile(r"-")
_NUMERAL = re.compile(rf"\b({_any_of(tables.TENS)})-(?=(?:{_any_of(tables.ONES)})\b)")
_HARDWARE = _rules((r"\b([RG]TX[ -]?)(\d{4})(?!\d)", lambda m: f"{m[1]} {_pairs(m[2])}"))


# --- 9. abbreviations ------------------------------------------------------------------------------

_SHORT = re.compile(rf"(?<![A-Za-z.])({_any_of(tables.ABBREVIATIONS)})(?![A-Za-z])")
_ABBREVIATED = _rules(
    (rf"(?<![\w.])({_any_of(tables.CATEGORIES)})(?!\w)", lambda m: tables.CATEGORIES[m[1]]),
    (
        rf"(?<![A-Za-z.])({_any_of(tables.BEFORE_NUMBER)}) ?(?=\d|\(?\d|[A-Z]\b)",
        lambda m: f"{tables.BEFORE_NUMBER[m[1]]} ",
    ),
    (r"(?<![A-Za-z.])etc\.(?=$| [A-Z])", "et cetera."),
    (r"(?<![A-Za-z.])etc\b\.?", "et cetera"),
    (_SHORT.pattern, lambda m: f" {tables.ABBREVIATIONS[m[1]]} "),
)


def _abbreviations(text: str, _: Lexicon) -> str:
    return _apply(text, _ABBREVIATED)


# --- 10. the numbers that remain -------------------------------------------------------------------


def _plain_number(match: re.Match[str]) -> str:
    text = match[0]
    if re.fullmatch(r"(?:19\d\d|20[0-3]\d)", text) and _next_word(match) not in tables.COUNTED:
        return _words(int(text), "year").replace("oh-", "oh ")
    return _number(text)


_NUMBERS = _rules(
    (r"(?<=\d)[ -]~(?=\d)", " \x03"),
    (r"~", ""),
    (r"(?<=\d) (?=\d)", ", "),
    (r"\x03", ""),
    (r"(\d+)\x04", lambda m: _plural(_words(int(m[1])))),
    (r"\d+(?:\.\d+)*", _plain_number),
)


def _numbers(text: str, _: Lexicon) -> str:
    """Leave no digit; two numbers side by side are kept apart by a comma."""
    return _apply(text, _NUMBERS)


# --- 11. brackets and what is left -----------------------------------------------------------------


def _stop(match: re.Match[str]) -> str:
    """Return the strongest sign of a run: "?" before "." before ",", but "," after an abbreviation's stop."""
    run = match[0].replace(" ", "")
    if run.startswith(".,"):
        return ", "
    return min(run, key="?!.;:,".index) + " "


_LEFT = _rules(
    (r"(?<=[a-z]{2}) ?/ ?(?=[a-z]{2})", " and "),
    (r"(?<= of| at| to| in| by) \((?=[a-z -]{1,200}\))", " "),
    (r"[()\[\]]", " | "),
    (r"(?<=[a-z]{2})\.(?=[A-Z])", ". "),
    (r"(?<= )\.(?=[A-Za-z])", "dot "),
    (r"(?<=[A-Za-z])\.(?=[A-Z])", " "),
    (r"(?<=[A-Za-z])\.(?=[A-Za-z])", " dot "),
    (_NUMERAL.pattern, "\\1\x02"),
    (r"[^A-Za-z' ,.?!:;|\x02]", " "),
    (r"\x02(?=[a-z])", "-"),
    (r"\x02", " "),
    (r"(?<![A-Za-z])'|'(?![A-Za-z])", " "),
    (r" +", " "),
    (r"(?: ?\|)+ ?(?=[,.?!:;]|$)|^(?: ?\|)+", ""),
    (r"(?<=[,.?!:;])(?: ?\|)+", " "),
    (r" ?(?:\| ?)+", ", "),
    (r"[,.?!:;](?: ?[,.?!:;])+", _stop),
    (r" +(?=[,.?!:;])", ""),
    (r"(?<=[,.?!:;])(?=[^ ])", " "),
    (r"^[ ,.?!:;'-]+", ""),
)


def _brackets(text: str, _: Lexicon) -> str:
    """Turn brackets into commas, drop what no voice can read, and leave one sign where several met."""
    return _apply(text, _LEFT)


_PASSES: tuple[Callable[[str, Lexicon], str], ...] = (
    _characters, _addresses, _markup, _mangled, _citations, _relations, _quantities,
    _abbreviations, _names, _numbers, _brackets,
)  # fmt: skip


# --- other languages -------------------------------------------------------------------------------

_FOREIGN = _rules(
    (r"\\(?:text[a-z]{0,4}|emph|url|mathrm|mathbf)\{([^{}]{0,300})\}", r"\1"),
    (r" ?\\(?:cite[a-z]{0,10}|ref|label)\{[^{}]{0,300}\}", ""),
    (r"\\([%&#_$])", r"\1"),
    (r" ?\[[1-9]\d{0,2}(?: ?[,;-] ?[1-9]\d{0,2}){0,30} ?\]", ""),
    (r" ?\(([^()]{6,300})\)", _citation),
    (r"</?[A-Za-z][\w-]{0,40} ?/?>|[*`$\\{}]", " "),
)


def _foreign(text: str, language: str) -> str:
    """Return a line that is not English with its numbers in words and no address, citation or markup."""
    kept = "".join(" " if unicodedata.category(sign) in ("Cc", "Cf") else sign for sign in html.unescape(text))
    kept = _apply(re.sub(r"https?://[^\s<>(){}，。]{1,400}", tables.LINK.get(language, ""), kept), _FOREIGN)
    grouped = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", kept)
    said = re.sub(r"[0-9]+(?:[.,][0-9]+)?", lambda match: _foreign_number(match[0], language), grouped)
    return re.sub(r"\s+", " ", said).strip()


def _foreign_number(text: str, language: str) -> str:
    """Return a number in words of `language`, or as it is where num2words does not know the language."""
    whole, *part = re.split(r"[.,]", text)
    if language == "zh":
        return _chinese(whole) + (
            "点" + "".join("零一二三四五六七八九"[int(digit)] for digit in part[0]) if part else ""
        )
    from num2words import CONVERTER_CLASSES, num2words  # slow to import

    if language not in CONVERTER_CLASSES or len(whole) > 15:
        return text
    return str(num2words(Decimal(".".join([whole, *part])), lang=language))


def _chinese(whole: str) -> str:
    """Return an integer in Chinese; num2words does not speak it. Over 8 digits, digit by digit."""
    digits = "零一二三四五六七八九"
    if len(whole) > 8 or (whole[0] == "0" and len(whole) > 1):
        return "".join(digits[int(digit)] for digit in whole)
    if len(whole) > 4:
        low = whole[-4:].lstrip("0")
        gap = "零" if low and len(low) < 4 else ""
        return _chinese(whole[:-4]) + "万" + (gap + _chinese(low) if low else "")
    said = "".join(
        digits[int(digit)] + ("" if digit == "0" else unit)
        for digit, unit in zip(whole, "千百十 "[-len(whole) :], strict=True)
    )
    return re.sub(r"^一十", "十", re.sub("零+", "零", said.strip())).rstrip("零") or "零"
