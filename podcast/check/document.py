"""A feed's bytes held to the rules that can be seen in them."""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from podcast.check.channel import channel
from podcast.check.episode import Episodes
from podcast.check.rules import Failure, Rule
from podcast.check.tables import NAMESPACES
from podcast.check.tree import Parts, Say

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_BYTES, MOST_ITEMS = 5_000_000, 300

_DECLARATION = re.compile(rb"<\?xml version=['\"]1\.0['\"] encoding=['\"]utf-8['\"]", re.IGNORECASE)
_CONTROLS = bytes({*range(32), 127} - set(b"\t\n\r"))
_C1 = re.compile(rb"\xc2[\x80-\x9f]")
"""The control characters U+0080 to U+009F as UTF-8; XML allows them, and no app shows them."""


def feed(data: bytes, *, archive: bool = False) -> Sequence[Failure]:
    """Return every rule that the feed breaks; nothing for one that apps and directories take.

    An `archive` holds older episodes and has to say so. What only files or HTTP can show is not asked here.
    """
    found: list[Failure] = []

    def say(rule: Rule, where: str, what: object) -> None:
        found.append(Failure(rule.value, where, str(what)))

    if len(data) >= MOST_BYTES:
        say(Rule.SIZE, "feed", f"{len(data):,} bytes")
    if not _DECLARATION.match(data):
        say(Rule.DECLARATION, "line 1", data[:60].decode(errors="replace"))
    if len(data.translate(None, _CONTROLS)) != len(data) or _C1.search(data):
        row = next(n for n, line in enumerate(data.split(b"\n"), 1) if line.translate(None, _CONTROLS) != line
                   or _C1.search(line))  # fmt: skip
        say(Rule.CONTROLS, f"line {row}", "a control character")
    root = _parsed(data, say)
    if root is not None:
        _tree(root, archive, say)
    return found


def _parsed(data: bytes, say: Say) -> "_Element | None":
    from lxml import etree

    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
    except etree.XMLSyntaxError as error:
        say(Rule.WELL_FORMED, f"line {error.lineno}", error.msg)
        return None
    if root.getroottree().docinfo.doctype:
        say(Rule.WELL_FORMED, "line 2", "a DOCTYPE")
    return root


def _tree(root: "_Element", archive: bool, say: Say) -> None:
    channels: Iterable[_Element] = root.findall("channel")
    channels = list(channels)
    if root.tag != "rss" or root.get("version") != "2.0" or len(channels) != 1:
        say(Rule.RSS, "rss", f"<{root.tag} version={root.get('version')!r}> with {len(channels)} channels")
        return
    for prefix, uri in NAMESPACES.items():
        if root.nsmap.get(prefix) != uri:
            say(Rule.NAMESPACES, "rss", f"xmlns:{prefix}={root.nsmap.get(prefix)!r}, not {uri!r}")
    parts = Parts(channels[0])
    channel(parts, archive, say)
    items = parts.all("item")
    if len(items) > MOST_ITEMS:
        say(Rule.COUNT, "channel", f"{len(items):,} items")
    episodes = Episodes(say)
    for item in items:
        episodes.check(item)
