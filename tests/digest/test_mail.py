"""The digest by e-mail, to a real SMTP server on this machine: TLS, logins, and each mail once."""

import datetime as dt
import email
import email.policy
import json
import socket
import ssl
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from conftest import DAY, folder_of, load, make, podcast, save
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from test_daily import MONDAY, Calendar, run

from podcast import daily
from podcast.show.exits import Exit
from podcast.show.schema import Run

SECRET = "cr4zy-P4ssword-of-ours"


@dataclass
class Box:
    """What the server took, and what it answers next in place of taking it."""

    port: int = 0
    certificate: Path = Path()
    mails: list[tuple[str, EmailMessage]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    to_refuse: set[str] = field(default_factory=set)
    tried: list[str] = field(default_factory=list)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if address in self.to_refuse:
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.tried.append(envelope.rcpt_tos[0])
        if self.answers and (said := self.answers.pop(0)) != "250 OK":
            return said
        made = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(made, EmailMessage)
        self.mails.append((envelope.rcpt_tos[0], made))
        return "250 OK"

    def let_in(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        right = (data.login, data.password) == (b"show", SECRET.encode())
        return AuthResult(success=right, handled=right)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ssl.SSLContext]:
    """A certificate for 127.0.0.1, and a server's context with it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
        .not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    folder = tmp_path_factory.mktemp("tls")
    public, private = folder / "public.pem", folder / "private.pem"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return public, context


Server = Callable[..., Box]


@pytest.fixture
def server(certificate: tuple[Path, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Starts mail servers; whoever talks to them trusts their certificate."""
    public, context = certificate
    monkeypatch.setenv("SSL_CERT_FILE", str(public))
    monkeypatch.setenv("SMTP_PASSWORD", SECRET)
    running: list[Controller] = []

    def start(security: str = "starttls", login: bool = True) -> Box:
        box = Box(certificate=public)
        more: dict[str, Any] = {"authenticator": box.let_in, "auth_required": True} if login else {}
        more |= {"starttls": {"tls_context": context, "require_starttls": True}, "none": {}}.get(security, {})
        if security == "ssl":  # aiosmtpd does not know that the line is secret from the start
            warnings.filterwarnings("ignore", message="Requiring AUTH while not requiring TLS")
            more |= {"ssl_context": context, "auth_require_tls": False}
        with socket.create_server(("127.0.0.1", 0)) as free:
            box.port = free.getsockname()[1]
        controller = Controller(box, hostname="127.0.0.1", port=box.port, **more)
        controller.start()
        running.append(controller)
        return box

    yield start
    for each in running:
        each.stop()


def mailing(show: Path, box: Box, to: str = '["ada@example.org"]', security: str = "starttls", **more: str) -> None:
    """Have the show mail its digests to this server."""
    settings = {"to": to, "host": '"127.0.0.1"', "port": str(box.port), "security": f'"{security}"', "user": '"show"'}
    settings["sender"] = '"pod@example.net"'
    lines = "".join(f"{name} = {value}\n" for name, value in (settings | more).items())
    path = show / "podcast.toml"
    path.write_text(path.read_text().partition("[digest.mail]")[0] + f"[digest.mail]\n{lines}")


@pytest.mark.parametrize("security", ["starttls", "ssl"])
def test_a_mail_is_text_and_html_and_goes_once(
    made: Path, server: Server, security: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each on the list gets one mail of their own, with text, HTML, and a way off the list by one click."""
    box = server(security)
    off = '"https://list.example.org/off?who={to}"'
    mailing(made, box, '["ada@example.org", "ben@example.org"]', security, unsubscribe=off)
    assert podcast(made, "digest", DAY, "--mail") == 0
    assert "2 mails" in capsys.readouterr().err
    assert [to for to, _ in box.mails] == ["ada@example.org", "ben@example.org"]
    for to, mail in box.mails:
        assert mail["To"] == to
        assert mail["List-Unsubscribe"].startswith(
            f"<https://list.example.org/off?who={to.replace('@', '%40')}>, <mail"
        )
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]  # type: ignore[attr-defined]
        text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))  # type: ignore[union-attr]
        for body in (text, html):
            assert "Reading Twice" in body
            assert "http://127.0.0.1:8000/episodes/2024-03-05-2403.00002/index.html" in body
            assert "http://127.0.0.1:8000/digest/2024/03/05.html" in body
            assert "Made by AI" in body
            assert "../" not in body
        assert "<" not in text.replace("<http", "").replace("<mailto", "")
        assert all(f"src={sign}" not in html for sign in ("'", '"'))
    assert len({mail["Message-ID"] for _, mail in box.mails}) == 2
    assert podcast(made, "digest", DAY, "--mail") == 0
    assert "nobody gets it twice" in capsys.readouterr().err
    assert len(box.mails) == 2
    noted = load(made / "episodes" / DAY / "mailed.json")
    assert noted["sent"] == [mail["Message-ID"] for _, mail in box.mails]


def test_what_went_before_a_failure_does_not_go_again(
    made: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    """A server that gives up in the middle is told as such; the next try sends the rest, with the same id and date."""
    box = server()
    mailing(made, box, '["ada@example.org", "ben@example.org"]')
    box.answers += ["250 OK", "452 no room, try later"]
    assert podcast(made, "digest", DAY, "--mail") == 1
    said = capsys.readouterr().err
    assert "452 no room, try later" in said
    assert SECRET not in said
    date = load(made / "episodes" / DAY / "mailed.json")["date"]
    assert podcast(made, "digest", DAY, "--mail") == 0
    assert "1 mail, 1 had it" in capsys.readouterr().err
    assert box.tried == ["ada@example.org", "ben@example.org", "ben@example.org"]
    assert box.mails[0][1]["Date"].datetime == dt.datetime.fromisoformat(date)


def test_one_refused_address_keeps_nobody_else_waiting(
    made: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    """The others get it; who was refused is named, with the server's words."""
    box = server()
    box.to_refuse.add("nobody@example.org")
    mailing(made, box, '["nobody@example.org", "ada@example.org"]')
    assert podcast(made, "digest", DAY, "--mail") == 1
    said = capsys.readouterr().err
    assert "nobody@example.org (550 no such person)" in said
    assert [to for to, _ in box.mails] == ["ada@example.org"]


def test_a_dry_run_sends_nothing(made: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    """--dry-run prints the very mail, opens no connection and notes nothing; without --mail it is a usage error."""
    box = server()
    mailing(made, box)
    assert podcast(made, "digest", DAY, "--mail", "--dry-run") == 0
    printed = email.message_from_string(capsys.readouterr().out.partition("From: ")[2].join(["From: ", ""]))
    assert printed["To"] == "ada@example.org"
    assert not box.tried
    assert not (made / "episodes" / DAY / "mailed.json").exists()
    assert podcast(made, "digest", DAY, "--dry-run") == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"user": '"other"'}, "does not accept SMTP_PASSWORD of other"),
        ({"port": "9"}, "port 9, cannot be reached"),
        ({"password": '"NOT_SET"'}, "NOT_SET is not set"),
    ],
)
def test_what_is_wrong_is_a_sentence(
    made: Path, server: Server, change: dict[str, str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong password, port, name or variable is told with a way out, by digest and by doctor, without the secret."""
    mailing(made, server(), **change)
    assert podcast(made, "digest", DAY, "--mail") == 1
    said = capsys.readouterr().err
    assert words in " ".join(said.split())
    assert "→" in said
    podcast(made, "doctor", "--json")
    told = capsys.readouterr().out
    assert words in told
    assert SECRET not in said + told


def test_a_server_that_nobody_vouches_for_gets_no_password(
    made: Path, server: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A certificate that is not trusted ends it before anything secret is said."""
    box = server()
    monkeypatch.delenv("SSL_CERT_FILE")
    mailing(made, box)
    assert podcast(made, "digest", DAY, "--mail") == 1
    assert "cannot be spoken to in secret" in " ".join(capsys.readouterr().err.split())
    assert not box.tried


def test_doctor_logs_in_and_sends_nothing(made: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    """The line says that the server lets us in, and how long it took; no mail is sent."""
    box = server()
    mailing(made, box)
    podcast(made, "doctor")
    said = " ".join(capsys.readouterr().out.split())
    assert f"127.0.0.1 port {box.port} lets us in (starttls), 1 on the list" in said
    assert not box.tried


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ('to = ["ada"]\nhost = "x"', "no e-mail address"),
        ('to = ["a@b.org\\nBcc: c@d.org"]\nhost = "x"', "no e-mail address"),
        ('to = ["ada@example.org"]', "host must name"),
        ('user = "a"\nsecurity = "none"\nhost = "smtp.example.org"', "security is starttls or ssl"),
        (f'password = "{SECRET}"', "the name of an environment variable is wanted"),
        ('unsubscribe = "http://example.org/off"', "https:// address is wanted"),
    ],
)
def test_settings_that_cannot_be(made: Path, more: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Addresses with line breaks, a list without a server, a password in the open: each is refused by name."""
    path = made / "podcast.toml"
    path.write_text(f"{path.read_text()}[digest.mail]\n{more}\n")
    assert podcast(made, "digest", DAY) == 1
    assert words in " ".join(capsys.readouterr().err.split())


def test_a_run_sends_what_is_due(show: Path, server: Server) -> None:
    """`podcast run` sends the day that it made; what did not go then goes with the next run, and once."""
    box = server()
    mailing(show, box)
    box.answers.append("451 later")
    calendar, today = Calendar(), MONDAY + dt.timedelta(days=1)
    first = run(show, calendar, today)
    assert first.exit_code == Exit.LATER
    assert "not sent to all" in " ".join(daily.lines(first))
    assert not box.mails
    second = run(show, calendar, today)
    assert (second.exit_code, len(box.mails)) == (Exit.DONE, 1)
    assert second.post == (f"{MONDAY}  the digest is sent: 1 mail",)
    assert run(show, calendar, today).post == ()
    assert len(box.tried) == 2


def told(run: Run) -> list[str]:
    return [each for each in run.post if "is sent" in each]


def test_a_run_sends_to_who_was_on_the_list(show: Path, server: Server) -> None:
    """Who was refused is tried again, also when another leaves the list; who comes to it gets no digest of before, also
    where one of those is still owed to another, but for the asking."""
    box, calendar, today = server(), Calendar(), MONDAY + dt.timedelta(days=1)
    box.to_refuse.add("cyd@example.org")
    mailing(show, box, '["ada@example.org", "ben@example.org", "cyd@example.org"]')
    run(show, calendar, today)
    assert box.tried == ["ada@example.org", "ben@example.org"]
    mailing(show, box, '["ben@example.org", "cyd@example.org", "dora@example.org"]')
    assert "cyd@example.org (550" in " ".join(run(show, calendar, today).post)
    box.to_refuse.clear()
    assert len(told(run(show, calendar, today))) == 1
    assert box.tried[2:] == ["cyd@example.org"]
    mailing(show, box, '["ben@example.org", "cyd@example.org", "dora@example.org", "eve@example.org"]')
    assert run(show, calendar, today).post == ()
    assert podcast(show, "digest", str(MONDAY), "--mail") == 0
    assert box.tried[3:] == ["dora@example.org", "eve@example.org"]


def test_what_an_earlier_version_noted_is_gone_on_with(show: Path, server: Server) -> None:
    """It did not note who was on the list: who is on it now, and lacks the day, gets it."""
    box, calendar, today = server(), Calendar(), MONDAY + dt.timedelta(days=1)
    mailing(show, box, '["ada@example.org", "ben@example.org"]')
    box.answers += ["250 OK", "451 later"]
    run(show, calendar, today)
    path = show / "episodes" / str(MONDAY) / "mailed.json"
    save(path, {name: value for name, value in load(path).items() if name != "wanted"})
    assert len(told(run(show, calendar, today))) == 1
    assert [to for to, _ in box.mails] == ["ada@example.org", "ben@example.org"]
    assert run(show, calendar, today).post == ()


def test_another_sender_sends_none_twice(made: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    """Who has the mail has it whoever sent it, by the documents of before, too."""
    box = server()
    mailing(made, box, sender='"pod@old.example.org"')
    assert podcast(made, "digest", DAY, "--mail") == 0
    mailing(made, box, sender='"pod@new.example.net"')
    assert podcast(made, "digest", DAY, "--mail") == 0
    assert "nobody gets it twice" in capsys.readouterr().err
    assert [mail["Message-ID"].rpartition("@")[2] for _, mail in box.mails] == ["old.example.org>"]


@pytest.mark.parametrize("address", ['email = ""', ""], ids=["none", "the example's"])
def test_mail_from_nobody_is_not_sent(
    made: Path, server: Server, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a sender and an address of the show's own that is said, by digest, dry run and doctor, and nothing goes;
    nor do links to this machine alone pass doctor, where somebody is told of days."""
    box = server()
    path = made / "podcast.toml"
    path.write_text(path.read_text().replace("[show]", f"[show]\n{address}"))
    mailing(made, box, sender='""')
    for words in (("digest", DAY, "--mail"), ("digest", DAY, "--mail", "--dry-run")):
        assert podcast(made, *words) == 1
        assert "set sender in [digest.mail]" in " ".join(capsys.readouterr().err.split())
    podcast(made, "doctor", "--json")
    rows = {each["check"]: each for each in json.loads(capsys.readouterr().out)}
    assert (rows["mail"]["ok"], "set sender in [digest.mail]" in rows["mail"]["fix"]) == ("no", True)
    assert (rows["site_url"]["ok"], rows["site_url"]["found"]) == ("no", "http://127.0.0.1:8000/")
    assert not box.tried


def test_a_run_sends_what_went_from_nobody_once_there_is_somebody(show: Path, server: Server) -> None:
    """A day that was not mailed for want of a sender is mailed by the next run that has one."""
    box, calendar, today = server(), Calendar(), MONDAY + dt.timedelta(days=1)
    path = show / "podcast.toml"
    path.write_text(path.read_text().replace("[show]", '[show]\nemail = ""'))
    mailing(show, box, sender='""')
    assert "from nobody" in " ".join(run(show, calendar, today).post)
    mailing(show, box, sender='"pod@example.org"')
    assert len(told(run(show, calendar, today))) == 1
    assert box.tried == ["ada@example.org"]


def test_the_letter_tells_of_no_form_that_is_not_there(made: Path, server: Server) -> None:
    """A day that the show has as a table alone is not said to be there in four forms."""
    box = server()
    path = made / "podcast.toml"
    path.write_text(path.read_text() + '[digest]\nformats = ["table"]\n')
    mailing(made, box)
    assert podcast(made, "digest", DAY, "--mail") == 0
    assert "forms" not in box.mails[0][1].get_body(("plain",)).get_content()  # type: ignore[union-attr]


def test_hostile_titles_stay_text(made: Path, server: Server) -> None:
    """A title with tags and line breaks is shown as it is, and adds no header."""
    path = made / "episodes" / DAY / "papers.json"
    day = load(path)
    day["papers"][0]["title"] = "<script>alert(1)</script> & [x](javascript:1)"
    save(path, day)
    box = server()
    mailing(made, box)
    assert podcast(made, "digest", DAY, "--mail") == 0
    body = box.mails[0][1].get_body(("html",))
    assert body is not None
    assert "<script" not in body.get_content()
    assert 'href="javascript' not in body.get_content()


def test_mail_moves_no_page(made: Path, server: Server) -> None:
    """Setting [digest.mail] and sending leave every published file as it was: no key is made of them."""
    feed = made / "feed"
    assert podcast(made, "publish") == 0
    before = {path: path.read_bytes() for path in feed.rglob("*") if path.is_file()}
    mailing(made, server())
    assert podcast(made, "digest", DAY, "--mail") == 0
    assert podcast(made, "publish") == 0
    assert {path: path.read_bytes() for path in feed.rglob("*") if path.is_file()} == before
    assert folder_of(made, "2403.00002").is_dir()
    assert make(made) == 0
