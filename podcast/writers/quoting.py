"""A paper's sentence as it can be said: in the third person, its asides dropped or said, and whole.

Nothing is cut that a listener would miss: a list, a figure, a definition. What cannot be said alone, or at all, is told
apart here too.
"""

import re
from collections.abc import Callable, Mapping

MOST_WORDS = 60
"""Of a sentence that is read aloud: `rules.MOST_WORDS`, which no line may have more of."""

_LONG = 34
"""Words above which what trails behind a comma is left out, where nothing hangs on it."""

_LINK = (
    r"(?:However|Moreover|Furthermore|Specifically|Additionally|In addition|In particular|Notably|Consequently"
    r"|Therefore"
    r"|Thus|Hence|As a result|As a consequence|To this end|Finally|Lastly|Importantly|Concretely|Meanwhile|Instead"
    r"|On the contrary|Nevertheless|Nonetheless|Overall|Interestingly|Remarkably|Surprisingly|Crucially|Besides|Also"
    r"|Then|Next|Accordingly|In contrast|By contrast|Conversely|Unfortunately|Yet|Still|In response|Here|Firstly"
    r"|Secondly|Thirdly|First|Second|Third|Technically|Empirically|Again|Indeed|In fact|In turn|In summary|In short"
    r"|In conclusion|To summarize|Taken together|Rather|Typically|More importantly|More specifically|Further|Likewise"
    r"|At inference|On the other hand|On the one hand|In this sense|In this context|Ultimately|Critically"
    r"|For example|For instance|Similarly|In other words|Equally important|As such|Beyond this|Together|Alternatively"
    r"|In parallel|At the same time|Simultaneously|Subsequently)"
)
_ITSELF = r"(?:(?:current |present )?(?:paper|work|study|report|article|survey|thesis|position|technical report))"
_OPENERS = (
    re.compile(r"^\(?(?:\d|[ivx]+|[a-d])\)\s+(?=[A-Z])"),
    re.compile(r"^(?:Firstly|Secondly|Thirdly|Additionally),?\s+"),
    re.compile(rf"^{_LINK},\s+", re.IGNORECASE),
    re.compile(rf"^(?:Throughout|In|With|Through|Within) this {_ITSELF},\s+", re.IGNORECASE),
    re.compile(r"^As (?:is )?(?:shown|seen|illustrated|reported|depicted|summarized|presented|detailed)[^,]{0,60}, "),
    re.compile(
        r"^(?:For|Regarding|To (?:address|tackle|solve)) the (?:first|second|third|former|latter)(?: \w+){0,2}, "
        r"(?=we\b|our\b)"
    ),
    # what points back at a sentence that may not be said: "To address these issues, we …"
    re.compile(
        r"^(?!(?:Because|Since|As|When|While|If|Although|Though|Where"
        r"|Once) )(?:[A-Z][\w-]*,? (?:[\w-]+ ){0,3})??(?:this|these|those|such|both|it|them|doing so)\b(?! "
        rf"{_ITSELF})[^,;:]{{0,70}}, (?=(?:we|the|this {_ITSELF}|our|[A-Z])\b)",
    ),
)  # fmt: skip
_POINTS = re.compile(
    r"^(?:it|its|they|them|their|theirs|he|she|his|her|both|each|such|one|another|others?|neither|either|all of them"
    r"|the former|the latter|the (?:second|third|first|last|other|same|above|former|latter|proposed|resulting|results?)"
    r"|doing so|to do so|similarly|likewise|which|who|that|those|these|this|here|there|so|and|but|or|yet|nor|because|"
    r"while|whereas|although|though|when|once|then|thus|hence|therefore|however|moreover|furthermore|also|instead"
    r"|for example|for instance|more|most of them|some of them|under this|after that|equation|eq|fig|figure|table)\b",
    re.IGNORECASE,
)  # fmt: skip
_POINTS_INSIDE = re.compile(
    rf"\b(?:this|these|those|such|the (?:former|latter|above|aforementioned))\b(?! {_ITSELF}\b)(?! (?:as|that|an?)\b)",
    re.IGNORECASE,
)
_FREE = re.compile(
    rf"^(?:this|the (?:present|current)) {_ITSELF}\b|^(?:one (?:of|[a-z]+ )|each (?!of )\w+|both \w+ and "
    rf"|there (?:is|are)"
    r"|the (?:first|second|third|same) (?:\w+ )+?(?:to|that|of)\b|the results? (?:of|on|for)\b|more than|when \w+ing\b"
    r"|while (?!it\b|they\b|this\b|these\b)|although (?!it\b|they\b|this\b)|because (?!it\b|they\b|this\b)"
    r"|(?:when|once|whereas|though) (?!it\b|they\b|this\b|these\b)|another (?:\w+ )+?(?:is|are)\b"
    r"|that is why|those who|all of|(?:because|since|when|while|although|as|once) (?:it|they) [^,]{3,80}, the\b)",
    re.IGNORECASE,
)  # fmt: skip
_NAMELESS = re.compile(
    r"^(?!(?:while|although|even|though|because|since|when|whenever|if|once|where|whereas|as(?! (?:an?|the))) )"
    r"[^,;:.]+(?:\.\d[^,;:.]*)*, (?:it|its|they|their|he|she)\b",
    re.IGNORECASE,
)
"""On the test, it …: behind a phrase, a subject that was named before."""
_ELSEWHERE = re.compile(
    r"\b(?:Tables?|Figures?|Figs?\.|Eqs?\.|Equations?|Eqn|Sections?|Sec\.|Appendi(?:x|ces)|Algorithm|Lemma|Theorem"
    r"|Proposition|Corollary|Definition)\s*(?:\d|[A-Z]\b|[IVX]+\b)|\b(?:[Tt]he|[Tt]his) (?:figure|table|equation)\b"
    r"|\bas follows\b|\b(?:below|above)[.,:]|:$|\b(?:colou?red|dashed|plotted|shaded|legend)\b"
    r"|[Pp]roject (?:[Pp]age|website)|\b(?:[Cc]ode|[Dd]emos?|[Mm]odels?|[Vv]ideos?|[Dd]ata) (?:is|are|will be) "
    r"(?:publicly |made |openly )*(?:available|released)|https?:|\bwww\.|github"
)  # fmt: skip
_SIGNS = re.compile(r"[\\{}=$<>^_|∈∑∏≤≥→←∇∂≈⋅]|\b[a-zA-Z]\([a-z]\)")
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|do|does|did|can|cannot|could|may|might|must|will|would|should|shall"
    r"|[a-z]+(?:ed|es|ize|ise|ate|ify)|shows?|gets?|finds?|found|lets?|makes?|made|gives?|gave|gains?|costs?|wins?|won"
    r"|beats?|runs?|ran|takes?|took|keeps?|kept|needs?|holds?|held|leads?|led|learns?|learnt|falls?|fell|rises?|rose"
    r"|grows?|grew|suffers?|remains?|becomes?|became|reads?|works?|turns?|helps?|hurts?|plays?|treats?|detects?"
    r"|builds?|built|contains?|performs?|reports?|transforms?|exceeds?|trails?|lags?|seeks?|begins?|began|starts?"
    r"|depends?|relies|rely|allows?|offers?|requires?|employs?|extends?|adopts?|fails?|matters?|yields?|brings?|brought"
    r"|draws?|drives?|sets?|sees?|saw|links?|combines?|combats?|propose|introduce|present|remove|serve|differ|spans?"
    r"|[Ww]e (?:[a-z]+ly )?[a-z]+)\b"
)  # fmt: skip
_CAPTION = re.compile(
    r"^(?:(?:Qualitative|Quantitative|Detailed|Main|Visual|Additional|More|Full|Overall|Ablation|Popular"
    r"|Statistics)\b.{0,40}\b)?"
    r"(?:comparisons?|results?|overview|illustration|examples?|visualizations?|performance|study|statistics|details|"
    r"ablations?|distribution|accuracy)\b(?: \w+){0,3} (?:of|on|for|with|from|between)\b(?!.*\b(?:show|demonstrate|"
    r"indicate|suggest|reveal|confirm|is|are|was|were|has|have)\b)",
    re.IGNORECASE,
)  # fmt: skip


OURS = re.compile(r"\b(?:we|our|ours|us)\b", re.IGNORECASE)
"""What authors call themselves."""

_SMALL_NAME = re.compile(r"[a-z][a-z0-9]*-?[A-Z]")
"""iw-SFT, vLLM, mBERT: names that begin with a small letter."""


def speakable(sentence: str) -> bool:
    """A sentence to speak has words, a verb, an end, and no address, formula, question, or pointer at a picture."""
    text = opened(_asides(sentence, {}))
    words = text.split()
    return (
        4 <= len(words) <= 90
        and text.endswith((".", "!", '."', ".”"))
        and len(re.findall(r"[^\W\d_]", text)) > len(text) // 2
        and not _ELSEWHERE.search(text)
        and not _SIGNS.search(text)
        and not _CAPTION.search(text)
        and bool(_VERB.search(text))
        and text.count("(") == text.count(")")
        and (text[:1].isupper() or text[:1].isdigit() or text[:1] == "\u201c" or bool(_SMALL_NAME.match(text)))
    )


def wordy(sentence: str) -> bool:
    """Tell whether the sentence has words at all, and neither an address nor a formula."""
    return 4 <= len(sentence.split()) <= 90 and not re.search(r"https?://|www\.|github\.com|[\\{}=$]", sentence)


def leans(sentence: str) -> bool:
    """Tell whether the sentence, said alone, would point at one before it: "It …", "This insight …"."""
    text = opened(sentence)
    return points(text) or bool(_POINTS_INSIDE.search(" ".join(text.split()[:9])))


def opens(sentence: str) -> bool:
    """Tell whether an episode may begin with the sentence: it leans on none, and names what it is about."""
    return not leans(sentence) and not _NAMELESS.search(opened(sentence))


def points(text: str) -> bool:
    """Tell whether the text begins with a pronoun or a connective whose noun is not in it."""
    return bool(_POINTS.search(text)) and not _FREE.search(text)


def opened(sentence: str) -> str:
    """Return the sentence without the words at its beginning that tie it to others."""
    text, before = sentence.strip(), ""
    while text != before:
        before = text
        for opener in _OPENERS:
            text = opener.sub("", text)
    return capital(text) if text != sentence.strip() else text


def capital(text: str) -> str:
    """Return the text with a large first letter, but for a name that is written with a small one, such as iw-SFT."""
    return text if _SMALL_NAME.match(text) else text[:1].upper() + text[1:]


_DROPPED = re.compile(
    r"^(?:see\b|cf\.|e\.g\.|(?:Fig|Tab|Sec|Eq|App|Alg)|(?:[A-Z][\w'’-]+(?: et al\.?| and [A-Z][\w'’-]+"
    r"| & [A-Z][\w'’-]+)?"
    r",? \(?(?:19|20)\d\d)|https?:|\d+(?:\s*[,;–-]\s*\d+)*$|[a-z]\)?$|i+\)?$|left|right|top|bottom|ours|\W*$)"
    r"|https?:|et al|\b[a-zA-Z]\s*[=<>≤≥≈∈]",
)  # fmt: skip


def _asides(sentence: str, used: Mapping[str, int]) -> str:
    """Return the sentence with its parentheses dropped, or said where they hold a figure or a definition.

    `used` tells how often each short form stands in the text: one that is not used again need not be told.
    """

    def say(found: re.Match[str]) -> str:
        inside = found[2].strip()
        before, after = found[1], sentence[found.end() :]
        if found[0].lstrip().startswith("[") or _DROPPED.search(inside) or len(inside.split()) > 16:
            return before
        short = re.fullmatch(r"[A-Z][A-Za-z0-9-]{1,9}s?", inside) and sum(sign.isupper() for sign in inside) > 1
        comma = "" if re.match(r"\s*[,.;:)]", after) or not after.strip() else ","
        if short and re.search(r"(?:^|\s)[+-]?\d[\d.,]*%?$", sentence[: found.end(1)]):
            return f"{before}, {inside}{comma}"  # what the figure is of, and no other name for it
        if short:
            told = used.get(inside.removesuffix("s"), 0) > 1
            return f"{before}, or {inside}{comma}" if told else before
        inside = re.sub(r"\bvs\.?(?= )", "versus", re.sub(r"^i\.e\.,? ", "that is, ", inside))
        if inside.startswith("that is, ") or (re.search(r"\d", inside) and not _SIGNS.search(inside)):
            return f"{before}, {inside}{comma}"
        return before

    text, before = sentence, ""
    while text != before:  # from the innermost out
        before = text
        sentence = text
        text = re.sub(r"(\S?)\s*[(\[]([^()\[\]]*)[)\]]", say, text, count=1)
    return re.sub(r"\s+", " ", text).strip()


_THIRD = (
    (rf"\bIn this {_ITSELF},? ", ""),
    (rf", in this {_ITSELF},", ","),
    (rf"^This (?={_ITSELF}\b)", "The "),
    (r"\b[Oo]urs\b", "theirs"),
    (r"\bus\b", "them"),
    (r"\bourselves\b", "themselves"),
    (r"\bwe're\b", "they're"),
)


def _named() -> Callable[[re.Match[str]], str]:
    """Return what puts "the authors" for the first "we" or "our" of a sentence, and "they" or "their" after it."""
    before = False

    def third(found: re.Match[str]) -> str:
        nonlocal before
        first, before = not before, True
        owns = found[0].lower() == "our"
        words = ("the authors'" if owns else "the authors") if first else ("their" if owns else "they")
        return words[:1].upper() + words[1:] if found[0][0].isupper() else words

    return third


_TAIL = re.compile(
    r",? (?:thereby|thus|hence|enabling|allowing|making|ensuring|leading to|resulting in|facilitating|paving"
    r"|highlighting"
    r"|demonstrating|underscoring|establishing|providing|offering|which (?:is|are|makes?|allows?|enables?|leads?))\b"
)
_TAKES_BACK = r"\b(?:only|unless|except|but|however|not|no|never|without|if|when|provided)\b"


def third(text: str) -> str:
    """Return the text in the third person.

    >>> third("We train our model twice, and we test it.")
    'The authors train their model twice, and they test it.'
    """
    for pattern, words in _THIRD:
        text = re.sub(pattern, words, text)
    return re.sub(r"\b(?:[Ww]e|[Oo]ur)\b", _named(), text)


def said(sentence: str, used: Mapping[str, int] | None = None, *, follows: bool = False) -> str:
    """Return the sentence as it can be said: in the third person, and without what ties it to others.

    Where it `follows` the sentence before it, such ties stay. A parenthesis with a figure or a definition is said. Of a
    very long sentence a last clause may be left out that has neither figure nor list. It has an end.
    """
    text = _asides(sentence, used or {})
    text = text if follows else opened(text)
    text = third(text)
    text = re.sub(r"\s+([,.;:!?])(?!\w)", r"\1", re.sub(r"\s+", " ", text)).strip()
    if len(text.split()) > _LONG:
        text = _shorter(text)
    text = capital(text)
    return text if text.endswith((".", "!", "?", '."', ".”")) else text.rstrip(",;:") + "."


def _shorter(text: str) -> str:
    """Return the text without its last clause where nothing waits for that, and it has no figure, list or condition."""
    for tail in reversed(list(_TAIL.finditer(text))):
        head, rest = text[: tail.start()], text[tail.start() + 1 :]
        waits = re.search(r"\b(?:not only|both|either|neither|between)\b(?!.*\b(?:but|and|or|nor)\b)|:", head)
        if len(head.split()) >= 12 and not waits and not re.search(rf"\d|, (?:and|or) |: |{_TAKES_BACK}", rest):
            return head.rstrip(",;:") + "."
    return text


def repeats(sentence: str, told: str) -> bool:
    """Tell whether the sentence says nearly what `told` says: two words of three are the same."""
    one, other = (frozenset(re.findall(r"[a-z0-9.-]{3,}", text.lower())) for text in (sentence, told))
    return bool(one) and len(one & other) >= 0.66 * min(len(one), len(other))


def short_forms(sentences: tuple[str, ...]) -> dict[str, int]:
    """Return how often each capital word, such as an acronym, stands in the sentences."""
    counts: dict[str, int] = {}
    for sentence in sentences:
        for word in re.findall(r"\b[A-Z][A-Za-z0-9-]*[A-Z0-9][A-Za-z0-9-]*\b", sentence):
            counts[word.removesuffix("s")] = counts.get(word.removesuffix("s"), 0) + 1
    return counts
