"""Pages, Markdown and PDFs become named sections of sentences; what is no paper is refused."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from services import FAILED_PAGE, latexml_page, markdown_page, pdf_file

from podcast.show.errors import SourceError
from podcast.show.schema import Document
from podcast.sources import latexml, markdown, originals, pdf
from podcast.sources.text import split_sentences

ID = "2509.00003"
GONE = ("cited work", "appendix text", "footnote", "Cell 123", "foo", "Doe,", "(,", "[1", "code()", "We thank")
"""What stands in the sources and in no document."""


def all_text(document: Document) -> str:
    return "\n".join(document.sentences())


@pytest.fixture(scope="module")
def page() -> Document:
    return latexml.read(ID, latexml_page(ID))


def test_page_sections(page: Document) -> None:
    """The page's sections are there by name, without their numbers, in order, subsections below theirs."""
    parts = [title for number in (1, 2, 3) for title in (f"Part {number}", f"Part {number}: Details", f"Part {number}")]
    assert [section.title for section in page.sections] == ["Abstract", *parts]


def test_page_terms(page: Document) -> None:
    """The licence and the category are those that the page shows."""
    assert (page.source, page.licence, page.category) == ("html", "CC BY 4.0", "cs.RO")


def test_page_formulas_stand_once(page: Document) -> None:
    """A formula, of which a page has three forms, stands once, as TeX between dollars."""
    assert "It takes $O(n\\log n)$ weighings." in page.sentences()
    assert all_text(page).count(r"O(n\log n)") == 1
    assert all_text(page).count("$w_{2}=5$") == 1


def test_page_sentence_goes_on_around_a_formula(page: Document) -> None:
    """A formula on a line of its own belongs to its sentence; the comma that closes it stands outside."""
    assert r"The weight of a heap is $W=\sum_{i}w_{i}$, where the sum runs over its pebbles." in page.sentences()


def test_page_citations(page: Document) -> None:
    """A citation goes without leaving a gap; names that are a part of the sentence stay."""
    assert "Heaps are sorted by weight." in page.sentences()
    assert "Roe et al. sort by size." in page.sentences()


def test_page_captions(page: Document) -> None:
    """Of a table its caption stays."""
    assert page.sentences().count("Weighings of each sorter.") == 3


@pytest.mark.parametrize(
    "document",
    [latexml.read(ID, latexml_page(ID)), markdown.read(ID, markdown_page()), pdf.read(ID, pdf_file())],
    ids=["html", "markdown", "pdf"],
)
def test_nothing_but_the_text(document: Document) -> None:
    """References, notes, tables, code and appendix are in no document, and every sentence ends as sentences do."""
    assert not [word for word in GONE if word in all_text(document)]
    assert all(re.search(r"[.!?][\"')\]]*$", sentence) for sentence in document.sentences())
    assert len(document.sections) >= 2


@pytest.mark.parametrize(
    "body",
    [FAILED_PAGE, b"", b"\x00\xff", b"<div>" * 50_000, b"<section class='ltx_section'>" * 2_000,
     b"<html><body>Not found</body></html>", latexml_page(ID, sections=0),
     latexml_page(ID, sections=2, paragraphs=1)],
)  # fmt: skip
def test_failed_page_is_refused(body: bytes) -> None:
    """A failed conversion that is served as a page, another page, and a stub are refused, naming the paper."""
    with pytest.raises(SourceError, match=ID):
        latexml.read(ID, body)


@pytest.mark.parametrize("body", [b"", b"<!doctype html><p>hello</p>", b"# Title\n\nShort.", b"\xff" * 9000])
def test_failed_markdown_is_refused(body: bytes) -> None:
    """A web page, and too little text for a paper, are no Markdown of one."""
    with pytest.raises(SourceError, match=ID):
        markdown.read(ID, body)


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"%PDF-1.4 nothing", pdf_file()[:900], pdf_file().replace(b"Tj", b"xx")]
)
def test_failed_pdf_is_refused(body: bytes) -> None:
    """What is no PDF, a broken one, and one without text are refused."""
    with pytest.raises(SourceError, match=ID):
        pdf.read(ID, body)


def test_pdf_is_running_text() -> None:
    """Broken words are whole, compounds keep their hyphen, and heads, page numbers and arXiv's stamp are gone."""
    document = pdf.read(ID, pdf_file())
    text = all_text(document)
    assert [section.title for section in document.sections] == ["Introduction", "Method"]
    assert "it keeps the heavier one, which is a well-known way of sorting." in text
    assert "It is well-known that heaps grow." in text
    assert "Preprint" not in text
    assert "arXiv" not in text
    assert len(document.sentences()) == 120


def test_pdf_with_roman_headings_has_sections() -> None:
    """As IEEE's journals number them: what follows the abstract is none of it."""
    document = pdf.read(ID, pdf_file(("Abstract", "I. INTRODUCTION"), "II. THE METHOD"))
    assert [section.title for section in document.sections] == ["Abstract", "Introduction", "The method"]
    assert "I." not in document.sections[0].sentences[-1]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("the state-of-the-", "art method"), "the state-of-the-art method"),
        (("an out-of-the-", "box one"), "an out-of-the-box one"),
        (("it is state-", "of-the-art"), "it is state-of-the-art"),
        (("a well-", "known art, known to all"), "a well-known art, known to all"),
        (("zero-", "shot and one-shot, a shot"), "zero-shot and one-shot, a shot"),
        (("fine-", "tuned; others are fine-tuned"), "fine-tuned; others are fine-tuned"),
        (("the top-", "k words"), "the top-k words"),
        (("the heav-", "ier one"), "the heavier one"),
        (("the out-", "put is put out"), "the output is put out"),
        (("with-", "out an out"), "without an out"),
        (("over-", "fitting, a fitting over all"), "overfitting, a fitting over all"),
        (("pre-", "training; pretraining helps"), "pretraining; pretraining helps"),
        (("GPT-", "4 and Llama-", "Guard"), "GPT-4 and Llama-Guard"),
    ],
)
def test_a_hyphen_at_a_lines_end_is_the_words_own_or_goes(lines: tuple[str, ...], text: str) -> None:
    """A compound keeps its hyphen, a broken word is whole: by what the paper writes elsewhere, else by its parts."""
    found = pdf.read(ID, pdf_file(("1 Introduction",), "2 Method", own=lines))
    assert text in " ".join(found.sentences())


def test_markdown_is_running_text() -> None:
    """Marks of emphasis and citations are gone, headings name the sections."""
    document = markdown.read(ID, markdown_page())
    assert [section.title for section in document.sections] == ["Abstract", "Part 1", "Part 2", "Part 3", "Part 4"]
    assert "It is fast." in document.sentences()


BLOCKS = {
    "a year at a line's beginning": ("It was built in\n1998. It holds.", ["It was built in 1998.", "It holds."]),
    "signs at a line's beginning": (
        "We hold\n|m| below p\n< 0.05 or\n> 1 here.",
        ["We hold |m| below p < 0.05 or > 1 here."],
    ),
    "items": ("We do this:\n1. We weigh.\n2. We sort,\n   twice.", ["We do this:", "We weigh.", "We sort, twice."]),
    "a list of years": ("1998. It is old.\n1999. It is new.", ["It is old.", "It is new."]),
    "a quotation": ("> [!NOTE]\n> It holds,\n> and it is so.\n>\n> It ends.", ["It holds, and it is so.", "It ends."]),
    "a table": ("It holds.\n\nTray | Mass\n---- | ----\nCell | 123\n\nIt is so.", ["It holds.", "It is so."]),
    "a table behind text": ("It holds.\n| a | b |\n|---|---|\n| Cell | 123 |\n\nIt is so.", ["It holds.", "It is so."]),
    "a table of Pandoc's": (
        "  Tray   Mass\n------- ------\n Cell   123\n\nTable: Cell 123.\n\nIt is so.",
        ["It is so."],
    ),
    "captions": ("![](a.png)\n**Figure 1:** Cell 123.\n\nTable 2. Cell 123.\n\nFigure 1 tells.", ["Figure 1 tells."]),
    "notes": (
        "It holds[^n].\n\n[^n]: A footnote text.\n    Cell 123.\n\n    Cell 123.\n\nIt is so.",
        ["It holds.", "It is so."],
    ),
    "boxes": ("::: {.callout-note}\nIt holds.\n:::\nIt is so.", ["It holds.", "It is so."]),
    "elements": (
        "<div>\nIt holds.\n</div>\n<span id='a'></span>It is so.\n<table>\n<tr><td>\nCell 123",
        ["It holds.", "It is so."],
    ),
    "a title of two lines": ("A part of\nits own\n-------\n\nIt is so.", ["It is so."]),
    "a line across": ("It holds.\n---\nIt is so.", ["It holds.", "It is so."]),
    "code": ("It holds.\n```\nCell 123\n```\nIt is so.", ["It holds.", "It is so."]),
    "a formula of several lines": (
        "It is\n\\begin{equation}\n-x\n= 1\n\\end{equation}\nfor all.",
        ["It is $-x = 1$ for all."],
    ),
}


@pytest.mark.parametrize(("text", "sentences"), BLOCKS.values(), ids=BLOCKS)
def test_markdown_is_cut_into_blocks_first(text: str, sentences: list[str]) -> None:
    """What a line is depends on the block that it stands in: of a paragraph no line is lost."""
    page = f"# Sorting\n\n## Begin\n\nHere it is.\n\n{text}\n\n## End\n\nSo it is.\n"
    found = markdown.read(ID, page.encode(), sections=1, signs=1).sentences()
    assert list(found[1:-1]) == sentences


INLINE = {
    "Each $i<j$ is in $[0,1]$, so $f[x](y)$. It ends for $k>0$.": [
        "Each $i<j$ is in $[0,1]$, so $f[x](y)$.",
        "It ends for $k>0$.",
    ],
    r"Each \(i<j\) is $*$ or \[k*l\] here.": ["Each $i<j$ is $*$ or $k*l$ here."],
    "If a <b and c> d, the <think> token is <b>bold</b>.": ["If a <b and c> d, the <think> token is bold."],
    "It is 10<sup>6</sup> of _many_ `k_n_m` and a_b_c in [the code](https://a.example/b_(c)).": [
        "It is 10⁶ of many k_n_m and a_b_c in the code."
    ],
    "It is so [@doe:2017; @ray2019, pp. 3-4] and [12](#b12) and [[13](#b13)].": ["It is so."],
    "It is said by @ray2019 [p. 3]. See <https://a.example/b>.": ["See https://a.example/b."],
    r"The \[CLS\] token \(small\) is at \(n = 3\) of \(\alpha\), as shown \[3\].": [
        r"The [CLS] token (small) is at $n = 3$ of $\alpha$, as shown."
    ],
    "这一行\n被折断了，\n但是没有空格。": ["这一行被折断了，但是没有空格。"],
    r"It is \*so\* \[12\], at pass@1 of doe@a.example.": ["It is *so*, at pass@1 of doe@a.example."],
}


@pytest.mark.parametrize(("text", "sentences"), INLINE.items())
def test_markdown_leaves_formulas_and_signs(text: str, sentences: list[str]) -> None:
    """No formula is read as a tag, a link or a citation; what is one goes, whoever's Markdown it is."""
    page = f"# Sorting\n\nHere it is.\n\n{text}\n\n## End\n\nSo it is.\n"
    assert list(markdown.read(ID, page.encode(), sections=1, signs=1).sentences()[1:-1]) == sentences


@pytest.mark.parametrize(
    "text", ["**a " * 5000, "`" * 20_000, "|-" * 10_000 + "x", "| " * 10_000, f"a{' ' * 20_000}b (", "[12, 13] " * 2000]
)
def test_hostile_markdown_is_read_at_once(text: str) -> None:
    """Whatever is repeated without end takes no time to speak of."""
    begun = time.process_time()
    assert markdown.read(ID, f"# Piles\n\nWe sort.\n\n{text}\n".encode(), sections=1, signs=1)
    assert time.process_time() - begun < 1


def test_a_title_of_markdown_may_be_underlined() -> None:
    """The first heading is the title, by whatever mark."""
    assert originals.told(b"Sorting Pebbles\n===============\n\nAbstract\n--------\n").front.title == "Sorting Pebbles"


def test_markdown_ends_with_its_references() -> None:
    """Titles may be underlined; behind the references only methods are read, and no appendix by a letter."""
    page = (
        "Sorting\n=======\n\nIntro\n-----\n\nIt holds.\n\nReferences\n----------\n\nDoe. A cited work.\n\n"
        "# Methods\n\nWe sort.\n\n# A. Proof\n\nAn appendix text.\n"
    )
    found = markdown.read(ID, page.encode(), sections=1, signs=1)
    read = [(section.title, section.sentences) for section in found.sections]
    assert read[:1] == [("Intro", ("It holds.",))]
    assert read[1] == ("Methods", ("We sort.",))


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It is Doe et al.’s idea. Ray et al.'s is too.", ["It is Doe et al.’s idea.", "Ray et al.'s is too."]),
        ("A b. C d.", ["A b.", "C d."]),
        ("See Fig. 2 and Eq. 3. It, e.g. this, holds.", ["See Fig. 2 and Eq. 3.", "It, e.g. this, holds."]),
        ("Chen et al. Negative tuning does. Next.", ["Chen et al. Negative tuning does.", "Next."]),
        ("We take 1) this 2) that. Then more.", ["We take 1) this 2) that.", "Then more."]),
        ("It is $a.B=1.5$. Then $x!$ holds? Yes!", ["It is $a.B=1.5$.", "Then $x!$ holds?", "Yes!"]),
        ("It costs $5 and $6. Cheap.", ["It costs $5 and $6.", "Cheap."]),
        ("GPT-4.5 has 1.3B. LLaMA-3.1 vs. Qwen2.5 (0.5 vs. 0.7).", ["GPT-4.5 has 1.3B.",
                                                                   "LLaMA-3.1 vs. Qwen2.5 (0.5 vs. 0.7)."]),
        ('He said "no." She left.', ['He said "no."', "She left."]),
        ("We test NeX2Xt and others. It fits.", ["We test NeX2Xt and others.", "It fits."]),
        ("X0X is a name. X1X is too.", ["X0X is a name.", "X1X is too."]),
        ("", []),
    ],
)  # fmt: skip
def test_sentences_end_where_they_end(text: str, sentences: list[str]) -> None:
    """Abbreviations, formulas, numbers and lists do not end a sentence."""
    assert list(split_sentences(text)) == sentences


SENTENCES = (Path(__file__).parent / "sentences.txt").read_text().splitlines()
"""Texts with a bar where a sentence ends, by two hands: abbreviations, letters that name things, lists, formulas."""


@pytest.mark.parametrize("text", SENTENCES)
def test_sentences_of_papers_end_where_they_end(text: str) -> None:
    """Each text is cut at its bars and nowhere else."""
    assert list(split_sentences(text.replace("|", " "))) == text.split("|")


TONGUES = """Das gilt z. B. für kleine Modelle.|Es gilt u. a. auch für große, d. h. für alle.
Die Rate beträgt 0,5 bzw. 1,2 %.|Am 3. Mai 2024 endete der Versuch.|Im 19. Jahrhundert war es anders.
Vom 3. bis 5. Mai lief er.|Siehe Abb. 3 und Kap. 2 dort.|Das ist wenig.
„Es geht“, sagte er.|„Warum?“, fragte sie.|Es ist so.
Cela vaut p. ex. pour les petits modèles.|M. Dupont et Mme. Curie l'ont montré (cf. fig. 3, p. 12).
« Cela marche. »|Nous ne sommes pas d'accord.
El Sr. Pérez y la Dra. Gómez lo vieron (v. fig. 3).|Fue en 2020.
Мы используем модели, т. е. сети, и т. д. для задачи.|См. рис. 3 и табл. 2.|Они малы.
It draws 40 W.|The other draws 5 W.|It holds 3.5 L.|Is it full?
He lives in Washington D.C.|He works at M.I.T. on it.
First, we find A.|Second, we find B... and then C.|Third, we stop.
Let $f(x) = 0.5x.$|Then it is linear.|By $y.$|So it is.""".splitlines()
UNSPACED = """我们提出一种方法。|它很快。|效果如何？|准确率为91.2%。
他说：“这很好。”|我们同意（见图1）。
本研究では新しい手法を提案する。|精度は90.5%である。|「良い。」と言った。|ところで．|次に３．５である．""".splitlines()


@pytest.mark.parametrize("text", TONGUES)
def test_sentences_of_other_languages_end_where_they_end(text: str) -> None:
    """Abbreviations, ordinals and quotation marks are the language's own; units and capitals may end a sentence."""
    assert list(split_sentences(text.replace("|", " "))) == text.split("|")


@pytest.mark.parametrize("text", UNSPACED)
@pytest.mark.parametrize("gap", ["", " "])
def test_sentences_of_chinese_and_japanese_end_without_a_space(text: str, gap: str) -> None:
    """A full stop of its own width ends a sentence, with a space behind it and without."""
    assert list(split_sentences(text.replace("|", gap))) == text.split("|")


@example(":.!!")  # what pysbd alone would make ":." of
@settings(max_examples=150)
@given(st.text(alphabet="abA .!?:;$()\"'[]123é我。」X»", max_size=120))
def test_no_letter_is_lost(text: str) -> None:
    """Splitting loses and adds no sign but space."""
    assert "".join("".join(split_sentences(text)).split()) == "".join(text.split())


@pytest.mark.soak
@settings(max_examples=60)
@given(at=st.integers(0, len(pdf_file())), noise=st.binary(min_size=1, max_size=40))
def test_broken_pdf_never_crashes(at: int, noise: bytes) -> None:
    """A PDF with noise anywhere is read, or refused with the paper's name."""
    data = pdf_file()
    try:
        document = pdf.read(ID, data[:at] + noise + data[at + len(noise) :])
    except SourceError as error:
        message = str(error)
    else:
        message = document.paper_id
    assert ID in message


@pytest.mark.soak
@settings(max_examples=40)
@given(start=st.integers(0, 20_000), length=st.integers(0, 4_000), noise=st.binary(max_size=10))
def test_broken_page_never_crashes(start: int, length: int, noise: bytes) -> None:
    """A page with a hole anywhere is read, or refused with the paper's name."""
    data = latexml_page(ID)
    try:
        message = latexml.read(ID, data[:start] + noise + data[start + length :]).paper_id
    except SourceError as error:
        message = str(error)
    assert ID in message
