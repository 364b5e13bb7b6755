"""The rules of show notes: the HTML that apps keep, whole links, times that match the chapters."""

import functools
import re
from collections.abc import Sequence

from podcast.check.rules import Rule
from podcast.check.tree import CONTENT, Parts, Say

ALLOWED = {"p", "br", "ol", "ul", "li", "a", "b", "i", "strong", "em"}

_TAG = re.compile(r"<(?:(/?)([A-Za-z][\w:-]*)([^<>]*)>|[!?/A-Za-z])")
_ATTRIBUTES = re.compile(r"""\s*|\s+href\s*=\s*("([^"]*)"|'([^']*)')\s*/?|\s*/""")
_TWICE = re.compile(r"&(amp;)+(lt|gt|amp|quot|#\d+);")
_TIME = re.compile(r"[0-9][0-9]?(?::[0-9][0-9]){1,2}(?![0-9])")
_LINE = ("\n", "<br>", "<br/>", "<br />", "<p>", "</p>", "<li>", "<ol>", "<ul>", "</ol>", "</ul>")
"""What a line begins after: what stands first in one is a time of a chapter to Spotify and Apple."""

_SPAN = r"""[^<]++|<br ?/?>|<a href="(?:https?://|mailto:)[^"<>]*+">[^<]*+</a>|<([bi]|strong|em)>[^<]*+</\%d>"""
_SOUND = re.compile(
    rf"(?:\s++|<p>(?:{_SPAN % 1})*+</p>|<([uo])l>\s*+(?:<li>(?:{_SPAN % 3})*+</li>\s*+)*+</\2l>|{_SPAN % 4})*+"
)
"""Notes as most are: nothing is wrong with them, and that is seen at once. Others are looked at tag by tag."""


def check(parts: Parts, starts: Sequence[float], where: str, say: Say) -> None:
    """Say what of the episode's notes breaks a rule; `starts` are its chapters', in seconds."""
    description = parts.text("description")
    if not 0 < len(description.encode()) <= 4000:
        say(Rule.DESCRIPTION, where, f"{len(description.encode()):,} bytes")
    _markup(description, f"{where}: description", say)
    _times(description, starts, f"{where}: description", say)
    if full := parts.text(f"{CONTENT}encoded"):
        _markup(full, f"{where}: content:encoded", say)
        _times(full, starts, f"{where}: content:encoded", say)


def _markup(text: str, where: str, say: Say) -> None:
    """Say the first tag, link and escape that is not as it should be."""
    if twice := _TWICE.search(text):
        say(Rule.ESCAPED, where, twice[0])
    if _SOUND.fullmatch(text):
        return
    open_tags: list[str] = []
    wrong = link = None
    for found in _TAG.finditer(text):
        closes, name, attributes = found.groups()
        held = _ATTRIBUTES.fullmatch(attributes or "")
        if name not in ALLOWED or not held or (held[1] and name != "a"):
            wrong = wrong or found[0]
        elif closes:
            wrong = wrong or (None if open_tags and open_tags.pop() == name else found[0])
        elif name != "br":
            open_tags.append(name)
        if held and held[1] and not (held[2] or held[3] or "").startswith(("http://", "https://", "mailto:")):
            link = link or found[0]
    if wrong or open_tags:
        say(Rule.HTML, where, wrong or f"<{open_tags[-1]}> is not closed")
    if link:
        say(Rule.HTML_LINK, where, link)


def _times(text: str, starts: Sequence[float], where: str, say: Say) -> None:
    if len(starts) < 3:
        return  # apps make nothing of fewer
    times = [
        _seconds(found[0])
        for found in _TIME.finditer(text)
        if text[max(0, found.start() - 8) : found.start()].rstrip(" ([").endswith(_LINE) or not found.start()
    ]
    same = len(times) == len(starts) and all(abs(time - start) < 1 for time, start in zip(times, starts, strict=True))
    if not same or times[0] != 0 or times != sorted(times):
        say(Rule.TIMESTAMPS, where, " ".join(map(str, times)) or "no times")


@functools.lru_cache(maxsize=4096)
def _seconds(time: str) -> int:
    """Return how many seconds "01:02:03" or "02:03" are."""
    return sum(int(part) * 60**place for place, part in enumerate(reversed(time.split(":"))))
