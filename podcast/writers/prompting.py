"""Prompts: files of `prompts/`, filled in; and what is data in them, fenced off from what is instruction."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from string import Template

from podcast.show import packaged
from podcast.show.iso639 import primary
from podcast.show.schema import Brief, Document, Paper
from podcast.writers.chat import Message

_LANGUAGES = {
    "en": "English", "zh": "Chinese", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian",
    "pt": "Portuguese", "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "pl": "Polish", "ru": "Russian",
    "tr": "Turkish", "ar": "Arabic", "hi": "Hindi",
}  # fmt: skip
_MOST_AUTHORS = 5
"""That a prompt names: nobody says more."""


def prompt(name: str, **values: object) -> str:
    """Return the prompt file of that name, with its `$names` filled in."""
    text = (packaged.folder("writers", "prompts") / f"{name}.md").read_text("utf-8")
    return Template(text).substitute({key: str(value) for key, value in values.items()}).strip()


def fingerprint() -> str:
    """Return 12 hex digits that change with any word of any prompt."""
    folder = packaged.folder("writers", "prompts")
    texts = sorted((file.name, file.read_text("utf-8")) for file in folder.iterdir())
    return hashlib.sha256(repr(texts).encode()).hexdigest()[:12]


def fence(text: str) -> str:
    """Return the text between two lines that it cannot hold: they are made of its own hash."""
    mark = hashlib.sha256(text.encode()).hexdigest()[:12]
    return f"<<<{mark}\n{text}\n{mark}>>>"


def one_line(text: str) -> str:
    """Return the text on one line, without control or format characters: it cannot look like two notes."""
    shown = "".join(" " if unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp") else sign for sign in text)
    return re.sub(r"\s+", " ", shown).strip()


def language(code: str) -> str:
    """Return the language's English name, or its code where we have none."""
    return _LANGUAGES.get(primary(code), f"the language with the code {code}")


def source(document: Document) -> tuple[str, str]:
    """Return what was read of a paper, as a prompt names it at first, and as it names it after that."""
    if document.source == "abstract":
        return "the abstract of the paper alone, and not the paper", "an abstract"
    if document.source == "demo":
        return "a description of the paper in other words, section by section, with its figures", "the description"
    return "the paper's own text", "the text"


def known(paper: Paper) -> str:
    """Return what a prompt says of the paper itself."""
    more = len(paper.authors) - _MOST_AUTHORS
    authors = ", ".join(paper.authors[:_MOST_AUTHORS]) + (f" and {more} more" if more > 0 else "")
    return f"{one_line(paper.title)}\nAuthors: {one_line(authors)}"


def notes(brief: Brief, document: Document, paths: Iterable[str], sentences: bool = True) -> str:
    """Return the claims at these paths, each with the sentences that carry it."""
    claims, text = brief.claims(), document.sentences()
    return "\n".join(
        "\n".join(
            (
                f"{path}: {one_line(claims[path].text)}",
                *(f"  [{n}] {one_line(text[n - 1])}" for n in claims[path].evidence if sentences),
            )
        )
        for path in paths
    )


def messages(system: str, *turns: str) -> tuple[Message, ...]:
    """Return a conversation: the system's words, then the turns, of which the user has the first and the last."""
    roles = ("user", "assistant")
    said = ({"role": roles[index % 2], "content": turn} for index, turn in enumerate(turns))
    return ({"role": "system", "content": system}, *said)
