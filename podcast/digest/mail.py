"""A day's digest by e-mail: each who is on the list gets it once, however often it is tried."""

import datetime as dt
import os
import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from email.message import EmailMessage

from podcast.digest import letter
from podcast.digest.report import Report
from podcast.show import passing, store
from podcast.show.errors import ConfigError, MailError
from podcast.show.schema import Mailed
from podcast.show.settings import MailSettings
from podcast.show.workspace import DayFolder

_TIMEOUT = 20.0
"""Seconds without a byte before the server is given up."""

_TABLE, _ONCE = "look at [digest.mail] in podcast.toml, or try again later", "who has the mail gets it no second time"


def written(
    folder: DayFolder, report: Report, settings: MailSettings, site_url: str, guid: str
) -> Sequence[EmailMessage]:
    """Return the mails of the day that nobody has yet, as they would go now. Nothing is sent, and nothing noted."""
    noted = store.load_disposable(Mailed, folder.mailed) or _begin()
    made, had = letter.letters(report, settings, site_url, guid, noted.date), noted.had
    return [each for each in made if _key(each) not in had]


def send(
    folder: DayFolder, report: Report, settings: MailSettings, site_url: str, guid: str, *, wait: bool = True,
    late: bool = True,
) -> int:  # fmt: skip
    """Send the day to each on the list who has not got it, and return how many mails went. Who came to the list after
    the day was tried gets one only if they may be `late`.

    Each is noted when the server has taken it: what goes wrong later sends none twice. Where that could not be noted,
    the mail that goes again has the same Message-ID and date. Raises MailError where the server takes none, or refused
    one, when all others went; ConfigError where the password is not set, or nobody is the sender.
    """
    with store.locked(folder.lock, f"{report.date} is being worked on", wait=wait):
        before = store.load_disposable(Mailed, folder.mailed)
        noted = before or _begin()
        due = _due(noted, settings, guid, report.date, late=late)
        if not due:
            return 0
        noted = noted.model_copy(update={"wanted": tuple(dict.fromkeys((*noted.wanted, *due)))})
        if noted != before:
            store.write_atomic(folder.mailed, store.to_json(noted))
        made = letter.letters(report, settings, site_url, guid, noted.date)
        waiting = [each for each in made if _key(each) in due]
        refused: list[str] = []
        with connected(settings) as server:
            for each in waiting:
                try:
                    server.send_message(each)
                except smtplib.SMTPRecipientsRefused as error:
                    code, said = next(iter(error.recipients.values()))
                    refused.append(f"{each['To']} ({code} {_words(said)})")
                    continue
                noted = noted.model_copy(update={"sent": (*noted.sent, str(each["Message-ID"]))})
                store.write_atomic(folder.mailed, store.to_json(noted))
    if refused:
        others = "; all others have it" if len(refused) < len(waiting) else ""
        raise MailError(
            f"{settings.host} takes no mail to {', '.join(refused)}{others}",
            "mend the address in [digest.mail] to, or take it out",
        )
    return len(waiting)


def begun(folder: DayFolder, settings: MailSettings, guid: str) -> bool:
    """Tell whether the day was mailed, or tried to be, and somebody lacks it who was on the list then, and still is."""
    noted = store.load_disposable(Mailed, folder.mailed)
    return noted is not None and bool(_due(noted, settings, guid, folder.date, late=False))


def _begin() -> Mailed:
    return Mailed(date=dt.datetime.now(dt.UTC).replace(microsecond=0))


def _due(noted: Mailed, settings: MailSettings, guid: str, date: dt.date, *, late: bool) -> list[str]:
    """Return by what the mails are known that are still to go, in the list's order; an earlier version did not note for
    whom the day was tried."""
    had, wanted = noted.had, frozenset(noted.wanted)
    keys = (letter.key(guid, date, to) for to in settings.to)
    return [key for key in keys if key not in had and (late or not wanted or key in wanted)]


def _key(made: EmailMessage) -> str:
    """Return by what the mail is known, as `letter.key` does."""
    return str(made["Message-ID"]).strip("<>").partition("@")[0]


@contextmanager
def connected(settings: MailSettings) -> Iterator[smtplib.SMTP]:
    """Give a server that takes mail, behind TLS and logged in as the settings say. What goes wrong is a MailError."""
    where = f"the mail server {settings.host}, port {settings.port},"
    try:
        with _opened(settings) as server:
            if settings.security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if settings.user:
                server.login(settings.user, _password(settings))
            yield server
    except smtplib.SMTPAuthenticationError as error:
        raise MailError(
            f"{where} does not accept {settings.password} of {settings.user} ({error.smtp_code})",
            f"put the right {settings.password}=… into .env beside podcast.toml; many servers want one made for "
            "programs, in place of your own",
        ) from error
    except smtplib.SMTPResponseException as error:
        raise MailError(
            f"{where} refuses it: {error.smtp_code} {_words(error.smtp_error)}", f"{_TABLE}; {_ONCE}"
        ) from error
    except smtplib.SMTPServerDisconnected as error:
        if isinstance(error.__context__, TimeoutError):  # smtplib says so of a server that says nothing
            raise _silent(where, error) from error
        raise MailError(f"{where} hangs up", f"{_TABLE}: port and security belong together; {_ONCE}") from error
    except smtplib.SMTPException as error:
        raise MailError(
            f"{where} cannot do that: {error}", 'set [digest.mail] security to "ssl" (port 465), or port to 587'
        ) from error
    except ssl.SSLError as error:
        raise MailError(
            f"{where} cannot be spoken to in secret: {error.reason or error}",
            'security "ssl" goes with port 465, "starttls" with 587; host is the name that its certificate has',
        ) from error
    except OSError as error:
        raise _silent(where, error) from error


def _silent(where: str, error: OSError) -> MailError:
    words, hint = passing.silence(error, named="[digest.mail] host and port")
    return MailError(f"{where} {words}", f"{hint}{' ' if hint.endswith('?') else '; '}{_ONCE}")


def _opened(settings: MailSettings) -> smtplib.SMTP:
    if settings.security == "ssl":
        secret = ssl.create_default_context()
        return smtplib.SMTP_SSL(settings.host, settings.port, timeout=_TIMEOUT, context=secret)
    return smtplib.SMTP(settings.host, settings.port, timeout=_TIMEOUT)


def _password(settings: MailSettings) -> str:
    if not (password := os.environ.get(settings.password, "")):
        raise ConfigError(
            f"{settings.password} is not set, and {settings.user} logs in at {settings.host} by it",
            f"put {settings.password}=… into .env beside podcast.toml, or export it",
        )
    return password


def _words(said: bytes | str) -> str:
    """Return what a server says, on one line."""
    return " ".join((said.decode(errors="replace") if isinstance(said, bytes) else said).split())[:200]
