"""Who may come in: whoever has the address that was printed, or the password, and by a page of the desk itself.

Three things are asked. `Host` must be a name of this machine, so that no foreign name that leads here is answered. A
cookie must hold the token; the address that was printed sets it. What changes something must come from the desk's own
page: its `Origin` is the address that was asked, and a form of another site cannot send what it sends.
"""

import asyncio
import hmac
import ipaddress
import socket
from collections.abc import Collection
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

ENTER = "enter"
"""The path at which a password is asked for, where there is one."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self' blob:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Nothing runs and nothing is fetched but what the desk serves, whatever a paper or a model wrote."""

_SAFE = ("GET", "HEAD")

_MOST = 4096
"""Bytes that somebody may send who is not in yet."""


class Gate:
    """Lets those requests through to the application that may come in; answers the others itself."""

    def __init__(self, app: "ASGIApp", token: str, port: int, password: str = "", names: Collection[str] = ()) -> None:
        self.app, self.token, self.password = app, token, password
        self.cookie = f"desk-{port}"  # a cookie knows no port: two desks are two
        self._guess = asyncio.Lock()
        self.names = {"localhost", *names, *([socket.gethostname().lower()] if password else [])}

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        from starlette.requests import Request

        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        answer = await self._answer(request)
        await (answer or self.app)(scope, receive, _with_headers(send))

    async def _answer(self, request: "Request") -> "Response | None":
        """Return what is answered in place of the application; None for who may come in."""
        from starlette.responses import PlainTextResponse, RedirectResponse

        if not self._is_here(request.headers.get("host", "")):
            return PlainTextResponse("This desk is reached by the address that podcast desk printed.", 421)
        if request.method not in _SAFE and not _is_from(request):
            return PlainTextResponse("Only the desk's own page may change something.", 403)
        if self._is(request.query_params.get("token", "")):
            found = RedirectResponse(request.url.path, 303)
            return self._let_in(found)
        if self._is(request.cookies.get(self.cookie, "")):
            return None
        if self.password:
            return await self._ask(request)
        return PlainTextResponse(
            "Open the desk by the address that podcast desk printed: it has a token, which this one lacks.", 403
        )

    def _is_here(self, host: str) -> bool:
        """Whether the name leads here by itself: an address in figures, or a name of this machine."""
        name = (urlsplit(f"//{host}").hostname or "").lower()
        try:
            return ipaddress.ip_address(name).is_loopback or bool(self.password)
        except ValueError:
            return name in self.names

    def _is(self, said: str) -> bool:
        return hmac.compare_digest(said.encode(), self.token.encode())

    def _let_in(self, answer: "Response") -> "Response":
        answer.set_cookie(self.cookie, self.token, httponly=True, samesite="strict", path="/")
        return answer

    async def _ask(self, request: "Request") -> "Response":
        """Answer who has no cookie yet, where a password lets in."""
        from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse

        from podcast.desk import pages

        if request.method in _SAFE:
            if request.url.path != f"/{ENTER}":
                return RedirectResponse(f"/{ENTER}", 303)
            return HTMLResponse(pages.render("enter.html", wrong=False))
        if request.url.path != f"/{ENTER}":
            return PlainTextResponse("Enter the password first.", 403)
        try:
            sent = await body(request, _MOST)
        except ValueError:
            return PlainTextResponse("That is longer than any password.", 413)
        said = parse_qs(sent.decode("utf-8", "replace")).get("password", [""])[0]
        async with self._guess:  # one guess a second, however many come at once
            if hmac.compare_digest(said.encode(), self.password.encode()):
                return self._let_in(RedirectResponse("/", 303))
            await asyncio.sleep(1)
        return HTMLResponse(pages.render("enter.html", wrong=True), 403)


HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
"""What each answer says: browsers keep nothing of the desk, and show it in no frame."""


async def body(request: "Request", most: int) -> bytes:
    """Return what was sent. Raises ValueError as soon as it is more than so many bytes."""
    sent = bytearray()
    async for part in request.stream():
        sent += part
        if len(sent) > most:
            raise ValueError(f"more than {most} bytes were sent")
    return bytes(sent)


def _with_headers(send: "Send") -> "Send":
    """Return what sends an answer with the headers that each has."""

    async def sending(message: "Message") -> None:
        if message["type"] == "http.response.start":
            ours = {name.encode(): value.encode() for name, value in HEADERS.items()}
            theirs = [(name, value) for name, value in message.get("headers", ()) if name.lower() not in ours]
            message["headers"] = [*theirs, *ours.items()]
        await send(message)

    return sending


def _is_from(request: "Request") -> bool:
    """Whether the browser says that a page of this address sent the request."""
    origin = urlsplit(request.headers.get("origin", ""))
    return origin.scheme in ("http", "https") and origin.netloc == request.headers.get("host", "")
