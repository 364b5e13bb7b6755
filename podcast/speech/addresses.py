"""Addresses: a known site by its name, a paper's arXiv number in words, any other as a link in the show notes.

>>> read_addresses("arXiv:1706.03762")
'archive, seventeen oh six dot oh three seven six two'
>>> read_addresses("[our page](https://example.org)")
'our page'
>>> read_addresses("The code is at https://github.com/example/code.")
'The code is on GitHub, link in the show notes.'
"""

import re

from podcast.speech import tables
from podcast.speech.numerals import digit_by_digit, two_by_two
from podcast.speech.rules import rules
from podcast.speech.tongues import Tongue

_HOST = r"(?:[A-Za-z0-9-]{1,60}\.){1,5}(?:com|org|io|net|ai|co|dev|edu|cn|ms|gov|app|be|ly|de|uk)(?![A-Za-z0-9-])"
_URL = re.compile(
    rf"(?:(?<![A-Za-z])(?P<lead>at|on|in|from|via) ?:? ?)?[<(]?(?<![A-Za-z0-9.-])"
    rf"(?P<url>(?:https?://|www\.){{1,2}}[^\s<>(){{}},|]{{1,400}}+|{_HOST}/[^\s<>(){{}},|]{{0,400}}+"
    rf"|[A-Za-z0-9-]{{1,60}}\.(?:github|gitlab)\.io)(?:\{{https?[^\s{{}}]{{1,400}}\}})?[>)]?"
)


def read_addresses(text: str) -> str:
    """Leave no address; text that is linked keeps its words."""
    text = _read_links(text)
    return _URL.sub(_place, text) if "." in text else text


_ADDRESS = re.compile(
    rf"(?<![A-Za-z0-9.@/-])(?:https?://|www\.(?=[A-Za-z0-9])|(?={_HOST}/))"
    r"[^\s<>(){}\u3001-\u9fff\uac00-\ud7af\uff00-\uffef]{1,400}(?<![.,;:!?'\"])"
)


def read_addresses_in(text: str, known: Tongue) -> str:
    """Return the text in another language with each address as the site's name, if it has one, and a link."""
    return _ADDRESS.sub(lambda match: known.pause.join(filter(None, [_site(match[0]), known.link])), text)


def _site(url: str) -> str:
    """Return the name of a known site."""
    return tables.SITES.get(re.sub(r"^(?:https?://|www\.)+", "", url).split("/")[0].lower(), "")


def _paper(match: re.Match[str]) -> str:
    month, serial = match.groups()
    return f"archive, {two_by_two(month)} dot {digit_by_digit(serial).replace('zero', 'oh')}"


_read_links = rules(
    (r"\\href ?\{[^{}]{0,400}\}? ?\{([^{}]{1,300})\}", r"\1"),
    (r"\\(?:url|path) ?\{([^{}]{0,400})\}", r" \1 "),
    (r"\\allowbreak ?", ""),
    (r"!?\[([^\[\]]{1,200})\]\(https?[^()\s]{1,400}\)", r"\1"),
    (
        r"(?i:(?:https?://)?(?:www\.)?arxiv\.org/(?:abs|pdf)/|\barxiv:? ?)"
        r"(\d{4})\.(\d{4,5})(?:v\d{1,2})?(?:\.pdf)?(?![\w/])/?",
        _paper,
    ),
    (r"\b(?:doi|DOI):? ?(10\.\d{4,9}/[^\s<>(){},|]{1,200})", r"https://doi.org/\1"),
)


def _place(match: re.Match[str]) -> str:
    """Say where an address leads."""
    lead, url, after = match["lead"], match["url"], match.string[match.end() : match.end() + 2]
    end = url[-1] if url[-1] in ".;:!?" else ", " if re.match(r" ?\w", after) else ""
    if site := _site(url):
        return f"{'on ' if lead or not match.start() else ', on '}{site}, {tables.LINK}{end}"
    return f"{lead} the {tables.LINK}{end}" if lead else f" {tables.LINK}{end}"
