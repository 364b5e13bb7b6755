"""What publishers' layouts put beside, above and before a paper's text is none of it; what they part is whole."""

import pytest
import typeset
from typeset import Put

from podcast.sources import front, headings, pdf
from podcast.sources.hyphens import Words, joined

ID = "2509.00003"
TITLE = Put(200, 80, "How Pebbles Are Sorted by Weight", 17, "bold")
NAMES = ("Ada Lindqvist", "Bertil Okonkwo", "Chiara de Santis")
AUTHORS = Put(200, 105, ", ".join(NAMES))
FIRST = """
The sorter lifts a pebble from the beach and weighs it with care before it is put down. It never drops one that
it has weighed, however large the heap of pebbles may be. We measure how long it takes for a heap of any size, and how
much of that time is lost with pebbles that are wet."""
SECOND = """
Wet pebbles are heavier than they seem, and the sorter must wait until they are dry. A warm wind helps it more
than the sun does, which the second of our tables shows for a whole year. Most of the heaps on the beach are sorted
before the evening, and the rest of them on the day after."""
THIRD = """
Long beaches have more pebbles, but they are not harder to sort than the short ones. The weight of a pebble says
little of its age, and nothing of its colour. We close with what remains to be weighed, and with a list of all beaches
that we know."""
FIRST, SECOND, THIRD = (" ".join(text.split()) for text in (FIRST, SECOND, THIRD))
STRIP = [
    "OPEN ACCESS",
    "Citation: Lindqvist A,",
    "Okonkwo B (2025) How",
    "pebbles are sorted.",
    "Editor: Ann Ray, Some",
    "College, Norway",
    "Received: May 3, 2025",
    "Copyright: the authors.",
    "Licensee of the beach,",
    "under its own terms",
]


def said(*pages: list[Put]) -> dict[str, str]:
    found = pdf.read(ID, typeset.put(*pages))
    return {section.title: " ".join(section.sentences) for section in found.sections}


def opened(x: float, width: float, y: float = 150) -> list[Put]:
    """Return an abstract and two sections, one below the other."""
    return [
        Put(x, y, "Abstract", 12, "bold"),
        Put(x, y + 16, FIRST, width=width),
        Put(x, y + 110, "1 Introduction", 12, "bold"),
        Put(x, y + 126, SECOND, width=width),
        Put(x, y + 220, "2 Method", 12, "bold"),
        Put(x, y + 236, THIRD, width=width),
    ]


TOLD = {"Abstract": FIRST, "Introduction": SECOND, "Method": THIRD}


@pytest.mark.parametrize(("strip", "text"), [(40, 200), (470, 60)], ids=["left", "right"])
def test_a_strip_beside_the_text_goes(strip: float, text: float) -> None:
    """What stands in smaller type in a margin is in no sentence, and names no author."""
    page = [TITLE, AUTHORS, *(Put(strip, 150 + 13 * at, line, 7) for at, line in enumerate(STRIP * 2))]
    page += opened(text, 370 if strip < text else 390)
    assert said(page) == TOLD
    found = front.of_pdf(typeset.put(page))
    assert (found.title, found.authors, found.abstract) == (TITLE.text, NAMES, FIRST)


@pytest.mark.parametrize("box", ["ARTICLE INFO", "ARTICLE HISTORY"])
def test_a_box_beside_the_abstract_goes(box: str) -> None:
    """An abstract beside a box in smaller type is whole, however short the box is."""
    lines = [box, "Received 3 May 2025", "Accepted 9 August 2025", "Available online"]
    page = [TITLE, AUTHORS, *(Put(60, 150 + 12 * at, line, 7) for at, line in enumerate(lines))]
    page += [Put(220, 150, "A B S T R A C T", 9), Put(220, 166, FIRST, 9, width=320)]
    page += opened(60, 490, 170)[2:]
    assert said(page) == TOLD
    assert front.of_pdf(typeset.put(page)).abstract == FIRST


@pytest.mark.parametrize("higher", [0.3, 0, -0.3, 3])
def test_columns_begin_at_nearly_one_height(higher: float) -> None:
    """A heading that opens the left column belongs to it, though it stands a little above the right column's text."""
    page = [TITLE, AUTHORS, Put(60, 150 - higher, "Abstract", 10, "bold"), Put(60, 162, FIRST, width=235)]
    page += [Put(60, 270, "1 Introduction", 10, "bold"), Put(60, 284, SECOND, width=235)]
    page += [Put(320, 150, THIRD, width=235)]
    assert said(page) == {"Abstract": FIRST, "Introduction": f"{SECOND} {THIRD}"}


def test_three_columns_are_read_one_after_the_other() -> None:
    """What stands in three columns is read down each."""
    page = [TITLE, AUTHORS]
    for at, (name, text) in enumerate((("Abstract", FIRST), ("1 Introduction", SECOND), ("2 Method", THIRD))):
        page += [Put(50 + 175 * at, 150, name, 11, "bold"), Put(50 + 175 * at, 165, text, 9, width=160)]
    assert said(page) == TOLD


COVER = """
This archive is a place for papers on pebbles of all kinds, whether they were published before or not. They may
come from schools and from workshops at home and abroad, and from any person who has sorted at least one heap. Whoever
takes a paper from it names those who wrote it, and hands it on to others under the terms that the archive has."""


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("again", [True, False])
def test_a_cover_is_not_the_paper(named: bool, again: bool) -> None:
    """Behind a repository's cover the paper begins at its title or at its abstract."""
    if not (named or again):
        return
    cover = [Put(80, 90, TITLE.text, 14, "bold"), Put(80, 120, "Author(s): Ada Lindqvist", 14)]
    cover += [Put(80, 300, " ".join(COVER.split()), width=440)]
    paper = ([TITLE, AUTHORS] if again else []) + opened(80, 440)
    assert said(cover, paper if named else [*paper[:2], *paper[3:]]) == TOLD
    assert front.of_pdf(typeset.put(cover, paper)).title == TITLE.text


@pytest.mark.parametrize("last", ["Summary", "5 Summary", "Summary. ", "Zusammenfassung"])
def test_what_closes_a_paper_makes_no_cover_of_it(last: str) -> None:
    """A letter without an introduction is whole, though its last section is called as an abstract."""
    first = [TITLE, AUTHORS, Put(60, 150, f"{SECOND} {FIRST}", width=490)]
    end = [Put(60, 200, f"{last}{THIRD}", width=490)] if last.endswith(" ") else [Put(60, 200, last, 12, "bold")]
    second = [Put(60, 80, "Trays in the field", 12, "bold"), Put(60, 96, SECOND, width=490), *end]
    second += [Put(60, 216, THIRD, width=490)]
    assert SECOND in "".join(said(first, second).values())
    assert f"{SECOND} {FIRST}" in said(first, second).values()


def test_a_structured_abstract_in_small_type_is_prose() -> None:
    """Under the heading Abstract, and a label that stands beside it, small lines are the abstract."""
    page = [TITLE, AUTHORS, Put(60, 150, "Abstract", 12, "bold"), Put(500, 160, "Open Access", 8)]
    page += [Put(60, 170, f"Background: {FIRST}", 9, width=490), Put(60, 215, "Keywords: heaps", 9)]
    page += opened(60, 490, 160)[2:]
    assert said(page)["Abstract"] == f"Background: {FIRST}"


def test_concepts_below_their_heading_are_no_text() -> None:
    """What a paper is filed under is not read, though its name stands on a line of its own."""
    page = [TITLE, AUTHORS, *opened(60, 490)[:2], Put(60, 210, "CCS CONCEPTS", 10, "bold")]
    page += [
        Put(60, 224, "• Hardware → Sorting by the weight of pebbles; • Sand → Heaps of long beaches."),
        *opened(60, 490)[2:],
    ]
    assert said(page) == TOLD


@pytest.mark.parametrize(
    "columns", [3, pytest.param(2, marks=pytest.mark.long), pytest.param(4, marks=pytest.mark.long)]
)
def test_a_table_of_texts_is_no_text(columns: int) -> None:
    """Rows that begin at one height in all columns are cells, however much stands in each."""
    cells = [
        Put(
            60 + at * 490 / columns,
            100 + 72 * row,
            f"Cell {THIRD if at else FIRST[:100]}"[:110],
            9,
            "",
            475 / columns - 15,
        )
        for row in range(7)
        for at in range(columns)
    ]
    behind = [Put(60, 640, "3 Limits", 12, "bold"), Put(60, 656, SECOND, width=490)]
    found = said([TITLE, AUTHORS, *opened(60, 490)], [Put(60, 80, "Table 5: The beaches.", 9), *cells, *behind])
    assert found == {**TOLD, "Limits": SECOND}


BESIDE = {
    "bullets": ((60, "•"), (86, FIRST)),
    "speakers": ((60, "Ada:"), (130, SECOND)),
    "side headings": ((60, "The trays of it"), (180, SECOND)),
    "a grid": ((60, FIRST), (320, SECOND)),
    "speakers at their hour": ((60, "at ten"), (110, "said by Ada"), (200, SECOND)),
    "a grid of three": ((40, FIRST), (220, SECOND), (400, THIRD)),
}


@pytest.mark.long
@pytest.mark.parametrize("texts", BESIDE.values(), ids=BESIDE)
def test_what_is_set_like_a_table_is_read(texts: tuple[tuple[float, str], ...]) -> None:
    """Lists, interviews, glossaries, and prose on a grid are read, though all begins at one height."""
    ends = [x - 15 for x, _ in texts[1:]] + [570]
    rows = [
        Put(x, 80 + 105 * row, text if len(text) < 40 else f"Row {row} says this. {text}", 8, "", end - x)
        for row in range(6)
        for (x, text), end in zip(texts, ends, strict=True)
    ]
    read = " ".join(said([TITLE, AUTHORS, *opened(60, 490)], rows).values())
    assert all(read.count(text) >= 6 for _, text in texts if len(text) > 25), read


@pytest.mark.long
def test_text_below_a_lead_is_no_note() -> None:
    """Where each page begins in larger type, the rest of it is text: no mark says that it is notes."""
    pages = [[Put(60, 60, FIRST, 13), Put(60, 140, f"{SECOND} {THIRD} " * 3, width=490)] for _ in range(4)]
    assert " ".join(said(*pages).values()).count(SECOND) == 12


@pytest.mark.long
@pytest.mark.parametrize("lines", [60, 1])
def test_notes_may_be_longer_than_the_text(lines: int) -> None:
    """What stands below the text in smaller type is a note, though all notes together are longer, on every page."""

    def noted(*page: Put, first: int) -> list[Put]:
        notes = [f"^{{{at}}} {'A note tells of this at length, as those of the law do. ' * 8}" for at in range(7)]
        return [*page, *(Put(60, first + 60 * at, note, 7, "", 490) for at, note in enumerate(notes))]

    last = THIRD if lines > 1 else "So much for it."
    pages = [noted(TITLE, AUTHORS, *opened(60, 490)[:4], first=340)]
    pages += [noted(Put(60, 80, "2 Method", 12, "bold"), Put(60, 96, THIRD, width=490), first=180)]
    pages += [noted(Put(60, 80, each, width=490), first=180) for each in (FIRST, last)]
    assert said(*pages) == {**TOLD, "Method": f"{THIRD} {FIRST} {last}"}


@pytest.mark.parametrize("count", [1, 2, 3])
def test_few_lines_of_a_last_page_have_numbers_too(count: int) -> None:
    """Where a page's lines are numbered, those of a shorter page are."""
    first = [TITLE, AUTHORS, *(Put(100, one.y, one.text, one.size, one.look) for one in opened(60, 490)[:1])]
    lines = ["The sorter never drops a pebble that it has weighed with care,", "however large a heap of them may be."]
    first += [Put(100, 166 + 18 * at, lines[at % 2]) for at in range(12)]
    first += [Put(60, 166 + 18 * at, str(at + 1), 7) for at in range(12)]
    last = [Put(100, 80 + 18 * at, f"Line {at} is one of few.") for at in range(count)]
    last += [Put(60, 80 + 18 * at, str(at + 13), 7) for at in range(count)]
    text = " ".join([*lines * 6, *(f"Line {at} is one of few." for at in range(count))])
    assert said(first, last) == {"Abstract": text}


OTHER = "Le trieur soulève un galet de la plage et le pèse avec soin, et il ne laisse jamais tomber un galet du tas."
TWICE = {
    "headings": ("Résumé|Abstract", False),
    "headings, the paper's first": ("Abstract|Résumé", False),
    "words before it": ("Résumé|Abstract", True),
}


@pytest.mark.parametrize(("names", "within"), TWICE.values(), ids=TWICE)
def test_an_abstract_in_another_language_is_not_the_papers(names: str, within: bool) -> None:
    """Of two abstracts the one in the paper's language is its own, whichever stands first."""
    page = [TITLE, AUTHORS]
    for at, name in enumerate(names.split("|")):
        text, y = FIRST if name == "Abstract" else OTHER, 140 + 90 * at
        page += [Put(60, y, f"{name}. {text}", width=490)] if within else [Put(60, y, name, 12, "bold")]
        page += [] if within else [Put(60, y + 16, text, width=490)]
    page += [Put(one.x, one.y + 100, one.text, one.size, one.look, one.width) for one in opened(60, 490)[2:]]
    assert said(page) == TOLD
    assert front.of_pdf(typeset.put(page)).abstract == FIRST


STEPS = {
    "numbered": "Algorithm 1 Sorting of heaps|Input: heap h, scale s|1: t ← empty tray|2: for each pebble p in h do|"
    "3: w ← s.weigh(p)|4: if w > t.max then|5: put p on the tray|6: end if|7: end for|8: return the tray",
    "bare": "procedure SORT(h)|for all pebbles p in the heap h do|w ← WEIGH(p)|if w > limit then|move p to the tray|"
    "end if|end for|return the tray|end procedure",
}  # fmt: skip


NO_STEPS = {
    "assignments": "We write f:= g for each of all the trays, and then the rest of what is there is|set to the old "
    "h:= k, where k:= m of all the heaps of those that we do have on|the longest beach, and so x:= y for the sorter "
    "of the pebbles of which we say in|the second of our tables that it has them all.",
    "numbered": "|".join(f"{at}: The stone of beach {at} is heavier than the one before." for at in range(1, 7)),
    "loops": "what the sorter of the pebbles and of the heaps of them is meant to be able to do|on the long beaches of "
    "the north, and what all of the others on the short ones do|when it is noon there, and when it is night, and what "
    "the others say of it then|in the second of our tables.",
}  # fmt: skip


@pytest.mark.parametrize("lines", NO_STEPS.values(), ids=NO_STEPS)
def test_prose_with_signs_of_an_algorithm_is_read(lines: str) -> None:
    """Lines with ":=", those that end in "do" or "then", and numbered statements are prose where they read as it."""
    put = [Put(60, 450 + 12 * at, line) for at, line in enumerate(lines.split("|"))]
    assert said([TITLE, AUTHORS, *opened(60, 490), *put])["Method"] == f"{THIRD} {lines.replace('|', ' ')}"


@pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS)
def test_an_algorithm_is_no_text(steps: str) -> None:
    """The steps of an algorithm are not read, in whatever font; a list of what was done is."""
    lines = [Put(60, 450 + 13 * at, line) for at, line in enumerate(steps.split("|"))]
    listed = [Put(60, 650 + 13 * at, f"{at + 1}. We weigh a pebble, and then put it down.") for at in range(3)]
    found = said([TITLE, AUTHORS, *opened(60, 490), *lines, *listed])
    assert {**found, "Method": found["Method"].partition(" 1. We weigh")[0]} == TOLD
    assert found["Method"].count("We weigh a pebble, and then put it down.") == 3


AUTHORED = [
    ("João P. Silva, MD, Anke de Vries, PhD", ("João P. Silva", "Anke de Vries")),
    ("Ada Lindqvist (B), Bob Ray, and Cy Young", ("Ada Lindqvist", "Bob Ray", "Cy Young")),
    ("Lena Fischer^{*1} Omar Khaled^{*2} Priya Raghavan^{2}", ("Lena Fischer", "Omar Khaled", "Priya Raghavan")),
    ("LENA FISCHER, (Member, IEEE), AND PRIYA VAN DER BERG", ("Lena Fischer", "Priya van der Berg")),
    (
        "Ada Lindqvist^{a,*}, Bob Ray^{b}, Cy de la Cruz^{a} & Suresh",
        ("Ada Lindqvist", "Bob Ray", "Cy de la Cruz", "Suresh"),
    ),
    ("Ngugi wa Thiong’o and Ludwig von der Tann", ("Ngugi wa Thiong’o", "Ludwig von der Tann")),
    ("Ada Lindqvist^{1}, Bertil Okonkwo^{2,*} et Chiara de Santis^{1}", NAMES),
    ("University of Gravel, Long Beach, Sandy Bay", ()),
]


@pytest.mark.parametrize(("line", "names"), AUTHORED, ids=[line for line, _ in AUTHORED])
def test_marks_degrees_and_ranks_are_no_names(line: str, names: tuple[str, ...]) -> None:
    """Each name is found and nothing else, whatever stands behind it."""
    page = [TITLE, Put(60, 105, line), Put(60, 120, "Institute of Sand", 8), *opened(60, 490)]
    assert front.of_pdf(typeset.put(page)).authors == names


STACKED = [
    ("Ada Lindqvist^{∗}|Bob Ray|Cy Young", ("Ada Lindqvist", "Bob Ray", "Cy Young")),
    ("Ada Lindqvist, PhD|Bob Ray|Cy Young", ("Ada Lindqvist", "Bob Ray", "Cy Young")),
    ("Ada Lindqvist^{∗}|Stanford|Bob Ray|Acme", ("Ada Lindqvist", "Bob Ray")),
    ("Ada Lindqvist^{1}, Bob|Ray^{2}, Cy Young", ("Ada Lindqvist", "Bob Ray", "Cy Young")),
    ("Ada Lindqvist, Bob Ray,|Cy Young and|Dee Moe", ("Ada Lindqvist", "Bob Ray", "Cy Young", "Dee Moe")),
]


@pytest.mark.parametrize(("lines", "names"), STACKED, ids=[lines for lines, _ in STACKED])
def test_names_in_lines_are_parted_where_lines_are(lines: str, names: tuple[str, ...]) -> None:
    """A name is one line's, but where the list goes on in the next."""
    page = [TITLE, *(Put(60, 105 + 13 * at, line) for at, line in enumerate(lines.split("|"))), *opened(60, 490, 180)]
    assert front.of_pdf(typeset.put(page)).authors == names


def test_names_beside_mails_are_the_authors() -> None:
    """Where each name has its mail on its line, what stands between names nobody."""
    page = [TITLE]
    for at, name in enumerate(NAMES):
        page += [Put(60, 100 + 24 * at, name, 10, "bold"), Put(420, 100 + 24 * at, f"a{at}@example.org")]
        page += [Put(60, 112 + 24 * at, "Sandy Bay", 10)]
    assert front.of_pdf(typeset.put([*page, *opened(60, 490, 190)])).authors == NAMES


DOIS = [
    (
        ["https://doi.org/10.1234/journal.pebble", ".1009876", "doi:10.1234/journal.pebble.1009876"],
        "10.1234/journal.pebble.1009876",
    ),
    (["The Supporting Information is free at", "https://doi.org/10.1234/x."], ""),
    (["https://doi.org/10.1234/pebble.17", "https://doi.org/10.1234/pebble.17.g001"], "10.1234/pebble.17"),
]


@pytest.mark.parametrize(("lines", "doi"), DOIS, ids=[doi for _, doi in DOIS])
def test_a_doi_is_whole_and_the_papers(lines: list[str], doi: str) -> None:
    """A line's end breaks no DOI that stands whole elsewhere; a figure's and a supplement's are not the paper's."""
    page = [TITLE, AUTHORS, *opened(60, 490), *(Put(60, 700 + 12 * at, line, 8) for at, line in enumerate(lines))]
    assert front.of_pdf(typeset.put(page)).doi == doi


BROKEN = [
    ("low-|paid", "low-paid"),
    ("high-|energy", "high-energy"),
    ("state-|space", "state-space"),
    ("multi-|step", "multi-step"),
    ("mixed-|effects", "mixed-effects"),
    ("held-|out", "held-out"),
    ("sea-|level", "sea-level"),
    ("up-|scale", "upscale"),
    ("low-|ered", "lowered"),
    ("seven-|ties", "seventies"),
    ("Four-|ier", "Fourier"),
    ("four-|some", "foursome"),
    ("multi-|nomial", "multinomial"),
    ("multi-|variate", "multivariate"),
    ("long-|itudinal", "longitudinal"),
    ("multi-|plication", "multiplication"),
    ("remain-|ing", "remaining"),
    ("state-|ments", "statements"),
    ("high-|lights", "highlights"),
    ("low-|est", "lowest"),
    ("sea-|son", "season"),
]


@pytest.mark.parametrize(("lines", "whole"), BROKEN, ids=[whole for _, whole in BROKEN])
def test_compounds_keep_their_hyphen(lines: str, whole: str) -> None:
    """What begins or ends a compound keeps the hyphen at a line's end, a suffix never."""
    assert joined(lines.split("|"), Words.of(["the sea may go up, an ing to remain"])) == whole


RUN_IN = [
    ("Introduction.—We weigh", ("Introduction", "We weigh")),
    ("Setup of heaps. — The sorter", ("Setup of heaps", "The sorter")),
    ("ABSTRACT We weigh", ("Abstract", "We weigh")),
    ("ABSTRACT Pebbles are", ("Abstract", "Pebbles are")),
    ("Abstract Algebra is", ("", "Abstract Algebra is")),
    ("We weigh—and put down. The", ("", "We weigh—and put down. The")),
]


@pytest.mark.parametrize(("text", "parted"), RUN_IN, ids=[text for text, _ in RUN_IN])
def test_headings_stand_before_their_text(text: str, parted: tuple[str, str]) -> None:
    """A stop and a dash part a letter's headings from its text, capitals an abstract's."""
    assert headings.run_in(text) == parted
