"""A paper's sentence as it can be said: in the third person, its asides dropped or said, and whole.

Nothing is cut that a listener would miss: a list, a figure, a definition.
"""

import re
from collections.abc import Callable, Mapping

from podcast.writers.ties import ITSELF, capital, opened, plain

MOST_WORDS = 60
"""Of a sentence that is read aloud: `rules.MOST_WORDS`, which no line may have more of."""

_LONG = 34
"""Words above which what trails behind a comma is left out, where nothing hangs on it."""

SIGNS = re.compile(r"[\\{}=$<>^_|∈∑∏≤≥→←∇∂≈⋅]|\b[a-zA-Z]\([a-z]\)")
"""What cannot be read aloud."""
OURS = re.compile(r"\b(?:we|our|ours|us)\b", re.IGNORECASE)
"""What authors call themselves."""

_DROPPED = re.compile(
    r"^(?:see\b|cf\.|e\.g\.|(?:Fig|Tab|Sec|Eq|App|Alg)|(?:[A-Z][\w'’-]+(?: et al\.?| and [A-Z][\w'’-]+"
    r"| & [A-Z][\w'’-]+)?"
    r",? \(?(?:19|20)\d\d)|https?:|\d+(?:\s*[,;–-]\s*\d+)*$|[a-z]\)?$|i+\)?$|left|right|top|bottom|ours|\W*$)"
    r"|https?:|et al|\b[a-zA-Z]\s*[=<>≤≥≈∈]",
)  # fmt: skip


def asides(sentence: str, used: Mapping[str, int]) -> str:
    """Return the sentence with its parentheses dropped, or said where they hold a figure or a definition.

    `used` tells how often each short form stands in the text: one that is not used again need not be told.
    """

    def say(found: re.Match[str]) -> str:
        inside = found[2].strip()
        before, after = found[1], sentence[found.end() :]
        if found[0].lstrip().startswith("[") or _DROPPED.search(inside) or len(inside.split()) > 16:
            return before
        short = re.fullmatch(r"[A-Z][A-Za-z0-9-]{1,9}s?", inside) and sum(sign.isupper() for sign in inside) > 1
        comma = "" if re.match(r"\s*[,.;:)\u2013]", after) or not after.strip() else ","
        if short and re.search(r"(?:^|\s)[+-]?\d[\d.,]*%?$", sentence[: found.end(1)]):
            return f"{before}, {inside}{comma}"  # what the figure is of, and no other name for it
        if short:
            told = used.get(inside.removesuffix("s"), 0) > 1
            return f"{before}, or {inside}{comma}" if told else before
        inside = re.sub(r"\bvs\.?(?= )", "versus", re.sub(r"^i\.e\.,? ", "that is, ", inside))
        if inside.startswith("that is, ") or (re.search(r"\d", inside) and not SIGNS.search(inside)):
            return f"{before}, {inside}{comma}"
        return before

    text, before = sentence, ""
    while text != before:  # from the innermost out
        before = text
        sentence = text
        text = re.sub(r"(\S?)\s*[(\[]([^()\[\]]*)[)\]]", say, text, count=1)
    return re.sub(r"\s+", " ", text).strip()


_NEEDS = re.compile(r"\b([Ww])e (need|have to|are (?:most )?interested)(?= )")
_ONE = {
    "need": "needs",
    "have to": "has to",
    "are interested": "is interested",
    "are most interested": "is most interested",
}


def _of_anybody(text: str) -> str:
    """Return the text with "one" for a "we" that is anybody, and not the authors: who need, or have to. What
    they cannot or must do may be theirs alone.

    >>> _of_anybody("Models guess what we need to know."), _of_anybody("We train our model, which we need.")
    ('Models guess what one needs to know.', 'We train our model, which we need.')
    """
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
    text = asides(plain(sentence), used or {})
    text = text if follows else opened(text)
    text = third(_of_anybody(text))
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


def halves(text: str) -> tuple[str, str]:
    """Return a text that is too long for a line as two that are not; or as much of it as one holds, up to where a
    clause ends, and ""; or nothing.

    >>> halves("Short; short.")
    ('Short.', 'Short.')
    """

    def fits(part: str) -> bool:
        return len(part.split()) <= MOST_WORDS

    for spot in sorted(
        re.finditer(r"(?:;|(?<=[a-z])\.) (?:and )?", text), key=lambda spot: abs(len(text) - 2 * spot.end())
    ):
        head, rest = f"{text[: spot.start()]}.", capital(text[spot.end() :])
        if fits(head) and fits(rest):
            return head, rest
    for spot in reversed(
        list(re.finditer(r"; |: (?=first)|, (?=(?:and|where|which|raising|while|outperforming|so) )| \u2013 ", text))
    ):
        head = text[: spot.start()]
        if len(head.split()) >= 12 and fits(head):
            return f"{head}.", ""
    return "", ""


_KIND = (
    "method|approach|framework|system|model|pipeline|benchmark|data ?set|agent|algorithm|architecture|harness|paradigm"
    "|technique|recipe|evaluator|detector"
)
_OUR = re.compile(
    rf"\b(?:[Oo]ur|[Tt]he proposed) (?:(?:proposed|new|novel|full|final) )?({_KIND})"
    r"(?='s\b|[,.;:]| (?:is|has|can|not|[a-z]+(?:s|ed|ly)|on|in|with|by|and|from|over|under|at|while|as|even)\b)"
)
_ANY_SYSTEM = frozenset(("method", "approach", "framework", "system"))


def called(sentence: str, name: str, presented: str) -> str:
    """Return the sentence with the system's name for "our method", where that was `presented` as one.

    >>> called("Our method wins.", "Quick", "We propose Quick, a way to sort.")
    'Quick wins.'
    """
    made = presented.lower()
    text = re.sub(rf"\b(?:[Oo]ur|[Tt]he proposed) (?=\*{{0,2}}{re.escape(name)}\b)", "", sentence)

    def by_name(found: re.Match[str]) -> str:
        any_system = found[1] in _ANY_SYSTEM and not re.search(r"benchmark|data ?set|corpus|survey|\bstudy\b", made)
        return name if found[1] in made or any_system else found[0]

    return _OUR.sub(by_name, text, count=1)


def it_called(sentence: str, name: str) -> str:
    """Return the sentence with the system's name for the "it" that is its subject.

    >>> it_called("On both sets, it wins.", "Quick")
    'On both sets, Quick wins.'
    """
    text = opened(sentence)
    named = re.sub(r"^It (?=[a-z])", f"{name} ", text)
    if named == text:
        named = re.sub(r"^([^,;:.]+(?:\.\d[^,;:.]*)*, )it (?=[a-z])", rf"\g<1>{name} ", text, count=1)
    return sentence if named == text else named


_LONGER = 1.6
"""How many times as long as another a sentence is that says more than that one."""
_MEASURED = re.compile(r"\d+\.\d+|\d+(?= ?%|x\b)")


def repeats(sentence: str, told: str) -> bool:
    """Tell whether the sentence says nearly what `told` says: two words of three are the same, it is not much longer,
    and no measured figure is new."""
    if set(_MEASURED.findall(sentence)) - set(_MEASURED.findall(told)):
        return False
    one, other = (frozenset(re.findall(r"[a-z0-9.-]{3,}", text.lower())) for text in (sentence, told))
    return 0 < len(one) <= _LONGER * len(other) and len(one & other) >= 0.66 * min(len(one), len(other))


def short_forms(sentences: tuple[str, ...]) -> dict[str, int]:
    """Return how often each capital word, such as an acronym, stands in the sentences."""
    counts: dict[str, int] = {}
    for sentence in sentences:
        for word in re.findall(r"\b[A-Z][A-Za-z0-9-]*[A-Z0-9][A-Za-z0-9-]*\b", sentence):
            counts[word.removesuffix("s")] = counts.get(word.removesuffix("s"), 0) + 1
    return counts
