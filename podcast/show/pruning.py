"""What can be done with an episode whose takes were taken away to make room, and what no more."""

from podcast.show import catalogue, store, versions
from podcast.show.errors import quoted
from podcast.show.schema import Pruned
from podcast.show.schema.feeds import stem
from podcast.show.workspace import PaperFolder, Workspace


def pruned(folder: PaperFolder) -> Pruned | None:
    """Return when the takes of the paper's episode were pruned; None where they were not, are back, or are all to be
    recorded anew by a change that was begun. DocumentError where the episode's record is broken."""
    if not folder.pruned.is_file() or ((begun := versions.begun(folder)) and begun.whole):
        return None
    gone = store.load(Pruned, folder.pruned)
    if folder.episode.is_file():
        there = all(folder.take(cue.take).is_file() for cue in catalogue.episode_of(folder).cues)
    else:
        there = len(list(folder.takes.glob("*.flac"))) >= gone.takes
    return None if there else gone


def alone(folder: PaperFolder, gone: Pruned, count: int) -> tuple[str, str]:
    """Return why no line of a pruned episode, whose script has `count`, can be made alone; and what to do."""
    return (
        f"the takes of {folder.named} were pruned on {gone.on}: no line of it can be recorded alone",
        f"podcast regenerate {folder.named} --from record records all {count} lines as they stand now; "
        f"or put {quoted(folder.takes)} back from a backup",
    )


def again(folder: PaperFolder) -> str:
    """Return what brings back the sound of the paper's episode: it is mixed of its takes; where those were pruned, the
    copy in feed/ is copied back, or it is recorded."""
    gone = pruned(folder)
    if not gone:
        return f"podcast mix {folder.named}"
    episode, feed = catalogue.episode_of(folder), Workspace(folder.root.parents[2]).feed
    for media in episode.sounds():
        mix = folder.root / media.file
        copy = feed / f"{stem(f'{folder.day}-{folder.paper_id}', episode.media.sha256)}{mix.suffix}"
        if not store.is_whole(mix, media.size, media.sha256) and store.is_whole(copy, media.size, media.sha256):
            return f"feed/ has it: rm -f {quoted(mix)} && cp {quoted(copy)} {quoted(mix)}"
    return alone(folder, gone, len(episode.cues))[1]
