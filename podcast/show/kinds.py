"""What kind of refusal a server's error is, by its status, its codes and its words: a table, one row a kind.

>>> kind(400, *own({"message": "API key not valid. Please pass a valid API key.", "status": "INVALID_ARGUMENT"}))
'key'
>>> kind(400, *own({"message": "Wrong.", "code": "json_validate_failed", "failed_generation": "of context length"}))
'answer'
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from podcast.show import answers

ANSWER, LONG, NUMBER, CREDIT, FLAGGED = "answer", "long", "number", "credit", "flagged"
KEY, PLACE, UNLOADED, LOADING, FORBIDDEN = "key", "place", "unloaded", "loading", "forbidden"
STREAM, MODEL, OFTEN, TIMED_OUT, BUSY = "stream", "model", "often", "timed out", "busy"
FAILED, OUT, OTHER = "failed", "out", "other"
"""A failure that may be about what was asked; one that is not; a refusal in words that nobody here knows."""
PASSING: Final = frozenset({OFTEN, BUSY, FAILED, OUT, LOADING})
"""What may be otherwise when it is asked for again."""


@dataclass(frozen=True)
class Row:
    """A kind: statuses that alone say it, and those in which one of its codes or words does."""

    kind: str
    alone: frozenset[int]
    within: frozenset[int]
    codes: frozenset[str]
    words: re.Pattern[str]


def _row(kind: str, *words: str, within: Iterable[int] = (), codes: str = "", alone: Iterable[int] = ()) -> Row:
    found = re.compile("|".join(words) or r"(?!)", re.I)
    return Row(kind, frozenset(alone), frozenset(within), frozenset(codes.split()), found)


_ASKED = (400, 422)
"""How servers say that something is wrong with the request."""

_ANY = range(400, 600)

ROWS: Final = (
    # Groq: what the model wrote is not of the shape, and stands in failed_generation
    _row(ANSWER, r"generated json does not match", r"failed to (generate|validate) json(?! ?schema)",
         within=_ASKED, codes="json_validate_failed output_parse_failed"),
    # more than is let through within a minute will never come through: no status says that it passes
    _row(LONG, r"request too large for", r"must be reduced in order to run", r"request body too large",
         within=_ANY, codes="tokens_limit_reached", alone=[413]),
    _row(CREDIT, r"insufficient[ _](quota|balance|credits|funds)", r"exceeded your current quota",
         r"credit balance is too low", r"used all available credits", r"monthly spending limit",
         r"budget has been exceeded", r"exceeded ?budget", r"over budget", r"account is in good standing",
         r"free-models-per-day", r"余额不足", r"欠费", r"^(?!.*too many requests).*\bquota_exceeded\b",
         within=(400, 401, 403, 429), alone=[402],
         codes="insufficient_quota exceeded_current_quota_error 1113 budget_exceeded arrearage "
               "billing_hard_limit_reached billing_not_active insufficient_balance credit_balance_too_low"),
    # max_tokens alone is the subject: not the prompt, nor what both are together
    _row(NUMBER, r"^(?!.*(\binputs?\b|prompt|messages|context[ _](length|limit)))"
         r"(?=.*max_(completion_|output_)?tokens\b).*(too large|less than|range|at most|exceed|maximum|larger|greater)",
         within=_ASKED),
    _row(LONG, r"context[ _](length|size|window|limit)", r"contextwindowexceeded", r"maximum model length",
         r"(prompt|input|messages?) (is|are|was) too (long|large)", r"\b(prompt|input) too (long|large)",
         r"prompt exceeds max", r"maximum prompt length", r"range of input length", r"exceeded model token limit",
         r"too many (input )?tokens", r"reduce the length", r"input token count", r"max_new_tokens",
         r"tokens to keep from the initial prompt", r"context the overflows",
         within=(*_ASKED, 500), codes="context_length_exceeded exceed_context_size_error 1261"),
    # what is refused for what it says: of OpenRouter, OpenAI, Azure, xAI, DeepSeek, Qwen, Moonshot and GLM
    _row(FLAGGED, r"\b(input|prompt|content|request|messages?|text)\b.{0,60}\b(flagged|violat\w+ (\w+ )?"
         r"(usage|content|polic))", r"content[ _-]?(filter|polic|management polic|exists risk)",
         r"inappropriate content", r"(requires|content|failed|blocked by) moderation", r"safety system", r"敏感",
         within=(400, 403), codes="content_filter content_policy_violation data_inspection_failed prohibited_content "
                                  "datainspectionfailed responsibleaipolicyviolation"),
    _row(KEY, r"\b(invalid|incorrect|wrong|missing|expired|no|bad) api.?key", r"api.?key.{0,30} (not|invalid|incorrect|"
         r"expired|missing|required)", within=[400], alone=[401],
         codes="invalid_api_key api_key_invalid authentication_error invalid_authentication_error"),
    _row(KEY, r"\bapi.?key", r"\bkey\b", r"credential", r"authenticat", r"unauthori[sz]ed", within=[403]),
    _row(FORBIDDEN, r"location is not supported", r"not (supported|available) in your (country|region|location)",
         r"organi[sz]ation must be verified", r"account (is|has been) (suspended|disabled|deactivated)",
         r"\bdata policy", r"privacy settings", within=(400, 404), alone=[403]),
    _row(LOADING, r"loading (the )?model", r"model\b.{0,80}\bloading", within=[503]),
    _row(UNLOADED, r"no models? (is |are )?(currently )?loaded", within=(400, 404, 422)),
    _row(PLACE, r"\bv1/(responses|completions|embeddings)\b", r"not a chat model", r"method not allowed",
         within=(400, 404), alone=[405]),
    _row(STREAM, r"only supports? (the )?stream", r"non-streaming call", r"非流式", r"stream=false",
         r"stream must be (set to )?true",
         r"non-?stream(ing)? .{0,20}not supported", within=_ASKED),
    _row(MODEL, r"invalid model\b", r"invalid model name", r"\bmodel.{0,80} (not exist|does not exist|not found)",
         r"not a valid model", r"unknown model\b", r"llm provider not provided",
         within=_ASKED, alone=[404], codes="model_not_found"),
    _row(OFTEN, alone=[429]),
    _row(TIMED_OUT, alone=[408, 504, 524]),  # of a server, or of a proxy before it: the last is Cloudflare's
    _row(BUSY, alone=[409, 425, 498]),  # Groq's: no room in this tier now
    _row(FAILED, alone=[500, 501]),
    _row(OUT, alone=range(502, 600)),  # from 502 on it is not about what was asked
)  # fmt: skip
"""The first that fits is the kind."""

_OF_A_PARAMETER = re.compile(
    r"response_format|json_schema|temperature|stream_options|_tokens\b|utf-?8|invalid model|model name", re.I
)
"""What is refused for how it was asked, though it may name a filter of what is said, a key or an address."""
_NOT_OF_A_PARAMETER: Final = frozenset({FLAGGED, KEY, PLACE})
"""Kinds that such words do not make, whatever they name."""
_WRITTEN = "failed_generation"
"""The field in which a server has what its model wrote: that it is there stands for a code."""

_SAID = frozenset({
    "message", "detail", "details", "msg", "param", "loc", "errors", "violations", "quotaid", "retrydelay",
    "error", "description", "error_msg", "errormessage", "error_description", "title",
})  # fmt: skip
_CODES = frozenset({"code", "type", "status", "reason", "innererror"})
_BLAMES = frozenset({"param", "loc"})
_NAMED = frozenset({"retrydelay"})
"""Fields whose text says nothing without their name."""
_DEEP, _MOST = 6, 4000
"""Levels of an error that are read; characters of it."""
_ECHO = re.compile(r"""['"]input['"] ?:|\binput_value=""")
"""Behind this a validator puts what it was sent, in words of its own as well (vLLM)."""


def own(error: object) -> tuple[str, frozenset[str]]:
    """Return a server's own words in an error, and its codes in small letters: nothing that it was sent, or that its
    model wrote, which may speak of anything.

    >>> own({"detail": [{"loc": ["body", "top"], "msg": "Extra inputs", "input": "the temperature"}]})[0]
    'body top Extra inputs'
    """
    found = list(_pieces(error, "message", _DEEP))
    words = " ".join(piece for name, piece in found if name not in _CODES)
    codes = [piece for name, piece in found if name in _CODES]
    wrote = [_WRITTEN] if isinstance(error, dict) and error.get(_WRITTEN) else []
    return " ".join([words, *codes]).strip()[:_MOST], frozenset(code.lower() for code in (*codes, *wrote))


def blamed(error: object) -> str:
    """Return the names of the parameters that an error says it is about.

    >>> blamed({"detail": [{"loc": ["body", "voice"], "msg": "Input should be 'nova'"}]}), blamed("voice")
    ('body voice', '')
    """
    return " ".join(piece for name, piece in _pieces(error, "message", _DEEP) if name in _BLAMES)


def _pieces(value: object, name: str, deep: int) -> Iterator[tuple[str, str]]:
    """Give the texts of an error's known fields, each with its field's name."""
    if isinstance(value, str) and "<html" in value[:_MOST].lower():
        return  # a page of somebody before the server, which speaks of anything
    if isinstance(value, str):
        label = f"{name} " if name in _NAMED else ""
        yield name, label + " ".join(_ECHO.split(value, maxsplit=1)[0].split())
    elif isinstance(value, int) and name in _CODES:
        yield name, str(value)
    elif deep and isinstance(value, dict):
        for field, one in value.items():
            known = str(field).lower()
            if known == "metadata":
                yield from _pieces(opened(one.get("raw")) if isinstance(one, dict) else None, "message", deep - 1)
            elif known in _SAID | _CODES:
                yield from _pieces(one, known, deep - 1)
    elif deep and isinstance(value, list):
        for one in value[:20]:
            yield from _pieces(one, name, deep - 1)


def opened(raw: object) -> Any:
    """Return the error in an answer's body, which may be JSON in a string."""
    try:
        body = json.loads(raw) if isinstance(raw, str) else raw
    except (ValueError, RecursionError):
        return raw
    return body.get("error") or body if isinstance(body, dict) else raw


def kind(status: int, words: str, codes: frozenset[str]) -> str:
    """Return the kind of an error of that status."""
    unsaid = _NOT_OF_A_PARAMETER if _OF_A_PARAMETER.search(words) else frozenset()
    if _WRITTEN not in codes:
        unsaid |= {ANSWER}  # without what the model wrote it is the schema that is refused
    for row in ROWS:
        if row.kind == CREDIT and status == 429 and answers.refills(words):
            continue  # a quota for a minute, as Gemini's
        said = row.codes & codes or (row.kind not in unsaid and row.words.search(words))
        if status in row.alone or (status in row.within and said):
            return row.kind
    return OTHER
