"""The port to the store of files (Amazon S3). Behind it stands `s3`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

import msgspec

from chalicelib.instants import Instant


class UploadTicket(msgspec.Struct, frozen=True):
    """A presigned POST (AWS SigV4): where the browser posts the file, and the form fields that go before it."""

    url: str
    fields: Mapping[str, str]


class UploadPart(msgspec.Struct, frozen=True):
    """A part of a file that comes in several: its number from 1, size in bytes, SHA-256 in hex."""

    number: int
    size: int
    sha256: str


class PartTicket(msgspec.Struct, frozen=True):
    """A presigned PUT of one part, to be sent with exactly these headers."""

    number: int
    url: str
    headers: Mapping[str, str]


class Kept(msgspec.Struct, frozen=True):
    """A version and its size in bytes."""

    version: str
    size: int


class SealPlan(msgspec.Struct, frozen=True):
    """How a file is to be kept. `until`: real time until which nobody deletes it."""

    media_type: str
    until: Instant
    hold: bool


class SealedObject(msgspec.Struct, frozen=True):
    """A version under Object Lock; `sha256` in hex, as S3 worked it out while copying, where it did."""

    version: str
    size: int
    sha256: str | None


class Locked(Exception):
    """The object's version may not be deleted: a legal hold, or retention that nobody may end."""


class Objects(Protocol):
    """The evidence bucket (Amazon S3), under the bound tenant's prefix. Versions are S3's version ids."""

    def ticket(self, key: str, *, size: int, media_type: str, sha256: str, seconds: int) -> UploadTicket:
        """A ticket for exactly this key, size in bytes, type and SHA-256 (hex)."""
        ...

    def begin(self, key: str, *, media_type: str) -> str:
        """Begin an upload in parts; its id."""
        ...

    def part_tickets(self, key: str, upload: str, parts: Sequence[UploadPart], *, seconds: int) -> list[PartTicket]: ...

    def complete(self, key: str, upload: str, parts: Sequence[tuple[UploadPart, str]]) -> None:
        """Put the parts together, each with the ETag that its upload answered.

        Raises ValueError where they do not fit, LookupError where there is no such upload (any more).
        """
        ...

    def abort(self, key: str, upload: str) -> None:
        """Forget the parts. One that is gone is no error."""
        ...

    def size(self, key: str, version: str) -> int | None:
        """Bytes of a version, or None where there is none."""
        ...

    def newest(self, key: str) -> Kept | None:
        """The version that lies uppermost, or None where there is none."""
        ...

    def read(self, key: str, version: str) -> Iterator[bytes]:
        """The bytes in pieces of at most 1 MiB. Raises LookupError, at the first, where there is no such version."""
        ...

    def seal(self, source: str, version: str, target: str, plan: SealPlan) -> SealedObject:
        """Copy inside the store, under Object Lock. Where the target exists already, that is the copy."""
        ...

    def put(self, key: str, content: bytes, *, media_type: str) -> str:
        """Keep something made from a file (a thumbnail); its version."""
        ...

    def hold(self, key: str, version: str, *, on: bool) -> None:
        """Set or lift the legal hold (S3 Object Lock)."""
        ...

    def delete(self, key: str, version: str, *, early: bool = False) -> None:
        """For good. One that is gone is no error. `early`: before its lock ends. Raises `Locked`."""
        ...

    def link(self, key: str, version: str, *, name: str, media_type: str, seconds: int) -> str:
        """A presigned GET that downloads the file under this name and type, and never shows it in the browser."""
        ...
