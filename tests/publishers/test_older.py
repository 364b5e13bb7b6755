"""An older copy of an episode takes back nothing that listeners were told since: not here, and not at a target."""

import datetime as dt
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import stores
from conftest import DAY, folder_of, load, podcast
from stores import BUCKET, Small

from podcast.show import corrections
from podcast.show.schema import Correction, Episode, Mixed, Mixes
from podcast.show.workspace import PaperFolder

TOP, SECOND = "2403.00002", "2403.00001"

WRONG, OTHER = (
    Correction(made_on=dt.date(2024, 3, 6), at=at, text=text) for at, text in ((1.0, "was wrong"), (2.0, "also"))
)


@pytest.mark.parametrize(
    ("stands", "ours", "mixed", "later"),
    [
        ((0, "a", ()), (0, "a", ()), (), False),  # the same
        ((1, "b", (WRONG,)), (0, "a", ()), (), True),  # an older copy
        ((0, "a", ()), (1, "b", (WRONG,)), (), False),  # a correction
        ((1, "b", (WRONG,)), (2, "a", ()), ("a", "b"), False),  # an undo
        ((2, "a", ()), (1, "b", (WRONG,)), ("a", "b"), True),  # a copy of before the undo
        ((1, "b", (WRONG,)), (1, "c", (OTHER,)), ("a", "c"), True),  # two, changed apart
        ((0, "b", (WRONG,)), (0, "a", ()), ("a",), True),  # an older copy of an earlier version's
        ((0, "b", (WRONG,)), (0, "a", ()), ("b", "a"), False),  # its undo
        ((0, "a", ()), (0, "b", ()), (), False),  # made on two machines: the last one stands
    ],
)
def test_which_of_two_is_later(
    made: Path, stands: tuple[int, str, tuple[Correction, ...]], ours: tuple[int, str, tuple[Correction, ...]],
    mixed: tuple[str, ...], later: bool,
) -> None:  # fmt: skip
    """By the revision; where that is one, by what was mixed here and what is told."""
    folder = PaperFolder(folder_of(made, TOP))
    episode = Episode.model_validate_json(folder.episode.read_bytes())

    def of(revision: int, sound: str, told: tuple[Correction, ...]) -> Episode:
        media = episode.media.model_copy(update={"sha256": sound})
        return episode.model_copy(update={"media": media, "corrections": told, "revision": revision})

    kept = Mixes(mixes=tuple(Mixed(version=1, media=each, lines=()) for each in mixed))
    folder.heard.write_text(kept.model_dump_json())
    assert corrections.is_later(folder, of(*stands), of(*ours)) is later


def told(show: Path, paper: str = TOP) -> list[str]:
    """The corrections that stand in feed/."""
    return [each["text"] for each in load(item(show, paper))["episode"]["corrections"]]


def item(show: Path, paper: str = TOP) -> Path:
    return show / "feed" / "episodes" / f"{DAY}-{paper}" / "item.json"


def correct(show: Path, words: str, paper: str = TOP) -> int:
    return podcast(show, "regenerate", paper, "--line", "2", "--text", words, "--because", words)


@pytest.mark.long
def test_an_older_copy_takes_no_correction_back(made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What stands goes on, is named, and ends with 1, with two ways out that are the ways out."""
    shutil.copytree(made / "episodes", tmp_path / "backup")
    assert correct(made, "This line is right.") == 0
    newer, before = tmp_path / "newer", item(made).read_bytes()
    shutil.copytree(folder_of(made, TOP), newer)
    shutil.rmtree(made / "episodes")
    shutil.copytree(tmp_path / "backup", made / "episodes")
    for _ in range(2):
        capsys.readouterr()
        assert podcast(made, "publish") == 1
        said = " ".join(capsys.readouterr().err.split())
        assert f"{DAY}-{TOP} goes on as it was published: what stands was corrected on " in said
        assert f"publish --instead {TOP}" in said
        assert item(made).read_bytes() == before
    assert podcast(made, "publish", "--check") == 1
    assert podcast(made, "status") == 0
    assert "not published: it stands otherwise" in " ".join(capsys.readouterr().err.split())
    shutil.copytree(made, tmp_path / "copy")
    shutil.rmtree(folder_of(made, TOP))
    shutil.copytree(newer, folder_of(made, TOP))
    assert podcast(made, "publish") == 0
    assert item(made).read_bytes() == before
    assert podcast(tmp_path / "copy", "publish", "--instead", TOP) == 0
    assert told(tmp_path / "copy") == []
    assert podcast(tmp_path / "copy", "publish", "--check") == 0


@pytest.mark.long
def test_an_undo_is_later_than_what_it_undoes(made: Path) -> None:
    """Also in the eyes of a copy that has the correction; and a correction of a copy that was held is later still."""
    assert correct(made, "This line is right.") == 0
    corrected = shutil.copytree(folder_of(made, TOP), made.parent / "corrected")
    assert podcast(made, "regenerate", TOP, "--undo") == 0
    assert told(made) == []
    shutil.rmtree(folder_of(made, TOP))
    shutil.copytree(corrected, folder_of(made, TOP))
    assert podcast(made, "publish") == 1
    assert told(made) == []
    assert correct(made, "And this is more right.") == 0
    assert told(made)[-1] == "And this is more right."


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[Small]:
    for name, value in (("ACCESS_KEY_ID", "a"), ("SECRET_ACCESS_KEY", "b"), ("EC2_METADATA_DISABLED", "true")):
        monkeypatch.setenv(f"AWS_{name}", value)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with stores.small() as found:
        yield found


def at_the_store(show: Path, small: Small) -> None:
    """Have the show go to a bucket."""
    pytest.importorskip("boto3")
    with (show / "podcast.toml").open("a") as file:
        file.write(
            '[publish]\nsite_url = "https://pod.example/"\ntarget = "s3"\ncheck = "no"\n'
            f'[publish.s3]\nendpoint = "{small.url}"\nbucket = "{BUCKET}"\n'
        )


@pytest.mark.long
def test_two_machines_take_nothing_back(
    made: Path, tmp_path: Path, small: Small, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each keeps what the other corrected: who has it not is told at each publish, and sends nothing of it."""
    at_the_store(made, small)
    assert podcast(made, "publish") == 0
    other = tmp_path / "other"
    shutil.copytree(made, other)
    assert correct(made, "This line is right.") == 0
    record = f"episodes/{DAY}-{TOP}/item.json"
    stands = small.objects[record].body
    for machine, code in ((other, 1), (made, 0), (other, 1), (made, 0)):
        capsys.readouterr()
        assert podcast(machine, "publish") == code
        assert ("what stands was corrected on" in " ".join(capsys.readouterr().err.split())) is bool(code)
        assert small.objects[record].body == stands
        assert TOP in small.objects["feed.xml"].body.decode()
    assert correct(other, "It is wrong otherwise.") == 1
    assert json.loads(small.objects[record].body)["episode"]["corrections"][0]["text"] == "This line is right."
    assert podcast(other, "publish", "--instead", TOP) == 0
    assert json.loads(small.objects[record].body)["episode"]["corrections"][0]["text"] == "It is wrong otherwise."
    assert podcast(made, "publish") == 1
    assert podcast(made, "publish", "--withdraw", SECOND) == 1
    for machine, code in ((other, 1), (made, 1), (other, 0)):  # `made` has yet what was put in its place, too
        capsys.readouterr()
        assert podcast(machine, "publish") == code
        told = f"{DAY}-{SECOND} is not in the feed: it was withdrawn on "
        assert (told in " ".join(capsys.readouterr().err.split())) is (machine == other and code == 1)
        assert SECOND not in small.objects["feed.xml"].body.decode()
    assert (folder_of(other, SECOND) / "withdrawn.json").is_file()
    shutil.rmtree(made / "feed")
    (folder_of(made, SECOND) / "withdrawn.json").unlink()
    for machine, code in ((made, 1), (other, 0), (made, 1)):
        assert podcast(machine, "publish") == code
        assert SECOND in small.objects["feed.xml"].body.decode()
        assert not [path for path in small.objects if path.startswith("withdrawn/")]
    assert not (folder_of(other, SECOND) / "withdrawn.json").is_file()


@pytest.mark.long
def test_of_two_who_withdraw_and_put_back_the_later_one_stands(made: Path, tmp_path: Path, small: Small) -> None:
    """Whoever is behind follows, and is told once: no episode goes in and out at every publish."""
    at_the_store(made, small)
    assert podcast(made, "publish") == 0
    other = shutil.copytree(made, tmp_path / "other")
    assert podcast(made, "publish", "--withdraw", SECOND) == 0
    assert podcast(other, "publish", "--withdraw", SECOND) == 0
    (folder_of(made, SECOND) / "withdrawn.json").unlink()
    codes = [podcast(machine, "publish") for machine in (made, other, made, other, made)]
    assert codes == [1, 0, 0, 0, 0]
    assert SECOND not in small.objects["feed.xml"].body.decode()
    (folder_of(other, SECOND) / "withdrawn.json").unlink()
    assert [podcast(machine, "publish") for machine in (other, made, other, made)] == [0, 0, 0, 0]
    assert SECOND in small.objects["feed.xml"].body.decode()


@pytest.mark.long
def test_what_was_changed_and_undone_counts(made: Path, tmp_path: Path, small: Small) -> None:
    """A copy of before both has the same sound, and lowers no count: what was undone since comes back by no copy."""
    at_the_store(made, small)
    assert podcast(made, "publish") == 0
    other, corrected = shutil.copytree(made, tmp_path / "other"), tmp_path / "corrected"
    assert correct(made, "This line is right.") == 0
    shutil.copytree(made, corrected)
    assert podcast(made, "regenerate", TOP, "--undo") == 0
    record = f"episodes/{DAY}-{TOP}/item.json"
    stands = small.objects[record].body
    for machine, code in ((other, 0), (made, 0), (corrected, 1), (other, 0), (corrected, 1)):
        assert podcast(machine, "publish") == code
        assert small.objects[record].body == stands


@pytest.mark.long
def test_an_older_copy_takes_no_withdrawal_back(made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It stays out, is named, and both ways out are ways: it is withdrawn here too, and then it is put back."""
    shutil.copytree(made / "episodes", tmp_path / "backup")
    before = (made / "feed" / "feed.xml").read_bytes()
    assert podcast(made, "publish", "--withdraw", TOP) == 0
    assert podcast(made, "publish", "--check") == 0
    out = (made / "feed" / "feed.xml").read_bytes()
    for backup in (tmp_path / "backup", tmp_path / "backup" / DAY / TOP):
        there = made / "episodes" / backup.relative_to(tmp_path / "backup")
        shutil.rmtree(there)
        shutil.copytree(backup, there)
        assert podcast(made, "publish", "--check") == 1
        for code in (1, 0):
            capsys.readouterr()
            assert podcast(made, "publish") == code
            said = " ".join(capsys.readouterr().err.split())
            assert (f"{DAY}-{TOP} is not in the feed: it was withdrawn on " in said) is bool(code)
            assert (made / "feed" / "feed.xml").read_bytes() == out
            assert podcast(made, "publish", "--check") == 0
    (folder_of(made, TOP) / "heard.json").unlink()
    assert podcast(made, "publish") == 0  # which has the folder know of it again
    (folder_of(made, TOP) / "withdrawn.json").unlink()
    assert podcast(made, "publish") == 0
    assert podcast(made, "publish", "--check") == 0
    assert (made / "feed" / "feed.xml").read_bytes() == before
    assert not list((made / "feed" / "withdrawn").iterdir())


@pytest.mark.long
def test_what_an_earlier_version_withdrew_is_put_back_as_ever(made: Path) -> None:
    """By deleting its file, with feed/ or without: a withdrawal that only that file tells is written down."""
    before = (made / "feed" / "feed.xml").read_bytes()
    for lost in (False, True):
        (folder_of(made, TOP) / "withdrawn.json").write_text('{"since": "2024-03-06T00:00:00Z"}')
        assert podcast(made, "publish") == 0
        assert (made / "feed" / "feed.xml").read_bytes() != before
        if lost:
            shutil.rmtree(made / "feed")
        (folder_of(made, TOP) / "withdrawn.json").unlink()
        assert podcast(made, "publish") == 0
        assert (made / "feed" / "feed.xml").read_bytes() == before


@pytest.mark.long
def test_a_change_that_reached_nobody_is_told(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By status and --check: a correction, and a withdrawal; of one that stands in feed/ yet, or at a target that was
    not told since."""
    assert podcast(made, "regenerate", SECOND, "--line", "2", "--text", "This is right.", "--no-publish") == 0
    capsys.readouterr()
    assert podcast(made, "publish", "--check") == 1
    assert f"{DAY}-{SECOND}: it stands as it was before" in " ".join(capsys.readouterr().out.split())
    name = f"{DAY}-{TOP}"
    (folder_of(made, TOP) / "withdrawn.json").write_text('{"since": "2124-03-06T00:00:00Z"}')
    page = item(made)
    for hidden in (page, page.with_name("hidden.json")):
        if page != hidden:
            page.rename(hidden)
        capsys.readouterr()
        assert podcast(made, "status") == 0
        assert f"{TOP}: still out → podcast" in " ".join(capsys.readouterr().err.split())
        assert podcast(made, "publish", "--check") == 1
        assert f"{name}: it is withdrawn, and still out" in capsys.readouterr().out
