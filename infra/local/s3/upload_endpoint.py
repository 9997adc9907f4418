"""An S3 endpoint for uploads and downloads. It checks requests as S3 does, which moto does not, and stores in moto."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.header import Header
from typing import Any
from urllib.parse import unquote, urlencode
from xml.sax.saxutils import escape

from infra.local.http import LocalRequest, Response
from infra.local.s3 import multipart_form, post_policy, presigned_urls
from infra.local.s3.post_policy import PostedForm, S3Refusal, SecretOf

MAX_UPLOAD_BYTES = 200 * 1024 * 1024
"""S3 accepts 5 GB; this limit protects the machine's memory."""

_METADATA = "x-amz-meta-"
_STORED_AS = {
    "content-type": "ContentType",
    "x-amz-checksum-algorithm": "ChecksumAlgorithm",
    "x-amz-checksum-sha256": "ChecksumSHA256",
    "content-disposition": "ContentDisposition",
    "x-amz-server-side-encryption": "ServerSideEncryption",
}
"""Form field → argument of PutObject."""


class UploadEndpoint:
    """Handles form posts to `/{bucket}`, presigned part uploads and downloads, and preflight requests."""

    def __init__(self, s3: Any, secrets: Callable[[str | None], SecretOf], origin: str) -> None:
        """`secrets`: the lookup of secrets for a session token. `origin`: the bucket's allowed origin."""
        self._s3 = s3
        self._secrets = secrets
        self._headers = [("Access-Control-Allow-Origin", origin), ("Access-Control-Expose-Headers", "ETag")]

    def respond(self, request: LocalRequest) -> Response:
        try:
            return self._respond(request, datetime.now(UTC))
        except S3Refusal as refusal:
            return Response(refusal.status, [("Content-Type", "application/xml"), *self._headers], _xml(refusal))

    def _respond(self, request: LocalRequest, now: datetime) -> Response:
        bucket, _, key = unquote(request.target.partition("?")[0].lstrip("/")).partition("/")
        if request.method == "OPTIONS":
            allowed = [("Access-Control-Allow-Methods", "POST, PUT, GET"), ("Access-Control-Allow-Headers", "*")]
            return Response(200, [*self._headers, *allowed])
        if request.method not in ("POST", "PUT", "GET"):
            raise S3Refusal("MethodNotAllowed", 405, "The specified method is not allowed against this resource.")
        self._check_bucket(bucket)
        if request.method == "POST":
            return self._post(bucket, request, now)
        query = presigned_urls.check_url(request.method, request.target, request.headers, now, self._secrets)
        return self._put(bucket, key, query, request) if request.method == "PUT" else self._get(bucket, key, query)

    def _check_bucket(self, bucket: str) -> None:
        if bucket not in {each["Name"] for each in self._s3.list_buckets()["Buckets"]}:
            raise S3Refusal("NoSuchBucket", 404, "The specified bucket does not exist.")

    def _post(self, bucket: str, request: LocalRequest, now: datetime) -> Response:
        form = _form(bucket, request)
        post_policy.check_form(form, now, self._secrets(form.fields.get("x-amz-security-token")))
        extra: dict[str, Any] = {
            argument: form.fields[name] for name, argument in _STORED_AS.items() if name in form.fields
        }
        if "tagging" in form.fields:
            extra["Tagging"] = _tags(form.fields["tagging"])
        if metadata := _metadata(form.fields):
            extra["Metadata"] = metadata
        stored = self._s3.put_object(Bucket=bucket, Key=form.fields["key"], Body=form.data, **extra)
        back = form.fields.get("success_action_redirect")
        if back is not None:
            asked = urlencode({"bucket": bucket, "key": form.fields["key"], "etag": stored["ETag"]})
            return Response(303, [("Location", f"{back}{'&' if '?' in back else '?'}{asked}"), *self._headers])
        return Response(int(form.fields.get("success_action_status", "204")), self._headers)

    def _put(self, bucket: str, key: str, query: dict[str, str], request: LocalRequest) -> Response:
        """Stores one part of an upload. Its checksum must match the signed header."""
        body, checksum = request.body or b"", request.headers.get("x-amz-checksum-sha256")
        if checksum != base64.b64encode(hashlib.sha256(body).digest()).decode():
            raise S3Refusal("BadDigest", 400, "The SHA256 you specified did not match the calculated checksum.")
        stored = self._s3.upload_part(
            Bucket=bucket, Key=key, UploadId=query["uploadId"], PartNumber=int(query["partNumber"]), Body=body
        )
        return Response(200, [("ETag", stored["ETag"]), *self._headers])

    def _get(self, bucket: str, key: str, query: dict[str, str]) -> Response:
        """Returns the version in the link, or the latest."""
        version = {"VersionId": query["versionId"]} if "versionId" in query else {}
        try:
            found = self._s3.get_object(Bucket=bucket, Key=key, **version)
        except self._s3.exceptions.ClientError:
            raise S3Refusal("NoSuchKey", 404, "The specified key does not exist.") from None
        headers = [
            (name.removeprefix("response-").title(), value)
            for name, value in query.items()
            if name in _RESPONSE_HEADERS
        ]
        return Response(200, [*headers, *self._headers], found["Body"].read())


_RESPONSE_HEADERS = frozenset({"response-content-type", "response-content-disposition", "response-cache-control"})
"""Response headers that a signed query may set (GetObject)."""


def _tags(xml: str) -> str:
    """The form's XML tags as a query string, such as `stage=quarantine`."""
    return "&".join(f"{name}={value}" for name, value in re.findall(r"<Key>(\w+)</Key><Value>(\w+)</Value>", xml))


def _metadata(fields: Mapping[str, str]) -> dict[str, str]:
    """User metadata. S3 returns what is not ASCII as encoded words (RFC 2047), so it is stored as such."""
    found = {name: text for name, text in fields.items() if name.startswith(_METADATA)}
    return {
        name.removeprefix(_METADATA): text if text.isascii() else Header(text, "utf-8", maxlinelen=10_000).encode()
        for name, text in found.items()
    }


def _form(bucket: str, request: LocalRequest) -> PostedForm:
    if request.body is None:
        raise S3Refusal("EntityTooLarge", 400, "Your proposed upload exceeds the maximum allowed size.")
    try:
        fields, data = multipart_form.parse_form(request.headers.get("content-type", ""), request.body)
    except multipart_form.MalformedForm as error:
        raise S3Refusal("MalformedPOSTRequest", 400, f"The body of your POST request is not a form: {error}.") from None
    return PostedForm(bucket, fields, data)


def _xml(refusal: S3Refusal) -> bytes:
    code, message = escape(refusal.code), escape(refusal.message)
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>'
    return text.encode()
