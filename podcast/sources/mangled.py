r"""Hugging Face's abstracts made readable: it drops `$` and backslashes, so `$\sim4\times$` arrives as `sim4times`.

Only what cannot be English is touched, and no command that kept its backslash. arXiv's own abstract is better, and is
taken where it is to be had.
"""

import re

_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "eta": "η", "theta": "θ", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ",
    "chi": "χ", "psi": "ψ", "omega": "ω",
}  # fmt: skip
_SIGNS = {
    "leq": "≤", "geq": "≥", "rightarrow": "→", "leftarrow": "←", "infty": "∞", "cdot": "·", "ldots": "…", "propto": "∝",
}  # fmt: skip

_ADDRESS = r"\b(?:https?://)?[\w.-]{1,80}\.\w{1,20}/[^\s{}]{1,200}"
_MENDS: tuple[tuple[str, str], ...] = (
    (rf"({_ADDRESS})\{{\1\}}", r"\1"),  # \href{address}{address}
    (rf"({_ADDRESS})\{{([^{{}}]{{1,200}})\}}", r"\2 (\1)"),
    (r"(?<!\\)\b(?:text(?:bf|it|sc|tt|rm|sf|up)?|math(?:cal|bb|bf|rm|sf|it|tt)|emph|underline) ?\{([^{}]*)\}", r"\1"),
    (r"\{(sim|approx|times|circ|pm|leq|geq)\}", r"\1"),
    (r"\^ ?\{?circ\}?", "°"),
    (r"(?<![A-Za-z\\])(?:sim|approx) ?(?=[$€£]?\d)", "~"),
    (r"(?<=\d)(?:times|%times)(?![a-z])", "x"),
    (r"(?<=\d[KMBkmb])times(?![a-z])", "x"),
    (r"(?<=\d) ?pm ?(?=\d)", "±"),
    (r"(?<=\d)%?sim(?=\d)", "~"),
    (r"\\[,;:! ]", " "),
)


def unmangle(text: str) -> str:
    """Return the abstract with signs where the names of TeX's commands stood: "sim4times" becomes "~4x"."""
    for pattern, instead in _MENDS:
        text = re.sub(pattern, instead, text)
    text = re.sub(rf"(?<![A-Za-z\\])({'|'.join(_SIGNS)})(?![a-z])", lambda found: _SIGNS[found[1]], text)
    text = re.sub(rf"(?<![A-Za-z\\])({'|'.join(_GREEK)})(?=[_^]|\d)", lambda found: _GREEK[found[1]], text)
    return re.sub(r"\s+", " ", text).strip()
