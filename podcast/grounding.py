"""Does every figure and name that a line speaks stand in its evidence? Decided without a model.

The evidence of a line is the sentences its claims point at, and what is known of the paper itself: title,
authors, upvotes, category. Figures are compared by value, so 30B is 30 billion and 8% is "eight percent";
names are what ML papers call systems, data sets and benchmarks: words with inner capitals or digits.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

from podcast.errors import Ungrounded
from podcast.schema import Brief, Document, Line, Paper, Script
from podcast.settings import Host, ShowSettings

_SCALES = {
    "hundred": 100, "thousand": 10**3, "k": 10**3, "million": 10**6, "m": 10**6, "billion": 10**9, "b": 10**9,
    "trillion": 10**12, "t": 10**12,
}  # fmt: skip
_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = {word: value for value, word in enumerate(_UNITS)} | {word: 10 * value for value, word in enumerate(_TENS, 2)}

_NUMERAL = re.compile(
    r"(?<![\w.])[-−]?(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:\s?(hundred|thousand|million|billion|trillion|[KMBT])\b)?",
    re.IGNORECASE,
)
_SPELLED = re.compile(
    rf"\b(?:{'|'.join(_WORDS)})(?:[ -](?:{'|'.join(_WORDS)}|hundred|thousand|million|billion|trillion|point))*\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"\b(?=\w*[A-Za-z])(?:[A-Za-z]+\d[\w.-]*|\w*[a-z]\w*[A-Z]\w*|[A-Z]{2,}\w*)(?:-[A-Za-z0-9.]+)*")

_EVERYDAY = frozenset({"AI", "ML", "GPU", "GPUs", "CPU", "CPUs", "TV", "OK", "RSS", "arXiv", "I"})
"""Words with capitals that claim nothing about the paper."""

_SMALL = frozenset({Decimal(0), Decimal(1), Decimal(2), Decimal(3)})
"""Spelled out, these count turns of the talk ("two things") and not results."""


def check(
    script: Script, brief: Brief, document: Document, paper: Paper, show: ShowSettings, hosts: Sequence[Host]
) -> None:
    """Pass a script of which every figure and name stands in the evidence.

    Raises Ungrounded naming the first line that says what its evidence does not, and what was not found.
    """
    claims, sentences = brief.claims(), document.sentences()
    known = " ; ".join(
        [
            paper.title,
            *paper.authors,
            str(paper.upvotes),
            paper.category or "",
            show.title,
            *(host.name for host in hosts),
        ]
    )
    for number, line in enumerate(script.lines, 1):
        unknown = [path for path in line.claims if path not in claims]
        if unknown:
            raise Ungrounded(
                f"line {number} points at claim {unknown[0]!r}, which the brief has not", "mend its claims"
            )
        evidence = {n for path in line.claims for n in claims[path].evidence}
        if evidence and max(evidence) > len(sentences):
            raise Ungrounded(
                f"line {number}: sentence {max(evidence)} is not in the document",
                "mend the evidence in brief.json",
            )
        missing = missing_facts(line, [known, *(sentences[n - 1] for n in sorted(evidence))])
        if missing:
            raise Ungrounded(
                f"line {number} says {missing[0]!r}, which its evidence does not: {line.text!r}",
                "say what the paper says, or point the line at the claim that carries it",
            )


def missing_facts(line: Line, evidence: Sequence[str]) -> tuple[str, ...]:
    """Return the figures and names of the line, as spoken, that no evidence holds."""
    text = " ; ".join(evidence)
    values = {value for _, value in figures(text)}
    lowered = re.sub(r"[\W_]+", "", text.lower())
    missing = [spoken for spoken, value in figures(line.text) if value not in values and not _small_talk(spoken, value)]
    for match in _NAME.finditer(line.text):
        name = match[0].rstrip(".-")
        bare = re.sub(r"[\W_]+", "", name.lower())
        if name not in _EVERYDAY and bare not in lowered and bare.removesuffix("s") not in lowered:
            missing.append(name)
    return tuple(missing)


def figures(text: str) -> Iterator[tuple[str, Decimal]]:
    """Yield each figure of the text as it is written, with its value: "4.5 million" is 4500000."""
    for match in _NUMERAL.finditer(text):
        value = Decimal(match[1].replace(",", ""))
        yield match[0].strip(), value * _SCALES[match[2].lower()] if match[2] else value
    for match in _SPELLED.finditer(text):
        spelled = _spelled(match[0])
        if spelled is not None:
            yield match[0], spelled


def _small_talk(spoken: str, value: Decimal) -> bool:
    return value in _SMALL and not any(sign.isdigit() for sign in spoken)


def _spelled(text: str) -> Decimal | None:
    """Return the value of "forty-one point eight" or "three hundred thousand"; None for words that are no number."""
    whole, _, fraction = text.lower().replace("-", " ").partition(" point ")
    total, group, seen = 0, 0, False
    for word in whole.split():
        if word in _WORDS:
            group, seen = group + _WORDS[word], True
        elif word == "hundred":
            group = max(group, 1) * 100
            seen = True
        elif word in _SCALES:
            if not seen:
                return None
            total, group = total + group * _SCALES[word], 0
    if not seen:
        return None
    digits = [_WORDS.get(word) for word in fraction.split()]
    if any(digit is None or digit > 9 for digit in digits):
        return None
    try:
        return Decimal(f"{total + group}.{''.join(map(str, digits)) or '0'}")
    except InvalidOperation:
        return None
