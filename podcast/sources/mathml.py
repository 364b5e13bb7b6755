"""Formulas of web pages become TeX between dollars: as a page says it itself, else out of its MathML."""

import re
from collections.abc import Sequence

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from podcast.show import formulas

_SIGNS = {
    "−": "-", "∑": r"\sum ", "∏": r"\prod ", "∫": r"\int ", "%": r"\%", "$": r"\$", "&": r"\&", "#": r"\#", "{": r"\{",
    "}": r"\}", "_": r"\_", "\\": r"\backslash ",
}  # fmt: skip
"""What TeX has a word for, or would take for its own; other signs are read as they are."""
_CODE = ("code", "pre", "kbd", "samp", "tt", "textarea", "script", "style")
_UNSEEN = re.compile("[\u2061-\u2064\u200b\\s]+")
_FUNCTIONS = frozenset(("sin", "cos", "tan", "log", "ln", "exp", "min", "max", "lim", "sup", "inf", "det", "arg"))
_ACCENTS = {
    "¯": "bar", "‾": "bar", "ˉ": "bar", r"\_": "bar", "^": "hat", "ˆ": "hat", "~": "tilde", "˜": "tilde", "→": "vec",
    "⃗": "vec", "˙": "dot", "¨": "ddot",
}  # fmt: skip
_FORMS = {
    "mfrac": r"\frac{{{0}}}{{{1}}}", "msqrt": r"\sqrt{{{all}}}", "mroot": r"\sqrt[{1}]{{{0}}}",
    "choose": r"\binom{{{0}}}{{{1}}}",
    "msup": "{base}^{{{1}}}", "msub": "{base}_{{{1}}}", "msubsup": "{base}_{{{1}}}^{{{2}}}",
    "mover": "{base}^{{{1}}}", "munder": "{base}_{{{1}}}", "munderover": "{base}_{{{1}}}^{{{2}}}",
    "mtext": r"\text{{{all}}}", "mspace": " ", "mphantom": "", "annotation": "", "annotation-xml": "",
    "semantics": "{0}", "maction": "{0}", "mtd": "{all} ",
}  # fmt: skip
"""What each element is as TeX, out of that of those in it; any other is all of them, in a row."""


def set_formulas(soup: BeautifulSoup) -> None:
    """Put TeX in the place of the page's formulas: its own, in scripts of MathJax, in annotations, of MathML, in
    Distill's tag, or as its text has it for MathJax or KaTeX."""
    for script in soup.select('script[type^="math/tex"]'):
        while (shown := script.find_previous_sibling()) and re.match("MathJax", " ".join(shown.get("class") or [])):
            shown.decompose()  # the same, as it was drawn
        script.replace_with(_between(script.get_text()))
    for formula in soup.find_all(re.compile(r"^(?:\w+:)?math$")):
        note = formula.find(lambda each: _name(each) == "annotation" and "tex" in str(each.get("encoding")).casefold())
        said = str(formula.get("alttext") or "") or (note.get_text() if note else "")
        formula.replace_with(_between(said if said.strip() else tex(formula)))
    for formula in soup.find_all("d-math"):
        formula.replace_with(_between(formula.get_text()))
    for text in soup.find_all(string=re.compile(r"\\[(\[]|\\begin\{")):
        if type(text) is NavigableString and not text.find_parent(_CODE):
            text.replace_with(formulas.delimited(text))


def _between(said: str) -> str:
    said = formulas.escaped(said.strip())
    return f"${said}$" if said else ""


def tex(formula: Tag) -> str:
    """Return the MathML as TeX.

    >>> from podcast.sources import markup
    >>> page = b"<math><mn>3</mn><mo>\\xc3\\x97</mo><msup><mn>10</mn><mrow><mo>-</mo><mn>3</mn></mrow></msup></math>"
    >>> tex(markup.tree(page).math)
    '3×10^{-3}'
    """
    done: dict[int, str] = {}
    every = [formula, *formula.find_all(True)]
    for each in reversed(every):  # what is inside comes first, and may nest as deep as it likes
        parts = [done[id(part)] for part in each.children if isinstance(part, Tag)]
        done[id(each)] = _one(each, parts)
    return done[id(formula)].strip()


def _one(element: Tag, parts: Sequence[str]) -> str:
    """Return the element as TeX, out of that of those in it."""
    name, first = _name(element), parts[0].strip() if parts else ""
    if name in ("mi", "mn", "mo", "ms"):
        said = _UNSEEN.sub("", element.get_text())
        return f"\\{said} " if said in _FUNCTIONS else "".join(_SIGNS.get(sign, sign) for sign in said)
    if name == "mover" and len(parts) == 2 and parts[1].strip() in _ACCENTS:
        return rf"\{_ACCENTS[parts[1].strip()]}{{{first}}}"
    if name == "mfrac" and re.fullmatch(r"0\D*", str(element.get("linethickness", ""))):
        name = "choose"
    if name == "mfenced":
        return f"{element.get('open', '(')}{','.join(parts)}{element.get('close', ')')}"
    every = "".join(parts) if parts else element.get_text()
    lone = re.fullmatch(r".|[\d.,]+|\\\w+|[(\[].*[)\]]|\\\w+\{[^{}]*\}", first)
    try:
        return _FORMS.get(name, "{all}").format(*parts, all=every, base=first if lone else f"{{{first}}}")
    except IndexError:  # it has fewer parts than it should
        return every


def _name(element: Tag) -> str:
    return element.name.rpartition(":")[2].casefold()
