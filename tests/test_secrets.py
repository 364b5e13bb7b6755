"""No key and no secret address stands in anything that a run writes or says, whatever goes wrong in it."""

import datetime as dt
import functools
import json
from collections.abc import Iterator
from pathlib import Path

import canned
import llm
import planted
import pytest
import stores
from conftest import podcast

from podcast import daily, sources
from podcast.sources.file import FileSource


@pytest.fixture
def wired(show: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, llm.LLM, stores.Small]]:
    """A show with a language model, a bucket and a webhook, each by a secret."""
    planted.plant(monkeypatch)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with llm.running(canned.answer) as model, stores.small() as store:
        text = (show / "podcast.toml").read_text().partition("[writer]")[0]
        (show / "podcast.toml").write_text(
            f'{text}[writer]\nbase_url = "{model.base_url}"\nmodel = "tiny"\nminutes = 1.5\nretries = 0\n'
            f'[publish]\ntarget = "s3"\nwebhook = "SHOW_WEBHOOK"\nkeep_old_media = 0\ncheck = "yes"\n'
            f'site_url = "{store.url}/{stores.BUCKET}/"\n[select]\ntop = 1\n'
            f'[publish.s3]\nendpoint = "{store.url}"\nbucket = "{stores.BUCKET}"\n[run]\npauses = []\n'
        )
        yield show, model, store


def run(show: Path, source: Path, today: dt.date, monkeypatch: pytest.MonkeyPatch) -> int:
    """Do a day's `podcast run`, with the list of papers that it finds; return its exit code."""
    with monkeypatch.context() as patch:
        patch.setattr(daily, "run", functools.partial(daily.run, today=today))
        patch.setattr(sources, "online", lambda *_: FileSource(source))
        return podcast(show, "-v", "run")


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    """A secret that is written, in whatever shape, is found: the tests below would see it."""
    for name, secret in planted.SECRETS.items():
        (tmp_path / "log.json").write_text(json.dumps({"said": f"key {secret}!"}))
        assert planted.traces(tmp_path) == [f"{name} in {tmp_path / 'log.json'}"]
        (tmp_path / "log.json").write_text(f"…{secret[-12:]}")
        assert planted.traces(tmp_path, f"a {secret}") == [
            f"{name} in {tmp_path / 'log.json'}",
            f"{name} in what was said (1)",
        ]


@pytest.mark.long
def test_no_secret_is_written_or_said(
    wired: tuple[Path, llm.LLM, stores.Small], capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that succeeds, one whose model and bucket refuse the keys and repeat them, and every command that tells
    of settings leave no trace of a secret: not in files, not at the store, not on the terminal, not with -v."""
    show, model, store = wired
    assert run(show, show / "list.json", dt.date(2024, 3, 6), monkeypatch) == 0
    key = planted.SECRETS["OPENAI_API_KEY"]
    assert model.requests[0].headers["authorization"] == f"Bearer {key}"
    assert b"Reading Twice" in store.objects["feed.xml"].body
    assert any(path.endswith(".mp3") for path in store.objects)

    others = show / "others.json"
    others.write_text((show / "list.json").read_text().replace("2403.", "2404."))
    model.line_up(*[llm.Reply(status=401, error={"message": f"Incorrect API key: {key}"})] * 8)
    asked, before = len(model.requests), dict(store.objects)
    store.objects.clear()
    store.troubles.refuse = {"PUT feed": (403, "SignatureDoesNotMatch")}
    store.troubles.echo = " ".join(planted.SECRETS.values())
    assert run(show, others, dt.date(2024, 3, 8), monkeypatch) == 2
    assert len(model.requests) > asked
    assert podcast(show, "-v", "make", "2024-03-07", "--papers", str(others), "--top", "1") != 0
    assert podcast(show, "-v", "publish") == 1
    for command in (["config"], ["config", "--json"], ["status", "--json"], ["doctor", "--json"]):
        podcast(show, "-v", *command)
    told = capfd.readouterr()
    assert "the secret key is not the access key's" in " ".join(told.err.split())
    assert "SHOW_WEBHOOK" in told.err
    assert planted.traces(show, told.out, told.err) == []
    served = show.parent / "served"
    for path, kept in {**before, **store.objects}.items():
        (served / path).parent.mkdir(parents=True, exist_ok=True)
        (served / path).write_bytes(kept.body + str(kept.headers).encode())
    assert planted.traces(served) == []


def test_a_secret_in_the_settings_is_refused_unseen(
    show: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who writes a secret into podcast.toml is told to name a variable, and the message does not repeat it."""
    for section, key, name in (
        ("publish", "webhook", "SHOW_WEBHOOK"),
        ("writer", "key", "OPENAI_API_KEY"),
    ):
        text = (show / "podcast.toml").read_text()
        with_it = text.replace("[writer]\n", "") if section == "writer" else text
        (show / "podcast.toml").write_text(f'{with_it}\n[{section}]\n{key} = "{planted.SECRETS[name]}"\n')
        assert podcast(show, "config") == 1
        (show / "podcast.toml").write_text(text)
        told = capsys.readouterr()
        assert "environment variable" in " ".join(told.err.split())
        assert planted.traces(show, told.out, told.err) == []
