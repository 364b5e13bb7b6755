"""A new day is told to whoever wants to know, as Slack's incoming webhooks take it."""

import logging
import os
import re

from podcast.digest import markup, pages, parts
from podcast.digest.report import Report
from podcast.show import passing
from podcast.show.errors import ConfigError, Unanswered
from podcast.show.settings import WEBHOOK

log = logging.getLogger(__name__)

_TIMEOUT = 15.0
"""Seconds."""
_MOST_PAPERS = 20
_MOST_TEXT = 300


def address(setting: str) -> str:
    """Return where the webhook listens: the setting itself, or what the environment variable of that name holds.

    Raises ConfigError where that is not set, or no address.
    """
    url = os.environ.get(setting, "") if _is_variable(setting) else setting
    if not re.fullmatch(WEBHOOK, url):
        raise _no_address(setting)
    return url


def _no_address(setting: str) -> ConfigError:
    told = setting if _is_variable(setting) else "[digest] webhook"
    way = f"export {setting}=https://…, or empty [digest] webhook" if told == setting else f"look at {told}"
    return ConfigError(f"{told} holds no address of a webhook", way)


def _is_variable(setting: str) -> bool:
    return re.fullmatch(r"[A-Z][A-Z0-9_]*", setting) is not None


def message(report: Report, site_url: str) -> dict[str, str]:
    """Return the day as Slack's JSON: https://api.slack.com/reference/surfaces/formatting."""
    title = f"<{site_url}{pages.page(report)}|{_plain(report.show.title)}: papers of {report.told}>"
    rows = []
    for entry in report.entries[:_MOST_PAPERS]:
        tldr = markup.one_line(entry.brief.tldr.text) if entry.brief.tldr else ""
        told = f": {_plain(tldr[:_MOST_TEXT] + ('…' if len(tldr) > _MOST_TEXT else ''))}" if tldr else ""
        name, url = _plain(entry.paper.title), entry.paper.url
        rows.append(f"• {f'<{url}|{name}>' if url else name}{told}")
    return {"text": "\n".join([f"*{title}*", parts.of_listed(report, report.read), *rows])}


def tell(report: Report, setting: str, site_url: str) -> bool:
    """Post the day; return whether it was taken. Where it was refused, that is a warning, and the address is not told.

    Raises ConfigError where there is no address, Unanswered where nobody is there: no other day would be taken now.
    """
    import requests

    url = address(setting)
    try:
        answer = requests.post(url, json=message(report, site_url), timeout=_TIMEOUT)
        answer.raise_for_status()
    except requests.HTTPError as error:
        log.warning("the webhook refuses it: HTTP %s; the next publish tries again", error.response.status_code)
        return False
    except requests.RequestException as error:
        if passing.is_no_address(error):
            raise _no_address(setting) from error
        raise Unanswered(f"it {passing.silence(error, url)[0]}", "the next publish tries again") from error
    return True


def _plain(text: str) -> str:
    """Return the text as Slack shows it: no link, no mention, no bold."""
    line = markup.one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"[*_~`|]", lambda sign: f"\u200b{sign[0]}", line)
