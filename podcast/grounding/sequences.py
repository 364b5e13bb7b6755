"""What comes before what, where the evidence has the two the other way round.

>>> from podcast.grounding.sentences import sentence
>>> held = [sentence("Passages are ranked before the question is rewritten.")]
>>> for text in ("First the question is rewritten, then passages are ranked.", "They rewrite the question afterwards."):
...     [one.wrong for one in sequences(text, held)]
['comes in the other order in the evidence']
[]
>>> [(sorted(first), sorted(last)) for first, last in orders("Facts come early, fluency only after 9 days.")]
[(['fact'], ['fluency'])]
"""

import re
from collections.abc import Iterator, Sequence

from podcast.grounding.akin import shared
from podcast.grounding.contexts import content
from podcast.grounding.finding import Finding
from podcast.grounding.segments import NEGATOR
from podcast.grounding.sentences import Sentence
from podcast.grounding.stance import asked

_SENTENCE = re.compile(r"(?<=[.!?])\s")
_FORMS = tuple(
    (re.compile(form, re.IGNORECASE), turned)
    for form, turned in (
        (r"(?:^|[.;] )(?P<a>[^.;]*?)(?<!\w)(?:before|prior to|ahead of)(?!\w) (?!long|that|which|this)"
         r"(?P<b>[^.;]+)", False),
        (r"^(?:only )?before (?P<a>[^,;.]+), (?P<b>[^.;]+)", True),
        (r"(?:^|[.;] )(?P<a>\w[^.;]*?)(?<!\w)(?:only )?(?:after|once|following)(?!\w)(?! \d| all| that| which)"
         r" (?P<b>[^.;]+)", True),
        (r"^(?:only )?(?:after|once|following) (?P<a>[^,;.]+), (?P<b>[^.;]+)", False),
        (r"^(?:[^.;,]{0,20})?(?<!\w)first,? (?P<a>[^.;]+?)[,;]? (?:and )?"
         r"(?:then|after that|afterwards|finally|lastly)(?!\w),? (?P<b>[^.;]+)", False),
        (r"(?:^|[.;] )(?P<a>[^.;]+?) (?:comes? |came |is |are |goes |was |were )?(?:[a-z]+ )?(?:first|early"
         r"|earlier|sooner)(?!\w)[^.;,]*[,;] (?:and |while |whereas |but )?(?:then )?(?P<b>[^.;,]+?) "
         r"(?:comes? |came |follows?|followed|later|last|late|afterwards"
         r"|second|only (?:after|later|then)|after (?:that|it|them)|(?:only )?after \d)", False),
        (r"(?:starts?|started|begins?|began) (?:off )?with (?P<a>[^.;]+?),? (?:and )?"
         r"(?:ends?|ended|finish\w*|then|before|moves? on|goes on) (?:with |to )?(?P<b>[^.;]+)", False),
        (r"(?:^|[.;] )(?P<a>[^.;]+?) first,? and then (?P<b>[^.;]+)", False),
        (r"(?:^|[.;] )(?P<a>[^.;]+?),? (?:(?:which )?(?:is|are|was|were) )?followed by (?P<b>[^.;]+)", False),
    )
)  # fmt: skip
"""How a sentence says that one thing comes before another; the mark says whether it names the later one first."""

Order = tuple[frozenset[str], frozenset[str]]
"""The stems of what comes earlier, and of what comes later."""


def orders(text: str) -> Iterator[Order]:
    """Yield what a text has of things that come one before the other."""
    for said in _SENTENCE.split(text):
        for form, turned in _FORMS:
            if match := form.search(said.strip()):
                first, last = content(match["a"]) - {"=ours"}, content(match["b"]) - {"=ours"}
                first, last = (last, first) if turned else (first, last)
                if first - last and last - first:
                    yield first - last, last - first


def sequences(text: str, sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield what a line has before something that comes later in the evidence: both sides are there, and turned."""
    if NEGATOR.search(text) or asked(text, 0):
        return
    held = [order for one in sentences for order in orders(one.text)]
    for first, last in orders(text) if held else ():
        turned = any(_fits(first, last, order[::-1]) > _fits(first, last, order) for order in held)
        if turned and not any(_fits(first, last, order) >= _fits(first, last, order[::-1]) > 0 for order in held):
            yield Finding(0, text.strip(" .,;"), "comes in the other order in the evidence", "doubted")
            return


def _fits(first: frozenset[str], last: frozenset[str], order: Order) -> int:
    """Return how many words of both sides an order has where they stand; 0 where one side has none."""
    earlier, later = shared(first, order[0]), shared(last, order[1])
    return earlier + later if earlier and later else 0
