"""What part a figure plays in its sentence: where something stands, by how much it changed, or which share it is.

>>> role("accuracy rises by ", " points", "points"), role("accuracy rises to ", "", "%")
('gain', 'level')
>>> role("training takes ", "% of the memory", "%"), role("training takes ", "% less memory", "%")
('kept', 'cut')
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
    r"rises?|rose|grows?|grew|climbs?|climbed|increas\w+|improv\w+|gain\w*|falls?|fell|drops?|dropped|declin\w+"
    r"|decreas\w+"
    r"|reduc\w+|shrinks?|shrank|lower\w*|rais\w+|boost\w*|lift\w*|los[et]\w*|lost|sav\w+|surpass\w*"
    r"|outperform\w*|beats?"
    r"|exceed\w*|cuts?|degrad\w+|worsen\w*|hurt\w*|help\w*|wins?|leads?|trails?|ahead|behind|adds?|costs?|cutting"
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
    r"|are at|sits at|lands? at|ends? (?:up )?(?:at|with)|comes? to|down to|up to|(?:accuracy|rate|ratio"
    r"|scores?|precision|recall|similarity|auc|f1|fid|wer|cer|psnr|ssim|lpips|iou|bleu) of"
    r"|(?:is|was|are|were|averages?|remains?)(?: (?:now|still))?(?: at)?) "
    r"(?:(?:an?|the|about|around|roughly|nearly|almost|over|more than|just|only|some|average of|accuracy of"
    r"|score of) ){0,3}$",
    re.IGNORECASE,
)
_ARRIVES = re.compile(
    r"(?<!\w)(?:rises?|rose|grows?|grew|climbs?|climbed|increas\w+|improv\w+|falls?|fell|drops?|dropped"
    r"|declin\w+|decreas\w+"
    r"|reduc\w+|shrinks?|shrank|goes|went|comes|moves?|jumps?|is|are|was|brings?|lifts?|rais\w+)(?: [\w'-]+){0,4}?,?"
    r"(?: (?:up|down|back|it))? to (?:(?:an?|the|about|around|just|only|nearly|almost|over) ){0,2}$", re.IGNORECASE,
)  # fmt: skip
_MOVED_CHANGE = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted(_CHANGES))}) (?:\w+ ){{0,2}}(?:grows?|grew|rises?|rose|shrinks?|shrank|falls?"
    rf"|fell|widens?|drops?|is|was)"
    r" (?:\w+ )?to (?:\w+ ){0,2}$", re.IGNORECASE,
)  # fmt: skip
_UNITS = re.compile(
    r"^[ -]?(?:%|×|x(?!\w)|percentage points?|percent(?:age)?|points?|times|fold|as)?[ -]?", re.IGNORECASE
)
_GIVES_UP = re.compile(
    r"(?<!\w)(?:sav(?:e|es|ed|ing)|shav(?:e|es|ed|ing)|remov(?:e|es|ed|ing)|prun(?:e|es|ed|ing)|discard(?:s|ed|ing)?"
    r"|los(?:e|es|ing)|lost|giv(?:e|es|ing) up|gave up|drop(?:s|ped|ping)?|throw(?:s|ing)? (?:away|out)"
    r"|eliminat(?:e|es|ed|ing)"
    r"|get(?:s|ting)? rid of|cut(?:s|ting)?(?: away| off)?|skip(?:s|ped|ping)?) "
    r"(?:(?:an?|the|about|around|roughly|nearly|almost|over|more than|up to|at least|only|just"
    r"|some) ){0,3}$", re.IGNORECASE,
)  # fmt: skip
"""Before a share that is taken away."""
_KEEPS = re.compile(
    r"(?<!\w)(?:keeps?|kept|retain(?:s|ed)?|needs?|needed|uses?|used|takes?|took|leaves?|left|preserves?|ha(?:s"
    r"|ve|d)|with"
    r"|still costs?) (?:(?:an?|the|about|around|roughly|nearly|almost|over|more than|up to|at least|only|just"
    r"|some) ){0,3}$",
    re.IGNORECASE,
)
"""Before a share that stays or is used."""
_TAKEN_AWAY = re.compile(
    r"^(?: ?%| percent)? of [\w -]{1,40}? (?:(?:is|are|was|were|gets?|can be|could be) (?:\w+ )?)?(?:lost|removed"
    r"|pruned|saved|dropped"
    r"|discarded|cut|eliminated|thrown|skipped|gone)(?!\w)|^(?: ?%| percent)? of [\w -]{1,40}? (?:disappears?"
    r"|vanish(?:es)?|go(?:es)? away)(?!\w)",
    re.IGNORECASE,
)  # fmt: skip
_LEFT = re.compile(
    r"^(?: ?%| percent)? of [\w -]{1,40}? (?:(?:is|are|was|were) (?:\w+ )?(?:left|kept|retained|preserved)"
    r"|remains?|survives?|stays?)(?!\w)",
    re.IGNORECASE,
)  # fmt: skip
_SHARE_OF = re.compile(r"^(?: ?%| percent)? of (?!improvement|gain|the time(?!s)|cases)", re.IGNORECASE)

_FACTOR = re.compile(r"real[ -]time factor (?:\w+ ){1,3}$", re.IGNORECASE)
"""Before what says how much faster something is."""
_PAID = re.compile(
    r"(?<!\w)(?:costs?|trad(?:e|es|ed|ing)|pays?|paid|sacrific\w+|giv(?:e|es|ing) up|gave up|los(?:e|es|ing)|lost) "
    r"(?:(?:you|it|us|about|only|just|roughly|in) ){0,2}$", re.IGNORECASE,
)  # fmt: skip
_QUALITY = re.compile(
    r"^(?: ?%| percent)? of (?:the |its |their )?(?:accuracy|quality|performance|precision|recall|score)(?!\w)",
    re.IGNORECASE,
)
"""What is had less of where so much of it is paid."""


def role(before: str, after: str, unit: str) -> str:
    """Return gain, cut, level, share, kept or gone for a figure by what stands around it; "" where it is not plain.

    A gain is by how much something changed, a cut the same downward; a share is a part of a whole, one that is
    kept or one that is gone where a verb says so.
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
    if unit in ("%", "fraction") and re.search(r"(?<!\w)still (?:costs?|takes?|needs?|uses?) (?:\w+ ){0,2}$", before):
        return "kept"
    if unit in ("%", "fraction"):
        if _TAKEN_AWAY.match(after) or (_GIVES_UP.search(before) and (unit == "fraction" or _SHARE_OF.match(after))):
            return "gone"
        if _LEFT.match(after) or (_KEEPS.search(before) and re.match(r"(?: ?%| percent)? of the time", after)):
            return "kept"
        if _PAID.search(before) and _QUALITY.match(after):
            return "cut"
        if _SHARE_OF.match(after):
            return "kept" if _KEEPS.search(before) else "share"
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
    if takes := _TAKES.search(before):
        saved = unit in ("%", "fraction") and takes[0].lower().startswith(("sav", "shav", "cut"))
        return "cut" if saved else "gain"
    if before.endswith("+"):
        return "gain"
    if _MOVED_CHANGE.search(before):
        return "gain"  # the loss grows to 2.7
    if unit in ("x", "points") or _FACTOR.search(before):
        return ""
    return "level" if _LEVEL.search(before) or _ARRIVES.search(before) else ""


def other(line: str, evidence: str, unit: str, held: str) -> tuple[str, bool]:
    """Return what a figure is in the evidence where the line makes it another thing, and whether that is plain."""
    if line == evidence or not line or not evidence:
        return "", False
    if (line, evidence) in (("gone", "share"), ("gone", "kept"), ("kept", "gone")):
        return f"is {'what is taken away' if evidence == 'gone' else 'the part that is left'} in the evidence", False
    line, evidence = ("share" if one == "kept" else one for one in (line, evidence))
    pair = {line, evidence}
    if pair == {"cut", "share"} and unit in ("%", "fraction") and held in ("%", "fraction"):
        whole = (
            "is the share that is left, not what is saved"
            if evidence == "share"
            else "is what is saved, not what is left"
        )
        return f"{whole}, in the evidence", True
    if pair == {"gain", "share"} and unit in ("%", "fraction") and held in ("%", "fraction"):
        return "is a part of a whole in the " + ("evidence" if evidence == "share" else "line") + " only", False
    if pair in ({"gain", "level"}, {"cut", "level"}) and {unit, held} != {"x", "fraction"}:  # 10x less comes to a tenth
        said = (
            "is where it stands, not by how much it changed"
            if evidence == "level"
            else "is by how much it changed, not where it stands"
        )
        return f"{said}, in the evidence", False
    return "", False
