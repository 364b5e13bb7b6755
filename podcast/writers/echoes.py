"""What a model was told and says back as if it were of the paper."""

import re
from collections.abc import Iterable, Mapping, Sequence

Message = Mapping[str, str]
"""One turn of a conversation: role and content."""

_ECHO = 8
"""Words in a row that are no coincidence."""
_WHOLE = 3
"""Words of a text that stands whole in what was told: a description of a field has no more."""
_REASON = 4
"""Words of a reason for sending something back, without what it quotes: so many of ours are in no paper."""


def told(messages: Sequence[Message]) -> str:
    """Return all that was said to the model, without the material between fences and what is quoted of its answers."""
    said = " \n ".join(message["content"] for message in messages if message["role"] != "assistant")
    return _unquoted(re.sub(r"<<<([0-9a-f]{12})\n.*?\n\1>>>", " ", said, flags=re.DOTALL))


def echoed(text: str, instructions: str, reasons: Iterable[str] = (), run: int = _ECHO) -> bool:
    """Tell whether the text repeats what the model was told, or what fences data off: a reader is to see neither.

    It does so with `run` words in a row of the instructions, as a whole however short, or with what was said to be
    wrong before.
    """
    if re.search(r"<<<[0-9a-f]{12}|[0-9a-f]{12}>>>", text):
        return True
    said, known = _plain(text), f" {_plain(instructions)} "
    words = said.split()
    if run <= _ECHO and len(words) >= _WHOLE and f" {said} " in known:
        return True
    if any(f" {' '.join(words[at : at + run])} " in known for at in range(len(words) - run + 1)):
        return True
    heard = [_plain(_unquoted(reason)) for reason in reasons]
    return any(len(one.split()) >= _REASON and f" {one} " in f" {said} " for one in heard)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _unquoted(text: str) -> str:
    return re.sub(r"""(?<!\w)'[^'\n]*'|"[^"\n]*\"""", " ", text)
