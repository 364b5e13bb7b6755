"""What a file is, by its first bytes: names and headers often say otherwise.

>>> kind(b"%PDF-1.7 ..."), kind(b"<!doctype html><p>"), kind(b"# A title")
('pdf', 'html', 'markdown')
>>> unreadable(b"PK\\x03\\x04word/document.xml", "paper.docx")[0]
'is a Word document'
"""

import re
from typing import Literal

Kind = Literal["pdf", "html", "markdown"]
SUFFIXES: dict[Kind, str] = {"pdf": ".pdf", "html": ".html", "markdown": ".md"}

_BEFORE = rb"(?:\s|<\?(?:(?!\?>).)*\?>|<!--(?:(?!-->).)*-->)*"
"""What may stand before a page's first element."""
_EXPORT = "podcast reads PDF, HTML and Markdown: export it as PDF"
_OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (rb"\x89PNG|\xff\xd8\xff|GIF8|RIFF....WEBP|II\*\x00|MM\x00\*|BM", "is a picture",
     "podcast reads a text: PDF, HTML, Markdown"),
    (rb"PK\x03\x04.{0,4000}?word/", "is a Word document", _EXPORT),
    (rb"PK\x03\x04.{0,4000}?ppt/", "is a PowerPoint file", _EXPORT),
    (rb"PK\x03\x04.{0,200}?mimetypeapplication/epub", "is an e-book", _EXPORT),
    (rb"PK\x03\x04.{0,200}?mimetypeapplication/vnd\.oasis", "is a document of LibreOffice", _EXPORT),
    (rb"PK\x03\x04|\x1f\x8b|BZh|\xfd7zXZ|7z\xbc\xaf|Rar!", "is an archive", "unpack it, and name the PDF in it"),
    (rb"\xd0\xcf\x11\xe0", "is an old Office document", _EXPORT),
    (rb"\{\\rtf", "is an RTF document", _EXPORT),
    (rb"%!PS", "is PostScript", "make a PDF of it: ps2pdf"),
    (rb"ID3|\xff[\xfb\xf3\xf2]|fLaC|OggS|RIFF....WAVE", "is sound", "podcast reads a paper's text"),
    (rb"....ftyp|\x1aE\xdf\xa3", "is a film", "podcast reads a paper's text"),
    (rb"\s*\\documentclass|\s*(?:%[^\n]*\n\s*)+\\documentclass", "is LaTeX", "name the PDF that it makes"),
    (rb"\xef?\xbb?\xbf?\s*(?:<\?xml.{0,4000}?)?<article\s[^>]*(?:article-type|dtd-version|xmlns:)", "is JATS XML",
     "name the paper's PDF, its page, or its DOI"),
    (rb"\xef?\xbb?\xbf?\s*<\?xml(?!.{0,4000}?<(?i:!doctype html|html|head|body)\b)", "is XML, and no page of the web",
     "name the paper's PDF, its page, or its DOI"),
    (rb"\s*@(?:article|inproceedings|misc|book)\s*\{", "is BibTeX", "name the paper itself: its DOI, its address"),
)  # fmt: skip


def kind(data: bytes) -> Kind | None:
    """Return what can be read of it; None for what is none of these."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if any(re.match(pattern, data[:8192], re.DOTALL) for pattern, _, _ in _OTHERS) or b"\x00" in data[:8192]:
        return None
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if re.match(_BEFORE + rb"<(?:!doctype html|html|head|body)", head, re.I | re.S):
        return "html"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "markdown"


def unreadable(data: bytes, name: str) -> tuple[str, str] | None:
    """Return what the file is in place of a paper's text, and what helps; None where it can be read."""
    if not data.strip():
        return "is empty", "download or save it again"
    for pattern, told, hint in _OTHERS:
        if b"%PDF-" not in data[:1024] and re.match(pattern, data[:8192], re.DOTALL):
            return told, hint
    if name.casefold().endswith(".pdf") and kind(data) != "pdf":
        return (
            f"is no PDF, though it is called so: it is {'a web page' if kind(data) == 'html' else 'something else'}",
            ("download it again: many a site sends a page in place of the file"),
        )
    if name.casefold().endswith(".json"):
        return "is JSON", "a day's list goes behind --papers: podcast make DAY --papers FILE"
    if kind(data) is None:
        return "is no text that podcast knows", "it reads PDF, HTML and Markdown, in UTF-8"
    return None
