"""What every episode says besides its paper: its title, who made it and of what, where the links are.

Each is worded in several ways, taken in turn by the day and the place on its list: neighbours differ, and a paper has
one script.
"""

from collections.abc import Sequence

from podcast.show.schema import Paper
from podcast.writers.frames import turn
from podcast.writers.ties import plain

_TITLES = (
    'The paper is called "{title}"{by}{votes}.',
    'It comes from "{title}"{by}{votes}.',
    'The paper: "{title}"{by}{votes}.',
    'All of this is in "{title}"{by}{votes}.',
    'You find that in "{title}"{by}{votes}.',
    'This is about "{title}"{by}{votes}.',
    'Its title: "{title}"{by}{votes}.',
)
_MADE = (
    "Script and {voices} are made by AI, out of {source}.",
    "An AI wrote this script and AI speaks it, from {source}.",
    "The script is by AI, so {are} the {voices}; both rest on {source}.",
    "Made by AI, script and {voices}, with {source} to go by.",
    "AI wrote the script and AI speaks it, out of {source}.",
    "What you hear is AI, script and {voices}, working from {source}.",
    "Script by AI, {voices} by AI, source: {source}.",
    "No person speaks here: AI made script and {voices}, from {source}.",
)
_SELDOM = (
    "Abstracts seldom say what is wrong.",
    "Weak spots rarely make it into one.",
    "Limits rarely get a mention there.",
    "What speaks against a paper is seldom in it.",
    "Don't expect it to list its own flaws.",
    "Authors seldom voice their doubts there.",
    "Weak points may well be missing.",
)
"""What is to be known of an abstract that names no limit."""
_TERMS = (
    "When a term is explained, that's us.",
    "Explanations of terms are our own.",
    "Terms are explained in our own words.",
    "Where we explain a term, it's in our words.",
    "We explain the terms ourselves.",
)
_TERMS_ALONE = (
    "When a term is explained, that's me.",
    "Terms are explained in my own words.",
    "Explanations of terms are my own.",
)
_REPEATED = (
    "The results are the authors' own, until others repeat them.",
    "Nobody else has repeated this yet, as far as the text tells.",
    "These are the authors' own figures; others have still to check them.",
)
_LINKS = (
    "The links are in the show notes. Thank you for listening.",
    "For the paper itself, see the show notes. Goodbye.",
    "The show notes lead to the paper. Until the next one.",
    "To read it, take the link in the show notes. Thanks for listening.",
    "That is this paper; its links are in the show notes.",
    "Paper and links are in the show notes. Take care.",
    "The paper says more; the show notes link to it. Bye for now.",
    "You can check all of it: the link is in the show notes. So long.",
)


def place(paper: Paper) -> int:
    """Return where the paper stands in the show, as far as it alone tells: by day and rank, else by its id."""
    return turn(paper.id) if paper.rank is None else 3 * paper.listed_on.toordinal() + paper.rank


def _said(wordings: Sequence[str], paper: Paper) -> str:
    return wordings[place(paper) % len(wordings)]


def titled(paper: Paper) -> str:
    """Return the line that names the paper, two of its authors, and who upvoted it."""
    votes = f"; {upvoted(paper)}" if upvoted(paper) else ""
    by = f", by {spoken_authors(paper.authors)}" if paper.authors else ""
    return _said(_TITLES, paper).format(title=plain(paper.title).rstrip(".").replace('"', "'"), by=by, votes=votes)


def noticed(paper: Paper, show: str, *, abstract: bool, doubts: bool, terms: bool, alone: bool) -> str:
    """Return the line that says that AI made the episode, and out of what; of an abstract without `doubts` of its own,
    that those are seldom there, and where terms are explained, by whom. Without the show's name it says the least."""
    source = "the abstract alone" if abstract else "the paper's own text"
    made = _said(_MADE, paper).format(
        voices="voice" if alone else "voices", are="is" if alone else "are", source=source
    )
    if not show:
        return made
    seldom = _said(_SELDOM, paper) if abstract and not doubts else ""
    own = _said(_TERMS_ALONE if alone else _TERMS, paper) if terms else ""
    return " ".join(filter(None, (f"This is {show}.", made, seldom, own)))


def repeated(paper: Paper) -> str:
    """Return what is said of a whole text that names no limit."""
    return _said(_REPEATED, paper)


def linked(paper: Paper) -> str:
    """Return the last line."""
    return _said(_LINKS, paper)


def upvoted(paper: Paper) -> str:
    """Return how many upvoted the paper, in words; "" where nobody did, or nobody could."""
    if not paper.listing or not paper.votes:
        return ""
    return f"{paper.votes} reader{'s' * (paper.votes != 1)} upvoted it"


def spoken_authors(authors: Sequence[str]) -> str:
    """Return the authors in words, two at most: "A, B and colleagues"."""
    if len(authors) > 2:
        return f"{', '.join(authors[:2])} and colleagues"
    return " and ".join(authors)
