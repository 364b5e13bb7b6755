"""How well voices are understood: word error by pocketsphinx, over plain lines and over lines of the built-in day.

    python bench/hear.py [VOICE ...]        default: flite's two, and the tests' small voice's two

A VOICE is one that `podcast voices` lists. Both sets are the same for every voice: 22 lines in plain words
(tests/hearing.py), and 20 of the built-in day's, whose names and terms pocketsphinx seldom gets right, whoever says
them: read the figures beside each other.
"""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]  # a checkout need not be installed


def main(names: list[str]) -> None:
    """Print a row a voice: its word errors."""
    from conftest import small_voice
    from hearing import PLAIN, word_error

    from podcast.recording import casting
    from podcast.show import config, packaged

    voices = {voice.name: voice for voice in (small_voice("slt"), small_voice("rms"))}
    voices |= config.read_voices(packaged.voices())
    sets = (PLAIN, spoken_lines(20))
    print("voice        | plain | the demo's")
    for name in names:
        actor = casting.actor(voices[name], [packaged.voices()])
        heard = []
        for texts in sets:
            sounds = actor.synthesizer.synthesize(texts, actor.voice, range(1, len(texts) + 1))
            heard.append(word_error(zip(texts, sounds, strict=True)))
        print(f"{name:<12} | {heard[0]:.3f} | {heard[1]:.3f}", flush=True)


def spoken_lines(count: int) -> list[str]:
    """Return lines of the built-in day's scripts, as they are spoken, spread over all three."""
    from podcast import pipeline, sources, speech
    from podcast.show.config import Config
    from podcast.show.workspace import Workspace
    from podcast.studio import Studio

    with tempfile.TemporaryDirectory() as folder:
        studio = Studio(Workspace(Path(folder)), Config(), sources.demo())
        texts = []
        for paper in pipeline.fetch(studio, sources.DEMO_DAY).papers:
            pipeline.read(studio, paper)
            script = pipeline.write(studio, paper)
            texts += [speech.say(line.text, studio.lexicon) for line in script.lines]
    long = list(dict.fromkeys(text for text in texts if len(text.split()) >= 6))
    return [long[index * len(long) // count] for index in range(min(count, len(long)))]


if __name__ == "__main__":
    main(sys.argv[1:] or ["flite-slt", "flite-rms", "small-slt", "small-rms"])
