"""Checks form uploads with a presigned POST policy, as S3 does.

moto accepts any form. This module follows "Browser-based uploads using POST" for Signature Version 4
(AmazonS3/latest/API/sigv4-authentication-HTTPPOST, sigv4-HTTPPOSTConstructPolicy). The functions are pure: time and
secrets are arguments.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

ALGORITHM = "AWS4-HMAC-SHA256"
_UNSIGNED = {"x-amz-signature", "file", "policy"}
"""Fields that the policy need not mention. The same goes for names that begin with `x-ignore-`."""
_REQUIRED = ("key", "policy", "x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-signature")


class S3Refusal(Exception):
    """An S3 error: code, HTTP status and message."""

    def __init__(self, code: str, status: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.status = status
        self.message = message


@dataclass(frozen=True, slots=True)
class PostedForm:
    """A form that was posted to a bucket. Field names are in lower case: S3 ignores case."""

    bucket: str
    fields: Mapping[str, str]
    data: bytes


SecretOf = Callable[[str], str | None]
"""Returns the secret of an access key id, or None."""


def check_form(form: PostedForm, now: datetime, secret_of: SecretOf) -> None:
    """Raises `S3Refusal` where S3 would refuse the form. `now`: real time, with a time zone."""
    for name in _REQUIRED:
        if name not in form.fields:
            raise S3Refusal("InvalidArgument", 400, f"Bucket POST must contain a field named '{name}'.")
    _check_signature(form.fields, secret_of)
    policy = _read_policy(form.fields["policy"])
    if now >= _expiration(policy):
        raise _invalid("Policy expired.")
    conditions = policy["conditions"]
    _check_fields_are_named(form, conditions)
    for condition in conditions:
        _check_condition(form, condition)
    _check_checksum(form)


def _invalid(why: str) -> S3Refusal:
    return S3Refusal("AccessDenied", 403, f"Invalid according to Policy: {why}")


def _read_policy(text: str) -> dict[str, Any]:
    try:
        policy = json.loads(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError):
        policy = None
    if not isinstance(policy, dict) or not isinstance(policy.get("conditions"), list) or "expiration" not in policy:
        raise S3Refusal("InvalidPolicyDocument", 400, "Invalid Policy: Invalid JSON.")
    return policy


def _expiration(policy: Mapping[str, Any]) -> datetime:
    try:
        return datetime.fromisoformat(str(policy["expiration"]).replace("Z", "+00:00"))
    except ValueError:
        raise S3Refusal("InvalidPolicyDocument", 400, "Invalid Policy: Invalid 'expiration' value.") from None


def _check_signature(fields: Mapping[str, str], secret_of: SecretOf) -> None:
    if fields["x-amz-algorithm"] != ALGORITHM:
        raise S3Refusal("InvalidRequest", 400, "Please use AWS4-HMAC-SHA256.")
    access_key, *scope = fields["x-amz-credential"].split("/")
    secret = secret_of(access_key)
    if secret is None:
        raise S3Refusal("InvalidAccessKeyId", 403, "The AWS Access Key Id you provided does not exist in our records.")
    expected = signature(fields["policy"], secret, scope)
    if len(scope) != 4 or not hmac.compare_digest(expected.encode(), fields["x-amz-signature"].encode()):
        raise S3Refusal("SignatureDoesNotMatch", 403, "The signature does not match the policy and the secret.")


def signature(policy: str, secret: str, scope: list[str]) -> str:
    """The SigV4 signature of a base64 policy. `scope`: date, region, service, `aws4_request`."""
    key = f"AWS4{secret}".encode()
    for part in scope:
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return hmac.new(key, policy.encode(), hashlib.sha256).hexdigest()


def _check_fields_are_named(form: PostedForm, conditions: list[Any]) -> None:
    named = {name for condition in conditions for name in _names(condition)} | _UNSIGNED
    extra = sorted(name for name in form.fields if name not in named and not name.startswith("x-ignore-"))
    if extra:
        raise _invalid(f"Extra input fields: {', '.join(extra)}")


def _names(condition: Any) -> list[str]:
    if isinstance(condition, dict):
        return [name.lower() for name in condition]
    return [str(condition[1]).removeprefix("$").lower()]


def _check_condition(form: PostedForm, condition: Any) -> None:
    if isinstance(condition, dict):
        for name, value in condition.items():
            _check_match(form, condition, name, str(value).__eq__)
        return
    operator, subject, argument = condition
    if operator == "content-length-range":
        _check_size(len(form.data), int(subject), int(argument))
    elif operator == "starts-with":
        _check_match(form, condition, subject[1:], lambda given: given.startswith(argument))
    elif operator == "eq":
        _check_match(form, condition, subject[1:], str(argument).__eq__)
    else:
        raise S3Refusal("InvalidPolicyDocument", 400, f"Invalid Policy: Unknown operator {operator}.")


def _check_match(form: PostedForm, condition: Any, name: str, holds: Callable[[str], bool]) -> None:
    given = form.bucket if name == "bucket" else form.fields.get(name.lower(), "")
    if not holds(given):
        raise _invalid(f"Policy Condition failed: {json.dumps(condition)}")


def _check_size(size: int, least: int, most: int) -> None:
    if size > most:
        raise S3Refusal("EntityTooLarge", 400, "Your proposed upload exceeds the maximum allowed size.")
    if size < least:
        raise S3Refusal("EntityTooSmall", 400, "Your proposed upload is smaller than the minimum allowed size.")


def _check_checksum(form: PostedForm) -> None:
    wanted = form.fields.get("x-amz-checksum-sha256")
    if wanted is None:
        return
    if base64.b64encode(hashlib.sha256(form.data).digest()).decode() != wanted:
        raise S3Refusal("BadDigest", 400, "The SHA256 you specified did not match the calculated checksum.")
