"""What the reports share: the head of a page, a paper's names and links, and who failed."""

from collections.abc import Sequence

from podcast.digest import markup
from podcast.digest.report import Entry, Report
from podcast.show import synthetic
from podcast.show.schema import HEADINGS, Format, Left, LinkedKind, Paper, Repository

NAMES: dict[Format, str] = {
    "sections": "in six sections",
    "categories": "summaries by category",
    "table": "as a table",
    "selection": "how they were chosen",
}
"""What each report is called where another links to it."""

_MOST_AUTHORS = 12


def stem(report: Report, format_: Format, language: str = "") -> str:
    """Return the name of a report's file, without its suffix."""
    return named(report.period.stem if report.period else f"{report.date:%d}", format_, language)


def named(day: str, format_: Format, language: str = "") -> str:
    """Return the same of a day or a period whose name is given."""
    return (day if format_ == "sections" else f"{day}-{format_}") + (f".{language}" if language else "")


def head(report: Report, format_: Format, lede: str, suffix: str, language: str = "") -> list[str]:
    """Return a report's title, what it is, and links to the others; `suffix` is that of the files linked to."""
    title = f"{markup.text(report.show.title)}: papers of {report.told}"
    links = [
        f"[{name}]({stem(report, one)}{suffix})"
        for one, name in NAMES.items()
        if one in report.digest.formats and (one != format_ or language)
    ]
    if "categories" in report.digest.formats:
        links += [
            f"[by category in {code}]({stem(report, 'categories', code)}{suffix})"
            for code in report.digest.languages
            if (format_, code) != ("categories", language)
        ]
    links += [f"[all days](../../index{suffix})"]
    twin = f"{stem(report, format_, language)}.{'jsonl' if format_ == 'categories' else 'json'}"
    links += [f"[the same as data]({twin})"]
    heard = f"[Listen to the roundup]({_SITE}{report.roundup}index.html)" if report.roundup else ""
    return [f"# {title}", lede, *filter(None, (heard,)), synthetic.TEXT, f"The same papers: {' · '.join(links)}"]


def of_listed(report: Report, papers: Sequence[Paper]) -> str:
    """Return how many papers of how many there are, in words without a full stop; what was asked for is on no list."""
    listed = sum(paper.listing is not None for paper in report.day.papers)
    asked = sum(paper.listing is None for paper in papers)
    told = [_of_list(report, len(papers) - asked, listed)] if listed or not asked else []
    many = "one paper" if asked == 1 else f"{asked} papers"
    told += [f"{many} that somebody asked for {report.at}"] if asked else []
    return " and ".join(told) if listed or not asked else told[0][0].upper() + told[0][1:]


def _of_list(report: Report, count: int, listed: int) -> str:
    if not listed:
        return f"No papers were listed {report.at}"
    if count == listed == 1:
        return f"The one paper that Hugging Face listed {report.at}"
    if count == listed:
        return f"All {count} papers that Hugging Face listed {report.at}"
    return f"{count} of the {listed} papers that Hugging Face listed {report.at}"


def title(paper: Paper, keywords: Sequence[str] = ()) -> str:
    """Return the paper's title, as a link to where it is to be read."""
    named = markup.bold(paper.title, keywords)
    return markup.link(named, paper.url) if paper.url else named


def authors(paper: Paper, people: Sequence[str], most: int = _MOST_AUTHORS) -> str:
    """Return the authors; those of `people` in bold, and never left out."""
    wanted = {name.casefold() for name in people}
    followed = [name for name in paper.authors[most:] if name.casefold() in wanted]
    names = [
        f"**{markup.text(name)}**" if name.casefold() in wanted else markup.text(name)
        for name in (*paper.authors[:most], *followed)
    ]
    more = len(paper.authors) - len(names)
    return ", ".join(names) + (f" and {more} more" if more > 0 else "")


_SITE = "../../../"
"""What leads from a day's report to the site's root."""


def byline(report: Report, of: Entry | Paper, site: str = _SITE, behind: str = "") -> str:
    """Return what stands below a paper's title, a row each: its authors and who they work for, its links with what
    stands `behind` them, and what Hugging Face links with it."""
    paper, organization = (of.paper, of.organization) if isinstance(of, Entry) else (of, of.organization)
    people = authors(paper, report.people)
    if organization:
        made_by = markup.link(markup.text(organization.called), organization.url)
        people += f"{' · ' if people else ''}Organisation: {made_by}"
    found = of.linked.shelves() if isinstance(of, Entry) and of.linked else ()
    return "  \n".join((people, links(of, site) + behind, *filter(None, (" · ".join(map(_shelf, found)),))))


def _shelf(shelf: tuple[LinkedKind, Sequence[Repository], int]) -> str:
    kind, first, more = shelf
    named = ", ".join(markup.link(markup.text(one.name), one.url) for one in first)
    return f"{HEADINGS[kind]}: {named}{f' and {more} more' if more else ''}"


def links(entry_or_paper: Entry | Paper, site: str = _SITE) -> str:
    """Return the paper's id, its upvotes, its code with its stars, its page and its episode, as far as they are known.

    `site` leads to the site's root.
    """
    paper = entry_or_paper.paper if isinstance(entry_or_paper, Entry) else entry_or_paper
    found = [markup.link(paper.called, paper.url)] if paper.url else []
    if paper.huggingface_url:
        found.append(markup.link(f"{paper.votes} upvote{'' if paper.votes == 1 else 's'}", paper.huggingface_url))
    category = entry_or_paper.category
    if category:
        found.append(markup.text(category))
    if paper.github_repo:
        stars = "" if paper.github_stars is None else f" ★ {paper.github_stars:,}"
        found.append(markup.link("code", paper.github_repo) + stars)
    if paper.project_page:
        found.append(markup.link("project", paper.project_page))
    if isinstance(entry_or_paper, Entry):
        found.append(listen(entry_or_paper, site))
    return " · ".join(filter(None, found))


def listen(entry: Entry, site: str = _SITE) -> str:
    """Return the link to the paper's episode; "" where there is none."""
    return f"[listen to the episode]({site}{entry.episode}index.html)" if entry.episode else ""


def failures(report: Report, failed: Sequence[Left], heading: str = "Failed") -> list[str]:
    """Return the papers that something could not be done with, and why; nothing where there are none."""
    if not failed:
        return []
    rows = [f"- {title(report.paper(left.paper_id))}: {markup.text(left.reason)}" for left in failed]
    return [f"## {markup.anchor('failed')}{heading}", "\n".join(rows)]


def span(report: Report) -> dict[str, object]:
    """Return the period that data is of; nothing for a day, whose date says it."""
    return {"period": str(report.period)} if report.period else {}


def disclosed() -> dict[str, object]:
    """Return what data says of itself, with IPTC's name for what a trained model made."""
    return {"disclosure": synthetic.TEXT, synthetic.FIELD: synthetic.SOURCE_TYPE}


def page(blocks: Sequence[str]) -> str:
    """Return the blocks as one Markdown file."""
    return "\n\n".join(block for block in blocks if block) + "\n"


def facts(paper: Paper, category: str | None = None, entry: Entry | None = None) -> dict[str, object]:
    """Return what is known of the paper itself, for data; what is not known is left out."""
    known = {
        "id": paper.id,
        "title": paper.title,
        "authors": list(paper.authors),
        "category": category or paper.category,
        "upvotes": paper.upvotes,
        "arxiv": paper.arxiv_url,
        "url": None if paper.arxiv_url else paper.url,
        "huggingface": paper.huggingface_url,
        "code": paper.github_repo,
        "stars": paper.github_stars,
        "project": paper.project_page,
        **_besides(entry, paper),
    }
    return {name: value for name, value in known.items() if value is not None}


def _besides(entry: Entry | None, paper: Paper) -> dict[str, object]:
    """Return who made the paper, and what is linked with it."""
    made_by = entry.organization if entry else paper.organization
    shelves = entry.linked.shelves() if entry and entry.linked else ()
    found: dict[str, object] = {kind: [one.url for one in first] for kind, first, _ in shelves}
    return {**({"organization": {"name": made_by.called, "url": made_by.url}} if made_by else {}), **found}
