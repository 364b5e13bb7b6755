"""When the lines of a script are heard in an episode that was mixed, of that script or of one before it."""

import difflib
from collections.abc import Callable, Sequence

from podcast.show import store
from podcast.show.schema import Cue, Episode, Line
from podcast.show.workspace import PaperFolder


def of(folder: PaperFolder, lines: Sequence[Line]) -> dict[int, Cue]:
    """Return the cue in which each line is heard, by the line's number from 1; nothing where there is no episode."""
    return heard(store.load(Episode, folder.episode), lines) if folder.episode.is_file() else {}


def heard(episode: Episode, lines: Sequence[Line]) -> dict[int, Cue]:
    """Return the cue in which each line's words are heard, by the line's number from 1; a line of other words has none.

    Lines of the same words have their cues in order, those of their host first.
    """
    hosts = [episode.hosts.get(line.host) for line in lines]
    said = difflib.SequenceMatcher(
        None,
        [(cue.host, cue.text) for cue in episode.cues],
        [(host, line.text) for host, line in zip(hosts, lines, strict=True)],
        autojunk=False,
    )
    pairs = {start + step: first + step for first, start, count in said.get_matching_blocks() for step in range(count)}
    paired = frozenset(pairs.values())
    left = [at for at in range(len(episode.cues)) if at not in paired]

    def pair(is_said: Callable[[Cue, int], bool]) -> None:
        for number in range(len(lines)):
            at = None if number in pairs else next((at for at in left if is_said(episode.cues[at], number)), None)
            if at is not None:
                pairs[number] = at
                left.remove(at)

    pair(lambda cue, number: (cue.host, cue.text) == (hosts[number], lines[number].text))  # it was moved
    pair(lambda cue, number: cue.text == lines[number].text)  # another says it now
    return {number + 1: episode.cues[at] for number, at in pairs.items()}
