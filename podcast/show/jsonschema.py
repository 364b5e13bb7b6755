"""The JSON Schemas of podcast.toml and of a voice's file, made of the classes that read them."""

import ast
import inspect
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from podcast.show import settings
from podcast.show.config import Config
from podcast.show.schema import Voice

DIALECT = "http://json-schema.org/draft-07/schema#"
"""What editors' TOML plug-ins read; nothing in the schemas is younger."""


def of_show() -> Mapping[str, Any]:
    """Return the schema of podcast.toml: every setting with what it means, its bounds and its default."""
    classes = [each for each in vars(settings).values() if inspect.isclass(each) and issubclass(each, BaseModel)]
    return _explained(Config, {each.__name__: each for each in classes}, "podcast.toml")


def of_voice() -> Mapping[str, Any]:
    """Return the schema of a voice's file, which need not say its name: the file is named after it."""
    schema = _explained(Voice, {}, "A voice")
    return {**schema, "required": [name for name in schema["required"] if name != "name"]}


def _explained(model: type[BaseModel], parts: Mapping[str, type[BaseModel]], title: str) -> dict[str, Any]:
    """Return the model's schema, in which each field is described by the docstring below it."""
    schema = model.model_json_schema()
    for name, part in (("", model), *parts.items()):
        fields = schema["properties"] if not name else schema.get("$defs", {}).get(name, {}).get("properties", {})
        for field, text in _docstrings(part):
            if field in fields:
                fields[field]["description"] = text
    return {"$schema": DIALECT, **schema, "title": title}


def _docstrings(model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    """Yield the fields of a class that have a docstring, and that."""
    body = ast.parse(textwrap.dedent(inspect.getsource(model))).body[0]
    assert isinstance(body, ast.ClassDef)
    for field, below in zip(body.body, body.body[1:], strict=False):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(below, ast.Expr)
            and isinstance(below.value, ast.Constant)
            and isinstance(below.value.value, str)
        ):
            yield field.target.id, inspect.cleandoc(below.value.value)
