"""What is broken or lost is called what it is, in a person's words, and told with what brings it back."""

import re
from pathlib import Path

import pytest

from podcast.show import mending, schema, store
from podcast.show.errors import DocumentError
from podcast.show.schema import Brief, Mixes, Script
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


PAPER, DAY = Path("/show/episodes/2024-03-05/2403.00001"), Path("/show/episodes/2024-03-05")

WAYS = {
    PAPER / "brief.json": "podcast make 2403.00001 --format dialogue",
    PAPER / "document.json": "podcast make 2403.00001 --format dialogue",
    PAPER.with_name("2403.00001.critique") / "brief.json": "podcast make 2403.00001 --format critique",
    PAPER / "script.json": "podcast make 2403.00001 --format dialogue",
    PAPER.with_name("trailer") / "script.json": "podcast trailer",
    PAPER.parent.with_name("2024-03-10") / "roundup-week" / "script.json": "podcast make 2024-03-10/roundup-week",
    DAY / "digest.json": "podcast digest 2024-03-05",
    DAY.with_name("2024-03-31") / "digest-month.json": "podcast digest --month 2024-03",
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
