"""Shapes of the answers about evidence, for the OpenAPI document."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from chalicelib.evidence.check.refusal import Reason

State = Literal["declared", "uploaded", "checking", "sealed", "refused", "expired", "erased"]


class UploadTicket(msgspec.Struct, frozen=True, kw_only=True):
    """`ticket`: `{url, fields, seconds}` for a form, or `{parts: [{number, url, headers}], part_size, seconds}`; none
    where the file has come already, or is not waited for any longer."""

    id: str
    state: State
    ticket: dict[str, Any] | None


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
    """complainant, respondent or staff."""
    demand: str | None
    uploaded_at: str | None
    checking_at: str | None
    """When its check last began."""
    ended_at: str | None
    """When it was sealed, refused, given up or erased."""
    reason: Reason | None
    """Why it was refused."""
    same_as: str | None
    """The evidence of this complaint that has the same bytes."""
    scanner: str | None
    stand_in: bool
    """The scanner knows test files only: nothing was really looked for."""
    copies: list[str]
    """What of it the caller may download: original, shown (an image without its metadata), thumbnail."""


class EvidenceList(msgspec.Struct, frozen=True, kw_only=True):
    evidence: list[EvidenceView]


class Link(msgspec.Struct, frozen=True, kw_only=True):
    url: str
    seconds: int
    name: str
    media_type: str


class DemandLink(msgspec.Struct, frozen=True, kw_only=True):
    """`receipt` is for this demand alone: its holder sends it as `Authorization: Receipt …`."""

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
