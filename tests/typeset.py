"""Papers of our own making as PDFs, in the layouts that papers have, each with its true text: deterministic by seed.

The words are real, the sentences say nothing. `paper(style)` gives a `Paper`: the PDF's bytes, and what a reader of it
must say and must not say.
"""

import io
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from PIL import Image
from reportlab.lib.pagesizes import letter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

WIDTH, HEIGHT = letter
_SUBJECTS = """the sorter|our method|each model|a larger network|the second baseline|this estimate|the proposed training
schedule|every participant|the measured spectrum|a simple heuristic|the final classifier|our well-known benchmark|the
data-driven controller|the regularization term|a fine-grained analysis|the state-of-the-art system"""
_VERBS = """reduces|improves|describes|determines|approximates|outperforms|requires|preserves|characterizes|identifies|
reconstructs|strengthens|underestimates|generalizes to|corresponds to"""
_OBJECTS = """the efficient representation of long documents|a difficult configuration|the average reconstruction error|
significant fluctuations|the distribution of pebbles|an official specification|the interaction between neighbouring
layers|high-quality annotations|the computational effort|a robust initialization|the long-term behaviour of the
population|different temperature regimes|the signal-to-noise ratio|the affinity matrix"""
_TAILS = """in most experiments|by {n} percent|after {n} steps|for {n}–{m} samples|when the flow is stationary|with a
confidence of 0.{n}|as we show below|under realistic conditions|across all {n} conditions|at {n}.{m} degrees|without any
further supervision|compared with {n},{mmm} unlabelled examples"""
_OPENINGS = (
    """|However, |In contrast, |Furthermore, |As a consequence, |Surprisingly, |On average, |For this reason, """
)


def _phrases(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("|")]


SUBJECTS, VERBS, OBJECTS, TAILS = map(_phrases, (_SUBJECTS, _VERBS, _OBJECTS, _TAILS))
OPENINGS = _OPENINGS.split("|")


@dataclass(frozen=True)
class Style:
    """How a paper is set; sizes in points."""

    name: str
    columns: int = 2
    font: str = "Times"
    size: float = 10
    heading: str = "number"
    """number, roman, bold, capitals, weak: how its sections are headed."""
    cites: str = "brackets"
    abstract: str = "heading"
    """heading, run-in, or none: how the abstract says that it is one."""
    notes: bool = True
    line_numbers: bool = False
    wrapped: bool = False
    authors: str = "line"
    banner: bool = False
    small_methods: bool = False
    justified: bool = True
    drop_cap: bool = False
    stamp: bool = False
    ligatures: bool = False
    spans: bool = False
    """Whether ligatures say what they stand for, as a browser prints them."""
    file_title: bool = False
    french: bool = False
    """Whether usual sections and the authors' names are told in French."""

    def told(self, word: str) -> str:
        return FRENCH.get(word, word) if self.french else word


FRENCH = {"Abstract": "Résumé", "Conclusions": "Conclusion", "Experiments": "Résultats", "References": "Références",
          "Acknowledgements": "Remerciements", "Appendix A": "Annexe A", "and": "et"}  # fmt: skip
STYLES = (
    Style("two columns", stamp=True),
    Style("IEEE", heading="roman", abstract="run-in", authors="beside", drop_cap=True),
    Style("line numbers", columns=1, size=11, line_numbers=True, notes=False, file_title=True),
    Style("APS", heading="capitals", cites="raised", abstract="none"),
    Style("LNCS", columns=1, abstract="run-in"),
    Style("journal", heading="bold", cites="raised", banner=True, small_methods=True, size=9.5),
    Style("wrapped tables", columns=1, wrapped=True),
    Style("ligatures", columns=1, font="Vera", ligatures=True, size=9),
    Style("printed by a browser", font="Vera", heading="bold", ligatures=True, spans=True, size=8.5, notes=False),
    Style("French", french=True, file_title=True),
    Style("plain", columns=1, font="Helvetica", heading="weak", justified=False, notes=False),
)


@dataclass(frozen=True)
class Paper:
    """A PDF and its true text: sections of sentences, the abstract first; `gone` are words that nobody may say."""

    style: Style
    data: bytes
    title: str
    authors: tuple[str, ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    gone: tuple[str, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(sentence for _, sentences in self.sections for sentence in sentences)


@dataclass
class _Writer:
    """Makes sentences; each that is no prose has a word of its own, by which a leak is known."""

    chance: random.Random
    gone: list[str] = field(default_factory=list)

    def sentence(self) -> str:
        pick = self.chance.choice
        text = f"{pick(OPENINGS)}{pick(SUBJECTS)} {pick(VERBS)} {pick(OBJECTS)}"
        if self.chance.random() < 0.4:
            text += f", while {pick(SUBJECTS)} {pick(VERBS)} {pick(OBJECTS)}"
        number = self.chance.randint(2, 98)
        tail = pick(TAILS).format(n=number, m=number + 7, mmm=f"{number * 7:03d}")
        return f"{text[0].upper()}{text[1:]} {tail}."

    def sentences(self, least: int, most: int) -> tuple[str, ...]:
        return tuple(self.sentence() for _ in range(self.chance.randint(least, most)))

    def leak(self, what: str) -> str:
        """Return a word that must not be in the prose."""
        word = f"{what}{'bcdfghjklm'[len(self.gone) % 10]}{'aeiou'[len(self.gone) // 10 % 5]}q"
        self.gone.append(word)
        return word


NAMES = ("Ada Lindqvist", "Bertil Okonkwo", "Chiara de Santis")
HEADINGS = (
    "Introduction",
    "Related Work",
    "Sorting Pebbles by Weight",
    "Experiments",
    "Reference Heaps",
    "Conclusions",
)


class _Sheet:
    """Sets items one below the other into columns and pages."""

    def __init__(self, style: Style, writer: _Writer, password: str | None = None) -> None:
        self.style, self.writer = style, writer
        self.out = io.BytesIO()
        self.canvas = Canvas(self.out, pagesize=letter, invariant=1, encrypt=password)
        self.page, self.column, self.line, self.lines = 1, 0, 0, 0
        self.leading = style.size * (1.6 if style.line_numbers else 1.2)
        margin = 125 if style.name == "LNCS" else 60 if style.columns == 2 else 85
        gap = 18
        self.wide = (margin, WIDTH - 2 * margin)
        width = (self.wide[1] - gap * (style.columns - 1)) / style.columns
        self.boxes = [(margin + at * (width + gap), width) for at in range(style.columns)]
        self.top, self.bottom = HEIGHT - 72, 72.0
        self.y = self.top
        self.foot = self.bottom
        self.pending: list[str] = []
        self._furniture()

    # --- fonts and words ---------------------------------------------------------------------------------

    def name(self, look: str = "") -> str:
        family = self.style.font
        if family == "Vera":
            return {"": "Vera", "bold": "VeraBd", "italic": "VeraIt"}[look]
        plain = {"Times": "Times-Roman"}.get(family, family)
        looks = {"bold": f"{family}-Bold", "italic": "Times-Italic" if family == "Times" else f"{family}-Oblique"}
        return looks.get(look, plain)

    def put(self, x: float, y: float, text: str, size: float, look: str = "", spread: float = 0.0) -> float:
        """Draw the text, ^{…} raised, `spread` points more between words; return where it ends."""
        for part in re.split(r"(\^\{[^}]*\})", text):
            raised = part.startswith("^{")
            words = part[2:-1] if raised else part
            for piece in re.split("([ﬁﬂ])", words) if self.style.spans else [words]:
                drawn = self.canvas.beginText(x, y)
                drawn.setFont(self.name(look), size * 0.7 if raised else size)
                drawn.setWordSpace(0 if raised else spread)
                drawn.setRise(size * 0.35 if raised else 0)
                drawn.textOut(piece)
                self._draw(drawn, {"ﬁ": "fi", "ﬂ": "fl"}.get(piece, "") if self.style.spans else "")
                x += self.width(piece, size * 0.7 if raised else size, look)
                x += piece.count(" ") * (0 if raised else spread)
        return x

    def _draw(self, drawn: PDFTextObject, said: str) -> None:
        """Draw the text; what it stands for, where that is `said`, stands beside it (PDF 32000-1, 14.9.4)."""
        if said:
            self.canvas._code.append(f"/Span <</ActualText <feff{said.encode('utf-16-be').hex()}>>> BDC")
        self.canvas.drawText(drawn)
        if said:
            self.canvas._code.append("EMC")

    def width(self, text: str, size: float, look: str = "") -> float:
        plain = re.sub(r"\^\{([^}]*)\}", r"\1", text)
        return float(pdfmetrics.stringWidth(plain, self.name(look), size))

    # --- pages ------------------------------------------------------------------------------------------

    def _furniture(self) -> None:
        x, width = self.wide
        head = "Pebbles and heaps: a study" if self.page % 2 else "A. Lindqvist et al."
        if self.page > 1 or self.style.banner:
            self.put(x, HEIGHT - 45, f"{head} running", 8)
            self.put(x + width - 15, HEIGHT - 45, str(self.page), 8)
        else:
            self.put(x + width / 2, 40, str(self.page), 8)
        if self.style.stamp and self.page == 1:
            self.canvas.saveState()
            self.canvas.rotate(90)
            self.put(250, -30, "arXiv:2509.01234v2 [cs.RO] 11 Sep 2025", 16)
            self.canvas.restoreState()

    def next_column(self) -> None:
        self.column += 1
        if self.column == len(self.boxes):
            self.canvas.showPage()
            self.page, self.column, self.lines = self.page + 1, 0, 0
            self.top = HEIGHT - 72
            self._furniture()
            self.y = self.top
            if self.page == 3 and len(self.boxes) == 2:
                self._figure(*self.wide)
                self.top = self.y
        self.y, self.foot = self.top, self.bottom
        if self.pending:
            kind = self.pending.pop()
            (self._figure if kind == "figure" else self._table)(*self.boxes[self.column])

    def down(self, by: float) -> None:
        if self.y - by < self.foot:
            self.next_column()
        self.y -= by

    # --- text ------------------------------------------------------------------------------------------

    def paragraph(self, text: str, size: float = 0, look: str = "", inset: float = 0, first: str = "") -> None:
        """Set the text, broken into lines and words; `first` is drawn bold before it."""
        size = size or self.style.size
        leading = self.leading if size == self.style.size else size * 1.2
        words = text.split(" ")
        if self.style.ligatures:
            words = [word.replace("fi", "ﬁ").replace("fl", "ﬂ") for word in words]
        lead = self.width(f"{first} ", size, "bold") if first else size if not inset else 0
        hole = self._hole() if self.style.wrapped and len(text) > 600 else 0
        cap = self._cap(words, leading) if self.style.drop_cap and self.lines == 0 and first == "cap" else 0
        first = "" if first == "cap" else first
        count = 0
        while words:
            x, width = self.boxes[self.column]
            width -= inset + (hole if 1 <= count < 9 else 0) + lead
            start = x + inset / 2 + lead
            if cap and count < 2:
                start, width = x + cap, self.boxes[self.column][1] - cap
            line, words = self._line(words, width, size, look)
            self.down(leading)
            if (x, count) != (self.boxes[self.column][0], 0):
                start += self.boxes[self.column][0] - x
            if first:
                self.put(start - lead, self.y, first, size, "bold")
            gaps = line.count(" ")
            room = width - self.width(line, size, look)
            spread = room / gaps if words and gaps and self.style.justified and room / gaps < size * 0.6 else 0
            self.put(start, self.y, line, size, look, spread)
            self._number(size)
            lead, first, count = 0, "", count + 1
            if hole and count == 9:
                hole = 0

    def _line(self, words: list[str], width: float, size: float, look: str) -> tuple[str, list[str]]:
        line = words[0]
        for at in range(1, len(words)):
            if self.width(f"{line} {words[at]}", size, look) <= width:
                line += f" {words[at]}"
                continue
            for cut in self._cuts(words[at]):
                if self.width(f"{line} {words[at][:cut]}-", size, look) <= width:
                    hyphen = "" if words[at][cut - 1] in "-–" else "-"
                    return f"{line} {words[at][:cut]}{hyphen}", [words[at][cut:], *words[at + 1 :]]
            return line, words[at:]
        return line, []

    def _cuts(self, word: str) -> Iterator[int]:
        """Yield where a word may be broken, the last first: behind its own hyphens and dashes, or between a vowel and a
        consonant."""
        for at in range(len(word) - 3, 2, -1):
            own = word[at - 1] in "-–" and word[at].isalnum()
            inside = word[: at + 2].isalpha() and word[at - 1] in "aeiou" and word[at] not in "aeiou" and word.isascii()
            if own or (inside and len(word) > 6 and self.style.font != "Vera"):
                yield at

    def _number(self, size: float) -> None:
        if self.style.line_numbers:
            self.line += 1
            self.put(self.boxes[0][0] - 35, self.y, str(self.line), size * 0.7)

    def _cap(self, words: list[str], leading: float) -> float:
        """Draw the first letter two lines high, and leave the rest of its word in capitals."""
        size = leading * 2.1
        x = self.boxes[self.column][0]
        self.put(x, self.y - 2 * leading, words[0][0], size)
        words[0] = words[0][1:].upper()
        return self.width(words[0][:0] + "T", size) + 2

    def _hole(self) -> float:
        """Draw a table at the right, beside the next lines; return how wide it is."""
        if self.y - 9 * self.leading < self.foot + 40:
            return 0
        x, width = self.boxes[self.column]
        left = x + width - 150
        y = self.y - self.leading * 2
        self.put(left, y, f"Table 7. Weights of {self.writer.leak('wrap')}", 8)
        for row in range(5):
            y -= 10
            for at, cell in enumerate((self.writer.leak("cell"), f"{row + 3}.{row}", "41")):
                self.put(left + 55 * at, y, cell, 8)
        return 165

    # --- what is no prose --------------------------------------------------------------------------------

    def heading(self, text: str, number: int, level: int = 1) -> None:
        style, size, look = self.style.heading, self.style.size, "bold"
        x, width = self.boxes[self.column]
        roman = ("", "I", "II", "III", "IV", "V", "VI")[number]
        forms = {
            "number": f"{number} {text}" if level == 1 else f"{number}.1 {text}", "roman": f"{roman}. {text.upper()}",
            "capitals": f"{roman}. {text.upper()}", "bold": text, "weak": f"{number}. {text}",
        }  # fmt: skip
        drawn = forms[style] if level == 1 or style == "number" else f"A. {text}" if style == "roman" else text
        if level == 2 and style == "roman":
            look = "italic"
        elif style in ("roman", "weak"):
            look = "bold" if style == "weak" and level == 2 else ""
        elif style == "number" and level == 1:
            size *= 1.2
        if self.y - 4 * self.leading < self.foot:
            self.next_column()
        x, width = self.boxes[self.column]
        self.down(size * 2.1)
        centred = style in ("roman", "capitals") and level == 1
        self.put(x + (width - self.width(drawn, size, look)) / 2 if centred else x, self.y, drawn, size, look)
        self._number(size)
        self.y -= size * 0.5

    def formula(self) -> None:
        self.down(self.leading * 1.6)
        x, width = self.boxes[self.column]
        self.put(x + width * 0.3, self.y, "f(x) = a + b · y − c / z", self.style.size, "italic")
        self.put(x + width - 20, self.y, f"({self.writer.chance.randint(1, 9)})", self.style.size)
        self.y -= self.leading * 0.6

    def note(self, mark: str) -> None:
        """Set a note at the foot of the column, where it does not meet the text."""
        size, x = self.style.size * 0.8, self.boxes[self.column][0]
        if self.y - 60 < self.foot:
            return
        self.foot += size * 2.6
        word = self.writer.leak("note")
        self.put(x, self.foot - size * 1.2, f"^{{{mark}}} The {word} of this", size)
        self.put(x, self.foot - size * 2.3, f"appears in the earlier {word} report.", size)

    def _figure(self, x: float, width: float) -> None:
        high = 90
        self.y -= high
        self.canvas.rect(x + 10, self.y, width - 20, high - 10)
        for at in range(4):
            self.put(x + 18 + at * (width - 60) / 4, self.y + 8, self.writer.leak("axis"), 6.5)
            self.put(x + 18, self.y + 20 + 14 * at, f"{at}.5", 6.5)
        self._caption(x, width, "Figure")

    def _table(self, x: float, width: float) -> None:
        self._caption(x, width, "Table")
        for _ in range(5):
            self.y -= self.style.size * 1.1
            for at in range(4):
                cell = self.writer.leak("cell") if at == 0 else f"{self.writer.chance.randint(10, 99)}.{at}"
                self.put(x + 12 + at * width / 4, self.y, cell, self.style.size * 0.9)
        self.y -= self.style.size * 1.5

    def _caption(self, x: float, width: float, kind: str) -> None:
        size = self.style.size * 0.9
        number, word = self.writer.chance.randint(1, 9), self.writer.leak("capt")
        text = f"{kind} {number}. The {word} of each. {self.writer.sentence()}"
        words = text.split(" ")
        while words:
            line, words = self._line(words, width, size, "")
            self.y -= size * 1.15
            self.put(x, self.y, line, size)
        self.y -= size * 1.6

    def save(self) -> bytes:
        self.canvas.save()
        return self.out.getvalue()


def _register() -> None:
    for name in ("Vera", "VeraBd", "VeraIt"):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))


def paper(style: Style, seed: int = 1) -> Paper:
    """Return a paper of some six pages in that style."""
    _register()
    writer = _Writer(random.Random(f"{style.name} {seed}"))
    sheet = _Sheet(style, writer)
    title = "How Pebbles Are Sorted by Weight: Experiments on Long Beaches"
    if style.file_title:
        sheet.canvas.setTitle(title)
    _front(sheet, title)
    sections: list[tuple[str, tuple[str, ...]]] = [("Abstract", _abstract(sheet, writer))]
    for number, name in enumerate(map(style.told, HEADINGS), 1):
        sheet.heading(name, number)
        sections.append((_said(style, name), _section(sheet, writer, number)))
        if number in (3, 4):
            sub = f"Details of Part {'One' if number == 3 else 'Two'}"
            sheet.heading(sub, number, 2)
            sections.append((sub, _section(sheet, writer, 0)))
    _end(sheet, writer, sections)
    return Paper(style, sheet.save(), title, NAMES, tuple(sections), tuple(writer.gone))


def page(*paragraphs: str, style: Style = STYLES[-1], password: str | None = None) -> bytes:
    """Return a PDF of these paragraphs, in which ^{…} is raised."""
    _register()
    sheet = _Sheet(style, _Writer(random.Random(1)), password)
    for paragraph in paragraphs:
        sheet.paragraph(paragraph)
        sheet.y -= 20
    return sheet.save()


def opening() -> tuple[bytes, str]:
    """Return a first page whose second column begins with a heading; and its abstract."""
    style, writer = STYLES[0], _Writer(random.Random(1))
    sheet = _Sheet(style, writer)
    _front(sheet, "How Pebbles Are Sorted by Weight")
    abstract = _abstract(sheet, writer)
    for number, name in enumerate(("Introduction", "Method"), 1):
        sheet.heading(name, number)
        sheet.paragraph(" ".join(writer.sentences(6, 8)))
        if number == 1:
            sheet.next_column()
    return sheet.save(), " ".join(abstract)


def scan() -> bytes:
    """Return a PDF whose page is a picture."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=letter, invariant=1)
    canvas.drawInlineImage(Image.new("L", (80, 100), 200), 0, 0, WIDTH, HEIGHT)
    canvas.save()
    return out.getvalue()


def _said(style: Style, name: str) -> str:
    return name.capitalize() if style.heading in ("roman", "capitals") else name


def _front(sheet: _Sheet, title: str) -> None:
    style, (x, width) = sheet.style, sheet.wide
    if style.banner:
        sheet.y -= 20
        sheet.put(x, sheet.y, "Journal of Pebbles", 21, "bold")
        sheet.y -= 14
        sheet.put(x, sheet.y, "www.example.org/pebbles · https://doi.org/10.1234/pebble.2025.17", 8)
    sheet.y -= 30
    for line in (title[:35].rpartition(" ")[0], title[len(title[:35].rpartition(" ")[0]) + 1 :]):
        sheet.put(x + (width - sheet.width(line, 17, "bold")) / 2, sheet.y, line, 17, "bold")
        sheet.y -= 20
    sheet.y -= 6
    if style.authors == "beside":
        for at, name in enumerate(NAMES):
            left = x + at * width / 3 + 20
            sheet.put(left, sheet.y, name, 11)
            sheet.put(left, sheet.y - 13, "Department of Stones", 9, "italic")
            sheet.put(left, sheet.y - 25, f"{name.split()[0].lower()}@example.org", 9)
        sheet.y -= 40
    else:
        names = f"{NAMES[0]}^{{1}}, {NAMES[1]}^{{2,∗}}".replace("∗", "*") + f" {style.told('and')} {NAMES[2]}^{{1}}"
        sheet.put(x + (width - sheet.width(names, 11)) / 2, sheet.y, names, 11)
        sheet.put(x + width / 4, sheet.y - 14, "^{1} University of Gravel, ^{2} Institute of Sand", 9)
        sheet.y -= 32
    sheet.top = sheet.y


def _abstract(sheet: _Sheet, writer: _Writer) -> tuple[str, ...]:
    style, found = sheet.style, writer.sentences(5, 6)
    text = " ".join(found)
    if style.abstract == "heading":
        sheet.down(16)
        sheet.put(sheet.boxes[0][0], sheet.y, style.told("Abstract"), style.size * 1.1, "bold")
        sheet.y -= 4
        sheet.paragraph(text)
    elif style.abstract == "run-in":
        sheet.paragraph(text, style.size * 0.9, first="Abstract—" if style.columns == 2 else "Abstract.")
        sheet.y -= 6
        sheet.paragraph(f"{writer.leak('keys')}, heaps, sorting", style.size * 0.9, first="Keywords:")
    else:
        box = sheet.boxes
        sheet.boxes = [(sheet.wide[0] + 40, sheet.wide[1] - 80)]
        sheet.paragraph(text, style.size * 0.9)
        sheet.boxes, sheet.top = box, sheet.y - 14
        sheet.y = sheet.top
    return found


def _section(sheet: _Sheet, writer: _Writer, number: int) -> tuple[str, ...]:
    """Set some paragraphs, between them a formula, a note, floats; return their sentences."""
    style, found = sheet.style, list[str]()
    for at in range(3 if number else 2):
        sentences = writer.sentences(4, 8)
        if number == 3 and at == 1:
            sheet.paragraph("As we derive below, the weight of a heap is given by")
            sheet.formula()
            sheet.paragraph(
                "where the sum runs over all of its pebbles. " + _cited(style, sentences, writer), inset=0.01
            )
            lead = "As we derive below, the weight of a heap is given by where the sum runs over all of its pebbles."
            found += [lead, *sentences]
            continue
        first = "cap" if style.drop_cap and number == 1 and at == 0 else ""
        sheet.paragraph(_cited(style, sentences, writer), first=first)
        found += sentences
        if style.notes and at == 0 and number:
            sheet.note(str(number))
        if number in (2, 4, 5) and at == 1:
            sheet.pending.append("figure" if number != 4 else "table")
    return tuple(found)


def _cited(style: Style, sentences: Sequence[str], writer: _Writer) -> str:
    """Return the sentences as a text with citations that no reader says."""
    texts = []
    for sentence in sentences:
        number = writer.chance.randint(1, 30)
        cite = f"^{{{number},{number + 2}}}" if style.cites == "raised" else f" [{number}, {number + 2}]"
        texts.append(f"{sentence[:-1]}{cite}." if writer.chance.random() < 0.3 and sentence[-2].isalpha() else sentence)
    return " ".join(texts)


def _end(sheet: _Sheet, writer: _Writer, sections: list[tuple[str, tuple[str, ...]]]) -> None:
    style, size = sheet.style, sheet.style.size
    sheet.down(size * 2)
    sheet.put(sheet.boxes[sheet.column][0], sheet.y, style.told("Acknowledgements"), size, "bold")
    sheet.paragraph(f"We thank the {writer.leak('thanks')} of the beach for their help with the pebbles.")
    if style.small_methods:
        sheet.down(size * 2)
        sheet.put(sheet.boxes[sheet.column][0], sheet.y, "Methods", size, "bold")
        found = writer.sentences(8, 9)
        sheet.paragraph(_cited(style, found, writer), size * 0.85)
        sections.append(("Methods", found))
    sheet.down(size * 2)
    sheet.put(sheet.boxes[sheet.column][0], sheet.y, style.told("References"), size * 1.1, "bold")
    for number in range(1, 16):
        sheet.paragraph(
            f"[{number}] A. Doe. On the {writer.leak('refs')} of heaps. Pebble Letters, {2000 + number}.", size * 0.9
        )
    sheet.down(size * 2)
    sheet.put(sheet.boxes[sheet.column][0], sheet.y, style.told("Appendix A"), size, "bold")
    sheet.paragraph(f"Here follows what the {writer.leak('append')} proves of every heap of pebbles on the beach.")


def laid(data: bytes, quarters: int = 0, by: float = 0, drawn: bool = True) -> bytes:
    """Return the PDF with its pages shown by quarters of a turn clockwise, what is `drawn` against that, so that it
    stands upright, and moved `by` points on the sheet."""
    import pypdfium2
    from pypdfium2 import raw

    file, out = pypdfium2.PdfDocument(data), io.BytesIO()
    x, y = (WIDTH, HEIGHT) if quarters % 2 == 0 or not drawn else (HEIGHT, WIDTH)
    a, b, e, f = ((1, 0, 0, 0), (0, 1, x, 0), (-1, 0, x, y), (0, -1, 0, y))[quarters if drawn else 0]
    for page in file:
        raw.FPDFPage_TransFormWithClip(page, raw.FS_MATRIX(a, b, -b, a, e + by, f + by), None)
        page.set_mediabox(by, by, by + x, by + y)
        page.set_rotation(90 * quarters)
        page.gen_content()
    file.save(out)
    return out.getvalue()


def columns_of(lines: Sequence[str], font: str = "STSong-Light", numbers: float = 0) -> bytes:
    """Return a page of these lines, one below the other, in a font of Chinese or Japanese; one that begins with # is a
    heading. Where `numbers` are given, each line has one, so many points right of the text."""
    pdfmetrics.registerFont(UnicodeCIDFont(font))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=letter, invariant=1)
    edge = max(pdfmetrics.stringWidth(line, font, 11) for line in lines)
    for at, line in enumerate(lines):
        y = HEIGHT - 80 - 15 * at - (6 if line.startswith("#") else 0)
        canvas.setFont(font, 14 if line.startswith("#") else 11)
        canvas.drawString(80, y, line.lstrip("# "))
        if numbers:
            canvas.setFont("Helvetica", 6)
            canvas.drawRightString(80 + edge + numbers + 10, y, f"{at:03d}")
    canvas.save()
    return out.getvalue()


@dataclass(frozen=True)
class Put:
    """Text at a place, x points from the left and y from the top, broken into lines of that width; ^{…} is raised."""

    x: float
    y: float
    text: str
    size: float = 10
    look: str = ""
    width: float = WIDTH


def put(*pages: Sequence[Put]) -> bytes:
    """Return a PDF of these pages, on which all stands where it is put."""
    sheet = _Sheet(STYLES[-1], _Writer(random.Random(1)))
    for number, page in enumerate(pages):
        if number:
            sheet.canvas.showPage()
        for one in page:
            words, y = one.text.split(" "), HEIGHT - one.y
            while words:
                line, words = sheet._line(words, one.width, one.size, one.look)
                sheet.put(one.x, y, line, one.size, one.look)
                y -= 1.2 * one.size
    return sheet.save()
