"""The show as a whole: what the feed's channel says."""

import re
from typing import Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from podcast.show import directories
from podcast.show.schema import Language, Record, Text
from podcast.show.settings.patterns import EXAMPLE_EMAIL


class ShowSettings(Record):
    """The show as a whole."""

    title: Text = Field("The Daily Paper Podcast", min_length=1, max_length=255)
    tagline: Text = Field("The day's most upvoted machine learning papers, in conversation.", max_length=255)
    description: Text = Field(
        "Two hosts talk through the machine learning papers that readers of Hugging Face Daily Papers "
        "upvoted most. Every claim is tied to sentences of the paper.",
        max_length=3000,
    )
    author: Text = Field("The Daily Paper Podcast", min_length=1, max_length=255)
    email: str = Field(EXAMPLE_EMAIL, pattern=r"^$|^[^\s@]+@[^\s@]+$")
    """Where listeners write to; printed in the notes and the feed."""
    report_to: str = ""
    """Where listeners say that a line is wrong, mailto:… or https://…; "" for no link. {title}, {time}, {line}, {link}
    are filled in."""
    language: Language = "en"
    """That of the channel, the lists, and what is still to be written; an episode keeps its own."""
    category: str = "Technology"
    """A category of Apple's list, such as "Technology" or "Science > Mathematics"."""
    explicit: bool = False
    copyright: Text = ""
    licence: str = Field("cc-by-4.0", max_length=128)
    """The terms of the show's own sound and words, as a slug of the podcast namespace (SPDX in lower case)."""
    licence_url: str = ""
    """Where they stand; wanted for a licence that has no slug."""
    frequency: Text = Field("every weekday", min_length=1)
    """How often episodes come, in words."""
    rrule: str = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
    """The same for apps, as an RFC 5545 rule."""
    listen: dict[str, str] = Field(default_factory=dict)
    """Where to listen: app name to https address."""
    credits: Text = "Made with daily-paper-podcast, open source under Apache-2.0."
    cover: str = Field("cover.jpg", pattern=r"^[^\x00-\x1f]+$")
    cover_credit: Text = "Cover drawn by the podcast command."

    def spoken_in(self, language: str) -> "ShowSettings":
        """Return the show as an episode in that language sees it; as it is for ""."""
        return self if language in ("", self.language) else self.model_copy(update={"language": language})

    @model_validator(mode="after")
    def _licence_stands_somewhere(self) -> Self:
        if self.licence and not self.licence_url and not re.fullmatch(directories.SLUG, self.licence):
            raise ValueError(f"licence {self.licence!r} is no slug such as cc-by-4.0, so it needs a licence_url")
        return self

    @field_validator("report_to")
    @classmethod
    def _leads_somewhere(cls, address: str) -> str:
        if address and not re.match(r"mailto:[^@\s]+@[^@\s]+$|https?://[^\s/]+\S*$", address):
            raise ValueError(f"{address!r} is neither mailto:… nor https://…")
        return address

    @field_validator("category")
    @classmethod
    def _known_category(cls, category: str) -> str:
        if wrong := directories.wrong_category(category):
            raise ValueError(wrong)
        return category

    @field_validator("rrule")
    @classmethod
    def _known_rule(cls, rule: str) -> str:
        if not re.fullmatch(directories.RRULE, rule):
            raise ValueError(f"{rule!r} is no rule of RFC 5545 such as FREQ=WEEKLY;BYDAY=MO,WE")
        return rule

    @field_validator("language")
    @classmethod
    def _known_language(cls, language: str) -> str:
        if not directories.is_language(language):
            raise ValueError(f"{language!r} is no language's code of ISO 639, such as en, de or pt-BR")
        return language

    @field_validator("licence_url")
    @classmethod
    def _web_address(cls, url: str) -> str:
        if url and not re.fullmatch(r"https?://[\x21-\x7e]+", url):
            raise ValueError("an address that begins with https:// is wanted, with letters beyond ASCII in %XX")
        return url

    @field_validator("title", "author")
    @classmethod
    def _names_something(cls, text: str, field: ValidationInfo) -> str:
        if not text.strip():
            raise ValueError("must not be blank")
        if field.field_name == "title" and (size := len(text.encode())) > directories.TITLE:
            raise ValueError(f"takes {directories.TITLE} bytes of UTF-8 at most, and has {size}")
        return text

    @model_validator(mode="after")
    def _short_enough(self) -> Self:
        if (size := len(self.about.encode())) > directories.DESCRIPTION:
            raise ValueError(
                f"description and frequency take {directories.DESCRIPTION:,} bytes of UTF-8 at most with what the feed "
                f"says of AI, and have {size:,}"
            )
        return self

    @property
    def about(self) -> str:
        """What the feed says of the show."""
        return f"{self.description} New episodes come {self.frequency}. Script and voices are generated by AI."
