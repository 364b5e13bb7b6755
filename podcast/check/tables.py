"""What directories allow of a feed: namespaces, types. What they allow of settings has `podcast.show.directories`."""

NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "psc": "http://podlove.org/simple-chapters",
}

MEDIA = {
    ".mp3": ("audio/mpeg",),
    ".m4a": ("audio/x-m4a", "audio/mp4"),
    ".mp4": ("video/mp4", "audio/mp4"),
    ".m4v": ("video/x-m4v",),
    ".mov": ("video/quicktime",),
}
"""The types of an enclosure, by the ending of its address."""

TRANSCRIPTS = {
    "text/vtt", "application/x-subrip", "application/srt", "application/json", "text/html", "text/plain",
}  # fmt: skip

MEDIUMS = {"podcast", "music", "video", "film", "audiobook", "newsletter", "blog", "publisher", "course"}
MEDIUMS |= {f"{medium}L" for medium in MEDIUMS} | {"mixed"}
"""podcastindex.org's list; a trailing L is a list of such."""
