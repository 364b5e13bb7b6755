"""Plain text out of what services give: clean lines, sentences, and documents of them."""

import functools
import itertools
import re
import unicodedata
import warnings
from collections.abc import Callable, Iterable, Iterator
from types import ModuleType

from podcast.show.errors import SourceError
from podcast.show.schema import ArxivId, Document, Paper, Section

_UNSEEN = frozenset("\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064"
                    "\u2066\u2067\u2068\u2069\ufeff")  # fmt: skip
"""Signs that show nothing, or make a line read otherwise than it is written."""


def clean(text: object) -> object:
    """Return text as one line of plain prose; other values as they are."""
    return clean_text(text) if isinstance(text, str) else text


def clean_text(text: str) -> str:
    """Return the text as one line of plain prose: no control characters, no TeX escapes."""
    text = "".join(_sign(sign) for sign in unicodedata.normalize("NFC", text))
    text = re.sub(r"\\([%&_$#{}])", r"\1", text)
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


_SHORT = re.compile(
    r"(?:\b(?:Figs?|Eqs?|Eqn|Secs?|Tabs?|Refs?|Alg|Thm|Def|Prop|Lem|App|Nos?|vs|cf|resp|approx|ca|e\.g|i\.e|w\.r\.t|a\.k\.a)"
    r"|^(?:\S+ ){1,3}et al)\.$"
)
"""A piece that ends so is not at its sentence's end; "et al." is there only where nothing but names precede it."""
_ENDED = re.compile(r"[.!?…][\"'”’)\]]*$")


@functools.cache
def _pysbd() -> ModuleType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)  # its "\\s" from Python 3.12 on, where it is first compiled
        import pysbd
    module: ModuleType = pysbd
    return module


def split_sentences(text: str) -> tuple[str, ...]:
    """Return the text's sentences, each without surrounding space.

    Formulas between dollars are one word to the splitter. What it cuts where no sentence ends (after a colon, a
    semicolon, "Fig.") is joined again: all but the last end in a full stop, a question mark or an exclamation mark.
    """
    pysbd = _pysbd()

    formulas: list[str] = []

    def mask(found: re.Match[str]) -> str:
        formulas.append(found[0])
        return f"X{len(formulas) - 1}X"

    masked = re.sub(r"\$[^$]{1,2000}\$|X\d+X", mask, text)
    splitter = pysbd.Segmenter(language="en")
    sentences: list[str] = []
    for piece in (piece.strip() for stretch in _stretches(masked) for piece in _pieces(stretch, splitter.segment)):
        if sentences and (not _ENDED.search(sentences[-1]) or _SHORT.search(sentences[-1])):
            sentences[-1] = f"{sentences[-1]} {piece}".rstrip()
        elif piece:
            sentences.append(piece)
    return tuple(re.sub(r"X(\d+)X", lambda found: formulas[int(found[1])], sentence) for sentence in sentences)


def _pieces(stretch: str, segment: Callable[[str], list[str]]) -> list[str]:
    """Return the stretch cut into sentences, or whole where the splitter would lose signs of it, as of ":.!!"."""
    pieces = segment(stretch)
    return pieces if "".join("".join(pieces).split()) == "".join(stretch.split()) else [stretch]


_SURE_END = re.compile(r"[a-z]{4}[.!?]\s+(?=[A-Z])")


def _stretches(text: str) -> Iterator[str]:
    """Yield the text in stretches of some 3,000 signs, cut where a sentence surely ends: pysbd takes time by the
    square of the length. Where none ends, the cut is at a space, and is mended with the others."""
    start = 0
    while len(text) - start > 3000:
        sure = _SURE_END.search(text, start + 3000, start + 6000)
        end = sure.end() if sure else text.find(" ", start + 6000) + 1
        if end <= start:
            break
        yield text[start:end]
        start = end
    yield text[start:]


_BACK_MATTER = re.compile(
    r"(?:\d+(?:\.\d+)*\.?\s*|[A-Z]\.?\s+)?"
    r"(?:references?|bibliography|works cited|literature|acknowledge?ments?|author contributions|"
    r"(?:appendix|appendices|supplementary|supplemental|supplement)\b.*)\s*:?(?:: .*)?",
    re.IGNORECASE,
)


def is_back_matter(title: str) -> bool:
    """Tell whether a section of that title stands behind the paper's own text."""
    return _BACK_MATTER.fullmatch(title.strip()) is not None


def document(
    paper_id: ArxivId,
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
    for title, group in itertools.groupby(paragraphs, key=lambda pair: pair[0]):
        sentences = tuple(
            sentence
            for _, text in group
            for sentence in split_sentences(mend(clean_text(text)))
            if re.search(r"[^\W_]", sentence)
        )
        if sentences:
            yield Section(title=title, sentences=sentences)


def abstract_document(paper: Paper, why: str = "") -> Document:
    """Return a document of one section: the abstract, split into sentences; `why` there is no more."""
    if not paper.summary:
        raise SourceError(
            f"paper {paper.id} has no abstract", "choose another paper, or lay its document beside the list"
        )
    section = Section(title="Abstract", sentences=split_sentences(paper.summary))
    return Document(paper_id=paper.id, source="abstract", why_abstract=why, sections=(section,))
