"""Presigned requests to Amazon S3 (SigV4): upload of one file, upload of one part, download of one file."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urlsplit

from chalicelib.ports.files import PartTicket, PostTicket, UploadPart

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

LONGEST_POST, LONGEST_FORM, LONGEST_PART, LONGEST_GET = 300, 600, 600, 120
"""Longest lifetimes, in seconds."""
QUARANTINED = "stage=quarantine"
"""The tag of uploads. The bucket's lifecycle rule deletes objects that still have it after some days."""
_NAME, _FILE_NAME = "x-amz-meta-name", "${filename}"
_TAGGING = "<Tagging><TagSet><Tag><Key>stage</Key><Value>quarantine</Value></Tag></TagSet></Tagging>"


class S3Bucket(NamedTuple):
    """A bucket, and the client whose credentials sign requests to it."""

    client: S3Client
    name: str


def post(bucket: S3Bucket, key: str, *, size: int, media_type: str, sha256: str, seconds: int) -> PostTicket:
    """A form upload of one file. S3 accepts only the signed fields, exactly `size` bytes, and the signed checksum.

    AWS: "POST policy" (AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy). Raises ValueError for a key with
    `${filename}`, which S3 would replace, and for a lifetime above `LONGEST_POST`.
    """
    _check(key, seconds, LONGEST_POST)
    fields = {
        "Content-Type": media_type,
        "x-amz-checksum-algorithm": "SHA256",
        "x-amz-checksum-sha256": base64.b64encode(bytes.fromhex(sha256)).decode(),
    }
    return _signed(bucket, key, fields, (size, size), seconds)


def form(bucket: S3Bucket, key: str, *, most: int, back: str, seconds: int) -> PostTicket:
    """A form upload by a browser without JavaScript, which knows neither size nor hash of the file: 1 to `most` bytes.

    S3 replaces `${filename}` by the file's name, without its path, in each field of the form. So the upload has it as
    metadata, which `name_in` reads. A sealed copy has no metadata of its source.

    `back`: the URL to which S3 sends the browser afterwards, with bucket, key and ETag as query parameters. Raises
    ValueError as `post`.
    """
    _check(key, seconds, LONGEST_FORM)
    fields = {"Content-Type": "application/octet-stream", "success_action_redirect": back}
    return _signed(bucket, key, fields, (1, most), seconds, {_NAME: _FILE_NAME})


def name_in(metadata: Mapping[str, str]) -> str:
    """The name of an upload that came with a form; empty without one.

    S3 returns metadata that is not ASCII as encoded words (RFC 2047).
    """
    from email.header import decode_header, make_header  # few files come by a form

    given = metadata.get("name", "")
    try:
        name = str(make_header(decode_header(given)))
    except (LookupError, ValueError):
        return ""
    return "" if name == _FILE_NAME else name


def origin(bucket: S3Bucket) -> str:
    """The origin of the URLs of all tickets. It is that of a form, which botocore computes without a call."""
    url = urlsplit(bucket.client.generate_presigned_post(Bucket=bucket.name, Key="-")["url"])
    return f"{url.scheme}://{url.netloc}"


def _signed(
    bucket: S3Bucket,
    key: str,
    fields: Mapping[str, str],
    sizes: tuple[int, int],
    seconds: int,
    any_value: Mapping[str, str] = MappingProxyType({}),
) -> PostTicket:
    """`sizes`: the least and the most bytes. `any_value`: further fields, which S3 takes with any value."""
    posted: dict[str, Any] = {**fields, "x-amz-server-side-encryption": "AES256", "tagging": _TAGGING}
    conditions: list[Any] = [{name: value} for name, value in posted.items()]
    signed = bucket.client.generate_presigned_post(
        Bucket=bucket.name,
        Key=key,
        Fields={**posted, **any_value},
        Conditions=[
            *conditions,
            *(["starts-with", f"${name}", ""] for name in any_value),
            ["content-length-range", *sizes],
        ],
        ExpiresIn=seconds,
    )
    return PostTicket(url=signed["url"], fields=signed["fields"])


def parts(bucket: S3Bucket, key: str, upload: str, parts: Sequence[UploadPart], *, seconds: int) -> list[PartTicket]:
    """Size and checksum are signed headers, so S3 accepts no other content for a part."""
    _check(key, seconds, LONGEST_PART)
    target = {"Bucket": bucket.name, "Key": key, "UploadId": upload}
    return [_part(bucket.client, target, part, seconds) for part in parts]


def _part(s3: S3Client, target: Mapping[str, str], part: UploadPart, seconds: int) -> PartTicket:
    checksum = base64.b64encode(bytes.fromhex(part.sha256)).decode()
    url = s3.generate_presigned_url(
        "upload_part",
        Params={**target, "PartNumber": part.number, "ContentLength": part.size, "ChecksumSHA256": checksum},
        ExpiresIn=seconds,
    )
    return PartTicket(part.number, url, {"Content-Length": str(part.size), "x-amz-checksum-sha256": checksum})


def attachment(name: str) -> str:
    """The disposition of a download under this name."""
    return f"attachment; filename*=UTF-8''{quote(name, safe='')}"


def get(bucket: S3Bucket, key: str, version: str, *, disposition: str, media_type: str, seconds: int) -> str:
    """A download with a fixed type and disposition (`attachment`, or `inline`: the browser displays it).

    S3 has no parameter for `X-Content-Type-Options`, so the response's type and disposition are set instead.
    """
    _check(key, seconds, LONGEST_GET)
    params = {
        "Bucket": bucket.name,
        "Key": key,
        "VersionId": version,
        "ResponseContentDisposition": disposition,
        "ResponseContentType": media_type,
        "ResponseCacheControl": "private, no-store",
    }
    return bucket.client.generate_presigned_url("get_object", Params=params, ExpiresIn=seconds)


def _check(key: str, seconds: int, longest: int) -> None:
    if "${" in key:
        raise ValueError("a key must not contain ${: S3 would replace ${filename}")
    if not 0 < seconds <= longest:
        raise ValueError(f"the lifetime must be 1 to {longest} seconds")
