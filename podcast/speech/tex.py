r"""TeX and other markup, whole or as Hugging Face mangles it: what it says stays, in words.

>>> read_tex(r"\textbf{half} of $10^{-3}$").split()
['half', 'of', '10', 'to', 'the', 'minus', '3']
>>> read_tex(r"$\sqrt{n}$").split()
['square', 'root', 'of', 'n']
>>> read_mangled_tex("256times256, sim20")
'256×256, ∼20'
"""

import re

from podcast.speech import tables
from podcast.speech.numerals import fraction, in_words
from podcast.speech.rules import rules


def read_tex(text: str) -> str:
    """Take TeX, tags and the dollar signs of formulas out."""
    text = _drop_markup(text)
    for _ in range(3):  # styles nest, seldom deeper
        text = re.sub(r"\\(?:text[a-z]{0,4}|emph|mbox|underline|mathrm|mathbf) ?\{([^{}$]{0,300})\}", r"\1", text)
    text = _FORMULA.sub(lambda match: _formula(match[1]), text)
    text = _GROWTH.sub(_growth, text)
    text = _read_powers(_read_fractions(_read_prose(_undressed(text))))
    return re.sub(r"\\[^A-Za-z]?", " ", _read_commands(text, tables.PROPOSED))


# --- in a sentence ---------------------------------------------------------------------------------

_TAGS = frozenset(["b", "i", "u", "em", "strong", "br", "p", "sub", "sup", "a", "span", "div", "code", "li", "ul"])

_drop_markup = rules(
    (
        r"\\(?:cite[a-z]{0,10}|ref|eqref|autoref|cref|Cref|label|footnote|vspace|hspace|color|bibliography)\*?"
        r"(?:\[[^\[\]]{0,80}\])?\{[^{}]{0,300}\}",
        "",
    ),
    (r"\{ ?(\\[A-Za-z]+) ?\}", r"\1{}"),
    (r"</?([A-Za-z][\w|-]{0,40}) ?/?>", lambda m: " " if m[1].lower() in _TAGS else m[1]),
)

_read_prose = rules(
    (r"\\?\$(?=\.?\d)", "$"),
    (r"\\([%&#_{}$ ])", r"\1"),
    (r"\\\\|\\[,;!:>/@-]", " "),
    (
        r"(?<![A-Za-z0-9'])(?!E\(\d)(\\[A-Za-z]{1,20}\{\}|[A-Za-z])\(([^()\s]{1,12})\)",
        lambda m: f"{m[1]} of {_formula(m[2])} ",
    ),
)

_STYLED = re.compile(
    rf"\\(?:text[a-z]{{0,4}}|{tables.STYLES}) ?\{{([^{{}}]{{0,300}})\}}"
    rf"|\b(?:{tables.STYLES})\{{([^{{}}]{{0,300}})\}}"
)


def _undressed(text: str) -> str:
    return _STYLED.sub(lambda match: match[1] or match[2] or "", text)


# --- in a formula ----------------------------------------------------------------------------------

_FORMULA = re.compile(
    r"(?<!\\)\${1,2}(?:(?=[^$]{0,300}[\\^_])(?!\d[^$]{0,300} \$\d)"
    r"|(?! )(?=[^$]{1,300}(?<! )\$(?!\d)))([^$]{1,300})\${1,2}"
)
_GROWTH = re.compile(
    r"(?<![A-Za-z])(?:\\?mathcal\{O\}|\\?mathcal O|O|\\(?:Theta|Omega|tilde\{O\})(?:\{\})?) ?(?:\\left)?"
    r"\(((?:[^()$]|\((?:[^()$]|\([^()$]{0,40}+\)){0,60}+\)){1,80}+)\)"
)
_FUNCTIONS = "log|ln|exp|sin|cos|tan|max|min|poly|polylog|softmax"


def _formula(tex: str) -> str:
    """Return a formula's words, its numbers still digits; a long one is only named."""
    for _ in range(3):
        tex = _undressed(tex)
    if len(re.findall(r"\\[A-Za-z]+|[A-Za-z]+|\d+(?:\.\d+)?|[=<>+*/|-]", tex)) > 10:
        return f" {tables.TOO_LONG}{'.' if tex.endswith('.') else ''} "
    tex = _read_powers(_read_fractions(_part_letters(tex)))
    tex = re.sub(r"_ ?(?:\{([^{}]{0,40})\}|(\\?\w))", lambda match: f" {match[1] or match[2] or ''} ", tex)
    return _read_operators(_read_commands(tex, ""))


def _growth(match: re.Match[str]) -> str:
    """Say O, Theta and Omega of what they bound."""
    name = next((greek for greek in ("Theta", "Omega") if greek in match[0][:8]), "O")
    return f"{name} of {_formula(match[1])}"


_part_letters = rules(  # `dlog(Hd)` is d, log, H, d
    (rf"(?<![\\A-Za-z])([A-Za-z]{{1,2}})({_FUNCTIONS})\b", r"\1 \2"),
    (r"(?<![\\A-Za-z{])([A-Za-z])([A-Za-z])(?![A-Za-z])", r"\1 \2"),
)

_read_fractions = rules(
    (r"\\?\b[dt]?frac ?\{(\d{1,6})\} ?\{(\d{1,6})\}", r" \1/\2 "),
    (r"\\?\b[dt]?frac ?\{([^{}]{1,60})\} ?\{([^{}]{1,60})\}", r" \1 over \2 "),
    (r"\\?\bsqrt ?\{([^{}]{1,60})\}", r" square root of \1 "),
    (r"\\(frac|sqrt)\b", " "),
)

_read_operators = rules(
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
    if raised in tables.EXPONENTS:
        return f" {tables.EXPONENTS[raised]} "
    if raised in ("st", "nd", "rd", "th"):
        return raised
    if ratio := re.fullmatch(r"(-?)(\d{1,6})/(\d{1,6})", raised):
        return f" to the power {'minus ' if ratio[1] else ''}{fraction(int(ratio[2]), int(ratio[3]))} "
    if re.fullmatch(r"\d{1,9}", raised):
        return f" to the {in_words(int(raised), 'ordinal')} "
    return f" to the {_read_operators(raised.replace('_', ' '))} "


_read_powers = rules(
    (
        r" ?\^ ?(?:\{ ?([^{}]{0,40}?) ?\}|(\d+(?:\.\d+)?|-\d+|\\[A-Za-z]+(?:\{\})?|circ\b|[A-Za-z]|[*+'-]))",
        _power,
    )
)


def _read_commands(text: str, unknown: str) -> str:
    """Say every command that `tables.TEX` knows, and `unknown` for others longer than a letter."""

    def word(match: re.Match[str]) -> str:
        return " " if len(match[1]) == 1 else f" {tables.TEX.get(match[1], unknown)} "

    return re.sub(r"\\([A-Za-z]+)\*?(?:\{\})?", word, text)


# --- mangled ---------------------------------------------------------------------------------------

read_mangled_tex = rules(
    (r"(?<=\d)times(?![a-z])", "×"),
    (r"(?<![A-Za-z])sim ?(?=\d)", "∼"),
    (r"(?<=\d) ?pm ?(?=\d)", " ± "),
    (r"\bapprox ?(?=[\d.])", "≈"),
    (r"\b(leq|geq|infty|rightarrow|leftarrow|neq)(?![a-z])", lambda m: f" {tables.TEX[m[1]]} "),
    (r"\b(cdot|ldots|cdots)\b", lambda m: f" {tables.TEX[m[1]]} "),
    (r"_ ?\{([^{}]{0,40})\}", r" \1 "),
    (r"_", " "),
)
"""Say the commands that lost their backslash and the subscripts that lost their formula."""
