"""A web server for feed/ on this machine, that answers as podcast apps need it to.

Starlette's StaticFiles gives HEAD, byte ranges (206), ETag and Last-Modified (304), and keeps to its folder.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from podcast.errors import NotReady

if TYPE_CHECKING:
    from starlette.applications import Starlette

TYPES = {
    "feed.xml": "application/rss+xml; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".vtt": "text/vtt; charset=utf-8",
    ".srt": "application/x-subrip; charset=utf-8",
    ".chapters.json": "application/json+chapters",
    ".json": "application/json",
    ".opml": "text/x-opml; charset=utf-8",
}
"""Content types by the end of a path, the first that fits; other files go by what the system knows."""


def application(feed: Path) -> "Starlette":
    """Return the application that serves the folder `feed`; NotReady where nothing was published."""
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.middleware.cors import CORSMiddleware
    from starlette.responses import Response
    from starlette.routing import Mount
    from starlette.staticfiles import StaticFiles
    from starlette.types import Scope

    class Site(StaticFiles):
        def file_response(
            self,
            full_path: "os.PathLike[str] | str",
            stat_result: os.stat_result,
            scope: Scope,
            status_code: int = 200,
        ) -> Response:
            response = super().file_response(full_path, stat_result, scope, status_code)
            path = str(full_path)
            known = next((kind for end, kind in TYPES.items() if path.endswith(end)), None)
            if known and "content-type" in response.headers:
                response.headers["content-type"] = known
            # Names under media/ hold a hash of what they name; everything else may change any time.
            named_by_content = "/media/" in path
            response.headers["cache-control"] = (
                "public, max-age=31536000, immutable" if named_by_content else "no-cache"
            )
            return response

    if not (feed / "feed.xml").is_file():
        raise NotReady(f"there is nothing to serve in {feed}", "make something first: podcast make --demo")
    # Players on other sites fetch transcripts and chapters by script: they need CORS.
    cors = Middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "HEAD"], allow_headers=["Range"])
    return Starlette(routes=[Mount("/", Site(directory=feed, html=True))], middleware=[cors])


def serve(feed: Path, host: str, port: int) -> None:
    """Serve the folder until Ctrl-C."""
    import uvicorn

    uvicorn.run(application(feed), host=host, port=port, log_level="warning")
