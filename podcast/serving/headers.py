"""What a web server says of each file: its type, and how long it may be kept."""

import re
from collections.abc import Mapping
from types import MappingProxyType

TYPES: Mapping[str, str] = MappingProxyType(
    {
        ".mp3": "audio/mpeg",
        ".m4a": "audio/mp4",
        ".opus": "audio/ogg",
        ".vtt": "text/vtt; charset=utf-8",
        ".srt": "application/x-subrip; charset=utf-8",
        ".chapters.json": "application/json+chapters",
        ".json": "application/json",
        ".jsonl": "application/jsonl; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".md": "text/markdown; charset=utf-8",
        ".txt": "text/plain; charset=utf-8",
        ".opml": "text/x-opml; charset=utf-8",
        "sitemap.xml": "application/xml; charset=utf-8",
        ".xml": "application/rss+xml; charset=utf-8",
        ".webmanifest": "application/manifest+json",
        ".jpg": "image/jpeg",
        ".jpeg": "image/jpeg",
        ".png": "image/png",
        ".svg": "image/svg+xml",
        ".ico": "image/x-icon",
        ".woff2": "font/woff2",
    }
)
"""Content types by the end of a path, the first that fits. All XML but the site map is a feed."""

FOR_EVER = "public, max-age=31536000, immutable"
FOR_MINUTES = "public, max-age=300"

_BY_CONTENT = re.compile(r"media/.+-[0-9a-f]{10,64}\.(mp3|m4a|opus)")


def content_type(path: str) -> str:
    """Return the type of a file by its path."""
    return next((kind for end, kind in TYPES.items() if path.endswith(end)), "application/octet-stream")


def is_audio(path: str) -> bool:
    return content_type(path).startswith("audio/")


def is_text(path: str) -> bool:
    """Tell whether the file is one that is sent packed: sound, pictures and fonts are so already, or break by it."""
    kind = content_type(path)
    return kind.startswith(("text/", "application/", "image/svg")) and kind != "application/octet-stream"


def framed_by(path: str) -> str:
    """Return who may show a page in a frame: an episode's small player anybody, any other the site itself."""
    return "*" if re.fullmatch(r"episodes/[^/]+/embed\.html", path) else "'self'"


def is_immutable(path: str) -> bool:
    """Tell whether the file's own bytes are in its name, so that another file never has it: sound alone.

    Transcripts, chapters and pictures are named by their sound's hash: they may change while it stays.
    """
    return bool(_BY_CONTENT.fullmatch(path))


def cache_control(path: str) -> str:
    """Return how long a file may be kept: what never changes for ever, the rest five minutes."""
    return FOR_EVER if is_immutable(path) else FOR_MINUTES
