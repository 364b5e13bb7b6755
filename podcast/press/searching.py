"""What is said in the episodes, for the search: which word is first heard when, in files by year and by first letter.

A question loads the files of its words alone. At 250 episodes of 20 minutes a year one is some 80 kB, 25 kB packed.
"""

import functools
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from podcast.press.templating import seconds
from podcast.show.schema import Cue, Item

SHORTEST = 3
"""Letters of a word that is looked for; two beyond Latin, Greek, Cyrillic and Armenian, where fewer make a word."""

_BEYOND = "\u0590"
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+"
)
"""Kana and Han, Thai, Lao, Burmese and Khmer: words are not parted, so each pair of signs counts as one."""
_ACCENTS = re.compile(
    "[\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u200d-\u200f\u2060\u20d0-\u20f0\u3099\u309a\ufe00-\ufe0f\ufeff]"
)
"""What one may leave out: accents, points of Hebrew and Arabic, signs that are not seen. A vowel of Hindi or Thai is
none: words differ by it."""


def plain(text: str) -> str:
    """Return the text as it is compared: small letters, without accents; as search.js has it."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFKD", text))).lower()


@functools.cache
def _between(sign: str) -> bool:
    """Tell whether the sign is of no word: neither letter nor figure, nor a mark that belongs to one."""
    return unicodedata.category(sign)[0] not in "LNM"


def tokens(text: str) -> Iterator[str]:
    """Yield what is looked for of a text, in its order."""
    for word in "".join(" " if _between(sign) else sign for sign in plain(text)).split():
        for run in _UNSPACED.findall(word):
            yield from (one + other for one, other in pairwise(run))
        yield from (part for part in _UNSPACED.split(word) if len(part) >= SHORTEST - (part[:1] >= _BEYOND))


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
