"""What is said in the episodes, for the search: which word is first heard when, in files by year and by first letter.

A question loads the files of its words alone. At 250 episodes of 20 minutes a year one is some 80 kB, 25 kB packed.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from podcast.press.templating import seconds
from podcast.show.schema import Cue, Item

SHORTEST = 3
"""Letters of a word that is looked for; in writing without spaces two signs are one."""

_TOKEN = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
"""Kana and Han: words are not parted, so each pair of signs counts as one."""


def plain(text: str) -> str:
    """Return the text as it is compared: small letters, without accents; as search.js has it."""
    if text.isascii():
        return text.lower()
    parted = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in parted if not unicodedata.category(sign).startswith("M")).lower()


def tokens(text: str) -> Iterator[str]:
    """Yield what is looked for of a text, in its order."""
    for word in _TOKEN.findall(plain(text)):
        for run in _UNSPACED.findall(word):
            yield from (one + other for one, other in pairwise(run))
        yield from (part for part in _UNSPACED.split(word) if len(part) >= SHORTEST)


def shard(token: str) -> str:
    """Return the file that has the token: its first letter; of other scripts one of sixteen, of figures "0"."""
    first = token[0]
    return first if "a" <= first <= "z" else "0" if first.isdecimal() else f"x{ord(first) % 16:x}"


def words(cues: Sequence[Cue]) -> bytes:
    """Return each token beside when the line that has it first begins, a line a file: its name, then the tokens."""
    heard: dict[str, dict[str, str]] = {}
    for cue in cues:
        for token in tokens(cue.text):
            heard.setdefault(shard(token), {}).setdefault(token, seconds(cue.start))
    lines = (
        f"{name} {' '.join(f'{token} {at}' for token, at in sorted(heard[name].items()))}\n" for name in sorted(heard)
    )
    return "".join(lines).encode()


def shards(items: Iterable[Item]) -> Iterator[tuple[str, bytes]]:
    """Yield the files, each beside its path: by an episode's page, what is said in it; an episode a line."""
    files: dict[str, dict[str, str]] = {}
    for item in items:
        for line in item.words.decode().splitlines():
            name, _, said = line.partition(" ")
            files.setdefault(f"search/{item.episode.day.year}-{name}.json", {})[item.page] = said
    for path, pages in sorted(files.items()):
        yield path, _file(pages)


def _file(said: Mapping[str, str]) -> bytes:
    lines = ",\n".join(f"{json.dumps(page)}: {json.dumps(text, ensure_ascii=False)}" for page, text in said.items())
    return f"{{\n{lines}\n}}\n".encode()
