"""What a show can be set to: one class a section of podcast.toml. `config` reads them, each stage gets its own."""

from podcast.show.settings.hosts import Host, in_roles, who
from podcast.show.settings.papers import SelectSettings, SourcesSettings
from podcast.show.settings.patterns import EXAMPLE_EMAIL, MAILBOX, SECRET, WEBHOOK
from podcast.show.settings.publishing import PublishSettings, S3Settings
from podcast.show.settings.running import RunSettings
from podcast.show.settings.show import ShowSettings
from podcast.show.settings.sound import MarksSettings, MixSettings, RecordSettings
from podcast.show.settings.texts import DigestSettings, MailSettings
from podcast.show.settings.writing import Price, RoundupSettings, WriterSettings

__all__ = [
    "EXAMPLE_EMAIL",
    "MAILBOX",
    "SECRET",
    "WEBHOOK",
    "DigestSettings",
    "Host",
    "MailSettings",
    "MarksSettings",
    "MixSettings",
    "Price",
    "PublishSettings",
    "RecordSettings",
    "RoundupSettings",
    "RunSettings",
    "S3Settings",
    "SelectSettings",
    "ShowSettings",
    "SourcesSettings",
    "WriterSettings",
    "in_roles",
    "who",
]
