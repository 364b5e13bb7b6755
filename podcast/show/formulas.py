r"""Where a text has formulas between dollars: one sign stands for both, and a price opens none.

>>> parted(r"At $5 per hour it is 3$\times$ faster.")
['At $5 per hour it is 3', '$\\times$', ' faster.']
>>> parted("It costs $5 to $10 for $n=4$ trays.")
['It costs $5 to $10 for ', '$n=4$', ' trays.']
"""

import re
from collections.abc import Callable, Iterator

SPAN = re.compile(r"(?<!\\)(\$\$?)((?:\\.|[^$\\]){1,2000})\1", re.DOTALL)
"""What stands between dollars: its second group. Of a text that is `priced`, a formula and nothing else."""
_TEX = re.compile(r"\\[A-Za-z]|\^|_\{")
_TEXT = re.compile(r"\\(?:text[a-z]{0,4}|mbox|mathrm|operatorname)\*? ?\{[^{}]{0,300}\}")
_WORDS = re.compile(r"(?<![^\W_])[^\W\d_]{2,} +[^\W\d_]{2,}|[\u3040-\u30ff\u3400-\u9fff]")
"""What no formula has but in TeX: two words side by side."""
_PRICE = re.compile(
    r"\d[\d.,]*(?:[KMBTkmbt]|bn)?\+?[.,;:!?)\]/–—-]*"
    r"\s+[\"“(]*(?:(?!(?:log|ln|exp|sin|cos|tan|max|min|mod|sqrt|times)\b)[^\W\d_]{2,}(?![^\W\d_])(?=.)|a\s)"
)
"""An amount, and more of the sentence behind it; one word may be a formula's unit."""
_AMOUNT = r"(?:[<>≤≥≈=~±+−-]\s?)?\d+(?:[.,]\d+)*"
_FIGURE = re.compile(
    rf"(\s*){_AMOUNT}(?:\s?(?:[–—−-]{{1,2}}|[/x×:])\s?{_AMOUNT})?"
    r"(?:\s?(?:\\?%|[^\W\d_]{1,4}(?:/[^\W\d_]{1,9})?(?<!to)(?<!or)(?<!and)))?\1"
)
"""A figure or a range, with its unit, and as much blank behind it as before."""
_DELIMITED = re.compile(
    r"\$\$([^$]{1,2000})\$\$|\\\[(?![\d\s,;–-]+\\\])((?:[^\\]|\\[^\[\]]){1,2000})\\\]|"
    r"(?<!\b[A-Z]:)\\\(((?:[^\\]|\\[^()]){1,2000})\\\)|"
    r"\\begin\{((?:equation|align|gather|multline|eqnarray|displaymath)\*?)\}(.{1,2000}?)\\end\{\4\}",
    re.DOTALL,
)
"""What TeX, MathJax and KaTeX have between other signs than one dollar."""
_RELATES = re.compile(r"[=<>≤≥+*/|^_]")
_TOKEN = re.compile(r"[^\W\d_]{2,}|(?:[^\W_]-[^\W_]){1,9}")
"""What no formula in a line of its own is: a word as "CLS", a range of letters."""
_WORD = re.compile(r"[^\W\d_]{3}(?![^\W\d_]{0,20}\()")
"""What is no symbol and no function of a formula."""
_SIGN = "\ue004{}\ue005"
_SIGNED = re.compile(r"\ue004(\d+)\ue005")


def parted(text: str) -> list[str]:
    """Return the text in parts: what is prose, a formula with its dollars, prose, and so on."""
    parts, at = list[str](), 0
    for start, end in _spans(text):
        parts += [text[at:start], text[start:end]]
        at = end
    return [*parts, text[at:]]


def around(text: str, change: Callable[[str], str]) -> str:
    """Return the text with all changed but its formulas, each of which `change` sees as one sign."""
    parts = parted(text)
    if len(parts) == 1:
        return change(text)
    signed = "".join(_SIGN.format(at // 2) if at % 2 else part for at, part in enumerate(parts))
    return _SIGNED.sub(lambda found: parts[2 * int(found[1]) + 1], change(signed))


def priced(text: str) -> str:
    r"""Return the text with a backslash before each dollar that is no formula's, so that nothing takes it for one.

    >>> priced(r"At $5 per hour it is 3$\times$ faster.")
    'At \\$5 per hour it is 3$\\times$ faster.'
    >>> priced("It costs 5$ per run and $100 per day.")
    'It costs 5\\$ per run and \\$100 per day.'
    """
    if "$" not in text:
        return text
    return "".join(part if at % 2 else escaped(part) for at, part in enumerate(parted(text)))


def escaped(text: str) -> str:
    """Return the text with a backslash before each of its dollars."""
    return re.sub(r"(?<!\\)\$", r"\\$", text)


def delimited(text: str, escapes: bool = False) -> str:
    r"""Return the text with each formula that has other signs around it between dollars, on one line. Where a text may
    have `escapes`, as Markdown, brackets behind a backslash are its own but around maths.

    >>> delimited(r"At \(\alpha = 0.5\) it ends.")
    'At $\\alpha = 0.5$ it ends.'
    >>> delimited(r"The \[CLS\] token \(of \(k\) many\) is first.", escapes=True)
    'The \\[CLS\\] token \\(of $k$ many\\) is first.'
    """

    def between(found: re.Match[str]) -> str:
        body = found[1] or found[2] or found[3] or found[5]
        bracket = found[2] or found[3]
        if bracket and (not _is_maths(bracket, escapes) or (found[2] and _TOKEN.fullmatch(found[2].strip()))):
            return found[0][:2] + delimited(found[0][2:], escapes)
        body = " ".join(body.split())
        end = body[-1] if re.search(r"[^\\\s][.,;]$", body) else ""
        return f"${body.removesuffix(end)}${end}"

    return _DELIMITED.sub(between, text)


def _is_maths(body: str, escapes: bool) -> bool:
    """Tell whether what stands between brackets behind backslashes is a formula, and no link or words in brackets."""
    if "](" in body:
        return False
    if _TEX.search(body):
        return not _WORDS.search(_TEXT.sub("", body)) or not escapes
    return not _WORDS.search(body) and not (escapes and _WORD.search(body) and not _RELATES.search(body))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    while found := SPAN.search(text, at):
        at = found.end() if _is_formula(found) else found.start() + 1
        if at == found.end():
            yield found.span()


def _is_formula(found: re.Match[str]) -> bool:
    """Tell whether a formula stands between the two dollars: TeX, or signs close to both that are no words."""
    body, behind = found[2], found.string[found.end() :]
    tight = not re.search(r"^\s|\s$", body) or (
        re.fullmatch(r"\s\D.*\s", body) is not None and not re.search(r"[^\W\d_]{2}", body)
    )
    if _TEX.search(body):
        return tight or not _WORDS.search(_TEXT.sub("", body))
    if _FIGURE.fullmatch(body):
        return tight or not re.match(r"\s*\d", behind)
    return tight and not (_WORDS.search(body) or _PRICE.match(body) or _opens_the_next(body, behind))


def _opens_the_next(body: str, behind: str) -> bool:
    """Tell whether what stands behind an amount is another price, or a formula that its last dollar opens."""
    return bool(re.match(r"\d[\d.,]*(?:.*\s|.*[–—/-]$)", body) and re.match(r"\\[A-Za-z]|\w", behind))
