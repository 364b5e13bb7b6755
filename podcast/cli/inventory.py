"""What there is of each paper, and of a day: rows for status and fetch."""

import datetime as dt
import itertools
import json
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from pydantic import JsonValue

from podcast import grounding, instead, sources
from podcast.papers import asked, days, fallen, select
from podcast.press import release
from podcast.press.transcript import clock
from podcast.publishers import gathering, items
from podcast.recording import ordering
from podcast.serving.headers import is_audio
from podcast.show import catalogue, frozen, ledger, mending, packaged, store
from podcast.show.errors import ConfigError, DocumentError, MissingDependency, SynthesisError, quoted
from podcast.show.schema import (
    OTHERS,
    TRAILER,
    Day,
    Document,
    Episode,
    LastPublish,
    Quarantine,
    Run,
    RunDay,
    Script,
    Selection,
    paper_of,
    whose,
)
from podcast.show.workspace import PaperFolder, Workspace
from podcast.studio import Studio
from podcast.writers import prompting

UNPUBLISHED = "not published"
"""What the note of an episode begins with that is done, and whose sound no listener can have."""


def _joined(*notes: str) -> str:
    return "; ".join(filter(None, notes))


def of_papers(studio: Studio, date: dt.date | None = None) -> Iterator[dict[str, object]]:
    """Yield a row for each paper that has a folder, and for each episode that was made and lost its own, as publishing
    finds it; oldest day first; of one day, where that is given."""
    workspace = studio.workspace
    numbers, book = catalogue.aired(workspace), ledger.Ledger(workspace.root, workspace.ledger)
    spoken_by, elsewhere = _spoken_by(studio), catalogue.elsewhere(workspace)
    made = {name for name in gathering.survey(workspace).made if f"{name[:10]}/{name[11:]}" not in elsewhere}
    here = {f"{folder.day}-{folder.paper_id}": folder for folder in workspace.papers()}
    served = Counter(whose(f"media/{file}")[0] for file in store.names(workspace.feed / "media") if is_audio(file))
    several = {episode for episode, count in served.items() if count > 1}
    for episode in sorted({*here, *made}):
        folder = here.get(episode) or workspace.episode(episode)
        if date in (None, folder.day) and (episode in made or not folder.is_only_read()):
            name = f"{folder.day}/{folder.paper_id}"
            number = numbers.get(name)
            if episode in made and (gone := gathering.gone(folder)):
                row = _gone(studio, folder, number, book, gone)
            elif spoken_by:
                row = _known(studio, folder, number, book, spoken_by)
            else:
                row = _row(studio, folder, number, book)
            sound, is_heard = str(row.pop("sound", "")), workspace.is_published
            if number == 0 and folder.paper_id != TRAILER:
                told = "in the feed without a number: another machine gave the same one at the same time"
                row["note"] = _joined(str(row["note"]), told)
            if row["state"] == "withdrawn" and gathering.is_still_aired(workspace, folder):
                row["note"] = "still out → podcast publish"
            elif row["state"] == "done" and name not in elsewhere and not is_heard(folder, sound):
                row |= {"note": _joined(f"{UNPUBLISHED} → podcast publish", str(row["note"]))}
            elif row["state"] == "done" and _stands_otherwise(workspace, folder, sound, several, name in elsewhere):
                why = f"{UNPUBLISHED}: it stands otherwise → podcast publish"
                row |= {"note": _joined(why, str(row["note"]))}
            yield row
    book.keep()


def _stands_otherwise(
    workspace: Workspace, folder: PaperFolder, sound: str, several: Collection[str], elsewhere: bool
) -> bool:  # fmt: skip
    """Whether listeners have the episode with another sound than the one that is here, which they had before: of those
    of which feed/ has `several`; or, `elsewhere`, as another machine made it."""
    episode = f"{folder.day}-{folder.paper_id}"
    if elsewhere:
        return any(path.is_file() for path in folder.mixes.glob("*.mp3"))
    stood = catalogue.stood(workspace, episode) if episode in several else None
    return stood is not None and stood.episode.media.sha256 != sound


def _gone(
    studio: Studio, folder: PaperFolder, number: int | None, book: ledger.Ledger, gone: DocumentError
) -> dict[str, object]:
    """Return the row of an episode that was made, and whose record is gone."""
    row = _row(studio, folder, number, book)
    stood = catalogue.stood(studio.workspace, f"{folder.day}-{folder.paper_id}")
    lost = {"state": "broken", "stage": "mix", "note": f"{gone} → {gone.hint}"}
    title = {"title": stood.episode.title} if stood else {}
    return row | title | (lost if row["state"] == "in work" else {})


def _known(
    studio: Studio, folder: PaperFolder, number: int | None, book: ledger.Ledger, spoken_by: str
) -> dict[str, object]:
    """Return the paper's row: as the ledger has it where all is done and nothing moved since, else looked into."""
    name, made_of = f"{folder.day}/{folder.paper_id}", f"{spoken_by} {number}"
    if told := book.find("row", name, made_of):
        found: dict[str, object] = json.loads(told)
        return found
    mixes = sorted(folder.mixes.glob("*")) if folder.mixes.is_dir() else []
    rests_on = [folder.root, folder.takes, folder.mixes, folder.script, folder.fallback, folder.quarantine, *mixes]
    if folder.episode.is_file() and folder.paper_id not in OTHERS:  # which rests on other papers too
        rests_on += [folder.episode, folder.brief, folder.document, folder.own, studio.workspace.day(folder.day).papers]
        paths = "\n".join(str(path)[len(str(studio.workspace.root)) + 1 :] for path in rests_on)
        state, row = book.state(paths), _row(studio, folder, number, book)
        if row["state"] == "done" and not store.load(Script, folder.script).voices:
            book.put("row", name, json.dumps(row), made_of, paths, state)
        return row
    return _row(studio, folder, number, book)


def _spoken_by(studio: Studio) -> str:
    """Return what says how the show's hosts speak, and what looks at it; "" where that cannot be told."""
    try:
        cast = studio.cast
    except (MissingDependency, ConfigError, SynthesisError, DocumentError):
        return ""  # each row says why
    hosts: dict[str, JsonValue] = {
        key: [ordering.voice_made_of(actor), actor.voice.model_dump(mode="json"), list(actor.models_before)]
        for key, actor in cast.items()
    }
    lexicons = (packaged.voices() / "lexicon.tsv", studio.workspace.voices / "lexicon.tsv")
    read: list[JsonValue] = [store.file_sha256(path) if path.is_file() else None for path in lexicons]
    language, stats = studio.config.show.language, [path.stat() for path in sorted(studio.workspace.voices.rglob("*"))]
    read += [[stat.st_size, stat.st_mtime_ns] for stat in stats]  # an episode in another language has other voices
    return store.fingerprint("row", 2, [packaged.program(), prompting.fingerprint(), language, hosts, *read])


def _row(studio: Studio, folder: PaperFolder, number: int | None, book: ledger.Ledger) -> dict[str, object]:
    """Return what there is of the paper."""
    made = (("mix", folder.episode), ("write", folder.script), ("read", folder.brief))
    row: dict[str, object] = {
        "day": folder.day.isoformat(),
        "paper": folder.paper_id,
        "format": folder.paper_id if folder.paper_id in OTHERS else folder.format,
        "episode": number or None,
        "state": "in work",
        "stage": next((name for name, path in made if path.is_file()), "fetch"),
        "takes": "",
        "length": "",
        "title": "",
        "note": "",
    }
    try:
        _look_into(studio, folder, row)
        if folder.episode.is_file() and not folder.withdrawn.is_file():
            release.load(studio.workspace, folder, book.sha256)  # what publishing will find
            if lost := items.lost_texts(folder, items.sources(studio.workspace, folder)):
                row["note"] = _joined(" → ".join(mending.absent(lost)), str(row["note"]))
    except DocumentError as error:
        row |= {"state": "broken", "note": f"{error} → {error.hint}"}
    except (MissingDependency, ConfigError, SynthesisError) as error:
        row |= {"state": "unknown", "note": f"{error} → {error.hint}"}
    if folder.withdrawn.is_file():
        row |= {
            "state": "withdrawn",
            "note": f"kept out of the feed → rm {quoted(folder.withdrawn)}, then podcast publish",
        }
    if reason := store.load_disposable(Quarantine, folder.quarantine):
        said = reason.message if reason.message.startswith(reason.stage) else f"{reason.stage}: {reason.message}"
        row |= {"state": "quarantined", "stage": reason.stage, "note": f"{said} → {reason.hint}"}
    return row


def nothing(workspace: Workspace, date: dt.date | None = None) -> Iterator[str]:
    """Yield what to say of a show without a paper: what its last run came to, where there was one, and what is next; of
    a day without one, where that is given, in a show that has others, how it is made."""
    if date and any(not folder.is_only_read() for folder in workspace.papers()):
        yield f"Nothing is here of {date}. Next: podcast make {date}"
        return
    runs = sorted(workspace.runs.glob("*.json"))
    last = store.load_disposable(Run, runs[-1]) if runs else None
    if last is None:
        yield "Nothing has been made yet. Next: podcast make --demo"
        return
    from podcast import daily

    yield f"Nothing has been made yet. The last run, of {last.started:%Y-%m-%d %H:%M} UTC:"
    yield from daily.lines(last)
    yield "Next: podcast run"


def since(studio: Studio, first: dt.date, last: dt.date) -> Iterator[dict[str, object]]:
    """Yield a row for each of these days: what became of it, by the reports of `podcast run` and what there is of it.

    Days before the show's first are left out. Well is a day that was made and whose papers are whole and published,
    that has no papers, or whose list may still come: a run asks for it again. None is from where the last runs stopped,
    or did not publish what they made, until a publish goes well.
    """
    found = (store.load_disposable(Run, path) for path in sorted(studio.workspace.runs.glob("*.json")))
    reports = [report for report in found if report]
    told = {day.date: day for report in reports for day in report.days}  # the last report of a day counts
    sent = store.load_disposable(LastPublish, studio.workspace.last_publish)
    stopped, why = _stopped([report for report in reports if sent is None or report.ended > sent.at])
    elsewhere = catalogue.elsewhere(studio.workspace)
    papers: dict[dt.date, list[dict[str, object]]] = {}
    for row in of_papers(studio):
        date = dt.date.fromisoformat(str(row["day"]))
        own = studio.workspace.day(date).paper(str(row["paper"])).own
        of_list = row["paper"] != TRAILER and not own.is_file()
        if of_list or row["state"] == "broken":  # a day is made by what comes of its list alone
            papers.setdefault(date, []).append(row)
    begun = min({*told, *papers} - {sources.DEMO_DAY}, default=last)
    for date in (first + dt.timedelta(days=step) for step in range((last - first).days + 1)):
        if date < begun:
            continue
        here, report = papers.get(date, []), told.get(date)
        wrong = [f"{row['paper']} is {row['state']}" for row in here if row["state"] not in ("done", "withdrawn")]
        made = sum(row["state"] == "done" for row in here)
        known = {*elsewhere, *(f"{date}/{row['paper']}" for row in here)}
        gone = [name for name in _heard(report) if f"{date}/{name}" not in known]
        wrong += [f"{name} is gone" for name in gone]
        state = report.state if report else "not looked at"
        if made and state != "made":  # by hand since, or by a run that left no report
            state = "made"
        waiting = [str(row["paper"]) for row in here if str(row["note"]).startswith(UNPUBLISHED)]
        unheard = [] if wrong else [f"{name} is {UNPUBLISHED}" for name in waiting]
        said = [report.reason] if report and report.reason and state == report.state else []
        reason = "; ".join([*wrong, *said])
        well = not wrong and state in ("made", "empty", "awaited")
        fix = "" if well else f"podcast make {date}" if report or here else "podcast run"
        if fix and (gone or any(row["state"] == "broken" for row in here)):  # which the day may not choose now
            looks = [f"podcast status {date}"] if len(wrong) > len(gone) else []
            fix = "; ".join([*looks, *(studio.workspace.day(date).paper(name).maker for name in gone)])
        if well and date >= stopped:
            well, reason = False, _joined(reason, why)
        elif well and unheard:
            well, reason, fix = False, "; ".join([*unheard, *said]), "podcast publish"
        yield {
            "day": date.isoformat(), "well": "yes" if well else "no", "state": state, "episodes": made,
            "reason": f"{reason} → {fix}" if fix and reason else fix or reason,
        }  # fmt: skip


def _stopped(reports: Sequence[Run]) -> tuple[dt.date, str]:
    """Return the first day of those that wait since the last runs stopped, or published nothing of what they made, and
    why, with what mends it; of a show whose last run went well, a day that never comes. The reports are those since the
    last publish that went well: what came before it is mended."""
    last = reports[-1] if reports else None
    if last is None or not _fell_short(last):
        return dt.date.max, ""
    waiting = list(itertools.takewhile(lambda report: not report.published and _fell_short(report), reversed(reports)))
    begun = (
        day.date
        for report in waiting or [last]
        for day in report.days
        if day.state == "missing" or (_heard(day) and not report.published)
    )
    said, fix = (last.error, last.hint) if last.error else ("what was made is not published", "podcast publish")
    return min(begun, default=last.started.date() - dt.timedelta(days=1)), f"{said} → {fix}" if fix else said


def _fell_short(report: Run) -> bool:
    """Whether the run stopped, or made episodes and published none."""
    return bool(report.error) or (not report.published and any(_heard(day) for day in report.days))


def _heard(day: RunDay | None) -> Sequence[str]:
    """Return the papers of which the report says that the day has an episode."""
    return [paper.paper_id for paper in (day.papers if day else ()) if paper.number]


def of_day(studio: Studio, date: dt.date) -> list[dict[str, object]]:
    """Return a row for each paper of the day, in rank order: chosen or not, why, and what there is of it; then for each
    other episode of the day that is broken."""
    folder = studio.workspace.day(date)
    rows = {str(row["paper"]): row for row in of_papers(studio, date)}
    if not folder.papers.is_file():
        return list(rows.values())
    day = frozen.day(folder)
    found = store.load_disposable(Selection, folder.selection) or _judged(studio, day)
    verdicts = {verdict.paper_id: verdict for verdict in found.verdicts}
    table: list[dict[str, object]] = []
    for paper in asked.joined(day, asked.under(folder)).papers:
        verdict = verdicts.get(paper.id)
        told = {str(row["format"]): row for name, row in rows.items() if paper_of(name) == paper.id}
        row = next(iter(told.values()), {})
        table.append(
            {
                "rank": paper.rank,
                "upvotes": paper.upvotes,
                "paper": paper.id,
                "chosen": "yes" if not paper.listing or (verdict and verdict.chosen) else "no",
                "reason": select.reason(paper, verdict),
                "state": row.get("state", ""),
                "formats": {name: each["state"] for name, each in told.items()},
                "title": paper.title,
                "note": _joined(*dict.fromkeys(str(each["note"]) for each in told.values())),
            }
        )
    for name, row in rows.items():
        if row["state"] == "broken" and paper_of(name) not in {each["paper"] for each in table}:
            formats = {str(row["format"]): row["state"]}
            table.append({
                "rank": None, "upvotes": None, "paper": name, "chosen": "yes", "reason": row["state"],
                "state": row["state"], "formats": formats, "title": row["title"], "note": row["note"],
            })  # fmt: skip
    return table


def listing(studio: Studio, day: Day, before: Day | None = None) -> list[dict[str, object]]:
    """Return a row for each paper of the day; what moved since `before`, where that is given."""
    chosen = _judged(studio, day).chosen()
    moved = days.moved(before, day) if before else None
    return [
        {
            "day": day.date.isoformat(),
            "rank": paper.rank,
            "upvotes": paper.upvotes,
            **({"moved": moved[paper.id]} if moved is not None else {}),
            "paper": paper.id,
            "chosen": "yes" if paper.id in chosen else "",
            "title": paper.title,
        }
        for paper in day.papers
    ]


def gone(before: Day | None, day: Day) -> list[str]:
    """Return the ids that `before` listed and the day does not."""
    listed = {paper.id for paper in day.papers}
    return [paper.id for paper in (before.papers if before else ()) if paper.id not in listed]


def _judged(studio: Studio, day: Day) -> Selection:
    from podcast import pipeline

    return pipeline.judge(studio, day)


def _text(folder: PaperFolder) -> str:
    """Return why the paper was read from its abstract alone; "" where it was not."""
    if not folder.document.is_file() or (document := store.load(Document, folder.document)).source != "abstract":
        return ""
    why = f": {document.why_abstract}" if document.why_abstract else ""
    again = f"regenerate {folder.named} --from read" if folder.script.is_file() else f"read {folder.named} --again"
    return f"read from the abstract only{why} → podcast {again}"


def _look_into(studio: Studio, folder: PaperFolder, row: dict[str, object]) -> None:
    paper = asked.entry(studio.workspace, folder)
    row["title"] = paper.title if paper else ""
    fell = fallen.why(paper) if paper else ""
    known = _joined(fell, _text(folder))
    row["note"] = _joined(known, instead.told(folder))
    if not folder.script.is_file() and not folder.episode.is_file():
        return
    script = store.load(Script, folder.script)
    orders = studio.orders(script, folder)
    missing = [order for order in orders if not folder.take(order.key).is_file()]
    row["takes"] = f"{len(orders) - len(missing)}/{len(orders)}"
    if not folder.episode.is_file():
        return
    episode = store.load(Episode, folder.episode)
    row["length"] = clock(episode.media.duration)
    heard = [cue.take for cue in episode.cues]
    if heard == [order.key for order in orders]:
        row |= {"state": "done", "sound": episode.media.sha256}
        notes = [known, instead.told(folder)]
        if doubted := len(grounding.doubts(script)):
            lines = "line is" if doubted == 1 else "lines are"
            notes.append(f"{doubted} {lines} doubted → podcast script {folder.named}")
        if script.made_with.get("prompts", prompting.fingerprint()) != prompting.fingerprint():
            notes.append(f"written with other prompts → podcast regenerate {folder.named} --from write")
        row["note"] = _joined(*notes)
    else:
        said = [cue.text for cue in episode.cues] != [line.text for line in script.lines]
        if said:
            what = f"the script changed since the mix → podcast regenerate {folder.named}"
        elif others := _other_voices(episode, orders):
            what = f"{others} → podcast regenerate {folder.named} speaks it anew"
        else:
            what = f"it is spoken otherwise now, by the lexicon or other settings → podcast regenerate {folder.named}"
        row |= {"state": "stale", "note": what}


def _other_voices(episode: Episode, orders: Sequence[ordering.Order]) -> str:
    """Return whose voices it was spoken in, and whose it would be; "" where they are the same."""
    now = {order.line.host: order.actor.voice.name for order in orders}
    pairs = [(episode.voice(host), name) for host, name in now.items() if episode.voice(host) not in ("", name)]
    if not pairs:
        return ""
    was, name = (" and ".join(dict.fromkeys(each)) for each in zip(*pairs, strict=True))
    return f"spoken by {was}; in this show it would be {name}"
