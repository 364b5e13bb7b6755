"""Every value written to disk, by the stage that writes it.

All are frozen, refuse unknown fields, and say their unit where a number has one.
Sequences are tuples; instants are aware and in UTC; durations are seconds.
"""

from podcast.show.schema.documents import (
    Brief,
    Claim,
    Claims,
    Document,
    Dropped,
    Experiments,
    Method,
    Retelling,
    Section,
)
from podcast.show.schema.episodes import Chapter, Cue, Episode, Media
from podcast.show.schema.feeds import (
    Catalogue,
    DayItem,
    Digest,
    Elsewhere,
    File,
    Format,
    Honours,
    Item,
    Placed,
    Retired,
    Withdrawn,
)
from podcast.show.schema.papers import ROUNDUP, Day, Left, Paper, Roundup, Score, Scores, Selection, Verdict
from podcast.show.schema.runs import Fallback, Quarantine, Run, RunDay, RunPaper
from podcast.show.schema.scripts import Correction, HostKey, Line, Script, Version
from podcast.show.schema.values import ArxivId, EpisodeId, Instant, Record, Seconds, Setting, Text, Usage
from podcast.show.schema.voices import Attempt, Attempts, Retake, Take, Voice

__all__ = [
    "ROUNDUP", "ArxivId", "Attempt", "Attempts", "Brief", "Catalogue", "Chapter", "Claim", "Claims", "Correction",
    "Cue", "Day", "DayItem", "Digest", "Document", "Dropped", "Elsewhere", "Episode", "EpisodeId", "Experiments",
    "Fallback",
    "File", "Format", "Honours", "HostKey", "Instant", "Item", "Left", "Line", "Media", "Method", "Paper", "Placed",
    "Quarantine", "Record", "Retake", "Retelling", "Retired", "Roundup", "Run", "RunDay", "RunPaper", "Score",
    "Scores", "Script", "Seconds", "Section", "Selection", "Setting", "Take", "Text", "Usage", "Verdict", "Version",
    "Voice", "Withdrawn",
]  # fmt: skip
