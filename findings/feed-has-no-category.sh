#!/usr/bin/env bash
# A show with category, cover, owner and an episode of 62 minutes and 3.5 seconds, written by feed, a much used writer
# of feeds for Node, with its option podcast: true.
#
# The guess: that option is for the tags that podcast directories ask for, so that what was given is in them, and
# parsers of podcasts read it.
# What happens: the category is written as text, where Apple's tag has an attribute, and so no parser has it: for
# podcast-partytime and feedsmith there is none, for podcastparser one without a name. The cover is only in Google's
# tag, whose service is no more, and in RSS's own: itunes:image is missing. So is itunes:explicit, which no option
# makes. The duration is 1:02:3.5, which feedsmith gives up on.
# Why a podcast maker cares: Apple requires category, image and explicit, and turns the show away; the feed is valid
# RSS all the same, and the library's types have room for all that was given. Its extensions can write the tags, the
# category too if it is given to them alone.
#
# feed 6.0.0, podcast-partytime 5.0.0, feedsmith 3.0.1 (npm), podcastparser 0.6.11 (pip); a quarter of a minute.
# Seen: <itunes:category>Technology</itunes:category> and <itunes:duration>1:02:3.5</itunes:duration>
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes > npm.log
npm install --silent --no-audit --no-fund feed@6.0.0 podcast-partytime@5.0.0 feedsmith@3.0.1
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check podcastparser==0.6.11

cat > write.mjs <<'JS'
import { writeFileSync } from "node:fs";
import { Feed } from "feed";

const show = new Feed({
  title: "Show",
  description: "Papers",
  id: "https://example.com/",
  link: "https://example.com/",
  language: "en",
  copyright: "",
  image: "https://example.com/cover.jpg",
  category: "Technology",
  author: { name: "A host", email: "host@example.com" },
  podcast: true,
});
show.addItem({
  title: "One",
  id: "one",
  link: "https://example.com/1",
  date: new Date("2025-01-06T06:00:00Z"),
  description: "A paper",
  audio: { url: "https://example.com/1.mp3", length: 123, type: "audio/mpeg", duration: 3723.5 },
});
writeFileSync("feed.xml", show.rss2());
JS
cat > read.mjs <<'JS'
import { readFileSync } from "node:fs";
import { parseFeed as byFeedsmith } from "feedsmith";
import { parseFeed as byPartytime } from "podcast-partytime";

const xml = readFileSync("feed.xml", "utf8");
const party = byPartytime(xml);
const { feed } = byFeedsmith(xml);
const seen = {
  partytime: { category: party.itunesCategory ?? null, image: party.itunesImage ?? null },
  feedsmith: {
    category: feed.itunes?.categories ?? null,
    image: feed.itunes?.image ?? null,
    duration: feed.items[0].itunes?.duration ?? null,
  },
};
console.log(JSON.stringify(seen));
JS
cat > gpodder.py <<'PY'
import podcastparser

show = podcastparser.parse("https://example.com/feed.xml", open("feed.xml", "rb"))
print(f"podcastparser: category {show.get('itunes_categories')}")
PY
node write.mjs
{
  grep -E '<itunes:(category|duration|image|explicit)' feed.xml | sed 's/^ *//'
  node read.mjs
  venv/bin/python gpodder.py
} | tee seen.txt
cat > expected.txt <<'TXT'
<itunes:duration>1:02:3.5</itunes:duration>
<itunes:category>Technology</itunes:category>
{"partytime":{"category":null,"image":null},"feedsmith":{"category":null,"image":null,"duration":null}}
podcastparser: category [['']]
TXT
if ! diff expected.txt seen.txt; then
  echo "CHANGED: other tags are written, or they are read otherwise"
  exit 1
fi
