"""A script is judged once, by what was known when it was written.

What it may rest on beside the paper's text (votes, title, dates, the names of show and hosts) is frozen with it. A line
that was mixed was judged before: nothing that moves afterwards, and no text that is lost, is held against it.
"""

import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress

from podcast import grounding, sources
from podcast.papers import asked
from podcast.show import frozen, store
from podcast.show.errors import DocumentError, NotReady, SourceError
from podcast.show.schema import (
    Brief,
    Carried,
    Document,
    Episode,
    Known,
    Line,
    Memories,
    Memory,
    Paper,
    Rests,
    Roundup,
    Script,
    Talk,
    Trailer,
    ids,
)
from podcast.show.settings import Host
from podcast.show.workspace import PaperFolder
from podcast.sources import Source
from podcast.studio import Studio, brief_of, need

log = logging.getLogger(__name__)


def document(studio: Studio, paper: Paper) -> Document:
    """Make document.json unless it exists, and return the paper's text. Raises NotReady for a roundup: it has none."""
    if isinstance(paper, Roundup):
        raise NotReady("a roundup is not read: it has the briefs of its papers", f"podcast digest {paper.listed_on}")
    if isinstance(paper, Trailer):
        raise NotReady("a trailer is not read: it is about the show", "podcast trailer --again writes it anew")
    folder = studio.folder(paper)
    if not folder.document.is_file():
        found = document(studio, paper.paper) if isinstance(paper, Talk) else source_of(studio, paper).document(paper)
        store.create_once(folder.document, store.to_json(found))
    return store.load(Document, folder.document)


def text_of(studio: Studio, paper: Paper) -> Document:
    """Return the paper's text, as document.json has it, else as its source has it now: nothing is kept."""
    path = studio.folder(paper).document
    if path.is_file():
        return store.load(Document, path)
    return text_of(studio, paper.paper) if isinstance(paper, Talk) else source_of(studio, paper).document(paper)


Texts = Mapping[str | None, tuple[Brief, Document]]
"""Brief and text by the paper that a line names; of a paper's own episode by None."""


def texts(studio: Studio, paper: Paper) -> Texts:
    """Return what the episode's lines rest on, as far as it is here."""
    several = isinstance(paper, Roundup)
    found: dict[str | None, tuple[Brief, Document]] = {}
    for one in paper.about if several else (paper,):  # a talk has them as they were when it was written
        with suppress(NotReady, DocumentError):  # without the text nothing is shown behind the line
            text = need(Document, studio.folder(one).document, f"podcast read {studio.folder(one).named}")
            found[one.id if several else None] = brief_of(studio, one), text
    return found


def has_text(studio: Studio, paper: Paper) -> bool:
    """Tell whether more of the paper than its abstract is to be had now; what is had is kept as its document."""
    try:
        found = source_of(studio, paper).document(paper)
    except (SourceError, DocumentError) as error:
        log.info("%s is not looked at: %s", paper.id, error)
        return False
    if found.source != "abstract":
        store.create_once(studio.folder(paper).document, store.to_json(found))
    return found.source != "abstract"


def document_again(studio: Studio, paper: Paper) -> Document:
    """Return the paper's text as its source has it now; the one on disk where that is more than the source has, or no
    answer came and the whole text is here. Nothing is written.

    Raises SourceError where the abstract is all there is here, and no answer came.
    """
    path = studio.folder(paper).document
    kept = store.load(Document, path) if path.is_file() else None
    try:
        found = sources.anew(source_of(studio, paper)).document(paper)
    except SourceError as error:
        if kept is None or kept.source == "abstract":
            raise
        log.warning("%s: %s; its text stays as it is", paper.id, error)
        return kept
    if kept and found.source == "abstract" != kept.source:
        log.warning("%s: only the abstract is to be had now; its text stays as it is", paper.id)
        return kept
    return found


def source_of(studio: Studio, paper: Paper) -> Source:
    """Return what reads the paper's text: what its day's list came from, or the text that it came with."""
    if record := asked.kept(studio.folder(paper)):
        first = studio.source if ids.is_arxiv(paper.id) else None
        from podcast.sources.originals import Original

        path = studio.folder(paper).root / record.original
        return Original(path, first) if record.original or first is None else studio.source
    day = studio.workspace.day(paper.listed_on)
    if not day.papers.is_file():  # of a day that is only looked at
        return studio.source
    return sources.of_day(frozen.day(day), studio.source)


def freeze(studio: Studio, paper: Paper, drafts: str = "") -> None:
    """Write down what a script that is written now, by the answers in that folder of drafts, may rest on, beside what
    those before it did."""
    folder = studio.folder(paper)
    hosts = {host.key: host.name for host in studio.config.hosts}
    found = folder.memories(drafts)
    past = store.load(Memories, found).memories if found.is_file() else ()
    now = Known(paper=_rests_on(paper), show=studio.config.show.title, hosts=hosts, memories=past)
    before = known(folder)
    if now not in before:
        store.write_atomic(folder.known, store.to_json(Rests(known=(*before, now))))


def _rests_on(paper: Paper) -> Paper:
    """Return whose title, votes and dates a script may tell: those of the paper, however it is told."""
    return paper.paper if isinstance(paper, Talk) else paper


def known(folder: PaperFolder) -> tuple[Known, ...]:
    """Return what the paper's scripts were written by, the oldest first; nothing where that was not kept."""
    kept = store.load_disposable(Rests, folder.known)
    return kept.known if kept else ()


def memories(folder: PaperFolder) -> Sequence[Memory]:
    """Return the earlier episodes that the paper's scripts may refer to, each once: as the last script had it, and what
    scripts before had of it besides."""
    found: dict[str, Memory] = {}
    for one in (one for then in reversed(known(folder)) for one in then.memories):
        newer = found.setdefault(one.paper_id, one)
        told = {claim.path for claim in newer.claims}
        more = tuple(claim for claim in one.claims if claim.path not in told)
        found[one.paper_id] = newer.model_copy(update={"claims": (*newer.claims, *more)})
    return list(found.values())


def remembered(folder: PaperFolder, line: Line) -> Sequence[Carried]:
    """Return the sentences of an earlier paper that the line rests on; none where it refers to no earlier episode."""
    memory = next((one for one in memories(folder) if one.paper_id == line.earlier), None)
    spoken = [claim for claim in memory.claims if claim.path in line.claims] if memory else []
    return [sentence for claim in spoken for sentence in claim.sentences]


def faults(
    studio: Studio, paper: Paper, script: Script, brief: Brief | None = None, text: Document | None = None
) -> Sequence[grounding.Fault]:  # fmt: skip
    """Return what the script's lines say, and neither the paper nor what was known then, but for what is let pass;
    and what a second reader found wrong with them.

    A line that was mixed as it stands is not judged again. `brief` is what the claims point into, and `text` what that
    points into; without them they are those on disk.
    """
    folder = studio.folder(paper)
    judged = heard(folder) if brief is None else frozenset()
    open_ = {number for number, line in enumerate(script.lines, 1) if said_of(line) not in judged}
    found: Sequence[grounding.Fault] = ()
    read = [fault for fault in grounding.of_reader(script) if fault.line in open_]
    for then in known(folder) or (Known(paper=_rests_on(paper)),):
        if not open_:
            break
        found = [fault for fault in _by(studio, then, paper, script, brief, text) if fault.line in open_]
        open_ &= {fault.line for fault in found}
    return grounding.joined(grounding.settled(found, script) if open_ else (), read)


def refusals(studio: Studio, paper: Paper, script: Script, brief: Brief | None = None) -> Sequence[grounding.Fault]:
    """Return the faults that stop an episode."""
    return grounding.refused(faults(studio, paper, script, brief))


def said_of(line: Line) -> tuple[str, tuple[str, ...]]:
    """Return what of a line is judged: its words, and what they point at."""
    return line.text, line.spoken()


def heard(folder: PaperFolder) -> frozenset[tuple[str, tuple[str, ...]]]:
    """Return what the episode's lines say: it was judged before it was recorded, and is not judged by later rules."""
    if not folder.episode.is_file():
        return frozenset()
    return frozenset((cue.text, cue.claims) for cue in store.load(Episode, folder.episode).cues)


def grounded(studio: Studio, paper: Paper) -> Script:
    """Return the paper's script if all that it says stands in the paper, or a person lets it pass, which is noted."""
    folder = studio.folder(paper)
    script = need(Script, folder.script, f"podcast write {folder.named}")
    found = list(faults(studio, paper, script))
    if not studio.allow_ungrounded:
        if refused := grounding.refused(found):
            raise grounding.ungrounded(script, refused)
        return script
    judged = {fault.line for fault in found}
    found += [fault for fault in grounding.standing(script) if fault.line not in judged]  # of lines that were heard
    if not found:
        return script
    for fault in found:
        log.warning("%s: line %d may say %r, since you allow it", paper.id, fault.line, fault.fact)
    store.write_atomic(folder.script, store.to_json(grounding.allowed(script, found)))
    return store.load(Script, folder.script)


def _by(
    studio: Studio, then: Known, about: Paper, script: Script, brief: Brief | None, text: Document | None
) -> Sequence[grounding.Fault]:  # fmt: skip
    """Return the faults of all lines, by what was known then of what the episode is `about`."""
    show = studio.config.show.spoken_in(studio.language_of(script, studio.folder(about)))
    show = show.model_copy(update={"title": then.show} if then.show else {})
    names = {host.key: host.name for host in studio.config.hosts} | then.hosts
    hosts = [Host(key=key, name=name) for key, name in names.items()]
    paper = then.paper
    if isinstance(paper, Trailer):
        return ()  # it is about the show, which says of itself what it likes
    if isinstance(paper, Roundup):
        parts = [(brief_of(studio, one), document(studio, one), one) for one in paper.papers]
        return grounding.faults_of_roundup(script, parts, paper, show, hosts)
    text = text or document(studio, about)
    return grounding.faults(script, brief or brief_of(studio, about), text, paper, show, hosts, then.memories)
