"""An episode as publishing sees it: with its paper and brief, and the places of its files."""

from dataclasses import dataclass

from podcast.schema import Brief, Episode, Paper


@dataclass(frozen=True)
class Release:
    """An episode with all that publishing it needs, and where each of its files stands on the site.

    Names of files hold the media's hash, so what an older feed names is never overwritten.
    """

    paper: Paper
    brief: Brief
    episode: Episode

    @property
    def page(self) -> str:
        return f"episodes/{self.episode.day}-{self.episode.paper_id}/"

    @property
    def stem(self) -> str:
        return f"media/{self.episode.day}-{self.episode.paper_id}-{self.episode.media.sha256[:10]}"

    @property
    def media(self) -> str:
        return f"{self.stem}.mp3"

    @property
    def vtt(self) -> str:
        return f"{self.stem}.vtt"

    @property
    def srt(self) -> str:
        return f"{self.stem}.srt"

    @property
    def transcript(self) -> str:
        return f"{self.stem}.transcript.json"

    @property
    def chapters(self) -> str:
        return f"{self.stem}.chapters.json"
