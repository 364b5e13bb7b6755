#!/usr/bin/env bash
# A feed with an episode a day for a week, read by the feed parser of Podverse, a podcast app.
#
# The guess: a parser gives the episodes as the feed has them, or the newest first. pubDate is there to be sorted by,
# and RSS says how it looks.
# What happens: it sorts by pubDate, but as letters: all Wednesdays come first, then Tuesdays, Thursdays, Sundays,
# Saturdays, Mondays and Fridays, and within a weekday the highest day of the month, whatever month and year. So the
# newest episode, here Friday's, is last. podcast-feed-parser, which this one was made from, makes times of the dates
# first and has them right.
# Why a podcast maker cares: a daily show meets each weekday; who takes the first of the list for the latest episode
# announces an old one, for months if need be. A weekly show seems right, until a month ends. Sort again by the time.
#
# @podverse/podcast-feed-parser 1.1.1, podcast-feed-parser 1.0.4 (npm); ten seconds or so.
# Seen: first Wed, 29 Jan 2025, then Wed, 05 Feb 2025, Wed, 01 Jan 2025; last Fri, 07 Feb 2025, the newest.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes > npm.log
npm install --silent --no-audit --no-fund @podverse/podcast-feed-parser@1.1.1 podcast-feed-parser@1.0.4

cat > try.cjs <<'JS'
const podverse = require("@podverse/podcast-feed-parser");
const original = require("podcast-feed-parser");

// newest first, as feeds have it
const dates = ["Fri, 07 Feb 2025", "Thu, 06 Feb 2025", "Wed, 05 Feb 2025", "Tue, 04 Feb 2025", "Mon, 03 Feb 2025"];
dates.push("Sun, 02 Feb 2025", "Sat, 01 Feb 2025", "Wed, 29 Jan 2025", "Wed, 01 Jan 2025");
const items = dates.map((date) => `<item><title>${date}</title><guid>${date}</guid>
<pubDate>${date} 06:00:00 +0000</pubDate>
<enclosure url="https://example.com/${dates.indexOf(date)}.mp3" length="1" type="audio/mpeg"/></item>`);
const feed = `<rss version="2.0"><channel><title>Show</title>${items.join("")}</channel></rss>`;

const titles = (parser) => parser.getPodcastFromFeed(feed).episodes.map(({ title }) => title);
const letters = [...dates].sort().reverse();
const seen = titles(podverse);
console.log(`the feed:\n  ${dates.join("\n  ")}\nPodverse's parser:\n  ${seen.join("\n  ")}`);
if (titles(original).join() !== dates.join()) {
  console.log("CHANGED: podcast-feed-parser no longer has the newest first");
  process.exit(1);
}
if (seen.join() !== letters.join()) {
  console.log("CHANGED: Podverse's parser no longer sorts dates as letters");
  process.exit(1);
}
JS
node try.cjs
