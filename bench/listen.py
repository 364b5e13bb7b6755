"""What a listener gets of a show that was made: loudness, pauses, words a minute, and what Whisper hears of it.

    python bench/listen.py SHOW [--minute] [--ear FOLDER]

SHOW is a folder after `podcast make`. Of each episode the decoded MP3 is measured and heard, by the lines that its cues
have them, in windows of up to 28 s; word error is edits (names, near spellings and all) a word that is said, after both
sides are put in spoken form; "missed" are words by the rules by which takes are judged. Gaps run from where a line is
heard last to where the next is heard first. --minute prints what is heard of the first minute.
"""

import argparse
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]  # a checkout need not be installed

from hearing import decoded, edits_between  # noqa: E402  (after the path is set)

from podcast import speech  # noqa: E402
from podcast.recording import hearing, words  # noqa: E402
from podcast.recording.whisper import Whisper  # noqa: E402
from podcast.show import packaged, store  # noqa: E402
from podcast.show.schema import Cue, Episode, Take  # noqa: E402
from podcast.show.workspace import PaperFolder, Workspace  # noqa: E402
from podcast.sound import audio, ffmpeg, loudness, turns  # noqa: E402
from podcast.sound.audio import Waveform  # noqa: E402

LEXICON = speech.Lexicon.load(packaged.voices() / "lexicon.tsv")


def main(show: Path, minute: bool, folder: Path | None) -> None:
    """Print what is measured and heard of each episode."""
    ear = Whisper(folder)
    for paper in Workspace(show).papers():
        if paper.episode.is_file():
            episode = store.load(Episode, paper.episode)
            _tell(ear, paper, episode, minute)


def _tell(ear: Whisper, paper: PaperFolder, episode: Episode, minute: bool) -> None:
    mp3 = paper.root / episode.media.file
    sound = decoded(mp3)
    said = sum(len(words.words(_spoken(cue))) for cue in episode.cues)
    print(f"\n{episode.paper_id}: {episode.made_with.get('voice A', '?')} / {episode.made_with.get('voice B', '?')}")
    print(f"  {episode.media.duration:.0f} s, {len(episode.cues)} lines, {said} words, "
          f"{60 * said / episode.media.duration:.0f} words a minute; {_loudness(mp3)}")  # fmt: skip
    for name, found in _gaps(paper, episode).items():
        told = ", ".join(f"{np.percentile(found, part):.2f}" for part in (10, 25, 50, 75, 90)) if found else "none"
        print(f"  gaps {name}: {len(found)}, mean {np.mean(found or [0]):.2f} s; 10, 25, 50, 75, 90 %: {told}; "
              f"under 0: {sum(gap < 0 for gap in found)}")  # fmt: skip
    wrong = missed = 0
    for cues in hearing.together(episode.cues, lambda cue: cue.end - cue.start + 0.6, 28.0):
        heard = ear.heard([_part(sound, cues)])
        texts = [_spoken(cue) for cue in cues]
        misses = words.missed(texts, heard, LEXICON)
        missed += sum(max(len(miss.said.split()), len(miss.heard.split())) for each in misses for miss in each)
        wrong += edits_between(" ".join(texts), speech.say(heard, LEXICON))
        if minute and cues[0].start < 60:
            print(f"  {cues[0].start:5.1f} s said:  {' '.join(texts)}\n          heard: {heard}")
    print(f"  word error {100 * wrong / said:.1f} %, missed {100 * missed / said:.1f} % of {said} words")


def _spoken(cue: Cue) -> str:
    return speech.say(cue.text, LEXICON)


def _part(sound: Waveform, cues: Sequence[Cue]) -> Waveform:
    first, last = round(cues[0].start * sound.sample_rate), round(cues[-1].end * sound.sample_rate)
    return Waveform(sound.samples[first:last], sound.sample_rate)


def _gaps(paper: PaperFolder, episode: Episode) -> dict[str, list[float]]:
    """Return the gaps in seconds: where the chapter changes, where the host does, and between lines of one host."""
    found: dict[str, list[float]] = {"between hosts": [], "of one host": [], "between chapters": []}
    begins = {chapter.start for chapter in episode.chapters}
    for one, other in zip(episode.cues, episode.cues[1:], strict=False):
        chapter = any(one.end - 0.3 < start <= other.start + 0.3 for start in begins)
        kind = "between chapters" if chapter else "between hosts" if one.host != other.host else "of one host"
        found[kind].append(other.start + _edges(paper, other)[0] - one.end + _edges(paper, one)[1])
    return found


def _edges(paper: PaperFolder, cue: Cue) -> tuple[float, float]:
    return turns.edges(loudness.measure(audio.read(Take(cue.take, paper.take(cue.take), cue.text).sound)))


def _loudness(mp3: Path) -> str:
    command = [ffmpeg.find(), "-hide_banner", "-nostats", "-i", str(mp3), "-map", "0:a"]
    command += ["-af", "ebur128=peak=true:framelog=verbose", "-f", "null", "-"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    told = told[told.rindex("Summary:") :]
    level, peak, span = (re.search(what, told) for what in (r"I:\s+(\S+)", r"Peak:\s+(\S+)", r"LRA:\s+(\S+)"))
    return f"{level and level[1]} LUFS, {peak and peak[1]} dBTP, range {span and span[1]} LU"


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("show", type=Path)
    parser.add_argument("--minute", action="store_true")
    parser.add_argument("--ear", type=Path)
    options = parser.parse_args()
    main(options.show, options.minute, options.ear)
