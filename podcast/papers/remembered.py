"""Earlier episodes that a paper brings to mind: by the same people, measured on the same test, saying the contrary.

Precision goes before recall: a show without memory is better than one that remembers what has nothing to do with it.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from podcast.grounding.figure import figures
from podcast.grounding.ways import ways
from podcast.papers import asked, fallen, profile
from podcast.papers.profile import Profile
from podcast.show import recall, store
from podcast.show.errors import PodcastError
from podcast.show.schema import (
    FORMATS,
    OTHERS,
    Brief,
    Carried,
    Document,
    Episode,
    Memories,
    Memory,
    Paper,
    Remembered,
    Script,
    Why,
)
from podcast.show.workspace import PaperFolder, Workspace
from podcast.sources import DEMO_DAY, demo
from podcast.writers.words import content, contrary

MOST = 2
"""Earlier episodes that one may refer to."""
_CLAIMS = 3
"""What is remembered of each, at most."""
_LATEST = 40
"""Episodes that share one word and are looked at; the others are older."""
_WORTH: Mapping[Why, float] = {"contrary": 4.0, "result": 3.0, "test": 2.0, "authors": 1.0}
_RARE = 0.1
"""Of all episodes, at most so many have a test that brings one to mind; three always may."""
_LIKE = 0.6
"""Of the words of the shorter of two claims, how many both have where one may deny the other."""
_HALF = 60.0
"""Days after which an episode is half as near."""
_AIMS = ("experiments.results", "tldr", "experiments.ablations", "implication", "idea.", "experiments.limitations")
_ASKED = 12
"""Claims of a paper that are held against all earlier ones: each costs some 15 ms of a thousand episodes."""


@dataclass(frozen=True)
class _Near:
    """An earlier episode that comes to mind, and why."""

    name: str
    why: Why
    shared: tuple[str, ...]
    paths: tuple[str, ...]
    """What of it bears on this paper."""
    worth: float


def found(
    workspace: Workspace, paper: Paper, brief: Brief, together: frozenset[tuple[dt.date, str]] = frozenset()
) -> Memories:  # fmt: skip
    """Return the earlier episodes that this paper may refer to, the nearest first: of days before its own, and of none
    that its neighbours in the show refer to.

    Those that are made `together` with it, by day and paper, are left out, made already or not: which are depends on
    how fast they are made.
    """
    made = (folder for folder in _made(workspace) if (folder.day, folder.about) not in together)
    folders = {f"{folder.day}/{folder.paper_id}": folder for folder in made}
    standing = {name: _standing(workspace, folder) for name, folder in folders.items()}
    mine, taken = profile.of(paper.about[0], brief), _taken(workspace, paper, together)

    def ask(rows: recall.Rows) -> list[tuple[_Near, Mapping[str, Any]]]:
        near = sorted(_near(rows, mine, paper), key=lambda one: (-one.worth, one.name))
        return [(one, rows.told(one.name)) for one in near]

    def read(name: str) -> recall.Told | None:
        return _told(workspace, folders[name])

    before = paper.listed_on.isoformat()
    memories: list[Memory] = []
    for one, told in recall.asked(workspace.root, workspace.recall, standing, read, before, ask):
        others = {*taken, paper.about[0].id, *(memory.paper_id for memory in memories)}
        if len(memories) < MOST and told["paper"] not in others and (memory := _memory(folders[one.name], one, told)):
            memories.append(memory)
    return Memories(memories=tuple(memories))


def _made(workspace: Workspace) -> Iterator[PaperFolder]:
    """Yield the papers that have an episode: of several formats of one the first. The demo, which leaves a show, is to
    be remembered by nothing that stays."""
    order = {told: at for at, told in enumerate(FORMATS)}
    seen: set[tuple[object, str]] = set()
    papers = (folder for folder in workspace.papers() if folder.paper_id not in OTHERS)
    for folder in sorted(papers, key=lambda folder: (folder.root.parent.name, folder.about, order[folder.format])):
        key = (folder.root.parent.name, folder.about)
        if key in seen:
            continue
        if folder.withdrawn.is_file():
            if folder.format == FORMATS[0]:  # the paper is withdrawn, however it is told
                seen.add(key)
        elif folder.episode.is_file() and not _is_demo(folder):
            seen.add(key)
            yield folder


def _is_demo(folder: PaperFolder) -> bool:
    return folder.day == DEMO_DAY and folder.about in {paper.id for paper in demo().day(DEMO_DAY).papers}


def _standing(workspace: Workspace, folder: PaperFolder) -> recall.Standing:
    before = len(f"{workspace.root}/")
    paths = (folder.brief, folder.document, folder.episode, folder.own, workspace.day(folder.day).papers)
    return recall.Standing(folder.root.parent.name, "\n".join(str(path)[before:] for path in paths))


def _told(workspace: Workspace, folder: PaperFolder) -> recall.Told | None:
    """Return what is known of an episode; None where its paper does not stand any more, or a document of it is broken
    or gone, which others say."""
    try:
        paper = asked.stands(workspace, folder).about[0]
        brief, episode = store.load(Brief, folder.brief), store.load(Episode, folder.episode)
    except PodcastError:
        return None
    if fallen.why(paper):
        return None
    known = profile.of(paper, brief)
    value = {
        "paper": paper.id, "title": paper.title, "authors": list(paper.authors), "number": episode.number,
        "claims": {path: [claim.text, list(claim.evidence)] for path, claim in brief.claims().items()},
    }  # fmt: skip
    words = [
        *(("test", key) for key in known.tests),
        *(("named", key) for key in known.named),
        *(("person", key) for key in known.people),
    ]
    return recall.Told(value, words, {path: text for path, text in known.claims.items() if path.startswith(_AIMS)})


def _near(rows: recall.Rows, mine: Profile, paper: Paper) -> Iterator[_Near]:
    """Yield what comes to mind, an episode once: for the best reason that there is."""
    found: dict[str, _Near] = {}
    for one in (*_contrary(rows, mine), *_tested(rows, mine), *_by(rows, mine)):
        days = (paper.listed_on - paper.listed_on.fromisoformat(one.name.partition("/")[0])).days
        worth = one.worth + 0.5 ** (days / _HALF)
        before = found.get(one.name)
        if before is None or before.worth < worth:
            found[one.name] = _Near(one.name, one.why, one.shared, one.paths, worth)
        elif one.why == "authors" and before.why == "contrary":  # the same people say the contrary now
            found[one.name] = replace(before, shared=one.shared)
    yield from found.values()


# --- on the same test -------------------------------------------------------------------------------


def _tested(rows: recall.Rows, mine: Profile) -> Iterator[_Near]:
    """Yield those measured on what few others are; where both give a figure of it, that is told."""
    count = rows.count()
    for key, name in _shared(rows, mine).items():
        kinds = ("test",) if key not in mine.tests else ("test", "named")
        names = list(dict.fromkeys(one for kind in kinds for one in rows.having(kind, key)))
        if len(names) > max(3, _RARE * count):
            continue
        for each in names[:_LATEST]:
            told = rows.told(each)
            yield from _on(each, key, name, mine, {path: text for path, (text, _) in _claims(told)}, len(names))


def _shared(rows: recall.Rows, mine: Profile) -> Mapping[str, str]:
    """Return the names by which a test may be shared, the longest first: of SWE-bench Verified not SWE-bench, too."""
    keys = {**{key: key for key in mine.named}, **mine.tests}
    found: dict[str, str] = {}
    for key in sorted(keys, key=len, reverse=True):
        known = rows.having("test", key) or (key in mine.tests and rows.having("named", key))
        if known and not any(other.startswith(key) for other in found):
            found[key] = mine.tests.get(key) or _spelled(key, mine)
    return found


def _spelled(key: str, mine: Profile) -> str:
    return next((name for text in mine.claims.values() for other, name in profile.named_in([text]).items()
                 if other == key), key)  # fmt: skip


def _on(name: str, key: str, test: str, mine: Profile, theirs: Mapping[str, str], count: int) -> Iterator[_Near]:
    naming = [path for path, text in theirs.items() if key in profile.named_in([text])]
    results = [path for path in naming if path.startswith("experiments.results")]
    own = [text for text in mine.claims.values() if key in profile.named_in([text])]
    here, there = _levels(own), _levels([theirs[path] for path in (*results, *naming)])
    why: Why = "result" if here and there and here != there and results else "test"
    if naming:
        yield _Near(name, why, (test,), (*results, *naming), _WORTH[why] + 0.5 / count)


def _levels(texts: Iterable[str]) -> frozenset[str]:
    """Return the one figure of a share, or a bare one with a fraction, of each text that has no other."""
    found = []
    for text in texts:
        told = [one for one in figures(text) if one.unit == "%" or (one.unit == "" and one.value % 1)]
        found += [f"{told[0].value.normalize():f}"] if len(told) == 1 else []
    return frozenset(found)


# --- the contrary -----------------------------------------------------------------------------------


def _contrary(rows: recall.Rows, mine: Profile) -> Iterator[_Near]:
    """Yield those that claim of the same thing that it goes the other way."""
    aimed = (text for aim in _AIMS for path, text in mine.claims.items() if path.startswith(aim))
    for text in islice((text for text in aimed if ways(text) or _DENIES.search(text)), _ASKED):
        longest = sorted(re.findall(r"[A-Za-z][A-Za-z-]{4,}", text), key=lambda word: (-len(word), word))[:6]
        for name, other, theirs in rows.saying(longest, 6):
            if denies(text, theirs):
                yield _Near(name, "contrary", (), (other,), _WORTH["contrary"])


_DENIES = re.compile(r"(?<!\w)(?:not|never|no|neither|cannot|without|hardly|fails?)(?!\w)|n[’']t(?!\w)", re.IGNORECASE)


def denies(one: str, other: str) -> bool:
    """Tell whether of two claims about the same one says that it goes the other way.

    >>> denies("Longer chains of thought lower the accuracy of small models.",
    ...        "Longer chains of thought raise the accuracy of small models.")
    True
    >>> denies("Skipping idle steps lowers accuracy on rare classes.", "Skipping idle steps does not lower accuracy.")
    True
    >>> denies("Longer chains of thought lower accuracy.", "Larger batches raise the accuracy of vision models.")
    False
    """
    mine, theirs = content(one), content(other)
    if len(mine & theirs) < 4 or len(mine & theirs) < _LIKE * min(len(mine), len(theirs)):
        return False
    if bool(_DENIES.search(one)) != bool(_DENIES.search(other)):
        return contrary(one, other, _LIKE) or contrary(other, one, _LIKE)
    here, there = ways(_beside(one, other)), ways(_beside(other, one))
    return any(here[axis] == -there[axis] for axis in here.keys() & there.keys())


def _beside(one: str, other: str) -> str:
    """Return the words of the one that the other has not: what both say goes no way."""
    said = set(re.findall(r"[\w-]+", other.lower()))
    return " ".join(word for word in re.findall(r"[\w-]+", one.lower()) if word not in said)


# --- by the same people -----------------------------------------------------------------------------


def _by(rows: recall.Rows, mine: Profile) -> Iterator[_Near]:
    names = dict.fromkeys(name for key in mine.people for name in rows.having("person", key)[:_LATEST])
    for name in names:
        told = rows.told(name)
        if shared := profile.same_people(mine.authors, told["authors"]):  # type: ignore[arg-type]  # as it was written
            yield _Near(name, "authors", shared, (), _WORTH["authors"] + 0.1 * min(len(shared), 5))


# --- what is remembered -----------------------------------------------------------------------------


def _claims(told: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, Sequence[int]]]]:
    yield from ((path, (text, evidence)) for path, (text, evidence) in told["claims"].items())


def _memory(folder: PaperFolder, near: _Near, told: Mapping[str, Any]) -> Memory | None:
    """Return the episode with what of it may be said; None where its text is not here any more."""
    try:
        document = store.load(Document, folder.document)
    except PodcastError:
        return None
    claims = dict(_claims(told))
    results = [path for path in claims if path.startswith("experiments.results")]
    wanted = dict.fromkeys(("tldr", *near.paths, *results, "idea.0"))
    paths = [path for path in wanted if path in claims][:_CLAIMS]
    carried = [_remembered(path, *claims[path], document) for path in paths]
    return Memory(
        paper_id=told["paper"], episode_id=folder.paper_id, day=folder.day, number=told["number"], title=told["title"],
        authors=tuple(told["authors"]), why=near.why, shared=near.shared,
        claims=tuple(claim for claim in carried if claim),
    )  # fmt: skip


def _remembered(path: str, text: str, evidence: Sequence[int], document: Document) -> Remembered | None:
    sentences = [(section, sentence) for section in document.sections for sentence in section.sentences]
    carried = tuple(
        Carried(number=number, section=section.title, text=sentence, public=section.public)
        for number in evidence if number <= len(sentences)
        for section, sentence in [sentences[number - 1]]
    )  # fmt: skip
    return Remembered(path=path, text=text, sentences=carried) if carried else None


# --- never the same twice in a row ------------------------------------------------------------------


def _taken(workspace: Workspace, paper: Paper, together: frozenset[tuple[dt.date, str]]) -> frozenset[str]:
    """Return the papers that the show's episodes of the same day may refer to, and those of the days next to it do.

    Of the same day, and of what is made together, all that was offered counts, for the scripts are written side by
    side.
    """
    days = [folder.date for folder in workspace.days()]
    earlier = [day for day in days if day < paper.listed_on]
    later = [day for day in days if day > paper.listed_on]
    own = workspace.day(paper.listed_on).paper(paper.id).root
    found: set[str] = set()
    for row in (earlier[::-1], [paper.listed_on], later):
        for day in row:
            folders = [each for each in workspace.papers_of(day) if each.root != own]
            told = [
                _referred(each, offers=day == paper.listed_on, together=(each.day, each.about) in together)
                for each in folders if each.paper_id not in OTHERS
            ]  # fmt: skip
            found |= frozenset[str]().union(*(one for one in told if one is not None))
            if any(one is not None for one in told):
                break
    return frozenset(found)


def _referred(folder: PaperFolder, *, offers: bool, together: bool) -> frozenset[str] | None:
    """Return the earlier papers that an episode refers to, or that one in the making may, and with `offers` those that
    it might have; None where there is none. Of one that is made `together` with others what was offered counts, whether
    it is written or not."""
    try:
        kept = offered(folder) if offers or together or not folder.script.is_file() else None
        might = frozenset(one.paper_id for one in kept.memories) if kept else frozenset[str]()
        if not folder.script.is_file():
            return might if might or together else None
        script = store.load(Script, folder.script)
        return frozenset(line.earlier for line in script.lines if line.earlier) | might
    except PodcastError:
        return None


def offered(folder: PaperFolder, drafts: str = "") -> Memories | None:
    """Return what the script of that folder of drafts may refer to, as it was found, be it none; None where that was
    not asked for."""
    path = folder.memories(drafts)
    return store.load(Memories, path) if path.is_file() else None


def settled(
    workspace: Workspace, paper: Paper, brief: Brief, drafts: str = "",
    together: frozenset[tuple[dt.date, str]] = frozenset(),
) -> Memories:  # fmt: skip
    """Return what the paper's script may refer to: found when it is first asked for, and kept with its answers; that
    nothing was found is kept, too."""
    folder = workspace.day(paper.listed_on).paper(paper.id)
    if kept := offered(folder, drafts):
        return kept
    with store.locked(workspace.recall_lock):
        kept = offered(folder, drafts)
        if kept is None:
            kept = found(workspace, paper, brief, together)
            store.create_once(folder.memories(drafts), store.to_json(kept))
    return kept
