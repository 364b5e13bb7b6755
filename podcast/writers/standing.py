"""Which of a paper's sentences can be said, and which of them alone: without the one before, nothing is missing."""

import re

from podcast.writers import backmatter, quoting, sayable, ties
from podcast.writers.persons import as_several
from podcast.writers.ties import ITSELF, SMALL_NAME
from podcast.writers.verbs import VERB

_MOST_SIGNS = 1500
"""Of a sentence that may be read aloud: ninety words have less."""

_FEWEST = 4
"""Words of such a sentence; one that is said with the one before it may have one less: "We measure it."."""
_LETTERS = 0.4
"""Of the signs of such a sentence, the part that are letters at least."""

_ELSEWHERE = re.compile(
    r"\b(?:Tables?|Figures?|Figs?\.|Eqs?\.|Equations?|Eqn|Sections?|Sec\.|Appendi(?:x|ces)|Algorithm|Lemma|Theorem"
    r"|Proposition|Corollary|Definition)\s*(?:\d|[A-Z]\b|[IVX]+\b)|\b(?:[Tt]he|[Tt]his) (?:figure|table|equation)\b"
    r"|\bas follows\b|\b(?:below|above)[.,:]|:$|\b(?:colou?red|dashed|plotted|shaded|legend)\b"
    r"|[Pp]roject (?:[Pp]age|website)|https?:|\bwww\.|github"
)  # fmt: skip
_CAPTION = re.compile(
    r"^(?:(?:Qualitative|Quantitative|Detailed|Main|Visual|Additional|More|Full|Overall|Ablation|Popular"
    r"|Statistics)\b.{0,40}\b)?"
    r"(?:comparisons?|results?|overview|illustration|examples?|visualizations?|performance|study|statistics|details|"
    r"ablations?|distribution|accuracy)\b(?!.*\b(?:show|demonstrate|"
    r"indicate|suggest|reveal|confirm|is|are|was|were|has|have|achieves?|validates?|verif(?:y|ies)|(?:in|de)creases?"
    r"|improves?|drops?|rises?|falls?|reach(?:es)?|remains?|exceeds?|highlights?|underscores?|proves?|exhibits?|yields?"
    r"|varies|differs?|degrades?|grows?|depends?)\b)(?: \w+){0,3} (?:of|on|for|with|from|between)\b",
    re.IGNORECASE,
)  # fmt: skip

_PARTS = r"(?:sections?|subsections?|chapters?|appendix|appendices|paragraphs?)"
_TOLD = r"(?:describ|review|introduc|present|discuss|outlin|recall|defin|summari[sz]|stat|detail|explain|recap)\w*"
_SIGNPOST = re.compile(
    rf"\b(?:this|the (?:next|following|previous|present|last|remaining)|subsequent) {_PARTS}\b"
    r"(?! of\b|.*\bthat\b|.*\d ?%)"
    rf"|\b(?:rest|remainder|structure|organi[sz]ation|roadmap) of (?:this|the|our) {ties.ITSELF}\b"
    rf"|^(?:this|the|our) {ties.ITSELF} is (?:organi[sz]ed|structured|divided)\b"
    rf"|^we (?:now |next |then )?(?:turn (?:now )?to|(?:begin|start|close|end|conclude) by (?:\w+ly )?{_TOLD})\b"
    rf"|^we (?:now|next|first|briefly) (?:\w+ly )?{_TOLD}\b(?!.*\b(?:that|which|called)\b)",
    re.IGNORECASE,
)
"""What tells the way through the text, and nothing of what it is about."""
_LOST = re.compile(
    r"\b(?:confirms|shows|reveals|demonstrates|suggests|introduces|proposes) (?:is|are|requires|exposes|achieves"
    r"|outperforms)\b"
)
"""Where a name has been lost, that of a macro: two verbs in a row."""

_IS = (
    r"(?:is|are|was|were|has|have|had|do|does|did|can|could|may|will|would|holds?|fails?|works?|persists?|remains?"
    r"|appears?|seems?|lies?)\b"
)
_SOME = "none|one|two|three|four|five|six|seven|eight|nine|ten|some|most|many|few|several|half"
_OF_WHAT_WAS_SAID = (
    r"(?:same|reasons?|causes?|explanation|consequences?|gains?|improvements?|differences?|effects?|advantages?|benefits?"
    r"|trend|pattern|gap|drop|reduction|savings?|speed-?ups?|arguments?|proofs?|tasks?|attacks?|tricks?)"
)
"""Things that a sentence calls so which says more of what the one before said."""
_POINTS = re.compile(
    r"^(?:it|its|they|them|their|theirs|he|she|his|her|both|each|such|one|another|others?|neither|either|all of them"
    r"|the former|the latter|the (?:second|third|first|last|other|same|above|former|latter|proposed|resulting|results?)"
    r"|doing so|to do so|similarly|likewise|which|who|that|those|these|this|here(?!,? (?:we|the authors) )|there|so|and"
    r"|but|or|yet|nor|because|while|whereas|although|though|when|once|then|thus|hence|therefore|however|moreover"
    r"|furthermore|also|instead"
    r"|for example|for instance|more|most of them|some of them|under this|after that|equation|eq|fig|figure|table)\b"
    rf"|^the {_OF_WHAT_WAS_SAID}(?= (?:{_IS}|\w+s (?:an?|the|with|for|when|even|across|over|to)\b))"
    rf"|^(?:only |just )?(?:{_SOME})(?:, (?:which|who|whose)\b"
    rf"| (?:{_IS}|made|\w+(?:ed|s) (?:the|an?|it|them|in|on|to|at|by|with|for|their|its|no)\b))",
    re.IGNORECASE,
)  # fmt: skip
_FREE = re.compile(
    rf"^(?:this|the (?:present|current)) {ITSELF}\b|^(?:one (?:of|[a-z]+ )|each (?!of )\w+|both \w+ and "
    rf"|there (?:is|are)"
    r"|the (?:first|second|third|same) (?:\w+ )+?(?:to|that|of)\b|the results? (?:of|on|for)\b|more than"
    r"|when \w+ing\b|instead of\b|neither .{1,80}? nor\b"
    r"|while (?!it\b|they\b|this\b|these\b)|although (?!it\b|they\b|this\b)|because (?!it\b|they\b|this\b)"
    r"|(?:when|once|whereas|though) (?!it\b|they\b|this\b|these\b)|another (?:[\w-]+ ){1,9}?(?:is|are)\b"
    r"|that is why|those who|all of|(?:because|since|when|while|although|as|once) (?:it|they) [^,]{3,80}, the\b)",
    re.IGNORECASE,
)  # fmt: skip
_POINTS_BACK = re.compile(
    rf"\b(?:(?:this|these|those|such)\b(?! {ITSELF}\b)"
    r"(?! (?:as|that|of|who|whose|which|with|from|in|for|an?|over|under|aged)\b)"
    r"|the (?:former|latter|above|aforementioned)\b)((?: [\w-]+){0,3})",
    re.IGNORECASE,
)
"""This limitation, those, the latter: named in the sentence itself, or in one before."""
_CLAUSE = re.compile(
    r"^(?:While|Although|Though|Because|Since|When|Whenever|If|Once|As|Where|Whereas|Given)\b(?! \w+ing\b)[^,]*,"
    r"|[;:] |, (?:and|but|yet|so|or|nor|which|where|whereas|while|who|then|thus)\b"
    r"|\band (?:\w+ly |then |finally )?\w+(?:ing|ed|es|ize|ise|ify|ate)\b"
)
"""What ends a clause: what comes behind it may speak of the clause itself."""
_FRONTED = re.compile(
    r"(?:Together|With|In|On|By|Through|Beyond|Unlike|Under|Across|Despite|Among|For|At|From|Compared|Beside|Besides)\b"
)
_PHRASE = re.compile(rf"(?-i:{_FRONTED.pattern})[^,;:.]*(?:[.,]\d[^,;:.]*)*, ")
_NAMELESS = re.compile(
    r"^(?!(?:while|although|even|though|because|since|when|whenever|if|once|where|whereas|as(?! (?:an?|the))) )"
    r"[^,;:.]+(?:[.,]\d[^,;:.]*)*, (?:it|its|they|their|he|she)\b"
    r"|^(?:we|the authors) (?:\w+ ){1,2}(?:it|them|both)(?: (?:and|by|with|in|on|as|for|from|using|through)\b|[,.])"
    r"|^(?:we|the authors) (?:\w+ ){1,2}its [a-z]"
    r"|^(?:we|the authors) (?:\w+ ){1,2}(?:whether|if|how|why|that|what|when|where) (?:it|they) [a-z]"
    r"|^(?:\w+ing) (?:it|them|both|this|these)\b|^(?:\w+ ){1,2}instead\b(?! of)"
    rf"|^(?:with|without|in|on|under|for|by|at|given|after|before|across) (?:[\w-]+ ){{1,7}}?(?:(?:they|it) {_IS}"
    r"|(?<!that )(?<!which )(?<!what )(?<!as )(?<!if )(?<!when )(?<!where )(?<!than )(?<!how )(?<!while )(?<!and )"
    r"(?:it [a-z]+(?:s|ed)|they [a-z]+)\b(?! ?,))"
    r"|^(?!.*\b(?:an?|the|our|its|their|his|each|every|this|any|one|another|no)\b)[^,;:]*"
    r" it(?: (?:worse|better|harder|easier))?\.$"
    r"|^(?:(?:for|on|in) [^.;:]{3,60} )?(?:we|the authors) (?:\w+ ){1,2}(?:the (?:others|rest|opposite|same)|so"
    r"|otherwise)\.$|\b(?:that|which) (?:does|do) so\b"
    r"|^(?:(?:only|even|not) )?(?:with|without|under|in|on|by|for|from|beyond|before|after|unlike|like|against)"
    r" (?:it|them)\b"
    rf"|^(?:(?:in|on|for|with|by|of|at|to|only|just) )?(?:{_SOME}|all|each|any|both|either|neither) of (?:it|them)\b"
    rf"|^(?:in|on|for|with|at) (?:only )?(?:{_SOME}|both),? (?:the|an?|it|they|we|our|their|its)\b"
    r"|^(?!.*\b(?:19|20)\d\d\b).*\b(?:since|until|by) then\b"
    r"|^the [\w-]+ (?:persists?|holds?|vanish(?:es)?|disappears?)\b",
    re.IGNORECASE,
)
"""On the test, it …; without it, …; we remove it: a pronoun behind no more than a phrase, whose noun was named before;
we explore its use; none of them …."""


_ELLIPTIC = re.compile(r"\b(?:do|does|did|is|are|was|were|can|cannot|could|has|have|had|will|would)(?: not|n[’']t)?\.$")
"""Where the verb is the one of the sentence before: "Molecules in water do not."."""


_SET_AGAINST = re.compile(
    rf"(?!{_FRONTED.pattern})[^\W_][\w'’-]*(?: [\w'’-]+){{2,}}?(?:;|,? (?:while|whereas|but|yet)\b"
    r"|,(?! (?:such|like|unlike|which|who|that|including|especially|and|or|in|on|at|with|for|from|of|by|as)\b))",
)
"""A clause, whatever its verb, that another one is set against."""


def speakable(sentence: str) -> bool:
    """A sentence to speak has words, a verb, an end, and no address, formula, question, or pointer at a picture."""
    if len(sentence) > _MOST_SIGNS:
        return False
    flat = ties.plain(ties.unlabelled(sentence))
    whole = quoting.asides(flat, {})
    text = ties.opened(whole)
    return (
        (_FEWEST - 1 if leans(sentence) else _FEWEST) <= len(whole.split()) <= 90
        and text.endswith((".", "!", '."', ".”"))
        and len(re.findall(r"[^\W\d_]", text)) > _LETTERS * len(re.sub(r"\s", "", text))
        and not _ELSEWHERE.search(text)
        and not backmatter.is_credit(text)
        and not sayable.unsayable(text)
        and not quoting.runs_in(flat)
        and not _CAPTION.search(text)
        and not _LOST.search(text)
        and not _SIGNPOST.search(flat)
        and bool(VERB.search(as_several(whole)))
        and text.count("(") == text.count(")")
        and (text[:1].isupper() or text[:1].isdigit() or text[:1] == "\u201c" or bool(SMALL_NAME.match(text)))
    )


def wordy(sentence: str) -> bool:
    """Tell whether the sentence has words at all, and neither an address nor a formula."""
    text = ties.plain(sentence)
    return (
        4 <= len(text.split()) <= 90
        and not re.search(r"https?://|www\.|github\.com", text)
        and not (sayable.unsayable(text))
    )


def leans(sentence: str) -> bool:
    """Tell whether the sentence, said alone, would point at one before it: "It …", "On the test, it …", "This insight
    …", "Together with that, these advances …"."""
    text = ties.whole(ties.opened(as_several(sentence[:_MOST_SIGNS])))
    return (
        points(text)
        or bool(_NAMELESS.search(text))
        or bool((spot := _ELLIPTIC.search(text)) and not _whole(text[: spot.start()]))
        or any(_unnamed(text, spot) for spot in _POINTS_BACK.finditer(text))
    )


def behind_phrase(text: str, name: str) -> bool:
    """Tell whether the text begins with the name, or does behind no more than a phrase.

    >>> behind_phrase("In Bremen, Saw wins.", "Saw")
    True
    """
    phrase = _PHRASE.match(text)
    return text.startswith(name, phrase.end() if phrase else 0)


def _whole(text: str) -> bool:
    """Tell whether the text in front of a verb without a deed has one: in "Birds sing at dawn, frogs do not." """
    return bool(VERB.search(text) or _SET_AGAINST.match(text))


def _unnamed(text: str, spot: re.Match[str]) -> bool:
    """Tell whether what is pointed at there stands nowhere before it in the text."""
    before = text[: spot.start()]
    if _CLAUSE.search(before) and not (before.endswith(", ") and _FRONTED.match(before)):
        return False
    stems = [word[:5].lower() for word in re.findall(r"[^\W\d_]{4,}", spot[1])]
    return not any(stem in before.lower() for stem in stems)


def points(text: str) -> bool:
    """Tell whether the text begins with a pronoun or a connective whose noun is not in it."""
    return bool(_POINTS.search(text)) and not _FREE.search(text)


_ITEMS = (
    r"(?:choices|challenges|aspects|issues|components|parts|reasons|contributions|innovations|findings|insights|problems"
    r"|questions|factors|properties|principles|ways|limitations|pillars|observations|ideas|designs|steps)"
)
_ANNOUNCES = re.compile(
    rf"\b(?:two|three|four|five|six|several) (?:[\w-]+ ){{0,3}}{_ITEMS}\.$"
    rf"|\b(?:Two|Three|Four|Five|Several) (?:[\w-]+ ){{0,2}}{_ITEMS} (?:stand out|emerge|follow)\.$"
    r"|\b[\w-]+ (?:is|are) (?:two|three|four|five|mani|many|multi)-?fold\.$"
)


def announces(sentence: str) -> bool:
    """Tell whether the sentence leaves a list to those after it: "It rests on three choices."."""
    return bool(_ANNOUNCES.search(sentence))
