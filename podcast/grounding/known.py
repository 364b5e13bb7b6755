"""What is known of a paper's entry, each fact for what it is: votes count votes, a date is a date, an id an id.

>>> from podcast.grounding.figure import figures
>>> Known(votes=120).counts(*figures(text := "120 upvotes"), text)
True
>>> Known(votes=120).counts(*figures(text := "120 layers"), text)
False
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from podcast.grounding.figure import Figure
from podcast.grounding.holding import close
from podcast.grounding.sentences import Sentence, sentence
from podcast.grounding.units import COUNTS
from podcast.show.schema import Document, Paper, ids
from podcast.show.settings import Host, ShowSettings

ANYWAY = "Hugging Face Daily Papers; arXiv; GitHub; RSS; AI"
"""What a show may name though no paper does."""

_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}  # fmt: skip
_OF_US = re.compile(
    r" (?:of us\b|(?:[\w-]+ ){0,3}(?:voices?|hosts?)\b|(?:[\w-]+ "
    r"){0,2}(?:stimmen|voix|voces)\b)|\s*(?:个|位)?(?:声音|主持)",
    re.IGNORECASE,
)
"""What stands behind the count of those who speak: "four AI voices", "the four of us"."""
_INITIAL = re.compile(r"(?<!\w)[A-Z]\. (?=\w)")
"""Of a name in the middle or in front: nobody says it."""
_VOTES = re.compile(
    r"(?<!\w)(?:up-?vot\w*|votes?|voted|voters?|readers?|hugging face|stimmen|leser\w*|votos?|lector\w*|voix"
    r"|lecteurs?|voti|stemmen)"
    r"(?!\w)|赞|票|读者", re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True)
class Known:
    """The facts of an entry; none of them holds a percentage, a multiple, or a count of anything else."""

    titles: tuple[str, ...] = ()
    """Their names and figures may be said: the paper's, of a roundup all its papers'."""
    names: tuple[str, ...] = ()
    """Authors, category, show, hosts: names alone."""
    days: tuple[dt.date, ...] = ()
    votes: int | None = None
    paper_id: str = ""
    hosts: int = 0
    """How many speak."""

    def sentences(self) -> tuple[Sentence, ...]:
        """Return the titles and names as evidence: a title's bare figure holds a bare figure and nothing else."""
        called = [replace(sentence(text), figures=(), values=frozenset()) for text in self.names]
        return (*(_bare(sentence(text)) for text in self.titles), *called)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where a text in digits says the id or one of the days."""
        if self.paper_id:
            yield from (match.span() for match in re.finditer(rf"(?<![\w.]){re.escape(self.paper_id)}(?![\w])", text))
        for day in self.days:
            yield from (match.span() for match in _day(day).finditer(text))

    def counts(self, figure: Figure, text: str) -> bool:
        """Return whether a figure of the text is the entry's votes, said to be votes, or how many speak."""
        if self.hosts and figure.value == self.hosts and not figure.ratio and _OF_US.match(text[figure.end :]):
            return True
        if self.votes is None or figure.unit not in COUNTS or figure.ratio:
            return False
        around = text[max(0, figure.start - 60) : figure.end + 50]
        return bool(_VOTES.search(around)) and close(figure, figure.value, self.votes + 0 * figure.value, "")


def _bare(titled: Sentence) -> Sentence:
    figures = tuple(
        replace(held, figure=replace(held.figure, unit="titled")) if held.figure.unit == "" else held
        for held in titled.figures
    )
    return replace(titled, figures=figures)


def _day(day: dt.date) -> re.Pattern[str]:
    """Return what says the day, its month and year, or its year alone; not a count such as "2024 images"."""
    month = "|".join(names.split()[day.month - 1] for names in _MONTHS.values())
    numbered = rf"0?{day.day}(?:st|nd|rd|th|er)?\.?"
    return re.compile(
        rf"(?<!\d)(?:{day.isoformat()}|{numbered} (?:of |de )?(?:{month})(?:,? (?:of |de )?{day.year})?"
        rf"|(?:{month}) (?:the )?{numbered}(?:,? {day.year})?|(?:{month}),? (?:of |de )?{day.year}"
        rf"|(?:{day.year} ?年 ?)?0?{day.month} ?月 ?(?:0?{day.day} ?[日号])?"
        rf"|(?<![\d.,$€£+-]){day.year}(?![\d,.]?\d| ?(?:%|percent|points?|times|x\b|[a-z]+s\b)))(?![\d%])",
        re.IGNORECASE,
    )


def known_of(paper: Paper, document: Document, show: ShowSettings, hosts: Sequence[Host]) -> Known:
    """Return what is known of a paper without reading it."""
    moments = [moment.date() for moment in (paper.published_at, paper.submitted_at) if moment]
    return Known(
        titles=(paper.title,),
        names=(authors := "; ".join(paper.authors), _INITIAL.sub("", authors), paper.category or "",
               document.category or "", f"{show.title}; {'; '.join(host.name for host in hosts)}; {ANYWAY}"),
        days=tuple(dict.fromkeys((*moments[:1], paper.listed_on, *moments[1:]))),
        votes=paper.upvotes,
        paper_id=ids.called(paper.id),
        hosts=len(hosts),
    )  # fmt: skip
