"""What was published, held to the rules of directories and apps, and to what there is to publish."""

from collections.abc import Sequence

from podcast import check
from podcast.publishers import gathering
from podcast.publishers.building import Press
from podcast.show import catalogue, ledger
from podcast.show.config import Config
from podcast.show.workspace import Workspace


def failures(workspace: Workspace, config: Config, url: str = "") -> Sequence[check.Failure]:
    """Return each rule that feed/ breaks, or the feed at `url`, and each episode that is missing there or stands as it
    was before. Where there are some, the next publish reads everything, too."""
    away = {name.replace("/", "-") for name in catalogue.elsewhere(workspace)}
    apart = bool(config.publish.media_base_url)
    found = list(check.published(workspace.feed, url, away, private=bool(config.publish.private), apart=apart))
    made = gathering.survey(workspace).made
    if made and (workspace.feed / "feed.xml").is_file():
        held = {each.name: each.reason for each in Press(workspace, config, thorough=True).troubles(away)}
        found += check.episodes(workspace.feed, made, held, away)
    if found:
        ledger.Ledger(workspace.root, workspace.ledger).forget()
    return found
