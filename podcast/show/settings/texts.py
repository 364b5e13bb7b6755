"""The day in text, and by e-mail."""

import re
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from podcast.show import loopback
from podcast.show.schema import Format, Record
from podcast.show.settings.patterns import MAILBOX, WEBHOOK, variable


class MailSettings(Record):
    """The day in text by e-mail, from a server that speaks SMTP."""

    to: tuple[str, ...] = ()
    """Who gets it, each a mail of their own; nobody named: no mail."""
    sender: str = ""
    """Whom it is from; "" for [show] email."""
    host: str = ""
    """The server that takes it, such as smtp.example.org."""
    port: int = Field(587, ge=1, le=65535)
    security: Literal["starttls", "ssl", "none"] = "starttls"
    """How the line is kept secret: ssl is for port 465, none for a server on this machine or without a password."""
    user: str = ""
    """Who logs in; "" for a server that asks nobody."""
    password: str = "SMTP_PASSWORD"
    """The name of the environment variable that holds the password; the password itself stands nowhere else."""
    unsubscribe: str = ""
    """An https:// address that takes who no longer wants it off the list by one POST, with {to} where their address
    goes; "" where a mail to the sender does it."""

    @field_validator("to", "sender")
    @classmethod
    def _mailboxes(cls, said: tuple[str, ...] | str) -> tuple[str, ...] | str:
        for address in (said,) if isinstance(said, str) else said:
            if address and not re.fullmatch(MAILBOX, address):
                raise ValueError(f"{address!r} is no e-mail address such as ada@example.org")
        return said if isinstance(said, str) else tuple(dict.fromkeys(said))

    @field_validator("password")
    @classmethod
    def _names_avariable(cls, name: str) -> str:
        return variable(name, "SMTP_PASSWORD, not a password")

    @field_validator("unsubscribe")
    @classmethod
    def _one_click(cls, url: str) -> str:
        if url and not re.fullmatch(r"https://[\x21-\x7e]+", url):
            raise ValueError("an https:// address is wanted, such as https://list.example.org/off?who={to}")
        return url

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.to and not self.host:
            raise ValueError("somebody is to get mail, so host must name the server that takes it")
        if self.user and self.security == "none" and not loopback.is_host(self.host):
            raise ValueError("a password goes over the net in secret alone: security is starttls or ssl")
        return self


class DigestSettings(Record):
    """The day in text."""

    formats: tuple[Format, ...] = Field(("selection", "sections", "categories", "table"), min_length=1)
    languages: tuple[str, ...] = ()
    """Besides the show's own, such as "zh": summaries by category are written in them too, by a language model."""
    top: int = Field(0, ge=0, le=100)
    """How many papers; 0 for those that are chosen for episodes."""
    authors: tuple[str, ...] = ()
    """Set in bold where they appear, as are those of [select]."""
    keywords: tuple[str, ...] = ()
    """Set in bold in titles and summaries."""
    webhook: str = ""
    """Where a new day is told, as JSON that Slack takes: an address, or the environment variable that holds it."""
    mail: MailSettings = MailSettings()

    @field_validator("languages")
    @classmethod
    def _codes(cls, languages: tuple[str, ...]) -> tuple[str, ...]:
        for code in languages:
            if not re.fullmatch(r"[a-z]{2,3}", code):
                raise ValueError(f"{code!r} is no language code such as zh or de")
        return tuple(dict.fromkeys(languages))

    @field_validator("webhook")
    @classmethod
    def _address_or_name(cls, text: str) -> str:
        if not re.fullmatch(rf"|[A-Z][A-Z0-9_]*|{WEBHOOK}", text):
            raise ValueError("an https:// address is wanted, or the name of an environment variable that holds one")
        return text
