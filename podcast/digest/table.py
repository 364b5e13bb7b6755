"""The report as a table: title, authors, and a summary of four or five sentences."""

from podcast.digest import markup, parts, statements
from podcast.digest.report import Report

_MOST_AUTHORS = 5


def markdown(report: Report, suffix: str) -> str:
    """Return the report; links to others lead to files of that suffix. Of an empty day it says that it is empty."""
    blocks = parts.head(report, "table", _lede(report), suffix)
    if report.entries:
        rows = [markup.row(("Title", "Authors", "Summary")), "|---|---|---|"]
        for entry in report.entries:
            paper = entry.paper
            links = (paper.huggingface_url and markup.link("Hugging Face", paper.huggingface_url), parts.listen(entry))
            names = parts.title(paper, report.keywords)
            if where := " · ".join(filter(None, links)):
                names += f" ({where})"
            summary = statements.prose(entry, statements.summary(entry), report.keywords)
            rows.append(markup.row((names, parts.authors(paper, report.people, _MOST_AUTHORS), summary)))
        blocks.append("\n".join(rows))
    failed = [left for left in report.failed if left.stage == "read"]
    return parts.page([*blocks, *parts.failures(report, failed)])


def data(report: Report) -> dict[str, object]:
    """Return the same as data."""
    return {
        "date": report.date.isoformat(),
        **parts.span(report),
        **parts.disclosed(),
        "papers": [
            {
                **parts.facts(entry.paper, entry.category, entry),
                "summary": [
                    {"text": claim.text, "sections": list(entry.sections(claim))} for claim in statements.summary(entry)
                ],
            }
            for entry in report.entries
        ],
        "failed": [{"id": left.paper_id, "reason": left.reason} for left in report.failed if left.stage == "read"],
    }


def _lede(report: Report) -> str:
    return f"{parts.of_listed(report, report.read)}{', at a glance' if report.entries else ''}."
