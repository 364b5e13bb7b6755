"""The licences that arXiv has: what each is called on a paper's page, where it stands, and whether it lets a show print
a figure.

Yes only where anybody may, for whatever purpose: a show may earn money, or come to. One that excludes commerce is a no,
and so is one that allows no changes; arXiv's own gives rights to arXiv alone; and what is in the public domain of one
country need not be where listeners are.

>>> found = of("License: CC BY-SA 4.0")
>>> found.name, found.free
('CC BY-SA 4.0', True)
>>> of("http://arxiv.org/licenses/nonexclusive-distrib/1.0/").free, of("All rights reserved")
(False, None)
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Licence:
    """The terms of a paper."""

    name: str
    url: str
    free: bool
    """Whether a figure may be shown by anybody, who names authors and licence."""


_CC, _ARXIV = "https://creativecommons.org", "https://arxiv.org/licenses"

TABLE: tuple[tuple[str, Licence], ...] = (
    ("CC BY 4.0", Licence("CC BY 4.0", f"{_CC}/licenses/by/4.0/", free=True)),
    ("CC BY 3.0", Licence("CC BY 3.0", f"{_CC}/licenses/by/3.0/", free=True)),
    ("CC BY-SA 4.0", Licence("CC BY-SA 4.0", f"{_CC}/licenses/by-sa/4.0/", free=True)),
    ("CC Zero", Licence("CC0 1.0", f"{_CC}/publicdomain/zero/1.0/", free=True)),
    ("", Licence("public domain", f"{_CC}/licenses/publicdomain/", free=True)),
    ("CC BY-NC 4.0", Licence("CC BY-NC 4.0", f"{_CC}/licenses/by-nc/4.0/", free=False)),
    ("CC BY-NC-SA 4.0", Licence("CC BY-NC-SA 4.0", f"{_CC}/licenses/by-nc-sa/4.0/", free=False)),
    ("CC BY-NC-SA 3.0", Licence("CC BY-NC-SA 3.0", f"{_CC}/licenses/by-nc-sa/3.0/", free=False)),
    ("CC BY-NC-ND 4.0", Licence("CC BY-NC-ND 4.0", f"{_CC}/licenses/by-nc-nd/4.0/", free=False)),
    (
        "arXiv.org perpetual non-exclusive license",
        Licence("arXiv's non-exclusive licence", f"{_ARXIV}/nonexclusive-distrib/1.0/", free=False),
    ),
    (
        "Assumed arXiv.org perpetual non-exclusive license",
        Licence("arXiv's assumed licence", f"{_ARXIV}/assumed-1991-2003/", free=False),
    ),
    ("US-PD", Licence("public domain in the United States", f"{_ARXIV}/us-public-domain/", free=False)),
)
"""What arXiv's page of a paper says (`short_label` of arxiv-base's licences), and which licence that is."""


_ABOUT_ALL = re.compile(r"(?:(?:info\.)?arxiv\.org/help/license(?:/index\.html)?(?:#.*)?)?")
"""Where arXiv tells of all its licences; or nothing."""


def of(said: str) -> Licence | None:
    """Return the licence of arXiv's that is called so, or stands at that address; None for any other, and for none."""
    name, place = _named(said), _place(said)
    return next(
        (known for label, known in TABLE if (label and _named(label) == name) or _place(known.url) == place), None
    )


def agreed(name: str, address: str) -> Licence | None:
    """Return the licence that a page names and links to; None where it names none, one that is not arXiv's, or two that
    are not one. A link to arXiv's page about all of them says nothing."""
    said = [of(name)] if _named(name) else []
    said += [of(address)] if not _ABOUT_ALL.fullmatch(_place(address)) else []
    return said[0] if len(set(said)) == 1 else None


def _named(text: str) -> str:
    return re.sub(r"^license:\s*|\s+", "", text.strip().casefold())


def _place(text: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|/(?:deed\.[a-z-]+|legalcode)?/*$", "", text.strip().casefold())
