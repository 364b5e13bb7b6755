"""Who speaks, how the takes become one file, and the marks in it."""

from typing import Literal

from pydantic import Field

from podcast.show.schema import Record, Seconds


class RecordSettings(Record):
    """Who speaks it."""

    synthesizer: str = "auto"
    """`auto`, a name of `podcast voices`, or `package.module:Class`; used for hosts whose voice is "auto"."""
    min_semitones: float = Field(4.0, ge=0)
    """How far apart any two hosts' voices are at least, by their median pitch; 0 allows any."""
    ear: str = Field("auto", min_length=1)
    """Who hears whether the words are there: `whisper`, `pocketsphinx`, a folder with a model of Whisper's, `none`, or
    `auto` for the best installed. English alone is heard."""
    workers: int = Field(0, ge=0, le=64)
    """How many processes record at once, each with its engine; 0 for one a core, fewer where memory is short."""


class MixSettings(Record):
    """How the takes become one file."""

    loudness: float = Field(-16.0, ge=-30, le=-10)
    """LUFS, as BS.1770 measures the file as it is."""
    bitrate: Literal[64, 80, 96, 112, 128, 160] = 96
    """kbit/s of the mono MP3, constant. LAME scales its input alike for just these rates."""
    opus: Literal[0, 16, 24, 32, 48, 64] = 0
    """kbit/s of the same in Opus, beside the MP3, for apps that take a smaller file; 0 for none."""
    turns: Literal["auto", "talk", "plain"] = "auto"
    """How lines follow each other: as people take turns, in one room, or with plain pauses. `auto` is talk, but for an
    episode that was mixed with plain pauses: it keeps them."""
    pause: Seconds = 0.35
    """Between two lines of one host. In talk pauses are drawn, and these three make them longer or shorter."""
    pause_host: Seconds = 0.5
    """Where the host changes."""
    pause_chapter: Seconds = 1.0
    """Where the chapter changes."""
    chapter: Seconds = 30.0
    """Seconds that a chapter lasts at least, as long as more than three are left: a shorter one joins its neighbour.
    Spotify wants 30. 0 for the script's own chapters, which an episode of an earlier version keeps."""
    intro: str = "intro.flac"
    """A sound of the show's folder, or the built-in one; "" for none."""
    outro: str = "outro.flac"


class MarksSettings(Record):
    """Marks that sound is synthetic, in each new mix: C2PA's signed manifest, and one in the sound itself that nobody
    hears. The other marks are always there."""

    certificate: str = ""
    """A PEM file, from the show's folder: the show's certificate, then those that vouch for it; "" for no signature."""
    key: str = "marks.key"
    """A PEM file with its private key, PKCS#8 and not encrypted; keep it out of what is published, and of git."""
    watermark: str = ""
    """Who marks the sound itself: "perth" (the extra watermark), or "package.module:Class"; "" for nobody."""
