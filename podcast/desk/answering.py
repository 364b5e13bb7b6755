"""How a request becomes a call, and what comes of it an answer: a page for who looks, JSON or sound for a page that
asks, and what went wrong in words for both."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from podcast.desk import gate, pages
from podcast.show.errors import Busy, NotReady, PodcastError, Stale, StorageError
from podcast.studio import Studio

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


@dataclass(frozen=True)
class Body:
    """What a page sends. What it lacks, or holds of another kind, is NotReady."""

    sent: Mapping[str, object]

    def number(self, name: str, default: int | None = None) -> int:
        value = self.sent.get(name, default)
        if not isinstance(value, int):
            raise _not_said()
        return value

    def text(self, name: str, default: str | None = None) -> str:
        value = self.sent.get(name, default)
        if not isinstance(value, str) or not _can_be_written(value):
            raise _not_said()
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        values = self.sent.get(name, [])
        if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
            raise _not_said()
        return tuple(values)

    def flag(self, name: str) -> bool:
        return bool(self.sent.get(name))


_MOST = 2**20
"""Bytes that a page may send at once: a script of ten hours is a tenth of it."""


def looking(studio: Callable[[], Studio], look: Callable[[Studio, "Request"], object]) -> Callable[["Request"], Any]:
    """Return what answers who looks."""

    def answer(request: "Request") -> "Response":
        try:
            return _answered(look(studio(), request))
        except (PodcastError, OSError) as error:
            return _failed(error, request)

    return answer


def acting(
    studio: Callable[[], Studio], act: Callable[[Studio, "Request", Body], object]
) -> Callable[["Request"], Any]:
    """Return what answers a page that wants something done."""
    from starlette.concurrency import run_in_threadpool

    async def answer(request: "Request") -> "Response":
        try:
            body = await _body(request)
            return _answered(await run_in_threadpool(lambda: act(studio(), request, body)))
        except (PodcastError, OSError) as error:
            return _failed(error, request)

    return answer


async def _body(request: "Request") -> Body:
    """Return the request's JSON, which no form of another site can send."""
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise NotReady("the desk is asked in JSON", "load the page again")
    try:
        found = json.loads(await gate.body(request, _MOST))
    except (ValueError, RecursionError) as error:
        raise _not_said() from error
    if not isinstance(found, dict):
        raise NotReady("the desk is asked by an object", "load the page again")
    return Body(found)


def _not_said() -> NotReady:
    """Return what becomes of a request that lacks something, or holds what cannot be."""
    return NotReady("the page asked for what cannot be", "load it again")


def _can_be_written(text: str) -> bool:
    """Whether it is text: JSON may name halves of letters."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def _answered(made: object) -> "Response":
    from starlette.responses import JSONResponse, Response

    if isinstance(made, bytes):
        return Response(made, media_type="audio/wav")
    return made if isinstance(made, Response) else JSONResponse(made)


def _failed(error: Exception, request: "Request") -> "Response":
    """Return what went wrong, in words."""
    from starlette.responses import HTMLResponse, JSONResponse

    known = StorageError.of(error) if isinstance(error, OSError) else error
    if not isinstance(known, PodcastError):
        raise error
    status = 409 if isinstance(known, Stale | Busy) else 404 if isinstance(known, NotReady) else 422
    if request.method == "GET":
        return HTMLResponse(pages.render("wrong.html", said=str(known), hint=known.hint), status)
    return JSONResponse({"error": str(known), "hint": known.hint, "kind": type(known).__name__}, status)


def page(name: str, studio: Studio, /, **context: object) -> "Response":
    """Return a page of the show."""
    from starlette.responses import HTMLResponse

    return HTMLResponse(pages.render(name, show=studio.config.show, **context))


def file(path: Path, kind: str) -> "Response":
    """Return a file of that type; a part of it, where that is asked for."""
    from starlette.responses import FileResponse

    return FileResponse(path, media_type=kind)
