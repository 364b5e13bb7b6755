#!/usr/bin/env bash
# A feed that Python's ElementTree has read and written again: the same names, but under a prefix of its own, ns0, which
# XML leaves to the writer. Eight parsers of podcast feeds read it before and after.
#
# The guess: nothing changes for a reader. A tag is Apple's by the address of its namespace; itunes: is but a habit.
# What happens: podcast-partytime, rss-parser, podcast-feed-parser, Podverse's and node-podcast-parser go by the letters
# "itunes:". For them duration and cover are gone, and partytime has 0 for the one, and "not explicit" for a show that
# is. None gives an error: title, sound and date are there. feedsmith, podparse and podcastparser read what they read
# before.
# Why a podcast maker cares: a few lines of Python that put a tag into every item are soon written, and end just so. A
# check by a parser that knows namespaces passes, and for others the show has lost its cover. Register the prefixes
# before writing (register_namespace), and look for "<itunes:" in the file.
#
# podcast-partytime 5.0.0, rss-parser 3.13.0, node-podcast-parser 2.3.0, podcast-feed-parser 1.0.4,
# @podverse/podcast-feed-parser 1.1.1, feedsmith 3.0.1, podparse 1.6.0 (npm), podcastparser 0.6.11 (pip), ElementTree
# of Python 3.11; a quarter of a minute.
# Seen, of partytime: before, 3723 true https://example.com/c.jpg; after, 0 false, and no cover.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check podcastparser==0.6.11
npm init --yes > npm.log
npm install --silent --no-audit --no-fund podcast-partytime@5.0.0 rss-parser@3.13.0 node-podcast-parser@2.3.0 \
  podcast-feed-parser@1.0.4 @podverse/podcast-feed-parser@1.1.1 feedsmith@3.0.1 podparse@1.6.0

cat > before.xml <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">
<channel><title>Show</title><link>https://example.com/</link><description>About papers</description>
<itunes:explicit>true</itunes:explicit><itunes:image href="https://example.com/c.jpg"/>
<item><title>Episode</title><guid isPermaLink="false">one</guid><pubDate>Fri, 07 Feb 2025 06:00:00 +0000</pubDate>
<enclosure url="https://example.com/e.mp3" length="1000" type="audio/mpeg"/>
<itunes:duration>1:02:03</itunes:duration></item></channel></rss>
XML

cat > try.py <<'PY'
import xml.etree.ElementTree as ElementTree

import podcastparser

ElementTree.parse("before.xml").write("after.xml", encoding="utf-8", xml_declaration=True)
for name in ("before", "after"):
    with open(f"{name}.xml", "rb") as file:
        show = podcastparser.parse("https://example.com/feed.xml", file)
    print(f"{name}, podcastparser:", show["episodes"][0]["total_time"], show["explicit"], show.get("cover_url"))
PY
cat > try.mjs <<'JS'
import { readFileSync } from "node:fs";
import podverse from "@podverse/podcast-feed-parser";
import { parseFeed as feedsmith } from "feedsmith";
import nodePodcastParser from "node-podcast-parser";
import original from "podcast-feed-parser";
import partytime from "podcast-partytime";
import podparse from "podparse";
import RssParser from "rss-parser";

for (const name of ["before", "after"]) {
  const text = readFileSync(`${name}.xml`, "utf8");
  const say = (parser, duration, explicit, cover) =>
    console.log(`${name}, ${parser}: ${duration ?? "-"} ${explicit ?? "-"} ${cover ?? "-"}`);
  const party = partytime.parseFeed(text);
  say("partytime", party.items[0].duration, party.explicit, party.itunesImage);
  const rss = await new RssParser().parseString(text);
  say("rss-parser", rss.items[0].itunes?.duration, rss.itunes?.explicit, rss.itunes?.image);
  for (const [parser, { getPodcastFromFeed }] of Object.entries({ "podcast-feed-parser": original, podverse })) {
    const { meta, episodes } = getPodcastFromFeed(text);
    say(parser, episodes[0].duration, meta.explicit, meta.imageURL);
  }
  await new Promise((done) => {
    nodePodcastParser(text, (_, { image, episodes }) => {
      say("node-podcast-parser", episodes[0].duration, undefined, image);
      done();
    });
  });
  const smith = feedsmith(text).feed;
  say("feedsmith", smith.items[0].itunes?.duration, smith.itunes?.explicit, smith.itunes?.image);
  const { meta, episodes } = podparse(text);
  say("podparse", episodes[0].duration, meta.explicit, meta.image?.url);
}
JS
cat > seen.txt <<'TEXT'
before, podcastparser: 3723 True https://example.com/c.jpg
after, podcastparser: 3723 True https://example.com/c.jpg
before, partytime: 3723 true https://example.com/c.jpg
before, rss-parser: 1:02:03 true https://example.com/c.jpg
before, podcast-feed-parser: 3723 true https://example.com/c.jpg
before, podverse: 3723 true https://example.com/c.jpg
before, node-podcast-parser: 3723 - https://example.com/c.jpg
before, feedsmith: 3723 true https://example.com/c.jpg
before, podparse: 3723 true https://example.com/c.jpg
after, partytime: 0 false -
after, rss-parser: - - -
after, podcast-feed-parser: - - -
after, podverse: - - -
after, node-podcast-parser: - - -
after, feedsmith: 3723 true https://example.com/c.jpg
after, podparse: 3723 true https://example.com/c.jpg
TEXT
{ venv/bin/python try.py; node try.mjs; } | tee read.txt
if ! cmp --quiet read.txt seen.txt; then
  echo "CHANGED: the two feeds are read otherwise than was seen"
  exit 1
fi
