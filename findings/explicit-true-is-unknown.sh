#!/usr/bin/env bash
# <itunes:explicit> with true and false, the two words that Apple's rules name, written by feedgen, and read by
# feedparser and node-podcast-parser.
#
# The guess: libraries for podcasts know the two values of the tag that every podcast must have.
# What happens: they know the words of before 2019. feedgen refuses "true", "false", True and False, and takes yes, no
# and clean. feedparser has True for yes, False for clean, and None for true and false alike. node-podcast-parser has
# true for yes and false for true, the opposite of what the feed says. podcastparser, gPodder's, knows old and new.
# Why a podcast maker cares: a test of the feed that says `is False` fails on a right feed, and one that says `not`
# passes a show that was marked explicit, which directories hide from many. Who writes with feedgen cannot write what
# the rules say. Write and read this tag yourself.
#
# feedgen 1.0.0, feedparser 6.0.14, podcastparser 0.6.11 (pip), node-podcast-parser 2.3.0 (npm); half a minute.
# Seen: true is None for feedparser and false for node-podcast-parser; ValueError: Invalid value for explicit tag.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check feedgen==1.0.0 feedparser==6.0.14 podcastparser==0.6.11

npm init --yes > npm.log
npm install --silent --no-audit --no-fund node-podcast-parser@2.3.0

cat > node.cjs <<'JS'
// words become what the parser has for them, as JSON
const parse = require("node-podcast-parser");
const feed = (word) => `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>Show</title>
<itunes:explicit>${word}</itunes:explicit></channel></rss>`;
const seen = {};
for (const word of process.argv.slice(2)) {
  parse(feed(word), (error, show) => {
    if (error) throw error;
    seen[word] = show.explicit;
  });
}
process.on("exit", () => console.log(JSON.stringify(seen)));
JS
cat > try.py <<'PY'
import io
import json
import subprocess
import sys

import feedparser
import podcastparser
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


changed = False
EXPECTED = {"true": None, "false": None, "yes": True, "no": None, "clean": False}
by_node = json.loads(subprocess.run(["node", "node.cjs", *EXPECTED], check=True, capture_output=True).stdout)
for word, expected in EXPECTED.items():
    print(
        f"read {word:6} feedparser {by_feedparser(word)!s:6} node-podcast-parser {by_node[word]!s:6}"
        f" podcastparser {by_podcastparser(word)}"
    )
    changed |= by_feedparser(word) is not expected or by_podcastparser(word) is not (word in ("true", "yes"))
    changed |= by_node[word] is not (word == "yes")
for value in ("true", "false", True, False):
    print(f"write {value!r:7} feedgen {by_feedgen(value)}")
    changed |= by_feedgen(value) != "ValueError: Invalid value for explicit tag"
if changed or by_feedgen("yes") != "yes":
    sys.exit("CHANGED: the tag is written or read otherwise")
PY
venv/bin/python try.py
