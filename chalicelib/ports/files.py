"""The ports of files: the evidence bucket, and malware scanners."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Literal, Protocol

import msgspec

from chalicelib.kit.instants import Instant


class PostTicket(msgspec.Struct, frozen=True):
    """A presigned POST (AWS SigV4): the URL, and the form fields to send before the file."""

    url: str
    fields: Mapping[str, str]


class UploadPart(msgspec.Struct, frozen=True):
    """A part of a multipart upload: its number (from 1), size in bytes, SHA-256 in hex."""

    number: int
    size: int
    sha256: str


class PartTicket(msgspec.Struct, frozen=True):
    """A presigned PUT of one part. It must be sent with exactly these headers."""

    number: int
    url: str
    headers: Mapping[str, str]


class StoredVersion(msgspec.Struct, frozen=True):
    """A version id and the version's size in bytes."""

    version: str
    size: int


class ArrivedFile(msgspec.Struct, frozen=True):
    """`size` in bytes. `name`: of the file on the device, as the browser gave it with a form; otherwise empty."""

    size: int
    name: str = ""


class SealPlan(msgspec.Struct, frozen=True):
    """`until`: the real time at which the object's lock ends; `hold`: whether it gets a legal hold. `parts`: the sizes
    of the parts in which the file was uploaded."""

    media_type: str
    until: Instant
    hold: bool
    parts: Sequence[int] = ()


class SealedObject(msgspec.Struct, frozen=True):
    """A version under Object Lock. `sha256` in hex, if S3 computed it while copying."""

    version: str
    size: int
    sha256: str | None


class ObjectLocked(Exception):
    """The version cannot be deleted: it has a legal hold, or retention that cannot be bypassed."""


class Objects(Protocol):
    """The evidence bucket (Amazon S3), under the bound tenant's prefix. Versions are S3's version ids."""

    def upload_ticket(self, key: str, *, size: int, media_type: str, sha256: str, seconds: int) -> PostTicket:
        """A ticket for exactly this key, size in bytes, media type and SHA-256 (hex)."""
        ...

    def form_ticket(self, key: str, *, most: int, back: str, seconds: int) -> PostTicket:
        """A ticket for exactly this key and 1 to `most` bytes of any type. The browser then goes to the URL `back`.

        The bucket keeps the name of the file on the device beside the upload.
        """
        ...

    def upload_origin(self) -> str:
        """The origin (RFC 6454) of the URLs of all tickets, for the security policy of pages that upload files."""
        ...

    def begin(self, key: str, *, media_type: str) -> str:
        """Begins a multipart upload and returns its id."""
        ...

    def part_tickets(self, key: str, upload: str, parts: Sequence[UploadPart], *, seconds: int) -> list[PartTicket]: ...

    def complete(self, key: str, upload: str, parts: Sequence[tuple[UploadPart, str]]) -> None:
        """Completes a multipart upload. Each part comes with the ETag in the response to its upload.

        Raises ValueError if S3 rejects the parts, LookupError if there is no such upload (any more).
        """
        ...

    def abort(self, key: str, upload: str) -> None:
        """Aborts a multipart upload. One that is gone is no error."""
        ...

    def arrived(self, key: str, version: str) -> ArrivedFile | None:
        """What an upload is without its content, or None if the version does not exist."""
        ...

    def latest_version(self, key: str) -> StoredVersion | None:
        """The latest version, or None if there is none."""
        ...

    def read(self, key: str, version: str) -> Iterator[bytes]:
        """Yields chunks of at most 1 MiB. The first one raises LookupError if there is no such version."""
        ...

    def seal(self, source: str, version: str, target: str, plan: SealPlan) -> SealedObject:
        """Copies inside the bucket, under Object Lock. An existing target is taken as the copy."""
        ...

    def put(self, key: str, content: bytes, *, media_type: str) -> str:
        """Stores a copy made from a file (such as a thumbnail) and returns its version."""
        ...

    def set_legal_hold(self, key: str, version: str, *, on: bool) -> None:
        """Sets or lifts the legal hold (S3 Object Lock)."""
        ...

    def delete(self, key: str, version: str, *, early: bool = False) -> None:
        """Deletes a version permanently. One that is gone is no error.

        `early`: bypass a lock in governance mode. Raises `ObjectLocked` if a lock or a legal hold prevents it.
        """
        ...

    def link(self, key: str, version: str, *, name: str, media_type: str, seconds: int) -> str:
        """A presigned GET. The browser downloads the file under this name and type and does not display it."""
        ...

    def to_view(self, key: str, version: str, *, media_type: str, seconds: int) -> str:
        """A presigned GET of an image or a PDF without its metadata, which the browser displays."""
        ...


class ScanVerdict(msgspec.Struct, frozen=True):
    """A scanner's result for a file. `not-scannable`: the scanner cannot read the content."""

    outcome: Literal["clean", "malware", "not-scannable"]
    scanner: str
    stand_in: bool = False
    """True if the scanner only recognises test files, so the file was not really scanned."""


class Scan(Protocol):
    """The scan of one file, which is fed in chunks."""

    def feed(self, chunk: bytes) -> None: ...

    def verdict(self) -> ScanVerdict | None:
        """Called after the last byte. None if the verdict comes later, as an event. Raises OSError on failure."""
        ...


class Scanner(Protocol):
    """Scans files for malware (Amazon GuardDuty, ClamAV)."""

    def scan(self) -> AbstractContextManager[Scan]:
        """Starts the scan of one file."""
        ...
