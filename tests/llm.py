"""A language model's server on this machine: real HTTP, the chat-completions protocol, answers and troubles on request.

`LLM.line_up` takes the next answers, each given once; after them `LLM.answer` says what the model says.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Body = dict[str, Any]
ROLES = ("system", "user", "assistant")


@dataclass(frozen=True)
class Reply:
    """One answer, and what goes wrong with it."""

    content: str | Body | None = ""
    """What the model says; a dict is said as JSON."""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    error: Body | list[Body] | None = None
    """In place of an answer, with whatever status; a list is the whole body, as Gemini has it."""
    html: bool = False
    """A web page, in place of an answer."""
    finish_reason: str = "stop"
    refusal: str | None = None
    reasoning_content: str | None = None
    message: Body = field(default_factory=dict)
    """What more the message holds, or in place of what."""
    fence: bool = False
    around: tuple[str, str] = ("", "")
    """Prose before and after."""
    usage: Body | None = None
    """In place of a fourth of the characters; {} for none."""
    cut: bool = False
    """Hang up half way."""
    delay: float = 0.0
    """Seconds before the first byte."""
    pace: float = 0.0
    """Seconds between the events of a stream."""

    @property
    def text(self) -> str | None:
        if self.content is None:
            return None
        text = json.dumps(self.content, ensure_ascii=False) if isinstance(self.content, dict) else self.content
        return self.around[0] + (f"```json\n{text}\n```" if self.fence else text) + self.around[1]


@dataclass(frozen=True)
class Asked:
    """A request that came."""

    path: str
    headers: Mapping[str, str]
    """Names in small letters."""
    body: Body


class LLM:
    """The server: what it has, what it refuses, what it was asked. Safe for threads."""

    def __init__(self, answer: Callable[[Body], Body | str | Reply] | None = None) -> None:
        self.base_url = ""
        self.models = ["tiny"]
        self.bare = False
        """Its list of models is the whole body, as Together's."""
        self.context: int | None = None
        """Tokens that prompt and answer may have together; a fourth of the characters."""
        self.props: Body | None = None
        """What it tells of itself at /props, as llama.cpp does; None for a server that has no such place."""
        self.refused: set[str] = set()
        """Parameters that are answered with 400, json_schema and json_object among them."""
        self.requests: list[Asked] = []
        """Chat completions that were asked for, refused ones too."""
        self.answer = answer or (lambda body: "{}")
        self._replies: list[Reply] = []
        self._lock = threading.Lock()

    def line_up(self, *replies: Reply | Body | str) -> None:
        """Give these answers next."""
        self._replies += [one if isinstance(one, Reply) else Reply(one) for one in replies]

    def reply(self, asked: Asked) -> Reply:
        with self._lock:
            self.requests.append(asked)
            trouble = self._trouble(asked.body)
            if trouble:
                return trouble
            if self._replies:
                return self._replies.pop(0)
        said = self.answer(asked.body)
        return said if isinstance(said, Reply) else Reply(said)

    def _trouble(self, body: Body) -> Reply | None:
        """Return what the server says to a request that is none, or that it cannot take."""
        kind = body.get("response_format", {}).get("type")
        messages = body.get("messages")
        if body.get("model") not in self.models:
            return problem(404, f"The model '{body.get('model')}' does not exist", "model_not_found", "model")
        if not messages or not all(one["role"] in ROLES and isinstance(one["content"], str) for one in messages):
            return problem(400, f"messages: each has a content, and a role of {ROLES}", "invalid_value", "messages")
        if kind in self.refused:
            return problem(400, f"This response_format type is unavailable now: {kind}", param="response_format")
        if kind == "json_object" and "json" not in str(messages).lower():
            return problem(400, "'messages' must contain the word 'json' in some form, to use 'json_object'.")
        for name in sorted(self.refused & body.keys()):
            instead = " Use 'max_completion_tokens' instead." if name == "max_tokens" else ""
            return problem(400, f"Unsupported parameter: '{name}' is not supported.{instead}", param=name)
        wanted = count(messages) + int(body.get("max_tokens") or body.get("max_completion_tokens") or 0)
        if self.context and wanted > self.context:
            said = f"This model's maximum context length is {self.context} tokens. However, you requested {wanted}."
            return problem(400, said, "context_length_exceeded", "messages")
        return None


def problem(status: int, message: str, code: str | None = None, param: str | None = None, **more: Any) -> Reply:
    """Return an error as servers say it."""
    error = {"message": message, "type": "invalid_request_error", "param": param, "code": code}
    return Reply(status=status, error=error, **more)


def error_body(reply: Reply) -> Body | list[Body]:
    """Return the body of an error."""
    return reply.error if isinstance(reply.error, list) else {"error": reply.error}


def count(messages: list[Body]) -> int:
    return sum(len(one["content"]) for one in messages) // 4


def completion(body: Body, reply: Reply) -> Body:
    """Return the body of the answer."""
    text = reply.text
    read, written = count(body["messages"]), len(text or "") // 4
    usage = {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
    message = {"role": "assistant", "content": text, "refusal": reply.refusal}
    if reply.reasoning_content is not None:
        message["reasoning_content"] = reply.reasoning_content
    message |= reply.message
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": reply.finish_reason}
    whole = {"id": "chatcmpl-1", "object": "chat.completion", "created": 1700000000, "model": body["model"]}
    return {**whole, "choices": [choice], **({} if reply.usage == {} else {"usage": reply.usage or usage})}


def events(body: Body, reply: Reply) -> Iterator[bytes]:
    """Give the same as a stream's events: pieces of a few signs, why it ends, what it took."""
    whole = completion(body, reply)
    message, usage = whole["choices"][0]["message"], whole.pop("usage", None)
    head = {**whole, "object": "chat.completion.chunk"}

    def event(delta: Body, finish: str | None = None) -> bytes:
        chunk = {**head, "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}
        return f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode()

    yield event({"role": "assistant", "content": None})
    for name in ("reasoning_content", "refusal", "content"):
        said = message.get(name) or ""
        step = 7 if isinstance(said, str) else 1
        yield from (event({name: said[at : at + step]}) for at in range(0, len(said), step))
    for call in message.get("tool_calls") or []:
        name, given = call["function"]["name"], call["function"]["arguments"]
        for at in range(0, len(given), 7):
            event_of = {"index": 0, "function": {"name": name if at == 0 else None, "arguments": given[at : at + 7]}}
            yield event({"tool_calls": [event_of]})
    yield event({}, reply.finish_reason)
    if usage and body.get("stream_options", {}).get("include_usage"):
        yield f"data: {json.dumps({**head, 'choices': [], 'usage': usage})}\n\n".encode()
    yield b"data: [DONE]\n\n"


@contextmanager
def running(answer: Callable[[Body], Body | str | Reply] | None = None) -> Iterator[LLM]:
    """Give the server, running; when the block ends it is gone."""
    llm = LLM(answer)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            models = [{"id": name, "object": "model"} for name in llm.models]
            listed: Any = models if llm.bare else {"object": "list", "data": models}
            found = self.path == "/v1/models" or (self.path == "/props" and llm.props is not None)
            listed = llm.props if self.path == "/props" and llm.props is not None else listed
            self._send(200 if found else 404, "application/json", json.dumps(listed if found else {}).encode())

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked = Asked(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
            reply = llm.reply(asked) if self.path == "/v1/chat/completions" else problem(404, "Not Found")
            time.sleep(reply.delay)
            kind, data = "application/json", json.dumps(error_body(reply)).encode()
            parts: list[bytes] = []
            if reply.html:
                kind, data = "text/html", b"<!doctype html><html>Please log in</html>"
            elif reply.error is None and body.get("stream"):
                parts = list(events(body, reply))
                kind, data = "text/event-stream", b"".join(parts[: len(parts) // 2] if reply.cut else parts)
            elif reply.error is None:
                data = json.dumps(completion(body, reply)).encode()
            self._send(reply.status, kind, data, reply, parts if reply.pace else [])

        def _send(
            self, status: int, kind: str, data: bytes, reply: Reply | None = None, parts: Sequence[bytes] = ()
        ) -> None:
            """Send it, in these parts where there are some; what is cut promises more than it brings."""
            cut = reply is not None and reply.cut
            self.send_response(status)
            for name, value in ({} if reply is None else reply.headers).items():
                self.send_header(name, value)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data) + (1 if cut else 0)))
            self.end_headers()
            for part in parts:
                self.wfile.write(part)
                time.sleep(reply.pace if reply else 0.0)
            if not parts:
                self.wfile.write(data[: len(data) // 2] if cut and "event" not in kind else data)
            self.close_connection = self.close_connection or cut

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    llm.base_url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield llm
    finally:
        server.shutdown()
        server.server_close()
