#!/usr/bin/env bash
# <itunes:explicit> with true and false, the two words that Apple's rules name, in Python: written by feedgen and podgen,
# read by feedparser.
#
# The guess: libraries for podcasts know the two values of the tag that every podcast must have.
# What happens: they know the words of before 2019. feedgen refuses "true", "false", True and False, and takes yes, no
# and clean; podgen makes "no" of False for the show, and "Yes" of True for an episode. feedparser has True for yes,
# False for clean, and None for true and false alike, so that an explicit show and a clean one cannot be told apart,
# nor from one that says nothing. podcastparser, gPodder's, knows old and new.
# Why a podcast maker cares: who tests the feed with feedparser, with `is False` or with `not`, fails on a right feed, or
# passes a show that has just been marked explicit, which directories then hide from listeners. Who writes it with the
# other two cannot write what the rules say. Write and read this tag yourself.
#
# feedgen 1.0.0, podgen 1.1.0, feedparser 6.0.14, podcastparser 0.6.11 (pip); a quarter of a minute.
# Seen: feedparser None for true and None for false; ValueError: Invalid value for explicit tag.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
  feedgen==1.0.0 podgen==1.1.0 feedparser==6.0.14 podcastparser==0.6.11

cat > try.py <<'PY'
import io
import re
import sys

import feedparser
import podcastparser
import podgen
from feedgen.feed import FeedGenerator

FEED = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>Show</title>
<itunes:explicit>{}</itunes:explicit></channel></rss>"""


def by_feedparser(word):
    return feedparser.parse(FEED.format(word)).feed.itunes_explicit


def by_podcastparser(word):
    return podcastparser.parse("https://example.com/", io.BytesIO(FEED.format(word).encode())).get("explicit")


def by_feedgen(value):
    feed = FeedGenerator()
    feed.load_extension("podcast")
    try:
        return feed.podcast.itunes_explicit(value)
    except ValueError as error:
        return f"ValueError: {error}"


def by_podgen():
    """The words for a show that is not explicit and an episode that is."""
    show = podgen.Podcast(name="Show", description="Papers", website="https://example.com/", explicit=False)
    media = podgen.Media("https://example.com/1.mp3", 1, type="audio/mpeg")
    show.episodes.append(podgen.Episode(title="One", media=media, explicit=True))
    return re.findall(r"<itunes:explicit>(.*?)</itunes:explicit>", show.rss_str())


changed = False
for word, expected in {"true": None, "false": None, "yes": True, "no": None, "clean": False}.items():
    print(f"read {word:6} feedparser {by_feedparser(word)!s:6} podcastparser {by_podcastparser(word)}")
    changed |= by_feedparser(word) is not expected or by_podcastparser(word) is not (word in ("true", "yes"))
for value in ("true", "false", True, False):
    print(f"write {value!r:7} feedgen {by_feedgen(value)}")
    changed |= by_feedgen(value) != "ValueError: Invalid value for explicit tag"
print(f"write False for the show, True for an episode: podgen {by_podgen()}")
if changed or by_feedgen("yes") != "yes" or by_podgen() != ["no", "Yes"]:
    sys.exit("CHANGED: the tag is written or read otherwise")
PY
venv/bin/python try.py
