"""The desk's addresses: pages to look at, and what a page may ask for. The state is the show's files, and no other."""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from podcast.desk import doing, drafting, episode, form, history, pages, running, shelf, studios
from podcast.desk import hand as hands
from podcast.desk.gate import HEADERS, Gate
from podcast.pipeline import STAGES
from podcast.show import store
from podcast.show.errors import Busy, NotReady, PodcastError, Stale, StorageError
from podcast.show.schema import Paper
from podcast.studio import Studio, script_of

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

Body = dict[str, Any]
"""What a page sends."""


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
            "/publish": self.publish, "/check": self.check, "/say": self.say, "/lexicon": self.lexicon,
            "/settings": self.set, "/runs": self.run, "/runs/stop": self.stop,
        }  # fmt: skip
        of_paper: dict[str, Callable[[Studio, Paper, Body], object]] = {
            "type": self.type, "propose": self.propose, "hear": self.hear, "change": self.change, "undo": self.undo,
            "back": self.back, "drop": self.drop, "mix": self.mix,
        }  # fmt: skip
        return [
            *(Route(path, _looking(self, look), methods=["GET"]) for path, look in looks.items()),
            *(Route(path, _acting(self, act), methods=["POST"]) for path, act in acts.items()),
            *(Route(f"/e/{{day}}/{{paper}}/{name}", _acting_on(self, act), methods=["POST"])
              for name, act in of_paper.items()),
        ]  # fmt: skip

    @property
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
        volumes = shelf.shelf(studio)
        return _page("shelf.html", studio, volumes=volumes, waiting=sum(one.needs_an_eye for one in volumes))

    def episode(self, studio: Studio, request: "Request") -> "Response":
        shown = episode.show(studio, _paper(studio, request))
        return _page("episode.html", studio, shown=shown, hosts=studio.config.hosts, voices=_voices(studio))

    def lines(self, studio: Studio, request: "Request") -> "Response":
        shown = episode.show(studio, _paper(studio, request))
        return _page("lines.html", studio, shown=shown, hosts=studio.config.hosts)

    def state(self, studio: Studio, request: "Request") -> object:
        paper = _paper(studio, request)
        folder = studio.folder(paper)
        script = script_of(studio, paper)
        return {"version": script.version, "typed": len(drafting.kept(folder)), "busy": _is_held(folder.lock)}

    def history(self, studio: Studio, request: "Request") -> "Response":
        paper = _paper(studio, request)
        changes = list(history.of(studio.folder(paper), script_of(studio, paper)))
        return _page("history.html", studio, changes=changes)

    def sound(self, studio: Studio, request: "Request") -> "Response":
        made = episode.show(studio, _paper(studio, request))
        if made.episode is None:
            raise NotReady("it is not mixed yet", "mix it")
        return _file(studio.folder(made.paper).root / made.episode.media.file, "audio/mpeg")

    def take(self, studio: Studio, request: "Request") -> "Response":
        key = request.path_params["key"]
        path = studio.folder(_paper(studio, request)).take(key)
        if not key.isalnum() or not path.is_file():
            raise NotReady("that take is not there", "load the page again")
        return _file(path, "audio/flac")

    def day(self, studio: Studio, request: "Request") -> "Response":
        asked = request.query_params.get("date", "")
        days = [folder.date for folder in reversed(studio.workspace.days()) if folder.papers.is_file()]
        date = _date(asked) if asked else (days[0] if days else dt.datetime.now(dt.UTC).date() - dt.timedelta(days=1))
        found = shelf.candidates(studio, date) if date in days else ()
        return _page("day.html", studio, date=date, days=days[:30], papers=found, stages=tuple(STAGES))

    def runs(self, studio: Studio, request: "Request") -> "Response":
        found = list(running.runs(studio.workspace))
        words = {run.name: running.last_words(studio.workspace, run.name) for run in found}
        part = "runs-list.html" if "part" in request.query_params else "runs.html"
        return _page(part, studio, runs=found, words=words)

    def settings(self, studio: Studio, request: "Request") -> "Response":
        return _page("settings.html", studio, sections=list(form.sections(studio.workspace.config)))

    # --- asked for ----------------------------------------------------------------------------------

    def type(self, studio: Studio, paper: Paper, body: Body) -> object:
        return doing.told(doing.type_(studio, paper, int(body["base"]), int(body["line"]), str(body["text"])))

    def propose(self, studio: Studio, paper: Paper, body: Body) -> object:
        return doing.told(doing.propose(studio, paper, doing.Wanted.read(body)))

    def hear(self, studio: Studio, paper: Paper, body: Body) -> object:
        first = int(body["first"])
        wanted = doing.Wanted.read(body)
        return doing.hear(studio, paper, wanted, first, int(body.get("last", first)), self.hand)

    def change(self, studio: Studio, paper: Paper, body: Body) -> object:
        wanted, because = doing.Wanted.read(body), str(body.get("because", ""))
        return {"version": doing.commit(studio, paper, wanted, because, allow=bool(body.get("allow")))}

    def undo(self, studio: Studio, paper: Paper, body: Body) -> object:
        return {"version": doing.undo(studio, paper, int(body["base"]))}

    def back(self, studio: Studio, paper: Paper, body: Body) -> object:
        return {"version": doing.back_to(studio, paper, int(body["base"]), int(body["number"]))}

    def drop(self, studio: Studio, paper: Paper, body: Body) -> object:
        with studio.alone(paper):
            drafting.drop(studio.folder(paper), str(body["was"]), str(body["host"]))
        return {}

    def mix(self, studio: Studio, paper: Paper, body: Body) -> object:
        folder = studio.folder(paper)
        return {"wrong": self.hand.do(hands.mix, self.root, folder.day.isoformat(), folder.paper_id)}

    def publish(self, studio: Studio, body: Body) -> object:
        return {"wrong": self.hand.do(hands.publish, self.root)}

    def check(self, studio: Studio, body: Body) -> object:
        return {"wrong": self.hand.do(hands.check, self.root)}

    def say(self, studio: Studio, body: Body) -> object:
        return self.hand.do(hands.say, self.root, str(body["host"]), str(body["text"]))

    def lexicon(self, studio: Studio, body: Body) -> object:
        doing.spell(studio, str(body["written"]), str(body["spoken"]))
        return {}

    def set(self, studio: Studio, body: Body) -> object:
        form.change(studio.workspace.config, str(body["name"]), str(body["value"]))
        return {}

    def run(self, studio: Studio, body: Body) -> object:
        stages = tuple(stage for stage in STAGES if stage in body.get("stages", ()))
        errand = running.Errand(
            day=_date(str(body["day"])), papers=tuple(map(str, body.get("papers", ()))), stages=stages,
            publish=bool(body.get("publish")), begun=dt.datetime.now(dt.UTC),
        )  # fmt: skip
        return {"run": running.start(studio.workspace, errand)}

    def stop(self, studio: Studio, body: Body) -> object:
        running.stop(studio.workspace, str(body["run"]))
        return {}


# --- how a request becomes a call, and what comes of it an answer -----------------------------------


def _looking(desk: Desk, look: Callable[[Studio, "Request"], object]) -> Callable[["Request"], "Response"]:
    def answer(request: "Request") -> "Response":
        try:
            return _answered(look(desk.studio, request))
        except (PodcastError, OSError) as error:
            return _failed(error, request)

    return answer


def _acting(desk: Desk, act: Callable[[Studio, Body], object]) -> Callable[["Request"], Any]:
    from starlette.concurrency import run_in_threadpool

    async def answer(request: "Request") -> "Response":
        try:
            body = await _body(request)
            return _answered(await run_in_threadpool(lambda: act(desk.studio, body)))
        except (PodcastError, OSError, KeyError, ValueError) as error:
            return _failed(error, request)

    return answer


def _acting_on(desk: Desk, act: Callable[[Studio, Paper, Body], object]) -> Callable[["Request"], Any]:
    from starlette.concurrency import run_in_threadpool

    async def answer(request: "Request") -> "Response":
        def done() -> object:
            studio = desk.studio
            return act(studio, _paper(studio, request), body)

        try:
            body = await _body(request)
            return _answered(await run_in_threadpool(done))
        except (PodcastError, OSError, KeyError, ValueError) as error:
            return _failed(error, request)

    return answer


async def _body(request: "Request") -> Body:
    """Return the request's JSON, which no form of another site can send."""
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise NotReady("the desk is asked in JSON", "load the page again")
    found = await request.json()
    if not isinstance(found, dict):
        raise NotReady("the desk is asked by an object", "load the page again")
    return found


def _answered(made: object) -> "Response":
    from starlette.responses import JSONResponse, Response

    if isinstance(made, bytes):
        answer = Response(made, media_type="audio/wav")
    elif isinstance(made, Response):
        answer = made
    else:
        answer = JSONResponse(made)
    answer.headers.update(HEADERS)
    return answer


def _failed(error: Exception, request: "Request") -> "Response":
    """Return what went wrong, in words: a page for who looks, JSON for a page that asks."""
    from starlette.responses import HTMLResponse, JSONResponse

    known = StorageError.of(error) if isinstance(error, OSError) else error
    if not isinstance(known, PodcastError):
        if isinstance(error, OSError):
            raise error
        known = NotReady("the page asked for what cannot be", "load it again")
    status = 409 if isinstance(known, Stale | Busy) else 404 if isinstance(known, NotReady) else 422
    if request.method == "GET":
        answer: Response = HTMLResponse(pages.render("wrong.html", said=str(known), hint=known.hint), status)
    else:
        answer = JSONResponse({"error": str(known), "hint": known.hint, "kind": type(known).__name__}, status)
    answer.headers.update(HEADERS)
    return answer


def _page(name: str, studio: Studio, **context: object) -> "Response":
    from starlette.responses import HTMLResponse

    return HTMLResponse(pages.render(name, show=studio.config.show, **context))


def _file(path: Path, kind: str) -> "Response":
    from starlette.responses import FileResponse

    return FileResponse(path, media_type=kind)


def _paper(studio: Studio, request: "Request") -> Paper:
    return episode.find(studio, request.path_params["day"], request.path_params["paper"])


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise NotReady(f"{text!r} is no day", "write 2025-09-12") from error


def _voices(studio: Studio) -> list[str]:
    """Return the voices of the show's language."""
    language = studio.config.show.language.partition("-")[0]
    return [name for name, voice in studio.voices.items() if voice.language.partition("-")[0] == language]


def _is_held(lock: Path) -> bool:
    """Whether a command works on it now."""
    try:
        with store.locked(lock, wait=False):
            return False
    except Busy:
        return True
