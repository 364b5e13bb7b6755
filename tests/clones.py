"""Episodes by the dozen: one that was made, under other names, so that publishing has much to do in little time."""

import datetime as dt
import shutil
from pathlib import Path

from conftest import DAY, folder_of, load, save

from podcast.show import catalogue
from podcast.show.workspace import Workspace

SITE = "https://show.example/"


def show_like(made: Path, folder: Path) -> Path:
    """Make a show with the settings, voices and cover of `made`, and no episode."""
    shutil.copytree(made, folder, ignore=shutil.ignore_patterns("episodes", "feed"))
    return folder


def clone(made: Path, show: Path, paper_id: str, date: dt.date) -> None:
    """Lay an episode of `made` into the show, as that paper's of that day; its number is the show's next."""
    day = show / "episodes" / date.isoformat()
    source = folder_of(made, "2403.00002")
    papers = load(made / "episodes" / DAY / "papers.json")
    like = next(paper for paper in papers["papers"] if paper["id"] == "2403.00002")
    listed = load(day / "papers.json")["papers"] if (day / "papers.json").is_file() else []
    more = {"id": paper_id, "listed_on": date.isoformat(), "rank": len(listed) + 1}
    day.mkdir(parents=True, exist_ok=True)
    save(day / "papers.json", {**papers, "date": date.isoformat(), "papers": [*listed, {**like, **more}]})
    folder = day / paper_id
    folder.mkdir()
    for name in ("brief.json", "script.json", "document.json"):
        save(folder / name, {**load(source / name), **({"paper_id": paper_id} if name != "script.json" else {})})
    known = catalogue.identify(Workspace(show), SITE, date, paper_id)
    episode = load(source / "episode.json")
    (folder / "mixes").mkdir()
    (folder / episode["media"]["file"]).hardlink_to(source / episode["media"]["file"])
    published = dt.datetime.combine(date, dt.time(6), dt.UTC) + dt.timedelta(seconds=int(paper_id[-3:]))
    identity = {"guid": known.guid, "number": known.number, "published": published.isoformat()}
    title = f"Paper {paper_id} Reads Twice"
    save(
        folder / "episode.json", {**episode, **identity, "paper_id": paper_id, "day": date.isoformat(), "title": title}
    )
