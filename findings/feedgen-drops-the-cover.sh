#!/usr/bin/env bash
# The show's cover, given to feedgen, which writes podcast feeds, as cover.jpeg, COVER.JPG or cover.jpg?v=2.
#
# The guess: an address is taken, or refused. feedgen holds addresses of pictures to .jpg and .png, and raises
# ValueError for others: that is what it does with an episode's picture. So a cover that was not refused is there.
# What happens: for the show's own cover the error is made but not raised. The call ends well, and the feed has no
# itunes:image. Where there was a cover before, that one stays, and the new one is gone.
# Why a podcast maker cares: directories take no show without a cover, and a new address is how a changed cover gets
# past the caches of apps, which is what ?v=2 is for. The program ends well, and the feed is valid XML; one learns of
# it from the directory, or never. Look for itunes:image in what was written.
#
# feedgen 1.0.0 (pip); ten seconds or so.
# Seen: no error and no cover for each; ValueError for the same address of an episode's picture.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check feedgen==1.0.0

cat > try.py <<'PY'
import sys
import xml.etree.ElementTree as ElementTree

from feedgen.feed import FeedGenerator

IMAGE = "{http://www.itunes.com/dtds/podcast-1.0.dtd}image"


def covers(*addresses):
    """What stands in the feed after the addresses were given one after the other."""
    feed = FeedGenerator()
    feed.load_extension("podcast")
    feed.title("Show")
    feed.link(href="https://example.com/")
    feed.description("Papers")
    for address in addresses:
        feed.podcast.itunes_image(address)
    return [image.get("href") for image in ElementTree.fromstring(feed.rss_str()).iter(IMAGE)]


def of_an_episode(address):
    feed = FeedGenerator()
    feed.load_extension("podcast")
    try:
        feed.add_entry().podcast.itunes_image(address)
    except ValueError as error:
        return f"ValueError: {error}"
    return "taken"


GOOD = "https://example.com/cover.jpg"
print(f"{GOOD}: {covers(GOOD)}")
if covers(GOOD) != [GOOD]:
    sys.exit("CHANGED: a cover that ends in .jpg is not taken either")
for end in ("cover.jpeg", "COVER.JPG", "cover.jpg?v=2"):
    address = f"https://example.com/{end}"
    alone, after, episode = covers(address), covers(GOOD, address), of_an_episode(address)
    print(f"{address}: {alone}, after the first {after}; an episode's: {episode}")
    if alone or after != [GOOD] or not episode.startswith("ValueError"):
        sys.exit("CHANGED: such a cover is taken, or refused")
PY
venv/bin/python try.py
