"""Identity and safe writing."""

import errno
import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podcast.show import ledger, store
from podcast.show.errors import DocumentError
from podcast.show.schema import Voice

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(values)
def test_equal_inputs_have_one_key(value: object) -> None:
    """A key survives a trip through JSON and a change of order."""
    again = json.loads(json.dumps(value))
    turned = dict(reversed(again.items())) if isinstance(again, dict) else again
    assert store.fingerprint("x", 1, value) == store.fingerprint("x", 1, turned)  # type: ignore[arg-type]


@given(values, values)
def test_other_inputs_have_other_keys(one: object, two: object) -> None:
    """Keys differ exactly when the inputs, as JSON, do; stage and version count."""
    same = json.dumps(one, sort_keys=True) == json.dumps(two, sort_keys=True)
    assert (store.fingerprint("x", 1, one) == store.fingerprint("x", 1, two)) == same  # type: ignore[arg-type]
    assert store.fingerprint("x", 1, one) != store.fingerprint("x", 2, one)  # type: ignore[arg-type]
    assert store.fingerprint("x", 1, one) != store.fingerprint("y", 1, one)  # type: ignore[arg-type]


def test_keys_stay_what_they_are() -> None:
    """A change of this key would record every take of every show again."""
    assert store.fingerprint("take", 1, {"text": "größe", "take": 1}) == "c8f464c255bf8ac7588fdab783a45b9e93373501"


def test_a_failed_write_leaves_what_was(tmp_path: Path) -> None:
    """An error while writing leaves the old bytes and no temporary file."""
    path = tmp_path / "x.json"
    store.write_atomic(path, b"old")

    def fail() -> None:
        with store.replacing(path) as temporary:
            temporary.write_bytes(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["x.json"]


def test_first_writer_wins(tmp_path: Path) -> None:
    """create_once never overwrites, and says who was first."""
    path = tmp_path / "deep" / "x.json"
    assert store.create_once(path, b"one")
    assert not store.create_once(path, b"two")
    assert path.read_bytes() == b"one"


def test_writing_the_same_bytes_is_no_write(tmp_path: Path) -> None:
    """Equal bytes leave the file's time alone, so that caches and clients see no change."""
    path = tmp_path / "x"
    assert store.write_atomic(path, b"one")
    before = path.stat().st_mtime_ns
    assert not store.write_atomic(path, b"one")
    assert path.stat().st_mtime_ns == before


def test_the_sweep_takes_only_what_the_dead_left(tmp_path: Path) -> None:
    """A temporary file goes unless somebody writes it, whatever process id its name has."""
    leftover = tmp_path / f".tmp-{os.getpid()}-x.json"  # a container gives each run the same id
    leftover.touch()
    with store.replacing(tmp_path / "y.json") as temporary:
        store.sweep(tmp_path)
        assert [path.name for path in tmp_path.iterdir()] == [temporary.name]
        temporary.write_text("{}")
    assert [path.name for path in tmp_path.iterdir()] == ["y.json"]


def test_another_process_that_writes_is_seen(tmp_path: Path) -> None:
    """What another process writes stays through a sweep; when that one is killed it goes."""
    writing = (
        "import sys, time; from pathlib import Path; from podcast.show import store\n"
        "with store.replacing(Path(sys.argv[1], 'x.json')): print('now', flush=True); time.sleep(60)"
    )
    other = subprocess.Popen([sys.executable, "-c", writing, str(tmp_path)], stdout=subprocess.PIPE)
    assert other.stdout is not None
    other.stdout.readline()
    store.sweep(tmp_path)
    assert len(list(tmp_path.iterdir())) == 1
    other.kill()
    other.wait()
    other.stdout.close()
    store.sweep(tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("refusal", [errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK])
def test_documents_are_created_where_there_are_no_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusal: int
) -> None:
    """Where the file system has no hard links the first writer wins all the same, and nothing is half."""

    def link(*_: object, **__: object) -> None:
        raise OSError(refusal, os.strerror(refusal))

    monkeypatch.setattr(os, "link", link)
    path = tmp_path / "papers.json"
    assert store.create_once(path, b"one")
    assert not store.create_once(path, b"two")
    assert path.read_bytes() == b"one"
    assert [each.name for each in tmp_path.iterdir()] == ["papers.json"]


def test_a_broken_document_is_named_with_its_places(tmp_path: Path) -> None:
    """All places at once, and the command that has it made again."""
    path = tmp_path / "voice.json"
    path.write_text('{"name": "NO", "synthesizer": "tone", "speling": 1}')
    with pytest.raises(DocumentError) as caught:
        store.load(Voice, path)
    assert str(path) in str(caught.value)
    assert all(place in str(caught.value) for place in ("name", "licence", "speling"))
    assert f"rm {path}" in caught.value.hint


def test_a_write_that_puts_the_time_back_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other bytes of the same length under the old time have another sum; what stayed is not read again."""
    monkeypatch.setattr(ledger, "_SETTLED", -1.0)
    file, kept = tmp_path / "sound.mp3", tmp_path / "ledger.sqlite"
    file.write_bytes(b"one")
    before, sums = file.stat(), ledger.Ledger(tmp_path, kept)
    assert sums.sha256(file) == hashlib.sha256(b"one").hexdigest()
    sums.keep()
    time.sleep(0.02)  # a tick of the system's clock
    file.write_bytes(b"two")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert ledger.Ledger(tmp_path, kept).sha256(file) == hashlib.sha256(b"two").hexdigest()


def test_what_was_just_written_is_read_again(tmp_path: Path) -> None:
    """Two changes within a tick of the clock have one time: nothing is believed of a file that was not left alone."""
    file, kept = tmp_path / "sound.mp3", tmp_path / "ledger.sqlite"
    file.write_bytes(b"one")
    sums = ledger.Ledger(tmp_path, kept)
    sums.sha256(file)
    sums.keep()
    assert ledger.Ledger(tmp_path, kept).row("sum", "sound.mp3") is None
