"""Every value written to disk, by the stage that writes it.

All are frozen and say their unit where a number has one.
What a person may edit refuses unknown fields; what machines exchange keeps them. Sequences are tuples; instants are aware and in UTC; durations are seconds.
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
from podcast.show.schema.papers import ROUNDUP, Day, Left, Paper, Known, Rests, Roundup, Score, Scores, Selection, Verdict
from podcast.show.schema.runs import Quarantine, Run, RunDay, RunPaper
from podcast.show.schema.scripts import Begun, Correction, HostKey, Line, Mixed, Mixes, Said, Script, Version
from podcast.show.schema.values import ARXIV_ID, ArxivId, EpisodeId, Exchanged, Instant, Record, Seconds, Setting, Text, Usage
from podcast.show.schema.voices import Attempt, Attempts, Retake, Take, Voice

__all__ = [
    "ARXIV_ID", "ArxivId", "Attempt", "Attempts", "Begun", "Brief", "Catalogue", "Chapter", "Claim", "Claims", "Correction",
    "Cue", "Day", "DayItem", "Digest", "Document", "Dropped", "Elsewhere", "Episode", "EpisodeId", "Exchanged",
    "Experiments", "File", "Format", "Honours", "HostKey", "Instant", "Item", "Known", "Left", "Line", "Media",
    "Method", "Mixed", "Mixes", "Paper", "Placed", "Quarantine", "ROUNDUP", "Record", "Rests", "Retake",
    "Retelling", "Retired", "Roundup", "Run", "RunDay", "RunPaper", "Said", "Score", "Scores", "Script", "Seconds",
    "Section", "Selection", "Setting", "Take", "Text", "Usage", "Verdict", "Version", "Voice", "Withdrawn",
]  # fmt: skip
