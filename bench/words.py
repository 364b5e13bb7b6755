"""How many takes with one word wrong an ear catches, how many good ones it refuses, and what it costs.

    python bench/words.py [LINES] [--ear whisper|pocketsphinx|FOLDER] [VOICE …]

Each voice says LINES lines (72 by default: 22 of tests/hearing.py, 20 of bench/voices.txt, the rest of tests/faults.py)
as they are, and each once more with one word dropped, a small word dropped, the last one dropped, one replaced, or a
number replaced. What is refused of the good ones is said again with another seed, as `podcast record` does. No line of
these was looked at when the rules of podcast/recording/words.py were made; those were made on seed 1 and the demo's.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]  # a checkout need not be installed

import faults  # noqa: E402  (after the path is set)
from hearing import PLAIN  # noqa: E402

from podcast import speech  # noqa: E402
from podcast.recording import casting, hearing, portrait  # noqa: E402
from podcast.recording.ordering import Actor  # noqa: E402
from podcast.show import config, packaged  # noqa: E402
from podcast.sound.audio import Waveform, trim  # noqa: E402

SEED = 20_260
VOICES = ["hibari-heart", "hibari-low", "kokoro-michael"]
_KINDS = ("a number", "dropped", "a small word", "last", "replaced")


def main(count: int, chosen: str, names: Sequence[str]) -> None:
    """Print a row a voice, what was missed and what was refused, and the sum."""
    folder = packaged.voices()
    voices, lexicon = config.read_voices(folder), speech.Lexicon.load(folder / "lexicon.tsv")
    plain = (ROOT / "bench" / "voices.txt").read_text("utf-8").splitlines()
    texts = [*PLAIN, *plain, *faults.lines(max(0, count - len(PLAIN) - len(plain)), SEED)][:count]
    spoken = [speech.say(text, lexicon) for text in texts]
    total: Counter[str] = Counter()
    for name in names:
        actor = casting.sounding(casting.actor(voices[name], [folder]), lexicon)
        total += _judge(actor, spoken, chosen)
    if every := total["faults"]:
        print(f"\nall: {total['caught']} of {every} faults caught ({total['caught'] / every:.3f})")
        print(f"{total['refused']} of {total['good']} good takes refused, {total['at last']} after one retake")


def _judge(actor: Actor, spoken: Sequence[str], chosen: str) -> Counter[str]:
    ear = hearing.ear(chosen)
    assert ear is not None, "no recogniser is installed: pip install -e '.[asr]'"
    understood = portrait.understood(actor, ear)
    print(f"\n{actor.voice.name}, heard by {ear.name}; its portrait is {'' if understood else 'not '}understood")
    good = [(_say(actor, text, 1), text) for text in spoken]
    started, seconds = time.process_time(), sum(trim(sound).duration for sound, _ in good)
    refused = [(text, misses) for (_, text), misses in zip(good, ear.misses(good), strict=True) if misses]
    cost = (time.process_time() - started) / seconds
    at_last = [text for text, _ in refused if ear.misses([(_say(actor, text, 2), text)])[0]]
    bad = _faulty(spoken)
    heard = ear.misses([(_say(actor, said, 1), text) for _, text, said in bad])
    caught = Counter(kind for (kind, _, _), misses in zip(bad, heard, strict=True) if misses)
    every = Counter(kind for kind, _, _ in bad)
    print("  " + ", ".join(f"{kind}: {caught[kind]} of {every[kind]}" for kind in _KINDS))
    print(f"  {len(refused)} of {len(good)} good takes refused, {len(at_last)} after one retake; "
          f"{cost:.3f} s of CPU a second of sound")  # fmt: skip
    for text, misses in refused:
        print(f"    refused{' twice' if text in at_last else ''}: {text} ({'; '.join(map(str, misses))})")
    for (kind, text, said), misses in zip(bad, heard, strict=True):
        if not misses:
            print(f"    missed, {kind}: {text} (said: {said})")
    return Counter({"faults": len(bad), "caught": caught.total(), "good": len(good), "refused": len(refused),
                    "at last": len(at_last)})  # fmt: skip


def _faulty(spoken: Sequence[str]) -> list[tuple[str, str, str]]:
    """Return one fault a line, of the kind that there are fewest of so far: kind, text, what is said for it."""
    chance, made = random.Random(SEED), []
    counts: Counter[str] = Counter()
    for text in spoken:
        wrong = faults.wrong_words(text, chance)
        if wrong:
            kind = min(wrong, key=lambda each: (counts[each], _KINDS.index(each)))
            counts[kind] += 1
            made.append((kind, text, wrong[kind]))
    return made


def _say(actor: Actor, text: str, seed: int) -> Waveform:
    return next(actor.synthesizer.synthesize([text], actor.voice, [seed]))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("lines", nargs="?", type=int, default=72)
    parser.add_argument("voices", nargs="*", default=VOICES)
    parser.add_argument("--ear", default="auto")
    options = parser.parse_args()
    main(options.lines, options.ear, options.voices)
