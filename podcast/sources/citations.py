"""What of a citation is said: names that are a part of the sentence. Where it is one and has none, nobody says that.

>>> uncited("It was shown before [12], for weights in the interval [1, 5] and values in [0, 255].")
'It was shown before , for weights in the interval [1, 5] and values in [0, 255].'
>>> settled(f"As shown by {cited('Smith et al. (2020)')}, wet pebbles are slow {cited('Doe (2021)')}.")
'As shown by Smith et al., wet pebbles are slow .'
"""

import re

from podcast.show import formulas
from podcast.sources.prose import LOST

_GONE = "\ue001"
"""Stands where a citation was that has no names."""
_NAMED = re.compile("\ue002([^\ue003]*)\ue003")
"""A citation that has: whether they are a part of the sentence is seen where it is whole."""
_BESIDE = "\ue006"
"""Stands where one was in brackets of its own, beside its sentence."""
_EITHER = f"[{_GONE}{_BESIDE}]"
_ALL = rf"{_EITHER}(?:[\s,;–-]*(?:(?:and|or)\s+)?{_EITHER})*"

_YEAR = re.compile(r"[\s(\[]*(?:(?:see(?: also)?|e\.g\.|cf\.),?\s+)?([^\d()\[\];]*?)[\s,]*[(\[]?\s*(?:19|20)\d\d")
_NEAR = 60
"""How many signs of its sentence tell what a citation is there."""
_BRACKETS = re.compile(
    r"\[(?!0[\],])\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\](?:\s*[,–-]\s*\[\d{1,3}\])*|\[(?:19|20)\d\d[a-z]?\]|"
    r"\[[A-Z][A-Za-z+]{1,6}\d{2}[a-z]?(?:\s*[,;]\s*[A-Z][A-Za-z+]{1,6}\d{2}[a-z]?)*\]"
)
"""Citations in brackets. What begins with 0 is an interval."""
_INTERVAL = re.compile(
    r"(?:intervals?|range|between|∈|domain|values? in|\bin|\b(?:clip|scal|rescal|normali[sz]|map|cast|bound|limit|"
    r"restrict|quanti[sz])\w*(?: \w+)? (?:to|into|within|from)) ?$"
)

_NEEDS = re.compile(
    r"(?<![\w-])(?:by|of|in|from|than|to|with|as|see|per|like|unlike|between|against|via|and|or|using|follow(?:s|ed|ing)?|"
    r"we (?:\w+ly )?(?:use|adopt|extend|apply|employ|modify|take)|buil[dt](?:s|ing)? (?:up)?on)\s*$",
    re.IGNORECASE,
)
"""What has a citation behind it as its object, in small letters but the first."""
_LEANS = re.compile(
    r"(?<![\w-])(?:by|of|than|see|following|via|against|similar to|in line with|built (?:up)?on|as (?:\w+ )?in)\s*$",
    re.IGNORECASE,
)
"""The same where the citation has brackets of its own."""
_STRANDED = re.compile(r"\b(?:that|which|whom|[a-z]+s) (?:they|we|you|one) (?:[a-z]+ ){1,2}$")
"""What ends with a preposition that is no citation's: "tools that they interact with"."""
_BEGINS = re.compile(
    r"(?:^|(?<!\bal)(?<!\bcf)(?<!\bvs)(?<!\be\.g)(?<!\bi\.e)(?<!\betc)(?<!\b[A-Z])[.!?][\"”’)]*\s)\s*$"
)
_JOINS = r"\b(?:that|while|whereas|and|but|because|since|where|when|as|if|although|though)"
_OPENS = re.compile(rf"(?:[,;:]|{_JOINS})\s*$")
_ACTS = re.compile(
    r"\s+(?:(?:also|first|further|later|then|only|both|have|has)\s+)?(?:show|find|found|propose|introduce|present|study|"
    r"studies|argue|report|observe|demonstrate|develop|suggest|prove|proved|consider|explore|investigate|analy[sz]e|train|"
    r"apply|applies|extend|describe|note|claim|conclude|establish|examine|formulate|prove|provide)(?:d|s|ed)?\b"
)
"""Where names are a subject, and what they do."""
_OPENS_PLAINLY = re.compile(
    rf"(?:[;:]|{_JOINS}|(?:^|[.!?]\s)(?:(?:More |Most )?[A-Z][a-z]+ly|However|Later|Then|Also|Moreover|Furthermore|"
    r"Earlier|(?:In|At|On|For|Since|After|Unlike) [^,.;:]{1,40}),)\s+$"
)
_ACTS_PLAINLY = re.compile(
    r"\s+(?:(?:also|first|further|later|then|only|both)\s+)?(?:(?:have|has)\s+\w+|(?:show|find|propose|introduce|argue|"
    r"observe|demonstrate|develop|suggest|prove|consider|explore|investigate|analy[sz]e|extend|describe|conclude|examine|"
    r"formulate|provide)s?\b|(?:appl(?:y|ies)|establish(?:es)?)\b|(?:found|\w+ed|present|study|studies(?! that)|"
    r"reports?|trains?|claims?|notes?|presents)\s+(?:that|how|an?|the|this|its?|their|new|several|two|three)\b)"
)
"""The same of a number, which as often stands behind what it is about: no participle, and no noun."""
_OWNS = re.compile(r"\s?['’](?:s\b|\s)")

_ASIDE = re.compile(rf"(?<!\s)\s*\((?:(?:[a-z]{{2,}}|[ei]\.[ge])[.,]*\s+){{0,4}}{_ALL}\s*\)")
_BEHIND = re.compile(
    r"(?:,\s*|(?<!\s)\s+)(?:as (?:\w+ ){0,2}(?:in|by|from)|following|similar(?:ly)? to|in line with|inspired by|"
    rf"see(?: also)?)\s+{_ALL}(?=\s*(?:[.;)]|$))"
)
_BEFORE = re.compile(rf"(^|[.!?] )(?:Following|As in|Similar(?:ly)? to|Like|In line with|Inspired by)\s+{_ALL},\s+(\w)")
"""What goes with a citation and takes nothing of the sentence with it."""
_TELLS = re.compile(
    r"\b(?:the same|(?:is|are|was|were|be|been|being|remains?|seems?|becomes?|became|looks?)"
    r"(?: (?:\w+ly|very|quite|also))?)$"
)
"""What says nothing without that."""


def cited(text: str, told: bool = False) -> str:
    """Return what stands for a citation of that text until the sentence around it is known; its names where it is
    `told`, as a part of the sentence."""
    if told:
        return re.sub(r"\s*[(\[][^)\]]*[)\]]?", "", text).strip() or _GONE
    names = [found[1].strip() if (found := _YEAR.match(part)) else "" for part in text.split(";")]
    if not all(re.match(r"\w.*[^\W\d_]", name) and re.search("[A-Z]", name) for name in names):
        return _GONE
    *others, last = dict.fromkeys(names)
    beside = _BESIDE if re.fullmatch(r"\s*(?:\(.*\)|\[.*\])\s*", text, re.DOTALL) else ""
    return f"\ue002{beside}{', '.join(others)}{' and ' if others else ''}{last}\ue003"


def go_on(text: str) -> bool:
    """Tell whether the text, up to its citations, goes on with a sentence."""
    return re.match(rf"[\s{_GONE}{_BESIDE}]*[a-z,;.:]", text) is not None


def uncited(text: str) -> str:
    """Return the text without citations in brackets, and with its intervals and formulas."""

    def gone(found: re.Match[str]) -> str:
        pair = re.fullmatch(r"\[\d+, ?\d+\]", found[0])
        return found[0] if pair and _INTERVAL.search(_before(found)) else _GONE

    return formulas.around(text, lambda prose: settled(_BRACKETS.sub(gone, prose))) if "[" in text else text


def settled(text: str) -> str:
    """Return the text with the names of citations that are its sentences' subjects or objects, and without the others;
    LOST where one is that has no names."""
    said, at, kept = "", 0, 0
    for found in _NAMED.finditer(text):
        said += text[at : found.start()]
        at = found.end()
        names, gone = found[1].removeprefix(_BESIDE), _BESIDE if found[1].startswith(_BESIDE) else _GONE
        listed = kept and re.fullmatch(r",?\s*(?:and|or|,)\s*", said[kept:])
        said += names if listed or _is_part(said[-_NEAR:], text[at : at + _NEAR], names, gone) else gone
        kept = len(said) if said.endswith(names) else 0
    said += text[at:]
    if not re.search(_EITHER, said):
        return said
    said = _BEHIND.sub(lambda found: found[0] if _TELLS.search(_before(found)) else "", _ASIDE.sub("", said))
    said = _BEFORE.sub(lambda found: found[1] + found[2].upper(), said)
    return re.sub(_ALL, _lost, said)


def _lost(found: re.Match[str]) -> str:
    after = found.string[found.end() : found.end() + _NEAR]
    return LOST if _GONE in found[0] and _is_part(_before(found), after) else ""


def _before(found: re.Match[str]) -> str:
    return found.string[max(0, found.start() - _NEAR) : found.start()]


def _is_part(before: str, after: str, names: str = "", sign: str = _GONE) -> bool:
    """Tell whether what stands between the two is the subject or the object of its sentence."""
    if _OWNS.match(after) or (_BEGINS.search(before[-12:]) and re.match(r"\s+[a-z]|,?\s+and \ue002", after)):
        return True
    if names and sign == _GONE:
        subject = _OPENS.search(before[-12:]) and _ACTS.match(after)
    else:
        subject = _OPENS_PLAINLY.search(before) and _ACTS_PLAINLY.match(after)
    needs = (_LEANS if sign == _BESIDE else _NEEDS).search(before)
    return bool(subject or (needs and needs[0][1:].islower() and not _STRANDED.search(before[: needs.start()])))
