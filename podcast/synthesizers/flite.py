"""CMU Flite: by its library, by the flite source that an ffmpeg has built in, or by its own program."""

import ctypes
import functools
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from podcast.show.errors import MissingDependency, MixError, SynthesisError, as_typed
from podcast.show.schema import Voice
from podcast.sound import audio, ffmpeg
from podcast.sound.audio import Waveform
from podcast.synthesizers import child, flite_child, need_words


class Flite:
    """Speaks English in flite's voices; `speaker` is slt, rms, awb or kal16. Deterministic: seeds change nothing."""

    side_by_side = True

    def __init__(self) -> None:
        self._child = child.Child("podcast.synthesizers.flite_child") if _library() else None
        # They differ in phrasing: library and ffmpeg speak the text as one utterance, the program by sentences.
        self.version = "2-ffmpeg" if self._child or ffmpeg.has_filter("flite") else "2-program"

    @staticmethod
    def missing() -> MissingDependency | None:
        if _library() or ffmpeg.has_filter("flite") or _program():
            return None
        return MissingDependency(
            "flite is not installed",
            "sudo apt install ffmpeg (Debian's has flite built in), or: sudo apt install flite",
        )

    def synthesize(self, texts: Sequence[str], voice: Voice, seeds: Sequence[int]) -> Iterator[Waveform]:
        for text in texts:
            need_words(text)
            if not any(letter.isascii() and letter.isalpha() for letter in text):
                raise SynthesisError(
                    f"flite has no sound for {as_typed(text)}", "give the line English words, or another voice"
                )
            speaker = voice.speaker or "slt"
            if self._child is None or speaker not in flite_child.VOICES:
                yield audio.decode(_speak(text, speaker))
                continue
            sound = self._child.say({"text": f"{text}\n", "voice": speaker})  # as ffmpeg reads it from its file
            if isinstance(sound, str):
                raise _unsaid(text, speaker, sound)
            yield sound


@functools.cache
def _library() -> bool:
    """Return whether its library is here: half of the time that ffmpeg takes for a line is ffmpeg's own start."""
    try:
        ctypes.CDLL(flite_child.LIBRARY)
    except OSError:
        return False
    return True


@functools.cache
def _program() -> str | None:
    return shutil.which("flite")


def _speak(text: str, speaker: str) -> bytes:
    """Return a WAV file. The text goes by a file, so that none of its signs can be taken for an option."""
    with tempfile.TemporaryDirectory() as folder:
        script, sound = Path(folder, "text.txt"), Path(folder, "sound.wav")
        script.write_text(text + "\n", encoding="ascii", errors="replace")
        program = _program()
        if ffmpeg.has_filter("flite") or program is None:
            try:
                return ffmpeg.run(
                    "-f", "lavfi", "-i", f"flite=textfile={script}:voice={speaker}", "-f", "wav", "pipe:1"
                )
            except MixError as error:
                raise _unsaid(text, speaker, str(error)) from error
        done = subprocess.run(
            [program, "-voice", speaker, "-f", str(script), "-o", str(sound)],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode or not sound.is_file():
            raise _unsaid(text, speaker, done.stderr.strip()[-200:])
        return sound.read_bytes()


def _unsaid(text: str, speaker: str, why: str) -> SynthesisError:
    return SynthesisError(
        f"flite could not say {as_typed(text)} as {speaker!r}: {why}", "flite's voices are slt, rms, awb and kal16"
    )
