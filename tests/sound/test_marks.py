"""The marks of synthetic sound: a field in every file, and the show's signature, which c2pa's own reader judges."""

import datetime as dt
import json
import re
import subprocess
from pathlib import Path

import c2pa
import pytest
from conftest import folder_of, load, make, podcast
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from mutagen.id3 import ID3
from mutagen.oggopus import OggOpus

from podcast.show import synthetic
from podcast.show.settings import MarksSettings
from podcast.sound import ffmpeg, marks

TOP = "2403.00002"

Key = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey


def certificate(subject: str, issuer: str, key: Key, by: Key, root: bool, ends: int = 30, sign: bool = True) -> bytes:
    """Return a certificate of `key`, signed by `by`, as PEM; it `ends` in so many days; whether it may `sign`."""
    now = dt.datetime.now(dt.UTC)

    def name(common: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Test Show"),
                          x509.NameAttribute(NameOID.COMMON_NAME, common)])  # fmt: skip

    built = (
        x509.CertificateBuilder().subject_name(name(subject)).issuer_name(name(issuer)).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + dt.timedelta(days=ends - 31)).not_valid_after(now + dt.timedelta(days=ends))
        .add_extension(x509.BasicConstraints(ca=root, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(True, False, False, False, False, root, root, False, False), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False)
    )  # fmt: skip
    if not root and sign:
        built = built.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=True)
    algorithm = None if isinstance(by, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    return built.sign(by, algorithm).public_bytes(serialization.Encoding.PEM)


def pem(key: Key) -> bytes:
    kind = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, kind, serialization.NoEncryption())


def sign_with(show: Path, key: Key, **how: int) -> None:
    """Give the show a certificate of its own making, and have it sign."""
    root = ec.generate_private_key(ec.SECP256R1())
    chain = certificate("Test Show", "Root", key, root, False, **how) + certificate("Root", "Root", root, root, True)
    (show / "marks.pem").write_bytes(chain)
    (show / "marks.key").write_bytes(pem(key))
    settings = show / "podcast.toml"
    settings.write_text(settings.read_text().partition("\n[marks]")[0] + '\n[marks]\ncertificate = "marks.pem"\n')


def sound(show: Path, paper: str = TOP) -> Path:
    folder = folder_of(show, paper)
    return folder / load(folder / "episode.json")["media"]["file"]


def chapters(path: Path) -> list[str]:
    """Return the chapters' titles as ffmpeg's demuxer lists them."""
    said = subprocess.run([ffmpeg.find(), "-i", str(path)], capture_output=True, text=True, check=False).stderr
    return re.findall(r"title\s+: (.*)", said.partition("Chapters:")[2].partition("Stream #")[0])


def test_every_file_says_that_it_is_synthetic(made: Path) -> None:
    """Without any setting the MP3 has IPTC's field, the page schema.org's, the VTT a note, the feed the purpose."""
    tags = ID3(sound(made))
    assert tags.version == (2, 3, 0)
    assert tags[f"TXXX:{synthetic.FIELD}"].text == [synthetic.SOURCE_TYPE]
    assert not tags.getall("GEOB")
    page = (made / "feed" / "episodes" / f"2024-03-05-{TOP}" / "index.html").read_text()
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])
    assert data[synthetic.FIELD] == data["associatedMedia"][synthetic.FIELD] == synthetic.PAGE_TYPE
    for vtt in (made / "feed" / "media").glob("*.vtt"):
        assert vtt.read_text().startswith(f"WEBVTT\n\nNOTE {synthetic.EPISODE}\n\n00:00:")
    feed = (made / "feed" / "feed.xml").read_text()
    assert feed.count('<podcast:txt purpose="ai-content">true</podcast:txt>') == 3


@pytest.mark.long
def test_opus_says_it_too(show: Path) -> None:
    """The smaller file has the same field in its comments."""
    (show / "podcast.toml").write_text((show / "podcast.toml").read_text() + "\n[mix]\nopus = 32\n")
    assert make(show) == 0
    path = sound(show).with_suffix(".opus")
    assert OggOpus(path)[synthetic.FIELD] == [synthetic.SOURCE_TYPE]


@pytest.mark.long
@pytest.mark.parametrize("kind", ["P-256", "Ed25519"])
def test_a_signed_sound_is_verified_by_c2pas_own_reader(show: Path, kind: str) -> None:
    """Signature, hash and source type hold; one changed sample breaks it; tag and chapters are what they were."""
    key = ec.generate_private_key(ec.SECP256R1()) if kind == "P-256" else ed25519.Ed25519PrivateKey.generate()
    sign_with(show, key)
    assert make(show) == 0
    path = sound(show)
    reader = c2pa.Reader(str(path))
    assert reader.get_validation_state() == "Valid"
    found = json.loads(reader.json())
    assert [each["code"] for each in found["validation_status"]] == ["signingCredential.untrusted"]  # made by ourselves
    manifest = found["manifests"][found["active_manifest"]]
    assert manifest["signature_info"]["common_name"] == "Test Show"
    (action,) = manifest["assertions"][0]["data"]["actions"]
    assert (action["action"], action[synthetic.FIELD]) == ("c2pa.created", synthetic.SOURCE_TYPE)

    tags = ID3(path)
    assert tags.version == (2, 3, 0)
    titles = [chapter["title"] for chapter in load(folder_of(show, TOP) / "episode.json")["chapters"]]
    assert [str(frame.sub_frames["TIT2"]) for frame in tags.getall("CHAP")] == titles
    assert chapters(path) == titles
    assert podcast(show, "publish", "--check") == 0

    data = bytearray(path.read_bytes())
    data[-2000] ^= 1
    broken = show / "broken.mp3"
    broken.write_bytes(data)
    assert c2pa.Reader(str(broken)).get_validation_state() == "Invalid"


def test_an_episode_that_is_published_is_not_signed_later(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its bytes, and so its address, stay; mixed again it is signed, says by which certificate, and keeps that one."""
    before, feed = sound(made).read_bytes(), (made / "feed" / "feed.xml").read_text()
    sign_with(made, ec.generate_private_key(ec.SECP256R1()))
    assert make(made) == 0
    assert sound(made).read_bytes() == before
    assert (made / "feed" / "feed.xml").read_text() == feed
    assert podcast(made, "regenerate", TOP, "--from", "mix") == 0
    signed = sound(made).read_bytes()
    assert c2pa.Reader(str(sound(made))).get_validation_state() == "Valid"
    assert re.fullmatch(r"[0-9a-f]{16}", load(folder_of(made, TOP) / "episode.json")["made_with"]["signed by"])
    sign_with_another = ec.generate_private_key(ec.SECP256R1())
    (made / "marks.key").write_bytes(pem(sign_with_another))  # no pair: nothing is signed, so nothing fails
    assert make(made) == 0
    assert sound(made).read_bytes() == signed
    capsys.readouterr()


def test_the_key_may_lie_in_the_home_folder(show: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Named by ~, away from the show and its copies, it is found there."""
    sign_with(show, ec.generate_private_key(ec.SECP256R1()))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    (show / "marks.key").rename(tmp_path / "home" / "own.key")
    settings = MarksSettings(certificate="marks.pem", key="~/own.key")
    assert marks.seal(settings, show)


@pytest.mark.long
def test_what_cannot_sign_is_told_before_anything_is_mixed(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A key that is not there, is none, or is no pair with the certificate ends the making, with what to do."""
    sign_with(show, ec.generate_private_key(ec.SECP256R1()))
    other = pem(ec.generate_private_key(ec.SECP256R1()))
    for content, said in ((None, "No such file"), (b"no key", "cannot be read"), (other, "do not sign")):
        (show / "marks.key").unlink(missing_ok=True)
        if content:
            (show / "marks.key").write_bytes(content)
        refused(show, said, capsys)


def refused(show: Path, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Assert that `make` ends with those words before anything is read, written or recorded, and doctor has them."""
    assert make(show) == 1
    assert said in " ".join(capsys.readouterr().err.split())
    assert {path.name for path in show.glob("episodes/*/2403*/*")} <= {"document.json"}
    assert podcast(show, "trailer") == 1
    assert said in " ".join(capsys.readouterr().err.split())
    podcast(show, "doctor", "--json")
    row = next(row for row in json.loads(capsys.readouterr().out) if row["check"] == "marks")
    assert (row["ok"], said in row["found"]) == ("no", True)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"ends": -1}, "signs nothing today: since"),
        ({"ends": 40}, "signs nothing today: it begins on"),
        ({"sign": False}, "do not sign"),
        (None, "certificate cannot be read"),
    ],
)
def test_a_certificate_that_cannot_sign_is_told_first(
    show: Path, how: dict[str, int] | None, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One that is over, has not begun, is for another use or is none: told by doctor, and before anything is paid."""
    sign_with(show, ec.generate_private_key(ec.SECP256R1()), **how or {})
    if how is None:
        (show / "marks.pem").write_text("hello")
    refused(show, said, capsys)


@pytest.mark.long
def test_no_line_is_recorded_for_a_mix_that_nothing_can_sign(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A corrected line's episode is mixed anew, and signed: where that cannot be, that is said and nothing changed."""
    sign_with(made, ec.generate_private_key(ec.SECP256R1()), ends=-1)
    before = {path.name: path.read_bytes() for path in folder_of(made, TOP).rglob("*") if path.is_file()}
    change = ("regenerate", TOP, "--line", "5", "--text", "Facts near the end are missed.")
    assert podcast(made, *change) == 1
    assert "signs nothing today" in " ".join(capsys.readouterr().err.split())
    assert {path.name: path.read_bytes() for path in folder_of(made, TOP).rglob("*") if path.is_file()} == before
    sign_with(made, ec.generate_private_key(ec.SECP256R1()))
    assert podcast(made, *change) == 0
    assert c2pa.Reader(str(sound(made))).get_validation_state() == "Valid"


def test_a_watermark_without_its_package_is_told_first(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is read, written or recorded for a mix that would lack the mark that the show wants."""
    settings = show / "podcast.toml"
    settings.write_text(settings.read_text() + '\n[marks]\nwatermark = "nowhere.at.all:Mark"\n')
    refused(show, "nowhere.at.all", capsys)


def test_doctor_says_which_marks_are_on(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The unsigned ones always; the signature by its certificate, or how to have one."""

    def told() -> dict[str, str]:
        podcast(made, "doctor", "--json")
        return next(row for row in json.loads(capsys.readouterr().out) if row["check"] == "marks")

    assert told()["found"] == "unsigned: ID3, Opus, page, feed, texts; not signed; none in the sound itself"
    sign_with(made, ec.generate_private_key(ec.SECP256R1()))
    last = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=30)
    assert re.search(rf"signed as C2PA has it, by certificate [0-9a-f]{{16}}, until {last};", told()["found"])
    (made / "marks.key").unlink()
    assert told()["ok"] == "no"
