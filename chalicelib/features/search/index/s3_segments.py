"""The objects of the search index on Amazon S3, accessed with the bound tenant's credentials."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from chalicelib.access import binding
from chalicelib.access.clients import Clients
from chalicelib.store import object_keys
from chalicelib.store.port import Unavailable

_MISSING = frozenset({"NoSuchKey", "AccessDenied"})
"""S3 answers AccessDenied for a missing object if the caller may not list the bucket, as tenants may not."""
_TEMPORARY = frozenset({"SlowDown", "InternalError", "ServiceUnavailable"})


class S3Segments:
    """`SegmentObjects`. The bodies are encrypted before they get here."""

    def __init__(self, clients: Clients, bucket: str) -> None:
        self._clients = clients
        self._bucket = bucket

    def put(self, tenant: str, name: str, body: bytes) -> None:
        with self._s3(tenant) as s3:
            s3.put_object(Bucket=self._bucket, Key=object_keys.search_segment(tenant, name), Body=body)

    def get(self, tenant: str, name: str) -> bytes | None:
        with self._s3(tenant) as s3:
            try:
                found = s3.get_object(Bucket=self._bucket, Key=object_keys.search_segment(tenant, name))
            except s3.exceptions.ClientError as error:
                if error.response["Error"]["Code"] in _MISSING:
                    return None
                raise
            body: bytes = found["Body"].read()
            return body

    def remove(self, tenant: str, name: str) -> None:
        """Removes every version: the bucket keeps versions, and a delete marker would keep the object."""
        key = object_keys.search_segment(tenant, name)
        with self._s3(tenant) as s3:
            page = s3.list_object_versions(Bucket=self._bucket, Prefix=key)
            for one in (*page.get("Versions", []), *page.get("DeleteMarkers", [])):
                if one["Key"] == key:  # the prefix finds longer names too
                    s3.delete_object(Bucket=self._bucket, Key=key, VersionId=one["VersionId"])

    @contextmanager
    def _s3(self, tenant: str) -> Iterator[Any]:
        """Context with the S3 client. Temporary errors become `Unavailable`. Raises `Unbound` for another tenant."""
        from botocore.exceptions import ClientError, ConnectionError, HTTPClientError

        bound = binding.current()
        if bound.kind != "tenant" or bound.tenant != tenant:
            raise binding.Unbound("the segment must be the bound tenant's")
        try:
            yield self._clients.s3()
        except (ConnectionError, HTTPClientError) as error:
            raise Unavailable("Amazon S3 could not be reached") from error
        except ClientError as error:
            if error.response["Error"]["Code"] in _TEMPORARY:
                raise Unavailable("Amazon S3 did not answer in time") from error
            raise
