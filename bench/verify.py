"""How many faulty takes are caught, how many good ones refused, what the gates cost, and how high the voices are.

    python bench/verify.py [LINES]

Lines of tests/faults.py (220 by default) are spoken by each voice of flite, and some by eSpeak's. The first third
teaches each voice's pace; the figures are of the others, into which each fault is put once. The thresholds were set on
lines of other seeds.
"""

import os
import random
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]  # a checkout need not be installed

import faults  # noqa: E402  (after the path is set)

from podcast import speech  # noqa: E402
from podcast.recording import casting, hearing, pace, portrait, verify  # noqa: E402
from podcast.recording.ordering import Actor  # noqa: E402
from podcast.show import config, packaged  # noqa: E402
from podcast.show.errors import MissingDependency  # noqa: E402
from podcast.sound.audio import Waveform  # noqa: E402

SEED = 20_260
"""Of the lines; what was tuned was tuned on seed 1."""
VOICES = {"flite-slt": 1.0, "flite-rms": 1.0, "espeak-gb": 0.4, "espeak-us": 0.4}
"""Voices, and the part of the lines that each speaks."""


def main(count: int) -> None:
    """Print a table for each voice, and below it what was missed and what was refused."""
    folder = packaged.voices()
    voices, lexicon = config.read_voices(folder), speech.Lexicon.load(folder / "lexicon.tsv")
    spoken = [speech.say(text, lexicon, "en") for text in faults.lines(count, SEED)]
    for name, part in VOICES.items():
        try:
            actor = casting.actor(voices[name], [folder])
        except MissingDependency as error:
            print(f"\n{name}: {error}")
            continue
        _table(actor, spoken[: round(part * count)])


def _table(actor: Actor, spoken: Sequence[str]) -> None:
    seen = portrait.draw(actor)
    assert seen is not None, actor.voice.name
    sounds = _speak(actor, spoken)
    third = len(spoken) // 3
    heard = [(pace.plain_seconds(text), pace.sounding(sound)) for text, sound in zip(spoken, sounds, strict=True)]
    learnt = pace.fit(tuple((plain, found.seconds) for plain, found in heard[:third] if found), seen.rate)
    ear = _ear(actor)
    print(
        f"\n{actor.voice.name}: {seen.f0} Hz, rate {seen.rate} by its portrait and {learnt.rate:.3f} learnt, spread "
        f"{learnt.spread:.3f}, {'ends softly' if seen.soft_end else 'ends abruptly'}"
    )
    deaf = verify.Expected(learnt, seen.soft_end, seen.varied)
    ways = {"gates": deaf, "gates, pace not learnt": replace(deaf, pace=pace.fit((), seen.rate))}
    if ear:
        ways["gates and words"] = replace(deaf, ear=ear)
    takes = _takes(actor, spoken[third:], sounds[third:])
    for way, expected in ways.items():
        print(f"  {way}")
        _judge(takes, expected)


def _ear(actor: Actor) -> hearing.Ear | None:
    """Return PocketSphinx, where it is installed and understands the voice; bench/words.py is of ears."""
    try:
        ear = hearing.ear("pocketsphinx")
    except MissingDependency:
        return None
    return ear if ear and portrait.understood(actor, ear) else None


Case = tuple[str, str, Waveform]
"""The fault, "" for none; the text; the sound."""


def _takes(actor: Actor, spoken: Sequence[str], sounds: Sequence[Waveform]) -> list[Case]:
    chance = random.Random(SEED)
    cases: list[Case] = [("", text, sound) for text, sound in zip(spoken, sounds, strict=True)]
    for name, spoil in faults.FAULTS.items():
        for index, (text, sound) in enumerate(zip(spoken, sounds, strict=True)):
            if name == "5 s of noise":
                text = faults.SHORT[index % len(faults.SHORT)]
            cases.append((name, text, spoil(sound, sounds[index * 7 % len(sounds)], chance)))
    shorter = [(text, faults.without_last_word(text)) for text in spoken]
    kept = [(text, less) for text, less in shorter if less]
    unsaid = _speak(actor, [less for _, less in kept])
    return cases + [(faults.LAST_WORD, text, sound) for (text, _), sound in zip(kept, unsaid, strict=True)]


def _judge(takes: Sequence[Case], expected: verify.Expected) -> None:
    caught: dict[str, list[bool]] = {}
    missed: dict[str, list[str]] = {}
    spent = seconds = 0.0
    for name, text, sound in takes:
        started = time.process_time()
        seen = verify.faults(sound, text, expected)
        if not name:
            spent, seconds = spent + time.process_time() - started, seconds + sound.duration
        caught.setdefault(name, []).append(bool(seen))
        if bool(seen) != bool(name):
            why = f" ({'; '.join(seen)})" if seen else ""
            missed.setdefault(name, []).append(f"{sound.duration:.1f} s: {text}{why}")
    alarms = caught.pop("")
    for name, each in caught.items():
        print(f"    {sum(each):4d} of {len(each):4d}  {name}")
    spoilt = [one for name, each in caught.items() if name != faults.LAST_WORD for one in each]
    every = spoilt + caught[faults.LAST_WORD]
    print(
        f"    {sum(spoilt) / len(spoilt):.3f} of the faults in sound caught, {sum(every) / len(every):.3f} with the "
        f"unsaid words; {sum(alarms)} of {len(alarms)} good takes refused"
    )
    print(f"    {spent / seconds:.4f} s of CPU a second of sound")
    for name, each in missed.items():
        for text in each[:: max(1, len(each) // 6)][:6] if len(each) > 12 else each:
            print(f"      {'missed: ' + name if name else 'refused'}: {text}")


def _speak(actor: Actor, spoken: Sequence[str]) -> list[Waveform]:
    def say(text: str) -> Waveform:
        return next(actor.synthesizer.synthesize([text], actor.voice, [1]))

    with ThreadPoolExecutor(os.cpu_count()) as pool:  # each is a child process
        return list(pool.map(say, spoken))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 220)
