"""The marks that sound is synthetic: a field that any program reads, and C2PA's manifest, signed by the show's own key.

The manifest lies in a GEOB frame of the MP3's ID3v2.3 tag, where C2PA's readers look for it. The library's own way of
writing it makes a v2.4 tag, so a placeholder is tagged, the file is hashed without it, and the signed manifest, of the
same length, takes its place.
"""

import ctypes
import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from podcast.show import packaged, synthetic
from podcast.show.errors import ConfigError, MissingDependency
from podcast.show.settings import MarksSettings

if TYPE_CHECKING:
    from c2pa import Builder, Signer

MEDIA_TYPE, FRAME = "application/x-c2pa-manifest-store", {"filename": "c2pa", "desc": "c2pa manifest store"}
"""What the GEOB frame says of itself, as c2pa-python 0.38 writes and reads it."""

_RAW = b"application/c2pa"
"""The manifest's bytes alone, without a container's own form."""


@dataclass(frozen=True)
class Seal:
    """The show's key and certificate, by which its sound is signed."""

    certificates: bytes
    """PEM: the show's own first, then those that vouch for it."""
    key: bytes
    """PEM, PKCS#8, not encrypted."""

    @cached_property
    def name(self) -> str:
        """Which certificate it is: the beginning of its own SHA-256, in hex."""
        return sha256(self.certificates).hexdigest()[:16]

    def check(self) -> dt.date:
        """Return the last day on which the show can sign. Raises ConfigError where it cannot today, with what to do."""
        from cryptography import x509
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

        try:
            own = x509.load_pem_x509_certificate(self.certificates)
        except ValueError as error:
            raise ConfigError(
                f"[marks] certificate cannot be read: {error}",
                "a certificate in PEM is wanted, the show's own first (docs/law.md)",
            ) from error
        as_bytes = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        public = load_pem_private_key(self.key, None).public_key().public_bytes(*as_bytes)
        if public != own.public_key().public_bytes(*as_bytes):
            raise ConfigError(
                "[marks] certificate and key do not sign: the key is not the certificate's",
                "set both to those that were made together: the show's own certificate stands first in its file",
            )
        now, begins, ends = dt.datetime.now(dt.UTC), own.not_valid_before_utc, own.not_valid_after_utc
        if not begins <= now <= ends:
            when = f"since {ends:%Y-%m-%d} it is over" if now > ends else f"it begins on {begins:%Y-%m-%d}"
            raise ConfigError(
                f"[marks] certificate signs nothing today: {when}", "have a new one made for the key (docs/law.md)"
            )
        with TemporaryDirectory() as folder:
            trial, made = Path(folder) / "trial", self.placeholder("trial")
            trial.write_bytes(made.data)
            made.sign(trial)
        return ends.date()

    def placeholder(self, title: str) -> "Placeholder":
        """Return the manifest of a sound of that title as long as it will be when it is signed."""
        return Placeholder(self, title)

    @cached_property
    def algorithm(self) -> bytes:
        """The signature's, by the key's kind. Raises ConfigError for a key that C2PA does not take."""
        from cryptography.hazmat.primitives.asymmetric import ec, ed25519
        from cryptography.hazmat.primitives.serialization import load_pem_private_key

        try:
            key = load_pem_private_key(self.key, None)
        except (ValueError, TypeError) as error:
            raise ConfigError(
                f"[marks] key cannot be read: {error}",
                "a private key in PEM is wanted, PKCS#8 and not encrypted: openssl pkcs8 -topk8 -nocrypt -in KEY",
            ) from error
        if isinstance(key, ed25519.Ed25519PrivateKey):
            return b"ed25519"
        curves = {"secp256r1": b"es256", "secp384r1": b"es384", "secp521r1": b"es512"}
        if isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name in curves:
            return curves[key.curve.name]
        raise ConfigError(
            "[marks] key is of a kind that C2PA does not take here",
            "make one on the curve P-256: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256",
        )


def seal(settings: MarksSettings, root: Path) -> Seal | None:
    """Return what the show's sound is signed with, its files looked for from `root`; None where it is not.

    Raises MissingDependency without the extra, ConfigError where a file is not there or is no key.
    """
    if not settings.certificate:
        return None
    if find_spec("c2pa") is None:
        raise MissingDependency(
            "[marks] certificate is set, and c2pa-python is not installed", packaged.install("c2pa")
        )
    found = []
    for name, path in (("certificate", settings.certificate), ("key", settings.key)):
        try:
            found.append(place(path, root).read_bytes())
        except OSError as error:
            raise ConfigError(
                f"[marks] {name}: {place(path, root)}: {error.strerror}", "say where the PEM file is"
            ) from error
    made = Seal(*found)
    made.algorithm  # noqa: B018  (a key that cannot sign is told before anything is mixed)
    return made


def place(path: str, root: Path) -> Path:
    """Return where a file of [marks] lies, looked for from `root`; ~ is the home folder of who runs the command."""
    return Path(path).expanduser() if path.startswith("~/") else root / path


class Placeholder:
    """A manifest whose place in the file is kept, until the rest of the file is written and can be hashed."""

    def __init__(self, seal: Seal, title: str) -> None:
        import c2pa

        with _told():
            info = c2pa.C2paSignerInfo(seal.algorithm, seal.certificates, seal.key, None)
            self._signer: Signer = c2pa.Signer.from_info(info)
            self._builder: Builder = c2pa.Builder(json.dumps(_manifest(title)))
            reserved = self._signer.reserve_size()
        self.data = _call("c2pa_builder_data_hashed_placeholder", self._builder._handle, reserved, _RAW)

    def sign(self, path: Path) -> None:
        """Put the signed manifest into the file, in the place that is kept for it.

        Raises ConfigError where key and certificate do not sign.
        """
        import c2pa

        whole = path.read_bytes()
        at = whole.index(self.data)
        hashed = {"alg": "sha256", "hash": "", "pad": "", "name": "jumbf manifest",
                  "exclusions": [{"start": at, "length": len(self.data)}]}  # fmt: skip
        with path.open("rb") as file, c2pa.Stream(file) as stream:
            signed = _call("c2pa_builder_sign_data_hashed_embeddable", self._builder._handle, self._signer._handle,
                           json.dumps(hashed).encode(), _RAW, stream._stream)  # fmt: skip
        if len(signed) != len(self.data):
            raise ConfigError(
                f"the signed manifest has {len(signed)} bytes, not {len(self.data)}", packaged.install("c2pa")
            )
        path.write_bytes(whole[:at] + signed + whole[at + len(signed) :])


def _manifest(title: str) -> dict[str, object]:
    from podcast import __version__

    agent = {"name": "daily-paper-podcast", "version": __version__}
    made = {
        "action": "c2pa.created",
        synthetic.FIELD: synthetic.SOURCE_TYPE,
        "softwareAgent": agent,
        "description": synthetic.EPISODE,
    }
    return {
        "title": title, "format": "audio/mpeg", "claim_generator_info": [agent],
        "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": [made]}}],
    }  # fmt: skip


def _call(name: str, *arguments: Any) -> bytes:
    """Return the bytes that a function of the C library makes; c2pa-python 0.38 has these two, and does not bind them.

    Raises ConfigError with what the library says.
    """
    from c2pa import C2paError
    from c2pa import c2pa as below

    function = getattr(below._lib, name)
    function.restype = ctypes.c_int64
    function.argtypes = [_C_TYPES.get(type(each), ctypes.c_void_p) for each in arguments] + [ctypes.c_void_p]
    made = ctypes.c_void_p()
    with _told():
        length = function(*arguments, ctypes.byref(made))
        if length < 0:
            raise C2paError(below._read_native_error() or "for no reason that it says")
    data = ctypes.string_at(made, length)
    below._lib.c2pa_free(made)
    return data


_C_TYPES: dict[type, Any] = {int: ctypes.c_size_t, bytes: ctypes.c_char_p}


@contextmanager
def _told() -> Iterator[None]:
    """Say what the library refuses as what it is about: key and certificate."""
    from c2pa import C2paError

    try:
        yield
    except C2paError as error:
        raise ConfigError(
            f"[marks] certificate and key do not sign: {error}",
            "key and certificate must be a pair, and the certificate one for signing (see docs/law.md)",
        ) from error
