"""What an answer must look like: a model's JSON schema as servers take it, and the JSON in what a model said."""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, Field, JsonValue, ValidationError

T = TypeVar("T", bound=BaseModel)

_KEPT = ("type", "enum", "items", "properties", "anyOf", "minItems", "maxItems", "description")
_MOST_BRACES = 2000
"""Places where an object may begin; who writes more of them writes no answer."""

_OURS_ALONE = frozenset(
    {"string_too_short", "string_too_long", "string_pattern_mismatch", "value_error", "assertion_error"}
)
"""pydantic's names of what the schema does not tell the server."""


def schema(shape: type[BaseModel], *, bounded: bool = False) -> dict[str, JsonValue]:
    """Return the shape's JSON schema as every server takes it; `bounded`, with what `bounds` says, as most take it.

    It holds no reference, every property is required and none other is allowed; what only some servers know
    (patterns, lengths of strings, defaults) is left out, and is checked by `read` alone.
    """
    whole = shape.model_json_schema()
    definitions = whole.get("$defs", {})

    def plain(node: dict[str, Any]) -> dict[str, JsonValue]:
        if "$ref" in node:
            node = definitions[node["$ref"].rpartition("/")[2]] | {"description": node.get("description")}
        out: dict[str, Any] = {name: node[name] for name in _KEPT if node.get(name) is not None}
        if bounded:
            out |= node.get("bounds", {})
        if "const" in node:
            out["enum"] = [node["const"]]
        if "prefixItems" in node:
            raise TypeError(f"{shape.__name__}: a tuple of unlike things has no schema that every server takes")
        if "items" in out:
            out["items"] = plain(out["items"])
        if "anyOf" in out:
            out["anyOf"] = [plain(one) for one in out["anyOf"]]
        if out.get("type") == "integer":
            out |= _bounds(node)
        if out.get("type") == "object":
            out["properties"] = {name: plain(one) for name, one in node.get("properties", {}).items()}
            out |= {"required": list(out["properties"]), "additionalProperties": False}
        return out

    return plain(whole | {"description": None})  # a class's docstring is not for the model


def _bounds(node: dict[str, Any]) -> dict[str, int]:
    """Return an integer's bounds, both inclusive: not every server knows the others."""
    bounds = {}
    if "minimum" in node or "exclusiveMinimum" in node:
        bounds["minimum"] = node.get("minimum", node.get("exclusiveMinimum", 0) + 1)
    if "maximum" in node or "exclusiveMaximum" in node:
        bounds["maximum"] = node.get("maximum", node.get("exclusiveMaximum", 0) - 1)
    return bounds


def in_words(wanted: dict[str, JsonValue]) -> str:
    """Return what tells a model the schema, for servers that do not hold it to one."""
    return (
        "Answer with one JSON object and nothing else: no introduction, no code fence. Fill in this JSON schema; "
        f"do not repeat it:\n{json.dumps(wanted, ensure_ascii=False, separators=(',', ':'))}"
    )


def read(text: str, shape: type[T]) -> tuple[T | None, list[str], bool]:
    """Return what a model meant, or what is wrong with it in words, and whether its schema, too, says so.

    The object may stand in a code fence, amid prose, or after the thoughts of a model that thinks aloud; of several
    the longest that fits counts.
    """
    found: tuple[list[str], bool] | None = None
    for one in sorted(_objects(text.rpartition("</think>")[2]), key=len, reverse=True):
        try:
            return shape.model_validate_json(one), [], False
        except ValidationError as error:
            found = found or _problems(error)
    return None, *(found or (["there is no JSON object in it"], True))


def _objects(text: str) -> Iterator[str]:
    """Give the JSON objects that stand in the text."""
    decoder, end = json.JSONDecoder(), 0
    for brace in islice(re.finditer(r"\{", text), _MOST_BRACES):
        if brace.start() < end:
            continue
        try:
            _, end = decoder.raw_decode(text, brace.start())
        except (ValueError, RecursionError):
            continue
        yield text[brace.start() : end]


def _problems(error: ValidationError) -> tuple[list[str], bool]:
    found = error.errors(include_url=False, include_input=False)
    said = [f"{'.'.join(map(str, one['loc'])) or 'the object'}: {one['msg']}" for one in found]
    return said, any(one["type"] not in _OURS_ALONE for one in found)


def one_of(words: Iterable[str | int]) -> Any:
    """Return the type of a field that holds one of these words or numbers, and nothing else."""
    return Literal[tuple(words)]


def bounds(
    *, letters: int | None = None, least: int | None = None, most: int | None = None
) -> Any:  # fmt: skip
    """Return a field with the most letters of its text, or the fewest and most items of its list.

    They keep a small model from going on for ever. They are no part of the question: with them or without, it is the
    same, so that answers kept from before stay good; and where a server does not enforce them, code mends what is over.
    """
    named = {"maxLength": letters, "minItems": least, "maxItems": most}
    return Field(json_schema_extra={"bounds": {name: value for name, value in named.items() if value is not None}})


def many(one: Any) -> Any:
    """Return the type of a field that holds a list of such."""
    return list[one]
