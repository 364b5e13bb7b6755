"""Judge a show that was made, by programs that the project did not write: podcastparser, mp3val, ffmpeg's ebur128."""

import io
import re
import subprocess
import sys
from pathlib import Path

import podcastparser


def main(show: Path) -> None:
    """Print what each judge found; exit 1 when one complains."""
    feed = show / "feed"
    parsed = podcastparser.parse("http://127.0.0.1:8000/feed.xml", io.BytesIO((feed / "feed.xml").read_bytes()))
    wrong = []
    print(f"podcastparser: {parsed['title']!r}, {len(parsed['episodes'])} episodes")
    if len(parsed["episodes"]) != 3:
        wrong.append("the demo has three episodes")
    for episode in parsed["episodes"]:
        url = episode["enclosures"][0]["url"]
        media = feed / "media" / url.rsplit("/", 1)[1]
        size, said = media.stat().st_size, episode["enclosures"][0]["file_size"]
        if size != said:
            wrong.append(f"{media.name}: the feed says {said} bytes, the file has {size}")
        if len(episode.get("chapters", [])) < 5:
            wrong.append(f"{media.name}: fewer than five chapters")
        verdict = subprocess.run(["mp3val", "-si", media], capture_output=True, text=True, check=True).stdout
        wrong += [line for line in verdict.splitlines() if line.startswith(("WARNING", "ERROR"))]
        level, peak = loudness(media)
        print(f"{media.name}: {episode['total_time']} s, {level} LUFS, {peak} dBTP")
        if abs(level + 16.0) > 0.5 or peak > -1.0:
            wrong.append(f"{media.name}: {level} LUFS and {peak} dBTP, -16 ± 0.5 and at most -1 wanted")
    for problem in wrong:
        print("PROBLEM", problem)
    sys.exit(bool(wrong))


def loudness(media: Path) -> tuple[float, float]:
    """Return LUFS and dBTP of the decoded file. framelog=quiet is refused by ffmpeg 5.1, which then prints zeros."""
    # fmt: off
    told = subprocess.run(
        ["ffmpeg", "-hide_banner", "-nostats", "-i", media, "-map", "0:a", "-af", "ebur128=peak=true:framelog=verbose",
         "-f", "null", "-"],
        capture_output=True, text=True, check=True,
    ).stderr
    # fmt: on
    told = told[told.rindex("Summary:") :]
    found = [re.search(pattern, told) for pattern in (r"I:\s+(-?[\d.]+)", r"Peak:\s+(-?[\d.]+)")]
    level, peak = (float(match[1]) if match else float("nan") for match in found)
    return level, peak


if __name__ == "__main__":
    main(Path(sys.argv[1]))
