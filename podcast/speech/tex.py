r"""TeX and other markup, whole or as Hugging Face mangles it: what it says stays, in words.

>>> read_tex(r"\textbf{half} of $10^{-3}$").split()
['half', 'of', '10', 'to', 'the', 'minus', '3']
>>> read_tex(r"$\sqrt{n}$").split()
['square', 'root', 'of', 'n']
>>> read_mangled_tex("256times256, sim20")
'256×256, ∼20'
"""

import re
from collections.abc import Callable

from podcast.show.formulas import SPAN, priced
from podcast.speech import tables
from podcast.speech.measures import read_measures
from podcast.speech.numerals import fraction, in_words
from podcast.speech.rules import next_word, rules


def read_tex(text: str) -> str:
    """Take TeX, tags and the dollar signs of formulas out."""
    if not _MARKED.search(text):
        return text
    text = _drop_markup(_read_accents(read_measures(priced(text))))
    for _ in range(3):  # styles nest, seldom deeper
        text = _INNER.sub(lambda m: f"{m[1]}{{}}{m[2]}" if m[1] else m[2], text)
    text = SPAN.sub(lambda match: _formula(_coefficient(match)), text)
    text = _GROWTH.sub(_growth, text)
    text = _read_powers(_read_fractions(_read_prose(_read_norms(_undressed(text)))))
    return re.sub(r"\\[^A-Za-z]?", " ", _read_commands(text, tables.PROPOSED))


# what is applied to an argument
_FUNCTIONS = "log|ln|exp|sin|cos|tan|max|min|poly|polylog|softmax"

# --- in a sentence ---------------------------------------------------------------------------------

_MARKED = re.compile(r"[\\$^_{}*<(\[|]|% ?[A-Z]")
"""What any of it has."""

_drop_markup = rules(
    (r"\\(?:begin|end) ?\{[a-z]{3,16}\*?\}", " "),
    (
        r"\\(?:cite[a-z]{0,10}|ref|eqref|autoref|cref|Cref|label|footnote|vspace|hspace|color|bibliography)\*?"
        r"(?:\[[^\[\]]{0,80}\])?\{[^{}]{0,300}\}",
        "",
    ),
    (r"(?<=\w) ?\^ ?\(([^()]{1,12})\)", r"^{\1}"),
    (r"(?<=[.!?] )% ?(?=[A-Z\\])", ""),  # of a comment
    (r"\{ ?(\\[A-Za-z]+) ?\}", r"\1{}"),
    (r"\$ ?\^ ?(?:\{(\d{1,3})\}|(\d)) ?\$ ?(?=[A-Z])", r"^{\1\2}"),
    (r"\*{2,}", ""),
    (r"(?<![\w*])\*([A-Za-z][^*]{0,80}[^*\s])\*(?!\w)", r"\1"),
    (tables.TAG, lambda m: " " if m[1].lower() in tables.MARKUP else m[1]),
)


def _subscript(match: re.Match[str]) -> str:
    below = match[1] or match[2] or ""
    if below[-1:].isdigit() and _LETTERS_NEXT.match(match.string, match.end()):
        return f" {below} ~"  # of x_2 V no volts
    return f" {' '.join(below) if re.fullmatch('[a-z]{2}', below) and below not in ('in', 'to') else below} "


_FEW_LETTERS = r"[A-Za-z]{1,3}(?![a-z])"
_LETTERS_NEXT = re.compile(f" ?{_FEW_LETTERS}")
"""What a unit, a size or a count would look like behind a figure."""


def _conditional(match: re.Match[str]) -> str:
    """Say p(y | x) and KL(p || q) outside a formula."""
    name, left, bar, right = match.groups()
    joint = "given" if bar in ("|", "\\mid", "\\vert") else "and"
    return f"{name} of {_formula(left)} {joint} {_formula(right)} "


def _applied(match: re.Match[str]) -> str:
    """Say f(x) as f of x, n(n-1) as a product, and what either is divided by."""
    name, argument, stroke = match.groups()
    of = "×" if re.match(rf"{re.escape(name)} ?[+−-]", argument) else "of"
    return f"{name} {of} {_formula(argument)} {'over ' if stroke else ''}"


_INDEXED = r"[A-Za-z](?:_(?:\w{1,3}|\{\w{1,6}\}))?"
_NAME = r"\\[A-Za-z]{1,20}\{\}|[A-Za-z]|[A-Z]{2,4}"
_SIDE = r"[^()|]{1,24}"
_BAR = r"\|\||\\\||\||\\(?:mid|vert|parallel)(?![A-Za-z])"
_NORM = (
    r"(?:\\\| ?([^|]{1,40}?) ?\\\||(?<![\w)|])\|\|(?! )([^|]{1,40}?)(?<! )\|\|)"
    r"(?: ?_ ?(?:\{([^{}]{1,12})\}|(\\[A-Za-z]+|\w)))?"
)


def _norm(match: re.Match[str], of: Callable[[str], str] = str) -> str:
    """Say a norm by its index: the two norm of w."""
    index, inside = match[3] or match[4], (match[1] or match[2]).strip()
    of_what = "" if inside.removesuffix("{}") in (r"\cdot", "×", ".") else f" of {of(inside)}"
    return f" {index + ' ' if index else ''}norm{of_what} "


def _absolute(match: re.Match[str]) -> str:
    inside = re.sub(r"(?<=[A-Za-z])-(?=[A-Za-z](?![A-Za-z]))", " minus ", match[1])
    return f" absolute value of {inside} "


_DOUBLE_BAR = r"\\[lr]Vert(?![A-Za-z])"
_read_norms = rules((_DOUBLE_BAR, r"\\|"), (_NORM, lambda m: _norm(m, _formula)), only=r"\|\||\\\||Vert")
_read_prose = rules(
    (r"(?<![\w|(\\])\|([^|\s][^|]{0,12}?)\|(?![\w|])", _absolute),
    (rf"\b({_FUNCTIONS}|tanh|sigmoid)\(([^()]{{1,30}})\)", lambda m: f"{m[1]} of {_formula(m[2])} "),
    (r"\\?\$(?=\.?\d)", "$"),
    (r"(10\^(?:\{-?\d{1,2}\}|-?\d{1,2})) ?[-–] ?(?=10\^)", r"\1 to "),
    (r"\\([%&#_{}$ ])", r"\1"),
    (rf"(?<![A-Za-z0-9'])({_NAME})\(({_SIDE}?) ?({_BAR}) ?({_SIDE})\)", _conditional),
    (r"(?<![A-Za-z0-9'\\])([EP])\[([^\[\]]{1,20})\]", lambda m: f"{m[1]} of {_formula(m[2])} "),
    (r"\\\\|\\[,;!:>/@-]", " "),
    (
        r"(?<![A-Za-z0-9'])(Pr?|E|[fg])\(([A-Za-z]\w? ?(?:union|intersection|[<>=≤≥+]) ?[\w.]{1,6})\)",
        lambda m: f"{'probability' if m[1] == 'Pr' else m[1]} of {m[2]} ",
    ),
    (rf"\(({_INDEXED}) ?/ ?({_INDEXED})\)(?= ?\^)", r"(\1 over ~\2)"),
    (
        r"(?<![A-Za-z0-9'])(?!E\(\d)(\\[A-Za-z]{1,20}\{\}|[A-Za-z])\(([^()\s]{1,12}|\w{1,2}(?:, \w{1,2}){1,3})\)"
        r"( ?/ ?(?=[\w(\\]))?",
        _applied,
    ),
)

_INNER = re.compile(
    r"(\\(?!text|emph|mbox|underline|math)[A-Za-z]+)?\\(?:text[a-z]{0,12}|emph|mbox|underline|mathrm|mathbf) ?"
    r"\{([^{}$]{0,300})\}"
)
_STYLED = re.compile(
    rf"\\(?:text[a-z]{{0,12}}|{tables.STYLES}) ?\{{([^{{}}]{{0,300}})\}}"
    rf"|\b(?:{tables.STYLES})\{{([^{{}}]{{0,300}})\}}"
)


def _undressed(text: str) -> str:
    return _STYLED.sub(lambda match: match[1] or match[2] or "", text)


# --- in a formula ----------------------------------------------------------------------------------

_GROWTH = re.compile(
    r"(?<![A-Za-z])(?:\\?mathcal\{O\}|\\?mathcal O|O|\\(?:Theta|Omega|tilde\{O\})(?:\{\})?|\{O\}\\ tilde\\ )"
    r" ?(?:\\left)?"
    r"\(((?:[^()$]|\((?:[^()$]|\([^()$]{0,40}+\)){0,60}+\)){1,80}+)\)"
)


def _coefficient(match: re.Match[str]) -> str:
    """Return a formula with the x of 2x as a letter; alone before a noun or "faster" it is "times"."""
    follows = next_word(match)
    gain = follows and (follows.endswith("er") or follows in ("more", "less", "the") or follows not in tables.FREE)
    alone = re.fullmatch(r"(\d+(?:\.\d+)?)x", match[2])
    return match[2] if alone and (gain or "." in alone[1]) else re.sub(r"(?<![\w.])(\d+)x(?![\w×])", r"\1 ~x", match[2])


def _formula(tex: str) -> str:
    """Return a formula's words, its numbers still digits; a long one is only named."""
    for _ in range(3):
        tex = _undressed(tex)
    tex = re.sub(r"(?<![A-Za-z])([EP] ?_ ?(?:\{[^{}]{1,40}\}|\w)) ?\[", r"\1 of [", tex)
    if len(re.findall(r"\\[A-Za-z]+|(?<![A-Za-z])(?!prime\b)[A-Za-z]+|\d+(?:\.\d+)?|[=<>+*/|-]", tex)) > 10:
        return f" {tables.TOO_LONG}{'.' if tex.endswith('.') else ''} "
    tex = _read_powers(_read_fractions(_read_bars(_part_letters(tex))))
    tex = re.sub(r"_ ?(?:\{([^{}]{0,40})\}|(\\[A-Za-z]+|\w))", _subscript, tex)
    return _read_operators(_read_commands(tex, tables.UNKNOWN))


_ACCENTED = r" ?(?:\{ ?(\\?[A-Za-z]+) ?\}|(?<![A-Za-z])([A-Za-z]))"
_read_accents = rules(
    (r"\\(?:mathbb|mathds|mathbf) ?\{ ?1 ?\}(?: ?\[|(?= ?[_({]))", " indicator of "),
    *(
        (rf"\\(?:{commands}){_ACCENTED}", rf"{{\1\2}}\\ {name}\\ ")
        for commands, name in (
            *(("hat|widehat", "hat"), ("tilde|widetilde", "tilde"), ("bar|overline", "bar")),
            *(("dot", "dot"), ("vec", "vector")),
        )
    )
)  # fmt: skip


_read_bars = rules(
    (
        r"\\(sum|prod|int) ?_ ?(?:\{([^{}]{1,40})\}|(\w)) ?\^ ?(?:\{([^{}]{1,20})\}|(\w|\\[A-Za-z]+))",
        lambda m: f"\\{m[1]} from {m[2] or m[3]} to {m[4] or m[5]} of ",
    ),
    (r"\\sqrt ?\[3\] ?\{([^{}]{1,60})\}", r" cube root of \1 "),
    (_DOUBLE_BAR, r"\\|"),
    (r"\\(?:mid|vert|[lr]vert)(?![A-Za-z])", "|"),
    (r"\\(?:left|right|big|Big)(?=[|(])", ""),
    (_NORM, _norm),
    (r"\\\||\\parallel\b", "\x05"),
    (r"(?:(?<![\w(, ])|^|(?<=[=+/-] ))\| ?([^|()]{1,30}?) ?\|(?!\w)", r" absolute value of \1 "),
)
"""Say sums, norms and bars; what is left of | is "given"."""


def _growth(match: re.Match[str]) -> str:
    """Say O, Theta and Omega of what they bound."""
    name = next((greek for greek in ("Theta", "Omega") if greek in match[0][:8]), "O")
    return f"{name}{' tilde' if 'tilde' in match[0][:12] else ''} of {_formula(match[1])}"


_part_letters = rules(  # `dlog(Hd)` is d, log, H, d
    (rf"(?<![\\A-Za-z])([A-Za-z]{{1,2}})({_FUNCTIONS})\b", r"\1 \2"),
    (r"(?<![\\A-Za-z{])(?<!\\ )(?!of|to|in|by|or)([A-Za-z])([A-Za-z])(?![A-Za-z])", r"\1 \2"),
)


def _fraction(match: re.Match[str]) -> str:
    top, bottom = int(match[1] or match[2]), int(match[3] or match[4])
    said = fraction(top, bottom)
    if match.start() and match.string[match.start() - 1].isdigit():  # 2\frac12
        return f" and {'a' + said.removeprefix('one') if top == 1 else said} "
    return f" {said} "


_GROUP = r" ?\{((?:[^{}]|\{(?:[^{}]|\{[^{}]{0,40}+\}){0,60}+\}){1,80}+)\}"
_read_nested = rules(
    (rf"\\?\b[dt]?frac{_GROUP}{_GROUP}", r" \1 over \2 "),
    (rf"\\?\bsqrt{_GROUP}", r" square root of \1 "),
    only=r"\b(?:[dt]?frac|sqrt) ?\{",
)
"""Say what has braces inside, one level each time."""


def _read_fractions(text: str) -> str:
    text = _read_flat(text)
    for _ in range(3):
        text = _read_nested(text)
    return re.sub(r"\\(frac|sqrt)\b", " ", text)


_read_flat = rules(
    (
        r"\\[dt]?binom ?(?:\{([^{}]{1,40})\}|(\w)) ?(?:\{([^{}]{1,40})\}|(\w))",
        lambda m: f" {m[1] or m[2]} choose {m[3] or m[4]} ",
    ),
    (r"\\[dt]?frac ?(?:\{([1-9]\d?)\}|([1-9])) ?(?:\{([2-9]|[1-9]\d)\}|([2-9]))", _fraction),
    (r"(\\[dt]?frac) ?(\w)", r"\1{\2}"),
    (r"(\\[dt]?frac ?\{[^{}]{1,60}\}) ?(\w)", r"\1{\2}"),
    (r"\\?\b[dt]?frac ?\{(\d{1,6})\} ?\{(\d{1,6})\}", r" \1/\2 "),
)


_read_operators = rules(
    (r"\\[,;!:> ]|[{}&]", " "),
    (rf"\\?\b({_FUNCTIONS}) ?\(", r" \1 of "),
    (r"(?<![A-Za-z])([EP]|probability) *\[", r"\1 of "),
    (r"\b(in|between) *[(\[]([^()\[\],]{1,12}), ?([^()\[\],]{1,12})[)\]]", r"\1 \2 to \3"),
    (r"\[([^()\[\],]{1,12}), ?([^()\[\],]{1,12})\)|\(([^()\[\],]{1,12}), ?([^()\[\],]{1,12})\]", r"\1\3 to \2\4"),
    (r"\[([^()\[\],]{1,12}), ?([^()\[\],]{1,12})\](?= *(?:to the|squared|cubed))", r"\1 to \2"),
    (r"(?<=[A-Za-z]) *\(", " of "),
    (r"\|", " given "),
    (r"\x05", " and "),
    (r"[()\[\]]", " "),
    (r"(?<![a-z]{2})-(?!\w*[a-z]{3})|(?<=\s)-(?=\s)", " minus "),
    (r"(?<=\d) ?/ ?(?=\d)", "/"),
    (r"(?<!\d)/|/(?!\d)", " over "),
    (r"\+", " plus "),
    (r"\*", " times "),
)


_RAISED = tables.TEX | {name: name for name in tables.EXPONENTS}


def _power(match: re.Match[str]) -> str:
    """Say an exponent: squared, cubed, to the nineteenth, to the power three halves, degrees."""
    raised = next(group for group in match.groups() if group is not None).replace("{}", "")
    raised = re.sub(r"\\([A-Za-z]+)", lambda m: f" {_RAISED.get(m[1], m[1])} ", raised)
    raised = " ".join(raised.replace("\\", "").split())
    if re.fullmatch(r"\(\w{1,3}\)", raised):
        return f" {raised[1:-1]} "  # of a sample or a layer
    if raised in tables.EXPONENTS:
        return f" {tables.EXPONENTS[raised]} "
    if raised in ("st", "nd", "rd", "th"):
        return raised
    if ratio := re.fullmatch(r"(-?)(\d{1,6})/(\d{1,6})", raised):
        return f" to the power {'minus ' if ratio[1] else ''}{fraction(int(ratio[2]), int(ratio[3]))} "
    if re.fullmatch(r"\d{1,9}", raised):
        return f" to the {in_words(int(raised), 'ordinal')} "
    raised = re.sub(r"^[-−] ?", "minus ", re.sub(r"(?<=\d)(?=[A-Za-z])", " ", raised.replace("_", " ")))
    return f" to the {_read_operators(raised)} "


_UPPER, _LOWER = (rf"\{{ ?\{sign} ?(\d+(?:\.\d+)?) ?\}}" for sign in "+-")
_read_powers = rules(
    (rf"(?<=\d) ?\^ ?{_UPPER} ?_ ?{_LOWER}", r" plus \1, minus \2 "),  # an asymmetric error
    (rf"(?<=\d) ?_ ?{_LOWER} ?\^ ?{_UPPER}", r" plus \2, minus \1 "),
    (r"(?<![^\s({\[,;/-])\^ ?(?:\{(\d{1,3})\}|(\d{1,3}))(?=[A-Z])", r"\1\2 ~"),  # an isotope
    (
        r" ?\^ ?(?:\{ ?((?:[^{}]|\{\}){0,40}?) ?\}|\((-[^()]{1,20})\)"
        r"|(-?\d+(?:\.\d+)?|\\[A-Za-z]+(?:\{\})?|circ\b|[A-Za-z]|[*+'-]))",
        _power,
    ),
)


def _read_commands(text: str, unknown: str) -> str:
    """Say every command that `tables.TEX` knows, and `unknown` for others longer than a letter."""

    def word(match: re.Match[str]) -> str:
        return " " if len(match[1]) == 1 else f" {tables.TEX.get(match[1], unknown)} "

    return re.sub(r"\\([A-Za-z]+)\*?(?:\{\})?", word, text)


# --- mangled ---------------------------------------------------------------------------------------

read_mangled_tex = rules(
    (r"(?<=\d)times(?![a-z])", "×"),
    (r"(?<![A-Za-z])sim ?(?=\d)(?!2[A-Za-z])", "∼"),
    (r"(?<=\d) ?pm ?(?=\d)", " ± "),
    (r"\bapprox ?(?=\.?\d)", "≈"),
    (r"\b(leq|geq|infty|rightarrow|leftarrow|neq)(?![a-z])", lambda m: f" {tables.TEX[m[1]]} "),
    (r"\b(cdot|ldots|cdots)\b", lambda m: f" {tables.TEX[m[1]]} "),
    (
        rf"_ ?(?:\{{([^{{}}]{{0,40}}\d)\}}|(\d{{1,4}}(?:\.\d{{1,2}})?)) ?(?={_FEW_LETTERS})",
        lambda m: f" {_read_operators(m[1] or m[2])} ~",
    ),
    (r"_ ?\{([a-z])([a-z])\}", r" \1 \2 "),
    (r"_ ?\{([^{}]{0,40})\}", lambda m: f" {_read_operators(m[1])} "),
    (r"_", " "),
    (r"(?<![\w\\'-])([a-z]|[NTKLM](?=-1(?!\d)))-(?=\d{1,3}(?![\w.-]))", r"\1 minus "),
)
"""Say the commands that lost their backslash and the subscripts that lost their formula."""
