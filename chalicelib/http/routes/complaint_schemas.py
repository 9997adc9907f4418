"""Schemas of responses about complaints, for the OpenAPI document. `casework` makes the values."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from chalicelib.http.call import RequestDocument
from chalicelib.policy.language.fact_kinds import FieldValue


class DeadlineView(msgspec.Struct, frozen=True, kw_only=True):
    """One run of a clock. Times are UTC text. `because` has the schema of `/v1/because-schema`."""

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
    """`acts`: open to the caller now; `forms`: their fields. Keys after `forms` are for staff; `facts` is in the
    response to GET, `events` in the response to an act."""

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
    """Acts open to the caller under any policy: `note`, `link`, and a repeated `assign`."""
    office_forms: dict[str, list[dict[str, Any]]] | msgspec.UnsetType = msgspec.UNSET
    complainant_acts: list[str] | msgspec.UnsetType = msgspec.UNSET
    """Acts that the caller may record with `on_behalf_of: complainant`."""
    complainant_forms: dict[str, list[dict[str, Any]]] | msgspec.UnsetType = msgspec.UNSET
    follows: str | msgspec.UnsetType | None = msgspec.UNSET
    """The complaint that this one duplicates."""
    assigned: dict[str, list[str]] | msgspec.UnsetType = msgspec.UNSET
    held: str | msgspec.UnsetType | None = msgspec.UNSET
    """The event of the legal hold."""
    receipt_with: str | msgspec.UnsetType | None = msgspec.UNSET
    """The member who also saw the receipt, because they filed for the complainant."""
    receipt_exposed: bool | msgspec.UnsetType = msgspec.UNSET
    """True where that member has left: reissue the receipt."""
    demands: list[dict[str, Any]] | msgspec.UnsetType = msgspec.UNSET
    guidance: list[dict[str, str]] | msgspec.UnsetType = msgspec.UNSET
    proposals: list[dict[str, Any]] | msgspec.UnsetType = msgspec.UNSET
    awaiting_me: list[str] | msgspec.UnsetType = msgspec.UNSET
    tasks: list[dict[str, Any]] | msgspec.UnsetType = msgspec.UNSET
    facts: dict[str, FieldValue] | msgspec.UnsetType = msgspec.UNSET
    damaged: bool | msgspec.UnsetType = msgspec.UNSET
    """In the response to GET: facts are missing, because their stored values cannot be decrypted."""
    events: list[dict[str, Any]] | msgspec.UnsetType = msgspec.UNSET


class RecordView(msgspec.Struct, frozen=True, kw_only=True):
    """`events`: the envelopes as committed. `values`: private values that the caller may see, by event id. `erased` and
    `damaged`: events whose private values are erased, or cannot be decrypted."""

    number: str
    events: list[dict[str, Any]]
    values: dict[str, dict[str, Any]]
    erased: list[str]
    damaged: list[str]


class PageQuery(RequestDocument, frozen=True, kw_only=True):
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 50
    cursor: Annotated[str, msgspec.Meta(max_length=2000)] | None = None


class ReadView(msgspec.Struct, frozen=True, kw_only=True):
    """One read of private values.

    `by`: the reader's `sub`. `role`: the role that permitted the read. `on_behalf_of`: the absent person whose grant
    the reader used. `classes`: complainant, respondent, content, internal. `route`: method and path template.
    `evidence`: the file that the reader was given a link to.
    """

    id: str
    at: str
    by: str
    role: str
    on_behalf_of: str | None
    classes: list[str]
    route: str
    evidence: str | None


class ReadsView(msgspec.Struct, frozen=True, kw_only=True):
    reads: list[ReadView]
    cursor: str | None


class AnchorView(msgspec.Struct, frozen=True, kw_only=True):
    """The last anchor that covers the record: its number `n`, time, Merkle root (RFC 6962), the sequence number of the
    record's last event then, and the audit path from the leaf `[number, seq, hash]` to the root, each step 64 hex
    digits. All except `n` are null where the write-once object is missing or does not contain the complaint."""

    n: int
    at: str | None
    root: str | None
    seq: int | None
    path: list[str]
    agrees: bool
    """True where the record still has that event with that hash."""


class VerificationView(msgspec.Struct, frozen=True, kw_only=True):
    """`broken_at`: the first event that breaks the hash chain. `cut_off`: events are missing at the end. `altered`:
    events whose private values have changed or cannot be decrypted. `missing`: events whose private values are gone.
    `overdue`: anchors were made since, and none is known to cover the record. `anchor`: null until the hour after the
    filing."""

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


class NextDeadline(msgspec.Struct, frozen=True, kw_only=True):
    """The open clock with the earliest due time."""

    clock: str
    due: str
    state: str


class QueuedComplaint(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the staff queue. A void (an unused number) has only `number`, its reason `void` and its time `at`."""

    number: str
    policy: str | msgspec.UnsetType = msgspec.UNSET
    stage: str | msgspec.UnsetType = msgspec.UNSET
    severity: str | msgspec.UnsetType | None = msgspec.UNSET
    tier: int | msgspec.UnsetType = msgspec.UNSET
    channel: str | msgspec.UnsetType = msgspec.UNSET
    category: dict[str, str] | msgspec.UnsetType = msgspec.UNSET
    unit: str | msgspec.UnsetType | None = msgspec.UNSET
    assigned: list[str] | msgspec.UnsetType = msgspec.UNSET
    registered_at: str | msgspec.UnsetType = msgspec.UNSET
    receipt_with: str | msgspec.UnsetType | None = msgspec.UNSET
    next: NextDeadline | msgspec.UnsetType | None = msgspec.UNSET
    void: str | msgspec.UnsetType = msgspec.UNSET
    at: str | msgspec.UnsetType = msgspec.UNSET


class QueueView(msgspec.Struct, frozen=True, kw_only=True):
    complaints: list[QueuedComplaint]
    cursor: str | None


class MessageView(msgspec.Struct, frozen=True, kw_only=True):
    """`id`: of the event that notified the reader; `about`: of the event it is about. `text` by language (zh, en)."""

    id: str
    number: str
    at: str
    about: str
    wording: str
    text: dict[str, str]


class MessagesView(msgspec.Struct, frozen=True, kw_only=True):
    messages: list[MessageView]
    cursor: str | None
