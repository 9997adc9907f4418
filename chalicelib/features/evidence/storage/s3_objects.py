"""The evidence bucket on Amazon S3: sealed files under Object Lock, and presigned uploads and downloads."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from chalicelib.access import binding
from chalicelib.access.clients import Clients
from chalicelib.features.evidence.storage import s3_presigned
from chalicelib.features.evidence.storage.s3_presigned import S3Bucket
from chalicelib.ports.files import (
    ArrivedFile,
    ObjectLocked,
    PartTicket,
    PostTicket,
    SealedObject,
    SealPlan,
    StoredVersion,
    UploadPart,
)
from chalicelib.store import object_keys

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import HeadObjectOutputTypeDef

LARGEST_SINGLE_COPY = 1 << 29
"""Bytes. A larger file is copied in the parts in which it was uploaded: one `CopyObject` can outlast a function."""
PIECE = 1 << 20
"""Size of the chunks read, in bytes."""
_GONE = frozenset({"NoSuchKey", "NoSuchVersion", "404", "MethodNotAllowed", "405", "AccessDenied", "403"})
"""Errors for a missing version. S3 answers 405 for a delete marker, and 403 if the caller may not list the bucket."""
_PARTS_REJECTED = frozenset({"InvalidPart", "InvalidPartOrder", "EntityTooSmall", "BadDigest", "InvalidRequest"})


class S3Objects:
    """`objects.Objects`, signed with the bound tenant's credentials."""

    def __init__(self, clients: Clients, bucket: str, lock: str = "GOVERNANCE") -> None:
        self._clients = clients
        self._bucket = bucket
        self._lock = lock

    def upload_ticket(self, key: str, *, size: int, media_type: str, sha256: str, seconds: int) -> PostTicket:
        return s3_presigned.post(
            self._signing(key), key, size=size, media_type=media_type, sha256=sha256, seconds=seconds
        )

    def form_ticket(self, key: str, *, most: int, back: str, seconds: int) -> PostTicket:
        return s3_presigned.form(self._signing(key), key, most=most, back=back, seconds=seconds)

    def upload_origin(self) -> str:
        return s3_presigned.origin(S3Bucket(self._clients.s3(), self._bucket))

    def begin(self, key: str, *, media_type: str) -> str:
        begun = self._s3(key).create_multipart_upload(
            Bucket=self._bucket,
            Key=key,
            ContentType=media_type,
            ChecksumAlgorithm="SHA256",
            ServerSideEncryption="AES256",
            Tagging=s3_presigned.QUARANTINED,
        )
        return begun["UploadId"]

    def part_tickets(self, key: str, upload: str, parts: Sequence[UploadPart], *, seconds: int) -> list[PartTicket]:
        return s3_presigned.parts(self._signing(key), key, upload, parts, seconds=seconds)

    def complete(self, key: str, upload: str, parts: Sequence[tuple[UploadPart, str]]) -> None:
        listed: Any = [
            {"PartNumber": part.number, "ETag": etag, "ChecksumSHA256": _base64(part.sha256)} for part, etag in parts
        ]
        with _ClientErrors(_PARTS_REJECTED, ValueError), _ClientErrors({"NoSuchUpload"}, LookupError):
            self._s3(key).complete_multipart_upload(
                Bucket=self._bucket, Key=key, UploadId=upload, MultipartUpload={"Parts": listed}
            )

    def abort(self, key: str, upload: str) -> None:
        with _ClientErrors({"NoSuchUpload"}, None):
            self._s3(key).abort_multipart_upload(Bucket=self._bucket, Key=key, UploadId=upload)

    def arrived(self, key: str, version: str) -> ArrivedFile | None:
        with _ClientErrors(_GONE, None):
            found = self._s3(key).head_object(Bucket=self._bucket, Key=key, VersionId=version)
            return ArrivedFile(found["ContentLength"], s3_presigned.name_in(found["Metadata"]))
        return None

    def latest_version(self, key: str) -> StoredVersion | None:
        found = self._head(self._s3(key), key)
        return None if found is None else StoredVersion(found["VersionId"], found["ContentLength"])

    def read(self, key: str, version: str) -> Iterator[bytes]:
        with _ClientErrors(_GONE, LookupError):
            body = self._s3(key).get_object(Bucket=self._bucket, Key=key, VersionId=version)["Body"]
        yield from body.iter_chunks(PIECE)

    def seal(self, source: str, version: str, target: str, plan: SealPlan) -> SealedObject:
        """Copies, then locks. Both steps can be repeated; the record has the event `evidence_sealed` only afterwards.

        S3 computes the copy's SHA-256, or the SHA-256 of those of its parts, which is compared with the source's. The
        bucket has no default retention, which would lock quarantine too.
        """
        s3 = self._s3(target)
        kept = self._head(s3, target)
        joined = self._joined_checksum(s3, source, version) if sum(plan.parts) > LARGEST_SINGLE_COPY else None
        if kept is None:
            if joined is None:
                self._copy(source, version, target, plan)
            else:
                self._copy_in_parts(s3, source, version, target, plan)
            kept = self._head(s3, target)
        if kept is None:
            raise RuntimeError("the copy is missing")
        if joined is not None and kept.get("ChecksumSHA256") != joined:
            raise RuntimeError("the copy differs from its source")
        copied = kept["VersionId"]
        if kept.get("ObjectLockMode") is None:
            self._lock_until(s3, target, copied, plan.until)
        self._set_hold(s3, target, copied, on=plan.hold)
        return SealedObject(copied, kept["ContentLength"], _hex_digest(kept.get("ChecksumSHA256")))

    def _joined_checksum(self, s3: S3Client, source: str, version: str) -> str | None:
        """The checksum of the part checksums of a version that was uploaded in parts."""
        found = s3.head_object(Bucket=self._bucket, Key=source, VersionId=version, ChecksumMode="ENABLED")
        checksum = found.get("ChecksumSHA256", "")
        return checksum if "-" in checksum else None

    def _copy(self, source: str, version: str, target: str, plan: SealPlan) -> None:
        self._clients.s3_for_copies().copy_object(
            Bucket=self._bucket,
            Key=target,
            CopySource={"Bucket": self._bucket, "Key": source, "VersionId": version},
            MetadataDirective="REPLACE",
            ContentType=plan.media_type,
            TaggingDirective="REPLACE",
            ChecksumAlgorithm="SHA256",
            ServerSideEncryption="AES256",
        )

    def _copy_in_parts(self, s3: S3Client, source: str, version: str, target: str, plan: SealPlan) -> None:
        from chalicelib.features.evidence.storage.copy_in_parts import PartsCopy  # few files are so large

        copy = PartsCopy(
            bucket=self._bucket,
            source=source,
            version=version,
            target=target,
            sizes=plan.parts,
            media_type=plan.media_type,
        )
        with _ClientErrors({"PreconditionFailed"}, None):  # another attempt has completed its copy
            copy.make(s3, self._clients.s3_for_copies())

    def put(self, key: str, content: bytes, *, media_type: str) -> str:
        kept = self._s3(key).put_object(
            Bucket=self._bucket, Key=key, Body=content, ContentType=media_type, ServerSideEncryption="AES256"
        )
        return kept["VersionId"]

    def set_legal_hold(self, key: str, version: str, *, on: bool) -> None:
        self._set_hold(self._s3(key), key, version, on=on)

    def delete(self, key: str, version: str, *, early: bool = False) -> None:
        if not version:
            return  # Without a version, S3 would only add a delete marker.
        refused = {"AccessDenied", "InvalidRequest"}
        extra: Any = {"BypassGovernanceRetention": True} if early else {}
        with _ClientErrors(_GONE - refused, None), _ClientErrors(refused, ObjectLocked):
            self._s3(key).delete_object(Bucket=self._bucket, Key=key, VersionId=version, **extra)

    def link(self, key: str, version: str, *, name: str, media_type: str, seconds: int) -> str:
        return self._get(key, version, s3_presigned.attachment(name), media_type, seconds)

    def to_view(self, key: str, version: str, *, media_type: str, seconds: int) -> str:
        return self._get(key, version, "inline", media_type, seconds)

    def _get(self, key: str, version: str, disposition: str, media_type: str, seconds: int) -> str:
        return s3_presigned.get(
            self._signing(key), key, version, disposition=disposition, media_type=media_type, seconds=seconds
        )

    def _signing(self, key: str) -> S3Bucket:
        return S3Bucket(self._s3(key), self._bucket)

    def _s3(self, key: str) -> S3Client:
        """Raises `Unbound` for a key outside the bound tenant's prefix."""
        bound = binding.current()
        if bound.kind != "tenant" or not key.startswith(object_keys.prefix(bound.tenant)):
            raise binding.Unbound("the key must be under the bound tenant's prefix")
        return self._clients.s3()

    def _head(self, s3: S3Client, key: str) -> HeadObjectOutputTypeDef | None:
        with _ClientErrors(_GONE, None):
            return s3.head_object(Bucket=self._bucket, Key=key, ChecksumMode="ENABLED")
        return None

    def _lock_until(self, s3: S3Client, key: str, version: str, until: int) -> None:
        retention: Any = {"Mode": self._lock, "RetainUntilDate": datetime.fromtimestamp(until / 1000, UTC)}
        s3.put_object_retention(Bucket=self._bucket, Key=key, VersionId=version, Retention=retention)

    def _set_hold(self, s3: S3Client, key: str, version: str, *, on: bool) -> None:
        s3.put_object_legal_hold(
            Bucket=self._bucket, Key=key, VersionId=version, LegalHold={"Status": "ON" if on else "OFF"}
        )


class _ClientErrors:
    """Replaces S3's errors that have one of these codes by `error`. None suppresses them."""

    def __init__(self, codes: frozenset[str] | set[str], error: type[Exception] | None) -> None:
        self._codes = codes
        self._error = error

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> bool:
        response = getattr(error, "response", None)
        code = response.get("Error", {}).get("Code") if isinstance(response, dict) else None
        if code not in self._codes:
            return False
        if self._error is None:
            return True
        raise self._error(code) from None


def _hex_digest(checksum: str | None) -> str | None:
    """None also for a checksum of part checksums (`…-7`), which is not the digest of the file."""
    return None if checksum is None or "-" in checksum else base64.b64decode(checksum).hex()


def _base64(hexadecimal: str) -> str:
    return base64.b64encode(bytes.fromhex(hexadecimal)).decode()
