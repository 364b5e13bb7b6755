"""Where the show stands on the web."""

import os
import re
from typing import Literal, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from podcast.show.errors import ConfigError
from podcast.show.schema import Record
from podcast.show.settings.patterns import HOOK, SECRET, variable


class S3Settings(Record):
    """A bucket of a store that speaks S3. Credentials come by boto3's own chain, and stand nowhere here."""

    endpoint: str = ""
    """Where the store answers, such as https://ACCOUNT.r2.cloudflarestorage.com; "" for AWS."""
    bucket: str = ""
    prefix: str = ""
    """The folder of the bucket that feed/ becomes; "" for the bucket itself."""
    region: str = ""
    """The bucket's region; "" for what boto3 finds."""

    @field_validator("endpoint")
    @classmethod
    def _no_secret(cls, url: str) -> str:
        if url and not re.fullmatch(r"https?://[^\s@?#/]+/?", url):
            raise ValueError("an address such as https://s3.example.org is wanted, without a key or a bucket in it")
        return url.rstrip("/")


class PublishSettings(Record):
    """Where the show stands on the web."""

    site_url: str = "http://127.0.0.1:8000/"
    """The address that `feed/` is served at."""
    media_base_url: str = ""
    """Where the files of feed/media/ are served, where that is another place than `site_url`; "" for there."""
    private: str = ""
    """The name of the environment variable that holds a secret of 22 letters or more: feed, pages and media stand below
    it, at `site_url` and SECRET/, and ask directories and search engines to stay away. "" for everybody's show."""
    prefix: str = ""
    """What stands before the addresses of sound in the feed, such as https://op3.dev/e/: a service that counts
    downloads and sends on. Alternate enclosures, transcripts, chapters and the site's player go without it."""
    keep_old_media: int = Field(30, ge=0)
    """Days that an episode's media stays in feed/ after another took its place: apps may still have its address."""
    episode_art: bool = True
    """Draw a picture for each episode, in the colours of the cover."""
    figures: bool = True
    """Show a paper's first figure as the picture of the chapter on how it works, where its licence at arXiv lets
    anybody do so (CC BY, CC BY-SA, CC0, public domain), with its authors and the licence named; never otherwise."""

    target: str = "directory"
    """`directory`, `s3`, or `package.module:Class`: where feed/ is brought when it is built."""
    s3: S3Settings = S3Settings()
    check: Literal["auto", "yes", "no"] = "auto"
    """Whether the addresses of new episodes are asked for after publishing; `auto`: those that were brought to a target
    and are on the web, of a site apart from its media only these."""
    websub: str = ""
    """A hub that is told of each new feed, such as https://pubsubhubbub.appspot.com/; "" for none."""
    webhook: str = ""
    """The name of the environment variable that holds the address to tell of each publish and run; the address
    itself, which often is a secret, stands nowhere else."""

    @field_validator("webhook", "private")
    @classmethod
    def _names_avariable(cls, name: str, field: ValidationInfo) -> str:
        return variable(name, "FEED_SECRET, not the secret" if field.field_name == "private" else HOOK)

    @model_validator(mode="after")
    def _told_to_nobody(self) -> Self:
        if self.private and (self.websub or self.prefix):
            name, who = ("websub", "a hub") if self.websub else ("prefix", "a service that counts")
            raise ValueError(f"{who} would learn the private show's address: leave {name} empty")
        return self

    @field_validator("websub")
    @classmethod
    def _an_address(cls, url: str) -> str:
        if url and not re.fullmatch(r"https?://[^\s@]+", url):
            raise ValueError("an address that begins with https:// is wanted")
        return url

    @field_validator("site_url", "media_base_url")
    @classmethod
    def _one_slash(cls, url: str, field: ValidationInfo) -> str:
        if not url and field.field_name == "media_base_url":
            return url
        if not re.fullmatch(r"https?://[\x21-\x7e]+", url):
            raise ValueError("an address that begins with http:// or https:// is wanted")
        return url.rstrip("/") + "/"

    @field_validator("prefix")
    @classmethod
    def _leads_on(cls, url: str) -> str:
        if url and not re.fullmatch(r"https://[\x21-\x7e]+", url):
            raise ValueError("an address that begins with https:// is wanted, such as https://op3.dev/e/")
        return url and url.rstrip("/") + "/"

    @property
    def secret(self) -> str:
        """What the address of a private show has that nobody guesses; "" for one that is everybody's. ConfigError
        where the variable holds none."""
        if not self.private:
            return ""
        found = os.environ.get(self.private, "")
        if not re.fullmatch(SECRET, found):
            how = "is not set" if not found else "is no secret for an address: it wants 22 to 128 of A-Z a-z 0-9 - _"
            make = f"import secrets; print('{self.private}=' + secrets.token_urlsafe(24))"
            raise ConfigError(f"{self.private} {how}", f'python3 -c "{make}" >> .env, beside podcast.toml')
        return found

    @property
    def home(self) -> str:
        """The address that feed/ is served at: `site_url`, and for a private show its secret."""
        return self._below(self.site_url)

    def _below(self, url: str) -> str:
        return f"{url}{self.secret}/" if self.private else url

    def enclosure(self, path: str) -> str:
        """Return the address of a sound as an enclosure; behind a prefix without https://, as all who count want."""
        return self._prefixed(self.address(path))

    def addresses(self) -> tuple[str, ...]:
        """Return what the addresses of the site's files begin with, wherever they stand."""
        own = tuple(filter(None, (self.site_url, self.media_base_url)))
        return (*own, *map(self._prefixed, own)) if self.prefix else own

    def _prefixed(self, address: str) -> str:
        return self.prefix + address.removeprefix("https://") if self.prefix else address

    def address(self, path: str) -> str:
        """Return the address of a file of the site."""
        own = self.media_base_url if path.startswith("media/") else ""
        return self._below(own or self.site_url) + path
