"""Where sentences end. pysbd cuts, and what it takes for an end that is none, or overlooks, is mended by tables.

>>> split_sentences("The avg. score is 5, says Proc. ICML 2020.")
('The avg. score is 5, says Proc. ICML 2020.',)
>>> split_sentences("We compare with model A. It is slower.")
('We compare with model A.', 'It is slower.')
"""

import functools
import re
import warnings
from collections.abc import Callable, Iterator
from types import ModuleType

from podcast.show.formulas import parted
from podcast.show.stops import CLOSING, NAMES_TOO, STARTERS, STARTS, STOPS, UNPARTED, is_short, words
from podcast.sources.letters import LARGE, SMALL, UNSPACED

_CITED = re.compile(r"\bet al\.$")
_DEGREE = re.compile(r"\b(?:Ph\.Ds?|M\.Sc|B\.Sc)\.$")
_ENDED = re.compile(rf"[{STOPS}…](?:[{CLOSING}]*|\s?»)$")
_NUMBERED = words(
    """model models dataset datasets data method methods baseline baselines theorem system systems task tasks group
    groups condition setting settings variant option appendix phase part type step class case set policy agent
    player version configuration scenario experiment study network module stage level point node line plan team
    prompt column row user"""
)
"""Nouns that a letter may name: "model A"."""
_AFTER_LETTER = re.compile(
    rf"(?:\b(?:{_NUMBERED})|(?P<other>\b[a-z]{{2,}}|,)) [A-Z]\.\s+(?=(?P<next>[A-Z][a-z]*)\b)", re.IGNORECASE
)
_OPENERS = words(
    """The This That These Those It Its We They I Our Their His Her My Your A In On At For From By With Without Then
    Thus Hence However Therefore Moreover Furthermore Also But And Or Yet If When While Where As Since Because Although
    Though There Here Finally What Why How Which Who Instead Similarly Specifically Overall After Before During"""
)
"""Those that are in no name behind capitals, as "U.S. First Amendment" and "X.Z. You" are."""
_PLACES = r"(?:U\.S(?:\.A)?|U\.K|U\.N|E\.U|D\.C|L\.A|N\.Y|M\.I\.T|A\.I)\."
_BEHIND_CAPITALS = rf"(?:(?:{_OPENERS})\b(?![.-])|(?:All|Both|Each|Many|Most|One|Some|Two) of\b)"
_BEHIND_A_PLACE = rf"(?:{_BEHIND_CAPITALS}|(?!{NAMES_TOO.pattern})(?:He|She|You|An|So)\b(?![.-]))"
_COUNTRY = re.compile(r"\bU\.S\.$")
_OPENS = re.compile(_BEHIND_A_PLACE)
_AFTER_VARIABLE = re.compile(r"(?<=[a-z]{2} )[abd-or-uw-z]\.\s+(?=[A-Z](?!\.))")
"""A small letter is nobody's initial."""
_AFTER_DOTS = re.compile(rf"(?:…|\b[Nn]o\.)\s+(?=(?:{STARTERS})\b)")
_AFTER_UNIT = re.compile(
    rf"\d(?:(?<!\b1[6-9]\d\d)(?<!\b20\d\d)\s)?[WVAKJNCFMBTGLhsmg]\.\s+(?=(?:{STARTERS})\b(?!\.))(?!{NAMES_TOO.pattern})"
)
"""An amount's unit is nobody's initial, and neither is the end of a name in capitals; what stands behind a year is."""
_AFTER_CAPITALS = re.compile(rf"\b(?:(?:[A-Z]\.){{2,9}}\s+(?={_BEHIND_CAPITALS})|{_PLACES}\s+(?={_BEHIND_A_PLACE}))")
_AFTER_QUOTE = re.compile(rf"[.!?…](?:\s?»|“)\s+(?=[{LARGE}«„])")
_CLOSES = re.compile(r"[”»](?![^\W\d_])|“(?=\s)|[」』】》〉）]|[\"“’]\s?[,;:.]")
_GOES_ON = re.compile(rf"[{SMALL}]{{2,}}(?![\w-]*[A-Z0-9])\S*(?:\s|$)|[авикосуя]\s|[,;]")
"""A word in small letters that is no name such as wav2vec or k-means."""
_ENDS = (_AFTER_DOTS, _AFTER_VARIABLE, _AFTER_UNIT, _AFTER_CAPITALS, _AFTER_QUOTE)
_OWNS = re.compile(r"['’]s\b")
_SURE_END = re.compile(r"[a-z]{4}[.!?]\s+(?=[A-Z])")


def split_sentences(text: str) -> tuple[str, ...]:
    """Return the text's sentences, each without surrounding space.

    Formulas are one word. What is cut where no sentence ends (after a colon, a semicolon, "Fig.",
    before a small letter) is joined again: all but the last end in a full stop, a question or an exclamation mark.
    """
    whole: list[str] = []

    def mask(word: str) -> str:
        whole.append(word)
        return f"X{len(whole) - 1}X{'.' if word.endswith('.$') else ''}"  # a formula that ends its sentence

    def unmask(found: re.Match[str]) -> str:
        word = whole[int(found[1])]
        return word if word.endswith(".$") else word + found[2]

    masked = "".join(
        mask(part) if at % 2 else re.sub(r"X\d+X", lambda found: mask(found[0]), part)
        for at, part in enumerate(parted(text))
    )
    segment = _pysbd().Segmenter(language="en").segment
    sentences: list[str] = []
    stretches = (stretch for part in _lengths(masked) for stretch in _stretches(part))
    for piece in (piece.strip() for stretch in stretches for piece in _pieces(stretch, segment)):
        end = sentences[-1][-200:] if sentences else ""  # all of one that goes on and on takes time by its square
        if sentences and (not _ENDED.search(end) or _is_cut(end, piece)):
            close = _dangles(end) or _OWNS.match(piece) or _CLOSES.match(piece) or _is_split(end, piece)
            apart = "" if close else " "
            sentences[-1] = f"{sentences[-1]}{apart}{piece}".rstrip()
        elif piece:
            sentences.append(piece)
    cut = (part for sentence in sentences for part in _cut(sentence))
    return tuple(re.sub(r"X(\d+)X(\.?)", unmask, sentence) for sentence in cut)


@functools.cache
def _pysbd() -> ModuleType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)  # its "\\s" from Python 3.12 on, where it is first compiled
        import pysbd
    module: ModuleType = pysbd
    return module


def _is_cut(before: str, after: str) -> bool:
    """Tell whether no sentence ends between the two pieces."""
    if _CLOSES.match(after) or _is_split(before, after):
        return True
    if before.endswith("."):
        if _COUNTRY.search(before):
            return not _OPENS.match(after)
        if _DEGREE.search(before):
            return not STARTS.match(after)
        if is_short(before, after):
            return True
        if _CITED.search(before) and re.match(r"[\[(]", after):
            return True
        return _dangles(before) or _OWNS.match(after) is not None or _GOES_ON.match(after) is not None
    return False


def _dangles(before: str) -> bool:
    """Tell whether the piece ends with a point that begins a word, as of ".NET"."""
    return re.search(r"(?:^|\s)\.$", before) is not None


def _cut(sentence: str) -> Iterator[str]:
    """Yield the sentence in those that it is, where a letter that names something, three dots or "no" end one."""
    start = 0
    ends = [found.end() for form in _ENDS for found in form.finditer(sentence)]
    for found in _AFTER_LETTER.finditer(sentence):
        at = found.end()
        if not NAMES_TOO.match(sentence, at) and (found["other"] is None or STARTS.match(sentence, at)):
            ends.append(at)
    for end in sorted(set(ends)):
        yield sentence[start:end].strip()
        start = end
    yield sentence[start:].strip()


def _pieces(stretch: str, segment: Callable[[str], list[str]]) -> list[str]:
    """Return the stretch cut into sentences, or whole where the splitter would lose signs of it, as of ":.!!"; what it
    cut within a word, as "Dr.ª" and "c.-à-d.", is one again."""
    pieces: list[str] = []
    at = 0
    for piece in segment(stretch):
        begin = at
        for sign in "".join(piece.split()):
            while stretch[at : at + 1].isspace():
                at += 1
            if stretch[at : at + 1] != sign:
                return [stretch]
            at += 1
        if pieces and pieces[-1].endswith(".") and stretch[begin:at].removeprefix("-")[:1].islower():
            pieces[-1] += piece
        elif piece.strip():
            pieces.append(piece.rstrip())
    return pieces if not stretch[at:].strip() else [stretch]


def _is_split(before: str, after: str) -> bool:
    """Tell whether the two are parts of a number, or of a text in a script that has no spaces."""
    signs = before[-2:] + after[:1]
    return re.search(rf"\d．\d$|[{UNSPACED}、，][{UNSPACED}、，]$", signs) is not None


def _lengths(text: str) -> Iterator[str]:
    """Yield the text in lengths, cut where sentences of Chinese and Japanese end."""
    start = 0
    for found in UNPARTED.finditer(text):
        yield text[start : found.end()]
        start = found.end()
    yield text[start:]


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
