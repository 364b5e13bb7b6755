"""A text without marks is read as the paper that it is, however its pages, headings and paragraphs are set."""

import textwrap

from podcast.sources import originals

ID = "file-0123456789abcdef"
FIRST = """The sorter lifts a pebble from the beach and weighs it with care before it is put down. It never drops one
that it has weighed, however large the heap of pebbles may be, and we measure how long it takes for a heap of any
size."""
SECOND = """Wet pebbles are heavier than they seem, and the sorter must wait until they are dry. A warm wind helps it
more than the sun does, which the second of our tables shows for a whole year of well-known heaps."""
THIRD = "Long beaches have more pebbles, but they are not harder to sort than the short ones, as we see."
FIRST, SECOND = (" ".join(text.split()) for text in (FIRST, SECOND))


def wrapped(text: str, margin: str = "") -> str:
    """Return the text in lines, at whose ends some words are broken."""
    lines = textwrap.wrap(text.replace("measure", "mea-|sure"), 70, initial_indent=margin)
    return "\n".join(lines).replace("|", "\n")


def said(text: str) -> list[tuple[str, str]]:
    found = originals.read(ID, text.encode())
    return [(each.title, " ".join(each.sentences)) for each in found.sections]


HEAD = "Sorting of Pebbles\n\nAda Lindqvist, Bertil Okonkwo\nUniversity of Gravel\n\n"
END = "\n\nREFERENCES\n\n[1] Doe, A. Stones. Journal of Stones, 2010."
TOLD = [("Abstract", FIRST), ("Introduction", SECOND), ("Method", f"{FIRST} {SECOND}"), ("Results", THIRD)]


def _set(names: str, margin: str = "", after: str = "\n\n") -> str:
    parts = zip(names.split("|"), (FIRST, SECOND, f"{FIRST}|{SECOND}", THIRD), strict=True)
    between = f"\n{'' if margin else chr(10)}"
    return "\n\n".join(
        f"{name}{after}{between.join(wrapped(each, margin) for each in text.split('|'))}" for name, text in parts
    )


HEADINGS = {
    "numbers": HEAD + _set("Abstract|1. Introduction|2. Method|3. Results") + END,
    "Roman numbers in capitals": HEAD + _set("ABSTRACT|I. INTRODUCTION|II. METHOD|III. RESULTS") + END,
    "capitals right above": HEAD.upper() + _set("ABSTRACT|INTRODUCTION|METHOD|RESULTS", after="\n") + END,
    "names above indented paragraphs": HEAD + _set("Abstract|Introduction|Method|Results", "    ", "\n") + END,
    "an indented text": textwrap.indent(HEAD + _set("Abstract|1  Introduction|2  Method|3  Results") + END, "   "),
    "a table of contents": f"{HEAD}Contents\n\n  1. Introduction . . . . . . 2\n  2. Method . . . . . . . . . 3\n\n"
    + _set("Abstract|1. Introduction|2. Method|3. Results")
    + END,
    "bare contents": f"{HEAD}Contents\n\nAbstract\nIntroduction\nMethod\nResults\nREFERENCES\n\n"
    + _set("Abstract|Introduction|Method|Results")
    + END,
    "a table": HEAD
    + _set("Abstract|1 Introduction|2 Method|3 Results")
    + "\n\nHeap      Weight     Size\nGrey      4.2        7\n"
    + END,
}


def test_headings_without_marks_are_known() -> None:
    """By their numbers, by capitals, by their names; authors, tables and references are not read."""
    assert {name: said(text) for name, text in HEADINGS.items() if said(text) != TOLD} == {}
    front = originals.told(HEADINGS["numbers"].encode()).front
    assert front.title == "Sorting of Pebbles"


def test_pages_of_a_text_leave_nothing_in_it() -> None:
    """Heads, feet and numbers of pages stand in no sentence, though a page ends within one."""
    lines = HEADINGS["numbers"].splitlines()
    pages = [lines[at : at + 16] for at in range(0, len(lines), 16)]
    for foot in ("{}", "Page {} of 9", "- {} -"):
        feet = (f"\n\n{' ' * 30}{foot.format(at + 1)}\n\fLindqvist et al.    Pebbles\n\n" for at in range(len(pages)))
        text = "".join("\n".join(page) + next(feet) for page in pages)
        assert said(text) == TOLD, foot
    days = "\f".join(f"Method\n\n{FIRST}\n\nThis day we have sorted {day} heaps of stones." for day in range(1, 7))
    assert str(said(days)).count("This day we have sorted") == 6


KEPT = [
    "We do so:\n\n1. We take a pebble\n\n2. We put it down\n\n3. We take the next one\n\nThen it ends.",
    "Heaps of stones and of sand and of mud,\n\nas ever, are wet.",
]


def test_a_list_is_no_heading() -> None:
    """Numbered steps stay in their section."""
    for text in KEPT:
        found = said(f"{HEAD}{_set('Abstract|1. Introduction|2. Method|3. Results')}\n\n{text}{END}")
        assert [title for title, _ in found] == [title for title, _ in TOLD]
        assert found[-1][1].endswith(("Then it ends.", "are wet."))


def test_marks_and_what_has_no_headings_stay_as_they_are() -> None:
    """Markdown is left alone, and so is a text in which nothing looks like a heading."""
    assert said(f"# Pebbles\n\n## Trays\n\n1. Method\n\n{FIRST} {SECOND} {THIRD * 3}")[0][0] == "Trays"
    fenced = f"Method\n\n{FIRST}\n\n~~~\nx = 1\n~~~\n\n{SECOND}\n\nResults\n\n{THIRD * 3}"
    assert "x = 1" not in str(said(fenced))
    assert said(f"{THIRD}\n\n{SECOND}\n\nMethod\n\n{FIRST * 2}\n\nResults\n\n{FIRST}")[0][1] == f"{THIRD} {SECOND}"
    assert said(f"{FIRST}\n\n{SECOND}\n\n{THIRD}") == [("Text", f"{FIRST} {SECOND} {THIRD}")]
