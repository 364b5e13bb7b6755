"""What a line means against what its evidence means: denied, turned, for all or best where that is not so.

>>> from podcast.grounding.sentences import sentence
>>> [one.wrong for one in doubts("The encoder never helps decoding.", [sentence("The encoder helps decoding.")])]
['is denied here and not in the evidence']
>>> doubts("It works on most tasks.", [sentence("It works on some tasks.")])
()
"""

import re
from collections.abc import Iterator, Sequence

from podcast.grounding import names, stance
from podcast.grounding.causes import causes
from podcast.grounding.clauses import Clause, clauses, nearest, spanning
from podcast.grounding.contexts import content
from podcast.grounding.duels import duels
from podcast.grounding.finding import Finding
from podcast.grounding.makers import makers
from podcast.grounding.mentions import mentions_in
from podcast.grounding.poles import prefixed
from podcast.grounding.sentences import Sentence
from podcast.grounding.superlatives import superlatives
from podcast.grounding.universals import universals
from podcast.grounding.unlike import unlike
from podcast.grounding.ways import TURNS, ways

_NOT = re.compile(
    r"(?<!\w)(?:not(?! (?:only|just|merely|even|quite))|never|no(?! (?:matter|wonder|doubt|less|fewer|more than))|none"
    r"|neither|nor|(?<!from )nothing"
    r"|nobody|nowhere|cannot|without|(?:has|have|had) yet to|fail(?:s|ed)?(?: to)?(?! (?:\d+ times|once"
    r"|twice|again))|unable|lacks?|lacking"
    r"|(?<![\w.,])(?<!temperature )(?<!at )(?<!= )0(?= "
    r"[a-z]{3,})(?! (?:to|of|percent|and|points?)))(?!\w)|n't(?!\w)",
    re.IGNORECASE,
)
_OPEN = re.compile(r"(?<!\w)(?:only|almost|nearly|virtually|practically|except|unlike|rather|instead|hardly"
    r"|barely|little|few|rarely|beyond"
                   r"|unchanged|same|stays?"
                   r"|until|unless|non[\w-]+)(?!\w)", re.IGNORECASE)  # fmt: skip
"""Where a sentence denies by halves: its opposite may be another way to say it."""


def doubts(text: str, sentences: Sequence[Sentence], entry: Sequence[Sentence] = ()) -> tuple[Finding, ...]:
    """Return what the line likely turns: who reads it must look at it, and nothing more is sure."""
    held = " ".join(one.text for one in (*sentences, *entry))
    if not sentences or text.rstrip().endswith("?"):
        return ()
    return (
        *universals(text, sentences, held),
        *_called(text, held),
        *_variants(text, held),
        *_turned(text, sentences),
        *duels(text, sentences),
        *unlike(text, sentences),
        *causes(text, sentences),
        *makers(text, sentences),
        *superlatives(text, sentences),
    )


_CALLED = re.compile(
    r"(?<![\w-])(?:French|German|Spanish|Chinese|Japanese|Korean|Russian|Arabic|Hindi|Italian|Portuguese|Dutch"
    r"|Turkish|Swedish"
    r"|Danish|Polish|Czech|Finnish|Hebrew|Swahili|Bengali|Vietnamese|Indonesian|Thai|Greek|Claude|Gemini|Llama"
    r"|Mistral|Grok"
    r"|Gemma|Falcon|OpenAI|Anthropic|Google|Meta|Microsoft|NVIDIA|Stanford|precision|recall|perplexity|latency"
    r"|throughput"
    r"|Pascal|Python|Java)(?![\w-])"
)
"""Languages, systems, makers and metrics that claim something also where a sentence begins."""


_VARIANT = re.compile(
    r"(?<![\w.-])([A-Z][\w.]{0,20}(?:-[\w.]{1,12}){0,2}?)[- ]"
    r"(?:[Mm]ini|[Nn]ano|[Tt]urbo|[Ff]lash|[Ll]ite|[Tt]iny)(?!\w)"
)


def _variants(text: str, held: str) -> Iterator[Finding]:
    """Yield names of which the evidence has the small or fast variant only: GPT-4o for GPT-4o-mini."""
    names_ = {match[1] for match in _VARIANT.finditer(held)}
    for name in names_ - {match[1] for match in _VARIANT.finditer(text)}:
        bare = re.compile(
            rf"(?<![\w-]){re.escape(name)}(?![\w-])(?! (?:[Mm]ini|[Nn]ano|[Tt]urbo|[Ff]lash"
            rf"|[Ll]ite|[Tt]iny))"
        )
        heads = re.findall(rf"(?<![\w-]){re.escape(name)}[- ]\w{{1,20}},? (?:and|or) ([A-Z]\w*)", held)
        match = bare.search(text)
        if match and text[match.end() + 1 :].startswith(tuple(heads)):
            continue  # SWE-Bench Verified, of SWE-Bench Lite and Verified
        if match and not bare.search(held):
            yield Finding(match.start(), name, "is a variant of that name in the evidence", "doubted")


def _called(text: str, held: str) -> Iterator[Finding]:
    """Yield languages, makers and metrics of which the evidence says nothing; one that is said to be absent may be."""
    shown = names.pictures(text)
    for match in _CALLED.finditer(text):
        if any(start <= match.start() < end for start, end in shown):
            continue
        said = match[0].lower().removesuffix("ion")  # precision, of a precise arm
        if said not in held.lower() and not _NOT.search(text, max(0, match.start() - 24), match.start()):
            yield Finding(match.start(), match[0], "", "doubted")


def _turned(text: str, sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield clauses that deny what the evidence affirms, or the other way round, or go the other way."""
    everything = [clause for one in sentences for clause in (*clauses(one.text), *spanning(one))
                  if not _UNLIKE.search(one.text, 0, clause.start)]  # fmt: skip
    whole = frozenset[str]().union(*(clause.words for clause in everything))
    called = frozenset[str]().union(*(one.called for one in sentences)) - {"=ours"}
    for said in clauses(text)[:_MOST_CLAUSES]:
        if stance.asked(text, said.start) or not _claims(text, said):
            continue
        figured = any(sign.isdigit() for sign in said.text)  # which may be a sum, of what is left
        all_of_it = said.words - {"=ours"}
        alike = nearest(all_of_it, all_of_it, everything, called)
        lacks = stance.sentence_at(text, said.start).replace(said.text, "")
        wrong = _denied(said, [] if _lacking(lacks, alike) else alike, whole)
        if not wrong:
            words = all_of_it - TURNS
            wrong = _other_way(said, nearest(words, said.words if figured else words, everything, called))
        if wrong:
            yield Finding(said.start, said.text.strip(" ,.;"), wrong, "doubted")


def _lacking(text: str, alike: Sequence[Clause]) -> bool:
    """Return whether the words around a clause deny what the evidence denies with it: without the gene."""
    match = _NOT.search(text)
    return match is not None and any(content(text[match.end() :]) & _scope(held) for held in alike)


_UNLIKE = re.compile(
    r"(?:unlike|in contrast to|as opposed to) [^,;.]*, (?:which|who|where) ?$|unlike\s*$", re.IGNORECASE
)
"""Before a clause that tells of what something is not like."""


def _claims(text: str, said: Clause) -> bool:
    """Return whether a clause that denies something denies it of the paper's matter."""
    match = _NOT.search(said.text)
    if not match:
        return True
    around = stance.sentence_at(text, said.start)
    return not (
        stance.untold(around)
        or stance.own(said.text, match.start())
        or (stance.replied(around) and not ways(said.text))
        or _NOT_ALL.search(said.text, match.start())
        or (not content(said.text[match.end() :]) and _ELLIPTIC.search(said.text))
    )


_NOT_ALL = re.compile(
    r"(?:n't|(?<!\w)not)(?: \w+){0,3} (?:(?<!at )all|every\w*|always|both|the whole"
    r"|entire\w*)(?!\w)",
    re.IGNORECASE,
)
"""What is denied of the whole may be so of a part."""
_ELLIPTIC = re.compile(
    r"(?:n't|(?<!\w)not|never|(?:nobody|no one|none) (?:did|does|do|has|have|had|is|was|can"
    r"|could))\W*$",
    re.IGNORECASE,
)
"""A clause that leaves out what it denies: "here they don't"."""


_DENIES = re.compile(
    r"(?<!\w)(?:withst\w+|resist\w*|leav\w+|left|miss\w*|refus\w+|avoid\w*|exclud\w+|stop\w*|block\w*|skip\w*"
    r"|prevent\w*"
    r"|protect\w*|immune|impossible|beats?|wrong\w*|ignor\w+|rul\w+ out|turn\w* down|reject\w*|stuck|surviv\w+"
    r"|safe|needless"
    r"|hard|saves?|spares?|free|absent|gone|un\w{4,}|dis\w{4,}|insensitive|invisible)(?!\w)", re.IGNORECASE,
)  # fmt: skip
"""Verbs and adjectives that deny by themselves."""


_AT_ALL = re.compile(r"(?<!\w)(?:at all|whatsoever|in the least)(?!\w)", re.IGNORECASE)
_SOME = re.compile(r"(?<!\w)(?:most|many|some|several|half|a third|a quarter)(?!\w)", re.IGNORECASE)
"""Where a part of a whole is meant, of which the contrary is said of the rest."""
_BARRED = re.compile(
    r"(?<!\w)without(?!\w)|(?<!\w)(?:nobody|nothing|no)(?!\w).*(?<!\w)(?:better|more|higher|beats?|matche?s?"
    r"|else)(?!\w)",
    re.IGNORECASE,
)
"""What denies another state, or says that something is the best."""


def _denied(said: Clause, alike: Sequence[Clause], whole: frozenset[str]) -> str:
    denies = frozenset() if _BARRED.search(said.text) else _scope(said)
    if not alike:
        return ""
    if denies and _AT_ALL.search(said.text) and all(denies & one.words and not _NOT.search(one.text) for one in alike):
        return "is denied here and not in the evidence"
    if (
        _OPEN.search(said.text)
        or (denies and _SOME.search(said.text))
        or any(_OPEN.search(held.text) for held in alike)
    ):
        return ""
    if denies and any(_SAME.search(held.text) for held in alike):
        return ""  # not fewer than before
    if denies and any((too := _EXCEEDS.search(held.text)) and not denies & content(too[0]) for held in alike):
        return ""  # what is too large does not fit
    counted = re.findall(r"\d[\d.,]*", said.text)
    if denies and counted and not any(number in held.text for number in counted for held in alike):
        return ""  # what is left of a whole
    if denies and (not _affirmed(said, alike) or any(prefixed(said.text, held.text) for held in alike)):
        return ""
    if denies:
        against = all(not _NOT.search(_stated(held, denies)) and denies & held.words for held in alike)
        plain = all(denies <= held.words for held in alike)
        return "is denied here and not in the evidence" if against and (plain or not _less(alike)) else ""
    if _NOT.search(said.text) or _less([said]) or (said.words - whole and _DENIES.search(said.text)):
        return ""  # it withstands what does not break it
    return "is denied in the evidence" if all(_barred(held, said.words) for held in alike) else ""


def _barred(held: Clause, said: frozenset[str]) -> bool:
    """Return whether a clause of the evidence denies what is said; what it is without may be spoken of by itself."""
    without = _BARE.search(held.text)
    if not without:
        return bool(_scope(held) & said) and not stance.untold(held.text)
    before = content(held.text[: without.start()])
    barred = content(held.text[without.end() :]) - before
    return bool(barred & said) and bool(before & said)


def _affirmed(said: Clause, alike: Sequence[Clause]) -> bool:
    """Return whether the evidence has the verb that a clause denies, or a word of which way it goes."""
    match = _NOT.search(said.text)
    verb = (
        next((stems for word in said.text[match.end() :].split() if (stems := content(word))), None) if match else None
    )
    return not verb or any(verb & held.words or ways(held.text) for held in alike)


def _stated(held: Clause, words: frozenset[str]) -> str:
    """Return what a clause states: all of it, or what stands before its "without" where the words stand there."""
    without = _BARE.search(held.text)
    before = held.text[: without.start()] if without else held.text
    return before if words & content(before) else held.text


_BARE = re.compile(r"(?<!\w)without(?!\w)", re.IGNORECASE)


def _other_way(said: Clause, alike: Sequence[Clause]) -> str:
    mine = ways(said.text)
    if not alike:
        return ""
    if (
        mine.keys() & {"size", "worth", "speed"}
        and all(_SAME.search(held.text) for held in alike)
        and not _SAME.search(said.text)
    ):
        return "" if _NOT.search(said.text) else "stays as it is in the evidence"
    if any(_NOT.search(_without(one.text)) for one in (said, *alike)):
        return ""
    for axis, sign in mine.items():
        if axis == "worth" and _mirrored(said.text, [held.text for held in alike]):
            continue
        if all(ways(held.text).get(axis, 0) == -sign for held in alike):
            return "goes the other way in the evidence"
    return ""


_LOSES = re.compile(
    r"(?<!\w)(?:behind|trails?|los(?:es?|t)|worse|weaker|slower|inferior|lags?|lower)(?!\w)", re.IGNORECASE
)
_WON = re.compile(
    r"(?<!\w)(?:outperform\w*|beat\w*|surpass\w*|exceed\w*|better|stronger|faster|ahead|wins?|won|higher"
    r"|improv\w+ (?:over|on|upon)|superior to)(?!\w)", re.IGNORECASE,
)  # fmt: skip


def _mirrored(said: str, held: Sequence[str]) -> bool:
    """Return whether one says who wins and the other who loses, of two that are not the same."""
    return all(_sides_differ(said, text) for text in held)


def _sides_differ(said: str, held: str) -> bool:
    for here, there in ((_LOSES, _WON), (_WON, _LOSES)):
        mine, theirs = here.search(said), there.search(held)
        if mine and theirs:
            subject, other = said[: mine.start()], held[: theirs.start()]
            named = [[one.key for one in mentions_in(text) if one.key != "=ours"] for text in (subject, other)]
            if all(named):
                return named[0][-1] != named[1][-1]
            words = content(_LED.sub("", subject))
            return bool(words) and not words & content(other)
    return False


_LED = re.compile(r"^\s*(?:on|in|at|for|with|under|when|after) (?:the )?[\w-]+,? ", re.IGNORECASE)
"""What leads a clause in, and is not its subject."""
_EXCEEDS = re.compile(
    r"(?<!\w)(?:exceed\w*|outgrow\w*|(?:is|are|was|were) (?:removed|stripped|excluded|omitted"
    r"|discarded)|too (?:large|big|long|slow|small|few|costly|expensive))(?!\w)"
)
_MOST_CLAUSES = 40
"""Clauses of a line that are compared; a line has at most sixty words."""
_SAME = re.compile(
    r"(?<!\w)(?:unchanged|constant|the same|as it was|unaffected|unharmed|untouched|intact"
    r"|(?<!times )(?<!twice )(?<!half )(?<!not )as (?:many|much|good|fast|well|often"
    r"|accurate|large|high)(?: \w+)? as|stays? within|stays? (?:flat|level)|remains? (?:flat|stable)"
    r"|no (?:\w+ )?(?:change|difference|effect|gain|improvement|loss|drop)|not (?:change"
    r"|affect\w*))(?!\w)", re.IGNORECASE,
)  # fmt: skip


def _without(text: str) -> str:
    """Return a text less its "without": what is taken away is removed in the evidence in other words."""
    return re.sub(r"(?<!\w)[Ww]ithout(?!\w)", "", text)


def _scope(clause: Clause) -> frozenset[str]:
    """Return what a clause denies: the words behind its first negator, or before one that ends it."""
    match = _NOT.search(clause.text)
    if not match:
        return frozenset()
    return content(clause.text[match.end() :]) or clause.words


def _less(clauses: Sequence[Clause]) -> bool:
    """Return whether a clause that denies nothing speaks of less or worse: "does not win" is "is weaker"."""
    return any(sign < 0 for one in clauses for sign in ways(one.text).values())
