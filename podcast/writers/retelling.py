"""Retelling the heart of a brief in another language: nothing is added, no figure is lost, and it is that language."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, create_model

from podcast.grounding import notation
from podcast.show.iso639 import base
from podcast.show.schema import Usage
from podcast.show.settings import WriterSettings
from podcast.writers.chat import Ask, Chat
from podcast.writers.judging import copies
from podcast.writers.prompting import fence, language, messages, one_line, prompt
from podcast.writers.shapes import bounds
from podcast.writers.tongues import written_in

_MOST_TOKENS = 4096

_LETTERS = MappingProxyType({
    "zh": "CJK", "ja": "CJK|HIRAGANA|KATAKANA", "ko": "HANGUL", "ru": "CYRILLIC", "uk": "CYRILLIC", "ar": "ARABIC",
    "fa": "ARABIC", "hi": "DEVANAGARI", "el": "GREEK", "he": "HEBREW", "th": "THAI",
})  # fmt: skip
"""How the Unicode names of a language's letters begin, where it is not written in Latin ones."""


_LATIN = frozenset(
    {"en", "de", "fr", "es", "it", "pt", "nl", "pl", "tr", "sv", "da", "no", "fi", "cs", "ro", "vi", "id"}
)


def ask(told: Mapping[str, str], code: str, settings: WriterSettings) -> Ask[Any]:
    """Return what is asked: these statements, by field, in the language of that code."""
    notes = "\n".join(f"{field}: {one_line(text)}" for field, text in told.items())
    fields: dict[str, Any] = {field: (str, bounds(letters=200 + 3 * len(text))) for field, text in told.items()}
    shape: type[BaseModel] = create_model("Retold", **fields)
    system = prompt("retell", language=language(code))
    limit = min(_MOST_TOKENS, settings.max_tokens)
    return Ask(f"retell in {code}", messages(system, fence(notes)), shape, limit, heard=tuple(told))


def retell(
    chat: Chat, told: Mapping[str, str], code: str, settings: WriterSettings, drafts: Path, of: str = "en"
) -> tuple[dict[str, str], Usage]:  # fmt: skip
    """Return the statements, which are in the language `of`, in the language `code`, and what it took.

    Raises WriterError where no answer can stand.
    """
    asked = ask(told, code, settings)

    def check(said: BaseModel) -> Sequence[str]:
        texts = said.model_dump()
        judged = ((field, _problem(texts[field], source, code, of)) for field, source in told.items())
        found = [f"{field}: {problem}" for field, problem in judged if problem]
        if not found and not written_in(" ".join(texts.values()), code):
            found = [f"it is not written in {language(code)}"]
        twins = [(at, first) for at, first in copies(list(texts.values())) if not _alike(told, at, first)]
        return found + [f"{list(texts)[at]} says again what {list(texts)[first]} says" for at, first in twins]

    answer = chat.ask(asked, drafts, check)
    return {field: one_line(text) for field, text in answer.value.model_dump().items()}, answer.usage


def _alike(told: Mapping[str, str], at: int, first: int) -> bool:
    """Tell whether the notes at these places say the same themselves."""
    return any(True for _ in copies([list(told.values())[place] for place in (first, at)]))


def _problem(text: str, source: str, code: str, of: str = "en") -> str:
    """Return why the text is no retelling of the source, which is in the language `of`, or ""."""
    if not any(sign.isalnum() for sign in text):
        return "it is empty"
    here, there = _numbers(notation.plain(text, code)), _numbers(source if of == "en" else notation.plain(source, of))
    if here != there:
        here, there = _numbers(text), _numbers(source)  # copied as they stand, which is no less right
    if here - there:
        return f"{', '.join(sorted(map(str, here - there)))} does not stand in the note"
    if there - here:
        return f"{', '.join(sorted(map(str, there - here)))} of the note is missing; copy it in digits"
    letters = _LETTERS.get(code)
    if base(code) in _LATIN and not _mostly_latin(text):
        return f"it is not written in {language(code)}"
    if letters and not any(re.match(letters, unicodedata.name(sign, "")) for sign in text):
        return f"it is not written in {language(code)}"
    if not letters and one_line(text) == one_line(source):
        return f"it is the note itself, not {language(code)}"
    if letters and re.search(r"[a-z]+(?:[ ,]+[a-z]+){2,}", text):
        return f"a part of it is not {language(code)}: retell all of it"
    if letters:
        known = {name.casefold() for name in _names(source)}
        new = [name for name in _names(text) if name.casefold() not in known]
        if new:
            return f"{', '.join(new[:5])} does not stand in the note"
    return ""


def _mostly_latin(text: str) -> bool:
    letters = [sign for sign in text if sign.isalpha()]
    return 2 * sum(unicodedata.name(sign, "").startswith("LATIN") for sign in letters) >= len(letters)


def _numbers(text: str) -> set[Decimal]:
    """Return the numbers in digits, by value; a comma before three digits groups them, another is a decimal one."""
    found = re.findall(r"\d+(?:[.,]\d+)*", unicodedata.normalize("NFKC", text))
    return {_value(one) for one in found}


def _value(digits: str) -> Decimal:
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", digits):
        return Decimal(digits.replace(",", ""))
    head, *rest = re.split(r"[.,]", digits)
    return Decimal(f"{head}.{''.join(rest)}" if rest else head)


def _names(text: str) -> list[str]:
    """Return words in Latin letters that hold a capital or a digit: in another script they are names."""
    words = re.findall(r"[A-Za-z][A-Za-z0-9]*", unicodedata.normalize("NFKC", text))
    return [word for word in words if not word.islower()]
