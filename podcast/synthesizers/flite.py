"""CMU Flite, by the flite source that Debian's ffmpeg has built in, or by its own program."""

import functools
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from podcast.show.errors import MissingDependency, MixError, SynthesisError
from podcast.show.schema import Voice
from podcast.sound import audio, ffmpeg
from podcast.sound.audio import Waveform
from podcast.synthesizers import need_words


class Flite:
    """Speaks English in flite's voices; `speaker` is slt, rms, awb or kal16. Deterministic: seeds change nothing."""

    side_by_side = True

    def __init__(self) -> None:
        # The two ways differ in phrasing: ffmpeg speaks the text as one utterance, the program by sentences.
        self.version = "2-ffmpeg" if ffmpeg.has_filter("flite") else "2-program"

    @staticmethod
    def missing() -> MissingDependency | None:
        if ffmpeg.has_filter("flite") or _program():
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
                    f"flite has no sound for {text!r}", "give the line English words, or another voice"
                )
            yield audio.decode(_speak(text, voice.speaker or "slt"))


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
        f"flite could not say {text!r} as {speaker!r}: {why}", "flite's voices are slt, rms, awb and kal16"
    )
