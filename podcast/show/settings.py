"""What a show can be set to: one class a section of podcast.toml. `config` reads them, each stage gets its own."""

import os
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from podcast.show import directories, loopback
from podcast.show.errors import ConfigError
from podcast.show.schema import FORMATS, Format, HostKey, Language, Record, Seconds, TalkFormat, Text

EXAMPLE_EMAIL = "podcast@example.org"

MAILBOX = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*"
"""A pattern: an address as HTML's e-mail fields take it, in ASCII, which every server passes on."""

WEBHOOK = r"https://[\x21-\x7e]+|http://(localhost|127\.0\.0\.1)(:\d+)?/\S*"
"""A pattern: the addresses that a webhook may have."""


SECRET = r"[A-Za-z0-9_-]{22,128}"
"""A pattern: what nobody guesses, in signs that any address may have; 22 of them at random are 128 bits."""

_HOOK = "SHOW_WEBHOOK, not an address"


def _variable(name: str, such: str = _HOOK) -> str:
    if name and not re.fullmatch(r"[A-Z][A-Z0-9_]*", name):
        raise ValueError(f"the name of an environment variable is wanted, such as {such}")
    return name


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


class Host(Record):
    """A person on the show."""

    key: HostKey
    name: Text = Field(min_length=1, max_length=64)
    persona: Text = ""
    voice: str = "auto"
    """A voice of `voices/`, or "auto" for one of the synthesizer picked."""
    role: Literal["", "asks", "answers", "doubts", "reports"] = ""
    """What the host does in a talk; "" for what is left of them, in the order of the hosts."""


_ROLES: Mapping[int, tuple[str, ...]] = MappingProxyType(
    {
        1: ("reports",),
        2: ("asks", "answers"),
        3: ("asks", "answers", "doubts"),
        4: ("asks", "answers", "doubts", "reports"),
    }
)
"""What hosts do, by how many they are."""


def in_roles(hosts: Sequence[Host]) -> tuple[Host, ...]:
    """Return the hosts, each with a role: its own, or in their order those that nobody took."""
    taken = {host.role for host in hosts}
    left = iter([role for role in (*_ROLES[len(hosts)], *_ROLES[4]) if role not in taken])
    return tuple(host if host.role else host.model_copy(update={"role": next(left)}) for host in hosts)


def who(hosts: Sequence[Host], *roles: str) -> Host:
    """Return the host who has the first of these roles that one has; the first of them where none does."""
    have = {host.role: host for host in in_roles(hosts)}
    return next((have[role] for role in roles if role in have), hosts[0])


class SourcesSettings(Record):
    """Where papers are read, and how patiently."""

    huggingface: str = "https://huggingface.co"
    arxiv: str = "https://arxiv.org"
    arxiv_api: str = "https://export.arxiv.org"
    crossref: str = "https://api.crossref.org"
    """Who knows papers by their DOI, and where their text is open: these three, and who resolves a DOI."""
    unpaywall: str = "https://api.unpaywall.org"
    openalex: str = "https://api.openalex.org"
    doi: str = "https://doi.org"
    email: str = Field("", pattern=r"^$|^[^\s@]+@[^\s@]+$")
    """Who asks, as Unpaywall wants to know and Crossref likes to; without one the show's, unless that is the example's;
    without both Unpaywall is not asked."""
    crossref_interval: Seconds = 0.2
    """Seconds between two requests to Crossref, at least; more where its answers say so."""
    own_hosts: tuple[str, ...] = ()
    """Hosts of a network of your own, with their ports, such as "papers.example.net:443", that may be asked for a paper
    though they are not public; all others that are not are refused."""
    contact: str = ""
    """An address where the services can reach who asks them, sent with every request; without one the show's
    `site_url`, where that is on the web."""
    timeout: float = Field(30.0, gt=0)
    """Seconds without a byte before a request is given up."""
    deadline: float = Field(180.0, gt=0)
    """Seconds that one whole answer may take."""
    backoff: tuple[Seconds, ...] = (1.0, 4.0, 15.0)
    """Seconds before each further try, where the service does not say how long; as many tries as there are."""
    longest_wait: Seconds = 330.0
    """Seconds at most that a service may ask us to wait; Hugging Face counts in windows of 300."""
    arxiv_backoff: tuple[Seconds, ...] = (30.0, 60.0, 90.0)
    """Seconds before each further try after arXiv's 429, where it does not say how long."""
    arxiv_interval: Seconds = 3.0
    """Seconds between two requests to arXiv, which asks for 3."""

    @field_validator("huggingface", "arxiv", "arxiv_api", "crossref", "unpaywall", "openalex", "doi")
    @classmethod
    def _https_or_here(cls, url: str) -> str:
        if not re.fullmatch(r"https://[a-z0-9.-]+(:\d+)?/?|http://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?/?", url):
            raise ValueError("an address such as https://huggingface.co is wanted; http:// only for this machine")
        return url.rstrip("/")

    @field_validator("contact")
    @classmethod
    def _printable(cls, text: str) -> str:
        if not re.fullmatch(r"|(https?://|mailto:)[\x21-\x7e]+", text):
            raise ValueError("an address that begins with https:// or mailto: is wanted")
        return text


class SelectSettings(Record):
    """Which of the day's papers become episodes."""

    top: int = Field(3, ge=1, le=100)
    """How many: the most upvoted first."""
    min_upvotes: int = Field(0, ge=0)
    """A paper with fewer is left."""
    categories: tuple[str, ...] = ()
    """Only papers of these arXiv categories, such as "cs.CL", or "cs" for all of it; none named: of any.
    A paper whose category could not be read counts as one of them."""
    not_categories: tuple[str, ...] = ()
    """No papers of these."""
    authors: tuple[str, ...] = ()
    """Papers by these are chosen first, whatever their votes, category and words; the rest fill up to `top`."""
    not_keywords: tuple[str, ...] = ()
    """No papers with one of these words in title or abstract."""
    full_text: bool = True
    """A paper of which only the abstract is to be had gives its place to the next best whose text is; as many of those
    as `top` are looked at. Of authors that are followed the abstract will do."""
    min_relevance: int = Field(5, ge=1, le=10)
    """Where the show has a criteria.md: a paper that is less relevant to it is left."""
    min_novelty: int = Field(3, ge=1, le=10)
    """A paper that is less new is left."""
    weigh_relevance: float = Field(1.0, ge=0)
    """What counts, and how much: a paper's points are the weighted mean of relevance, novelty (both of 10) and upvotes
    (10 for as many as the day's most upvoted has). A paper without a score has the points of its upvotes."""
    weigh_novelty: float = Field(0.5, ge=0)
    weigh_upvotes: float = Field(0.5, ge=0)

    @model_validator(mode="after")
    def _something_counts(self) -> Self:
        if not self.weigh_relevance + self.weigh_novelty + self.weigh_upvotes:
            raise ValueError("one of weigh_relevance, weigh_novelty and weigh_upvotes must be more than 0")
        return self


class Price(Record):
    """What a million tokens cost, in the currency of your bill."""

    input: float = Field(ge=0)
    cached_input: float | None = Field(default=None, ge=0)
    """Of tokens that the server had kept; None for the price of input."""
    output: float = Field(ge=0)


class WriterSettings(Record):
    """Who reads the papers and writes the script."""

    name: str = "auto"
    """`llm`, `extractive`, `package.module:Class`, or `auto`: `llm` where a key or `base_url` is set."""
    fallback: Literal["auto", "none", "extractive"] = "auto"
    """What does a stage that the model cannot do of a paper: `extractive` goes on without it and says so, `none` leaves
    the paper in quarantine; `auto`: extractive in `podcast run`, which nobody watches, else none."""
    formats: tuple[TalkFormat, ...] = Field(FORMATS[:1], min_length=1)
    """How each paper is told, an episode a format: `dialogue`, `brief` (two minutes, one voice), `critique` (what a
    careful reviewer would say), `debate` (two positions that the evidence allows)."""
    minutes: float = Field(8.0, gt=0, le=60)
    """Target length of an episode, at some 150 words a minute; what a paper has to say can make it shorter."""
    base_url: str = ""
    """Where the server answers, such as http://localhost:11434/v1; "" for OPENAI_BASE_URL or OpenAI's own."""
    model: str = ""
    """The model's name; "" for the server's only one."""
    key: str = "OPENAI_API_KEY"
    """The name of the environment variable that holds the server's key; the key itself stands nowhere else."""
    context: int = Field(32_768, ge=4096)
    """Tokens that the model holds, prompt and answer together."""
    max_tokens: int = Field(8192, ge=512)
    """Tokens of one answer at most; models that think first need more."""
    temperature: float = Field(0.7, ge=0, le=2)
    timeout: float = Field(300.0, gt=0)
    """Seconds of silence; a whole answer may take twice as many, and one that streams four times."""
    retries: int = Field(4, ge=0, le=10)
    """How often a request is tried again after 409, 429, 5xx or a broken connection; never after a time-out, ours or a
    proxy's (408, 504, 524)."""
    concurrency: int = Field(4, ge=1, le=64)
    """Requests under way side by side; fewer where a server of one's own says that it answers fewer at once."""
    stream: bool | None = None
    """Take the answer as it is written, so that a model that goes round in a circle is stopped, and for servers behind
    a proxy that cuts long silences; None: of a server on this machine, or in a network of one's own."""
    price_per_million: Price | None = None
    memory: bool = True
    """Let hosts refer to earlier episodes that a paper brings to mind: the same people, the same test, the contrary."""
    second_reader: bool = True
    """Have each line that speaks claims held against its sentences by a language model, once."""
    second_model: str = ""
    """The model that does so, at the same server; "" for the one that writes."""
    budget: float | None = Field(None, ge=0)
    """What one run may cost at most, in the currency of the price."""

    @field_validator("formats")
    @classmethod
    def _each_once(cls, formats: tuple[TalkFormat, ...]) -> tuple[TalkFormat, ...]:
        return tuple(dict.fromkeys(formats))

    @field_validator("base_url")
    @classmethod
    def _no_secret(cls, url: str) -> str:
        if url and not re.fullmatch(r"https?://[^\s@?#]+", url):
            raise ValueError("an address such as http://localhost:11434/v1 is wanted, without a key in it")
        return url.rstrip("/")

    @field_validator("key")
    @classmethod
    def _names_a_variable(cls, name: str) -> str:
        if not re.fullmatch(r"[A-Z][A-Z0-9_]*", name):
            raise ValueError("the name of an environment variable is wanted, such as OPENAI_API_KEY, not a key")
        return name

    @model_validator(mode="after")
    def _room_for_a_prompt(self) -> Self:
        if self.max_tokens > self.context // 2:
            raise ValueError("max_tokens is more than half of context, which leaves no room for the paper")
        return self


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
    def _names_a_variable(cls, name: str) -> str:
        return _variable(name, "SMTP_PASSWORD, not a password")

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


class RoundupSettings(Record):
    """One episode about the day's top papers, or the week's, or the month's, beside those about one each."""

    enabled: bool = False
    every: Literal["day", "week", "month"] = "day"
    """What it is of; a week's comes out when its days are made, and is about those that were read."""
    minutes: float = Field(10.0, gt=0, le=60)
    """Target length."""
    top: int = Field(6, ge=2, le=20)
    """How many papers at most: the first chosen that have a brief."""


class RunSettings(Record):
    """What `podcast run` does every day by itself."""

    days: int = Field(7, ge=1, le=60)
    """How many days back a day that is missing is made up for."""
    engine: str = ""
    """Where `make` and `run` have lines recorded, many papers' at once: `processes`, `threads`, `ray` (this machine),
    `ray:auto` or `ray://HOST:10001` (a cluster), `package.module:Class`; "" for [record] workers, a paper at a time."""
    gpus: float = Field(0.0, ge=0, le=8)
    """With `ray`, how many GPUs each worker has; 0.25 is four workers to a GPU."""
    pauses: tuple[Seconds, ...] = (60.0, 300.0)
    """Seconds to wait for the papers' sources or the language model, whenever one does not answer; over the whole run
    as many waits as there are, then the day is left to the next run."""
    ping: str = ""
    """The name of the environment variable that holds an address to call after each run that ends with 0: a service
    behind it says when the call does not come, as where the timer itself has died."""

    @field_validator("ping")
    @classmethod
    def _names_a_variable(cls, name: str) -> str:
        return _variable(name)


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
    def _names_a_variable(cls, name: str, field: ValidationInfo) -> str:
        return _variable(name, "FEED_SECRET, not the secret" if field.field_name == "private" else _HOOK)

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
