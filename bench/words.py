"""How many faults of one word an ear hears, how many good takes it refuses, and what it costs.

    python bench/words.py [FAULTS] [VOICE ...]      default: 70 a voice; hibari-heart, hibari-low, flite-rms

Each voice says lines of tests/faults.py with one word dropped, a small word dropped, the last dropped, one replaced, or
a number replaced, and the ear is asked whether that is the line. Good takes are said as they stand; one that is refused
is said once more with another seed, and counts where it is refused again.
"""

import random
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]  # a checkout need not be installed

import faults  # noqa: E402  (after the path is set)

from podcast import speech  # noqa: E402
from podcast.recording import casting, hearing, whisper  # noqa: E402
from podcast.show import config, packaged  # noqa: E402

SEED = 20_261
SMALL = ("the", "a", "of", "in", "on", "that", "for", "is", "are", "to", "not", "as", "and", "if")
OTHERS = ("green", "paper", "window", "slowly", "never", "music", "river", "seven", "listen", "table")
NUMBERS = ("two", "three", "seven", "nine", "twelve", "twenty", "forty", "seventy", "eighty", "thousand", "hundred")


def spoil(text: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield the ways in which one word of the spoken text can be wrong: what it is called, and what is said instead."""
    parts = text.split()
    plain = [at for at, part in enumerate(parts) if re.fullmatch(r"[a-z']+[.,?!]?", part)]
    small = [at for at in plain if parts[at].strip(".,?!") in SMALL]
    big = [at for at in plain if len(parts[at].strip(".,?!")) > 3 and parts[at].strip(".,?!") not in NUMBERS]
    figures = [at for at in plain if parts[at].strip(".,?!") in NUMBERS]

    def without(at: int) -> str:
        return " ".join(parts[:at] + parts[at + 1 :])

    def instead(at: int, words: tuple[str, ...]) -> str:
        own = parts[at].strip(".,?!")
        other = chance.choice([word for word in words if word != own])
        return " ".join([*parts[:at], parts[at].replace(own, other), *parts[at + 1 :]])

    if big[:-1]:
        yield "dropped", without(chance.choice(big[:-1]))
    if small:
        yield "small word dropped", without(chance.choice(small))
    if faults.without_last_word(text):
        yield "last dropped", faults.without_last_word(text)
    if big:
        yield "replaced", instead(chance.choice(big), OTHERS)
    if figures:
        yield "number replaced", instead(chance.choice(figures), NUMBERS)


def main(count: int, names: list[str]) -> None:
    """Print a table for each ear and voice, and what was missed or refused."""
    folder = packaged.voices()
    voices, lexicon = config.read_voices(folder), speech.Lexicon.load(folder / "lexicon.tsv")
    model = whisper.folder()
    ears = [whisper.Whisper(model)] if model else []
    ears += [] if hearing.missing_package() else [hearing.Ear()]  # type: ignore[list-item]
    chance = random.Random(SEED)
    texts = [speech.say(text, lexicon, "en") for text in faults.lines(count, SEED)]
    for name in names:
        actor = casting.actor(voices[name], [folder])

        def say(text: str, seed: int, actor=actor):  # type: ignore[no-untyped-def]
            return next(actor.synthesizer.synthesize([text], actor.voice, [seed]))

        cases = [(kind, text, said) for text in texts for kind, said in spoil(text, chance)]
        chance.shuffle(cases)
        kinds = sorted({kind for kind, _, _ in cases})
        cases = [case for kind in kinds for case in [c for c in cases if c[0] == kind][: -(-count // len(kinds))]]
        bad = [(kind, text, said, say(said, 1)) for kind, text, said in cases]
        good = [(text, say(text, 1)) for text in texts]
        for ear in ears:
            told = [(kind, text, said, ear.faults(sound, text)) for kind, text, said, sound in bad]
            started = time.process_time()
            alarms = [(text, seen) for text, sound in good if (seen := ear.faults(sound, text))]
            cost = (time.process_time() - started) / sum(sound.duration for _, sound in good)
            again = [(text, seen) for text, _ in alarms if (seen := ear.faults(say(text, 2), text))]
            caught = sum(bool(seen) for *_, seen in told)
            by_kind = ", ".join(
                f"{kind} {sum(bool(s) for k, *_, s in told if k == kind)}/{sum(k == kind for k, *_ in told)}" for kind in kinds
            )
            print(
                f"{name} by {ear.name}: {caught} of {len(told)} caught ({caught / len(told):.3f}): {by_kind}; refused "
                f"{len(alarms)} of {len(good)} at once, {len(again)} again ({len(again) / len(good):.3f}); "
                f"{cost:.3f} s of CPU a second of sound",
                flush=True,
            )
            for kind, text, said, seen in told:
                if not seen:
                    print(f"    missed, {kind}: {text!r} said as {said!r}")
            for text, seen in again:
                print(f"    refused: {text!r}: {'; '.join(seen)}", flush=True)


if __name__ == "__main__":
    counts = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    chosen = [argument for argument in sys.argv[1:] if not argument.isdigit()]
    main(counts[0] if counts else 70, chosen or ["hibari-heart", "hibari-low", "flite-rms"])
