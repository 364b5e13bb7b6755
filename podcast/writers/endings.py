"""Why a model's answer ends, in the words of many servers."""

import re
from typing import Final

LOOP = "loop"
"""That we stopped it, since it said the same again and again."""

WHOLE, ROOM, FILTER, BROKEN = "whole", "room", "filter", "broken"

_WORDS: Final = {
    "length": ROOM, "max_tokens": ROOM, "max_output_tokens": ROOM, "max_completion_tokens": ROOM, "max_length": ROOM,
    "model_length": ROOM, "model_context_window_exceeded": ROOM,
    "content_filter": FILTER, "refusal": FILTER, "safety": FILTER, "recitation": FILTER, "prohibited_content": FILTER,
    "blocklist": FILTER, "spii": FILTER, "sensitive": FILTER,
    "error": BROKEN, "network_error": BROKEN, "insufficient_system_resource": BROKEN, "abort": BROKEN,
    "aborted": BROKEN, "cancelled": BROKEN, "canceled": BROKEN,
}  # fmt: skip
"""Of OpenAI, Gemini, Mistral, DeepSeek, GLM, Anthropic, vLLM and OpenRouter; any other is an end by itself."""


def kind(finish: object) -> str:
    """Return what the word that an answer ends with means, in whatever case and behind whatever prefix.

    >>> [kind(one) for one in ("stop", "FinishReason.MAX_TOKENS", "content_filter: PROHIBITED_CONTENT", "abort", None)]
    ['whole', 'room', 'filter', 'broken', 'whole']
    """
    words = [word.removeprefix("finish_reason_") for word in re.findall(r"[a-z_]+", str(finish).lower())]
    return next((_WORDS[word] for word in words if word in _WORDS), WHOLE)
