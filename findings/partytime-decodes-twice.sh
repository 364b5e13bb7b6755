#!/usr/bin/env bash
# Show notes that write "p < 0.05" in HTML, read by podcast-partytime, a parser of podcast feeds.
#
# The guess: notes come out as they were before they went into XML. CDATA is taken as it stands, escaped text is
# unescaped once; both give the same HTML, in which the sign is still &lt;.
# What happens: every text is unescaped once too often, CDATA too, so that &lt; in the notes comes out as a bare <.
# The same feed through podcastparser, which is gPodder's, comes out whole.
# Why a podcast maker cares: notes about papers hold "<", and an app or site built on this parser puts it bare into
# its page: from "a<b" on, a browser takes the rest of the sentence for a tag, and nobody sees it. Escaping as the
# rules have it does not help; writing "below 0.05" does.
#
# podcast-partytime 5.0.0 (npm), podcastparser 0.6.11 (pip); twenty seconds or less.
# Seen: <p>It holds where a<b, p < 0.05.</p>
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes > npm.log
npm install --silent --no-audit --no-fund podcast-partytime@5.0.0
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check podcastparser==0.6.11

cat > feed.xml <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Show</title>
<item><title>CDATA</title><guid>cdata</guid>
<enclosure url="https://example.com/1.mp3" length="1" type="audio/mpeg"/>
<content:encoded><![CDATA[<p>It holds where a&lt;b, p &lt; 0.05.</p>]]></content:encoded></item>
<item><title>Escaped</title><guid>escaped</guid>
<enclosure url="https://example.com/2.mp3" length="1" type="audio/mpeg"/>
<content:encoded>&lt;p&gt;It holds where a&amp;lt;b, p &amp;lt; 0.05.&lt;/p&gt;</content:encoded></item>
</channel></rss>
XML
cat > party.mjs <<'JS'
import { readFileSync } from "node:fs";
import { parseFeed } from "podcast-partytime";
for (const item of parseFeed(readFileSync("feed.xml", "utf8")).items) console.log(item.content);
JS
cat > gpodder.py <<'PY'
import podcastparser

for episode in podcastparser.parse("https://example.com/feed.xml", open("feed.xml", "rb"))["episodes"]:
    print(episode["description_html"])
PY
node party.mjs > party.txt
venv/bin/python gpodder.py > gpodder.txt
echo "podcast-partytime: $(sort -u party.txt)"
echo "podcastparser:     $(sort -u gpodder.txt)"
if [ "$(sort -u gpodder.txt)" != '<p>It holds where a&lt;b, p &lt; 0.05.</p>' ]; then
  echo "CHANGED: podcastparser alters the notes"
  exit 1
fi
if [ "$(sort -u party.txt)" != '<p>It holds where a<b, p < 0.05.</p>' ]; then
  echo "CHANGED: podcast-partytime unescapes otherwise"
  exit 1
fi
