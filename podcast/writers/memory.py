"""What a script may say of earlier episodes: how a prompt lists it, and what lines rest on that name it.

>>> parted(("idea.0", "earlier.1.2"))
(('idea.0',), ('earlier.1.2',))
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from podcast.grounding import ago
from podcast.show.schema import Brief, Line, Memory, Remembered
from podcast.writers import Assignment
from podcast.writers.prompting import one_line, prompt

_MOST_AUTHORS = 3
_NAMED = "earlier."


def offered(assignment: Assignment, brief: Brief, before: Sequence[Line] = ()) -> Sequence[Memory]:
    """Return the earlier episodes that may be brought in, but for those that lines before speak of."""
    if assignment.format == "brief":  # two minutes have no room for it
        return ()
    said = {line.earlier for line in before}
    return [one for one in assignment.memories(brief) if one.claims and one.paper_id not in said]


def names(memories: Sequence[Memory]) -> Mapping[str, tuple[Memory, Remembered]]:
    """Return what can be named of these episodes, as lines name it: earlier.1.2 is the second claim of the first."""
    return {
        f"{_NAMED}{place}.{number}": (memory, claim)
        for place, memory in enumerate(memories, 1)
        for number, claim in enumerate(memory.claims, 1)
    }


def listed(memories: Sequence[Memory], assignment: Assignment) -> str:
    """Return the episodes as a prompt lists them: when and what each was, why it comes to mind, its notes; "" for
    none."""
    rows: list[str] = []
    for place, memory in enumerate(memories, 1):
        rows.append(f"{_NAMED}{place}: {_introduced(memory, assignment)}. {_reason(memory)}")
        for name, (of, claim) in names(memories).items():
            if of is memory:
                rows += told(name, claim)
    return "\n".join(rows)


def told(name: str, claim: Remembered) -> Iterator[str]:
    """Yield a note with its sentences, as those of the paper stand."""
    yield f"{name}: {one_line(claim.text)}"
    yield from (f"  [{one.number}] {one_line(one.text)}" for one in claim.sentences)


def order(memories: Sequence[Memory]) -> str:
    """Return what a model is told to do with them; "" where there are none."""
    return f"\n\n{prompt('earlier')}" if memories else ""


def _introduced(memory: Memory, assignment: Assignment) -> str:
    """Return when the episode was and what its paper is: "on Tuesday (24 November 2026), "T" by A, B and 3 more"."""
    day, more = memory.day, len(memory.authors) - _MOST_AUTHORS
    by = ", ".join(memory.authors[:_MOST_AUTHORS]) + (f" and {more} more" if more > 0 else "")
    exact = f"{day.day} {ago.MONTHS[day.month - 1]} {day.year}"
    when = f"{ago.spoken(day, assignment.paper.listed_on)} ({exact})"
    return f'{when}, "{one_line(memory.title)}"' + (f" by {one_line(by)}" if by else "")


def _reason(memory: Memory) -> str:
    """Return why it comes to mind, in a sentence."""
    shared = one_line(", ".join(memory.shared))
    both = f" Both are by {shared}." if shared else ""
    return {
        "contrary": f"One of its claims goes against one of this paper's, by its words: see whether it does.{both}",
        "result": f"Both give a figure on {shared}.",
        "test": f"Both were measured on {shared}.",
        "authors": f"Both are by {shared}.",
    }[memory.why]


_LONGEST_TITLE = 80
"""Letters of a title that is said in passing."""


def remark(memories: Sequence[Memory], today: dt.date, *, alone: bool) -> tuple[Memory, str] | None:
    """Return an earlier episode with a sentence on it that needs no model: where the reason is certain, and its title
    can be said in passing. None where there is none."""
    for one in memories:
        title = one.title.rstrip(".").replace('"', "'")
        if one.why == "contrary" or not one.shared or len(title) > _LONGEST_TITLE:
            continue
        when = ago.spoken(one.day, today)
        with_ = f"by {' and '.join(one.shared[:2])}" if one.why == "authors" else f"measured on {one.shared[0]}"
        comma = "," if "," in when else ""
        text = f"{when[0].upper()}{when[1:]}{comma} {'the show' if alone else 'we'} had another paper {with_}"
        return one, f'{text}, "{title}".'
    return None


def parted(claims: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what a line names of this paper, and of earlier episodes."""
    own = tuple(dict.fromkeys(name for name in claims if not name.startswith(_NAMED)))
    return own, tuple(dict.fromkeys(name for name in claims if name.startswith(_NAMED)))


def rests(claims: Sequence[str], memories: Sequence[Memory]) -> dict[str, object]:
    """Return what a line rests on that names these: notes of this paper; or of one earlier episode, where it names no
    other."""
    own, past = parted(claims)
    known = names(memories)
    found = [known[name] for name in past if name in known]
    if own or not found:
        return {"claims": own, "earlier": None}
    memory = found[0][0]
    return {"claims": tuple(claim.path for of, claim in found if of is memory), "earlier": memory.paper_id}


def mixed(lines: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield each of these lines, given by what it names, that names notes of this paper and of an earlier one."""
    for number, claims in enumerate(lines, 1):
        own, past = parted(claims)
        if own and past:
            yield (
                f"line {number} names {own[0]} of this paper and {past[0]} of an earlier one: part it in two, "
                "each with its own notes"
            )


def behind(line: Line, memories: Sequence[Memory]) -> Sequence[tuple[str, Remembered]]:
    """Return what a line that refers to an earlier episode rests on, by the names that a prompt has for it."""
    return [(name, claim) for name, (memory, claim) in names(memories).items()
            if memory.paper_id == line.earlier and claim.path in line.claims]  # fmt: skip


def heading(line: Line, assignment: Assignment, memories: Sequence[Memory]) -> str:
    """Return which episode the line refers to, as a sentence that a second reader can hold it against."""
    found = next((one for one in memories if one.paper_id == line.earlier), None)
    return f"The show's episode {_introduced(found, assignment)}." if found else ""
