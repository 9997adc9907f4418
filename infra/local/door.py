"""S3 door: takes browsers' uploads as S3 would, since moto takes any, and lets moto keep what is good."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote
from xml.sax.saxutils import escape

from chalicelib.instants import to_instant, to_text
from infra.local import multipart, post_policy
from infra.local.functions import Event
from infra.local.http import Answer, Request
from infra.local.object_events import object_created
from infra.local.post_policy import Form, Refusal, SecretOf

LONGEST_BODY = 200 * 1024 * 1024
"""Bytes. S3 takes 5 GB, which this machine's memory does not."""

_STORED_AS = {
    "content-type": "ContentType",
    "x-amz-checksum-algorithm": "ChecksumAlgorithm",
    "x-amz-checksum-sha256": "ChecksumSHA256",
    "content-disposition": "ContentDisposition",
}
"""Form field → argument of PutObject."""


class Door:
    """Form posts to `/{bucket}`, and the preflights that browsers send before them."""

    def __init__(
        self, s3: Any, secrets: Callable[[str | None], SecretOf], origin: str, announce: Callable[[Event], None]
    ) -> None:
        """`secrets`: given a form's session token, the secret of an access key id. `origin`: the bucket's, allowed."""
        self._s3 = s3
        self._secrets = secrets
        self._headers = [("Access-Control-Allow-Origin", origin)]
        self._announce = announce

    def answer(self, request: Request) -> Answer:
        try:
            return self._answer(request, datetime.now(UTC))
        except Refusal as refusal:
            return Answer(refusal.status, [("Content-Type", "application/xml"), *self._headers], _xml(refusal))

    def _answer(self, request: Request, now: datetime) -> Answer:
        bucket = unquote(request.target.partition("?")[0].strip("/"))
        if request.method == "OPTIONS":
            allowed = [("Access-Control-Allow-Methods", "POST"), ("Access-Control-Allow-Headers", "*")]
            return Answer(200, [*self._headers, *allowed])
        if request.method != "POST":
            raise Refusal("MethodNotAllowed", 405, "The specified method is not allowed against this resource.")
        self._check_bucket(bucket)
        form = _form(bucket, request)
        post_policy.check(form, now, self._secrets(form.fields.get("x-amz-security-token")))
        self._store(form, now)
        return Answer(int(form.fields.get("success_action_status", "204")), self._headers)

    def _check_bucket(self, bucket: str) -> None:
        if bucket not in {each["Name"] for each in self._s3.list_buckets()["Buckets"]}:
            raise Refusal("NoSuchBucket", 404, "The specified bucket does not exist.")

    def _store(self, form: Form, now: datetime) -> None:
        key = form.fields["key"]
        extra = {argument: form.fields[name] for name, argument in _STORED_AS.items() if name in form.fields}
        stored = self._s3.put_object(Bucket=form.bucket, Key=key, Body=form.data, **extra)
        self._announce(
            object_created(
                bucket=form.bucket,
                key=key,
                size=len(form.data),
                etag=stored["ETag"].strip('"'),
                version=stored.get("VersionId", ""),
                at=to_text(to_instant(now)),
                region=self._s3.meta.region_name,
            )
        )


def _form(bucket: str, request: Request) -> Form:
    if request.body is None:
        raise Refusal("EntityTooLarge", 400, "Your proposed upload exceeds the maximum allowed size.")
    try:
        fields, data = multipart.read(request.headers.get("content-type", ""), request.body)
    except multipart.Malformed as error:
        raise Refusal("MalformedPOSTRequest", 400, f"The body of your POST request is not a form: {error}.") from None
    return Form(bucket, fields, data)


def _xml(refusal: Refusal) -> bytes:
    code, message = escape(refusal.code), escape(refusal.message)
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>'
    return text.encode()
