"""The built-in day leaves a show as if it had never been made there."""

import shutil
from collections.abc import Sequence

from podcast import sources
from podcast.publishers import publishing
from podcast.show import catalogue, store
from podcast.show.config import Config
from podcast.show.errors import NotReady
from podcast.show.schema import Day
from podcast.show.workspace import DayFolder, Workspace


def demo(workspace: Workspace, config: Config, wait: bool) -> None:
    """Take the demo's episodes out of feed, target and pages, and their folders and numbers out of the show.

    Raises NotReady where the show has no demo: a day of one's own at that date stays.
    """
    day = workspace.day(sources.DEMO_DAY)
    if not _is_demo(day):
        raise NotReady("the demo is not in this show", "podcast status shows what there is")
    folders = [folder for folder in workspace.papers() if folder.day == sources.DEMO_DAY]
    was_published = workspace.was_published()
    if was_published:
        for folder in folders:
            publishing.withdraw(workspace, folder)
        publishing.publish(workspace, config, wait=wait)  # a target lets go of what is withdrawn, not of what is lost
    shutil.rmtree(day.root)
    cleared = [*_clear_digest(workspace), *_clear_withdrawals(workspace)]
    catalogue.forget(workspace, [f"{folder.day}/{folder.paper_id}" for folder in folders])
    if was_published:
        publishing.publish(workspace, config, wait=wait, gone=cleared)


def _clear_digest(workspace: Workspace) -> Sequence[str]:
    """Remove the demo's reports from feed/digest, and that folder where no other day has any; return each file's path
    under feed/."""
    digest, month = workspace.feed / "digest", f"{sources.DEMO_DAY:%Y/%m}"
    others = any(day.date != sources.DEMO_DAY for day, _ in workspace.digests())
    found = (digest / month).glob(f"{sources.DEMO_DAY:%d}*") if others else digest.rglob("*")
    cleared = [path for path in found if path.is_file()]
    for path in cleared:
        path.unlink()
    if not others:
        shutil.rmtree(digest, ignore_errors=True)
    return [path.relative_to(workspace.feed).as_posix() for path in cleared]


def _clear_withdrawals(workspace: Workspace) -> Sequence[str]:
    """Remove what tells that the demo's episodes were withdrawn, and return its paths under feed/."""
    cleared = list((workspace.feed / "withdrawn").glob(f"{sources.DEMO_DAY}-*.json"))
    for path in cleared:
        path.unlink()
    return [path.relative_to(workspace.feed).as_posix() for path in cleared]


def _is_demo(day: DayFolder) -> bool:
    if not day.papers.is_file():
        return False
    listed, ours = store.load(Day, day.papers).papers, sources.demo().day(sources.DEMO_DAY).papers
    return {paper.id for paper in listed} == {paper.id for paper in ours}
