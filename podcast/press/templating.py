"""Templates, as pages and show notes are made of: the project's, each replaceable by one of the show's own folder."""

import datetime as dt
import functools
import hashlib
import html
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from podcast.press.transcript import clock as stamp
from podcast.show import packaged
from podcast.show.errors import ConfigError
from podcast.show.iso639 import is_from_the_right, primary
from podcast.show.settings import ShowSettings

if TYPE_CHECKING:
    from jinja2 import Environment, TemplateSyntaxError
    from markupsafe import Markup

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
"""Written here, because strftime writes them in the language of whoever runs it."""

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What no XML document may hold, not even escaped: https://www.w3.org/TR/xml/#charsets."""


_TITLE = 70
"""Letters of a page's title that search engines show, and validators allow (html-validate's long-title)."""

_ESCAPED = re.compile(r"&(?:amp;)*(?:lt|gt|amp|quot|#\d+);")


def plain(text: str) -> str:
    """Return the text with the signs that it names for HTML: what a paper has escaped would be escaped twice."""
    while (found := _ESCAPED.sub(lambda entity: html.unescape(entity[0]), text)) != text:
        text = found
    return text


def _shown(value: object) -> object:
    """Return a value as pages show it: each of an episode's thousands passes here, and hardly one has such a sign."""
    if type(value) is not str:
        return value
    text = value if value.isprintable() else NOT_IN_XML.sub("", value)
    return plain(text) if "&" in text else text


@functools.cache
def environment(own: Path | None = None) -> "Environment":
    """Return the templates, each compiled once a process; one in the folder `own` goes before ours of that name."""
    from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

    ours = FileSystemLoader(packaged.folder("press", "templates"))
    env = Environment(
        loader=ChoiceLoader([FileSystemLoader(own, encoding="utf-8-sig"), ours]) if own else ours,
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters |= {
        "clock": clock,
        "date": date,
        "direction": direction,
        "heading": heading,
        "seconds": seconds,
        "size": size,
        "stamp": stamp,
        "web": web,
    }
    env.globals |= {"english": english, "spoken": spoken}
    return env


def direction(language: str) -> "Markup":
    """Return the attribute that has an element of that language read from right to left; "" where it is not."""
    from markupsafe import Markup

    return Markup(' dir="rtl"' if is_from_the_right(language) else "")


def english(show: ShowSettings, apart: bool = False) -> "Markup":
    """Return the attributes of what our templates say in English on a page of another language; `apart` for sentences,
    which run from left to right there, too."""
    from markupsafe import Markup

    if primary(show.language) == "en":
        return Markup("")
    return Markup(' lang="en" dir="ltr"' if apart and direction(show.language) else ' lang="en"')


def spoken(show: ShowSettings) -> "Markup":
    """Return the attributes of the show's own words within what is English."""
    from markupsafe import Markup

    return Markup("") if primary(show.language) == "en" else Markup(' lang="{}" dir="auto"').format(show.language)


def render(own: Path | None, name: str, **context: object) -> str:
    """Return the template filled in.

    Raises ConfigError for one of the show's own that cannot be: it names file and line.
    """
    from jinja2 import TemplateError, TemplateSyntaxError

    try:
        return environment(own).get_template(name).render(context)
    except TemplateError as error:
        broken = _named(error, own) if isinstance(error, TemplateSyntaxError) else name
        if own is None or not any(own.rglob("*.*")):
            raise
        where = str(own / broken if (own / broken).is_file() else own)
        if isinstance(error, TemplateSyntaxError):
            where += f", line {error.lineno}"
        raise ConfigError(f"{where}: {error.message}", "mend the template, or take it away to have ours") from error


def _named(error: "TemplateSyntaxError", own: Path | None) -> str:
    """Return the template that has the slip, which may be one that the template asked for extends or includes."""
    found = Path(error.filename or error.name or "")
    return str(found.relative_to(own)) if own and found.is_relative_to(own) else error.name or found.name


def fingerprint(own: Path | None) -> str:
    """Return the SHA-256 of all templates' bytes: what pages were made of besides their episodes."""
    digest = hashlib.sha256()
    ours = packaged.folder("press", "templates")
    for name in sorted(each.name for each in ours.iterdir() if each.is_file()):
        digest.update(name.encode() + b"\0" + read(own, name) + b"\0")
    for path in sorted(path for path in own.rglob("*") if path.is_file()) if own else ():
        digest.update(path.relative_to(own or path).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def read(own: Path | None, name: str) -> bytes:
    """Return a file of the templates as it is, the show's own before ours."""
    if own and (own / name).is_file():
        return (own / name).read_bytes()
    return (packaged.folder("press", "templates") / name).read_bytes()


# --- how a value is written ------------------------------------------------------------------------


def clock(time: float) -> str:
    """Return seconds as a player shows them: 4:07, or 1:02:03 from an hour on."""
    minutes, second = divmod(int(time), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def seconds(time: float) -> str:
    """Return seconds as a link's `#t=` names them: 12 or 12.34."""
    return f"{time:.2f}".rstrip("0").rstrip(".")


def heading(parts: Sequence[str]) -> str:
    """Return what a window is called: the parts that fit `_TITLE`, the first cut at a word where it alone does not."""
    whole, first = " · ".join(parts), parts[0]
    if len(whole) <= _TITLE or len(first) <= _TITLE:
        return whole if len(whole) <= _TITLE else first
    words = (
        first[: _TITLE - 1].rpartition(" ")[0] or first[: _TITLE - 2]
    )  # no word is that long but where none is parted
    return words.rstrip(" ,.:;–—-") + " …"


def date(day: dt.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def size(count: int) -> str:
    """Return bytes in units of 1,000, as shops and browsers do."""
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(count / 1e3, 1):.0f} kB"


def web(address: str | None) -> str:
    """Return an address of the web as it is, and "" for anything else: a `javascript:` link would run."""
    return address if address and re.fullmatch(r"https?://[^\s\x00-\x1f]+", address, re.IGNORECASE) else ""
