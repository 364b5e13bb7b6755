r"""TeX as signs and plain words: no podcast app renders it, and about a tenth of arXiv's abstracts has some.

>>> in_signs(r"in \textbf{two} steps~\cite{doe}. A $\sim4\times$ gain on $256\times256$")
'in two steps. A ∼4× gain on 256×256'
>>> in_signs(r"$\pi_{0.5}$: a Sorter for \$5, 93\%")
'π0.5: a Sorter for $5, 93%'
>>> in_signs("It costs $5 to $10."), in_signs(r"$\frac{1}{2}$ of $O(n^2)$")
('It costs $5 to $10.', '1/2 of O(n²)')
"""

import re
import unicodedata
from collections.abc import Callable
from functools import partial

from podcast.show.formulas import SPAN, delimited, priced

_w = str.split
_GREEK = dict(
    zip(
        _w("alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho sigma "
           "tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega"),
        "αβγδεεζηθϑικλμνξπρστυφϕχψωΓΔΘΛΞΠΣΦΨΩ",
        strict=True,
    )
)  # fmt: skip
_SIGNS = _GREEK | {
    "times": "×", "sim": "∼", "approx": "≈", "simeq": "≃", "pm": "±", "mp": "∓", "leq": "≤", "le": "≤", "leqslant": "≤",
    "geq": "≥", "ge": "≥", "geqslant": "≥", "neq": "≠", "ne": "≠", "ll": "≪", "gg": "≫", "lt": "<", "gt": ">",
    "cdot": "·",
    "rightarrow": "→", "to": "→", "leftarrow": "←", "leftrightarrow": "↔", "Rightarrow": "⇒", "mapsto": "↦",
    "uparrow": "↑",
    "downarrow": "↓", "infty": "∞", "propto": "∝", "in": "∈", "notin": "∉", "subset": "⊂", "subseteq": "⊆", "cup": "∪",
    "cap": "∩", "forall": "∀", "exists": "∃", "sum": "∑", "prod": "∏", "int": "∫", "partial": "∂", "nabla": "∇",
    "ell": "ℓ",
    "circ": "°", "degree": "°", "star": "★", "ast": "*", "ldots": "…", "dots": "…", "cdots": "…", "equiv": "≡",
    "oplus": "⊕",
    "otimes": "⊗", "mid": "|", "vert": "|", "Vert": "‖", "|": "‖", "langle": "⟨", "rangle": "⟩", "lfloor": "⌊",
    "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "top": "⊤", "perp": "⊥", "dagger": "†", "checkmark": "✓", "quad": " ",
    "qquad": " ", "textendash": "–", "textemdash": "—", "textasciitilde": "∼", "textbackslash": "\\", "S": "§",
    "ss": "ß",
    "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "aa": "å", "AA": "Å", "ae": "æ", "AE": "Æ", "oe": "œ", "i": "ı",
    "LaTeX": "LaTeX", "TeX": "TeX",
}  # fmt: skip
"""By a command's name the sign it draws."""
_SILENT = frozenset(
    _w("left right big Big bigl bigr Bigl Bigr limits displaystyle textstyle xspace noindent centering")
    + _w("it bf em tt sc rm sf")
)
"""Commands that draw nothing."""
_BETWEEN = frozenset("×·±∓≤≥≠<>≪≫→←≈≡∝∈")
"""Signs that have a space behind them where they have one before."""
_FUNCTIONS = frozenset(_w("log ln exp sin cos tan max min arg argmax argmin lim sup inf deg gcd mod det rank"))
"""Commands that draw their name."""
_ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "c": "\u0327",
    "v": "\u030c", "u": "\u0306", "H": "\u030b", "k": "\u0328", "r": "\u030a", "hat": "\u0302", "bar": "\u0304",
    "tilde": "\u0303", "vec": "\u20d7", "dot": "\u0307",
}  # fmt: skip
_RAISED = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")

_GONE = re.compile(
    r"[ ~]*\\(?:[cC]ite[a-z]{0,10}|ref|eqref|autoref|[cC]ref|label|footnote)\*?(?:\[[^\[\]]{0,80}\])*\{[^{}]{0,300}\}"
    r"|\\footnotemark(?:\[[^\[\]]{0,9}\])?"
)
_ACCENT = re.compile(
    r"\\(['`^\"~=.]|(?:[cvuHkr]|hat|bar|tilde|vec|dot)(?![A-Za-z])) ?(?:\{ ?\\?([A-Za-z]) ?\}|\\?([A-Za-z]))"
)
_LINK = re.compile(r"\\href ?\{[^{}]{0,400}\} ?\{([^{}]{0,300})\}")
_FRACTION = re.compile(r"\\[dt]?frac ?(?:\{([^{}]{1,60})\}|(\w)) ?(?:\{([^{}]{1,60})\}|(\w))")
_ROOT = re.compile(r"\\sqrt ?\{([^{}]{1,60})\}")
_STYLED = re.compile(
    r"\\(?:text[a-z]{0,11}|math[a-z]{2,4}|boldsymbol|bm|operatorname|emph|underline|overline|mbox|url|path)\*? ?"
    r"\{([^{}]{0,400})\}"
)
_SCRIPT = re.compile(r"([\^_]) ?(?:\{([^{}]{0,60})\}|(\\[A-Za-z]+|[^\s\\{}]))")
_COMMAND = re.compile(r"\\([A-Za-z]+)\*? ?(?:\{\})?")
_TIE = r"(?<![\\/\s\d~])~(?=[^\s~])|(?<=\d)~(?=[^\s\d~])"
"""The space of TeX's at which no line ends: not a range, an address or a figure that is not exact."""
_TIED = r"(?<=[^\W\d_][.)\]])~(?=[\w($\\])|(?<=[^\W\d_])~(?=[\w($\\])"
"""One where no other TeX is."""
_MARKED = re.compile(rf"[\\$]|``|\d\{{,\}}\d|{_TIED}")
_MARKED_JSON = re.compile(rf"[$]|``|\\(?![\"nrt])|\d\{{,\}}\d|{_TIED}")
"""The same of texts as JSON has them, where a backslash also stands before a quotation mark or for a new line."""


def marked(json: str) -> bool:
    """Tell whether a text in the JSON may have TeX: where it is not, `in_signs` leaves each as it is."""
    return bool(_MARKED_JSON.search(json))


def in_signs(text: str) -> str:
    """Return the text without TeX: what a command draws, its argument, or its name in plain letters."""
    return _in_signs(text)


def drawn(text: str, fits: Callable[[str], bool]) -> str:
    r"""Return the text in signs, but for TeX that has none: a command that no table has, an environment, a formula in a
    line of its own, and one that does not fit when drawn.

    >>> drawn(r"\ours is $2\times$ as $x=y$", lambda formula: "=" not in formula)
    '\\ours is 2× as $x=y$'
    """
    return _in_signs(text, fits)


def _in_signs(text: str, fits: Callable[[str], bool] | None = None) -> str:
    """Return the text in signs: all of it where nothing is said of what fits."""
    known = fits is not None

    def formula(found: re.Match[str]) -> str:
        if fits is None:
            return _formula(found[2])
        signs = _formula(found[2], known)
        return signs if found[1] == "$" and fits(signs) else found[0]

    if not _MARKED.search(text):
        return text
    if r"\(" in text:
        text = delimited(text)
    text = _LINK.sub(r"\1", _GONE.sub("", text)).replace("{,}", ",")
    text = _ACCENT.sub(lambda m: unicodedata.normalize("NFC", (m[2] or m[3]) + _ACCENTS[m[1]]), text)
    text = SPAN.sub(formula, priced(text))
    text = _commands(_drawn_apart(_styled(text)), known)
    text = re.sub(_TIE, " ", text)
    text = re.sub(r"\\([%&#_{}$])", r"\1", re.sub(r"\\[,;:!/ ]|\\\\", " ", text))
    text = text.replace("``", "“").replace("''", "”")
    return re.sub(r" +(?=[.,;:)])", "", re.sub(r"[ \t]{2,}", " ", text)).strip()


def _formula(tex: str, known: bool = False) -> str:
    """Return what stands between dollar signs, without the spaces and braces that only TeX needs."""
    tex = _styled(tex.replace("\\,", "\u202f").replace("\\!", ""))
    tex = _commands(_SCRIPT.sub(_script, _drawn_apart(tex)), known)
    return re.sub(r"(?<!\\)[{}]|\\(?=[%&#])", "", tex).strip()


def _drawn_apart(text: str) -> str:
    """Return the text with its roots, and its fractions on one line."""
    return _ROOT.sub(r"√\1", _FRACTION.sub(lambda m: f"{m[1] or m[2]}/{m[3] or m[4]}", text))


def _script(match: re.Match[str]) -> str:
    """Return what is raised by signs where there are some, and what is lowered behind a letter's underscore."""
    sign, text = match[1], match[2] if match[2] is not None else match[3]
    if text in ("\\circ", "\\degree", "°"):
        return "°"
    if sign == "^":
        return text.translate(_RAISED) if re.fullmatch(r"[\d+n-]{1,6}", text) else f"^{text}"
    return text if re.fullmatch(r"[\d.]{1,6}", text) else f"_{text}"


def _styled(text: str) -> str:
    for _ in range(3):  # styles nest, seldom deeper
        text = _STYLED.sub(r"\1", text)
    return text


def _commands(text: str, known: bool) -> str:
    """Return the text with what its commands draw, or only those that are `known`."""
    return _COMMAND.sub(partial(_command, known), text)


def _command(known: bool, match: re.Match[str]) -> str:
    name = match[1]
    if known and not (name in _SIGNS or name in _SILENT or name in _FUNCTIONS):
        return match[0]
    before = match.string[match.start() - 1 : match.start()]
    sign = "" if name in _SILENT else _SIGNS.get(name, name)
    sign = f" {sign}" if name in _FUNCTIONS and before.isalnum() else sign
    tight = name in ("sim", "approx") or (sign in _BETWEEN and before and not before.isspace())
    return sign + (" " if match[0].endswith(" ") and not tight else "")
