"""The page of the choice: which papers were chosen and why, by what the show cares about, and why not the others."""

from collections.abc import Iterator

from podcast.digest import markup, parts, statements
from podcast.digest.report import Report
from podcast.show.criteria import numbered
from podcast.show.schema import Paper


def markdown(report: Report, suffix: str) -> str:
    """Return the report; links to others lead to files of that suffix."""
    chosen = list(report.verdicts(chosen=True))
    read = {entry.paper.id: entry for entry in report.entries}
    lede = f"{parts.of_listed(report, [paper for paper, _ in chosen])}."
    if report.day.papers:
        how = "the criteria at the end of this page, by novelty and by upvotes" if report.criteria else "their upvotes"
        by = f", by {how}" if any(paper.listing for paper in report.day.papers) else ""
        lede = f"Chosen: {lede.removesuffix('.')}{by}."
    blocks = parts.head(report, "selection", lede, suffix)
    if chosen:
        blocks.append(f"## {markup.anchor('contents')}Contents")
        rows = [f"{n}. [{markup.text(p.title)}](#{markup.slug(f'paper-{p.id}')})" for n, (p, _) in enumerate(chosen, 1)]
        blocks.append("\n".join(rows))
        blocks.append(f"## {markup.anchor('chosen')}Chosen")
    for number, (paper, verdict) in enumerate(chosen, 1):
        blocks.append(f"### {markup.anchor(f'paper-{paper.id}')}{number}. {parts.title(paper, report.keywords)}")
        blocks.append(parts.byline(report, read.get(paper.id, paper), behind=" · [contents](#contents)"))
        if paper.summary:
            blocks.append(markup.bold(statements.ended(paper.summary), report.keywords))
        facts = [*_judged(report, paper), f"**Verdict:** {markup.text(verdict.reason)}"]
        blocks.append("\n".join(f"- {fact}" for fact in facts))
    blocks += _rejected(report)
    if report.criteria:
        blocks.append(f"## {markup.anchor('criteria')}The criteria")
        blocks.append("\n".join(f"> {line}".rstrip() for line in _quoted(report.criteria)))
    return parts.page(blocks)


def data(report: Report) -> dict[str, object]:
    """Return the same as data: the day's papers in rank order, each with its scores and what was said of it."""
    verdicts = {verdict.paper_id: verdict for verdict in report.digest.selection.verdicts}
    papers = []
    for paper in report.day.papers:
        verdict, score = verdicts.get(paper.id), report.scores.get(paper.id)
        rank = {"rank": paper.rank} if paper.listing else {}
        entry = parts.facts(paper) | rank | {"abstract": paper.summary}
        if paper.arxiv_comment:
            entry["comment"] = paper.arxiv_comment
        if score:
            entry |= score.model_dump(include={"relevance", "novelty", "criterion", "why"})
        elif paper.id in report.unscored:
            entry["no_score"] = report.unscored[paper.id]
        if verdict:
            entry |= {"chosen": verdict.chosen, "place": verdict.place, "reason": verdict.reason}
        papers.append(entry)
    known = {"date": report.date.isoformat(), **parts.span(report), **parts.disclosed()}
    return {**known, "criteria": report.criteria, "papers": papers}


def _judged(report: Report, paper: Paper) -> Iterator[str]:
    """Yield what was said of the paper: by its authors, and by the criteria."""
    if paper.arxiv_comment:
        yield f"**The authors' comment:** {markup.text(paper.arxiv_comment)}"
    score = report.scores.get(paper.id)
    if score:
        criterion = numbered(report.criteria).get(score.criterion, "")
        matched = f"{score.criterion}. {markup.text(criterion)}" if score.criterion else "none"
        yield f"**Comment:** {markup.text(score.why)}"
        yield f"**Relevance:** {score.relevance} of 10 · **Novelty:** {score.novelty} of 10"
        yield f"**Criterion:** {matched}"
    elif paper.id in report.unscored:
        yield f"**No score:** {markup.text(report.unscored[paper.id])}"


def _rejected(report: Report) -> Iterator[str]:
    rejected = list(report.verdicts(chosen=False))
    if not rejected:
        return
    rows = []
    for paper, verdict in rejected:
        score = report.scores.get(paper.id)
        scored = (
            f" (relevance {score.relevance}, novelty {score.novelty})"
            if score and "relevance" not in verdict.reason
            else ""
        )
        rows.append(f"- {parts.title(paper)}: {markup.text(verdict.reason)}{scored}")
    many = f"{len(rejected)} paper{'' if len(rejected) == 1 else 's'}"
    yield f"## {markup.anchor('rejected')}Not chosen"
    yield markup.folded(f"{many}, and why", "\n".join(rows))


def _quoted(criteria: str) -> list[str]:
    """Return the show's own words, in which Markdown stays and tags do not."""
    return criteria.replace("&", "&amp;").replace("<", "&lt;").splitlines()
