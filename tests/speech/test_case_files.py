"""Every labelled input of the case files, and every real sentence, where the folder with them is."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, SHARED

from podcast.speech import Lexicon, say, unsaid

DATA = SHARED / "data"
LEXICON = Lexicon.load(ROOT / "voices" / "lexicon.tsv")

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"{DATA} is not here: real texts are not ours to ship")

OTHERWISE = {
    "s099": "an address alone is said as everywhere: on its site, link in the show notes",
}
"""By id: rows that we say in a way that the file does not accept, and why."""


def _rows() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield id, input and what is accepted, of every English row."""
    for path in sorted(DATA.glob("speech/cases*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE), 2):
                if "written" in row:
                    yield f"{row['category']}:{number}", row["written"], (row["spoken"],)
                elif row["kind"] not in ("de", "fr", "es", "zh", "it", "pt", "nl", "pl", "tr", "ja"):
                    yield row["id"], row["input"], tuple(row["accept"].split(" || "))


def _heard(spoken: str) -> str:
    """Return what is heard of a spoken form: letters alone, so that R L H F is RLHF."""
    return re.sub(r"[^a-z]", "", spoken.lower())


@pytest.mark.parametrize(("name", "written", "accepted"), list(_rows()), ids=lambda value: str(value)[:24])
def test_a_labelled_input_is_said_as_accepted(name: str, written: str, accepted: tuple[str, ...]) -> None:
    """With our lexicon or, for names that it respells, without, one of the accepted forms is heard."""
    said = {_heard(say(written, lexicon)) for lexicon in (LEXICON, Lexicon())}
    heard = said & {_heard(say(form, lexicon)) for form in accepted for lexicon in (LEXICON, Lexicon())}
    assert bool(heard) is (name not in OTHERWISE), (say(written, LEXICON), accepted)


SLIPS = (
    re.compile(r"\w(?=https?://)|\.io/ \w"),  # an address glued to a word, or cut in two
    re.compile(r"\w\$ \(|\}\$"),  # a dollar sign that opens no formula
    re.compile(r"\(\)/"),  # two functions of a program
)
"""Typing slips and code in real sentences, whose signs mean nothing to a listener."""


def _texts() -> Iterator[str]:
    for line in (DATA / "speech" / "sentences.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)["text"]
    for path in sorted(DATA.glob("hf/api-[du]*.json")):
        for entry in json.loads(Path(path).read_bytes()):
            yield entry["paper"]["title"]
            yield from re.split(r"(?<=[.!?])\s+(?=[A-Z])", entry["paper"].get("summary") or "")


@pytest.mark.long
def test_nothing_of_a_real_text_vanishes_unsaid() -> None:
    """Over all real sentences and abstracts, every sign is taken by a rule, but in slips."""
    texts = list(_texts())
    left = {text: unsaid(text, LEXICON) for text in texts if not any(slip.search(text) for slip in SLIPS)}
    assert len(left) > 0.99 * len(texts) > 2000
    assert {text: signs for text, signs in left.items() if signs} == {}
