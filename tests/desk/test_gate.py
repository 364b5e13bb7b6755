"""Who may come to the desk: nobody without the token, no page of another site, by no foreign name."""

import json
from pathlib import Path

import pytest
import requests
from conftest import DAY, folder_of, load
from desks import TOKEN, Asked, running

from podcast.cli import run

PAPER = "2403.00002"
CHANGE = f"e/{DAY}/{PAPER}/change"


def _body(show: Path) -> dict[str, object]:
    version = load(folder_of(show, PAPER) / "script.json")["version"]
    return {"base": version, "changes": [{"do": "delete", "line": 2}]}


def _ask(desk: Asked, **headers: str) -> requests.Response:
    return requests.get(desk.address, headers=headers, allow_redirects=False, proxies={"http": ""})


def test_nobody_comes_in_without_the_token(made: Path) -> None:
    """Every page and every act is refused to who lacks the cookie, and nothing of the show is told."""
    with running(made) as desk:
        for path in ("", f"e/{DAY}/{PAPER}/", "settings", "runs", "assets/desk.js"):
            answer = requests.get(desk.address + path)
            assert answer.status_code == 403, path
            assert "Test Show" not in answer.text
        answer = requests.post(desk.address + CHANGE, json=_body(made), headers={"origin": desk.address.rstrip("/")})
        assert answer.status_code == 403
        assert requests.get(f"{desk.address}?token=another").status_code == 403


def test_the_token_leaves_the_address(made: Path) -> None:
    """Who opens the printed address is sent on to one without the token, with a cookie that no script reads and no
    other site sends."""
    with running(made) as desk:
        answer = requests.get(f"{desk.address}?token={TOKEN}", allow_redirects=False)
        assert answer.status_code == 303
        assert TOKEN not in answer.headers["location"]
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {},
        {"origin": "http://localhost.evil.example:80"},
    ],
)
def test_another_site_changes_nothing(made: Path, headers: dict[str, str]) -> None:
    """A request that changes something is refused unless the desk's own page sent it, whatever cookie it has."""
    script = (folder_of(made, PAPER) / "script.json").read_bytes()
    with running(made) as desk:
        answer = desk.session.post(desk.address + CHANGE, json=_body(made), headers=headers)
        assert answer.status_code == 403
    assert (folder_of(made, PAPER) / "script.json").read_bytes() == script


def test_a_form_changes_nothing(made: Path) -> None:
    """What a form can send is not what the desk takes."""
    script = (folder_of(made, PAPER) / "script.json").read_bytes()
    with running(made) as desk:
        answer = desk.session.post(
            desk.address + CHANGE, data='{"base": 1, "changes": [{"do": "delete", "line": 2}]}',
            headers={"origin": desk.address.rstrip("/"), "content-type": "text/plain"},
        )  # fmt: skip
        assert answer.status_code in (404, 422)
    assert (folder_of(made, PAPER) / "script.json").read_bytes() == script


def test_a_foreign_name_that_leads_here_is_refused(made: Path) -> None:
    """A name that somebody else had point at this machine is answered nothing, token or not."""
    with running(made) as desk:
        port = desk.address.rstrip("/").rpartition(":")[2]
        answer = desk.session.get(desk.address, headers={"host": f"show.example.org:{port}"})
        assert answer.status_code == 421
        assert desk.session.get(desk.address, headers={"host": f"localhost:{port}"}).status_code in (200, 403)


def test_every_answer_runs_no_foreign_script(made: Path) -> None:
    """Each page, also one that tells of an error, has a policy without inline scripts, and stands in no frame."""
    with running(made) as desk:
        for path, status in (("", 200), (f"e/{DAY}/{PAPER}/", 200), ("e/2001-01-01/2403.00002/", 404)):
            policy = desk.look(path, status).headers["content-security-policy"]
            assert "script-src 'self'" in policy
            assert "frame-ancestors 'none'" in policy
            assert "unsafe" not in policy


def test_a_paper_s_words_are_text(made: Path) -> None:
    """A title that is HTML is shown as it is written, and is no element of the page."""
    path = folder_of(made, PAPER) / "script.json"
    script = load(path)
    script["title"] = '<img src=x onerror="alert(1)">'
    script["lines"][0]["text"] = "<script>alert(1)</script> he said."

    path.write_text(json.dumps(script))
    with running(made) as desk:
        page = desk.look(f"e/{DAY}/{PAPER}/").text
        assert "<img" not in page
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt; he said." in page


@pytest.mark.long
def test_a_password_lets_in_where_others_can_reach_it(made: Path) -> None:
    """With a password who has none is asked for it, a wrong one is refused, and the right one opens the desk."""
    with running(made, password="of the tests") as desk:
        own = {"origin": desk.address.rstrip("/")}
        other = requests.Session()
        other.trust_env = False
        assert "Password" in other.get(desk.address).text
        wrong = other.post(desk.address + "enter", data={"password": "guess"}, headers=own)
        assert wrong.status_code == 403
        right = other.post(desk.address + "enter", data={"password": "of the tests"}, headers=own)
        assert right.status_code == 200
        assert "Episodes" in right.text


def test_other_machines_are_let_in_with_a_password_alone(
    made: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a password the desk listens at no address that others can reach, and says what to do."""
    monkeypatch.delenv("PODCAST_DESK_PASSWORD", raising=False)
    assert run(["-C", str(made), "desk", "--host", "0.0.0.0", "--no-open"]) == 1
    assert "PODCAST_DESK_PASSWORD" in capsys.readouterr().err
