"""The evidence bucket on Amazon S3: tickets by which a browser posts one file, and only that file."""

from __future__ import annotations

import base64
from typing import Any

from chalicelib.evidence import object_keys
from chalicelib.ports import UploadTicket
from chalicelib.tenants import binding
from chalicelib.tenants.clients import Clients

LONGEST = 300
"""Seconds a ticket may be good for."""


class S3Objects:
    """`ports.Objects`, signed with the bound tenant's credentials."""

    def __init__(self, clients: Clients, bucket: str) -> None:
        self._clients = clients
        self._bucket = bucket

    def ticket(self, key: str, *, size: int, media_type: str, sha256: str, seconds: int) -> UploadTicket:
        """S3 compares every field with the signed policy, the size and the checksum with what arrives.

        AWS: "POST policy" (AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy). Raises ValueError for a key that S3
        would fill in itself or a time above `LONGEST`, `Unbound` for a key outside the bound tenant's prefix.
        """
        _check(key, seconds)
        fields: dict[str, Any] = {
            "Content-Type": media_type,
            "x-amz-checksum-algorithm": "SHA256",
            "x-amz-checksum-sha256": base64.b64encode(bytes.fromhex(sha256)).decode(),
        }
        conditions: list[Any] = [{name: value} for name, value in fields.items()]
        signed = self._clients.s3().generate_presigned_post(
            Bucket=self._bucket,
            Key=key,
            Fields=fields,
            Conditions=[*conditions, ["content-length-range", size, size]],
            ExpiresIn=seconds,
        )
        return UploadTicket(url=signed["url"], fields=signed["fields"])


def _check(key: str, seconds: int) -> None:
    bound = binding.current()
    if bound.kind != "tenant" or not key.startswith(object_keys.prefix(bound.tenant)):
        raise binding.Unbound("an object's key must lie under the bound tenant's prefix")
    if "${" in key:
        raise ValueError("an object's key must be whole: S3 replaces ${filename}")
    if not 0 < seconds <= LONGEST:
        raise ValueError(f"a ticket is good for 1 to {LONGEST} seconds")
