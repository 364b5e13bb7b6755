"""The rules that a published show is held to: each a sentence, and whose it is."""

from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """What has to hold. PSP-1 is the Podcast Standards Project's; the podcast namespace is podcastindex.org's."""

    DECLARATION = "the feed begins with an XML declaration that says UTF-8 (Apple)"
    WELL_FORMED = "the feed is well-formed XML without a DOCTYPE (Apple, PSP-1)"
    CONTROLS = "the feed has no control characters (XML 1.0)"
    SIZE = "the feed has fewer than 5,000,000 bytes (W3C feed validator)"
    COUNT = "the feed has at most 300 items, older ones in archives (RFC 5005)"
    RSS = 'the feed is <rss version="2.0"> with one channel (Apple, PSP-1)'
    NAMESPACES = "namespaces are declared on <rss>, exact to the letter and with their usual prefixes (Apple, PSP-1)"
    ONCE = "a tag that may stand once stands once (PSP-1)"
    TITLE = "a title is there and has at most 255 bytes (Apple)"
    TITLE_NUMBER = "an episode's title does not begin with its number, which has its own tag (Apple)"
    DESCRIPTION = "a description is there and has at most 4,000 bytes, tags included (Apple)"
    LINK = "the link is the home page, a web address, and not the feed's own (PSP-1)"
    ADDRESS = "an address is absolute, http or https, in printable ASCII (Apple)"
    LANGUAGE = "the language is a code of ISO 639, with a region where wanted, such as en or pt-BR (Apple)"
    CATEGORY = "the category is one of Apple's list, letter by letter (Apple)"
    EXPLICIT = "explicit is true or false (Apple)"
    IMAGE = "artwork is named, and its address ends in .jpg, .jpeg or .png (Apple)"
    RSS_IMAGE = "the RSS image has url, title and link, and is at most 144 × 400 pixels (RSS 2.0)"
    SELF = (
        "exactly one atom:link is the feed's own, rel=self, and it is the first (PSP-1; audiobookshelf takes the first)"
    )
    PAGING = "links between the feed's pages name another page; an archive says that it is one (RFC 5005)"
    AUTHOR = "the author is named (PSP-1)"
    TYPE = "the show's type is episodic or serial (Apple)"
    YES = "a flag such as itunes:block is Yes or not there (Apple)"
    BLOCK = "nothing is blocked: itunes:block and podcast:block keep a show or an episode out of directories (Apple)"
    OWNER = "the owner's e-mail is there: directories ask there whose the show is (directories)"
    GUID = "podcast:guid is a UUID of version 5 (podcast namespace)"
    LOCKED = "podcast:locked is yes or no (podcast namespace)"
    MEDIUM = "podcast:medium is one of the namespace's (podcast namespace)"
    FREQUENCY = "updateFrequency has an RFC 5545 rule such as FREQ=WEEKLY;BYDAY=MO (podcast namespace)"
    LICENSE = "a licence is a slug such as cc-by-4.0, or has a url (podcast namespace)"
    AI = "a show made by AI says so: podcast:txt ai-content true, and in words what of it AI made (Apple)"
    PERSON = "a person has a name of at most 128 characters (podcast namespace)"
    TXT = "podcast:txt has at most 4,000 characters and a purpose of at most 128 (podcast namespace)"
    ITEM_GUID = "an episode has one guid, its own alone; an address only where it is a permalink (Apple)"
    ENCLOSURE = "an episode has exactly one enclosure with url, length in bytes and type (Apple)"
    ENCLOSURE_URL = "no two episodes have one enclosure address: Apple leaves the second out (Apple)"
    ENCLOSURE_TYPE = "an enclosure's ending and type are of one format that apps play (Apple)"
    DATE = "a date is RFC 2822: weekday that it was, 24 hours, zone (Apple)"
    FUTURE = "no date is to come: apps do not show such an episode (Apple)"
    ORDER = "episodes stand newest first (Apple)"
    NUMBERS = "numbers fall where dates fall, for some apps sort by the one and some by the other (Apple)"
    DURATION = "a duration is in whole seconds, more than none (Apple)"
    EPISODE = "episode and season numbers are whole, from 1, and no two episodes share one (Apple)"
    EPISODE_TYPE = "an episode is full, trailer or bonus (Apple)"
    SUMMARY = "itunes:summary is left out: some apps show it in the description's place (Apple dropped it)"
    HTML = "notes have only p br ol ul li a b i strong em, closed as opened, no other attribute than href (PSP-1)"
    HTML_LINK = "links in the notes are whole: http, https or mailto (Apple)"
    ESCAPED = "what is escaped is escaped once (RSS 2.0)"
    TIMESTAMPS = "times in the notes begin at 00:00, rise, are three at least, and are those of the chapters (Spotify)"
    TRANSCRIPT = "a transcript has a url and a type that apps know; one is text/vtt (podcast namespace, Apple)"
    CHAPTERS = "podcast:chapters stands once, with a url and application/json+chapters (podcast namespace)"
    PSC = "Podlove chapters are version 1.2, each with start and title, and rise from 0 (Podlove)"
    CHAPTER_LENGTH = "of more than three chapters each is 30 seconds long at least (Spotify)"
    ALTERNATE = "an alternate enclosure has a type and a source, and an integrity as sha256-, sha384- or sha512- (SRI)"
    SOUNDBITE = "a soundbite is 15 to 120 seconds long (podcast namespace)"

    FILE = "each file that the feed names is there, with the length that is said (Apple)"
    EPISODES = "every episode that was made and not withdrawn is in the feed, as it is now (the show's own)"
    SUMS = "a file has the bytes that it was made with (the show's own)"
    UNIQUE_PAGES = "no episode stands on two of the feed's pages (RFC 5005)"
    CUES = "transcripts can be read, cues rise, and all formats say the same words then (Apple, podcast namespace)"
    INTEGRITY = "an alternate enclosure's integrity is that of its file (SRI)"
    CHAPTERS_FILE = "the chapters' file, the Podlove chapters and those in the MP3 are the same (podcast namespace)"
    MP3_LENGTH = "the MP3 is as long as the feed says (Apple)"
    MP3_TAGS = "the MP3 has an ID3v2.3 tag: title, artist, album, genre, date, cover, chapters in a table (Apple)"
    MP3_RATE = "the MP3 has 44,100 or 48,000 samples a second (Apple)"
    MP3_SEEKING = "the MP3 has a constant bit rate and an Info header, or apps jump to the wrong place (Apple)"
    ARTWORK = "artwork is as Apple demands it (Apple)"
    PAGE_LINK = "each link within the site leads to a page, and to a place that it has (HTML)"
    PAGE_ID = "an id stands once on a page (HTML)"
    THIRD_PARTY = "pages fetch scripts, styles, pictures, fonts and media from the site alone (the show's own)"

    PRIVATE = "a private show is blocked, not indexed, and its secret address told to no other host (the show's own)"

    ANSWER = "each address of the feed answers 200, to GET and to HEAD alike (Apple)"
    HTTPS = "each address is https, except on this machine (Apple)"
    CONTENT_TYPE = "a file is served as the type that the feed says (Apple, podcast namespace)"
    CONTENT_LENGTH = "an enclosure is served with the length that the feed says (Apple)"
    RANGES = "a byte range is answered by 206 and those bytes (Apple)"
    CORS = "transcripts and chapters may be read by players on other sites: CORS (podcast namespace)"
    NOT_MODIFIED = "who has the feed is told so: 304 by ETag or Last-Modified (PSP-1)"
    NO_GZIP = "audio is served without a content encoding, which breaks ranges (Apple)"
    REDIRECTS = "an address leads there with at most three redirects, none of them to http (Apple)"


STANDS = frozenset({Rule.NUMBERS.value})
"""Rules that nothing can be done for once an episode is published: it is said, and fails no check."""


@dataclass(frozen=True)
class Failure:
    """A rule that is broken: where, and what was found there."""

    rule: str
    where: str
    found: str
