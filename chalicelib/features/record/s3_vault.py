"""The tenants' anchors and export archives on Amazon S3, accessed with the bound tenant's credentials."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal, cast

from chalicelib.access import binding
from chalicelib.access.clients import Clients
from chalicelib.kit.instants import DAY, from_instant, to_instant, to_text
from chalicelib.ports import ObjectVersion, TimeSource
from chalicelib.store import object_keys
from chalicelib.store.port import Unavailable

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import ListObjectVersionsOutputTypeDef

WEEK = "kept=week"
"""The tag of temporary objects. The bucket's lifecycle rule deletes them after a week."""
LockMode = Literal["GOVERNANCE", "COMPLIANCE"]
LONGEST = 600
"""Longest lifetime of a link, in seconds. It is below `scoped_credentials.MIN_VALIDITY`."""


class S3Vault:
    """`ports.Vault`. `mode` (GOVERNANCE or COMPLIANCE) and `days`: the lock of write-once objects.

    Amazon S3 User Guide, "Locking objects with Object Lock".
    """

    def __init__(self, clients: Clients, bucket: str, real_clock: TimeSource, *, mode: str, days: int) -> None:
        self._clients = clients
        self._bucket = bucket
        self._clock = real_clock
        self._mode = cast("LockMode", mode)
        self._days = days

    def put_once(self, key: str, body: bytes) -> bool:
        """Protected twice: only the first write succeeds (`If-None-Match`), and its version cannot be deleted."""
        with self._s3(key) as s3, _suppress("PreconditionFailed", "ConditionalRequestConflict"):
            s3.put_object(
                Bucket=self._bucket,
                Key=key,
                Body=body,
                ContentType="application/json",
                IfNoneMatch="*",
                ObjectLockMode=self._mode,
                ObjectLockRetainUntilDate=from_instant(self._clock() + self._days * DAY),
            )
            return True
        return False

    def put(self, key: str, body: bytes) -> None:
        with self._s3(key) as s3:
            s3.put_object(Bucket=self._bucket, Key=key, Body=body, Tagging=WEEK)

    def first(self, key: str) -> bytes | None:
        with self._s3(key) as s3:
            oldest: str | None = None
            for page in s3.get_paginator("list_object_versions").paginate(Bucket=self._bucket, Prefix=key):
                # S3 lists the latest versions first.
                oldest = ([oldest, *(one["VersionId"] for one in page.get("Versions", []) if one["Key"] == key)])[-1]
            if oldest is None:
                return None
            body: bytes = s3.get_object(Bucket=self._bucket, Key=key, VersionId=oldest)["Body"].read()
            return body

    def read(self, key: str, first: int, size: int) -> bytes | None:
        with self._s3(key) as s3:
            try:
                byte_range = f"bytes={first}-{first + size - 1}"
                body: bytes = s3.get_object(Bucket=self._bucket, Key=key, Range=byte_range)["Body"].read()
                return body
            except s3.exceptions.ClientError as error:
                code = error.response["Error"]["Code"]
                if code not in ("NoSuchKey", "AccessDenied") or (code == "AccessDenied" and self._exists(s3, key)):
                    raise
        return None

    def _exists(self, s3: Any, key: str) -> bool:
        """Tells a missing object from a forbidden one.

        S3 answers AccessDenied for both if the caller may not list the bucket. A tenant may not: a condition on the
        prefix does not apply to a GET. But it may list the versions under its own prefix.
        """
        page = s3.list_object_versions(Bucket=self._bucket, Prefix=key)
        return any(one["Key"] == key and one["IsLatest"] for one in page.get("Versions", []))

    def begin(self, key: str, media_type: str) -> str:
        with self._s3(key) as s3:
            params = {"Bucket": self._bucket, "Key": key, "ContentType": media_type, "Tagging": WEEK}
            return str(s3.create_multipart_upload(**params)["UploadId"])

    def part(self, key: str, upload: str, number: int, body: bytes) -> str:
        with self._s3(key) as s3:
            made = s3.upload_part(Bucket=self._bucket, Key=key, UploadId=upload, PartNumber=number, Body=body)
            return str(made["ETag"])

    def complete(self, key: str, upload: str, tags: Sequence[str]) -> None:
        parts: Any = [{"PartNumber": number, "ETag": tag} for number, tag in enumerate(tags, start=1)]
        with self._s3(key) as s3:
            try:
                s3.complete_multipart_upload(
                    Bucket=self._bucket, Key=key, UploadId=upload, MultipartUpload={"Parts": parts}
                )
            except s3.exceptions.NoSuchUpload:
                s3.head_object(Bucket=self._bucket, Key=key)  # raises unless it was completed before

    def abort(self, key: str, upload: str) -> None:
        with self._s3(key) as s3, _suppress("NoSuchUpload"):
            s3.abort_multipart_upload(Bucket=self._bucket, Key=key, UploadId=upload)

    def link(self, key: str, *, seconds: int, name: str) -> str:
        if not 0 < seconds <= LONGEST:
            raise ValueError(f"a link's lifetime must be 1 to {LONGEST} seconds")
        with self._s3(key) as s3:
            params = {
                "Bucket": self._bucket,
                "Key": key,
                "ResponseContentDisposition": f'attachment; filename="{name}"',
            }
            return str(s3.generate_presigned_url("get_object", Params=params, ExpiresIn=seconds))

    def versions(self, prefix: str, most: int, *, after: tuple[str, str] | None = None) -> Sequence[ObjectVersion]:
        start = {} if after is None else {"KeyMarker": after[0], "VersionIdMarker": after[1]}
        with self._s3(prefix) as s3:
            page = s3.list_object_versions(Bucket=self._bucket, Prefix=prefix, MaxKeys=most, **start)
            return [
                ObjectVersion(key, version, self._locked_until(s3, key, version, marker))
                for key, version, marker in _versions_and_markers(page)
            ]

    def _locked_until(self, s3: Any, key: str, version: str, marker: bool) -> str | None:
        """None for governance mode, which can be bypassed, and for delete markers."""
        if marker:
            return None
        head = s3.head_object(Bucket=self._bucket, Key=key, VersionId=version)
        until = head.get("ObjectLockRetainUntilDate")
        if head.get("ObjectLockMode") != "COMPLIANCE" or until is None or to_instant(until) <= self._clock():
            return None
        return to_text(to_instant(until))

    def erase(self, stored: Sequence[ObjectVersion], *, early: bool = True) -> None:
        extra: Any = {"BypassGovernanceRetention": True} if early else {}
        for one in stored:
            if one.locked is None:
                with self._s3(one.key) as s3:
                    s3.delete_object(Bucket=self._bucket, Key=one.key, VersionId=one.version, **extra)

    @contextmanager
    def _s3(self, key: str) -> Iterator[Any]:
        """Context with the S3 client. Temporary errors become `Unavailable`. Raises `Unbound` for a foreign key."""
        from botocore.exceptions import ClientError, ConnectionError, HTTPClientError

        bound = binding.current()
        if bound.kind not in ("tenant", "erasure") or not key.startswith(object_keys.prefix(bound.tenant)):
            raise binding.Unbound("the key must be under the bound tenant's prefix")
        try:
            yield self._clients.s3()
        except (ConnectionError, HTTPClientError) as error:
            raise Unavailable("Amazon S3 could not be reached") from error
        except ClientError as error:
            if error.response["Error"]["Code"] in ("SlowDown", "InternalError", "ServiceUnavailable"):
                raise Unavailable("Amazon S3 did not answer in time") from error
            raise


def _versions_and_markers(page: ListObjectVersionsOutputTypeDef) -> Iterator[tuple[str, str, bool]]:
    yield from ((one["Key"], one["VersionId"], False) for one in page.get("Versions", []))
    yield from ((one["Key"], one["VersionId"], True) for one in page.get("DeleteMarkers", []))


@contextmanager
def _suppress(*codes: str) -> Iterator[None]:
    """Context that ends without an error when S3 answers with one of these codes."""
    from botocore.exceptions import ClientError

    try:
        yield
    except ClientError as error:
        if error.response["Error"]["Code"] not in codes:
            raise
