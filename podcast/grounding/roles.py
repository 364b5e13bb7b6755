"""What part a figure plays in its sentence: where something stands, by how much it changed, or which share it is.

>>> role("accuracy rises by ", " points", "points"), role("accuracy rises to ", "", "%")
('gain', 'level')
>>> role("training takes ", "% of the memory", "%"), role("training takes ", "% less memory", "%")
('share', 'cut')
>>> role("it has ", " layers", "layer")
''
"""

import re

from podcast.grounding.units import words

_MORE = words("more better faster higher larger greater bigger longer quicker stronger above ahead up extra "
              "dearer costlier "
              "wider deeper heavier")  # fmt: skip
_LESS = words("less fewer worse slower lower smaller shorter cheaper below behind down weaker lighter leaner off short")
_CHANGES = words("gain gains improvement improvements increase increases reduction reductions drop drops "
                 "decrease boost lift "
                 "rise decline difference gap margin lead speedup speedups acceleration saving savings jump "
                 "uplift loss")  # fmt: skip
_MOVED = (
    r"rises?|rose|grows?|grew|climbs?|climbed|increas\w+|improv\w+|gain\w*|falls?|fell|drops?|dropped|declin\w+|decreas\w+"
    r"|reduc\w+|shrinks?|shrank|lower\w*|rais\w+|boost\w*|lift\w*|los[et]\w*|lost|sav\w+|surpass\w*|outperform\w*|beats?"
    r"|exceed\w*|cuts?|degrad\w+|worsen\w*|hurt\w*|help\w*|wins?|leads?|trails?|ahead|behind|adds?|costs?"
)
_BY = re.compile(rf"(?<!\w)(?:{_MOVED})(?: [\w@.'-]+){{0,7}} by (?:[\w-]+ ){{0,3}}$", re.IGNORECASE)
_TAKES = re.compile(
    r"(?<!\w)(?:gain|lose|lost|save|add|shave|cut|drop|cost)(?:s|d|ed|ping|ting|ing|es)?(?: you| it| them)?(?: off)? "
    r"(?:(?:an?|the|another|about|around|roughly|nearly|almost|over|more than|up to|at least|only|just|some"
    r"|average of) ){0,3}$",
    re.IGNORECASE,
)
_OF = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted(_CHANGES))}) (?:(?:of|is|was|are|by|ranging from|between) )"
    r"(?:(?:an?|about|around|roughly|nearly|almost|over|more than|up to|at least|only|just|some|average of) ){0,3}$",
    re.IGNORECASE,
)
_LEVEL = re.compile(
    r"(?<!\w)(?:reach(?:es|ed|ing)?|achiev\w+|attain\w*|obtain\w*|scor(?:es?|ed|ing)|gets?|got|hits?"
    r"|stands? at|stays? at|is at"
    r"|are at|sits at|lands? at|ends? (?:up )?(?:at|with)|comes? to|down to|up to|accuracy of|rate of|score "
    r"of|auc of|f1 of"
    r"|(?:is|was|are|were|averages?|remains?)(?: (?:now|still))?(?: at)?) "
    r"(?:(?:an?|the|about|around|roughly|nearly|almost|over|more than|just|only|some|average of|accuracy of"
    r"|score of) ){0,3}$",
    re.IGNORECASE,
)
_ARRIVES = re.compile(
    r"(?<!\w)(?:rises?|rose|grows?|grew|climbs?|climbed|increas\w+|improv\w+|falls?|fell|drops?|dropped|declin\w+|decreas\w+"
    r"|reduc\w+|shrinks?|shrank|goes|went|comes|moves?|jumps?|is|are|was|brings?|lifts?|rais\w+)(?: [\w'-]+){0,4}?,?"
    r"(?: (?:up|down|back|it))? to (?:(?:an?|the|about|around|just|only|nearly|almost|over) ){0,2}$", re.IGNORECASE,
)  # fmt: skip
_UNITS = re.compile(
    r"^[ -]?(?:%|×|x(?!\w)|percentage points?|percent(?:age)?|points?|times|fold|as)?[ -]?", re.IGNORECASE
)
_SHARE_OF = re.compile(r"^(?: ?%| percent)? of (?!improvement|gain|the time(?!s)|cases)", re.IGNORECASE)


def role(before: str, after: str, unit: str) -> str:
    """Return gain, level, share or cut for a figure by what stands around it in its clause; "" where it is not plain.

    A gain is by how much something changed, a cut the same downward; a share is what is taken of a whole.
    """
    if unit not in ("", "%", "points", "abs", "fraction", "x"):
        return ""
    following = re.findall(r"[\w'-]+", _UNITS.sub("", after))[:2]
    first = [word.lower() for word in following]
    if first[:1] in (["up"], ["down"], ["off"]) and first[1:] == ["from"]:
        return "level"
    if first and first[0] in _LESS and (unit != "points" or first[0] not in ("below", "behind", "short")):
        return "cut"
    if (first and first[0] in _MORE) or any(word in _CHANGES for word in first[:2]):
        return (
            "gain"
            if not (first[-1:] and set(first) & {"reduction", "drop", "decrease", "decline", "saving"})
            else "cut"
        )
    if unit in ("%", "fraction") and _SHARE_OF.match(after):
        return "share"
    if _BY.search(before):
        return (
            "cut"
            if re.search(
                r"(?:reduc|cut|drop|lower|shrink|fall|fell|decreas|declin)\w*(?: [\w@.'-]+){0,7} by (?:\w+ ){0,3}$",
                before,
                re.IGNORECASE,
            )
            else "gain"
        )
    if of := _OF.search(before):
        return "cut" if re.match(r"reduc|drop|decreas|declin|saving|loss", of[0], re.IGNORECASE) else "gain"
    if _TAKES.search(before) or before.endswith("+"):
        return "gain"
    if unit not in ("x", "points") and (_LEVEL.search(before) or _ARRIVES.search(before)):
        return "level"
    return ""


def other(line: str, evidence: str, unit: str, held: str) -> tuple[str, bool]:
    """Return what a figure is in the evidence where the line makes it another thing, and whether that is plain."""
    if line == evidence or not line or not evidence:
        return "", False
    pair = {line, evidence}
    if pair == {"cut", "share"} and unit in ("%", "fraction") and held in ("%", "fraction"):
        whole = (
            "is the share that is left, not what is saved"
            if evidence == "share"
            else "is what is saved, not what is left"
        )
        return f"{whole}, in the evidence", True
    if pair in ({"gain", "level"}, {"cut", "level"}):
        said = (
            "is where it stands, not by how much it changed"
            if evidence == "level"
            else "is by how much it changed, not where it stands"
        )
        return f"{said}, in the evidence", False
    return "", False
