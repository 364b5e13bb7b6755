"""A show that is damaged at random, step after step: no episode is lost, and none is heard otherwise than it was made.

After each step hold: the episodes that were published and not withdrawn are in the feed, with the guid, number and date
that they had; each enclosure has the bytes that its name promises; what is broken was told, and ended with 1.
"""

import hashlib
import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import DAY, make, podcast

pytestmark = pytest.mark.long

STEPS = 24


def aired(show: Path) -> dict[str, tuple[str, str]]:
    """Guid to number and date of each episode in the feed, whose enclosures are what their names say."""
    from lxml import etree

    found = {}
    number = "{http://www.itunes.com/dtds/podcast-1.0.dtd}episode"
    for item in etree.fromstring((show / "feed" / "feed.xml").read_bytes()).iter("item"):
        enclosure = item.find("enclosure")
        assert enclosure is not None
        path = show / "feed" / "media" / str(enclosure.get("url")).rpartition("/")[2]
        assert hashlib.sha256(path.read_bytes()).hexdigest()[:10] == path.stem.rpartition("-")[2]
        found[str(item.findtext("guid"))] = (str(item.findtext(number)), str(item.findtext("pubDate")))
    return found


def damage(path: Path, chance: random.Random) -> str:
    """Do to the file what disks, editors and people do; return what that was."""
    kind = chance.choice(["flip", "cut", "empty", "gone", "swap"])
    data = bytearray(path.read_bytes())
    if kind == "gone":
        path.unlink()
    elif kind == "swap":
        path.write_bytes(b"{}" if path.suffix == ".json" else bytes(len(data)))
    elif kind == "flip" and data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
    else:
        path.write_bytes(data[: len(data) // 2] if kind == "cut" else b"")
    return kind


@pytest.mark.parametrize("seed", [20261128])
def test_no_damage_loses_an_episode(made: Path, tmp_path: Path, seed: int) -> None:
    """Any one file of the show damaged: the feed keeps its episodes, and with the file back all is as before."""
    chance = random.Random(seed)
    wanted, kept = aired(made), tmp_path / "kept"
    counts: dict[str, int] = {}
    for step in range(STEPS):
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(made, kept)
        root = made / chance.choice(["episodes", "feed"])  # the site has many more files, which are made again
        files = [each for each in root.rglob("*") if each.is_file() and each.name not in (".lock", ".publish.lock")
                 and ".cache" not in each.parts and each.name not in ("list.json", "feed.xml")]  # fmt: skip
        path = chance.choice(sorted(files))
        kind = damage(path, chance)
        command = chance.choice([("publish",), ("mix", "2403.00001"), ("status",), ("clean",)])
        codes = [podcast(made, *command), podcast(made, "publish")]
        told = f"seed {seed}, step {step}: {kind} {path.relative_to(made)}, {command} {codes}"
        assert set(codes) <= {0, 1}, told
        assert aired(made) == wanted, told
        counts[str(codes[-1])] = counts.get(str(codes[-1]), 0) + 1
        shutil.rmtree(made)
        shutil.copytree(kept, made)
        assert podcast(made, "publish") == 0, told
    assert counts["1"], f"seed {seed}: {STEPS} damages, and publish was never told of one"


def test_a_run_in_another_container_is_seen(show: Path) -> None:
    """What a make in a container, where process ids begin anew, writes is swept by none outside, nor inversely."""
    if subprocess.run(["unshare", "--pid", "--fork", "--mount-proc", "true"], capture_output=True).returncode:
        pytest.skip("unshare --pid is not permitted here")
    command = [sys.executable, "-m", "podcast", "-C", str(show), "make", DAY, "--papers", str(show / "list.json")]
    inside = ["unshare", "--pid", "--fork", "--mount-proc", *command, "--top", "2"]
    both = [subprocess.Popen(each, stderr=subprocess.PIPE) for each in (inside, [*command, "--top", "2"])]
    told = [process.communicate(timeout=300)[1].decode() for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    leftover = show / "episodes" / DAY / ".tmp-1-left.json"
    leftover.touch()
    assert make(show) == 0
    assert not leftover.exists()
    assert len(aired(show)) == 2
    assert json.loads((show / "episodes" / "show.json").read_text())["numbers"]
