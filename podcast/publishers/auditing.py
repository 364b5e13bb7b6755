"""What was published, held to the rules of directories and apps, and to what there is to publish."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import chain

from podcast import check
from podcast.check import whole
from podcast.press.feed import pages
from podcast.press.site import Sheet
from podcast.publishers import gathering
from podcast.publishers.building import Looked, Press, age
from podcast.show import catalogue, ledger, store
from podcast.show.config import Config
from podcast.show.workspace import Workspace


def failures(workspace: Workspace, config: Config, url: str = "") -> Sequence[check.Failure]:
    """Return each rule that feed/ breaks, or the feed at `url`, each episode that is missing there or stands as it was
    before, and each list that is not what was made. Where there are some, the next publish reads everything, too."""
    away = {name.replace("/", "-") for name in catalogue.elsewhere(workspace)}
    apart = bool(config.publish.media_base_url)
    found = list(check.published(workspace.feed, url, away, private=bool(config.publish.private), apart=apart))
    survey, book = gathering.survey(workspace), ledger.Ledger(workspace.root, workspace.ledger)
    made = survey.made
    for name in sorted(survey.withdrawn):
        if gathering.is_still_aired(workspace, workspace.episode(name)):
            found.append(
                check.Failure(check.Rule.EPISODES, name, "it is withdrawn, and still out (run podcast publish)")
            )
    if made and (workspace.feed / "feed.xml").is_file():
        press = Press(workspace, config, thorough=True)
        episodes, texts = press.looked_over(away)
        held = {each.name: (each.became, f"{each.reason} → {each.hint}") for each in press.held}
        found += check.episodes(workspace.feed, made, held, away)
        found += [
            check.Failure(check.Rule.EPISODES, one.entry.name, "it stands as it was before (run podcast publish)")
            for one in episodes
            if one.built and not one.fit and not (workspace.feed / one.entry.media).is_file()
            and workspace.item(one.entry.name).is_file()
        ]  # fmt: skip
        found += _lists(press, book, episodes, texts, sure=not away)
    if found:
        book.forget(but="list")
    return found


def _lists(
    press: Press, book: ledger.Ledger, episodes: Sequence[Looked], texts: Mapping[str, bytes | None], *, sure: bool
) -> Iterator[check.Failure]:  # fmt: skip
    """Yield each file that is of the whole show and is neither what was last made, as the ledger has it, nor what is
    to be made of the episodes that stand: of those alone where one is `sure` that there are no others."""
    entries = sorted((one.entry for one in episodes), key=age, reverse=True)
    sure = sure and all(one.fit for one in episodes)
    feeds = (Sheet(page.name, [], partial(press.lists.built, page)) for page in pages(entries))
    sheets = {each.path: each for each in chain(press.lists.covers, press.lists.site.sheets(entries), feeds)}
    made_anew = any(data is not None for path, data in texts.items() if path.count("/") > 1)  # a day's reports
    for path, data in texts.items():
        if data is not None and not made_anew:
            sheets[path] = Sheet(path, [], partial(bytes, data))
    for path in dict.fromkeys((*sheets, *book.names("list"))):
        there, row = press.workspace.feed / path, book.row("list", path)
        if not there.is_file():
            if path in sheets:
                yield check.Failure(check.Rule.FILE, path, "it is not there (run podcast publish)")
            continue
        stands = row.value == store.file_sha256(there) if row else not sure
        if not stands and not (sure and path in sheets and sheets[path].make() == there.read_bytes()):
            yield check.Failure(check.Rule.SUMS, path, whole.OTHER)
