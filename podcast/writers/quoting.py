"""A paper's sentence as it can be said: in the third person, its asides dropped or said, and whole.

Nothing is cut that a listener would miss: a list, a figure, a definition.
"""

import re
from collections.abc import Mapping

from podcast.writers import sayable
from podcast.writers.persons import as_several, of_anybody, third
from podcast.writers.ties import capital, opened, plain, unlabelled, whole
from podcast.writers.verbs import VERB

MOST_WORDS = 60
"""Of a sentence that is read aloud: `rules.MOST_WORDS`, which no line may have more of."""

_LONG = 34
"""Words above which what trails behind a comma is left out, where nothing hangs on it."""

_CALL = re.compile(r"(?<![\w'’.-])(?!a\(n\))[^\W\d_]\(")
"""A function and its argument, T(k): without that it would be another thing."""

_DROPPED = re.compile(
    r"^(?:see\b|cf\.|e\.g\.|(?:Fig|Tab|Sec|Eq|App|Alg)|(?:[A-Z][\w'’-]+(?: et al\.?| and [A-Z][\w'’-]+"
    r"| & [A-Z][\w'’-]+)?"
    r",? \(?(?:19|20)\d\d)|https?:|\d+(?:\s*[,;–-]\s*\d+)*$|[a-z]\)?$|i+\)?$|left|right|top|bottom|ours|\W*$)"
    r"|https?:|et al|\b[a-zA-Z]\s*[=<>≤≥≈∈]",
)  # fmt: skip

_ENDS_THERE = r"\s*(?:[,.;:)\u2013]|$|(?:and|or|while|but|versus)\b)"
_OF_FIGURE = re.compile(rf"(?:^|\s)[+-]?\d[\d.,]*%? \([A-Z][A-Za-z0-9-]{{1,9}}\)({_ENDS_THERE})?")
_METRICS = (
    r"(?:Dice|m?IoU|BLEU|COMET|chrF|ROUGE|METEOR|Elo|ELO|F1|AUC|AUROC|m?AP|EM|WER|CER|MOS|PSNR|SSIM|FID|FVD|LPIPS|NDCG|MRR"
    r"|PESQ|[Aa]cc|[Aa]ccuracy|[Pp]recision|[Rr]ecall|Rank)"
)
_SCORED = re.compile(rf"%|(?<![\w.-])\d*\.\d+(?! [A-Z])|(?<![\w-]){_METRICS} \d")


def runs_in(text: str) -> bool:
    """Tell whether a listener would not know what the parentheses of a plain text are of: a function's argument, or
    two behind figures with the noun behind both: "35 (T2V) + 3 (R2V) metrics"."""
    figures = list(_OF_FIGURE.finditer(text))
    return bool(_CALL.search(sayable.GROWTH.sub("n", text))) or (
        len(figures) > 1 and any(spot[1] is None for spot in figures)
    )


def _lists(inside: str) -> bool:
    """Tell whether a parenthesis has names and no figures: "Axe Pro, Hew-2", which nobody keeps in mind by ear."""
    names = re.split(r",? and |, ", inside)
    return len(names) > 1 and all(name[:1].isupper() for name in names) and not _SCORED.search(inside)


_COUNTED = re.compile(r"(?<=\w) \((\d[\d,.]*%?)( [a-z][a-z-]+(?: [a-z-]+)?)?\)(?=[,.;]| and\b| or\b)")


def _counts(sentence: str) -> str:
    """Return the sentence with words for parentheses that count the things on a list, of which the first says what it
    counts: "pears (3 trees), figs (2)" is "pears with 3 trees, figs with 2"."""
    found = list(_COUNTED.finditer(sentence))
    if len(found) < 2 or not found[0][2] or all(spot[2] for spot in found):
        return sentence
    return _COUNTED.sub(r" with \1\2", sentence)


_ARGUMENT = "\ue006"
"""What stands for O(n log n), whose parenthesis is no aside."""


def asides(sentence: str, used: Mapping[str, int]) -> str:
    """Return the sentence with its parentheses dropped, or said where they hold a figure or a definition.

    `used` tells how often each short form stands in the text: one that is not used again need not be told.
    """
    listed = any(map(_lists, re.findall(r"\(([^()]*)\)", sentence)))  # then a twin with one name goes, too

    def say(found: re.Match[str]) -> str:
        inside = found[2].strip()
        before, after = found[1], sentence[found.end() :]
        if found[0].lstrip().startswith("[") or _DROPPED.search(inside) or len(inside.split()) > 16:
            return before
        short = re.fullmatch(r"[A-Z][A-Za-z0-9-]{1,9}s?", inside) and sum(sign.isupper() for sign in inside) > 1
        comma = "" if re.match(r"\s*[,.;:)\u2013]", after) or not after.strip() else ","
        if short and re.search(r"(?:^|\s)[+-]?\d[\d.,]*%?$", sentence[: found.end(1)]):
            # what the figure is of, and no other name for it
            return f"{before} for {inside}" if re.match(_ENDS_THERE, after) else f"{before}, {inside}{comma}"
        if short:
            told = used.get(inside.removesuffix("s"), 0) > 1
            return f"{before}, or {inside}{comma}" if told else before
        inside = re.sub(r"\bvs\.?(?= )", "versus", re.sub(r"^i\.e\.,? ", "that is, ", inside))
        if inside.startswith("that is, ") or (re.search(r"\d", inside) and not sayable.unsayable(inside)):
            lists = _lists(inside) or (listed and not re.search(r"(?:^|\s)\.?\d", inside))
            return before if lists else f"{before}, {inside}{comma}"
        return before

    sentence = _counts(sentence)
    whole = sayable.GROWTH.findall(sentence)
    text, before = sayable.GROWTH.sub(_ARGUMENT, sentence), ""
    while text != before:  # from the innermost out
        before = text
        sentence = text
        text = re.sub(r"(\S?)\s*[(\[]([^()\[\]]*)[)\]]", say, text, count=1)
    arguments = iter(whole)
    return re.sub(r"\s+", " ", re.sub(_ARGUMENT, lambda _: next(arguments), text)).strip()


_TAIL = re.compile(
    r",? (?:thereby|thus|hence|enabling|allowing|making|ensuring|leading to|resulting in|facilitating|paving"
    r"|highlighting"
    r"|demonstrating|underscoring|establishing|providing|offering|which (?:is|are|makes?|allows?|enables?|leads?))\b"
)
_WAITING = re.compile(
    r"\b(?:and|or|but|by|while|thus|hence|thereby|for|of|in|from|with|without|not|through|via|to|as|is|are|was|were|be"
    r"|when|after|before|than|also|[a-z]+ly)$"
)
"""What something must follow."""
_HANGS = re.compile(
    r"\d|, (?:and|or) |: |\b(?:only|unless|except|but|however|not|no|never|without|if|when|provided)\b"
    r"|\b(?:im(?:precis|practical)|in(?:accura|efficien|consisten|complete|coheren|sufficien|feasib)|un(?:stabl|reliabl)"
    r"|poor|loss|lost|fail|error|degrad|wors[et]|weak|brittle|costly|overfit|mismatch|distort|artifact|hallucinat|collaps"
    r"|difficult|hard\b|challeng|limit|slow|suboptimal|vulnerab|risk)"
)
"""What a last clause has that is no ornament: a figure, a list, a condition, what goes wrong."""


def said(sentence: str, used: Mapping[str, int] | None = None, *, follows: bool = False) -> str:
    """Return the sentence as it can be said: in the third person, and without what ties it to others.

    Where it `follows` the sentence before it, such ties stay. A parenthesis with a figure or a definition is said. Of a
    very long sentence a last clause may be left out that has neither figure nor list. It has an end.
    """
    text = asides(plain(unlabelled(sentence)), used or {})
    text = text if follows else opened(text)
    text = third(of_anybody(as_several(text)))
    text = re.sub(r"\s+([,.;:!?])(?!\w)", r"\1", re.sub(r"\s+", " ", text)).strip()
    if len(text.split()) > _LONG:
        text = _shorter(text)
    text = capital(text)
    return text if text.endswith((".", "!", "?", '."', ".”")) else text.rstrip(",;:") + "."


def _shorter(text: str) -> str:
    """Return the text without its last clause where nothing waits for that, and it has no figure, list, condition or
    fault."""
    for tail in reversed(list(_TAIL.finditer(text))):
        head, rest = text[: tail.start()], text[tail.start() + 1 :]
        waits = re.search(r"\b(?:not only|both|either|neither|between)\b(?!.*\b(?:but|and|or|nor)\b)|:", head)
        if len(head.split()) >= 12 and not (waits or _WAITING.search(head) or _HANGS.search(rest)):
            return head.rstrip(",;:") + "."
    return text


def halves(text: str) -> tuple[str, str]:
    """Return a text that is too long for a line as two that are not; or as much of it as one holds, up to where a
    clause ends, and ""; or nothing. Things on a list that are no sentences of their own go on with "then".

    >>> halves("It is short; it is cheap.")
    ('It is short.', 'It is cheap.')
    """

    def fits(part: str) -> bool:
        return len(part.split()) <= MOST_WORDS

    for spot in sorted(
        re.finditer(r"(?:;|(?<=[a-z])\.) (?:and )?", text), key=lambda spot: abs(len(text) - 2 * spot.end())
    ):
        head, rest = f"{text[: spot.start()]}.", text[spot.end() :]
        whole = spot[0].startswith(".") or _stands(rest)
        item = ":" in head and not rest[:1].isupper()  # an item that has a capital may be a name
        rest = capital(rest if whole else f"then {rest}")
        if fits(head) and fits(rest) and (whole or item):
            return head, rest
    for spot in reversed(
        list(re.finditer(r"; |: (?=first)|, (?=(?:and|where|which|raising|while|outperforming|so) )| \u2013 ", text))
    ):
        head = text[: spot.start()]
        listed = spot[0] == ", " and spot.string[spot.end() :].startswith("and ") and re.search(r", [^,]{1,25}$", head)
        if len(head.split()) >= 12 and fits(head) and not listed:
            return f"{head}.", ""
    return "", ""


def _stands(part: str) -> bool:
    """Tell whether the part of a sentence has a verb of its own, or its number: it can be said alone."""
    lead = re.split(r"\b(?:that|which|where|who|whose|to)\b|[,;]", part, maxsplit=1)[0]
    return bool(VERB.search(lead) or re.match(r"(?:second|third|fourth|fifth|sixth|last|finally)\b", part))


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


FRONT = r"(?:With|Without|In|On|Under|For|By|At|Given|After|Before|Across)"
"""What begins a phrase before a subject."""


def it_called(sentence: str, name: str) -> str:
    """Return the sentence with the system's name for the "it" that is its subject.

    >>> it_called("On both sets, it wins.", "Quick")
    'On both sets, Quick wins.'
    """
    text = whole(opened(sentence))
    named = re.sub(r"^It (?=[a-z])", f"{name} ", text)
    if named == text:
        named = re.sub(r"^([^,;:.]+(?:\.\d[^,;:.]*)*, )it (?=[a-z])", rf"\g<1>{name} ", text, count=1)
    if named == text:
        named = re.sub(rf"^({FRONT} (?:[\w-]+ ){{1,7}}?)it (?=[a-z]+(?:s|ed)\b)", rf"\g<1>{name} ", text, count=1)
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


def within(sentence: str, told: str) -> bool:
    """Tell whether `told` says all that the sentence says, in its words, and more."""
    one, other = (re.findall(r"\w+", text.lower()) for text in (sentence, told))
    return len(one) < len(other) and other[: len(one)] == one


def short_forms(sentences: tuple[str, ...]) -> dict[str, int]:
    """Return how often each capital word, such as an acronym, stands in the sentences."""
    counts: dict[str, int] = {}
    for sentence in sentences:
        for word in re.findall(r"\b[A-Z][A-Za-z0-9-]*[A-Z0-9][A-Za-z0-9-]*\b", sentence):
            counts[word.removesuffix("s")] = counts.get(word.removesuffix("s"), 0) + 1
    return counts
