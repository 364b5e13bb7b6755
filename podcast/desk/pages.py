"""The desk's pages: templates of its own, in the site's look."""

import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING

from podcast.desk.rows import NEEDS_AN_EYE, STATES
from podcast.press import templating
from podcast.show import packaged

if TYPE_CHECKING:
    from jinja2 import Environment

ASSETS: Mapping[str, tuple[str, ...]] = {
    "style.css": ("press", "templates"),
    "newsreader.woff2": ("press", "fonts"),
    "desk.css": ("desk", "templates"),
    "desk.js": ("desk", "templates"),
    "desk.svg": ("desk", "templates"),
}
"""What pages fetch, and the folder it lies in."""


def asset(name: str) -> bytes:
    """Return a file that pages fetch; KeyError for another."""
    return (packaged.folder(*ASSETS[name]) / name).read_bytes()


def render(name: str, /, **context: object) -> str:
    """Return the page. What a paper, a model or a person wrote is text in it, whatever it looks like."""
    return _environment().get_template(name).render(context)


@functools.cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    found = Environment(
        loader=FileSystemLoader(packaged.folder("desk", "templates")), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    found.filters |= {"clock": templating.clock, "date": templating.date, "size": templating.size}
    found.globals |= {"states": STATES, "eye": NEEDS_AN_EYE}
    return found
