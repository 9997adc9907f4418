"""Shapes of the answers about complaints, for the OpenAPI document. The views make them (`casework.views`)."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from chalicelib.casework.read_log import Read
from chalicelib.http.call import RequestDocument


class DeadlineView(msgspec.Struct, frozen=True, kw_only=True):
    """One run of a clock. Instants are UTC text; `because` follows the schema of `/v1/because-schema`."""

    clock: str
    run: int
    started: str
    due: str | None
    state: str
    provisional: bool
    rung: int
    because: dict[str, Any]
    label: dict[str, str] | None = None
    ended: str | None = None


class FiledComplaint(msgspec.Struct, frozen=True, kw_only=True):
    number: str
    receipt: str
    stage: str
    severity: str | None
    deadlines: list[DeadlineView]


class ReissuedReceipt(msgspec.Struct, frozen=True, kw_only=True):
    number: str
    receipt: str


class ComplaintView(msgspec.Struct, frozen=True, kw_only=True):
    """`acts`: open to the caller now; `forms`: their fields. What follows `forms` is shown to staff, `facts` on a look,
    `events` after an act."""

    number: str
    version: str
    policy: str
    stage: str
    stage_name: dict[str, str] | None
    severity: str | None
    tier: int
    channel: str
    category: dict[str, str]
    unit: str | None
    flags: dict[str, str]
    registered_at: str
    next: dict[str, Any] | None
    acts: list[str]
    forms: dict[str, list[dict[str, Any]]]
    office_acts: list[str] | msgspec.UnsetType = msgspec.UNSET
    """Open to the caller under any policy: `note`, `link`, and `assign` again."""
    office_forms: dict[str, list[dict[str, Any]]] | msgspec.UnsetType = msgspec.UNSET
    complainant_acts: list[str] | msgspec.UnsetType = msgspec.UNSET
    """What the caller may record with `on_behalf_of: complainant`."""
    complainant_forms: dict[str, list[dict[str, Any]]] | msgspec.UnsetType = msgspec.UNSET
    follows: str | msgspec.UnsetType | None = msgspec.UNSET
    """The complaint that this one is a duplicate of."""
    assigned: dict[str, list[str]] | msgspec.UnsetType = msgspec.UNSET
    held: str | msgspec.UnsetType | None = msgspec.UNSET
    """The event that put it under a legal hold."""
    receipt_with: str | msgspec.UnsetType | None = msgspec.UNSET
    """The member who was shown the receipt too, on the complainant's behalf."""
    receipt_exposed: bool | msgspec.UnsetType = msgspec.UNSET
    """Somebody who has left was: it wants to be reissued."""
    demands: list[dict[str, Any]] | msgspec.UnsetType = msgspec.UNSET
    guidance: list[dict[str, str]] | msgspec.UnsetType = msgspec.UNSET
    proposals: list[dict[str, Any]] | msgspec.UnsetType = msgspec.UNSET
    awaiting_me: list[str] | msgspec.UnsetType = msgspec.UNSET
    tasks: list[dict[str, Any]] | msgspec.UnsetType = msgspec.UNSET
    facts: dict[str, Any] | msgspec.UnsetType = msgspec.UNSET
    damaged: bool | msgspec.UnsetType = msgspec.UNSET
    """On a look: facts are missing because what holds them does not open."""
    events: list[dict[str, Any]] | msgspec.UnsetType = msgspec.UNSET


class RecordView(msgspec.Struct, frozen=True, kw_only=True):
    """`events`: the envelopes as committed; `values`: private values that the caller may see, by event id; `erased` and
    `damaged`: the events beside which some are gone, or do not open."""

    number: str
    events: list[dict[str, Any]]
    values: dict[str, dict[str, Any]]
    erased: list[str]
    damaged: list[str]


class PageQuery(RequestDocument, frozen=True, kw_only=True):
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 50
    cursor: Annotated[str, msgspec.Meta(max_length=2000)] | None = None


class ReadsView(msgspec.Struct, frozen=True, kw_only=True):
    reads: list[Read]
    cursor: str | None


class AnchorView(msgspec.Struct, frozen=True, kw_only=True):
    """The anchor that last saw the record's head: its number, time and Merkle root (RFC 6962), the number of the event
    that was the head then, and the audit path from the leaf `[number, seq, hash]` to the root, in 64 hex digits each.
    Null but for `n` where the write-once object itself is gone or does not name the complaint."""

    n: int
    at: str | None
    root: str | None
    seq: int | None
    path: list[str]
    agrees: bool
    """Whether the record still has that event with that hash."""


class VerificationView(msgspec.Struct, frozen=True, kw_only=True):
    """`broken_at`: the first event that does not fit its chain; `cut_off`: events are missing at the end; `altered`:
    events whose private values are not what they were, or do not open; `missing`: events beside which some are gone;
    `overdue`: anchors were made since, and none is known to have seen the record; `anchor`: null until the hour after
    the filing."""

    number: str
    intact: bool
    events: int
    broken_at: str | None
    cut_off: bool
    altered: list[str]
    missing: list[str]
    overdue: bool
    anchor: AnchorView | None


class DeadlinesView(msgspec.Struct, frozen=True):
    deadlines: list[DeadlineView]


class QueueView(msgspec.Struct, frozen=True, kw_only=True):
    complaints: list[dict[str, Any]]
    cursor: str | None


class MessagesView(msgspec.Struct, frozen=True, kw_only=True):
    messages: list[dict[str, Any]]
    cursor: str | None
