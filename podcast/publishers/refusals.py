"""What an S3 store's refusal means to a person. A server's own words are not shown: they may hold keys."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from podcast.publishers.delivery import Raced, Unsupported
from podcast.show import passing
from podcast.show.errors import PublishError, Refused

if TYPE_CHECKING:
    from botocore.exceptions import ClientError

_KEYS = "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE"
_AGAIN = "run podcast publish again: what is there already is not sent again"

_CONFLICTS = frozenset(
    {"PreconditionFailed", "ConditionalRequestConflict", "OperationAborted", "NoSuchKey", "412", "409"}
)
"""What a condition that does not hold is answered with; NoSuchKey where the file went since it was listed."""

_REFUSALS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "the store does not know the access key": (
            "InvalidAccessKeyId InvalidClientTokenId UnrecognizedClientException",
            f"{_KEYS}, to a key of this store",
        ),
        "the secret key is not the access key's": (
            "SignatureDoesNotMatch InvalidSignature",
            "set AWS_SECRET_ACCESS_KEY to the secret that came with AWS_ACCESS_KEY_ID, without spaces around it",
        ),
        "the credentials have expired": (
            "ExpiredToken ExpiredTokenException TokenRefreshRequired InvalidToken RequestExpired",
            "log in again (aws sso login), or set new ones",
        ),
        "there is no such bucket": (
            "NoSuchBucket",
            "make it, or set [publish.s3] bucket and endpoint to one that is there",
        ),
        "the bucket's name is none": ("InvalidBucketName", "set [publish.s3] bucket to its name alone"),
        "the bucket is in another region": (
            "PermanentRedirect IllegalLocationConstraintException AuthorizationHeaderMalformed 301 InvalidRegionName",
            "set [publish.s3] region to the bucket's",
        ),
        "the store has no room left, or your quota is used up": (
            "QuotaExceeded StorageQuotaExceeded InsufficientStorage InsufficientCapacity XMinioStorageFull "
            "XMinioAdminBucketQuotaExceeded StorageFull TotalSizeExceeded 507",
            f"make room or raise the quota, then {_AGAIN}",
        ),
        "a file is larger than the store takes": (
            "EntityTooLarge 413",
            "lower [mix] bitrate, or choose another store",
        ),
        "this machine's clock is not the store's": (
            "RequestTimeTooSkewed",
            f"set the clock (timedatectl set-ntp true), then {_AGAIN}",
        ),
        "that is not allowed to these credentials": (
            "AccessDenied AllAccessDisabled AccountProblem UnauthorizedAccess Unauthorized InvalidPayer 403 401",
            "let them list the bucket, and get, put and delete objects below the prefix; look at the bucket's policy",
        ),
    }
)
"""Sentence to (error codes, what to do). Codes: docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html, MinIO's
cmd/api-errors.go, and HTTP statuses where an answer has no body."""

BY_CODE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {code: (sentence, hint) for sentence, (codes, hint) in _REFUSALS.items() for code in codes.split()}
)


def of_answer(error: "ClientError", store: str, path: str) -> PublishError:
    """Return what a store's answer about `path` means."""
    answer = error.response
    status = str(answer.get("ResponseMetadata", {}).get("HTTPStatusCode", ""))
    code = re.sub(r"[^A-Za-z0-9]", "", str(answer.get("Error", {}).get("Code", ""))) or status
    if code in _CONFLICTS or status == "412":
        return Raced(f"another machine wrote {path} to {store} meanwhile", _AGAIN)
    where = f"{store}, {path}" if path else store
    if code == "NotImplemented" or status == "501":
        return Unsupported(f"{where}: the store does not know that request", "look at [publish.s3] endpoint")
    for known in (code, status):
        if known in BY_CODE:
            sentence, hint = BY_CODE[known]
            return Refused(f"{where}: {sentence} ({code})", hint)
    passes = status.isdigit() and passing.of("store", int(status)) is not passing.Ends.FINAL
    if passes or code in ("SlowDown", "RequestTimeout", "ThrottlingException", "429"):
        return PublishError(f"{where}: the store cannot take it now ({code})", _AGAIN)
    return PublishError(f"{where}: the store refused it ({code})", f"look the code up; {_AGAIN}")


def of_client(error: Exception, store: str, path: str) -> PublishError:
    """Return what kept a request from being sent or answered means."""
    from botocore import exceptions as seen

    if isinstance(error, seen.NoCredentialsError | seen.PartialCredentialsError):
        return Refused(f"{store}: no credentials were found", _KEYS)
    if isinstance(error, seen.ProfileNotFound):
        return Refused(f"{store}: there is no profile of the name in AWS_PROFILE", "see ~/.aws/config, or unset it")
    if isinstance(
        error, seen.CredentialRetrievalError | seen.SSOError | seen.TokenRetrievalError | seen.UnauthorizedSSOTokenError
    ):
        return Refused(f"{store}: the credentials could not be fetched", f"log in again (aws sso login), or {_KEYS}")
    if isinstance(
        error, ValueError | seen.ParamValidationError | seen.InvalidEndpointConfigurationError | seen.InvalidRegionError
    ):
        return Refused(f"{store}: that is no bucket, region or endpoint", "look at [publish.s3] in podcast.toml")
    if isinstance(error, seen.SSLError):
        return PublishError(f"{store}: its certificate is not to be trusted", "look at [publish.s3] endpoint")
    if isinstance(error, seen.HTTPClientError | seen.ConnectionError):
        return PublishError(f"{store} cannot be reached, or broke off{f' at {path}' if path else ''}",
                            f"look at the network and [publish.s3] endpoint, then {_AGAIN}")  # fmt: skip
    return PublishError(f"{store}: {type(error).__name__}", _AGAIN)
