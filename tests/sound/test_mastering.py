"""Loudness is measured on what was mixed, and a mix is known by its bytes."""

from pathlib import Path

import numpy as np
import pytest
from conftest import folder_of, load, podcast
from test_mix import measured as by_ebur128

PAPER = "2403.00002"
LINE = ("regenerate", PAPER, "--line", "5", "--text", "Facts near the end are missed.", "--no-publish")


def mix_of(show: Path) -> Path:
    return folder_of(show, PAPER) / load(folder_of(show, PAPER) / "episode.json")["media"]["file"]


@pytest.mark.long
@pytest.mark.parametrize("bit", [26, 30, 31])
def test_energies_that_lie_are_found_out(made: Path, bit: int) -> None:
    """One bit of each energy on disk flipped, sizes as they were: the next mix is as loud as it should be."""
    for path in (folder_of(made, PAPER) / "takes").glob("*.energies"):
        numbers = np.frombuffer(path.read_bytes(), dtype="<u4").copy()
        numbers[::3] ^= np.uint32(1 << bit)  # of each record the energy; its peaks are the two words behind
        path.write_bytes(numbers.tobytes())
    assert podcast(made, *LINE) == 0
    assert by_ebur128(mix_of(made))[0] == pytest.approx(-16.0, abs=0.5)


@pytest.mark.long
def test_a_version_brought_back_has_the_bytes_it_had(made: Path) -> None:
    """A mix that the episode was before is taken for what it was only while it has those bytes."""
    before, sound = mix_of(made), mix_of(made).read_bytes()
    assert podcast(made, *LINE) == 0
    assert mix_of(made) != before
    before.write_bytes(sound[:-1] + bytes([sound[-1] ^ 1]))
    assert podcast(made, "regenerate", PAPER, "--undo", "--no-publish") == 0
    assert mix_of(made) == before
    assert before.read_bytes() == sound
