"""Which of a brief's claims a report tells, and how a claim is written: its text, then the sections that carry it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from podcast import grounding
from podcast.digest import markup
from podcast.digest.report import Entry
from podcast.show import stops
from podcast.show.schema import Claim, Claims

MOST_QUOTED = 3
"""Sentences of one kind that a report takes from a paper where its statements are the paper's own."""

FEWEST, MOST = 4, 5
"""Sentences of a summary."""


def has_figure(claim: Claim) -> bool:
    """Tell whether the claim says a number that measures or counts: not one of a name, nor "(1)" or "three things"."""
    text = re.sub(r"\([0-9]\)", "", claim.text)
    return any(not figure.talk for figure in grounding.figures(text))


def told(entry: Entry, claims: Claims) -> Claims:
    """Return the claims that a list shows: all, or the first few where they are the paper's own sentences."""
    return claims[:MOST_QUOTED] if entry.quoted else claims


def ended(text: str) -> str:
    """Return the text with its script's full stop, where it ends in none; TeX's quotation marks become such."""
    line = re.sub(r"``(.+?)''", r"“\1”", markup.one_line(text))
    return line if stops.is_ended(line) else f"{line}{stops.full_stop(line)}"


def sections(titles: Sequence[str]) -> str:
    """Return where statements stand, as Markdown; "" where that is not known."""
    named = [markup.text(title) for title in titles if title.strip()]
    return f"*({'; '.join(named)})*" if named else ""


_LINKS = re.compile(
    r"^(?:\(?(?:\d|i{1,3}|iv|v)\) ?|(?:Moreover|Furthermore|Additionally|In addition|However|Therefore|Thus|Hence"
    r"|Consequently|Specifically|In particular|Finally|Lastly|Notably|Importantly|Remarkably|Nevertheless|In contrast"
    r"|As a result|First(?:ly)?|Second(?:ly)?|Third(?:ly)?|To this end"
    r"|(?:Motivated by|Based on|Building (?:up)?on) this"
    r"|In this (?:paper|work|study|report)"
    r"|(?:Hence, )?[Tt]o (?:address|tackle|overcome|bridge|mitigate|resolve|solve|fill|close) (?:this|these|the|such)"
    r"(?: [\w-]+){0,3}), )+"
)
"""How a sentence ties in with the one before it, which a summary may have left out."""


def capital(text: str) -> str:
    """Return the text with a large first letter, but for a name that is written with a small one, such as iw-SFT."""
    return text if re.match(r"[a-z][a-z0-9]*-?[A-Z]", text) else text[:1].upper() + text[1:]


def alone(entry: Entry, claim: Claim) -> str:
    """Return the claim's text as it can stand alone: a paper's own sentence loses what ties it to the one before."""
    text = ended(claim.text)
    shorter = _LINKS.sub("", text) if entry.quoted else text
    return capital(shorter)


def line(entry: Entry, claim: Claim, keywords: Sequence[str] = ()) -> str:
    """Return one statement as Markdown: its text, then its sections."""
    return f"{markup.bold(alone(entry, claim), keywords)} {sections(entry.sections(claim))}".rstrip()


def prose(entry: Entry, claims: Iterable[Claim], keywords: Sequence[str] = ()) -> str:
    """Return statements after one another; of those with the same sections the last names them for all."""
    runs: list[tuple[tuple[str, ...], list[str]]] = []
    for claim in claims:
        found = entry.sections(claim)
        if not runs or runs[-1][0] != found:
            runs.append((found, []))
        runs[-1][1].append(markup.bold(alone(entry, claim), keywords))
    return " ".join(f"{' '.join(texts)} {sections(found)}".rstrip() for found, texts in runs)


def heart(entry: Entry) -> dict[str, Claims]:
    """Return what is told in short: tldr, motivation, method, result and conclusion, as far as the brief has them."""
    brief = entry.brief
    results = _figures_first(brief.experiments.results)
    method = (*brief.idea[:1], *(brief.method.pipeline or brief.method.architecture or brief.idea[1:])[:2])
    fields = {
        "tldr": _one(brief.tldr),
        "motivation": brief.motivation[:2] or brief.challenges[:2] or _one(brief.task),
        "method": method,
        "result": results[:2],
        "conclusion": _one(brief.implication) or brief.strengths[:1] or brief.future_work[:1],
    }
    seen: set[str] = set()
    return {name: found for name, claims in fields.items() if (found := once(entry, claims, seen))}


def heart_texts(entry: Entry) -> Mapping[str, str]:
    """Return the same as plain text by field: what is retold in other languages."""
    return {name: " ".join(alone(entry, claim) for claim in claims) for name, claims in heart(entry).items()}


def summary(entry: Entry) -> Claims:
    """Return four or five sentences: what it is, its aim, how, with at least one figure, and what it means in practice.

    A figure is there where the brief has any. Where it has less to say there are fewer.
    """
    brief, experiments = entry.brief, entry.brief.experiments
    everything = tuple(brief.claims().values())
    how = next(iter((*brief.idea, *brief.method.pipeline, *brief.method.architecture)), None)
    results = _figures_first(experiments.results)
    figures = [claim for claim in (*results, *everything) if has_figure(claim)]
    figure = next(iter(figures), None) or next(iter(results), None)
    wanted = [brief.tldr, brief.task, how, figure, brief.implication]
    order = [claim for claim in wanted if claim]
    spare = (*results, *brief.method.pipeline, *brief.motivation, *experiments.limitations, *everything)
    first = [claim for claim in (brief.tldr, figure, brief.task, how, brief.implication) if claim]
    chosen: list[Claim] = []
    count = 0
    for claim in once(entry, (*first, *spare), set()):
        if count >= FEWEST and claim not in first:
            break
        sentences = len(stops.sentences(ended(claim.text)))
        if count + sentences <= MOST or not chosen:
            chosen.append(claim)
            count += sentences
    if entry.quoted:
        return tuple(sorted(chosen, key=lambda claim: claim.evidence))
    return tuple(sorted(chosen, key=lambda claim: order.index(claim) if claim in order else len(order) - 0.5))


def _figures_first(claims: Claims) -> Claims:
    return tuple(sorted(claims, key=lambda claim: not has_figure(claim)))


def _one(claim: Claim | None) -> Claims:
    return (claim,) if claim else ()


def once(entry: Entry, claims: Iterable[Claim], seen: set[str]) -> Claims:
    """Return the claims that were not seen yet, and note them; the paper's own sentences are told by number."""
    return tuple(_unseen(entry, claims, seen))


def _unseen(entry: Entry, claims: Iterable[Claim], seen: set[str]) -> Iterator[Claim]:
    for claim in claims:
        name = str(claim.evidence) if entry.quoted else claim.text.casefold()
        if name not in seen:
            seen.add(name)
            yield claim
