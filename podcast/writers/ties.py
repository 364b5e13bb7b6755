"""A paper's sentence without what ties it to others, and without the marks that its text has kept."""

import re
from collections.abc import Mapping
from functools import partial

from podcast.show import formulas
from podcast.writers import sayable

_LINK = (
    r"(?:However|Namely|Moreover|Furthermore|Specifically|Additionally|In addition|In particular|Notably|Consequently"
    r"|Therefore"
    r"|Thus|Hence|As a result|As a consequence|To this end|Finally|Lastly|Importantly|Concretely|Meanwhile|Instead"
    r"|On the contrary|Nevertheless|Nonetheless|Overall|Interestingly|Remarkably|Surprisingly|Crucially|Besides|Also"
    r"|Then|Next|Accordingly|In contrast|By contrast|Conversely|Unfortunately|Yet|Still|In response|Here|Firstly"
    r"|Secondly|Thirdly|First|Second|Third|Technically|Empirically|Again|Indeed|In fact|In turn|In summary|In short"
    r"|In conclusion|To summarize|Taken together|Rather|Typically|More importantly|More specifically|Further|Likewise"
    r"|On the other hand|On the one hand|In this sense|In this context|Ultimately|Critically"
    r"|For example|For instance|Similarly|In other words|Equally important|As such|Beyond this|Together|Alternatively"
    r"|In parallel|At the same time|Simultaneously|Subsequently)"
)
_BESIDES = (
    r"(?:However|Moreover|Furthermore|Further|Additionally|In addition|On the contrary|Nevertheless|Nonetheless|Besides"
    r"|Also|In contrast|By contrast|Conversely|Yet|Still|Again|Likewise|On the other hand|Similarly|Equally important"
    r"|At the same time|In turn|Meanwhile|Alternatively|Instead)"
)
"""Links that set a sentence beside the one before, or against it."""
_AMID = re.compile(rf", {_BESIDES}(?=,)", re.IGNORECASE)
_CONTRASTS = re.compile(rf"^{_BESIDES}(?:,| \w+ly\b)|^Further \w+s\b|{_AMID.pattern}", re.IGNORECASE)
ITSELF = r"(?:(?:current |present )?(?:paper|work|study|report|article|survey|thesis|position|note|technical report))"
_BACK = r"(?:(?:both|all|all of) )?(?:this|these|those|such|the (?:above|aforementioned))"
_MEETS = (
    r"(?:address|tackl|overcom|mitigat|alleviat|solv|resolv|bridg|fill|clos|meet|remed|handl|circumvent|combat|fix)"
    r"(?:e|es|ing|y|ies)?"
)
_PURPOSES = (
    # "a framework designed to address these limitations by enhancing …" is one that enhances
    (
        re.compile(
            r",? (?:(?:that|which) (?:is|are|was|were) )?(?:(?:specifically |explicitly )?(?:designed|aimed|intended"
            rf"|proposed|developed|built|tailored|aiming) )?"
            r"(?:to|at) (?:\w+ly )?"
            rf"{_MEETS} {_BACK} [\w-]+(?: [\w-]+)??"
            r"(?: by(?= \w+ing\b)|(?=\.|,(?! (?:and|or) (?:\w+ )?\w+,)| via | through | with | by ))"
        ),
        "",
    ),
    (re.compile(rf",? (?:built|based|cent(?:er|re)d) (?:up)?(?:on|around) {_BACK} [\w-]+(?=[.,])"), ""),
    (re.compile(rf",? (?:that|which) (?:\w+ly )?{_MEETS} {_BACK} [\w-]+(?: [\w-]+)?(?=[,.])"), ""),
    (
        re.compile(rf"\b{_MEETS.replace('(?:e|es|ing|y|ies)?', '(?:e?s|ies)')} {_BACK} [\w-]+ "
                   r"(?:with|by (?:introducing|proposing|presenting|developing)) "),
        "introduces ",
    ),
    (
        re.compile(rf"(?<=\b[Ww]e ){_MEETS} {_BACK} [\w-]+ "
                   r"(?:with|by (?:introducing|proposing|presenting|developing)) "),
        "introduce ",
    ),
)  # fmt: skip
"""What a thing is for, where that was said before: "… to address these limitations"."""
_PREDICATE = re.compile(
    r"\b(?:(?:is|are|was|were|be|been|being|not)(?: \w+ly)?(?: \w+)?"
    r"|(?:fail|struggl|want|attempt|aim|seek|try|tries|tried|hop|wish|need|striv|manag|help|unabl|abl)(?:s|e|es|ed|ing)?"
    r"|hard|difficult|how)$"
)
"""What such a purpose stands behind where it is what the sentence says: "it is built to …", "it fails to …"."""
_PROPOSES = re.compile(
    r"\b(?:introduc|propos|present|develop|build|built|creat|construct|design|address|tackl)\w*\b|\b[A-Z]\w* is an?\b"
)
"""What such a purpose is of: in "they attempt to bridge this gap" it is all that is said."""
_POINTERS = "this|these|those|such|both|it|them"
_POINTED = rf"(?:[\w-]+ ){{0,5}}?(?:{_POINTERS})\b(?! {ITSELF})"
_OPENERS = (
    re.compile(r"^\(?(?:\d|[ivx]+|[a-d])\)\s+(?=[A-Z])"),
    re.compile(r"^(?:Firstly|Secondly|Thirdly|Additionally),?\s+"),
    re.compile(rf"^{_LINK},\s+", re.IGNORECASE),
    re.compile(rf"^(?:Throughout|In|With|Through|Within) this (?:section|{ITSELF})(?:,\s+|\s+(?=we\b))", re.IGNORECASE),
    re.compile(r"^As (?:is )?(?:shown|seen|illustrated|reported|depicted|summarized|presented|detailed)[^,]{0,60}, "),
    re.compile(
        r"^(?:To (?:address|tackle|solve|answer) the (?:first|second|third|former|latter)(?: \w+){0,2}, "
        r"|(?:For|Regarding) the (?:first|second|third|former|latter)(?: \w+){0,2}, (?=we\b))"
    ),
    # what for, or what moved them, by a sentence that may not be said: "To address these issues, we …"; not what it
    # holds under: "Without it, …", "Only in this regime, …"
    re.compile(
        rf"^(?:(?:To(?! (?:{_POINTERS})\b)|Building|Motivated|Inspired|Driven|Guided|Following|Extending) {_POINTED}"
        r"|(?:In|By) doing so|To do so|In this way|For this (?:purpose|reason|aim|goal|demonstration|evaluation))"
        rf"[^,;:]{{0,70}}, (?=(?:we|the|this {ITSELF}|our|[A-Z])\b)"
    ),
    re.compile(rf"^(?:With|Given|Based|Using|Applying|Leveraging) {_POINTED}[^,;:]{{0,70}}, (?=[Ww]e\b)"),
    re.compile(
        rf"^[A-Z]\w+(?:ing|ed)(?: \w+)? {_POINTED}[^,;:]{{0,70}}, "
        r"(?=[Ww]e (?:\w+ly )?(?:propose|introduce|present|develop|put|design|build|create|devise|describe"
        r"|formulate)\b)"
    ),
    re.compile(rf"^To {_MEETS} the (?:challenge|issue|limitation|gap|problem|shortcoming)s?, (?=we\b)"),
)  # fmt: skip
_LISTED = re.compile(
    r"^(?:First(?:ly)?,.*[,;] (?:and )?second(?:ly)?,|Second(?:ly)?,.*[,;] (?:and )?third(?:ly)?,"
    r"|On the one hand,.*\bon the other hand,)",
    re.IGNORECASE,
)
"""What counts its own parts keeps the first count."""
_TIED = re.compile(
    r"^((?!(?:Not|To|By|If|When|While|Although|That|Which)\b)(?:[\w'-]+ ){1,3}?)"
    r"(?<!not )(?<!only )(?<!but )(?<!can be )"
    r"(?:also|further|furthermore|additionally|moreover|thereby|therefore|thus|hence|consequently|accordingly"
    r"|subsequently) (?=[a-z])"
)
_THEN = re.compile(r"((?:^W|, w)e) (?:then|next|finally|lastly|also|further) (?=[a-z])")
"""We further propose: what came before may not have been said."""

SMALL_NAME = re.compile(r"[a-z][a-z0-9]*-?[A-Z]")
"""iw-SFT, vLLM, mBERT: names that begin with a small letter."""

_TESTS = (
    r"(?:(?:[Ee]xtensive|[Cc]omprehensive|[Tt]horough|[Ee]mpirical|[Ee]xperimental|[Qq]uantitative|[Qq]ualitative"
    r"|[Ff]urther|[Ll]arge-scale|[Ss]ystematic|and|our|the) )*"
    r"(?:[Ee]xperiments?|[Ee]valuations?|[Rr]esults?|[Ss]tudies|[Aa]nalys[ei]s|[Ff]indings)"
)
_SHOWS = r"(?:consistently |further |clearly |empirically )?(?:show|demonstrate|reveal|confirm)s?"
_SHOW_THAT = (
    re.compile(
        rf"^(?:Our |The |These |All |Both )?{_TESTS}( (?:on|across|over|in|with) [^;:.]{{3,120}}?)? {_SHOWS} "
        r"(?:that |(?=[A-Z][\w-]* \w+s\b))(?=\S)"
    ),
    re.compile(
        rf"^(?:(?:Through|With|In|By|Via) {_TESTS}( (?:on|across|over|in) [^;:.,]{{3,90}})?, )?[Ww]e {_SHOWS} that "
        r"(?=\S)"
    ),
)
"""What a paper puts before what it found."""
DEEDS = (
    r"(?:propose|introduce|present|develop|devise|design|derive|build|train|release|provide|offer|give|show|demonstrate"
    r"|prove|suggest|indicate|reveal|confirm|highlight|underscore|find|identify|discuss|argue|conclude|recommend|call"
    r"|analy[sz]e|explore|study|examine|evaluate|investigate|establish|characteri[sz]e|explain|describe|compare|validate"
    r"|report|outline)"
)
"""What authors do in a paper."""
_AND_DO = re.compile(rf"\band (?:\w+ly |then |also |further |thus )?{DEEDS}\b")
"""What they do besides: it needs them, who show the rest."""


_LEAST_WORDS = 3
"""Of a result that is told without who shows it."""


def _found(text: str) -> str:
    """Return a result without "extensive experiments show that", and with what they were on.

    >>> _found("Extensive experiments on two tests demonstrate that it wins.")
    'On two tests, it wins.'
    """
    spot = next(filter(None, (pattern.match(text) for pattern in _SHOW_THAT)), None)
    if not spot or _AND_DO.search(text, spot.end()):
        return text
    rest, where = text[spot.end() :], (spot[1] or "").strip(" ,")
    if not where and len(rest.split()) < _LEAST_WORDS:
        return text
    return f"{where[:1].upper()}{where[1:]}, {rest}" if where else capital(rest)


def _unless_said(words: str, purpose: re.Match[str]) -> str:
    """Return the words for a purpose, or that itself where it is what the sentence says."""
    before = purpose.string[: purpose.start()].rstrip()
    return words if purpose[0].startswith(",") or not _PREDICATE.search(before) else purpose[0]


def opened(sentence: str) -> str:
    """Return the sentence without the words that tie it to others: at its beginning, or that say what for."""
    whole = plain(unlabelled(sentence))
    text, before = whole, ""
    while text != before and not _LISTED.match(text):
        before = text
        for opener in _OPENERS:
            text = opener.sub("", text)
    if _PROPOSES.search(text):
        for purpose, words in _PURPOSES:
            text = purpose.sub(partial(_unless_said, words), text)
    text = capital(text) if text != whole else text
    return _found(_THEN.sub(r"\1 ", _TIED.sub(r"\1", text)))


def whole(text: str) -> str:
    """Return the text without what sets it beside the one before, amid its words.

    >>> whole("On oak, however, it fails.")
    'On oak, it fails.'
    """
    return _AMID.sub("", text)


def contrasts(sentence: str) -> bool:
    """Tell whether the sentence is set beside the one before, or against it."""
    return bool(_CONTRASTS.search(plain(unlabelled(sentence))))


_PART = (
    r"(?:background|introduction|motivation|context|importance|rationale|problem|objectives?|aims?|purposes?|goals?"
    r"|materials|methods?|methodology|approach|(?:main |key )?(?:results?|findings)|discussion|conclusions?"
    r"|significance|interpretation|implications?|limitations?)"
)
_PARTS = (
    (re.compile(r"^(?:objectives?|aims?|purposes?|goals?): to (?=[a-z])", re.IGNORECASE), "The aim is to "),
    (re.compile(rf"^{_PART}(?:(?:,| and| &|/) ?{_PART})?: (?=(?-i:[A-Z\d]))", re.IGNORECASE), ""),
)


def unlabelled(sentence: str) -> str:
    """Return the sentence without the name of the part that it opens, in an abstract of named parts.

    >>> unlabelled("Methods: We sort."), unlabelled("OBJECTIVE: To sort trays.")
    ('We sort.', 'The aim is to sort trays.')
    """
    text = sentence.strip()
    for pattern, words in _PARTS:
        text = pattern.sub(words, text)
    return text


def plain(sentence: str) -> str:
    """Return the sentence without the marks of Markdown and TeX that a text may have kept.

    >>> plain("This is *hard*. It costs ~5x more -- for ``small'' gains.")
    'This is hard. It costs about 5x more – for “small” gains.'
    """
    return _counted(formulas.around(sayable.shown(sentence.strip()), _unmarked))


def _unmarked(text: str) -> str:
    for pattern, words in _MARKS:
        text = pattern.sub(words, text)
    return text


_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_MARKER = re.compile(r"(?<![\w(.])\(?([1-6]|i{1,3}|iv|vi?)\)\s+(?=\S)")


def _ordinal(said: Mapping[str, str], spot: re.Match[str]) -> str:
    before, name = spot.string[max(0, spot.start() - 6) : spot.start()].rstrip(), said[spot[1]]
    parted = not before or re.search(r"[,;:.]$|\b(?:and|or)$", before) or (name == "first" and not before[-1].isalnum())
    return f"{'' if parted else ': ' if name == 'first' else ', '}{name}, "


_BEGUN = re.compile(rf"\b(?:{'|'.join(_ORDINALS)}), (?:An?|The|We|It|To|How|What|Whether|By|In)(?= )")
_LABELS = re.compile(rf"{_MARKER.pattern}(?:and|or)\b")
_SAYS = re.compile(rf"{_MARKER.pattern}(?:is|are|was|were|has|have|can|does|do|will|must|may)\b")
"""Numbers that are names, and such as stand behind a subject."""
_NUMBERED = re.compile(rf"\b(?!and\b|then\b)([A-Za-z]{{3,}}) (?={_MARKER.pattern})")


def _repeated(text: str) -> bool:
    """Tell whether two numbers stand behind the same noun: "version (1) and version (2)"."""
    nouns = [spot[1].lower() for spot in _NUMBERED.finditer(text)]
    return len(nouns) > len(set(nouns))


def _counted(text: str) -> str:
    """Return the text with words for the numbers of a list that stands in it: "1) a, 2) b" is "first, a, second, b".

    Numbers that are names stay numbers: "version (1) and version (2)" is "version 1 and version 2".
    """
    found = [spot[1] for spot in _MARKER.finditer(text)]
    for numbers in (["1", "2", "3", "4", "5", "6"], ["i", "ii", "iii", "iv", "v", "vi"]):
        if len(found) > 1 and found == numbers[: len(found)]:
            if _LABELS.search(text) or _repeated(text):
                return _MARKER.sub(r"\1 ", text)
            if _SAYS.search(text):
                return text
            said = dict(zip(numbers, _ORDINALS, strict=True))
            return _BEGUN.sub(lambda word: word[0].lower(), _MARKER.sub(partial(_ordinal, said), text))
    return text


_MARKS = (
    (re.compile(r"\bapprox\.? ?(?=\d)"), "about "),
    (re.compile(r"(?<![\w*])\*{1,2}(?=[^\s*])([^*]{1,80})(?<=[^\s*])\*{1,2}(?![\w*])"), r"\1"),
    (re.compile(r"``([^`']{1,120})''"), "\u201c\\1\u201d"),
    (re.compile(r"(?<=[\w)])(?: --- ?| -- |---)(?=\S)"), " \u2013 "),
    (re.compile(r"(?<=[\d%]) ?--(?=\d)"), "\u2013"),
    (re.compile(r"(?<![\w~])~ ?(?=\d)"), "about "),
    (re.compile(r"(?<=[a-z]{3})\.(?=[A-Z][a-z]+ )"), ". "),
    (re.compile(r"(?<=[A-Za-z\u03c0])_\{?(\d+(?:\.\d+)?)\}?"), r"\1"),
    (re.compile(r"(?<=[a-z]{4}\.)\d{1,2}$"), ""),
    (re.compile(r"\b((?:introduce|present|propose|release|develop)s?) ?, (?=an?\b)"), r"\1 "),
    (re.compile(r"(?<=, )We (?=[a-z])"), "we "),
    (re.compile(rf"(?<=, )in this {ITSELF}, (?=we\b)"), ""),
)
"""Bold and italics, TeX's quotation marks and dashes, a wave before a figure; two sentences without a space between; an
index, a footnote's number, the place of a name that was a macro."""


def capital(text: str) -> str:
    """Return the text with a large first letter, but for a name that is written with a small one, such as iw-SFT."""
    return text if SMALL_NAME.match(text) else text[:1].upper() + text[1:]
