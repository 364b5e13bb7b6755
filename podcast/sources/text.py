"""Plain text out of what services give: clean lines, sentences, and the document of an abstract."""

import re
import unicodedata

from podcast.errors import SourceError
from podcast.schema import Document, Paper, Section


def clean(text: object) -> object:
    """Return text as one line of plain prose: no control characters, no TeX escapes; other values as they are."""
    if not isinstance(text, str):
        return text
    text = unicodedata.normalize("NFC", text)
    text = "".join(" " if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") else sign for sign in text)
    text = re.sub(r"\\([%&_$#{}])", r"\1", text)
    text = re.sub(r"\{([,.])\}", r"\1", text)  # 131{,}072
    return re.sub(r"\s+", " ", text).strip()


def split_sentences(text: str) -> tuple[str, ...]:
    """Return the text's sentences, each without surrounding space."""
    import pysbd

    return tuple(sentence.strip() for sentence in pysbd.Segmenter(language="en").segment(text) if sentence.strip())


def abstract_document(paper: Paper) -> Document:
    """Return a document of one section: the abstract, split into sentences."""
    if not paper.summary:
        raise SourceError(
            f"paper {paper.id} has no abstract", "choose another paper, or lay its document beside the list"
        )
    section = Section(title="Abstract", sentences=split_sentences(paper.summary))
    return Document(paper_id=paper.id, source="abstract", sections=(section,))
