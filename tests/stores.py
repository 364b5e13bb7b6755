"""S3 stores on this machine: moto's, which honours conditions, and one of our own that can be told to misbehave.

Ours speaks as much S3 as publishing asks for (list, get, head, put, delete) and serves its files to everybody, as a
public bucket does.
"""

import datetime as dt
import hashlib
import re
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

from podcast.show.errors import PodcastError

BUCKET = "show"


def side_by_side(work: Callable[..., None], machines: Sequence[Any]) -> None:
    """Let every machine do the work, which gets its number and itself, all at the same time; none may fail."""
    failed: list[BaseException] = []

    def guarded(number: int, machine: Any) -> None:
        try:
            work(number, machine)
        except PodcastError as error:
            failed.append(error)

    threads = [threading.Thread(target=guarded, args=each) for each in enumerate(machines)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert failed == []


class Kept(NamedTuple):
    body: bytes
    etag: str
    headers: Mapping[str, str]
    modified: float = 0.0


@dataclass
class Troubles:
    """How the store misbehaves."""

    conditions: bool = True
    """Whether it honours If-Match and If-None-Match; else it ignores them."""
    fail_every: int = 0
    """Every so many-th request is answered with 503."""
    pause: float = 0.0
    """Seconds before each PUT is taken."""
    drop_puts: int = 0
    """So many PUTs to come are cut off half-way."""
    refuse: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Status and code by the beginning of "METHOD path"."""
    echo: str = "The key AKIAPLANTED is no good"
    """What it says with each refusal."""
    opaque: bool = False
    """Whether ETags are other than MD5s, as where the store encrypts."""


@dataclass
class Small:
    """The store: its address, its files by path in the bucket, and every request that came."""

    url: str
    objects: dict[str, Kept] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    troubles: Troubles = field(default_factory=Troubles)
    lock: threading.Lock = field(default_factory=threading.Lock)
    history: list[tuple[str, bytes]] = field(default_factory=list)
    """Every write in turn."""

    def puts(self) -> list[str]:
        return [request.removeprefix("PUT ") for request in self.requests if request.startswith("PUT ")]


def _iso(modified: float) -> str:
    return dt.datetime.fromtimestamp(modified, dt.UTC).isoformat()


@contextmanager
def small() -> Iterator[Small]:
    """Give the store, running."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # head and body are two packets: the second would wait 40 ms

        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            self._serve()

        do_HEAD = do_PUT = do_DELETE = do_GET

        def _serve(self) -> None:
            parts = urlsplit(self.path)
            bucket, _, key = unquote(parts.path.lstrip("/")).partition("/")
            length = int(self.headers.get("Content-Length") or 0)
            with state.lock:
                state.requests.append(f"{self.command} {key or '?' + parts.query}")
                number = len(state.requests)
                cut = self.command == "PUT" and state.troubles.drop_puts > 0
                state.troubles.drop_puts -= cut
            if cut:
                self.rfile.read(length // 2)
                self.connection.shutdown(socket.SHUT_RDWR)
                self.close_connection = True
                return
            body = self.rfile.read(length)
            if len(body) < length:  # who sent it is dead
                self.close_connection = True
                return
            if self.command == "PUT":
                time.sleep(state.troubles.pause)
            if state.troubles.fail_every and number % state.troubles.fail_every == 0:
                self._refuse(503, "SlowDown")
                return
            for begin, (status, code) in state.troubles.refuse.items():
                if f"{self.command} {key}".startswith(begin):
                    self._refuse(status, code)
                    return
            if bucket != BUCKET:
                self._refuse(404, "NoSuchBucket")
            elif not key:
                self._list({name: values[0] for name, values in parse_qs(parts.query).items()})
            elif self.command == "PUT":
                self._put(key, body)
            elif self.command == "DELETE":
                with state.lock:
                    state.objects.pop(key, None)
                self._answer(204)
            else:
                self._get(key)

        def _put(self, key: str, body: bytes) -> None:
            md5 = hashlib.md5(body).hexdigest()
            etag = hashlib.md5(b"salt" + body).hexdigest() if state.troubles.opaque else md5
            with state.lock:
                there = state.objects.get(key)
                if state.troubles.conditions:
                    wanted, new = self.headers.get("If-Match"), self.headers.get("If-None-Match")
                    if (new == "*" and there) or (wanted and (not there or wanted.strip('"') != there.etag)):
                        self._refuse(412, "PreconditionFailed")
                        return
                kept = {
                    name: value
                    for name, value in self.headers.items()
                    if name.lower() in ("content-type", "cache-control") or name.lower().startswith("x-amz-meta-")
                }
                state.objects[key] = Kept(body, etag, kept, time.time())
                state.history.append((key, body))
            self._answer(200, headers={"ETag": f'"{etag}"'})

        def _get(self, key: str) -> None:
            found = state.objects.get(f"{key}index.html" if key.endswith("/") else key)  # as a website's bucket does
            if not found:
                self._refuse(404, "NoSuchKey")
                return
            body, status = found.body, 200
            headers = {**found.headers, "ETag": f'"{found.etag}"', "Accept-Ranges": "bytes"}
            if asked := re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", "")):
                first, last = int(asked[1]), min(int(asked[2]), len(body) - 1)
                headers["Content-Range"] = f"bytes {first}-{last}/{len(body)}"
                body, status = body[first : last + 1], 206
            self._answer(status, body, headers)

        def _list(self, query: Mapping[str, str]) -> None:
            with state.lock:
                begin = query.get("prefix", "")
                keys = sorted(key for key in state.objects if key.startswith(begin))
                folders = {
                    begin + key[len(begin) :].partition("/")[0] + "/" for key in keys if "/" in key[len(begin) :]
                }
                if "delimiter" in query:
                    keys = [key for key in keys if "/" not in key[len(begin) :]]
                after = query.get("continuation-token", "")
                left = [key for key in keys if key > after]
                page, more = left[:100], len(left) > 100  # short pages, so that more than one is needed
                contents = "".join(
                    f"<Contents><Key>{escape(key)}</Key><ETag>&quot;{state.objects[key].etag}&quot;</ETag>"
                    f"<Size>{len(state.objects[key].body)}</Size>"
                    f"<LastModified>{_iso(state.objects[key].modified)}</LastModified></Contents>"
                    for key in page
                )
            if "delimiter" in query:
                contents += "".join(
                    f"<CommonPrefixes><Prefix>{escape(each)}</Prefix></CommonPrefixes>" for each in sorted(folders)
                )
            token = f"<NextContinuationToken>{escape(page[-1])}</NextContinuationToken>" if more else ""
            self._answer(
                200,
                f"<ListBucketResult><IsTruncated>{str(more).lower()}</IsTruncated>{token}{contents}"
                "</ListBucketResult>".encode(),
                {"Content-Type": "application/xml"},
            )

        def _refuse(self, status: int, code: str) -> None:
            said = f"<Error><Code>{code}</Code><Message>{escape(state.troubles.echo)}</Message></Error>"
            self._answer(status, said.encode(), {"Content-Type": "application/xml"})

        def _answer(self, status: int, body: bytes = b"", headers: Mapping[str, str] | None = None) -> None:
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            if not isinstance(sys.exception(), ConnectionError):
                raise

    server = Server(("127.0.0.1", 0), Handler)
    state = Small(f"http://127.0.0.1:{server.server_address[1]}")
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def moto() -> Iterator[str]:
    """Give the address of moto's S3, running."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    try:
        yield f"http://{host}:{port}"
    finally:
        server.stop()
