"""The rules of a show: what stands in <channel> beside the episodes."""

import re
from typing import TYPE_CHECKING

from podcast.check.rules import Rule
from podcast.check.tables import MEDIUMS
from podcast.check.tree import ATOM, ITUNES, PODCAST, Parts, Say, date, is_address, shared
from podcast.show import directories

if TYPE_CHECKING:
    from lxml.etree import _Element

HISTORY = "{http://purl.org/syndication/history/1.0}"
"""RFC 5005's namespace."""

WHERE = "channel"

_UUID5 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_AI = r"(?:AI|KI|IA|(?:artificial|künstliche[rn]?) intelligen[cz]e?|(?:intelligence|inteligencia) artifici(?:el|al))\b"
_MADE = (
    r"(?:made|generated|created|produced|written|spoken|voiced|erzeugt|erstellt|générée?s?|créée?s?|generad[oa]s?"
    r"|cread[oa]s?)"
)
_SAYS_AI = re.compile(
    rf"\b{_MADE} (?:\w+ ){{0,3}}(?:by|with|using|von|mit|durch|par|avec|por|con) (?:\w+ ){{0,2}}{_AI}(?! (?-i:[A-Z]))"
    rf"|\b(?:von|mit|durch) (?:\w+ )?{_AI} {_MADE}|\b{_AI}[- ]{_MADE}|\bKI-?(?:generiert|erzeugt)"
    r"|\b(?:synthetic voice|synthetische[rn]? Stimme|voix de synthèse|voz sintética|voces sintéticas)"
    r"|(?:AI|人工智能|人工知能) ?(?:生成|制作|合成|作成)",
    re.IGNORECASE,
)
"""That AI made it, in a verb and by whom: a title such as "The AI Scientist" says nothing of the show."""


def channel(parts: Parts, archive: bool, say: Say) -> None:
    """Say what of the show breaks a rule."""
    once = ("title", "description", "link", "language", "lastBuildDate", "copyright", "generator", "image")
    itunes = ("author", "image", "explicit", "type", "owner", "new-feed-url", "complete", "block")
    podcast = ("guid", "locked", "medium", "updateFrequency")
    parts.once({*once, *(ITUNES + tag for tag in itunes), *(PODCAST + tag for tag in podcast)}, WHERE, say)
    _words(parts, say)
    _directory(parts, say)
    _links(parts, archive, say)
    _namespace(parts, say)
    shared(parts, WHERE, say)


def _words(parts: Parts, say: Say) -> None:
    title, description, language = (parts.text(tag) for tag in ("title", "description", "language"))
    if not 0 < len(title.encode()) <= directories.TITLE:
        say(Rule.TITLE, WHERE, f"{len(title.encode())} bytes")
    if not 0 < len(description.encode()) <= directories.DESCRIPTION:
        say(Rule.DESCRIPTION, WHERE, f"{len(description.encode()):,} bytes")
    elif not _SAYS_AI.search(description):
        say(Rule.AI, WHERE, "the description does not say that AI made script or voices")
    if not directories.is_language(language):
        say(Rule.LANGUAGE, WHERE, language or "none")
    for built in parts.all("lastBuildDate"):
        if date(built.text or "") is None:
            say(Rule.DATE, WHERE, built.text or "none")


def _directory(parts: Parts, say: Say) -> None:
    """What Apple and other directories file the show under."""
    categories = parts.all(f"{ITUNES}category")
    if not categories:
        say(Rule.CATEGORY, WHERE, "none")
    for category in categories:
        name = category.get("text", "")
        if name not in directories.CATEGORIES:
            say(Rule.CATEGORY, WHERE, name or "no text")
            continue
        for sub in category:
            if sub.get("text") not in directories.CATEGORIES[name]:
                say(Rule.CATEGORY, WHERE, f"{name} > {sub.get('text')}")
    if parts.text(f"{ITUNES}explicit") not in ("true", "false"):
        say(Rule.EXPLICIT, WHERE, parts.text(f"{ITUNES}explicit") or "none")
    if not parts.all(f"{ITUNES}image"):
        say(Rule.IMAGE, WHERE, "none")
    owner = parts.all(f"{ITUNES}owner")
    if not owner or not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", Parts(owner[0]).text(f"{ITUNES}email")):
        say(Rule.OWNER, WHERE, Parts(owner[0]).text(f"{ITUNES}email") or "no email" if owner else "no itunes:owner")
    if not parts.text(f"{ITUNES}author"):
        say(Rule.AUTHOR, WHERE, "none")
    if parts.text(f"{ITUNES}type") not in ("episodic", "serial"):
        say(Rule.TYPE, WHERE, parts.text(f"{ITUNES}type") or "none")
    for flag in ("complete", "block"):
        if parts.all(ITUNES + flag) and parts.text(ITUNES + flag) != "Yes":
            say(Rule.YES, WHERE, f"itunes:{flag} {parts.text(ITUNES + flag)}")
    for image in parts.all("image"):
        inner = Parts(image)
        sizes = [(inner.text("width") or "88", 144), (inner.text("height") or "31", 400)]
        small = all(size.isdigit() and int(size) <= most for size, most in sizes)
        if not small or not all(map(is_address, (inner.text("url"), inner.text("link")))) or not inner.text("title"):
            say(Rule.RSS_IMAGE, WHERE, f"{inner.text('url')} {sizes[0][0]} × {sizes[1][0]}")


def _links(parts: Parts, archive: bool, say: Say) -> None:
    """The home page, and the feed's pages among each other."""
    links = parts.all(f"{ATOM}link")
    own = [link.get("href", "") for link in links if link.get("rel") == "self"]
    if len(own) != 1 or links[0].get("rel") != "self" or not is_address(own[0]):
        say(
            Rule.SELF, WHERE, f"{len(own)} of {len(links)}" + (f", the first is {links[0].get('rel')}" if links else "")
        )
    home = parts.text("link")
    if not is_address(home) or home in own:
        say(Rule.LINK, WHERE, home or "none")
    around = [link for link in links if link.get("rel") != "self"]
    for link in around:
        _link(link, own, say)
    marked = bool(parts.all(f"{HISTORY}archive"))
    if marked != archive or (archive and not any(link.get("rel") == "current" for link in around)):
        say(Rule.PAGING, WHERE, "fh:archive" if marked else "no fh:archive")
    for new in parts.all(f"{ITUNES}new-feed-url"):
        if not is_address(new.text or ""):
            say(Rule.ADDRESS, WHERE, new.text or "no new-feed-url")


def _link(link: "_Element", own: list[str], say: Say) -> None:
    rel, url = link.get("rel", ""), link.get("href", "")
    if not is_address(url):
        say(Rule.ADDRESS, WHERE, f"atom:link {rel} {url}")
    elif rel in ("next", "prev", "previous", "prev-archive", "next-archive") and url in own:
        say(Rule.PAGING, WHERE, f"{rel} is the page itself")


def _namespace(parts: Parts, say: Say) -> None:
    """The podcast namespace's tags for a show."""
    if not _UUID5.fullmatch(parts.text(f"{PODCAST}guid")):
        say(Rule.GUID, WHERE, parts.text(f"{PODCAST}guid") or "none")
    if parts.text(f"{PODCAST}locked") not in ("yes", "no"):
        say(Rule.LOCKED, WHERE, parts.text(f"{PODCAST}locked") or "none")
    if parts.all(f"{PODCAST}medium") and parts.text(f"{PODCAST}medium") not in MEDIUMS:
        say(Rule.MEDIUM, WHERE, parts.text(f"{PODCAST}medium") or "none")
    for often in parts.all(f"{PODCAST}updateFrequency"):
        rule = often.get("rrule")
        if (rule is not None and not re.fullmatch(directories.RRULE, rule)) or not 0 < len(often.text or "") <= 128:
            say(Rule.FREQUENCY, WHERE, f"{rule} {often.text}")
