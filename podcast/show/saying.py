"""What a line must not hold if it is to be said: stage directions, speakers' names, pictures, a model's own marks."""

import re
from collections.abc import Sequence

_MARKS = re.compile(r"<\|[^|<>]{1,40}\|>|</?(?:s|think|br|i|b|em|strong)/?>|\[/?(?:INST|END|EOS|BOS|/?OUT)\]")
"""Of a model's own: <|im_end|>, </s>, [INST], [END]."""

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

_EMOJI_NAME = re.compile(r"(?<![\w:]):[a-z][a-z_]{2,30}:(?![\w:])")
_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u26ff\u2700-\u27bf\u2b50\u2b55\ufe0f\u200d\u20e3\U000e0020-\U000e007f]"
)
_EMPHASIS = re.compile(r"(\*\*|__|`+)(?=\S)(.+?)(?<=\S)\1")


def speakable(text: str, names: Sequence[str] = ()) -> str:
    """Return the text without what nobody is to say; `names` are the hosts', whose "Ben:" before a line is no word.

    A text that holds nothing of the kind comes back as it is; one that holds nothing else, as "".
    """
    said = _EMPHASIS.sub(r"\2", text)
    for pattern in (_MARKS, _DIRECTION, _EMOJI_NAME, _EMOJI):
        said = pattern.sub(" ", said)
    who = "|".join(re.escape(name) for name in names if name.strip())
    if who:
        said = re.sub(rf"^\W*(?:(?:host|speaker)\s+)?(?:{who})\s*[:：]\s*", "", said, flags=re.IGNORECASE)
    if said == text:
        return text
    return re.sub(r"\s+([,.;!?])", r"\1", re.sub(r"\s+", " ", said)).strip()


def unsayable(text: str, names: Sequence[str] = ()) -> bool:
    """Tell whether the text holds what nobody is to say."""
    return speakable(text, names) != text
