"""Any S3-compatible store, by boto3: AWS, R2, B2, MinIO. Credentials come by boto3's own chain and stand nowhere here.

Every file is one PUT: it is there whole or not at all, a kill leaves no parts behind, and its ETag is its MD5 wherever
the store does not encrypt; its SHA-256 is written beside it.
"""

import base64
import datetime as dt
import hashlib
import io
import logging
import re
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from podcast.publishers import Build, Delivery, refusals
from podcast.publishers.delivery import NEW, Raced, Stored, Unsupported, deliver
from podcast.publishers.retirement import retire
from podcast.serving.headers import cache_control, content_type
from podcast.show import packaged, store
from podcast.show.errors import ConfigError, MissingDependency, PublishError
from podcast.show.schema import Honours
from podcast.show.settings import SECRET, PublishSettings, S3Settings

log = logging.getLogger(__name__)

_ATTEMPTS = 6
"""How often a request is tried, with botocore's own growing pauses: 5xx, SlowDown, broken connections."""


class S3:
    """Keeps a bucket, below a prefix, as feed/ is; any number of machines may publish to it."""

    def __init__(self, settings: PublishSettings, cache: Path) -> None:
        if not settings.s3.bucket:
            raise ConfigError("no bucket is named", "set [publish.s3] bucket in podcast.toml")
        below = f"{settings.s3.prefix.strip('/')}/{settings.secret}" if settings.private else settings.s3.prefix
        self._bucket = Bucket(settings.s3.model_copy(update={"prefix": below}))
        self._open = Bucket(settings.s3) if settings.private else None
        self._secret, self._apart = settings.secret, bool(settings.media_base_url)
        self.name = self._bucket.name
        self._keep = settings.keep_old_media
        asked = store.fingerprint("conditions", 1, settings.s3.model_dump(mode="json"))
        self._kept = cache / "stores" / asked

    def publish(self, feed: Path, build: Build, withdrawn: Collection[str] = ()) -> Delivery:
        """See Publisher."""
        if self._open:
            self._tell_of_others(self._open)
        conditions = self._conditions()
        if not conditions:
            log.warning(
                "%s ignores conditional writes: of machines that publish to it at the same moment, one's episodes may "
                "be missing from the feed until the next publish, which puts them back",
                self._bucket.name,
            )
        last, delivery = deliver(
            self._bucket, feed, build, self._kept / "records", withdrawn=withdrawn, conditions=conditions,
            apart=self._apart,
        )  # fmt: skip
        today = dt.datetime.now(dt.UTC).date()
        try:
            removed = retire(self._bucket, last, self._keep, today, conditions=conditions)
        except PublishError as error:
            log.warning("old media stays: %s (%s)", error, error.hint)  # the show is published all the same
            return delivery
        return replace(delivery, removed=(*delivery.removed, *removed))

    def _tell_of_others(self, beside: "Bucket") -> None:
        """Say which feeds stand beside the private one, without an address of theirs."""
        if beside.list("feed.xml"):
            log.warning(
                "%s has a feed that everybody may read beside the private one, as before it was private: it stays till "
                "you take it away (docs/listeners.md)",
                self.name,
            )
        folders = [each for each in beside.folders() if re.fullmatch(SECRET, each) and each != self._secret]
        if count := sum(bool(beside.list(f"{each}/feed.xml")) for each in folders):
            log.warning(
                "%s has %d more feed%s below what may be earlier secrets: who knows one hears the show there till you "
                "take that away (docs/listeners.md)",
                self.name, count, "" if count == 1 else "s",
            )  # fmt: skip

    def _conditions(self) -> bool:
        """Tell whether the store honours conditions; it is asked once, and the answer kept."""
        path = self._kept / "honours.json"
        answer = store.load_disposable(Honours, path)
        if answer is None:
            answer = Honours(conditions=honours(self._bucket))
            store.write_atomic(path, store.to_json(answer))
        return answer.conditions


def honours(bucket: "Bucket") -> bool:
    """Tell by trying whether the store refuses a write whose condition does not hold; ignoring it is common."""
    probe = f".podcast/probe-{uuid.uuid4().hex}"
    try:
        bucket.write(probe, b"1", None)
        for condition in (NEW, "0" * 32):
            try:
                bucket.write(probe, b"2", condition)
            except Raced:
                continue
            except Unsupported:
                return False
            return False
    finally:
        with suppress(PublishError):  # it is one byte, and the answer is known
            bucket.remove(probe)
    return True


class Bucket:
    """Files of one bucket below a prefix."""

    def __init__(self, settings: S3Settings) -> None:
        self._settings = settings
        self._prefix = settings.prefix.strip("/") + "/" if settings.prefix.strip("/") else ""
        self.name = f"the bucket {settings.bucket!r}"
        self._client = _client(settings)

    def list(self, under: str = "") -> Mapping[str, Stored]:
        found: dict[str, Stored] = {}
        with self._told(f"{under}…" if under else ""):
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self._settings.bucket, Prefix=self._prefix + under
            )
            for page in pages:
                for each in page.get("Contents", []):
                    path = each["Key"].removeprefix(self._prefix)
                    found[path] = Stored(each["ETag"].strip('"'), each["Size"], each["LastModified"].timestamp())
        return found

    def folders(self) -> Sequence[str]:
        """Return the names of the folders right below the prefix."""
        with self._told(""):
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self._settings.bucket, Prefix=self._prefix, Delimiter="/"
            )
            found = [each["Prefix"] for page in pages for each in page.get("CommonPrefixes", [])]
        return [each.removeprefix(self._prefix).rstrip("/") for each in found]

    def read(self, path: str) -> bytes | None:
        from botocore.exceptions import ClientError

        with self._told(path):
            try:
                return bytes(self._client.get_object(**self._object(path))["Body"].read())
            except ClientError as error:
                if error.response["Error"]["Code"] in ("NoSuchKey", "404"):
                    return None
                raise

    def sha256(self, path: str) -> str | None:
        from botocore.exceptions import ClientError

        with self._told(path):
            try:
                found = self._client.head_object(**self._object(path))["Metadata"]
            except ClientError as error:
                if error.response["Error"]["Code"] in ("NoSuchKey", "404"):
                    return None
                raise
        return str(found["sha256"]) if "sha256" in found else None

    def write(self, path: str, data: Path | bytes, condition: str | None) -> str:
        log.debug("PUT %s", path)
        with self._told(path), _opened(data) as body:
            only = {"IfNoneMatch": "*"} if condition == NEW else {"IfMatch": f'"{condition}"'} if condition else {}
            answer = self._client.put_object(
                **self._object(path),
                Body=body,
                ContentType=content_type(path),
                CacheControl=cache_control(path),
                **_hashes(body),
                **only,
            )
        return str(answer["ETag"]).strip('"')

    def remove(self, path: str) -> None:
        with self._told(path):
            self._client.delete_object(**self._object(path))

    def _object(self, path: str) -> Any:
        return {"Bucket": self._settings.bucket, "Key": self._prefix + path}

    @contextmanager
    def _told(self, path: str) -> Iterator[None]:
        """Turn what goes wrong with the file into an error of ours."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            yield
        except ClientError as error:
            raise refusals.of_answer(error, self.name, path) from error
        except BotoCoreError as error:
            raise refusals.of_client(error, self.name, path) from error


def _client(settings: S3Settings) -> Any:
    """Return a client of its own session: sessions are not to be shared by threads, clients are."""
    try:
        import boto3
        from botocore.config import Config
        from botocore.exceptions import BotoCoreError
    except ModuleNotFoundError as error:
        raise MissingDependency("publishing to S3 needs boto3", packaged.install("s3")) from error
    config = Config(
        retries={"mode": "standard", "total_max_attempts": _ATTEMPTS},
        connect_timeout=10,
        read_timeout=60,
        # other stores than AWS refuse boto3's own checksums (github.com/boto/s3transfer/issues/327); Content-MD5
        # and the SHA-256 beside the file do their work everywhere
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        s3={"addressing_style": "path"} if settings.endpoint else None,  # few have a certificate for bucket.host
    )
    try:
        return boto3.session.Session().client(
            "s3", region_name=settings.region or None, endpoint_url=settings.endpoint or None, config=config
        )
    except (BotoCoreError, ValueError) as error:
        named = refusals.of_client(error, f"the bucket {settings.bucket!r}", "")
        raise named from error


@contextmanager
def _opened(data: Path | bytes) -> Iterator[BinaryIO]:
    if isinstance(data, bytes):
        yield io.BytesIO(data)
    else:
        with data.open("rb") as file:
            yield file


def _hashes(body: BinaryIO) -> dict[str, Any]:
    """Return what lets the store refuse bytes that are not these, and others know them; the body is rewound."""
    md5 = hashlib.file_digest(body, "md5").digest()  # type: ignore[arg-type]  # typeshed wants readinto by name
    body.seek(0)
    sha256 = hashlib.file_digest(body, "sha256").hexdigest()  # type: ignore[arg-type]
    body.seek(0)
    return {"ContentMD5": base64.b64encode(md5).decode(), "Metadata": {"sha256": sha256}}
