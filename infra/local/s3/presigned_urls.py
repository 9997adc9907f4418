"""Checks presigned URLs as S3 does. moto accepts any.

This follows "Authenticating requests: using query parameters" (AmazonS3/latest/API/sigv4-query-string-auth). The
functions are pure: time and secrets are arguments.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, quote

from infra.local.s3.post_policy import ALGORITHM, S3Refusal, SecretOf, signature

Secrets = Callable[[str | None], SecretOf]
"""Returns the lookup of secrets for a session token."""
_SIGNATURE = "X-Amz-Signature"
_REQUIRED = ("X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders", _SIGNATURE)
_MAX_SECONDS = 604_800


def check_url(method: str, target: str, headers: Mapping[str, str], now: datetime, secrets: Secrets) -> dict[str, str]:
    """The query without signature. Raises `S3Refusal`. `target`: raw path and query; `headers` in lower case."""
    path, _, query = target.partition("?")
    given = dict(parse_qsl(query, keep_blank_values=True))
    if missing := [name for name in _REQUIRED if name not in given]:
        raise S3Refusal("AccessDenied", 403, f"The request is not signed: {', '.join(missing)} is missing.")
    _check_time(given, now)
    signed = given["X-Amz-SignedHeaders"].split(";")
    unsigned = sorted(name for name in headers if name.startswith("x-amz-") and name not in signed)
    if unsigned:
        raise S3Refusal("AccessDenied", 403, f"There were headers present which were not signed: {', '.join(unsigned)}")
    canonical = "\n".join([method, path, _canonical_query(given), *_canonical_headers(headers, signed)])
    access_key, *scope = given["X-Amz-Credential"].split("/")
    secret = secrets(given.get("X-Amz-Security-Token"))(access_key)
    if secret is None:
        raise S3Refusal("InvalidAccessKeyId", 403, "The AWS Access Key Id you provided does not exist in our records.")
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    to_sign = "\n".join([ALGORITHM, given["X-Amz-Date"], "/".join(scope), digest])
    if not hmac.compare_digest(signature(to_sign, secret, scope).encode(), given[_SIGNATURE].encode()):
        raise S3Refusal("SignatureDoesNotMatch", 403, "The signature does not match the request and the secret.")
    return {name: value for name, value in given.items() if not name.startswith("X-Amz-")}


def _check_time(given: Mapping[str, str], now: datetime) -> None:
    try:
        signed_at = datetime.strptime(given["X-Amz-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        seconds = int(given["X-Amz-Expires"])
    except ValueError:
        raise S3Refusal(
            "AuthorizationQueryParametersError", 400, "X-Amz-Date or X-Amz-Expires cannot be read."
        ) from None
    if not 0 < seconds <= _MAX_SECONDS or now >= signed_at + timedelta(seconds=seconds):
        raise S3Refusal("AccessDenied", 403, "Request has expired")


def _canonical_query(given: Mapping[str, str]) -> str:
    pairs = sorted((quote(name, safe="-_.~"), quote(value, safe="-_.~")) for name, value in given.items())
    return "&".join(f"{name}={value}" for name, value in pairs if name != _SIGNATURE)


def _canonical_headers(headers: Mapping[str, str], signed: list[str]) -> list[str]:
    lines = [f"{name}:{' '.join(headers.get(name, '').split())}" for name in signed]
    return [*lines, "", ";".join(signed), "UNSIGNED-PAYLOAD"]
