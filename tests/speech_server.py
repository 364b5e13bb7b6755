"""A speech server on this machine: OpenAI's `/v1/audio/speech`, tones for voices, troubles on request."""

import io
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import soundfile
from services import Reply

from podcast.show.schema import Voice
from podcast.sound import audio
from podcast.sound.audio import Waveform

PITCH = {"nova": 330.0, "onyx": 165.0}


class SpeechServer:
    """What was asked, by order and headers, and the troubles that are lined up: each is given once."""

    def __init__(self) -> None:
        self.base_url = ""
        self.asked: list[dict[str, str]] = []
        self.headers: list[dict[str, str]] = []
        self.troubles: list[Reply] = []
        self.listed: list[object] = []
        """The voices that it lists, as some servers do; none, and it has no such address."""
        self.seconds = 0.0
        """How long each answer takes."""
        self.busy = self.most_busy = 0
        """Requests at work, now and at most."""
        self.lock = threading.Lock()

    def voice(self, **settings: str | float | bool) -> Voice:
        """Return a voice that this server speaks."""
        return Voice(
            name="here", synthesizer="openai", model="tts-1", speaker="nova", licence="CC0-1.0",
            settings={"base_url": self.base_url, **settings},
        )  # fmt: skip

    def answer(self, path: str, order: dict[str, str]) -> Reply:
        with self.lock:
            if self.troubles:
                return self.troubles.pop(0)
        if path != "/v1/audio/speech":
            return refusal(404, "Not Found")
        if order["model"] != "tts-1":
            return refusal(404, f"The model `{order['model']}` does not exist", "model_not_found")
        if order["voice"] not in PITCH:
            return refusal(400, f"no voice {order['voice']}", "invalid_value")
        pcm = audio.to_pcm(audio.resample(_said(order["input"], PITCH[order["voice"]]), 24_000))
        if order["response_format"] == "pcm":
            return Reply(200, pcm.tobytes(), {"Content-Type": "audio/pcm"})
        file = io.BytesIO()
        soundfile.write(file, pcm, 24_000, format="WAV", subtype="PCM_16")
        return Reply(200, file.getvalue(), {"Content-Type": "audio/wav"})


def _said(text: str, pitch: float) -> Waveform:
    """Return the text in glides, one a word, each of its own: none is heard twice alike."""
    chance = np.random.default_rng(len(text))
    sounds = []
    for word in text.split():
        count = int(16_000 * 0.07 * len(word))
        height = np.linspace(*(pitch * chance.uniform(0.8, 1.25, 2)), count)
        sounds += [0.3 * np.sin(2 * np.pi * np.cumsum(height) / 16_000) * np.hanning(count), np.zeros(800)]
    return Waveform(np.concatenate(sounds).astype(np.float32), 16_000)


def refusal(status: int, message: str, code: str = "error", **headers: str) -> Reply:
    """Return an error as OpenAI writes it; it may be tried again at once."""
    body = {"error": {"message": message, "type": code, "param": None, "code": code}}
    soon = {"retry-after-ms": "5", "Content-Type": "application/json"}
    return Reply(status, json.dumps(body).encode(), soon | {name.replace("_", "-"): v for name, v in headers.items()})


@contextmanager
def speaking() -> Iterator[SpeechServer]:
    """Give the server, running; when the block ends it is gone."""
    speech = SpeechServer()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            order = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with speech.lock:
                speech.asked.append(order)
                speech.headers.append({name.lower(): value for name, value in self.headers.items()})
                speech.busy += 1
                speech.most_busy = max(speech.most_busy, speech.busy)
            time.sleep(speech.seconds)
            reply = speech.answer(self.path, order)
            with speech.lock:
                speech.busy -= 1
            self.send_response(reply.status)
            for header, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                self.send_header(header, value)
            self.send_header("Connection", "close")
            self.end_headers()
            self.close_connection = True
            self.wfile.write(reply.body[: len(reply.body) // 2] if reply.cut else reply.body)

        def do_GET(self) -> None:
            listed = json.dumps({"voices": speech.listed}).encode() if self.path == "/v1/audio/voices" else b""
            self.send_response(200 if speech.listed and listed else 404)
            self.send_header("Content-Length", str(len(listed)))
            self.end_headers()
            self.wfile.write(listed)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    speech.base_url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield speech
    finally:
        server.shutdown()
        server.server_close()
