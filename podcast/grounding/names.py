"""What ML papers call systems, data sets and benchmarks, and the places of a paper: Llama 3, CIFAR-10, Table 3.

>>> key("CIFAR-10") == key("cifar 10")
True
>>> [[word.text for word in run] for run in runs("It beats Llama 3 on ImageNet.")]
[['It'], ['Llama', '3'], ['ImageNet']]
>>> [place.keys for place in places("See Tables 3 and 4")]
[('table3', 'table4')]
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from podcast.grounding.units import words

_LETTER = r"[A-Za-z0-9À-ɏΑ-ω]"
_WORD = re.compile(
    rf"(?<!{_LETTER})(?<!\d\.)(?:[A-ZÀ-Þ]|(?=[a-zß-ÿ]{{1,20}}[-@_]?[A-Z0-9])[a-zß-ÿ])(?:{_LETTER})*+"
    rf"(?:(?:[-@_+]|(?<=\d)\.(?=\d))(?:{_LETTER})++)*+"
    rf"|(?<!{_LETTER})(?<![.,@])\d{{1,2}}D(?!{_LETTER})"
)
_NUMBER = re.compile(
    r" ((?:\d(?:\.\d{1,2})?|\d{2,4}"
    r"|\d{1,4}(?:\.\d{1,2})?[BM])(?:-\d{1,4}[BM](?:-[A-Z]\w{0,20})?)?(?![\w%^/])(?!\.\d)(?!,\d{3}))"
)
"""A version, a size or a number of a name; 76.0 is none."""
_FIRM = re.compile(r"[a-z][A-Z]|[A-Z]{2}|[A-Za-z]{2}\d|[A-Z]\d|^v\d|\d[A-Z]|[A-Za-z]{2}[-@_]\d|[A-Z]-\d")
_PREFIXED = re.compile(r"(?:pre|post|sub|mid|non|under|over|multi|semi|x|e)-?\d", re.IGNORECASE)
_EVERYDAY = words(
    "AI ML NLP GPU CPU TPU TV OK RSS API LLM VLM LM PDF URL USD EUR RAM IT US UK EU PhD ID FAQ QA arXiv GitHub "
    "NOT AND OR NO YES ALL WAIT KI IA SOTA MLLM"
)
"""Words with capitals that claim nothing about the paper."""
_ORDINARY = words(
    "i our their they we you he she it the a an this that these those here there what how why who english "
    "german french spanish chinese japanese korean russian arabic hindi italian portuguese latin greek "
    "american european african asian british western eastern january february march april may june july august "
    "september october november december monday tuesday wednesday thursday friday saturday sunday internet web "
    "earth america europe asia africa china india germany france spain japan christmas hugging face"
)
"""Capitalised words in the middle of a sentence that claim nothing."""
_BEGIN = re.compile(r"(?:^|[.!?:;\"(\[…][\"')\]]?\s|[\"(\[]|\n|- )$")
_PICTURE = re.compile(
    r"(?:(?:^|[.!?,;:] |(?<!\w)(?:just|now|so|and|okay|well|to|you|let's|us|can|could) )(?:picture|imagine|think of) "
    r"(?!it is|that we)|(?<!\w)(?:as if|as though|(?:is|it's|that's|just|bit|kind of|sort of|works?|feels?|looks?|acts?"
    r"|behaves?) like|like (?:an?|your|playing|building)) )", re.IGNORECASE,
)  # fmt: skip
"""Where a speaker begins a picture of their own."""
_PICTURE_ENDS = re.compile(r"[.!?](?=\s|$)|[;\n]")
_LISTED = words("on than against from beats outperforms over versus with called named")
"""Words after which a name is one of the paper's all the same."""
_VARIANTS = words("mini nano small base large tiny turbo medium instruct chat xl pro flash preview")

_PLACES = {
    "table": "table", "tables": "table", "tab.": "table", "tabelle": "table", "tableau": "table", "tabla": "table",
    "figure": "figure", "figures": "figure", "fig.": "figure", "figs.": "figure", "abbildung": "figure",
    "figura": "figure", "section": "section", "sections": "section", "sec.": "section", "abschnitt": "section",
    "sección": "section", "equation": "equation", "equations": "equation", "eq.": "equation", "eqs.": "equation",
    "gleichung": "equation", "équation": "equation", "ecuación": "equation", "appendix": "appendix",
    "anhang": "appendix", "annexe": "appendix", "algorithm": "algorithm", "theorem": "theorem", "lemma": "lemma",
    "表": "table", "图": "figure", "公式": "equation",
}  # fmt: skip
_PLACE = re.compile(
    rf"(?<![A-Za-z])({'|'.join(sorted((re.escape(word) for word in _PLACES), key=len, reverse=True))})"
    r" ?\(?((?:[A-Z]\.?)?\d{1,3}(?:\.\d{1,3}){0,3}[a-z]?|(?-i:[A-H]))(?![\w%])\)?"
    r"((?: ?(?:,|and|&|-|to|,? and) ?\(?\d{1,3}(?:\.\d{1,3}){0,2}(?![\w%.])\)?){0,4})",
    re.IGNORECASE,
)
_LONGEST = 12
"""Words of a run; a name has six pieces at most."""
_UNSPACED = "\u0e00-\u0e7f\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af"
"""Letters of Thai, Japanese, Chinese and Korean: names stand in them without spaces."""
_PIECE = re.compile(rf"\d+(?:[.,]\d+)*[A-Za-z]*|[^\W\d_{_UNSPACED}]+(?:\d+(?:\.\d+)*[A-Za-z0-9]*)?|[{_UNSPACED}]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a run of capitalised words and numbers, at text[start:end]."""

    text: str
    start: int
    end: int
    firm: bool
    """Whether it is a name by its form alone: inner capitals or digits."""
    number: bool
    initial: bool
    """Whether it begins a sentence."""


@dataclass(frozen=True, slots=True)
class Place:
    """A reference to a part of the paper, such as "table3"."""

    text: str
    start: int
    end: int
    keys: tuple[str, ...]


def places(text: str) -> Iterator[Place]:
    """Yield the tables, figures, sections and equations that the text points at."""
    for match in _PLACE.finditer(text):
        kind = _PLACES[match[1].lower()]
        numbers = [match[2], *re.findall(r"\d{1,3}(?:\.\d{1,3})*", match[3])]
        yield Place(match[0].strip(), match.start(), match.end(), tuple(kind + number.lower() for number in numbers))


def slashed(text: str) -> list[tuple[int, int]]:
    """Return where numbers end a name behind a slash: the 14 of ViT-L/14."""
    return [match.span() for match in re.finditer(r"(?<=[A-Za-z]/)\d+(?!\w|\.\d)", text)]


_MARKS = re.compile(r"(?<!\d)\.|\.(?!\d)|[^\w.]|_")
_YEARLY = re.compile(r"^(aime|wmt|coco|voc|imagenet|semeval|duc|trec|imo|usamo)20(\d\d)$")


@lru_cache(maxsize=16384)
def key(text: str) -> str:
    """Return what is the same for all spellings of a name: hyphens, spaces, capitals and a plural s are none of it."""
    bare = text.lower().removesuffix("'s")
    if not bare.isalnum():
        bare = _MARKS.sub("", bare)
    if "20" in bare:
        bare = _YEARLY.sub(r"\1\2", bare)
    return bare[:-1] if len(bare) > 3 and bare[-1] == "s" and bare[-2] not in "su" else bare


def keys(text: str) -> frozenset[str]:
    """Return the keys of every run of up to six pieces of the text."""
    found = set()
    pieces = [match[0].lower() for match in _PIECE.finditer(text.replace("'s", ""))]
    for at in range(len(pieces)):
        joined = ""
        for piece in pieces[at : at + 6]:
            joined += piece
            found.add(key(joined))
    for match in _HUMBLE.finditer(text):
        found.add(key(match[1]))
    found |= months(text)
    for match in _TITLE.finditer(text):
        initials = "".join(word[0].lower() for word in re.findall(r"[A-Za-z]+", match[0]))
        found |= {initials[at : at + size] for size in range(3, 7) for at in range(len(initials) - size + 1)}
    return frozenset(found)


def months(text: str) -> frozenset[str]:
    """Return the keys of the months that a text names with their years, in full dates too.

    >>> sorted(months("on March 14, 2022 and in 3 May 2021"))
    ['march2022', 'may2021']
    """
    return frozenset(key(f"{match['month']}{match['year']}") for match in MONTH.finditer(text))


MONTH = re.compile(
    r"(?<!\w)(?P<month>January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?: (?:the )?\d{1,2}(?:st|nd|rd|th)?,?|,| of)? (?P<year>(?:19|20)\d\d)(?!\w)"
)
"""A month with its year, and a day between them or before them."""
_HUMBLE = re.compile(r"(?<![A-Za-z])[a-z]{1,2}([A-Z]{2,}[\w@-]{0,20})")
"""FID of rFID, AP of mAP."""
_TITLE = re.compile(r"(?<![\w-])[A-Z][a-z]+(?:[ -](?:(?:of|for|and|the|with) )?[A-Z][a-z]+){2,7}(?![\w-])")
"""Capitalised words, of which an acronym may be made: Cascade Preference Optimization."""


def runs(text: str) -> Iterator[tuple[Word, ...]]:
    """Yield runs of capitalised words, names and numbers that follow them, one space apart."""
    run: list[Word] = []
    at = 0
    while match := _WORD.search(text, at):
        if run and (text[run[-1].end : match.start()] != " " or len(run) >= _LONGEST):
            yield tuple(run)
            run = []
        run.append(_word(text, match))
        at = match.end()
        while len(run) <= _LONGEST and (number := _NUMBER.match(text, at)):
            run.append(Word(number[1], number.start(1), number.end(1), False, True, False))
            at = number.end()
    if run:
        yield tuple(run)


def _word(text: str, match: re.Match[str]) -> Word:
    said = match[0]
    firm = bool(_FIRM.search(said)) and said.removesuffix("s") not in _EVERYDAY and not _PREFIXED.fullmatch(said)
    return Word(
        said,
        match.start(),
        match.end(),
        firm,
        False,
        bool(_BEGIN.search(text[max(0, match.start() - 3) : match.start()])),
    )


def pictures(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans in which a speaker paints a picture: to the end of its sentence, at most 80 characters."""
    found: list[tuple[int, int]] = []
    for match in _PICTURE.finditer(text):
        stop = _PICTURE_ENDS.search(text, match.end(), match.end() + 80)
        found.append((match.end(), stop.start() if stop else match.end() + 80))
    return tuple(found)


def pictured(text: str, run: Sequence[Word], spans: Sequence[tuple[int, int]]) -> bool:
    """Return whether a run is an everyday name in a picture: plain words, and no word before it that lists systems."""
    start = run[0].start
    if any(word.firm or word.number for word in run):
        return False
    index = bisect_right(spans, (start, len(text))) - 1
    if index < 0 or spans[index][1] < run[-1].end:
        return False
    before = re.findall(r"\w+", text[max(0, start - 16) : start])
    return not (before and before[-1].lower() in _LISTED)


def family(word: str, known: Set[str]) -> bool:
    """Return whether the evidence has a member of the family that the word names: Qwen of Qwen3-8B."""
    name = key(word)
    return len(name) > 2 and name.isalpha() and any(
        one.startswith(name) and one[len(name)].isdigit() for one in known if len(one) > len(name)
    )  # fmt: skip


def is_known(word: str, known: Set[str]) -> bool:
    """Return whether the evidence's keys hold the name, its family or its acronym, without "-based" and the like."""
    if key(word) in known or family(word, known):
        return True
    parts = word.split("-")
    if len(parts) > 1:
        kept = [part for part in parts if not (part.islower() and part.isalpha() and part not in _VARIANTS)]
        if kept and len(kept) < len(parts):
            return is_known("-".join(kept), known)
        return all(key(part) in known and not part[0].isdigit() for part in parts)
    return False


def claims(word: Word, language: str) -> bool:
    """Return whether a word that the evidence lacks says something of the paper."""
    if word.firm:
        return True
    if word.initial and word.text.rpartition("-")[2] in _VARIANTS and "-" in word.text:
        return True
    if word.number or word.initial or language != "en" or len(word.text) < 3:
        return False
    plain = word.text.removesuffix("s")
    return plain not in _EVERYDAY and not all(
        part.lower() in _ORDINARY or part.islower() or part in _EVERYDAY or (len(part) == 1 and "-" in word.text)
        for part in word.text.split("-")
    )
