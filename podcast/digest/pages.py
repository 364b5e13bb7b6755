"""The digest's files: each report as Markdown, as a page in the site's look, and as data; and the index of all days."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from podcast.digest import cards, categories, markup, parts, sections, selection, table
from podcast.digest.report import Report
from podcast.press import templating
from podcast.press.site import Site
from podcast.show import periods, synthetic
from podcast.show.schema import DayItem, Digest, Format
from podcast.show.settings import ShowSettings

_REPORTS: Mapping[Format, tuple[Callable[[Report, str], str], Callable[[Report], dict[str, object]]]] = (
    MappingProxyType(
        {
            "selection": (selection.markdown, selection.data),
            "sections": (sections.markdown, sections.data),
            "table": (table.markdown, table.data),
        }
    )
)


def folder(report: Report) -> str:
    """Return where the day's files stand under feed/."""
    return f"digest/{report.date:%Y/%m}/"


def page(report: Report) -> str:
    """Return the path of the day's page that others link to: the six sections, or what there is."""
    return f"{folder(report)}{parts.stem(report, _first(report.digest))}.html"


def page_of(digest: Digest) -> str:
    """Return the same of a digest whose papers are not read."""
    stem = periods.of(digest.period).stem if digest.period else f"{digest.date:%d}"
    return f"digest/{digest.date:%Y/%m}/{parts.named(stem, _first(digest))}.html"


def _first(digest: Digest) -> Format:
    return next(one for one in parts.NAMES if one in digest.formats)


def of_day(report: Report, look: Site) -> Iterator[tuple[str, bytes]]:
    """Yield the day's files, each beside its path under feed/."""
    place = folder(report)
    for name, (markdown, data) in _REPORTS.items():
        if name in report.digest.formats:
            path = place + parts.stem(report, name)
            yield f"{path}.md", markdown(report, ".md").encode()
            yield f"{path}.html", _html(markdown(report, ".html"), path, look, "../../../")
            yield f"{path}.json", _json(data(report))
    if "categories" in report.digest.formats:
        for language in ("", *report.digest.languages):
            path = place + parts.stem(report, "categories", language)
            html = categories.markdown(report, ".html", language)
            yield f"{path}.md", categories.markdown(report, ".md", language).encode()
            yield f"{path}.html", _html(html, path, look, "../../../", language or report.base)
            yield f"{path}.jsonl", categories.records(report, language).encode()


def index(items: Sequence[DayItem], look: Site) -> Iterator[tuple[str, bytes]]:
    """Yield the index of all days, which come newest first."""
    yield "digest/index.md", _index(items, look.show, ".md").encode()
    yield "digest/index.html", _html(_index(items, look.show, ".html"), "digest/index", look, "../")


def row(report: Report, suffix: str) -> str:
    """Return the day's row in the index, with links to the files of that suffix."""
    many = len(report.entries)
    count = f"{many} paper{'' if many == 1 else 's'}" if report.day.papers else "no papers"
    links = [
        f"[{name}]({_under(report)}{parts.stem(report, one)}{suffix})"
        for one, name in parts.NAMES.items()
        if one in report.digest.formats
    ]
    if "categories" in report.digest.formats:
        links += [
            f"[in {code}]({_under(report)}{parts.stem(report, 'categories', code)}{suffix})"
            for code in report.digest.languages
        ]
    return f"- **{report.told[0].upper()}{report.told[1:]}**, {count}: {' · '.join(links)}"


def _index(items: Sequence[DayItem], show: ShowSettings, suffix: str) -> str:
    blocks = [
        f"# {markup.text(show.title)}: the papers in text",
        "Every day's papers, out of the briefs that the episodes are made of. [As a feed](feed.xml)",
        synthetic.TEXT,
    ]
    month = ""
    rows: list[str] = []
    for item in items:
        named = f"{templating.MONTHS[item.date.month - 1]} {item.date.year}"
        if named != month:
            blocks += ["\n".join(rows), f"## {named}"]
            month, rows = named, []
        rows.append(item.rows[suffix])
    return parts.page([*blocks, "\n".join(rows)])


def _under(report: Report) -> str:
    return folder(report).removeprefix("digest/")


def _html(markdown: str, path: str, look: Site, root: str, language: str = "") -> bytes:
    """Return the Markdown as a page of the site; `path` has no suffix."""
    from markupsafe import Markup

    first = markdown.partition("\n")[0].removeprefix("# ")
    title = Markup(markup.html(first)).striptags()
    return look.page(
        "digest.html",
        root=root,
        here="Digests",
        title=title,
        path=path,
        language=language or look.show.language,
        body=Markup(cards.dressed(markup.html(markdown))),
    )


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
