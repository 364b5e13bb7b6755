"""The desk's addresses: pages to look at, and what a page may ask for. The state is the show's files, and no other."""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from podcast.desk import answering, doing, drafting, episode, form, history, pages, running, shelf, studios
from podcast.desk import hand as hands
from podcast.desk.answering import Body
from podcast.desk.gate import Gate
from podcast.papers import asked
from podcast.pipeline import STAGES
from podcast.show import store
from podcast.show.errors import NotReady
from podcast.show.iso639 import base
from podcast.show.schema import Episode, Paper
from podcast.studio import Studio, script_of

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route


def application(
    root: Path, token: str, port: int, password: str = "", names: Collection[str] = ()
) -> "tuple[Starlette, hands.Hand]":
    """Return the desk of the show in that folder, and its hand, which is to be closed in the end."""
    from starlette.applications import Starlette
    from starlette.middleware import Middleware

    desk = Desk(root)
    gate = Middleware(Gate, token=token, port=port, password=password, names=names)
    return Starlette(routes=list(desk.routes()), middleware=[gate]), desk.hand


@dataclass
class Desk:
    """What is answered at each address."""

    root: Path
    hand: hands.Hand = field(default_factory=hands.Hand)

    def routes(self) -> "list[Route]":
        from starlette.routing import Route

        looks = {
            "/": self.shelf, "/assets/{name}": self.asset, "/day": self.day, "/runs": self.runs,
            "/settings": self.settings, "/e/{day}/{paper}/": self.episode, "/e/{day}/{paper}/lines": self.lines,
            "/e/{day}/{paper}/state": self.state, "/e/{day}/{paper}/history": self.history,
            "/e/{day}/{paper}/episode.mp3": self.sound, "/e/{day}/{paper}/take/{key}.flac": self.take,
        }  # fmt: skip
        acts: dict[str, Callable[[Studio, Body], object]] = {
            "/publish": self.publish, "/check": self.check, "/lexicon": self.lexicon,
            "/settings": self.set, "/runs": self.run, "/runs/stop": self.stop,
        }  # fmt: skip
        of_paper: dict[str, Callable[[Studio, Paper, Body], object]] = {
            "type": self.type, "propose": self.propose, "hear": self.hear, "change": self.change, "undo": self.undo,
            "back": self.back, "drop": self.drop, "mix": self.mix, "mark": self.mark, "look": self.look,
            "say": self.say,
        }  # fmt: skip
        return [
            *(Route(path, answering.looking(self.studio, look), methods=["GET"]) for path, look in looks.items()),
            *(Route(path, answering.acting(self.studio, _of_show(act)), methods=["POST"])
              for path, act in acts.items()),
            *(Route(f"/e/{{day}}/{{paper}}/{name}", answering.acting(self.studio, _of_paper(act)), methods=["POST"])
              for name, act in of_paper.items()),
        ]  # fmt: skip

    def studio(self) -> Studio:
        return studios.studio(self.root)

    # --- looked at ----------------------------------------------------------------------------------

    def asset(self, studio: Studio, request: "Request") -> "Response":
        from starlette.responses import Response

        from podcast.serving import headers

        name = request.path_params["name"]
        if name not in pages.ASSETS:
            raise NotReady(f"there is no {name} here", "go back to the list")
        return Response(pages.asset(name), media_type=headers.content_type(name))

    def shelf(self, studio: Studio, request: "Request") -> "Response":
        volumes, left = shelf.shelf(studio)
        return answering.page("shelf.html", studio, volumes=volumes, left=left,
                              waiting=sum(one.needs_an_eye for one in volumes))  # fmt: skip

    def episode(self, studio: Studio, request: "Request") -> "Response":
        paper = _paper(studio, request)
        if reason := episode.stuck(studio, paper):
            return answering.page("stuck.html", studio, paper=paper, reason=reason, stages=tuple(STAGES),
                                  name=studio.folder(paper).paper_id)  # fmt: skip
        shown = episode.show(studio, paper)
        return answering.page("episode.html", studio, shown=shown, hosts=shown.hosts, voices=_voices(studio, paper))

    def lines(self, studio: Studio, request: "Request") -> "Response":
        shown = episode.show(studio, _paper(studio, request))
        return answering.page("lines.html", studio, shown=shown, hosts=shown.hosts)

    def state(self, studio: Studio, request: "Request") -> object:
        paper = _paper(studio, request)
        folder = studio.folder(paper)
        script = script_of(studio, paper)
        return {"version": script.version, "stamp": episode.stamp(folder), "busy": running.is_held(folder.lock)}

    def history(self, studio: Studio, request: "Request") -> "Response":
        paper = _paper(studio, request)
        changes = list(history.of(studio.folder(paper), script_of(studio, paper)))
        return answering.page("history.html", studio, changes=changes)

    def sound(self, studio: Studio, request: "Request") -> "Response":
        folder = studio.folder(_paper(studio, request))
        if not folder.episode.is_file():
            raise NotReady("it is not mixed yet", "mix it")
        return answering.file(folder.root / store.load(Episode, folder.episode).media.file, "audio/mpeg")

    def take(self, studio: Studio, request: "Request") -> "Response":
        key = request.path_params["key"]
        path = studio.folder(_paper(studio, request)).take(key)
        if not key.isalnum() or not path.is_file():
            raise NotReady("that take is not there", "load the page again")
        return answering.file(path, "audio/flac")

    def day(self, studio: Studio, request: "Request") -> "Response":
        wanted = request.query_params.get("date", "")
        days = [folder.date for folder in reversed(studio.workspace.days()) if asked.is_day(folder)]
        date = _date(wanted) if wanted else (days[0] if days else dt.datetime.now(dt.UTC).date() - dt.timedelta(days=1))
        found = shelf.candidates(studio, date) if date in days else ()
        return answering.page("day.html", studio, date=date, days=days, papers=found, stages=tuple(STAGES),
                              others=shelf.others(studio, date))  # fmt: skip

    def runs(self, studio: Studio, request: "Request") -> "Response":
        found = list(running.runs(studio.workspace))
        words = {run.name: running.last_words(studio.workspace, run.name) for run in found}
        part = "runs-list.html" if "part" in request.query_params else "runs.html"
        return answering.page(part, studio, runs=found, words=words)

    def settings(self, studio: Studio, request: "Request") -> "Response":
        return answering.page("settings.html", studio, sections=list(form.sections(studio.workspace.config)))

    # --- asked for ----------------------------------------------------------------------------------

    def type(self, studio: Studio, paper: Paper, body: Body) -> object:
        self.hand.warm()
        shown = body.text("was", ""), body.text("host", "")
        found = doing.type_(studio, paper, body.number("base"), body.number("line"), body.text("text"), *shown)
        return doing.told(found)

    def propose(self, studio: Studio, paper: Paper, body: Body) -> object:
        return doing.told(doing.propose(studio, paper, doing.Wanted.read(body.sent)))

    def hear(self, studio: Studio, paper: Paper, body: Body) -> object:
        first = body.number("first")
        wanted = doing.Wanted.read(body.sent)
        return doing.hear(studio, paper, wanted, first, body.number("last", first), self.hand)

    def change(self, studio: Studio, paper: Paper, body: Body) -> object:
        because, allow = body.text("because", ""), body.flag("allow")
        return {"version": doing.commit(studio, paper, doing.Wanted.read(body.sent), because, allow)}

    def undo(self, studio: Studio, paper: Paper, body: Body) -> object:
        return {"version": doing.undo(studio, paper, body.number("base"))}

    def back(self, studio: Studio, paper: Paper, body: Body) -> object:
        return {"version": doing.back_to(studio, paper, body.number("base"), body.number("number"))}

    def mark(self, studio: Studio, paper: Paper, body: Body) -> object:
        base, line = body.number("base"), body.number("line")
        if body.flag("done"):
            doing.unmark(studio, paper, base, line)
        else:
            doing.mark(studio, paper, base, line, body.text("note", ""))
        return {}

    def look(self, studio: Studio, paper: Paper, body: Body) -> object:
        doing.let_pass(studio, paper, body.number("base"), body.number("line"))
        return {}

    def drop(self, studio: Studio, paper: Paper, body: Body) -> object:
        drafting.drop(studio.folder(paper), body.text("was"), body.text("host"), body.number("line", 0))
        return {}

    def mix(self, studio: Studio, paper: Paper, body: Body) -> object:
        folder = studio.folder(paper)
        return {"wrong": self.hand.do(hands.mix, self.root, folder.day.isoformat(), folder.paper_id)}

    def publish(self, studio: Studio, body: Body) -> object:
        return {"wrong": self.hand.do(hands.publish, self.root)}

    def check(self, studio: Studio, body: Body) -> object:
        return {"wrong": self.hand.do(hands.check, self.root)}

    def say(self, studio: Studio, paper: Paper, body: Body) -> object:
        folder, (host, text) = studio.folder(paper), (body.text("host"), body.text("text"))
        return self.hand.do(hands.say, self.root, folder.day.isoformat(), folder.paper_id, host, text)

    def lexicon(self, studio: Studio, body: Body) -> object:
        doing.spell(studio, body.text("written"), body.text("spoken"))
        return {}

    def set(self, studio: Studio, body: Body) -> object:
        form.change(studio.workspace.config, body.text("name"), body.text("value"))
        return {}

    def run(self, studio: Studio, body: Body) -> object:
        stages = tuple(stage for stage in STAGES if stage in body.texts("stages"))
        if not stages:
            raise NotReady("no stage is ticked", "tick those that are to be done")
        errand = running.Errand(
            day=_date(body.text("day")), papers=body.texts("papers"), stages=stages,
            publish=body.flag("publish"), begun=dt.datetime.now(dt.UTC),
        )  # fmt: skip
        return {"run": running.start(studio.workspace, errand)}

    def stop(self, studio: Studio, body: Body) -> object:
        running.stop(studio.workspace, body.text("run"))
        return {}


def _of_show(act: Callable[[Studio, Body], object]) -> Callable[[Studio, "Request", Body], object]:
    return lambda studio, request, body: act(studio, body)


def _of_paper(act: Callable[[Studio, Paper, Body], object]) -> Callable[[Studio, "Request", Body], object]:
    return lambda studio, request, body: act(studio, _paper(studio, request), body)


def _paper(studio: Studio, request: "Request") -> Paper:
    return episode.find(studio, request.path_params["day"], request.path_params["paper"])


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise NotReady(f"{text!r} is no day", "write 2025-09-12") from error


def _voices(studio: Studio, paper: Paper) -> list[str]:
    """Return the voices of the episode's language."""
    language = base(studio.language_of(script_of(studio, paper), studio.folder(paper)))
    return [name for name, voice in studio.voices.items() if base(voice.language) == language]
