"""What is in a model's message: its words, its thoughts, a call that it makes; whole, or put together from a stream."""

from collections.abc import Mapping
from typing import Any

_THOUGHTS = ("reasoning_content", "reasoning")
"""Where servers put thoughts; some put the same into both."""


def said(message: Mapping[str, Any]) -> str:
    """Return the model's words: its content, or what it calls a tool with that nobody offered, or its thoughts where a
    server put the answer among them."""
    found = (_words(message.get("content")), _call(message.get("tool_calls")), thought(message))
    return next((words for words in found if words.strip()), "")


def thought(message: Mapping[str, Any]) -> str:
    """Return the model's thoughts, as far as the server shows them."""
    apart = max((_words(message.get(name)) for name in _THOUGHTS), key=len)
    return apart or _words(message.get("content"), "thinking")


def written(message: Mapping[str, Any]) -> str:
    """Return all that the model wrote, which is what is paid for."""
    return _words(message.get("content")) + _call(message.get("tool_calls")) + thought(message)


def add(message: dict[str, Any], delta: Mapping[str, Any]) -> None:
    """Add a piece of a stream to the message, so that it becomes what it would have been in one piece."""
    for name, piece in delta.items():
        if name == "tool_calls":
            arguments = _call(message.get(name)) + _call(piece)
            message[name] = [{"type": "function", "function": {"arguments": arguments}}]
        elif name == "content" and isinstance(piece, list):
            for field, kind in (("content", "text"), (_THOUGHTS[0], "thinking")):
                message[field] = message.get(field, "") + _words(piece, kind)
        elif isinstance(piece, str):
            message[name] = piece if name == "role" else message.get(name, "") + piece


def _words(content: Any, kind: str = "text") -> str:
    """Return a content's words; where it is a list of parts, as Mistral's, those of this kind: text, or thinking."""
    if isinstance(content, list):
        parts = [part.get(kind) for part in content if isinstance(part, dict)]
        return "".join(part if isinstance(part, str) else _words(part) for part in parts)
    return content if isinstance(content, str) and kind == "text" else ""


def _call(calls: Any) -> str:
    """Return what the first tool is called with."""
    first = calls[0] if isinstance(calls, list) and calls and isinstance(calls[0], dict) else {}
    given = first.get("function") if not first.get("index") else None
    arguments = given.get("arguments") if isinstance(given, dict) else None
    return arguments if isinstance(arguments, str) else ""
