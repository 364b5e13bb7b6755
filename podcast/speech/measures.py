r"""Measures in TeX: siunitx's numbers and units, and figures whose parts TeX sets apart, as plain text writes them.

>>> read_measures(r"\SI{10}{\kilo\metre\per\hour}").strip()
'10 km/h'
>>> read_measures(r"131{,}072 or 10\text{\,}\mathrm{m}\mathrm{s}")
'131,072 or 10\\ ms'
"""

import re

from podcast.speech import tables
from podcast.speech.rules import rules

_GAP = r"(?:\\[,;:! ]|\\text\{ ?\\[,;: ] ?\}|\{\\[,;: ]\})"


def _unit_of(macros: str) -> str:
    r"""Return the symbol of a unit as siunitx writes it: \kilo\metre\per\hour is km/h."""
    names = re.sub(r"\\([A-Za-z]+)", lambda m: tables.SIUNITX.get(m[1], m[1]), macros)
    return re.sub(r"\s*/\s*", "/", names.replace("{", "").replace("}", "").replace("~", " ")).strip()


_STYLED = r"\\(?:mathrm|text|rm|textrm|operatorname|mathit) ?\{ ?[A-Za-z%/]{1,8}\}"

read_measures = rules(
    (r"\$(\\(?:SI|qty|num|ang|si|unit)[a-z]{0,5}\*?(?:\[[^\[\]]{0,80}\])?(?: ?\{[^{}]{1,120}\}){1,3})\$", r" \1 "),
    (r"\$ ?(<|>|\\(?:leq?|geq?|sim|approx|pm)) ?\$(?=\.?\d)", r" \1 "),
    (r"\^ ?\{? ?\\circ ?\}? ?(?:\\(?:mathrm|text|rm) ?\{ ?([CF]) ?\}|([CF])\b)", r"°\1\2"),
    (r"(?<=\d)((?:\\[,;:! ]|~| )*)\\mu ?(?:\{\})? ?\\(?:mathrm|text|rm) ?\{ ?([A-Za-z]{1,3}) ?\}", r"\\ u\2"),
    (
        r"\\(?:SI|qty)\*?(?:\[[^\[\]]{0,80}\])? ?\{([^{}]{1,40})\} ?\{([^{}]{1,120})\}",
        lambda m: f" {m[1]} {_unit_of(m[2])} ",
    ),
    (
        r"\\(?:SIrange|qtyrange)\*?(?:\[[^\[\]]{0,80}\])? ?\{([^{}]{1,40})\} ?\{([^{}]{1,40})\} ?\{([^{}]{1,120})\}",
        lambda m: f" {m[1]} to {m[2]} {_unit_of(m[3])} ",
    ),
    (r"\\numrange ?\{([^{}]{1,40})\} ?\{([^{}]{1,40})\}", r" \1 to \2 "),
    (r"\\num(?:\[[^\[\]]{0,80}\])? ?\{([^{}]{1,40})\}", r" \1 "),
    (r"\\ang ?\{(-?[\d.]{1,12})\}", r" \1° "),
    (r"\\(?:si|unit) ?\{([^{}]{1,120})\}", lambda m: f" {_unit_of(m[1])} "),
    (rf"(?<=\d)(?:{_GAP}|\{{,\}})(?=\d{{3}}(?!\d))", ","),
    (
        rf"(?<=[\d}}])(?:{_GAP}|~| )*((?:{_STYLED}){{1,4}})",
        lambda m: "\\ " + re.sub(r"\\[a-z]+|[{} ]", "", m[1]).replace("/", " per "),
    ),
)
"""Write measures plainly; other TeX stays."""
