"""What of a paper is said: no TeX that was not set, no label that led nowhere, no matter about the submission."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from podcast.show import formulas
from podcast.sources import titles
from podcast.sources.letters import UNCASED

Paragraph = tuple[str, str]
"""(section title, text)."""

_ANSWERED = re.compile(r"\bAnswer:\s*\W{0,2}(?:yes|no|n/?a|todo|not applicable)\b", re.IGNORECASE)
_FORM = re.compile(r"\W*(?:\d+\W+)?(?:Question|Answer|Justification|Guidelines)\s*:")
_ABSTRACT = re.compile(
    rf"\W{{0,3}}(?:{titles.ABSTRACT})\W{{0,2}}(?:[.:：—–-]\W{{0,3}}(?=(?-i:[^\Wa-z]))|\s(?=(?-i:We|This|The|In|An?)\b))",
    re.IGNORECASE,
)
_KEYS = re.compile(
    rf"\W{{0,3}}(?:key ?words|key ?terms|index terms|ccs concepts|subject classification|{titles.KEYS})"
    r"(?: and phrases| codes?| \d{4})?\W{0,3}(?:[:：]|([—–])(?!.*\1))|"
    rf"[【〔［\[]\s?(?:{titles.KEYS})\s?[】〕］\]]|(?:{titles.KEYS})\s?(?=[^.。]*[、，；;・,][^.。]*$)|"
    r"\W{0,3}(?-i:PACS|JEL|MSC)(?: ?\(?\d{4}\)?| numbers?| codes?| classification){0,2}[:：.]?\s{1,3}"
    r"(?-i:(?:[Pp]rimary|[Ss]econdary)\b|\d\d(?:[A-Z-]|\.\d\d)|[A-Z]\d\d?\b)",
    re.IGNORECASE,
)
"""Key words, behind a colon or one dash; a classification by three letters, which mean much else, has its codes."""
_WORD = re.compile(rf"[{UNCASED}]|[^\W\d_]+")
_ABOUT_AUTHORS = re.compile(
    r"[^a-zA-Z]*(?:(?:denotes |indicates |with )?equal (?:contributions?|advising)|(?:the )?corresponding authors?\b|"
    r"(?:these|the) (?:first )?(?:\w+ )?authors contributed equally|contributed equally|"
    r"(?:this )?work (?:was )?(?:partially )?(?:done|performed|conducted) (?:during|while|when)|co-first authors?|"
    r"project leads?\b|e-?mails?\b\s*:|correspondence to\b)",
    re.IGNORECASE,
)


def own(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Yield the paragraphs that are the paper's: in sections of its own, and no answers to a conference's questions."""
    closed = False
    for title, group in groupby(paragraphs, key=lambda pair: pair[0]):
        texts = [text for _, text in group]
        form = any(_ANSWERED.search(text) for text in texts)
        if not titles.is_back_matter(title) and not titles.is_form(title, texts, closed):
            yield from ((title, text) for text in texts if not (form and (_FORM.match(text) or _ANSWERED.search(text))))
        closed = closed or titles.closes(title)


def in_one_language(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs; of several abstracts under different names those alone that share the text's words.

    >>> in_one_language([("Abstract", "We sort it."), ("Resumen", "Lo medimos."), ("Trays", "Here we sort it by day.")])
    [('Abstract', 'We sort it.'), ('Trays', 'Here we sort it by day.')]
    """
    listed = list(paragraphs)
    if len({title for title, _ in listed if titles.is_abstract(title)}) < 2:
        return listed
    words = dict[str, set[str]]()
    for title, text in listed:
        words.setdefault(title if titles.is_abstract(title) else "", set()).update(_WORD.findall(text.casefold()))
    body = words.pop("", set[str]())
    shared = {title: len(said & body) / max(len(said), 1) for title, said in words.items()}
    foreign = {title for title, share in shared.items() if share < max(shared.values()) / 2}
    return [(title, text) for title, text in listed if title not in foreign]


def opened(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Yield the paragraphs, what opens the paper as its abstract under that name, whatever it is called and however
    that is said: by a heading, by a word before it, or by one in a line of its own.

    >>> list(opened([("Text", "By Ann Lee."), ("Text", "Summary. We sort."), ("1 Trays", "Summary. It is so.")]))
    [('Text', 'By Ann Lee.'), ('Abstract', 'We sort.'), ('1 Trays', 'Summary. It is so.')]
    """
    first, opens, called = "", True, False
    for title, text in paragraphs:
        first = first or (title if title not in ("Text", "Abstract") else "")
        opens = opens and title in ("Text", "Abstract", first)
        if not opens:
            yield title, text
        elif titles.is_abstract(title) or called:
            opens = not called
            yield "Abstract", text
        elif titles.is_abstract(text):
            called = True
        else:
            found = _ABSTRACT.match(text)
            opens = not found
            yield ("Abstract", text[found.end() :]) if found else (title, text)


def is_of_authors(sentence: str) -> bool:
    """Tell whether the sentence is a note about the authors: who did as much, who answers mail."""
    return _ABOUT_AUTHORS.match(sentence) is not None


def is_of_keys(sentence: str) -> bool:
    """Tell whether the sentence is what a paper is filed under: "Keywords: pebbles, heaps"."""
    return _KEYS.match(sentence) is not None


# --- labels that lead nowhere ------------------------------------------------------------------------

_NOWHERE = (
    r"(?:LABEL:[\w:./-]*[\w/-]|\?\?+|\\(?:eq|c|C|auto|page|name)?ref\s*\{[^{}]*\}|\[\?+\]|"
    r"\\?\[?\\?\[?@?(?:fig|tab|tbl|sec|subsec|eq|eqn|alg|algo|app|appendix|thm|lem|def|prop|cor):[\w:./-]*\w\\?\]?\\?\]?)"
)
_NOUNS = {
    "fig": "a figure", "tab": "a table", "sec": "another section", "eq": "an equation", "app": "the appendix",
    "alg": "an algorithm", "the": "a theorem", "thm": "a theorem", "lem": "a lemma", "def": "a definition",
    "pro": "a proposition", "cha": "a chapter", "lis": "a listing", "cor": "a corollary", "ass": "an assumption",
    "rem": "a remark", "exa": "an example",
}  # fmt: skip
"""What is said in place of "Figure ??", by how the noun begins."""
_NAMED = (
    r"\b(?P<noun>fig(?:ure|\.)?s?\.?|tab(?:le|\.)?s?\.?|sec(?:tion|\.)?s?\.?|eqs?\.?|eqn\.?|equations?|app(?:endix|endices|\.)|"
    r"alg(?:orithm|\.)?s?\.?|theorems?|thm\.?|lem(?:ma|mas|\.)?|def(?:inition|\.)?s?|prop(?:osition|\.)?s?|chapters?|listings?|"
    r"corollar(?:y|ies)|assumptions?|remarks?|examples?)"
)
_MORE = rf"(?:\s*(?:,|and|, and|or|to|[-–])\s*\(?{_NOWHERE}\)?)*"
_LOST = re.compile(rf"{_NAMED}[\s~]*\(?{_NOWHERE}\)?{_MORE}", re.IGNORECASE)
_ASIDE = re.compile(rf"\s*\((?:see |cf\. |e\.g\.,? |in |as in )*{_NAMED}[\s~]*{_NOWHERE}{_MORE}\)", re.IGNORECASE)
_CITED = re.compile(
    r"\s*(?:\[\s*\?+(?:\s*[,;]\s*\?+)*\s*\]|\(\s*\?+(?:\s*[,;]\s*\?+)*\s*\)|~?\\[cC]ite\w*\s*(?:\[[^\]]*\])*\{[^{}]*\})"
)
_LEFT = re.compile(rf"(?<![\w?!/]){_NOWHERE}")


LOST = "\ue000"
"""Stands where a label led nowhere and no noun tells what to: who says such a sentence says nothing."""


def resolved(text: str) -> str:
    """Return the text without labels that lead nowhere: "in Figure ??" is "in a figure"; LOST where no words are right.

    >>> resolved("It is drawn in Figure LABEL:fig:overview (see Sec. ??), as ever [?].")
    'It is drawn in a figure, as ever.'
    >>> resolved("By ?? it holds.") == f"By {LOST} it holds."
    True
    """
    said = _CITED.sub("", _LOST.sub(_in_words, _ASIDE.sub("", text)))
    return _LEFT.sub(LOST, said)


def _in_words(found: re.Match[str]) -> str:
    noun = found["noun"]
    first = re.search(r"(?:^|[.!?:]\s+)$", found.string[: found.start()])
    words = next(words for start, words in _NOUNS.items() if noun.casefold().startswith(start))
    if noun.rstrip(".").endswith("s") and words.startswith("a"):
        words = words.replace("another", "other").removeprefix("an ").removeprefix("a ") + "s"
    return words[0].upper() + words[1:] if first else words


# --- TeX that was not set -----------------------------------------------------------------------------

_ARGUMENTS = (
    r"\*?(?:\s*\[[^\[\]]*\]|\s*\{(?:[^{}]|\{[^{}]*\})*\}|\s*\\[A-Za-z@]+|\s*=\s*[-\d.]+\s?(?:pt|em|cm|mm|in|ex)?)*"
)
_PREAMBLE = re.compile(
    r"\\(?:documentclass|usepackage|RequirePackage|(?:re)?newcommand|providecommand|newenvironment|newtheorem|def|let|"
    r"set(?:length|counter|copyright|topmatter|cctype)|acm[A-Za-z]+|icml[A-Za-z]+|iclr[A-Za-z]*|pagestyle|thispagestyle|"
    r"bibliographystyle|graphicspath|hypersetup|definecolor|tikzset|pgf[A-Za-z@]*|expandafter|csname|endcsname|"
    r"makeatletter|makeatother|maketitle|title|author|thanks|affil[A-Za-z]*|institution|email|[A-Za-z]*@[A-Za-z@]*)"
    r"(?![A-Za-z])" + _ARGUMENTS
)
_BRACES = re.compile(r"[\[\]]?(?:\{\s*\})+")
_UNSAID = re.compile(
    r"~?\\(?:label|footnote|footnotemark|vspace|hspace|index|todo|includegraphics|input|url)\*?(?:\[[^\]]*\])*\{[^{}]*\}"
)
_ENVIRONMENT = re.compile(r"\\(?:begin|end)\s*\{[^{}]*\}(?:\[[^\]]*\])*")
_OPTIONS = re.compile(r"\[(?:\s*[\w/ -]+\s*(?:=[^\[\],]*)?,)*\s*[\w/ -]+\s*=[^\[\]]*\]")
_STYLED = re.compile(r"\\[A-Za-z]+\*?\s*\{([^{}]*)\}")
_COMMAND = re.compile(r"\\[A-Za-z]+\*?\s?")
_POINTS = re.compile(r"\\(?:[cC]ite\w*|\w*ref)\b")
"""Citations and references, which others read."""


def untexed(text: str) -> str:
    r"""Return the text without TeX's commands outside of formulas, whose dollars and TeX stay.

    >>> untexed(r"in \textbf{two} steps~\cite{doe} of $\frac{1}{2}$")
    'in two steps~\\cite{doe} of $\\frac{1}{2}$'
    """
    return formulas.around(text, _set) if "\\" in text else text


def _set(text: str) -> str:
    for pattern in (_UNSAID, _ENVIRONMENT):
        text = pattern.sub(" ", text)
    for _ in range(4):
        before = text
        text = _STYLED.sub(lambda found: found[0] if _POINTS.match(found[0]) else found[1], text)
        if text == before:
            break
    return _COMMAND.sub(lambda found: found[0] if _POINTS.match(found[0]) else " ", text)


def unset(text: str) -> str:
    r"""Return the text without what sets up a document, or is TeX's inner life: ``\usepackage{…}``, ``\@ifnextchar``;
    and without the options of a box that stand before its text: "[colback=gray!5,title=Finding]"."""
    text = _OPTIONS.sub("", text.lstrip(), count=1) if _OPTIONS.match(text.lstrip()) else text
    return formulas.around(text, lambda part: _BRACES.sub(" ", _PREAMBLE.sub(" ", part))) if "\\" in text else text
