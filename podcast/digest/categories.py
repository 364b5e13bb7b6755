"""Summaries by arXiv category, in the show's language or in another one."""

import json
from collections.abc import Iterator, Mapping

from podcast.digest import markup, parts, statements
from podcast.digest.languages import labels
from podcast.digest.report import Entry, Report
from podcast.digest.topics import TOPICS, topic
from podcast.show.schema import Left


def markdown(report: Report, suffix: str, language: str = "") -> str:
    """Return the report; `language` is "" for the show's own. A paper not told in it is listed as failed."""
    failed, shelves = _failed(report, language), _by_category(report, language)
    lede = f"{parts.of_listed(report, [entry.paper for _, entries in shelves for entry in entries])}."
    if any(name in TOPICS for name, _ in shelves):
        lede += " Papers whose arXiv category is not known stand under their topic."
    blocks = parts.head(report, "categories", lede, suffix, language)
    if shelves:
        blocks.append(f"## {markup.anchor('contents')}Contents")
        rows = [f"- [{markup.text(name)}](#{_anchor(name)}) ({len(entries)})" for name, entries in shelves]
        blocks.append("\n".join(rows))
    for name, entries in shelves:
        blocks.append(f"## {markup.anchor(_anchor(name))}{markup.text(name)} ({len(entries)})")
        blocks.append("[back to the contents](#contents)")
        for number, entry in enumerate(entries, 1):
            blocks += _paper(report, number, entry, language)
    return parts.page([*blocks, *parts.failures(report, failed)])


def records(report: Report, language: str = "") -> str:
    """Return the same as data: a JSON object a line, one a paper; of one that failed it says why."""
    lines: list[dict[str, object]] = []
    for _, entries in _by_category(report, language):
        for entry in entries:
            texts = _texts(entry, language)
            carried = {name: _carried(entry, name) for name in texts}
            record = parts.facts(entry.paper, entry.category, entry) | {"language": language or report.base}
            lines.append(
                record | parts.disclosed() | dict(texts) | {"sections": carried, "abstract": entry.paper.summary}
            )
    for left in _failed(report, language):
        paper = report.paper(left.paper_id)
        lines.append(parts.facts(paper) | {"language": language or report.base, "failed": left.reason})
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)


def _paper(report: Report, number: int, entry: Entry, language: str) -> Iterator[str]:
    named, paper = labels(language or report.base), entry.paper
    yield f"### {markup.anchor(f'paper-{paper.id}')}{number}. {parts.title(paper, report.keywords)}"
    yield parts.byline(report, entry)
    texts = _texts(entry, language)
    rows = []
    for field, claims in statements.heart(entry).items():
        if field in texts:
            said = (
                f"{markup.bold(texts[field], report.keywords)} {statements.sections(_carried(entry, field))}".rstrip()
                if language
                else statements.prose(entry, claims, report.keywords)
            )
            rows.append(f"**{named[field]}:** {said}")
    yield "\n\n".join(rows)
    if paper.summary:
        yield markup.folded(named["abstract"], markup.text(statements.ended(paper.summary)))


def _texts(entry: Entry, language: str) -> Mapping[str, str]:
    """Return what is told of the paper, by field, as plain text."""
    told = statements.heart_texts(entry)
    if not language:
        return told
    said = entry.retellings[language].model_dump(include=set(told))
    return {field: said[field] for field in told if said[field]}


def _carried(entry: Entry, field: str) -> list[str]:
    claims = statements.heart(entry)[field]
    return list(dict.fromkeys(title for claim in claims for title in entry.sections(claim)))


def _stands(entry: Entry, language: str) -> bool:
    """Tell whether the paper is told in the language, and as its brief is now."""
    if not language:
        return True
    found = entry.retellings.get(language)
    return found is not None and found.told == statements.heart_texts(entry)


def _failed(report: Report, language: str) -> list[Left]:
    said = [left for left in report.failed if left.stage in ("read", language)]
    changed = [
        Left(paper_id=entry.paper.id, stage=language, reason="its brief has changed since it was told")
        for entry in report.entries
        if language in entry.retellings and not _stands(entry, language)
    ]
    return [*said, *changed]


def _by_category(report: Report, language: str) -> list[tuple[str, list[Entry]]]:
    """Return the papers by primary category, the fullest first; behind them by topic those that have none."""
    shelves: dict[str, list[Entry]] = {}
    for entry in report.entries:
        if _stands(entry, language):
            shelves.setdefault(entry.category or topic(entry.paper, None), []).append(entry)
    return sorted(shelves.items(), key=lambda shelf: (shelf[0] in TOPICS, -len(shelf[1]), shelf[0]))


def _anchor(name: str) -> str:
    return markup.slug(f"category {name}")
