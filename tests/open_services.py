"""Crossref, Unpaywall, OpenAlex, a DOI's resolver and pages of the web, on this machine: real HTTP, their own shapes.

What they tell is of our own making, and so is the paper: `pdf_file` of `services`.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

from services import Reply

TITLE = "Sorting Pebbles by Weight"
ABSTRACT = "We sort the pebbles of a beach. The sorter weighs two pebbles at a time, and it keeps the heavier one."

SENTENCES = (
    "The sorter weighs two pebbles at a time, and it keeps the heavier one. "
    "In a trial of 40 heaps it needed 1.9 weighings a pebble, and the usual sorter needed 3.5. "
    "We sort the pebbles of a beach because their weight tells how far a storm carried them. "
    "A heap of 10,000 pebbles takes an hour. It does not work with wet sand. "
)


def article(title: str = TITLE, tags: str = "", paragraphs: int = 4) -> bytes:
    """Return a page with an article, and all that stands around one."""
    body = "".join(
        f"<h2>{number} Part {number}</h2><p>{SENTENCES}</p><p>{SENTENCES.replace('40', str(40 + number))}</p>"
        for number in range(1, paragraphs + 1)
    )
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{title} | A Journal</title>{tags}</head><body>'
        "<header><p>Home of the journal that nobody should hear about.</p></header><nav><ul><li>Issues</li></ul></nav>"
        f"<main><article><h1>{title}</h1>{body}<figure><figcaption>A caption that is not said.</figcaption></figure>"
        "<table><tr><td>Cell 123</td></tr></table><h2>References</h2><ul><li>Doe. A cited work.</li></ul></article>"
        "</main><footer><p>Cookies and imprint.</p></footer></body></html>"
    ).encode()


def tags(**more: str) -> str:
    """Return citation tags as journals have them."""
    known = {"title": TITLE, "author": "Doe, Jane", "publication_date": "2024/03/05", "abstract": ABSTRACT} | more
    return "".join(f'<meta name="citation_{name}" content="{value}">' for name, value in known.items() if value)


WALL = Reply(
    403, b"<!doctype html><html><head><title>Just a moment...</title></head><body>Enable JavaScript</body></html>"
)


def crossref(doi: str, **more: object) -> dict[str, object]:
    """Return a work as Crossref's /works/DOI has it."""
    message: dict[str, object] = {
        "DOI": doi, "title": [TITLE], "type": "journal-article",
        "author": [{"given": "Jane", "family": "Doe", "sequence": "first"}, {"name": "The Pebble Group"}],
        "abstract": f"<jats:title>Abstract</jats:title><jats:p>{ABSTRACT}</jats:p>",
        "published": {"date-parts": [[2024, 3, 5]]},
    } | more  # fmt: skip
    return {"status": "ok", "message-type": "work", "message": message}


@dataclass
class Web:
    """Everything at one host: what stands at an address, and what was asked."""

    base: str = ""
    pages: dict[str, Reply] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def host(self) -> str:
        return urlsplit(self.base).netloc

    def works(self, doi: str, *, pdf: str = "", arxiv: str = "", **more: object) -> None:
        """Have the three services know the DOI; `pdf` is where its text is open."""
        limits = {"x-rate-limit-limit": "50", "x-rate-limit-interval": "1s"}
        self.pages[f"/works/{doi}"] = Reply(200, json.dumps(crossref(doi, **more)).encode(), limits)
        where = f"https://arxiv.org/abs/{arxiv}" if arxiv else pdf
        best = {"url_for_pdf": where or None, "url": where or None, "host_type": "repository"}
        known = {"doi": doi, "is_oa": bool(where), "title": TITLE, "best_oa_location": best if where else None}
        self.pages[f"/v2/{doi}"] = Reply(200, json.dumps(known).encode())

    def environment(self) -> dict[str, str]:
        """Return the variables that lead the command line here."""
        names = ("CROSSREF", "UNPAYWALL", "OPENALEX", "DOI")
        return {f"PODCAST_SOURCES__{name}": self.base for name in names} | {
            "PODCAST_SOURCES__EMAIL": "reader@example.net",
            "PODCAST_SOURCES__CROSSREF_INTERVAL": "0",
            "PODCAST_SOURCES__OWN_HOSTS": json.dumps([self.host]),
        }

    def answer(self, path: str) -> Reply:
        parts = urlsplit(path)
        reply = self.pages.get(unquote(parts.path))
        if unquote(parts.path).startswith("/v2/") and "email" not in parse_qs(parts.query):
            return Reply(422, b'{"error": true, "message": "Please use your own email address"}')
        return reply or Reply(404, b"Resource not found.")


@contextmanager
def running() -> Iterator[Web]:
    """Give the host, running; when the block ends it is gone."""
    web = Web()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            web.asked.append(self.path)
            web.headers.append(dict(self.headers))
            reply = web.answer(self.path)
            self.send_response(reply.status)
            for name, value in ({"Content-Length": str(len(reply.body))} | dict(reply.headers)).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    web.base = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
