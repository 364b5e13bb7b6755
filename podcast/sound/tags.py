"""What an MP3 says about itself: ID3v2.3 with cover and chapters."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from podcast.show import iso639, store, synthetic
from podcast.show.errors import MixError
from podcast.show.schema import Chapter
from podcast.sound import marks


@dataclass(frozen=True)
class Tags:
    """Title and show, for players that never saw the feed."""

    title: str
    show: str
    author: str
    number: int
    published: dt.datetime
    language: str
    """ISO 639-1 or BCP 47."""
    comment: str
    url: str
    cover: bytes | None
    """A JPEG."""
    seal: str = ""
    """The name of the certificate that it is signed by; "" for an MP3 that is not."""
    watermark: str = ""
    """The name of the inaudible mark in its sound; "" for none."""

    def fingerprint(self) -> str:
        """Return a key of all that the tags say."""
        art = hashlib.sha256(self.cover).hexdigest() if self.cover else None
        said = {**asdict(self), "published": self.published.isoformat(), "cover": art}
        for name in ("seal", "watermark"):
            if not said[name]:
                del said[name]  # so that what an earlier version mixed stays as it is
        return store.fingerprint("tags", 1, said)


def write(path: Path, tags: Tags, chapters: Sequence[Chapter], manifest: bytes = b"") -> None:
    """Put the tags in front of the MP3's frames, replacing any; with them the `manifest` of C2PA, where there is one.

    v2.3 throughout: with v2.4, long chapter titles hide the whole list from ffmpeg and Apple. CTOC has a
    title of its own, or Apple and Overcast hide the list.
    """
    from mutagen import MutagenError, id3

    language = iso639.three_letters(tags.language) or "XXX"  # ID3's word for one that it cannot name
    text = {"encoding": id3.Encoding.UTF16}
    frames = id3.ID3()
    frames.add(id3.TIT2(text=tags.title, **text))
    frames.add(id3.TPE1(text=tags.author, **text))
    frames.add(id3.TALB(text=tags.show, **text))
    frames.add(id3.TCON(text="Podcast", **text))
    if tags.number:  # a trailer has none
        frames.add(id3.TRCK(text=str(tags.number), **text))
    frames.add(id3.TDRC(text=tags.published.strftime("%Y-%m-%d"), **text))
    frames.add(id3.TLAN(text=language, **text))
    frames.add(id3.COMM(lang=language, desc="", text=tags.comment, **text))
    frames.add(id3.TXXX(desc=synthetic.FIELD, text=synthetic.SOURCE_TYPE, **text))
    if tags.watermark:
        frames.add(id3.TXXX(desc=synthetic.WATERMARK, text=tags.watermark, **text))
    if tags.url:
        frames.add(id3.WOAS(url=tags.url))
    if manifest:
        frames.add(id3.GEOB(encoding=id3.Encoding.LATIN1, mime=marks.MEDIA_TYPE, data=manifest, **marks.FRAME))
    if tags.cover:
        kind = id3.PictureType.COVER_FRONT
        frames.add(id3.APIC(encoding=id3.Encoding.LATIN1, mime="image/jpeg", type=kind, desc="", data=tags.cover))
    # mutagen sorts frames by their size, and ffmpeg lists chapters as they stand in the file: names of a length
    # that makes all frames equally large leave the names to decide (github.com/quodlibet/mutagen/issues/506).
    sizes = [len(chapter.title.encode("utf-16")) for chapter in chapters]
    names = [f"chp{index:03}{'_' * (max(sizes) - size)}" for index, size in enumerate(sizes)]
    flags = id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED
    title = id3.TIT2(text="Chapters", **text)
    frames.add(id3.CTOC(element_id="toc", flags=flags, child_element_ids=names, sub_frames=[title]))
    for name, chapter in zip(names, chapters, strict=True):
        frames.add(
            id3.CHAP(
                element_id=name,
                start_time=round(chapter.start * 1000),
                end_time=round(chapter.end * 1000),
                start_offset=0xFFFFFFFF,
                end_offset=0xFFFFFFFF,
                sub_frames=[id3.TIT2(text=chapter.title, **text)],
            )
        )
    frames.update_to_v23()  # before saving: else v2.4's TDRC stays in a v2.3 tag
    try:
        frames.save(path, v2_version=3)
    except MutagenError as error:  # a full disk, in its own words
        raise next((each for each in (error.__cause__, *error.args) if isinstance(each, OSError)), error) from error


def as_in(path: Path, tags: Tags) -> Tags:
    """Return the tags with the show, its author and its cover as the MP3 has them; as they are where it has none."""
    from mutagen import MutagenError, id3

    try:
        found = id3.ID3(path)
    except (MutagenError, OSError):
        return tags
    texts = {name: str(found[name].text[0]) for name in ("TALB", "TPE1") if name in found and found[name].text}
    art = found.getall("APIC")
    return replace(
        tags, show=texts.get("TALB", tags.show), author=texts.get("TPE1", tags.author),
        cover=art[0].data if art else None,
    )  # fmt: skip


def watermark_in(path: Path) -> str:
    """Return the name of the inaudible mark that the MP3 or Opus says it has; "" for none."""
    import mutagen

    try:
        found = getattr(mutagen.File(path), "tags", None) or {}
    except (mutagen.MutagenError, OSError):
        return ""
    said = found.get(f"TXXX:{synthetic.WATERMARK}") or found.get(synthetic.WATERMARK)
    return str(getattr(said, "text", said)[0]) if said else ""


def check_duration(path: Path, seconds: float) -> None:
    """Raise MixError unless the MP3's own header tells, within a frame or two, the seconds that were mixed."""
    from mutagen.mp3 import MP3

    told = float(MP3(path).info.length)  # type: ignore[attr-defined]
    if abs(told - seconds) > 0.1:
        raise MixError(
            f"the MP3 says {told:.2f} s where {seconds:.2f} s were mixed", "mix it again, with another ffmpeg"
        )
