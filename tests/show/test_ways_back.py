"""What is broken or lost is called what it is, in a person's words, and told with what brings it back."""

import re
import shutil
from pathlib import Path

import pytest
from conftest import DAY, podcast, tree

from podcast.show import mending, schema, store
from podcast.show.errors import DocumentError
from podcast.show.schema import Brief, Day, Digest, Document, Episode, Mixes, Script
from podcast.show.schema.values import Record


def test_every_kind_has_a_name() -> None:
    """With the right article, and no word run into another."""
    kinds = [each for each in vars(schema).values() if isinstance(each, type) and issubclass(each, Record)]
    assert len(kinds) > 50
    for kind in kinds:
        said = mending.called(kind.__name__)
        assert not re.match(r"a [aeiou]|an [^aeiou]|an? \w+s\b(?! )", said), said
        assert said == said.lower()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "is not a script: it is empty"),
        (b" \n", "is not a script: it is empty"),
        (b"{\n", "is not JSON (line 2)"),
        (b'{"title": "t",\n "lines": [\n', "is not JSON (line 3)"),
        (b"\xff\xfe{", "is not JSON (line 1)"),
        (b"[]", "is not a script: the file: must be a table of names and values, and is []"),
        (b'{"titel": "t"}', "is not a script: title: is missing; description: is missing; lines: is missing; titel: "),
    ],
)
def test_what_is_wrong_is_said_in_words(tmp_path: Path, data: bytes, told: str) -> None:
    """No bytes, no rule of the checker's own, no list without an end."""
    (tmp_path / "script.json").write_bytes(data)
    with pytest.raises(DocumentError) as caught:
        store.load(Script, tmp_path / "script.json")
    assert told in str(caught.value)
    assert "b'" not in str(caught.value)


def test_many_faults_are_counted() -> None:
    """A file of thousands of wrong places is a line or two."""
    lines = ",".join(['{"host": 1}'] * 3000)
    with pytest.raises(Exception) as caught:  # noqa: PT011
        Script.model_validate_json(data := f'{{"lines": [{lines}]}}'.encode())
    said = mending.wrong("Script", data, caught.value)  # type: ignore[arg-type]
    assert re.search(r"; and \d{4,} more$", said)
    assert len(said) < 500


PAPER, OF_DAY = Path("/show/episodes/2024-03-05/2403.00001"), Path("/show/episodes/2024-03-05")

WAYS = {
    PAPER / "brief.json": "podcast make 2403.00001 --format dialogue",
    PAPER / "document.json": "podcast make 2403.00001 --format dialogue",
    PAPER.with_name("2403.00001.critique") / "brief.json": "podcast make 2403.00001 --format critique",
    PAPER / "script.json": "podcast make 2403.00001 --format dialogue",
    PAPER.with_name("trailer") / "script.json": "podcast trailer",
    PAPER.parent.with_name("2024-03-10") / "roundup-week" / "script.json": "podcast make 2024-03-10/roundup-week",
    OF_DAY / "digest.json": "podcast digest 2024-03-05",
    OF_DAY.with_name("2024-03-31") / "digest-month.json": "podcast digest --month 2024-03",
    Path("/show/feed/episodes/2024-03-05-2403.00001/item.json"): "podcast publish",
}


@pytest.mark.parametrize("path", WAYS, ids=str)
def test_the_way_back_ends_in_the_command(path: Path) -> None:
    """Whether it is broken, and then moved away first, or lost."""
    assert mending.way_back(path, lost=True).endswith(f": {WAYS[path]}")
    assert mending.way_back(path).endswith(f"mv {path} {path}.broken && {WAYS[path]}")


@pytest.mark.parametrize("name", ["papers.json", "roundup.json", "withdrawn.json", "show.json", "paper.json"])
def test_what_was_given_is_not_to_be_deleted(name: str) -> None:
    """It cannot be made again as it was."""
    for lost in (True, False):
        assert "from a copy" in mending.way_back(PAPER / name, lost=lost)
        assert "rm " not in mending.way_back(PAPER / name, lost=lost)


def test_a_document_under_no_day_has_a_way_too(tmp_path: Path) -> None:
    """A copy that lies elsewhere is named, and no command that cannot help."""
    for model, name in ((Brief, "brief.json"), (Mixes, "digest.json")):
        with pytest.raises(DocumentError, match="is not there") as caught:
            store.load(model, tmp_path / name)
        assert "podcast" not in caught.value.hint.replace(str(tmp_path), "")


def test_a_script_comes_back_only_where_a_version_was_kept(tmp_path: Path) -> None:
    """Else it is written anew, and its sound is another."""
    script = tmp_path / "2024-03-05" / "2403.00001" / "script.json"
    (script.parent / "versions").mkdir(parents=True)
    assert "have it made again" in mending.way_back(script, lost=True)
    (script.parent / "versions" / "1.json").touch()
    assert "bring its last version back" in mending.way_back(script, lost=True)


@pytest.mark.parametrize("name", ["papers", "digest", "episode", "document", "brief"])
def test_a_document_of_another_day_or_paper_is_named(made: Path, name: str) -> None:
    """Wherever it is read, whose it is is said, and how its own comes back; a copy under another name is left alone."""
    kinds = {"papers": Day, "digest": Digest, "episode": Episode, "document": Document, "brief": Brief}
    days = made / "episodes"
    there, here = days / DAY, days / "2024-03-06"
    (here / "2403.00009").mkdir(parents=True)
    source = there / f"{name}.json" if name in ("papers", "digest") else there / "2403.00002" / f"{name}.json"
    folder = here if source.parent == there else there / "2403.00001"
    path = Path(shutil.copy(source, folder / f"{name}.json"))
    with pytest.raises(DocumentError, match=f"of {DAY}|of 2403.00002") as caught:
        store.load(kinds[name], path)
    assert "mv " in caught.value.hint
    store.load(kinds[name], Path(shutil.copy(source, folder / "copy.json")))
    store.load(kinds[name], source)


def test_a_digest_of_another_period_is_named(made: Path) -> None:
    """A day's in a week's place, though both end that day."""
    path = Path(shutil.copy(made / "episodes" / DAY / "digest.json", made / "episodes" / DAY / "digest-week.json"))
    with pytest.raises(DocumentError, match="is the digest of 2024-03-05, and not of 2024-W10"):
        store.load(Digest, path)


def test_a_digest_of_another_day_stands_in_no_days_place(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is named with the command that makes the day's own, and no page of the other day is another."""
    before = tree(made / "feed")
    (made / "episodes" / "2024-03-06").mkdir()
    for name in ("digest.json", "papers.json"):
        shutil.copy(made / "episodes" / DAY / name, made / "episodes" / "2024-03-06" / name)
    papers = made / "episodes" / "2024-03-06" / "papers.json"
    papers.write_text(papers.read_text().replace(DAY, "2024-03-06"))
    assert podcast(made, "publish") == 1
    assert "is the digest of 2024-03-05" in (said := " ".join(capsys.readouterr().err.split()))
    assert "digest 2024-03-06" in said
    assert tree(made / "feed") == before
