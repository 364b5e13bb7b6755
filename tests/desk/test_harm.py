"""Whatever happens to the desk, its show or its requests: nothing is lost, and the page says what is."""

import html
import json
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import requests
from conftest import DAY, folder_of, load, podcast, save
from desks import TOKEN, running

from podcast.revising import marking

PAPER = "2403.00002"
AT = f"e/{DAY}/{PAPER}/"


def _base(show: Path) -> int:
    return int(load(folder_of(show, PAPER) / "script.json")["version"])


def _texts(show: Path) -> list[str]:
    return [line["text"] for line in load(folder_of(show, PAPER) / "script.json")["lines"]]


def _say(line: int, text: str) -> dict[str, object]:
    return {"do": "say", "line": line, "text": text}


# --- what somebody sends -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sent",
    [
        b"[" * 100_000, b"{", b"[]", b'{"base": null}', b'{"base": {}, "changes": 3}', b'{"base": 1e999}', b"\xff\xfe",
        b'{"base": 1, "changes": [{"do": "say", "line": 1, "text": "\\ud800"}]}', b'{"base": "' + b"9" * 5000 + b'"}',
        b'{"pad": "' + b"x" * 2**21 + b'"}',
    ],
)  # fmt: skip
def test_what_is_no_request_is_refused_in_words(made: Path, sent: bytes) -> None:
    """JSON that is none, too deep, too long or of other kinds is answered by a sentence; nothing is changed by it."""
    script = (folder_of(made, PAPER) / "script.json").read_bytes()
    own = {"content-type": "application/json"}
    with running(made) as desk:
        for act in ("change", "type", "mark", "hear", "undo"):
            headers = {**own, "origin": desk.address.rstrip("/")}
            answer = desk.session.post(desk.address + AT + act, data=sent, headers=headers)
            assert answer.status_code in (404, 409, 422), (act, answer.text)
            assert answer.json()["error"]
    assert (folder_of(made, PAPER) / "script.json").read_bytes() == script


def test_a_fault_of_ours_is_no_fault_of_the_page(
    made: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What breaks behind a request that holds all it should is an error of the desk, and its terminal has the trace."""

    def broken(*_: object) -> None:
        raise KeyError("a fault of the tests")

    monkeypatch.setattr(marking, "mark", broken)
    with running(made) as desk:
        own = {"origin": desk.address.rstrip("/")}
        answer = desk.session.post(f"{desk.address}{AT}mark", json={"base": _base(made), "line": 1}, headers=own)
        assert answer.status_code == 500
        assert desk.ask(f"{AT}mark", 404, base=_base(made))["error"] == "the page asked for what cannot be"
    assert "KeyError: 'a fault of the tests'" in capsys.readouterr().err


def test_no_address_leads_out_of_the_show(made: Path) -> None:
    """A day, a paper or a take that is a way elsewhere is not found; each answer has the policy."""
    (made / "episodes" / DAY / "secret.flac").write_text("not for you")
    with running(made) as desk:
        for path in (
            f"{AT}take/..%2Fsecret.flac", f"{AT}take/%2e%2e%2f%2e%2e%2fsecret.flac", f"e/..%2f..%2fetc/{PAPER}/",
            f"e/{DAY}/..%2f{PAPER}/", "assets/..%2Fdesk.js", "assets/base.html", "nothing",
        ):  # fmt: skip
            answer = desk.session.get(desk.address + path)
            assert answer.status_code == 404, path
            assert "not for you" not in answer.text
            assert "script-src 'self'" in answer.headers["content-security-policy"]


def test_who_is_not_in_cannot_fill_the_memory(made: Path) -> None:
    """A password of megabytes is refused before it is read to its end."""
    with running(made, password="of the tests") as desk:
        own = {"origin": desk.address.rstrip("/")}
        with requests.Session() as other:
            other.trust_env = False
            sent = other.post(f"{desk.address}enter", data={"password": "x" * 2**20}, headers=own)
        assert sent.status_code == 413


@pytest.mark.long
def test_guesses_come_one_a_second(made: Path) -> None:
    """Passwords that are sent at once are tried one after the other, a second apart."""
    with running(made, password="of the tests") as desk:

        def guess(number: int) -> int:
            own = {"origin": desk.address.rstrip("/")}
            return requests.post(f"{desk.address}enter", data={"password": str(number)}, headers=own).status_code

        began = time.monotonic()
        with ThreadPoolExecutor(3) as at_once:
            assert set(at_once.map(guess, range(3))) == {403}
        assert time.monotonic() - began >= 3


def test_settings_show_no_secret(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in .env is on no page."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-the-tests")
    monkeypatch.setenv("PODCAST_DESK_PASSWORD", "word-of-the-tests")
    (made / ".env").write_text("MY_HOOK=https://hooks.example/of-the-tests\n")
    with running(made) as desk:
        for path in ("", "settings", "day", "runs", AT):
            assert "of-the-tests" not in desk.look(path).text.replace(TOKEN, "")


# --- what happens to the show ------------------------------------------------------------------------


def test_words_typed_for_an_older_version_are_kept(made: Path) -> None:
    """Who types while somebody else changes that very line is told so, and finds the words above the lines."""
    base, first = _base(made), _texts(made)[0]
    with running(made) as desk:
        desk.ask(f"{AT}change", base=base, changes=[_say(1, "Said by another window.")])
        host = load(folder_of(made, PAPER) / "script.json")["lines"][0]["host"]
        said = desk.ask(f"{AT}type", 409, base=base, line=1, text="What I was typing", was=first, host=host)
        assert said["kind"] == "Stale"
        page = html.unescape(desk.look(AT).text)
        assert "You typed “What I was typing”" in page


def test_typing_goes_on_while_a_command_works(made: Path) -> None:
    """A held lock stops no one from typing; the page is told of it, and a change says that it waits."""
    from podcast.show import store

    with running(made) as desk, store.locked(folder_of(made, PAPER) / ".lock"):
        assert desk.look(f"{AT}state").json()["busy"]
        desk.ask(f"{AT}type", base=_base(made), line=1, text="Typed meanwhile.")
        assert desk.ask(f"{AT}change", 409, base=_base(made), changes=[_say(1, "Meanwhile.")])["kind"] == "Busy"
        assert "Typed meanwhile." in desk.look(AT).text


def test_broken_settings_are_said_and_mended(made: Path) -> None:
    """A podcast.toml that is broken while the desk runs is told on the page; mended, the desk goes on."""
    path = made / "podcast.toml"
    text = path.read_text()
    with running(made) as desk:
        path.write_text(text + "\n[mix\n")
        assert "podcast.toml" in desk.look(AT, 422).text
        assert "podcast.toml" in desk.ask(f"{AT}change", 422, base=1, changes=[])["error"]
        path.write_text(text)
        desk.look(AT)


def test_a_host_who_left_is_shown(made: Path) -> None:
    """An episode whose hosts the show has no more is shown with their names, and their lines can be mended."""
    path = made / "podcast.toml"
    path.write_text(path.read_text() + '\n[[hosts]]\nkey = "C"\nname = "Cleo"\n\n[[hosts]]\nkey = "D"\nname = "Dan"\n')
    names = set(load(folder_of(made, PAPER) / "episode.json")["hosts"].values())
    with running(made) as desk:
        page = desk.look(AT).text
        assert {name for name in names if f'class="d-who">{name}<' in page} == names
        desk.look("")


def test_a_show_without_episodes(show: Path) -> None:
    """Before anything was made each page says so, and offers to make something."""
    with running(show) as desk:
        assert "Nothing has been made yet" in desk.look("").text
        assert "Start" in desk.look("day").text
        assert "Nothing was started" in desk.look("runs").text
        desk.look("settings")


def test_a_paper_without_a_script_has_a_page(made: Path) -> None:
    """A paper that was never written, or that is stuck before it, is shown with the reason, and can be tried again."""
    folder = folder_of(made, "2403.00001")
    for name in ("script.json", "episode.json"):
        (folder / name).unlink()
    for path in (folder / "versions").glob("*"):
        path.unlink()
    save(folder / "quarantine.json", {"stage": "write", "error": "WriterError", "message": "no words came", "hint": ""})
    with running(made) as desk:
        assert f'href="/e/{DAY}/2403.00001/"' in desk.look("").text
        page = desk.look(f"e/{DAY}/2403.00001/").text
        assert "no words came" in page
        assert "Try it again" in page
        assert 'value="2403.00001"' in page
        desk.ask("runs", 404, day=DAY, papers=["2403.00001"], stages=[])


def test_strange_words_are_words(made: Path) -> None:
    """HTML, right-to-left text, quotes and a line of thousands of letters are shown as they are, in order."""
    path = folder_of(made, PAPER) / "script.json"
    script = load(path)
    strange = [
        '</p><script>alert("1")</script>',
        "‮gnorw si siht‬ שלום",
        "It's \"quoted\" & 'so'.",
        "word " * 2000 + "end.",
    ]
    for line, text in zip(script["lines"], strange, strict=False):
        line["text"] = text.strip()
    path.write_text(json.dumps(script, ensure_ascii=False))
    with running(made) as desk:
        page = desk.look(AT).text
        assert "<script>alert" not in page
        found = [html.unescape(each) for each in re.findall(r"data-text>(.*?)</p>", page, re.DOTALL)]
        assert found[:4] == [text.strip() for text in strange]


@pytest.mark.long
def test_four_hundred_lines(made: Path) -> None:
    """An episode of four hundred lines is shown whole."""
    path = folder_of(made, PAPER) / "script.json"
    script = load(path)
    last = script["lines"][-1]
    script["lines"] += [{**last, "text": f"And that was number {number}.", "claims": [], "kind": ""}
                        for number in range(400 - len(script["lines"]))]  # fmt: skip
    path.write_text(json.dumps(script))
    with running(made) as desk:
        assert desk.look(AT).text.count("data-line=") == 400
        desk.ask(f"{AT}type", base=_base(made), line=399, text="Nearly the end.")


# --- marks, and what was found right -----------------------------------------------------------------


def test_marks_are_those_of_the_commands(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A mark of the desk is listed by `podcast mark`; a line that was mended has none, nor one that is done with."""
    with running(made) as desk:
        desk.ask(f"{AT}mark", base=_base(made), line=2, note="too fast")
        assert podcast(made, "mark", "--json") == 0
        (row,) = json.loads(capsys.readouterr().out)
        assert (row["paper"], row["line"], row["note"]) == (PAPER, 2, "too fast")
        page = desk.look(AT).text
        assert "too fast" in page
        assert desk.look("").text.count("1 marked") == 1
        stamp = desk.look(f"{AT}state").json()["stamp"]
        desk.ask(f"{AT}change", base=_base(made), changes=[_say(2, "Good morning to you.")])
        assert "too fast" not in desk.look(AT).text
        desk.ask(f"{AT}mark", base=_base(made), line=1)
        desk.ask(f"{AT}mark", base=_base(made), line=1, done=True)
        assert desk.look(f"{AT}state").json()["stamp"] != stamp
        assert "data-unmark" not in desk.look(AT).text


def test_what_was_found_right_needs_no_eye(made: Path) -> None:
    """A doubted line that somebody found right waits no more; with other words it is another line."""
    path = folder_of(made, PAPER) / "script.json"
    script = load(path)
    script["lines"][1]["doubted"] = ["it may be otherwise"]
    save(path, script)
    with running(made) as desk:
        assert "1 doubted" in desk.look("").text
        desk.ask(f"{AT}look", base=_base(made), line=2)
        assert "1 doubted" not in desk.look("").text
        page = desk.look(AT).text
        assert "data-waits" not in page
        assert "doubted, found right" in page


def test_a_take_is_heard_before_it_is_chosen(made: Path) -> None:
    """Hearing another take records it and leaves the script; it is listed then, beside the one that is chosen."""
    script = (folder_of(made, PAPER) / "script.json").read_bytes()
    with running(made) as desk:
        desk.ask(f"{AT}hear", base=_base(made), changes=[{"do": "retake", "line": 2, "take": 2}], first=2)
        page = desk.look(AT).text
    assert (folder_of(made, PAPER) / "script.json").read_bytes() == script
    row = page[page.index('data-line="2"') : page.index('data-line="3"')]
    assert row.count("data-choose") == 2
    assert 'value="1" data-choose checked' in row


# --- what happens to the desk ------------------------------------------------------------------------


@pytest.mark.long
def test_a_hand_that_dies_costs_one_wish(made: Path) -> None:
    """The process that speaks is killed: that is said, and the same wish is done when it is asked again."""
    with running(made) as desk:
        desk.ask(f"{AT}hear", base=_base(made), changes=[], first=2)
        for child in multiprocessing.active_children():
            os.kill(child.pid or 0, signal.SIGKILL)
        time.sleep(0.3)
        own = {"origin": desk.address.rstrip("/")}
        wish = {"base": _base(made), "changes": [_say(2, "Said by another hand.")], "first": 2}
        first = desk.session.post(desk.address + AT + "hear", json=wish, headers=own)
        if first.status_code != 200:
            assert "ended over it" in first.json()["error"]
        assert len(desk.ask(f"{AT}hear", **wish)) > 10_000


def _desk(show: Path) -> tuple["subprocess.Popen[str]", str]:
    """Start the desk as a person does, and return it with the address that it printed."""
    port = 8700 + os.getpid() % 90
    command = [sys.executable, "-m", "podcast", "-C", str(show), "-q", "desk", "--no-open", "--port", str(port)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    for line in process.stdout:
        if "token=" in line:
            return process, line.strip()
    raise AssertionError("the desk did not start")  # its words were read to their end


@pytest.mark.soak
def test_killed_at_any_moment_it_loses_nothing(made: Path) -> None:
    """After kill -9 in the middle of typing, hearing, changing, mixing, publishing another desk shows what was typed,
    and the script is the one before or the one after; then mixing and publishing come to their end."""
    wishes: list[tuple[str, dict[str, Any]]] = [
        (f"{AT}hear", {"changes": [_say(2, "Heard and never kept.")], "first": 2}),
        (f"{AT}change", {"changes": [_say(3, "Kept, or not.")]}),
        (f"{AT}mix", {}),
        ("publish", {}),
    ]
    before = _texts(made)
    for delay, (path, body) in zip((0.5, 0.05, 0.4, 0.8), wishes, strict=True):
        process, address = _desk(made)
        here = address.partition("?")[0]
        with requests.Session() as session:
            session.trust_env = False
            session.get(address)
            own = {"origin": here.rstrip("/")}
            session.post(f"{here}{AT}type", json={"base": _base(made), "line": 1, "text": "Half a"}, headers=own)
            with suppress(requests.RequestException):  # its answer is not waited for
                session.post(here + path, json={"base": _base(made), **body}, headers=own, timeout=(2, delay))
            with process:
                process.kill()
            time.sleep(1.5)  # its hand sees within a second that it is alone
        now = _texts(made)
        assert now in (before, [*before[:2], "Kept, or not.", *before[3:]])
        assert "Half a" in (folder_of(made, PAPER) / "desk.json").read_text()
    with running(made) as desk:
        assert "Half a" in desk.look(AT).text
        assert desk.ask(f"{AT}mix") == {"wrong": ""}
        assert desk.ask("publish") == {"wrong": []}
        assert "Listeners have it as it stands here" in desk.look(AT).text
        assert desk.ask("check") == {"wrong": []}
