"""Where a listener says that a line is wrong: a mail or a form, with episode, moment and words filled in."""

from urllib.parse import quote

from podcast.press import templating
from podcast.show.schema import Cue

_MOST = 300
"""Letters of the line that are taken along: addresses have their ends."""


def address(to: str, title: str, page: str, cue: Cue) -> str:
    """Return where `[show] report_to` leads for a line of the episode of that title, whose page is at that address.

    {title}, {time}, {line} and {link} in it are filled in. A mail without them gets a subject and a body of them, and
    any other address all four as a query. `podcast fix LINK` opens the line that the link leads to.
    """
    said = {
        "title": title,
        "time": templating.clock(cue.start),
        "line": cue.text[:_MOST],
        "link": f"{page}#t={templating.seconds(cue.start)}",
    }
    if not any(f"{{{name}}}" in to for name in said):
        mark = "&" if "?" in to else "?"
        mail = f"{mark}subject={{title}}%2C%20{{time}}&body={{line}}%0A%0A{{link}}%0A%0A"
        form = mark + "&".join(f"{name}={{{name}}}" for name in said)
        to += mail if to.startswith("mailto:") else form
    for name, value in said.items():
        to = to.replace(f"{{{name}}}", quote(value, safe=""))
    return to
