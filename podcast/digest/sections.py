"""The report in six sections: each paper as a reviewer sums it up, grouped by topic, and folded."""

from collections.abc import Iterator

from podcast.digest import markup, parts, statements
from podcast.digest.report import Entry, Report
from podcast.digest.topics import TOPICS, topic
from podcast.show.schema import Claim, Claims, Left

Lists = list[tuple[str, Claims]]
"""Statements under their headings; what the paper does not say is not there."""


def six(entry: Entry) -> list[tuple[int, str, Lists]]:
    """Return the sections that the brief fills: number, name and lists. Main results carry a figure each.

    A statement stands once: what the TL;DR says is not said again.
    """
    brief, method, experiments = entry.brief, entry.brief.method, entry.brief.experiments
    figures = tuple(claim for claim in experiments.results if statements.has_figure(claim))
    others = tuple(claim for claim in experiments.results if claim not in figures)
    task = (brief.task,) if brief.task else ()
    whole: list[tuple[str, Lists]] = [
        ("Task and problem", [("", task)]),
        ("Motivation and gaps", [("", brief.motivation), ("Where earlier work falls short", brief.challenges)]),
        ("Core idea", [("", brief.idea)]),
        (
            "Method",
            [
                ("Pipeline", method.pipeline),
                ("Architecture, loss and training", method.architecture),
                ("Cost", method.cost),
            ],
        ),
        (
            "Experiments",
            [
                ("Data sets", experiments.datasets),
                ("Metrics", experiments.metrics),
                ("Baselines", experiments.baselines),
                ("Main results", figures),
                ("Further findings", others),
                ("Ablations", experiments.ablations),
                ("Limitations", experiments.limitations),
            ],
        ),
        (
            "Takeaways",
            [
                ("For it", brief.strengths[:3]),
                ("Against it", brief.weaknesses[:3]),
                ("Next", brief.future_work[:3]),
                ("In practice", (brief.implication,) if brief.implication else ()),
            ],
        ),
    ]
    seen: set[str] = set()
    statements.once(entry, (brief.tldr,) if brief.tldr else (), seen)
    shown: list[tuple[int, str, Lists]] = []
    for place, (name, lists) in enumerate(whole, 1):
        new = [(title, statements.told(entry, statements.once(entry, claims, seen))) for title, claims in lists]
        if any(claims for _, claims in new):
            number = len(shown) + 1 if brief.source else place  # a report of an older brief stays as it is
            shown.append((number, name, [(title, claims) for title, claims in new if claims]))
    return shown


def markdown(report: Report, suffix: str) -> str:
    """Return the report; links to others lead to files of that suffix."""
    return parts.page([*_head(report, suffix), *_papers(report), *parts.failures(report, _unread(report))])


def data(report: Report) -> dict[str, object]:
    """Return the same as data: every statement with its sections and the numbers of its sentences."""
    return {
        "date": report.date.isoformat(),
        **parts.span(report),
        **parts.disclosed(),
        "papers": [
            {
                **parts.facts(entry.paper, entry.category, entry),
                "topic": topic(entry.paper, entry.category),
                **({"tldr": _as_data(entry, entry.brief.tldr)} if entry.brief.tldr else {}),
                "sections": [
                    {
                        "title": name,
                        "lists": [
                            {"title": title or name, "statements": [_as_data(entry, claim) for claim in claims]}
                            for title, claims in lists
                        ],
                    }
                    for _, name, lists in six(entry)
                ],
                "made_with": entry.brief.made_with,
            }
            for _, entries in _by_topic(report)
            for entry in entries
        ],
        "failed": [{"id": left.paper_id, "reason": left.reason} for left in _unread(report)],
    }


def _head(report: Report, suffix: str) -> Iterator[str]:
    many, lede = len(report.entries), f"{parts.of_listed(report, report.read)}."
    if many:
        quoted = " The statements are the papers' own sentences." if any(e.quoted for e in report.entries) else ""
        told = "each in six sections. A statement ends with the section of the paper that carries it."
        lede = f"{lede.removesuffix('.')}, {told}{quoted}"
    yield from parts.head(report, "sections", lede, suffix)
    if many:
        yield f"## {markup.anchor('contents')}Contents"
        rows = []
        for name, entries in _by_topic(report):
            rows.append(f"- [{name}](#{markup.slug(name)}) ({len(entries)})")
            rows += [f"  - [{markup.text(e.paper.title)}](#{markup.slug(f'paper-{e.paper.id}')})" for e in entries]
        yield "\n".join(rows)


def _papers(report: Report) -> Iterator[str]:
    for name, entries in _by_topic(report):
        yield f"## {markup.anchor(name)}{name}"
        for entry in entries:
            yield f"### {markup.anchor(f'paper-{entry.paper.id}')}{parts.title(entry.paper, report.keywords)}"
            yield parts.byline(report, entry, behind=" · [contents](#contents)")
            if entry.brief.tldr:
                yield f"**TL;DR** {statements.line(entry, entry.brief.tldr, report.keywords)}"
            body = "\n\n".join(_sections(entry))
            if body:
                yield markup.folded("The six sections", body)


def _sections(entry: Entry) -> Iterator[str]:
    for number, name, lists in six(entry):
        yield f"#### {number}. {name}"
        for title, claims in lists:
            if title:
                yield f"**{title}**"
            yield "\n".join(f"- {statements.line(entry, claim)}" for claim in claims)


def _by_topic(report: Report) -> list[tuple[str, list[Entry]]]:
    shelves: dict[str, list[Entry]] = {name: [] for name in TOPICS}
    for entry in report.entries:
        shelves[topic(entry.paper, entry.category)].append(entry)
    return [(name, entries) for name, entries in shelves.items() if entries]


def _as_data(entry: Entry, claim: Claim) -> dict[str, object]:
    return {"text": claim.text, "sections": list(entry.sections(claim)), "evidence": list(claim.evidence)}


def _unread(report: Report) -> list[Left]:
    return [left for left in report.failed if left.stage == "read"]
