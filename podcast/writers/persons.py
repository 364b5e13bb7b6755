"""Whom a paper's sentence means by "we": its authors, people, or anybody."""

import re
from collections.abc import Callable

from podcast.writers.ties import DEEDS, ITSELF

OURS = re.compile(r"\b(?:we|our|ours|us)\b", re.IGNORECASE)
"""What authors call themselves."""

_I = re.compile(r"\bI(?: (?:am|was)\b)?(?= (?!and\b|or\b)[a-z])|\b(?:[Mm]y|me|myself)\b(?![-'’])")
_QUOTED = re.compile(r"(\"[^\"]*\"|\u201c[^\u201d]*\u201d|\u2018[^\u2019]*\u2019)")
_NUMBERED = re.compile(
    r"(?:\S (?-i:[A-Z])\w*|\b(?:type|phase|stage|class|grade|level|tier|part|step|group|volume|category|chapter|section"
    r"|study|experiment|hypothesis|war)) $",
    re.IGNORECASE,
)
"""What is numbered in Roman figures."""
_OF_SEVERAL_AUTHORS = {
    "I": "we", "I am": "we are", "I was": "we were", "my": "our", "My": "Our", "me": "us", "myself": "ourselves",
}  # fmt: skip


def as_several(text: str) -> str:
    """Return the text with "we" for an author who says "I"; what is quoted is somebody else's, and a number stays.

    >>> as_several("Here I show that my test has type I errors."), as_several('It says "I am sure".')
    ('Here we show that our test has type I errors.', 'It says "I am sure".')
    """

    def several(found: re.Match[str]) -> str:
        before = found.string[: found.start()]
        if found[0].startswith("I") and _NUMBERED.search(before):
            return found[0]
        said = _OF_SEVERAL_AUTHORS[found[0]]
        begins = not before.strip() or before.rstrip().endswith((".", "!", "?"))
        return f"{said[0].upper()}{said[1:]}" if begins else said

    parts = _QUOTED.split(text)
    return "".join(part if place % 2 else _I.sub(several, part) for place, part in enumerate(parts))


_NEEDS = re.compile(r"\b([Ww])e (need|have to|are (?:most )?interested)(?= )")
_ONE = {
    "need": "needs",
    "have to": "has to",
    "are interested": "is interested",
    "are most interested": "is most interested",
}
_HUMANS = re.compile(r"\b(?:[Aa]s humans, we|[Ww]e humans|[Ww]e, as humans,)(?= )")
_WHENEVER = r"(?:(?<=\b[Ww]hen )|(?<=\b[Aa]s )|(?<=\b[Ii]f )|(?<=\b[Hh]ow )|(?<=\b[Ww]hile )|(?<=\bway ))"
_PEOPLE = re.compile(
    r"\b([Ww])e(?= (?:are surrounded|live (?:in|on|with|among)"
    r"|often (?:want|need|have|face|encounter|rely|take|judge|forget)))"
    rf"|{_WHENEVER}([Ww])e(?= (?:(?:speak|talk|walk|sleep|breathe|hear|listen)\b(?! (?:of|through|from)\b)"
    r"|(?:see|learn|think|perceive|feel|remember|read|write|move)(?:[,.;]| and (?:hear|feel|think|act)\b)))"
)
"""What anybody does; what authors may do, too, only where it says when or how."""
_DEED = (
    r"(?: \w+ly| also| then| further| thus)?(?: \w+(?:ed|ize|ise)| (?:ask|argue|build|built|collect|design|develop"
    r"|evaluate|examine|explore|find|found|introduce|investigate|present|propose|release|show|study|train|use))\b"
)
_WE_TOO = re.compile(rf"\bwe\b(?!{_DEED})")
_OUR_TOO = re.compile(
    r"\bour (?!(?:[\w-]+ ){0,3}(?:methods?|approach|framework|system|models?|pipeline|benchmark|algorithm|results?|work"
    r"|findings?|experiments?|paper|study|analysis|code)\b)"
)
_LIVES = (
    (re.compile(r"\bour (?=(?:daily |everyday )?lives\b)"), "people's "),
    (re.compile(r"\bOur (?=(?:daily |everyday )?lives\b)"), "People's "),
    (re.compile(r"\bour (?=(?:planet|society)\b)"), "the "),
)


def of_anybody(text: str) -> str:
    """Return the text with "people" for a "we" that is whoever lives, hears or speaks, with what is theirs, and "one"
    for one that is anybody: who need, or have to. What they cannot or must do may be the authors' alone.

    >>> of_anybody("When we speak, our lips move."), of_anybody("Models guess what we need to know.")
    ('When people speak, their lips move.', 'Models guess what one needs to know.')
    """
    for pattern, words in _LIVES:
        text = pattern.sub(words, text)
    people = _HUMANS.sub(lambda spot: "Humans" if spot[0][0] in "AW" else "humans", text)
    people = _PEOPLE.sub(lambda spot: "People" if spot[0][0] == "W" else "people", people)
    if people != text:
        people = _WE_TOO.sub("they", people)
        return people if re.search(r"\b[Ww]e\b", people) else _OUR_TOO.sub("their ", people)
    if len(OURS.findall(text)) != 1 or not (spot := _NEEDS.search(text)):
        return text
    one = "One" if spot[1] == "W" else "one"
    return f"{text[: spot.start()]}{one} {_ONE[spot[2]]}{text[spot.end() :]}"


_THIRD = (
    (rf"\bIn this {ITSELF},? ", ""),
    (rf", in this {ITSELF},", ","),
    (rf"^This (?={ITSELF}\b)", "The "),
    (r"\b[Oo]urs\b", "theirs"),
    (r"\bus\b", "them"),
    (r"\bourselves\b", "themselves"),
    (r"\bwe're\b", "they're"),
)


_OTHERS = re.compile(
    r"\b(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|several|many|some|most|all|the)"
    r" (?:[a-z-]+ ){0,2}?(?:people|men|women|children|students|nurses|patients|volunteers|participants|experts|parents"
    r"|colleagues|residents|clerks|pupils|annotators|authors|doctors|editors|tutors|visitors|actors|[a-z]+(?:ists|eers)"
    r"|(?:farm|work|teach|speak|list|read|play|us|writ|review|driv|learn|lawy|engin|research|own|mak|custom|develop"
    r"|design|report|lectur|program|programm)ers)\b"
    r"|\b(?:ask|interview|survey|recruit|invite|hire|poll|pay|tell|teach)(?:e?d)? (?:[\w-]+ ){0,3}?[a-z]+s\b"
)


def of_others(text: str) -> bool:
    """Tell whether the text speaks of people whom "they" may be, in the place of the authors.

    >>> of_others("we asked two farmers to count"), of_others("we trained two layers")
    (True, False)
    """
    return bool(_OTHERS.search(text))


def _named() -> Callable[[re.Match[str]], str]:
    """Return what puts "the authors" for the first "we" or "our" of a sentence, and "they" or "their" after it; but
    behind other people, whom "they" would be."""
    last: int | None = None

    def third(found: re.Match[str]) -> str:
        nonlocal last
        first = last is None or of_others(found.string[last : found.start()])
        last = found.end()
        owns = found[0].lower() == "our"
        words = ("the authors'" if owns else "the authors") if first else ("their" if owns else "they")
        return words[:1].upper() + words[1:] if found[0][0].isupper() else words

    return third


def third(text: str) -> str:
    """Return the text with the authors in the third person.

    >>> third("We train our model twice, and we test it.")
    'The authors train their model twice, and they test it.'
    """
    for pattern, words in _THIRD:
        text = re.sub(pattern, words, text)
    return re.sub(r"\b(?:[Ww]e|[Oo]ur)\b", _named(), text)


ADVERB = (
    r"(?:[a-z]+ly|[a-z]*fore|also|then|further|first|next|finally|thus|instead|not|hence|hereby|herein|thereby|now"
    r"|here|often|always|never|still|again|just|once|both|all|each)"
)
"""What may stand between those who do something and their verb."""
_OF_ONE = re.compile(rf"\b([Tt])he authors(?:(')|(?! of\b)((?: {ADVERB})*) ([a-z-]+(?:['’]t\b)?))")
_NO_LINK = (
    r"(?!(?:in|on|of|for|with|by|at|to|from|as|across|under|over|that|which|who|if|when|where|what|how|why|whether"
    r"|an?|the)\b)"
)
_PLURAL = r"(?:(?<!s)|(?<=ss))(?<!ed)(?<!ing)"
_THINGS = (
    r"(?:an?|the|its|their|how|whether|why|it|them|several|many|some|multiple|these|those|two|three|four|five|six|seven"
    r"|eight|nine|ten)\b"
)
_WITHIN = r"(?:[^.;]|\.(?=\d|[eg]\.|,| [a-z]))*?"
"""What a sentence has before it."""
_AND_THEY = re.compile(
    rf"{_WITHIN}\b(?:and|or|but) (?:[a-z]+ly |then |also |further |finally )?(?:{DEEDS}\b"
    rf"|{_NO_LINK}[a-z-]+{_PLURAL} (?:\d|{_THINGS})|(?<=then ){_NO_LINK}[a-z-]+{_PLURAL}\b)"
)
"""One more verb of theirs, whatever it is: it does something to a thing."""
_NO_OTHER = (
    r"(?!(?:they|it|we|he|she|this|that|these|those|their|our|all|both|each|every|no|not|one|two|three|four|five|more"
    r"|most|less|many|few|other|another|can|cannot|may|might|must|will|would|could|should|did|had|is|without|within|into"
    r"|between|through|than|while|because|during|after|before|against|via|data|video|audio"
    r"|[a-z-]{3,}(?:ity|ation|logy|ism|ware|ional|ical|ous|ful)|[a-z-]{4,}cy)\b)"
)
_MAYBE_THEY = re.compile(
    rf"{_WITHIN}(?:\b(?:and|or|nor|but)|, then)(?:,| (?:[a-z]+ly |then |also )?"
    rf"{_NO_LINK}{_NO_OTHER}(?:(?:focus|bias|bring|[a-z-]*(?:eed|embed))\b|[a-z][a-z-]*{_PLURAL}\b(?!['’])))"
)
"""What may be one more: a word that has no "s" and is not surely a noun."""
_ASKED = re.compile(
    r"\b(?:do|does|did|nor|can|could|may|might|must|will|would|should|have|has|had|are|were) $",
    re.IGNORECASE,
)
"""What takes a verb's ending, before its subject."""
_NO_VERB = re.compile(r"(?:and|or|who|whom|in|at|on|by|for|with|from|to|as|themselves|that|which)")
_AS_IT_IS = re.compile(
    r"(?:can|cannot|may|might|must|will|would|could|should|shall|did|had|found|built|made|took|saw|gave|ran|led|began"
    r"|wrote|came|kept|held|left|chose|drew|met|thought|taught|went|knew|won|sought|spent|understood|caught|brought"
    r"|bought|lost|sent|told|felt|grew|spoke|.*(?<!e)(?<!mb)ed|.*['’]t)"
)
_OF_SEVERAL = re.compile(r"\b(?:not|both|all|each|neither|even|rather|thus|far|only)\b")
_HE_OR_SHE = {"are": "is", "were": "was", "have": "has", "do": "does"}


def of_one(text: str) -> str:
    """Return the text with one author for the authors; "they", who may be one, where more verbs than one are, or
    may be, theirs.

    >>> of_one("The authors then study saws."), of_one("The authors build saws and test them.")
    ('The author then studies saws.', 'They build saws and test them.')
    """

    def one(found: re.Match[str]) -> str:
        the, owns, between, verb = found.groups()
        if owns:
            return f"{the}he author's"
        more = any(pattern.match(text, found.end()) for pattern in (_AND_THEY, _MAYBE_THEY))
        several = _OF_SEVERAL.search(f"{between} {verb}") or _ASKED.search(text[: found.start()])
        if _NO_VERB.fullmatch(verb) or several or more:
            return f"{'They' if the == 'T' else 'they'}{between} {verb}"
        return f"{the}he author{between} {_of_one(verb)}"

    return _OF_ONE.sub(one, text)


def _of_one(verb: str) -> str:
    """Return the verb that is said of several as it is said of one."""
    if denied := re.fullmatch(r"(do|are|have|were)(n['’]t)", verb):
        return _HE_OR_SHE[denied[1]] + denied[2]
    if _AS_IT_IS.fullmatch(verb):
        return verb
    if verb in _HE_OR_SHE:
        return _HE_OR_SHE[verb]
    if re.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else f"{verb}s"
