"""The JSON Schemas, and where each setting came from."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from conftest import podcast

from podcast import cli
from podcast.show import config, packaged
from podcast.show.errors import ConfigError


def printed(capsys: pytest.CaptureFixture[str], *what: str) -> Any:
    capsys.readouterr()
    assert cli.run(["config", *what]) == 0
    return json.loads(capsys.readouterr().out)


def refused(schema: Any, text: str) -> bool:
    return bool(list(jsonschema.Draft7Validator(schema).iter_errors(tomllib.loads(text))))


def test_a_new_show_has_the_schema_that_its_first_line_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file that `#:schema` names lies beside podcast.toml, is what `config --schema` prints, and takes the file."""
    assert cli.run(["new", str(tmp_path / "show")]) == 0
    text = (tmp_path / "show" / "podcast.toml").read_text()
    named = tmp_path / "show" / text.splitlines()[0].removeprefix("#:schema ")
    schema = json.loads(named.read_text())
    assert schema == printed(capsys, "--schema")
    jsonschema.Draft7Validator.check_schema(schema)
    assert not refused(schema, text)


def test_every_setting_of_a_new_show_is_one_of_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    """With each default of the template taken at its word, schema and code both take the file."""
    schema = printed(capsys, "--schema")
    template = (packaged.folder("cli", "templates") / "podcast.toml").read_text()
    text = re.sub(r"^# ((\[\[?[\w.]+\]\]?|[\w\"]+( \w+\")? =) ?)", r"\1", template, flags=re.MULTILINE)
    assert text.count("\n#") < template.count("\n#") / 4
    assert not refused(schema, text)
    config.Config(**tomllib.loads(text))
    sections = {section: set(keys) for section, keys in tomllib.loads(text).items() if isinstance(keys, dict)}
    for section, keys in sections.items():
        assert keys <= set(schema["$defs"][schema["properties"][section]["$ref"].rpartition("/")[2]]["properties"])


@pytest.mark.parametrize(
    "text",
    [
        '[show]\ntitel = "x"', "[mix]\nloudness = 3", "[mix]\nbitrate = 97", "[select]\ntop = 0", "[sho]\n",
        '[mix]\npause = "long"', "[writer]\nprice_per_million = { input = 1 }", '[publish]\ncheck = "maybe"',
        "[digest]\nformats = []", '[[hosts]]\nkey = "A"', "[publish.s3]\nbuckets = 1", "[select]\ncategories = 3",
    ],
)  # fmt: skip
def test_schema_and_code_refuse_alike(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What an editor underlines, the command refuses."""
    (tmp_path / "podcast.toml").write_text(text)
    with pytest.raises(ConfigError):
        config.read(tmp_path / "podcast.toml")
    assert refused(printed(capsys, "--schema"), text)


def test_every_voice_is_one_by_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    """`config --schema voice` takes each voice that comes along, and neither a wrong key nor a missing one."""
    schema = printed(capsys, "--schema", "voice")
    files = list(packaged.voices().glob("*.toml"))
    assert files
    assert [path.name for path in files if refused(schema, path.read_text())] == []
    assert refused(schema, 'synthesizer = "tone"')
    assert refused(schema, 'synthesizer = "tone"\nlicence = "CC0-1.0"\npitch = 3')


def test_each_setting_tells_where_it_is_from(
    show: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The nearest that says it is named: option, the variable as it is called, podcast.toml, default."""
    (show / "podcast.toml").write_text('[show]\ntitle = "File"\n[mix]\nopus = 16\n[select]\ntop = 1\nauthors = ["A"]\n')
    monkeypatch.setenv("PODCAST_SHOW__TITLE", "Environment")
    monkeypatch.setenv("PODCAST_RUN", '{"days": 3}')
    monkeypatch.setenv("podcast_mix__pause", "0.5")
    capsys.readouterr()
    assert podcast(show, "config", "--json", "--top", "2") == 0
    rows = {row["setting"]: (row["from"], row["value"]) for row in json.loads(capsys.readouterr().out)}
    assert rows["select.top"] == ("option", 2)
    assert rows["show.title"] == ("PODCAST_SHOW__TITLE", "Environment")
    assert rows["run.days"] == ("PODCAST_RUN", 3)
    assert rows["mix.pause"] == ("podcast_mix__pause", 0.5)
    assert rows["mix.opus"] == ("podcast.toml", 16)
    assert rows["select.authors.0"] == ("podcast.toml", "A")
    assert rows["run.pauses.0"] == ("default", 60.0)
    assert rows["hosts.0.name"] == ("default", "Ada")
