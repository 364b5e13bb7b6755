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
_ALL = rf"{_GONE}(?:[\s,;–-]*(?:(?:and|or)\s+)?{_GONE})*"

_YEAR = re.compile(r"[\s(\[]*(?:(?:see(?: also)?|e\.g\.|cf\.),?\s+)?([^\d()\[\];]*?)[\s,]*[(\[]?\s*(?:19|20)\d\d")
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
    r"\b(?:by|of|in|from|than|to|with|as|see|per|like|unlike|between|against|via|and|or|using|follow(?:s|ed|ing)?|"
    r"we (?:\w+ly )?(?:use|adopt|extend|apply|employ|modify|take)|buil[dt](?:s|ing)? (?:up)?on)\s*$",
    re.IGNORECASE,
)
"""What has a citation behind it as its object."""
_BEGINS = re.compile(r"(?:^|(?<!\bal)(?<!\bcf)(?<!\bvs)(?<!\be\.g)(?<!\bi\.e)(?<!\betc)[.!?][\"”’)]*\s)\s*$")
_OPENS = re.compile(r"(?:[,;:]|\b(?:that|while|whereas|and|but|because|since|where|when|as|if|although|though))\s*$")
_ACTS = re.compile(
    r"\s+(?:(?:also|first|further|later|then|only|both|have|has)\s+)?(?:show|find|found|propose|introduce|present|study|"
    r"studies|argue|report|observe|demonstrate|develop|suggest|prove|proved|consider|explore|investigate|analy[sz]e|train|"
    r"apply|applies|extend|describe|note|claim|conclude|establish|examine|formulate|prove|provide)(?:d|s|ed)?\b"
)
_OWNS = re.compile(r"\s?['’](?:s\b|\s)")

_ASIDE = re.compile(rf"\s*\((?:(?:[a-z]{{2,}}|[ei]\.[ge])[.,]*\s+){{0,4}}{_ALL}\s*\)")
_BEHIND = re.compile(
    r"(?:,\s*|\s+)(?:as (?:\w+ ){0,2}(?:in|by|from)|following|similar(?:ly)? to|in line with|inspired by|see(?: also)?)"
    rf"\s+{_ALL}(?=\s*(?:[.;)]|$))"
)
_BEFORE = re.compile(rf"(^|[.!?] )(?:Following|As in|Similar(?:ly)? to|Like|In line with|Inspired by)\s+{_ALL},\s+(\w)")
"""What goes with a citation and takes nothing of the sentence with it."""


def cited(text: str, told: bool = False) -> str:
    """Return what stands for a citation of that text until the sentence around it is known; its names where it is
    `told`, as a part of the sentence."""
    if told:
        return re.sub(r"\s*[(\[][^)\]]*[)\]]?", "", text).strip() or _GONE
    names = [found[1].strip() if (found := _YEAR.match(part)) else "" for part in text.split(";")]
    if not all(re.match(r"\w.*[^\W\d_]", name) and re.search("[A-Z]", name) for name in names):
        return _GONE
    *others, last = dict.fromkeys(names)
    return f"\ue002{', '.join(others)}{' and ' if others else ''}{last}\ue003"


def go_on(text: str) -> bool:
    """Tell whether the text, up to its citations, goes on with a sentence."""
    return re.match(rf"[\s{_GONE}]*[a-z,;.:]", text) is not None


def uncited(text: str) -> str:
    """Return the text without citations in brackets, and with its intervals and formulas."""

    def gone(found: re.Match[str]) -> str:
        pair = re.fullmatch(r"\[\d+, ?\d+\]", found[0])
        return found[0] if pair and _INTERVAL.search(found.string[: found.start()]) else _GONE

    return formulas.around(text, lambda prose: settled(_BRACKETS.sub(gone, prose))) if "[" in text else text


def settled(text: str) -> str:
    """Return the text with the names of citations that are its sentences' subjects or objects, and without the others;
    LOST where one is that has no names."""
    said, at, kept = "", 0, 0
    for found in _NAMED.finditer(text):
        said += text[at : found.start()]
        at = found.end()
        listed = kept and re.fullmatch(r",?\s*(?:and|or|,)\s*", said[kept:])
        said += found[1] if listed or _is_part(said, text[at:]) else _GONE
        kept = len(said) if said.endswith(found[1]) else 0
    said += text[at:]
    if _GONE not in said:
        return said
    said = _BEFORE.sub(lambda found: found[1] + found[2].upper(), _BEHIND.sub("", _ASIDE.sub("", said)))
    return re.sub(_ALL, lambda found: LOST if _is_part(said[: found.start()], said[found.end() :]) else "", said)


def _is_part(before: str, after: str) -> bool:
    """Tell whether what stands between the two is the subject or the object of its sentence."""
    subject = (_BEGINS.search(before[-12:]) and re.match(r"\s+[a-z]|,?\s+and \ue002", after)) or (
        _OPENS.search(before[-12:]) and _ACTS.match(after)
    )
    return bool(subject or _OWNS.match(after) or _NEEDS.search(before[-40:]))
