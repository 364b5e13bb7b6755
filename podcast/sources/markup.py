"""Web pages as trees, whatever bytes came."""

import re

from bs4 import BeautifulSoup

_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What the parser takes for no text, and refuses the page for (https://www.w3.org/TR/xml/#charsets)."""


def tree(page: bytes) -> BeautifulSoup:
    """Return the page, which is UTF-8 as the services write it; bytes that are none show as U+FFFD."""
    return BeautifulSoup(_NO_TEXT.sub(" ", page.decode("utf-8", errors="replace")), "lxml")
