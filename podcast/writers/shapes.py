"""What an answer must look like: a model's JSON schema as servers take it, and the JSON in what a model said."""

import ast
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, Field, JsonValue, ValidationError
from pydantic_core import from_json

T = TypeVar("T", bound=BaseModel)

_KEPT = ("type", "enum", "items", "properties", "anyOf", "minItems", "maxItems", "description")
_MOST_BRACES = 2000
"""Places where an object may begin; who writes more of them writes no answer."""

_THOUGHT = "</think>"
"""What ends the thoughts of a model that thinks aloud."""

_TEX = re.compile(
    r"\\(?:\\|"  # a backslash that is escaped, and stays so
    r"([A-Zac-eg-mo-qsv-z%_$&#{}()\[\],;:!|]"  # no escape of JSON
    r"|b(?=(?:eta|ar|egin|f|m|ig\w*|inom|ot|ullet|mod|oldsymbol|oxed|ecause|reve|ackslash|lack\w*)(?![^\W\d_]))"
    r"|f(?=(?:rac|orall|lat|rown|box|ootnote)(?![^\W\d_]))"
    r"|r(?=(?:ho|ight\w*|angle|brace|brack|ceil|floor|m|ef|oot|ule|vert)(?![^\W\d_]))"
    r"|u(?![0-9a-fA-F]{4})"
    r"|t(?=(?:heta|au|imes|ext\w*|frac|ilde|o|op|anh?|riangle\w*)(?![^\W\d_]))"
    r"|n(?=[ue][_^$=\\}\d])"  # else a line that begins with e or u
    r"|n(?=(?:abla|eq|eg|ot|otin|mid|leq|geq|earrow|exists|ewline|ormalsize|olimits|onumber)(?![^\W\d_]))))"
)
"""A backslash of TeX's in JSON, where it should be two: `\\alpha` is no JSON, `\\theta` a tab and "heta"."""
_NO_TEXT = re.compile("[\b\v](?=[A-Za-z])|\f(?=[a-z])")
"""What is left of TeX where an escape was read: signs that no text holds, before a letter."""
_BREAKS = re.compile("[\b\f\v]")
"""The same signs, where they are no more than a space."""

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

    The object may stand in a code fence, amid prose, or after the thoughts of a model that thinks aloud, or wholly
    among them; of several the longest that fits counts. It may be wrapped in one more object or in a string, or be the
    bare list, and be nearly JSON (a raw line break in a string, single quotes, a comma too many), as far as that means
    one thing.
    """
    found: tuple[list[str], bool] | None = None
    for stretch in _stretches(_escaped(_unquoted(text))):
        for one in _values(stretch):
            if any(map(_NO_TEXT.search, _strings(one))):
                found = found or (["a text holds a control character: write each backslash as two"], False)
                continue
            for value in _unwrapped(_spaced(one), shape):
                try:
                    return shape.model_validate_json(json.dumps(value)), [], False
                except ValidationError as error:
                    found = found or _problems(error)
    return None, *(found or (["there is no JSON object in it"], True))


def whole_items(text: str, shape: type[T]) -> T | None:
    """Return what stands whole in an answer that was cut, without those items of its lists that do not; else None."""
    for stretch in map(_folded, _stretches(_escaped(text))):
        end = stretch.rfind("}") + 1  # behind the last item that was ended
        if not end and not re.search(r"\[\s*\{", stretch):
            end = stretch.rfind(",")
        for brace in islice(re.finditer(r"\{", stretch[:end]), 3):
            try:
                value = _spaced(from_json(stretch[brace.start() : end], allow_partial=True))
            except ValueError:
                continue
            kept = _fitting(value, shape)
            if kept is not None and any(found for _, found in kept if isinstance(found, list | tuple)):
                return kept
    return None


def closed(text: str) -> bool:
    """Tell whether the answer is one object, and nothing but blanks behind it: whoever went on had no more to say.

    >>> closed('```json\\n{"a": 1}\\n```'), closed('{"a": 1}'), closed('{"a": [{"b": 1}  ')
    (True, False, False)
    """
    stretch = _stretches(_escaped(text))[0]
    first = next(_objects(stretch), None)
    if first is None or first[0] != stretch.find("{"):
        return False
    rest = stretch[first[1] :].replace("```", " ")
    return rest.isspace()


def _unquoted(text: str) -> str:
    """Return the text, or what it holds where it is a string as JSON writes one.

    >>> _unquoted('"{}"'), _unquoted('"a" and {}')
    ('{}', '"a" and {}')
    """
    try:
        held = json.loads(text) if text.lstrip().startswith('"') else text
    except ValueError:
        return text
    return str(held)


def _escaped(text: str) -> str:
    r"""Return the text with two backslashes for each that is TeX's and stands alone.

    >>> print(_escaped(r'{"a": "\theta \frac{1}{2} \alpha \\beta\n"}'))
    {"a": "\\theta \\frac{1}{2} \\alpha \\beta\n"}
    """
    return _TEX.sub(lambda found: f"\\\\{found[1]}" if found[1] else found[0], text)


def _strings(value: Any) -> Iterator[str]:
    """Give all texts in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


def _spaced(value: Any) -> Any:
    """Return the JSON value with a space for each sign that no text of it holds."""
    if isinstance(value, str):
        return _BREAKS.sub(" ", value)
    if isinstance(value, dict):
        return {name: _spaced(one) for name, one in value.items()}
    return [_spaced(one) for one in value] if isinstance(value, list) else value


def _stretches(text: str) -> Sequence[str]:
    """Return where an answer may stand, the likeliest first: behind a model's thoughts, among them, in the whole text.

    What ends thoughts is, within an object, a word of it: of a paper on models that think, say. In an object that was
    cut, or is no JSON, that cannot be seen: the answer may stand behind the first as well as behind the last.

    >>> _stretches('Hm.</think>{"a": "the </think> tag"}')[0]
    '{"a": "the </think> tag"}'
    """
    if _THOUGHT not in text:
        return (text,)
    inside = [(begin, end) for begin, end, _ in _objects(text)]
    ends = [mark.end() for mark in re.finditer(_THOUGHT, text) if not any(a < mark.start() < b for a, b in inside)]
    behind = [text[end:] for end in (*ends[-1:], *ends[:1])]
    return tuple(dict.fromkeys((*behind, *(text[:end] for end in ends[-1:]), text)))


def _fitting(value: Any, shape: type[T]) -> T | None:
    """Return the value without those items of its lists that do not fit; None where something else does not."""
    while True:
        try:
            return shape.model_validate(value)
        except ValidationError as error:
            places = {(one["loc"][0], one["loc"][1]) for one in error.errors() if len(one["loc"]) > 1}
            wrong = [(field, at) for field, at in places if isinstance(at, int)]
            if not wrong or len(wrong) < len(places) or any(len(one["loc"]) < 2 for one in error.errors()):
                return None
            for field, at in sorted(wrong, key=lambda place: place[1], reverse=True):
                del value[field][at]


def _values(text: str) -> Iterator[Any]:
    """Give the JSON objects that stand in the text, the longest first; where none does, what is nearly one."""
    found = list(_objects(text))
    yield from (value for _, _, value in sorted(found, key=lambda one: one[1] - one[0], reverse=True))
    for begin, close in ("[]", "{}"):  # a bare list, and what Python reads and JSON does not
        first, last = text.find(begin), text.rfind(close)
        if 0 <= first < last and (begin == "[" or not found):
            yield from _nearly(text[first : last + 1])


def _objects(text: str) -> Iterator[tuple[int, int, Any]]:
    """Give the outermost JSON objects that stand whole in the text, each with its beginning and its end."""
    decoder, end = json.JSONDecoder(strict=False), 0  # a raw line break in a string can only be one
    for brace in islice(re.finditer(r"\{", text), _MOST_BRACES):
        if brace.start() < end:
            continue
        try:
            value, end = decoder.raw_decode(text, brace.start())
        except (ValueError, RecursionError):
            continue
        yield brace.start(), end, value


def _nearly(text: str) -> Iterator[Any]:
    """Give the value that a text means with single quotes or a comma too many, as Python reads it; nothing where it is
    no such value, as where an apostrophe ends a string."""
    text = _folded(text).replace("\\/", "/")
    if re.search(r"""\\[^"'\\bfnrtu]""", text):
        return  # an escape that neither language has
    try:
        value = ast.literal_eval(text)
        json.dumps(value)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return
    yield value


def _folded(text: str) -> str:
    """Return the text with a space for each control character; outside of strings they mean nothing else."""
    return re.sub(r"[\x00-\x1f\ufeff]", " ", text)


def _unwrapped(value: Any, shape: type[BaseModel]) -> Iterator[Any]:
    """Give the value, then what it may wrap: the one object in it that has the shape's fields, or the one list."""
    fields = set(shape.model_fields)
    if isinstance(value, dict):
        yield value
        if not fields & value.keys():
            inside = [one for one in value.values() if isinstance(one, dict)]
            deeper = [two for one in inside for two in one.values() if isinstance(two, dict)]
            fitting = [one for one in (*inside, *deeper) if fields <= one.keys()]
            if len(fitting) == 1:
                yield fitting[0]
        lists = [one for one in value.values() if isinstance(one, list)]
        if len(fields) == 1 and len(value) == 1 and lists:
            yield {next(iter(fields)): lists[0]}
    elif isinstance(value, list) and len(fields) == 1:
        yield {next(iter(fields)): value}


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
