"""What a line must not hold if it is to be said: stage directions, speakers' names, pictures, a model's own marks."""

import re
from collections.abc import Sequence

from podcast.show.stops import is_ended

_MARKUP = r"</?(?:br|i|b|em|strong) ?/?>"
_MARK = rf"(?:<\|[^|<>]{{1,40}}\|>|</?(?:s|think)>|\[/?(?:INST|END|EOS|BOS|OUT)\]|{_MARKUP})"
_MARKS = re.compile(rf"{_MARK}(?:\s*{_MARK})*")
"""Of a model's own, one or several in a row: <|im_end|>, </s>, [INST], [END]."""
_DRESS = re.compile(
    r"<(b|i|em|strong)>(?=[^\s\"'`,.)])(?P<held>.+?)(?<=[^\s\"'`,(])</\1>" rf"|(?<=\w){_MARKUP}|{_MARKUP}(?=\w)"
)
"""Markup right beside a word that it dresses: "it is <b>fast</b>", "one<br>two"."""

_ACTS = (
    r"(?:(?:soft(?:ly)?|both|quiet(?:ly)?|light(?:ly)?|nervous(?:ly)?|short|long|brief(?:ly)?|slight|dramatic|upbeat|"
    r"intro|outro|theme|gentle)\s+)*"
    r"(?:laugh(?:s|ing|ter)?|chuckl(?:es?|ing)|giggl(?:es?|ing)|sighs?|sighing|gasps?|gasping|pauses?|pausing|beat|"
    r"music|applause|cheer(?:s|ing)|whisper(?:s|ing)?|smil(?:es?|ing)|grin(?:s|ning)?|nods?|nodding|"
    r"clears? (?:his |her |their )?throat|sound effects?|sfx|silence|jingle|end|"
    r"end of (?:the )?(?:episode|script|show|transcript)|"
    r"excited(?:ly)?|sarcastic(?:ally)?|thoughtful(?:ly)?|enthusiastic(?:ally)?)"
    r"(?:\s+(?:softly|quietly|lightly|fades? (?:in|out)|plays?|playing|starts?|stops?|continues))*"
)
_DIRECTION = re.compile(rf"\[\s*{_ACTS}\s*\]|\(\s*{_ACTS}\s*\)|\*+\s*{_ACTS}\s*\*+", re.IGNORECASE)
"""[laughs], (pause), *sighs*; whatever else stands in brackets is the paper's."""

_NAMING = re.compile(r"\b(?:an?|the|each|every|special|called|named|token|tag)\s+[\"'“‘(]?$", re.I)
_NOUN = re.compile(
    r"[\"'”’)]?(?:,?\s*(?:(?:and|or)\s+|[和与或、]\s*)?[\"'“‘(]?[<\[(*:][^<>\[\]()*:]{1,40}[>\])*:][\"'”’)]?){0,4}"
    r"(?:-(?i:token|tag)|\s+(?:special\s+|control\s+)?(?:token|tag|symbol|marker|delimiter|label|annotation)s?\b"
    r"|\s*(?:标签|标记|词元))"
)
"""What stands before and behind what a sentence speaks of: "adds a [laughter] token", "[sigh] and [pause] tags"."""
_LEADING = re.compile(
    r"\b(?:of|with|by|between|before|after|as|like|for|to|from)\s+[\"'“‘(]?$"
    r"|[>\])][\"'”’]?(?:\s+(?:and|or)\s+|\s*[和与或、]\s*)[\"'“‘]?$",
    re.I,
)
"""What no sentence ends with: "ends with </s>", "<think> and </think>"."""
_EMOJI_NAME = re.compile(r"(?<![\w:]):[a-z][a-z_]{2,30}:(?![\w:])")
_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u26ff\u2700-\u27bf\u2b50\u2b55\ufe0f\u200d\u20e3\U000e0020-\U000e007f]"
)
_EMPHASIS = re.compile(r"(\*\*|__|`+)(?=\S)(.+?)(?<=\S)\1")


def speakable(text: str, names: Sequence[str] = ()) -> str:
    """Return the text without what nobody is to say; `names` are the hosts', whose "Ben:" before a line is no word.

    A text that holds nothing of the kind comes back as it is; one that holds nothing else, as "". What a sentence
    speaks of is a word of it, as in "between <think> and </think> tags".
    """
    said = _DRESS.sub(lambda tag: tag["held"] or " ", _EMPHASIS.sub(r"\2", text))
    for pattern in (_DIRECTION, _EMOJI_NAME):
        said = pattern.sub(lambda found: found[0].strip("*") if _spoken_of(found) else " ", said)
    said = _EMOJI.sub(" ", _MARKS.sub(lambda found: " " if _ends(found) else found[0], said))
    who = "|".join(re.escape(name) for name in names if name.strip())
    if who:
        said = re.sub(rf"^\W*(?:(?:host|speaker)\s+)?(?:{who})\s*[:：]\s*", "", said, flags=re.IGNORECASE)
    if said == text:
        return text
    return re.sub(r"\s+([,.;!?])(?!\w)", r"\1", re.sub(r"\s+", " ", said)).strip()


def unsayable(text: str, names: Sequence[str] = ()) -> bool:
    """Tell whether the text holds what nobody is to say."""
    return speakable(text, names) != text


def _spoken_of(found: re.Match[str]) -> bool:
    """Tell whether the sentence names what was found, as a thing of the paper's."""
    return bool(_NAMING.search(found.string[: found.start()]) or _NOUN.match(found.string, found.end()))


def _ends(marks: re.Match[str]) -> bool:
    """Tell whether marks are a model's own: at the ends of the text or between two sentences, and not spoken of."""
    before, behind = marks.string[: marks.start()], marks.string[marks.end() :].lstrip()
    if _spoken_of(marks) or _LEADING.search(before):
        return False
    if not behind:
        return True
    begins, goes_on = not before.strip(), behind[0].islower() or behind[0] in ",.;:!?)"
    glued = marks.string[marks.end()].isalnum()
    return (begins and glued) or ((begins or is_ended(before.rstrip())) and not goes_on)
