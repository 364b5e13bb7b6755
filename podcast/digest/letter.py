"""The day in text as a letter: one for each who gets it, as plain text and as HTML."""

import datetime as dt
import html
import re
import uuid
from collections.abc import Iterator, Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import quote, urlsplit

from podcast.digest import markup, pages, parts, statements
from podcast.digest.languages import labels
from podcast.digest.report import Entry, Report
from podcast.press import notes, templating
from podcast.show import synthetic
from podcast.show.errors import ConfigError
from podcast.show.settings import EXAMPLE_EMAIL, MAILBOX, MailSettings, ShowSettings

_STYLE = (
    "font: 16px/1.5 system-ui, sans-serif; max-width: 40em; margin: 0 auto; padding: 1em; overflow-wrap: break-word"
)
"""Of the whole letter: programs that show mail drop style sheets, and load nothing from elsewhere."""


def letters(
    report: Report, settings: MailSettings, site_url: str, guid: str, date: dt.datetime
) -> Iterator[EmailMessage]:
    """Yield the day's mail to each who gets it. `guid` is the show's, `date` what each bears as its own.

    Equal values give equal mails, Message-ID included: one that is sent again is known by it. Raises ConfigError where
    nobody sends them.
    """
    body = _body(report, site_url)
    for to in settings.to:
        yield _letter(report, settings, site_url, guid, to, body, date)


def key(guid: str, date: dt.date, to: str) -> str:
    """Return by what the mail of a show's day to somebody is known, whoever sends it: its Message-ID before the @."""
    return str(uuid.uuid5(uuid.UUID(guid), f"mail/{date}/{to}"))


def sender(settings: MailSettings, show: ShowSettings) -> str:
    """Return whom the mails are from. Raises ConfigError where that is nobody, as the example's address is."""
    found = settings.sender or show.email
    if not re.fullmatch(MAILBOX, found) or found == EXAMPLE_EMAIL:
        named = f"the address is {found!r}" if found else "neither sender nor [show] email is set"
        raise ConfigError(
            f"the digest's mails would be from nobody: {named}",
            "set sender in [digest.mail] to an address such as ada@example.org, or email in [show]",
        )
    return found


def _letter(
    report: Report, settings: MailSettings, site_url: str, guid: str, to: str, body: Sequence[str], date: dt.datetime
) -> EmailMessage:  # fmt: skip
    show, mailbox = report.show, sender(settings, report.show)
    off = settings.unsubscribe.replace("{to}", quote(to, safe=""))
    by_mail = f"mailto:{mailbox}?subject=unsubscribe"
    made = EmailMessage()
    made["From"] = Address(markup.one_line(show.title), *_parts(mailbox))
    made["To"] = to
    made["Subject"] = f"{markup.one_line(show.title)}: papers of {templating.date(report.date)}"
    made["Date"] = format_datetime(date)
    made["Message-ID"] = f"<{key(guid, report.date, to)}@{_parts(mailbox)[1]}>"
    made["List-Id"] = f"<digest.{guid}.{urlsplit(site_url).hostname}>"
    made["List-Unsubscribe"] = ", ".join(f"<{each}>" for each in (off, by_mail) if each)
    if off:
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058: with an https address alone
    made["Auto-Submitted"] = "auto-generated"
    why = f"You get this mail because {to} is on the list of {markup.one_line(show.title)}."
    leave = f"[Leave it]({off or by_mail})" if off else f"To leave it, [write to us]({by_mail})."
    page = markup.html(parts.page([*body, "---", f"{markup.text(why)} {leave}"]))
    made.set_content(notes.as_text(page), cte="quoted-printable")
    title = html.escape(made["Subject"])
    made.add_alternative(
        f'<!doctype html>\n<html lang="{report.base}"{templating.direction(report.base)}>\n'
        f'<head><meta charset="utf-8"><title>{title}</title></head>\n'
        f'<body style="{_STYLE}">\n{page}</body>\n</html>\n',
        subtype="html", cte="quoted-printable",
    )  # fmt: skip
    return made


def _body(report: Report, site_url: str) -> list[str]:
    """Return the letter's blocks in Markdown: each paper in short, with what carries each statement."""
    blocks = [
        f"# {markup.text(report.show.title)}: papers of {templating.date(report.date)}",
        f"{parts.of_listed(report, report.read)}.",
        *(block for entry in report.entries for block in _paper(report, entry, site_url)),
    ]
    whole = markup.link("The whole day on the site", site_url + pages.page(report))
    return [*blocks, f"{whole}.", synthetic.TEXT]


def _paper(report: Report, entry: Entry, site_url: str) -> Iterator[str]:
    named, paper = labels(report.base), entry.paper
    yield f"## {parts.title(paper, report.keywords)}"
    yield parts.byline(report, entry, site_url)
    for field, claims in statements.heart(entry).items():
        yield f"**{named[field]}:** {statements.prose(entry, claims, report.keywords)}"


def _parts(mailbox: str) -> tuple[str, str]:
    user, _, domain = mailbox.partition("@")
    return user, domain
