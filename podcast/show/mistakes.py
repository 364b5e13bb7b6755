"""What is wrong with a value that a person wrote, in a person's words: no rule of the checker's own reaches them."""

import difflib
from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

_FORMS: Mapping[str, str] = MappingProxyType(
    {
        r"^[A-Z]$": "a host's key is wanted, one capital letter such as A",
        r"^[a-z0-9][a-z0-9-]*$": "small letters, digits and hyphens are wanted",
        r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$": "a language's code is wanted, such as en, de or pt-BR",
        r"^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$": "a language's code is wanted, such as en, de or pt-BR",
        r"^[^\x00-\x1f]+$": "the name of a file is wanted",
        r"^$|^[^\s@]+@[^\s@]+$": "an address for mail is wanted, such as show@example.org",
    }
)
"""What a pattern asks for. A test holds every pattern of the settings and the schema to stand here."""

_TOLD: Mapping[str, str] = MappingProxyType(
    {
        "missing": "is missing",
        "string_too_short": "must not be empty",
        "string_too_long": "may have {max_length} letters at most",
        "greater_than_equal": "must be at least {ge}, and is {given}",
        "greater_than": "must be more than {gt}, and is {given}",
        "less_than_equal": "must be at most {le}, and is {given}",
        "less_than": "must be less than {lt}, and is {given}",
        "too_short": "wants at least {min_length}",
        "too_long": "takes at most {max_length}",
        "int_parsing": "must be a whole number, and is {given}",
        "int_type": "must be a whole number, and is {given}",
        "int_from_float": "must be a whole number, and is {given}",
        "float_parsing": "must be a number, and is {given}",
        "float_type": "must be a number, and is {given}",
        "finite_number": "must be a number, and is {given}",
        "bool_parsing": "must be true or false, and is {given}",
        "bool_type": "must be true or false, and is {given}",
        "string_type": "must be text in quotes, and is {given}",
        "tuple_type": "must be a list in [brackets], and is {given}",
        "list_type": "must be a list in [brackets], and is {given}",
        "dict_type": "must be a table of names and values, and is {given}",
        "model_type": "must be a table of names and values, and is {given}",
        "model_attributes_type": "must be a table of names and values, and is {given}",
    }
)
"""What the kinds of errors of pydantic say (docs.pydantic.dev/latest/errors/validation_errors); others "cannot be"."""

_SHOWN = 40
"""Letters of a wrong value that are repeated."""


def said(problem: Mapping[str, Any], known: Collection[str] = ()) -> str:
    """Return what is wrong, of an entry of ValidationError.errors(); `known` are the names that may stand there.

    A value is repeated only where it is a number, a choice or a word of a fixed form: others may hold a secret.
    """
    kind, context = str(problem["type"]), problem.get("ctx") or {}
    given = shown(problem.get("input"))
    if kind == "value_error":
        return str(context.get("error", "cannot be"))
    if kind == "extra_forbidden":
        return f"there is no such setting{meant(str(problem['loc'][-1]), known)}"
    if kind in ("tuple_type", "list_type") and problem["loc"] == ("hosts",) and isinstance(problem.get("input"), dict):
        return "is a list of tables: write [[hosts]], with two brackets, before each"
    if kind in ("literal_error", "enum"):
        expected = str(context.get("expected", ""))
        choices = [each.strip("' ") or '""' for each in expected.replace(" or ", ", ").split(",")]
        return f"{given} is none of {', '.join(choices)}{meant(str(problem.get('input')), choices)}"
    if kind == "string_pattern_mismatch":
        return f"{_FORMS.get(str(context.get('pattern')), 'it has another form')}, and it is {given}"
    return _TOLD.get(kind, "cannot be {given}").format(**{**context, "given": given})


def meant(written: str, known: Collection[str]) -> str:
    """Return ": did you mean …?" for the known word that is nearest to what was written; "" where none is near."""
    found = nearest(written, known)
    return f": did you mean {found}?" if found else ""


def nearest(written: str, known: Collection[str]) -> str:
    """Return the known word that is nearest to what was written; "" where none is near."""
    near = difflib.get_close_matches(written.casefold(), [each.casefold() for each in known], n=1)
    return next((each for each in known if near and each.casefold() == near[0]), "")


def shown(value: object) -> str:
    """Return the value as a file of settings has it, cut where it is long."""
    text = {True: "true", False: "false"}[value] if isinstance(value, bool) else repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
