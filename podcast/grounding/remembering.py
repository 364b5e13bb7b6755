"""Lines that refer to an earlier episode: held to what that one said, and to when it was.

Such a line rests on the earlier paper alone, so nothing of it can be taken for this one's; what refers to an episode
that no line rests on is doubted.

>>> adrift(Line(host="A", chapter="x", text="As we saw last week, that can go wrong."), [])
'we saw last week'
>>> adrift(Line(host="A", chapter="x", text="As we saw, that can go wrong."), [])
''
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from podcast.grounding import ago
from podcast.grounding.contexts import content
from podcast.grounding.figure import figures
from podcast.grounding.finding import Finding
from podcast.grounding.known import Known, known_of
from podcast.show.schema import Claim, Document, Line, Memory, Paper
from podcast.show.settings import Host, ShowSettings

_DAYS = "|".join(ago.WEEKDAYS["en"].split())
_WHEN = (
    rf"(?:yesterday|last (?:week|month|year|time|{_DAYS})|(?:on )?(?:{_DAYS})|the other (?:day|week)"
    r"|(?:a|an|one|two|three|four|five|six|a few|a couple of|several) (?:days?|weeks?|months?|episodes?) ago"
    r"|(?:in|on) (?:an|the|our) (?:earlier|previous|last) (?:episode|show))"
)
_MET = r"(?:had|saw|covered|discussed|talked about|heard|looked at|read|met|did|spoke (?:of|about)|told you)"
_REFERS = re.compile(
    rf"(?<!\w)(?:(?:we|you|I|(?:the|our) show) (?:just )?{_MET}(?!\w)[^.?!]{{0,70}}?(?<!\w){_WHEN}"
    rf"|{_WHEN},? (?:on (?:the|this|our) show,? )?(?:we|you|I) {_MET}"
    rf"|(?:yesterday|{_DAYS}|last (?:week|month|{_DAYS}))['’]s (?:paper|episode|show|system|method|one|result)"
    r"|(?:last|(?:the|our) previous|an earlier|our earlier) (?:episode|show)"
    r"|remember (?:the|that) (?:paper|episode) (?:from|we))(?!\w)",
    re.IGNORECASE,
)
"""Where a host speaks of what the show said on another day."""
_EARLIER = re.compile(
    r"(?<!\w)(?:earlier|previous|last) (?:episode|show|time)|(?:on|in) (?:the|this|our) show (?:before|earlier)"
    r"|(?<!\w)a while (?:ago|back)(?!\w)", re.IGNORECASE,
)  # fmt: skip


@cache
def _earlier(language: str) -> re.Pattern[str]:
    """Return what says in a language that it was an earlier episode."""
    words = ago.EARLIER.get(language)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) if words else _EARLIER


_OF_THIS = re.compile(
    r"(?<!\w)(?:(?:this|today['’]s|our|the new|the present) "
    r"(?:paper|one|work|method|system|approach|authors?|team|result)"
    r"|today['’]s|ours|in this (?:one|paper))(?!\w)", re.IGNORECASE,
)  # fmt: skip
"""Where a host speaks of the paper that the episode is about."""
_CLAUSE = re.compile(
    r"[;:.!?](?=\s|$)|,(?!\d)|(?<!\w)(?:while|whereas|where|but|and|against|versus|than|which|so)(?!\w)"
)


@dataclass(frozen=True)
class Past:
    """An earlier episode, as evidence."""

    memory: Memory
    claims: Mapping[str, Claim]
    sentences: tuple[str, ...]
    """Under their numbers in the earlier paper; "" where they are not known."""
    known: Known
    when: ago.When
    language: str

    def is_named(self, text: str) -> bool:
        """Tell whether the text says when the episode was, or what its paper is called, or who wrote that."""
        head = self.memory.title.partition(":")[0].strip()
        if ago.says(text, self.when, self.language) or head.casefold() in text.casefold():
            return True
        words, said = content(head), content(text)
        if len(words) > 2 and len(words & said) >= 0.7 * len(words):
            return True
        return any(re.search(rf"(?<!\w){re.escape(name.split()[-1])}(?!\w)", text)
                   for name in self.memory.authors if name.split())  # fmt: skip


def pasts(
    memories: Sequence[Memory], paper: Paper, show: ShowSettings, hosts: Sequence[Host], language: str
) -> Mapping[str, Past]:
    """Return the episodes that may be referred to, by their papers' ids; of two of one paper the last."""
    return {memory.paper_id: _past(memory, paper, show, hosts, language) for memory in memories}


def _past(memory: Memory, paper: Paper, show: ShowSettings, hosts: Sequence[Host], language: str) -> Past:
    texts = {one.number: one.text for claim in memory.claims for one in claim.sentences}
    sentences = tuple(texts.get(number, "") for number in range(1, max(texts, default=0) + 1))
    claims = {
        claim.path: Claim(text=claim.text, evidence=tuple(one.number for one in claim.sentences))
        for claim in memory.claims
    }
    return Past(
        memory, claims, sentences, _known(memory, show, hosts), ago.When(memory.day, paper.listed_on, memory.number),
        language,
    )  # fmt: skip


def _known(memory: Memory, show: ShowSettings, hosts: Sequence[Host]) -> Known:
    """Return what is known of the earlier paper's entry; nobody's votes."""
    instant = dt.datetime.combine(memory.day, dt.time(), dt.UTC)
    paper = Paper(
        id=memory.paper_id, title=memory.title, summary="", authors=memory.authors, listed_on=memory.day,
        asked_at=instant, category=", ".join(memory.shared) or None,
    )  # fmt: skip
    return known_of(paper, Document(paper_id=memory.paper_id, source="none", sections=()), show, hosts)


def misplaced(line: Line, before: Sequence[Line], past: Past, evidence: Sequence[str]) -> Iterator[Finding]:
    """Yield what a line that refers to the episode says of when it was and is not so, nor of its paper by the evidence,
    or of this paper; and that it does not say which episode that is, where the lines before do not. In other
    languages few words for that are known: there it is doubted."""
    wrong, day = list(ago.wrong(line.text, past.when, past.language, evidence)), past.memory.day
    right = f"{ago.spoken(day, past.when.today)}, {day.day} {ago.MONTHS[day.month - 1]} {day.year}"
    for said in wrong:
        yield Finding(line.text.find(said), said, f"is not when that episode was: it was {right}")
    chain = [line.text]
    for other in reversed(before):
        if other.earlier != line.earlier:
            break
        chain.append(other.text)
    earlier = _earlier(past.language)
    named = wrong or any(past.is_named(one) or earlier.search(one) for one in chain)
    if not named and past.language in ago.WEEKDAYS:
        unsaid = "is of an earlier episode, and the line does not say when it was, or which"
        yield Finding(0, line.text[:40], unsaid, "refused" if past.language == "en" else "doubted")
    if past.language == "en":
        yield from (
            Finding(line.text.find(clause), clause.strip(), "is said of this paper, and stands in the earlier one's")
            for clause in _clauses(line.text)
            if _OF_THIS.search(clause) and figures(clause) and not past.is_named(clause)
        )


def _clauses(text: str) -> Iterator[str]:
    yield from (clause for clause in _CLAUSE.split(text) if clause and clause.strip())


def taken_up(text: str, found: Sequence[Finding], past: Sequence[str], of: Sequence[Past]) -> Iterator[Finding]:
    """Yield those of the findings that the lines about earlier episodes have, but that no clause says to be theirs:
    "it reaches 61, as Tuesday's did" gives this paper a figure of the other."""
    held = {one.value for line in past for one in figures(line)}
    for clause in _clauses(text):
        if any(one.is_named(clause) for one in of):
            continue
        said = {one.spoken for one in figures(clause) if one.value in held}
        yield from (one for one in found if one.fact in said)


def adrift(line: Line, spoken: Sequence[Past]) -> str:
    """Return where a line speaks of another day's episode that no line before it rests on; "" where it does not."""
    if line.kind == "example" or not (match := _REFERS.search(line.text)):
        return ""
    wrong = [list(ago.wrong(match[0], past.when)) for past in spoken]
    return "" if any(not said for said in wrong) else match[0]
