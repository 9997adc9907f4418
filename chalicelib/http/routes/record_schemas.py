"""Schemas of responses about records: events, reads, verification, and the evidence that belongs to a record."""

from __future__ import annotations

from typing import Literal

import msgspec

from chalicelib.evidence.refusal import Reason


State = Literal["declared", "uploaded", "checking", "sealed", "refused", "expired", "erased"]


class PartUpload(msgspec.Struct, frozen=True, kw_only=True):
    """A `PUT` of one part, with these headers."""

    number: int
    url: str
    headers: dict[str, str]


class UploadForm(msgspec.Struct, frozen=True, kw_only=True):
    """Valid for `seconds`. `url` and `fields`: a form upload (POST). `parts` of `part_size` bytes: a large file."""

    seconds: int
    url: str | msgspec.UnsetType = msgspec.UNSET
    fields: dict[str, str] | msgspec.UnsetType = msgspec.UNSET
    parts: list[PartUpload] | msgspec.UnsetType = msgspec.UNSET
    part_size: int | msgspec.UnsetType = msgspec.UNSET


class UploadTicket(msgspec.Struct, frozen=True, kw_only=True):
    """`ticket`: null if the file has been uploaded already, or if the time for its upload is over."""

    id: str
    state: State
    ticket: UploadForm | None


class CompletedUpload(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    state: State


class EvidenceView(msgspec.Struct, frozen=True, kw_only=True):
    """`size` in bytes, `sha256` as hex digits, instants as UTC text."""

    id: str
    state: State
    kind: str
    size: int
    media_type: str
    sha256: str
    declared_at: str
    declared_by: str
    """`complainant`, `respondent` or `staff`."""
    demand: str | None
    uploaded_at: str | None
    checking_at: str | None
    """When its last check began."""
    ended_at: str | None
    """When it was sealed, refused, expired or erased."""
    reason: Reason | None
    """The reason for a refusal."""
    same_as: str | None
    """Evidence of this complaint with the same content."""
    scanner: str | None
    stand_in: bool
    """True if the scanner detects test files only, so the file was not really scanned."""
    copies: list[str]
    """Copies that the caller may download: original, shown (an image without its metadata), thumbnail."""


class EvidenceList(msgspec.Struct, frozen=True, kw_only=True):
    evidence: list[EvidenceView]


class Link(msgspec.Struct, frozen=True, kw_only=True):
    url: str
    seconds: int
    name: str
    media_type: str


class DemandLink(msgspec.Struct, frozen=True, kw_only=True):
    """`receipt` is valid for this demand only. Its holder sends `Authorization: Receipt <receipt>`."""

    demand: str
    receipt: str
    url: str


class DemandView(msgspec.Struct, frozen=True, kw_only=True):
    demand: str
    of: str
    kinds: list[str]
    every: bool
    until: str | None
    state: Literal["open", "ended"]
    evidence: list[EvidenceView]
