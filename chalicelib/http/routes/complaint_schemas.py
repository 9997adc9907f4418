"""Schemas of responses about complaints: deadlines, forms, states, lists. `casework` makes the values.

`GET /v1/because-schema` has the exact schema of a deadline's reasons.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from chalicelib.policy.language.fact_kinds import FieldValue

Words = dict[str, str]
"""A text by language: zh, en."""


class Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """Time that does not count. `ms`: null for an open pause. `times`: how many stretches are summed here."""

    cause: str
    start: str = msgspec.field(name="from")
    until: str | None
    ms: int | None
    times: int
    name: Words | msgspec.UnsetType = msgspec.UNSET
    days: int | msgspec.UnsetType = msgspec.UNSET


class WorkedDay(msgspec.Struct, frozen=True, kw_only=True):
    """A day with other hours than its weekday's. `hours`: `[from, to]` each."""

    date: str
    cause: str
    hours: list[tuple[str, str]]
    name: Words | msgspec.UnsetType = msgspec.UNSET


class Pause(msgspec.Struct, frozen=True, kw_only=True):
    start: str = msgspec.field(name="from")
    until: str | None


class Closing(msgspec.Struct, frozen=True, kw_only=True):
    """The end of the last day, for a limit in days."""

    date: str
    at: str


class CalculationView(msgspec.Struct, frozen=True, kw_only=True):
    """A due time by the calendar, step by step. A stated due time has no calendar, `pauses` or `worked`."""

    limit: str
    start: str
    end: str | None
    provisional: bool
    stretches: list[Stretch]
    text: Words
    timezone: str | msgspec.UnsetType = msgspec.UNSET
    calendar: str | msgspec.UnsetType = msgspec.UNSET
    day_ends: Literal["close", "midnight"] | msgspec.UnsetType = msgspec.UNSET
    pauses: list[Pause] | msgspec.UnsetType = msgspec.UNSET
    worked: list[WorkedDay] | msgspec.UnsetType = msgspec.UNSET
    closing: Closing | msgspec.UnsetType = msgspec.UNSET


class ClockRule(msgspec.Struct, frozen=True, kw_only=True):
    """The rule of the policy. `hours`: open or closed at the start."""

    clock: str
    limit: str
    when: dict[str, list[str]]
    hours: str
    clause: str | msgspec.UnsetType = msgspec.UNSET


class BecauseView(CalculationView, frozen=True, kw_only=True):
    """`policy`: its version. `started_by`: the event. `due_before`: the due time before an extension."""

    rule: ClockRule
    policy: str
    started_by: str
    due_at_the_change: str | msgspec.UnsetType = msgspec.UNSET
    due_before: str | msgspec.UnsetType = msgspec.UNSET


class DeadlineView(msgspec.Struct, frozen=True, kw_only=True):
    """One run of a clock. Times are UTC text."""

    clock: str
    run: int
    started: str
    due: str | None
    state: str
    provisional: bool
    rung: int
    because: BecauseView
    label: Words | msgspec.UnsetType = msgspec.UNSET
    ended: str | msgspec.UnsetType = msgspec.UNSET


class FormField(msgspec.Struct, frozen=True, kw_only=True):
    """A field of an act. `choices`: the values of a choice, or the names of the conditions."""

    name: str
    kind: str
    required: bool
    choices: list[str] | msgspec.UnsetType = msgspec.UNSET
    label: Words | msgspec.UnsetType = msgspec.UNSET


Forms = dict[str, list[FormField]]
"""The fields of each act."""


class ActEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event that an act has recorded."""

    id: str
    type: str
    at: str


class GuidanceLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the stage's checklist. `item`: its number."""

    item: str
    zh: str
    en: str
    ticked: bool


class OpenDemand(msgspec.Struct, frozen=True, kw_only=True):
    """`demand`: the event. `of`: the party or the role that must provide evidence of these kinds."""

    demand: str
    of: str
    kinds: list[str]
    until: str | None


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """An act that waits for approval. `proposal`: the event. `approvers`: roles."""

    proposal: str
    act: str
    approvers: list[str]


class OpenTask(msgspec.Struct, frozen=True, kw_only=True):
    """`id` is for the act `do_task`."""

    task: str
    id: str
    role: str
    opened: str


class FiledComplaint(msgspec.Struct, frozen=True, kw_only=True):
    number: str
    receipt: str
    stage: str
    severity: str | None
    deadlines: list[DeadlineView]


class ReissuedReceipt(msgspec.Struct, frozen=True, kw_only=True):
    number: str
    receipt: str


class NextDeadline(msgspec.Struct, frozen=True, kw_only=True):
    """The open clock with the earliest due time."""

    clock: str
    due: str
    state: str


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
    next: NextDeadline | None
    acts: list[str]
    forms: Forms
    office_acts: list[str] | msgspec.UnsetType = msgspec.UNSET
    """Acts open to the caller under any policy: `note`, `link`, and a repeated `assign`."""
    office_forms: Forms | msgspec.UnsetType = msgspec.UNSET
    complainant_acts: list[str] | msgspec.UnsetType = msgspec.UNSET
    """Acts that the caller may record with `on_behalf_of: complainant`."""
    complainant_forms: Forms | msgspec.UnsetType = msgspec.UNSET
    follows: str | msgspec.UnsetType | None = msgspec.UNSET
    """The complaint that this one duplicates."""
    assigned: dict[str, list[str]] | msgspec.UnsetType = msgspec.UNSET
    held: str | msgspec.UnsetType | None = msgspec.UNSET
    """The event of the legal hold."""
    receipt_with: str | msgspec.UnsetType | None = msgspec.UNSET
    """The member who also saw the receipt, because they filed for the complainant."""
    receipt_exposed: bool | msgspec.UnsetType = msgspec.UNSET
    """True if that member has left the organisation: reissue the receipt."""
    demands: list[OpenDemand] | msgspec.UnsetType = msgspec.UNSET
    guidance: list[GuidanceLine] | msgspec.UnsetType = msgspec.UNSET
    proposals: list[Proposal] | msgspec.UnsetType = msgspec.UNSET
    awaiting_me: list[str] | msgspec.UnsetType = msgspec.UNSET
    tasks: list[OpenTask] | msgspec.UnsetType = msgspec.UNSET
    facts: dict[str, FieldValue] | msgspec.UnsetType = msgspec.UNSET
    damaged: bool | msgspec.UnsetType = msgspec.UNSET
    """In the response to GET: facts are missing, because their stored values cannot be decrypted."""
    events: list[ActEvent] | msgspec.UnsetType = msgspec.UNSET


class DeadlinesView(msgspec.Struct, frozen=True):
    deadlines: list[DeadlineView]


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
