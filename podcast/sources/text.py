"""Plain text out of what services give: clean lines, sentences, and documents of them."""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator

from podcast.show import formulas
from podcast.show.errors import SourceError
from podcast.show.schema import Document, Paper, PaperId, Section
from podcast.sources import prose
from podcast.sources.letters import unwrapped
from podcast.sources.sentences import split_sentences

_UNSEEN = frozenset("\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064"
                    "\u2066\u2067\u2068\u2069\ufeff")  # fmt: skip
"""Signs that show nothing, or make a line read otherwise than it is written."""
RAISED = str.maketrans("0123456789+-−–n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻ⁿ")
"""The raised sign of each that has one, by which a power stays one in plain text."""


def clean(text: object) -> object:
    """Return text as one line of plain prose; other values as they are."""
    return clean_text(text) if isinstance(text, str) else text


def clean_text(text: str) -> str:
    """Return the text as one line of plain prose: no control characters, no TeX escapes."""
    text = "".join(_sign(sign) for sign in unicodedata.normalize("NFC", text))
    text = formulas.around(text, lambda prose: prose.replace(r"\$", "$")) if r"\$" in text else text
    text = re.sub(r"\\([%&_#{}])", r"\1", text)
    text = re.sub(r"\{([,.])\}", r"\1", text)  # 131{,}072
    return re.sub(r"\s+", " ", text).strip()


def _sign(sign: str) -> str:
    if sign in _UNSEEN:
        return ""
    return " " if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") else sign


_GAPS = (
    (r"\(\s*(?:e\.g\.|i\.e\.|see|cf\.|[,;.&\s])*\s*\)|\[[\s,;]*\]", ""),  # what was cited is gone
    (r"\s+(?=[,;.:!?)\]](?!\w))", ""),
    (r"(?<=[(\[])\s+", ""),
    (r"[,;]\s*(?=\))", ""),
    (r",(?:\s*,)+", ","),
    (r"\s+", " "),
)


def mend(text: str) -> str:
    """Return the text without the gaps that dropped citations leave: "(GQA )", "shown in [, ]"."""
    for pattern, instead in _GAPS:
        text = re.sub(pattern, instead, text)
    return text.strip()


def document(
    paper_id: PaperId,
    source: str,
    paragraphs: Iterable[tuple[str, str]],
    licence: str | None = None,
    category: str | None = None,
) -> Document:
    """Return a document of (section title, paragraph) pairs; neighbours of one title are one section."""
    return Document(
        paper_id=paper_id,
        source=source,
        licence=licence,
        category=category,
        sections=tuple(_sections(paragraphs)),
    )


def _sections(paragraphs: Iterable[tuple[str, str]]) -> Iterator[Section]:
    for title, group in itertools.groupby(
        prose.opened(prose.in_one_language(prose.own(paragraphs))), key=lambda pair: pair[0]
    ):
        if sentences := tuple(sentence for _, text in group for sentence in _said(text)):
            yield Section(title=title, sentences=sentences)


def _said(text: str) -> Iterator[str]:
    """Yield the paragraph's sentences, as they may be said: what is no prose is left out of them, or they are."""
    filed = False
    for sentence in split_sentences(unwrapped(mend(clean_text(prose.resolved(prose.untexed(prose.unset(text))))))):
        filed = prose.is_of_keys(sentence) or (filed and len(sentence.split()) < 4)  # "Keywords: Pebbles. Heaps."
        aside = filed or prose.is_of_authors(sentence)
        if re.search(r"[^\W_]", sentence) and prose.LOST not in sentence and not aside:
            yield sentence


def abstract_document(paper: Paper, why: str = "") -> Document:
    """Return a document of one section: the abstract, split into sentences; `why` there is no more."""
    if not paper.summary:
        raise SourceError(
            f"paper {paper.id} has no abstract", "choose another paper, or lay its document beside the list"
        )
    section = Section(title="Abstract", sentences=split_sentences(paper.summary))
    return Document(paper_id=paper.id, source="abstract", why_abstract=why, sections=(section,))
