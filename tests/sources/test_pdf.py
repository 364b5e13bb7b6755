"""A PDF of any layout becomes the paper's own sentences, in its sections, and nothing else; and says whose it is."""

import difflib
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
import typeset
from hypothesis import given, settings
from hypothesis import strategies as st

from podcast.show.errors import SourceError
from podcast.show.schema import Document
from podcast.sources import front, headings, kinds, pdf
from podcast.sources.latexml import LEAST_SIGNS

ID = "2509.00003"


def wrong(paper: typeset.Paper, document: Document) -> float:
    """Return the share of words that were added, lost or changed."""
    true, got = " ".join(paper.sentences).split(), " ".join(document.sentences()).split()
    steps = difflib.SequenceMatcher(None, true, got, autojunk=False).get_opcodes()
    return sum(max(b - a, d - c) for what, a, b, c, d in steps if what != "equal") / len(true)


@pytest.fixture(scope="module", params=typeset.STYLES, ids=[style.name for style in typeset.STYLES])
def paper(request: pytest.FixtureRequest) -> typeset.Paper:
    return typeset.paper(request.param)


@pytest.fixture(scope="module")
def document(paper: typeset.Paper) -> Document:
    return pdf.read(ID, paper.data)


def test_words_are_the_papers(paper: typeset.Paper, document: Document) -> None:
    """At most 2 % of the words are wrong, and 95 % of the sentences are whole."""
    assert wrong(paper, document) <= 0.02
    there = set(document.sentences())
    assert sum(sentence in there for sentence in paper.sentences) >= 0.95 * len(paper.sentences)


def test_sections_are_the_papers(paper: typeset.Paper, document: Document) -> None:
    """Every heading is found, in order, and nothing that is none."""
    assert list(dict.fromkeys(section.title for section in document.sections)) == [name for name, _ in paper.sections]


def test_nothing_else_is_said(paper: typeset.Paper, document: Document) -> None:
    """No caption, cell, label, note, key word, reference, thanks, appendix or running head stands in the prose."""
    text = "\n".join(document.sentences())
    assert [word for word in (*paper.gone, "running", "Lindqvist et al", "example.org") if word in text] == []


def test_front_is_the_papers(paper: typeset.Paper) -> None:
    """Title, authors and abstract are found, under a journal's banner and side by side too."""
    found = front.of_pdf(paper.data)
    assert (found.title, found.authors) == (paper.title, paper.authors)
    assert found.abstract == " ".join(paper.sections[0][1])


def test_a_second_column_may_begin_with_a_heading() -> None:
    """The heading stands behind the first column, and the abstract is found."""
    data, abstract = typeset.opening()
    assert front.of_pdf(data).abstract == abstract
    assert [section.title for section in pdf.read(ID, data).sections] == ["Abstract", "Introduction", "Method"]


def test_sections_are_known_by_their_names_in_other_languages() -> None:
    """Usual headings, and lines of small letters, are known beyond English and its letters."""
    names = ("1 Введение", "Литература", "Résumé", "Zusammenfassung", "参考文献", "2. Результаты")
    assert [name for name in names if not headings.is_named(name)] == []
    assert kinds.PROSE.search("в опыте сортировщик переместил камни")


def test_ids_are_the_papers() -> None:
    """The arXiv id is that of the stamp beside the text, the DOI that of the first page; "" where there is none."""
    stamped, journal, bare = (typeset.paper(typeset.STYLES[at]) for at in (0, 5, 2))
    assert (front.of_pdf(stamped.data).arxiv, front.of_pdf(stamped.data).doi) == ("2509.01234", "")
    assert (front.of_pdf(journal.data).arxiv, front.of_pdf(journal.data).doi) == ("", "10.1234/pebble.2025.17")
    assert (front.of_pdf(bare.data).arxiv, front.of_pdf(bare.data).doi) == ("", "")


@pytest.mark.parametrize(
    ("drawn", "said"),
    [
        ("It takes 10^{−3} s for 5 cm^{2} and 10^{12} grains.", "It takes 10⁻³ s for 5 cm² and 10¹² grains."),
        ("The fold is (a + b)^{1/3} of all.", "The fold is (a + b)^(1/3) of all."),
        ("It is known^{3} and shown^{4,5} by others.^{6–8} It holds.", "It is known and shown by others. It holds."),
        ("We keep all in the interval [0, 1] as others do [3, 4].", "We keep all in the interval [0, 1] as others do."),
        ("It was the 5^{th} of 7 trials.", "It was the 5th of 7 trials."),
        ("Müller and Gödel state that x ± 3 ≤ 7 µm.", "Müller and Gödel state that x ± 3 ≤ 7 µm."),
    ],
)  # fmt: skip
def test_what_is_raised_cites_or_counts(drawn: str, said: str) -> None:
    """A power stays a power, a unit its square, an interval an interval; a citation goes. No figure is altered."""
    more = "The sorter never drops a pebble that it has weighed with care, however large the heap of pebbles may be."
    found = pdf.read(ID, typeset.page(f"{drawn} {more}", more, style=typeset.STYLES[7]))
    assert " ".join(found.sentences()).startswith(said)


def numbers(text: str) -> list[str]:
    return re.findall(r"\d+(?:[.,]\d+)*", text)


def test_no_figure_is_altered(paper: typeset.Paper, document: Document) -> None:
    """The numbers of the prose are those of the paper, in its order, over lines, columns and pages."""
    assert numbers(" ".join(document.sentences())) == numbers(" ".join(paper.sentences))


@pytest.mark.soak
@settings(max_examples=25, deadline=None)
@given(style=st.sampled_from(typeset.STYLES), seed=st.integers(2, 10_000))
def test_every_number_stands_in_the_file(style: typeset.Style, seed: int) -> None:
    """Whatever is said, each number of it stands in the PDF's text as PDFium gives it; and most of it is right."""
    import pypdfium2

    paper = typeset.paper(style, seed)
    document = pdf.read(ID, paper.data)
    pages = pypdfium2.PdfDocument(paper.data)
    raw = "".join(pages[at].get_textpage().get_text_bounded() for at in range(len(pages)))
    there = set(numbers(re.sub(r"(?<=\d)[-–\ufffe\x02]?\s*\r?\n\s*(?=\d)", "", raw))) | set(numbers(raw))
    assert [number for number in numbers(" ".join(document.sentences())) if number not in there] == []
    assert wrong(paper, document) <= 0.06


def test_a_locked_file_is_said_as_such() -> None:
    """A file with a password is named as locked, with what opens it; one that anybody may read is read."""
    with pytest.raises(SourceError, match=f"{ID} is locked with a password") as refused:
        pdf.read(ID, typeset.page("We sort the pebbles of a beach by weight.", password="secret"))
    assert "qpdf --decrypt" in refused.value.hint


def test_a_scanned_file_is_said_as_such() -> None:
    """Pictures of pages are named as scanned, with what makes text of them."""
    with pytest.raises(SourceError, match=f"{ID} is scanned") as refused:
        pdf.read(ID, typeset.scan())
    assert "ocrmypdf" in refused.value.hint


def test_a_short_paper_is_read_unless_one_asks_for_more() -> None:
    """A page that a person named is a paper; what a day's list names has more text."""
    text = "The sorter never drops a pebble that it has weighed with care, however large the heap of pebbles may be."
    data = typeset.page(text, text)
    assert pdf.read(ID, data).sentences() == (text, text)
    with pytest.raises(SourceError, match="only 208 characters"):
        pdf.read(ID, data, least=LEAST_SIGNS)


@pytest.mark.long
def test_threads_read_one_at_a_time() -> None:
    """Files that are read at once are read as they are alone."""
    papers = [typeset.paper(style).data for style in typeset.STYLES[:4]]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda data: front.of_pdf(data), papers))
    assert together == [front.of_pdf(data) for data in papers]


LAID = [(1, 0, True), (2, 0, True), (3, 0, True), (1, 0, False), (0, 70, True), (1, -90, True)]


@pytest.mark.parametrize(("quarters", "by", "drawn"), LAID)
def test_a_page_is_read_as_it_lies_on_its_sheet(quarters: int, by: float, drawn: bool) -> None:
    """What stands upright is read, however its sheet is turned and wherever on it the page begins."""
    paper = typeset.paper(typeset.STYLES[0])
    data = typeset.laid(paper.data, quarters, by, drawn)
    assert pdf.read(ID, data) == pdf.read(ID, paper.data)
    assert front.of_pdf(data) == front.of_pdf(paper.data)


@dataclass(frozen=True)
class Unspaced:
    """A paper in a script without spaces: what it is called, the lines of each section, the sentences in them."""

    title: str
    lines: str
    names: str
    font: str
    said: str


CHINESE = Unspaced(
    "鹅卵石的研究",
    "我们研究鹅卵石如何按大小分类，并且|测量它们的重量。它们在冬天很慢。实验|使用了三种BERT模型。效果如何？很好。",
    "摘要|1 引言|2 我们的算法|参考文献",
    "STSong-Light",
    "我们研究鹅卵石如何按大小分类，并且测量它们的重量。|它们在冬天很慢。|实验使用了三种BERT模型。|效果如何？|很好。",
)
JAPANESE = Unspaced(
    "小石の研究",
    "本研究では小石を大きさで分ける。精度は|90.5%である。「これは良い。」と彼は言っ|た。冬にはとても遅い。",
    "概要|1 はじめに|2 小石の分類|参考文献",
    "HeiseiMin-W3",
    "本研究では小石を大きさで分ける。|精度は 90.5%である。|「これは良い。」と彼は言った。|冬にはとても遅い。",
)


@pytest.mark.parametrize("paper", [CHINESE, JAPANESE], ids=["Chinese", "Japanese"])
def test_signs_without_spaces_are_words(paper: Unspaced) -> None:
    """A paper in Chinese or Japanese has its sections, and its sentences end where they end."""
    names, lines = paper.names.split("|"), paper.lines.split("|")
    drawn = [f"# {paper.title}", *(line for name in names for line in (f"# {name}", *lines))]
    data = typeset.columns_of(drawn, paper.font)
    found = pdf.read(ID, data)
    assert [section.sentences for section in found.sections] == [tuple(paper.said.split("|"))] * 3
    assert [section.title for section in found.sections][1:] == [name[2:] for name in names[1:3]]
    assert front.of_pdf(data).title == paper.title


@pytest.mark.parametrize("gap", [6, 10, 16])
def test_numbers_of_lines_may_stand_behind_them(gap: float) -> None:
    """Numbers right of the lines are no part of them, nor of headings, however near they stand."""
    text = ["The sorter never drops a pebble that it has weighed with care,", "however large the whole heap may be."]
    lines = ["# Abstract", *text * 3, "# 1 Introduction", *text * 4, "# 2 Method", *text * 4]
    found = pdf.read(ID, typeset.columns_of(lines, "STSong-Light", numbers=gap))
    assert [section.title for section in found.sections] == ["Abstract", "Introduction", "Method"]
    assert set(found.sentences()) == {" ".join(text)}
