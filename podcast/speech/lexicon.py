r"""The lexicon: how single words are said, in files that anyone can grow.

>>> lexicon = Lexicon({"LoRA": "lora"})
>>> lexicon["LoRA"], "lora" in lexicon
('lora', False)
>>> _entry("LoRA\tl0ra", "lexicon.tsv:3")
Traceback (most recent call last):
podcast.show.errors.ConfigError: lexicon.tsv:3: 'l0ra' cannot be spoken as it stands
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from podcast.show import store
from podcast.show.errors import ConfigError, as_typed
from podcast.speech.names import read_names

ALPHABETS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "misaki": re.compile(r"[AIOQSTWYa-pr-zæðŋɐɑɔəɚɛɜɡɪɹɾʃʊʌʒʔʤʧθᵊᵻˈˌː ]+"),
        "espeak": re.compile(r"[A-Za-z0-9@'!,%=:;~#*&|_^?{}+ -]+"),
    }
)
"""Phonemes that an entry may give: hibari's and Kokoro's, and eSpeak's own mnemonics."""

_SPEAKABLE = re.compile(r"[A-Za-z' ,.?!:;-]*")
_SPEAKABLE_ELSEWHERE = re.compile(r"(?:[^\W\d_]|[' ,.?!:;-])*")
_ROUNDS = 3  # one entry may lead to a second and that to a third


@dataclass(frozen=True)
class Lexicon(Mapping[str, str]):
    """How single words are said: written form → spoken form. Case counts."""

    entries: Mapping[str, str] = field(default_factory=dict)
    sounds: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By alphabet, how spoken forms sound: the form → its phonemes."""
    said: dict[tuple[str, str], str] = field(default_factory=dict, compare=False, repr=False)
    """What texts became with it, by language and text: a script is asked for at every stage."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "entries", MappingProxyType(dict(self.entries)))

    def __getitem__(self, written: str) -> str:
        return self.entries[written]

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    @classmethod
    def load(cls, *paths: Path, language: str = "en", checked: bool = True) -> "Lexicon":
        """Return the entries of all files, later files over earlier; ConfigError names file and line.

        Spoken forms are of letters that the language has. Not `checked`, what cannot be said in it is left out.
        """
        entries: dict[str, str] = {}
        sounds: dict[str, dict[str, str]] = {alphabet: {} for alphabet in ALPHABETS}
        places: dict[str, str] = {}
        for path in paths:
            try:
                lines = store.read_text(path).splitlines()
            except OSError as error:
                raise ConfigError(
                    f"{path}: {error}", "a lexicon is a UTF-8 file of lines: written TAB spoken"
                ) from error
            for number, line in enumerate(lines, 1):
                if line.strip() and not line.startswith("#"):
                    try:
                        written, spoken, sound = _entry(line, f"{path}:{number}", language)
                    except ConfigError:
                        if checked:
                            raise
                        continue
                    before = entries.pop(written, None)  # so that the entries stand in the order of their lines
                    for alphabet, known in sounds.items():
                        known.pop(before or spoken, None)
                        known |= {spoken: sound[alphabet]} if alphabet in sound else {}
                    entries[written] = spoken
                    places[written] = f"{path}:{number}"
        if checked:
            _check_settled(entries, places)
        return cls(entries, sounds)


def _entry(line: str, place: str, language: str = "en") -> tuple[str, str, dict[str, str]]:
    """Return a lexicon line's two columns, and its phonemes by alphabet; ConfigError where they cannot be said."""
    columns = [column.strip() for column in line.split("\t")]
    if len(columns) < 2 or not all(columns):
        raise ConfigError(f"{place}: {as_typed(line)} is not written TAB spoken", "separate the two forms by one tab")
    if any(character.isspace() for character in columns[0]):
        raise ConfigError(f"{place}: {as_typed(columns[0])} is more than one word", "give each word its own line")
    if not (_SPEAKABLE if language == "en" else _SPEAKABLE_ELSEWHERE).fullmatch(columns[1]):
        raise ConfigError(
            f"{place}: {as_typed(columns[1])} cannot be spoken as it stands", "use letters, spaces and , . ' - only"
        )
    return columns[0], columns[1], dict(_sound(column, place) for column in columns[2:])


def _sound(column: str, place: str) -> tuple[str, str]:
    """Return an alphabet and the phonemes in it; ConfigError where they are none of it."""
    alphabet, _, phonemes = (part.strip() for part in column.partition(":"))
    if alphabet not in ALPHABETS:
        raise ConfigError(
            f"{place}: {column!r} is no alphabet and its phonemes",
            f"write {' or '.join(f'{name}:…' for name in ALPHABETS)}, or only the two forms",
        )
    if not ALPHABETS[alphabet].fullmatch(phonemes):
        strange = ALPHABETS[alphabet].sub("", phonemes)
        raise ConfigError(f"{place}: {alphabet} has no sound {strange!r}", "`voices/README.md` says where they stand")
    return alphabet, phonemes


def _check_settled(entries: dict[str, str], places: dict[str, str]) -> None:
    """Raise ConfigError, last line first, where entries turn a spoken form into ever another, as net → big net."""
    for written, spoken in reversed(entries.items()):
        for hyphen in "- ":  # `read_punctuation` leaves only those of numbers in words
            before, said = "", spoken
            for _ in range(_ROUNDS):
                before, said = said, read_names(said.replace("-", hyphen), entries)
            if said != before:
                raise ConfigError(
                    f"{places[written]}: {as_typed(written)} is said {as_typed(spoken)}, and in the end "
                    f"{as_typed(said)}, and so on",
                    "a spoken form must not lead back to a written form: spell one of the words in another way",
                )
