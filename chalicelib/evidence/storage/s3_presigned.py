"""Presigned requests to Amazon S3 (SigV4): one upload of one file, one part of it, one download."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from chalicelib.evidence.storage.objects import PartTicket, UploadPart, UploadTicket

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

LONGEST_POST, LONGEST_PART, LONGEST_GET = 300, 600, 120
"""Seconds that they may be good for."""
QUARANTINED = "stage=quarantine"
"""The tag of uploads: the bucket's lifecycle rule deletes what still has it after some days."""
_TAGGING = "<Tagging><TagSet><Tag><Key>stage</Key><Value>quarantine</Value></Tag></TagSet></Tagging>"


def post(s3: S3Client, bucket: str, key: str, *, size: int, media_type: str, sha256: str, seconds: int) -> UploadTicket:
    """S3 compares every field with the signed policy, the size and the checksum with what arrives.

    AWS: "POST policy" (AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy). Raises ValueError for a key that S3
    would fill in itself, or a time that is too long.
    """
    _check(key, seconds, LONGEST_POST)
    fields: dict[str, Any] = {
        "Content-Type": media_type,
        "x-amz-checksum-algorithm": "SHA256",
        "x-amz-checksum-sha256": base64.b64encode(bytes.fromhex(sha256)).decode(),
        "x-amz-server-side-encryption": "AES256",
        "tagging": _TAGGING,
    }
    conditions: list[Any] = [{name: value} for name, value in fields.items()]
    signed = s3.generate_presigned_post(
        Bucket=bucket,
        Key=key,
        Fields=fields,
        Conditions=[*conditions, ["content-length-range", size, size]],
        ExpiresIn=seconds,
    )
    return UploadTicket(url=signed["url"], fields=signed["fields"])


def parts(
    s3: S3Client, bucket: str, key: str, upload: str, wanted: Sequence[UploadPart], *, seconds: int
) -> list[PartTicket]:
    """Size and checksum are signed headers: S3 takes nothing else in the part's place."""
    _check(key, seconds, LONGEST_PART)
    return [_part(s3, {"Bucket": bucket, "Key": key, "UploadId": upload}, part, seconds) for part in wanted]


def _part(s3: S3Client, place: Mapping[str, str], part: UploadPart, seconds: int) -> PartTicket:
    checksum = base64.b64encode(bytes.fromhex(part.sha256)).decode()
    url = s3.generate_presigned_url(
        "upload_part",
        Params={**place, "PartNumber": part.number, "ContentLength": part.size, "ChecksumSHA256": checksum},
        ExpiresIn=seconds,
    )
    return PartTicket(part.number, url, {"Content-Length": str(part.size), "x-amz-checksum-sha256": checksum})


def get(s3: S3Client, bucket: str, key: str, version: str, *, name: str, media_type: str, seconds: int) -> str:
    """S3 has no parameter for `X-Content-Type-Options`: the type is forced, and nothing opens in the browser."""
    _check(key, seconds, LONGEST_GET)
    params = {
        "Bucket": bucket,
        "Key": key,
        "VersionId": version,
        "ResponseContentDisposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "ResponseContentType": media_type,
        "ResponseCacheControl": "private, no-store",
    }
    return s3.generate_presigned_url("get_object", Params=params, ExpiresIn=seconds)


def _check(key: str, seconds: int, longest: int) -> None:
    if "${" in key:
        raise ValueError("an object's key must be whole: S3 replaces ${filename}")
    if not 0 < seconds <= longest:
        raise ValueError(f"this is good for 1 to {longest} seconds")
