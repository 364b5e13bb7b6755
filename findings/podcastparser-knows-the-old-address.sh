#!/usr/bin/env bash
# An episode with podcast:transcript, podcast:chapters and podcast:person, read by podcastparser, gPodder's parser of
# podcast feeds.
#
# The guess: it reads the three. Its source names them, and its results have a place for each: transcript_url,
# chapters_json_url, persons.
# What happens: none is there, and no error. The namespace's own address, https://podcastindex.org/namespace/1.0, is not
# among those that podcastparser knows; the one it has is that of a page about the namespace on GitHub. With this
# declared it reads all three. podcast-partytime and feedsmith do so with either, and Apple's tags are read in both.
# Why a podcast maker cares: hosts and generators declare podcastindex.org's, as its rules have it, and a test by
# podcastparser says that the feed has no transcript. With the other address it passes, and readers that know only the
# right one find nothing. Declare the right one; put chapters into the sound too; count such tags by an XML parser.
#
# podcastparser 0.6.11 (pip), podcast-partytime 5.0.0, feedsmith 3.0.1 (npm); a quarter of a minute.
# Seen: podcastindex.org: None None None, 3723 s; GitHub: e.vtt e.json Ann, 3723 s
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check podcastparser==0.6.11
npm init --yes > npm.log
npm install --silent --no-audit --no-fund podcast-partytime@5.0.0 feedsmith@3.0.1

for address in podcastindex.org/namespace/1.0 github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md; do
  cat > "${address%%/*}.xml" << XML
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:podcast="https://$address">
<channel><title>Show</title><link>https://example.com/</link><description>About papers</description>
<item><title>Episode</title><guid isPermaLink="false">one</guid><pubDate>Fri, 07 Feb 2025 06:00:00 +0000</pubDate>
<enclosure url="https://example.com/e.mp3" length="1000" type="audio/mpeg"/><itunes:duration>1:02:03</itunes:duration>
<podcast:transcript url="https://example.com/e.vtt" type="text/vtt"/>
<podcast:chapters url="https://example.com/e.json" type="application/json+chapters"/>
<podcast:person role="host">Ann</podcast:person></item></channel></rss>
XML
done

cat > try.py <<'PY'
import podcastparser

for name in ("podcastindex.org", "github.com"):
    with open(f"{name}.xml", "rb") as file:
        episode = podcastparser.parse("https://example.com/feed.xml", file)["episodes"][0]
    people = [person["name"] for person in episode.get("persons") or []]
    links = [episode.get("transcript_url"), episode.get("chapters_json_url")]
    print(f"podcastparser, {name}:", *links, *(people or [None]), episode["total_time"])
PY
cat > try.mjs <<'JS'
import { readFileSync } from "node:fs";
import { parseFeed as feedsmith } from "feedsmith";
import partytime from "podcast-partytime";

for (const name of ["podcastindex.org", "github.com"]) {
  const text = readFileSync(`${name}.xml`, "utf8");
  const [one] = partytime.parseFeed(text).items;
  console.log(`partytime, ${name}:`, one.podcastTranscripts[0].url, one.podcastChapters.url, one.podcastPeople[0].name);
  const { podcast } = feedsmith(text).feed.items[0];
  console.log(`feedsmith, ${name}:`, podcast.transcripts[0].url, podcast.chapters.url, podcast.persons[0].display);
}
JS
cat > seen.txt <<'TEXT'
podcastparser, podcastindex.org: None None None 3723
podcastparser, github.com: https://example.com/e.vtt https://example.com/e.json Ann 3723
partytime, podcastindex.org: https://example.com/e.vtt https://example.com/e.json Ann
feedsmith, podcastindex.org: https://example.com/e.vtt https://example.com/e.json Ann
partytime, github.com: https://example.com/e.vtt https://example.com/e.json Ann
feedsmith, github.com: https://example.com/e.vtt https://example.com/e.json Ann
TEXT
{ venv/bin/python try.py; node try.mjs; } | tee read.txt
if ! cmp --quiet read.txt seen.txt; then
  echo "CHANGED: the tags are read otherwise than was seen"
  exit 1
fi
