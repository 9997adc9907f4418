"""The record of a report: its own chain of events, each with its text encrypted beside it."""

from __future__ import annotations

from typing import Literal, NamedTuple

import msgspec
from msgspec.structs import replace

from chalicelib.complaints.envelope import (
    Actor,
    Event,
    EventDraft,
    PrivateValue,
    RecordPosition,
    Result,
    chain_event,
)
from chalicelib.features.supervision.custody import Custody
from chalicelib.features.supervision.report import FORM as REPORT
from chalicelib.features.supervision.report import Particulars, Report, particulars
from chalicelib.kit import canonical
from chalicelib.kit.instants import Instant, to_text
from chalicelib.kit.problem import Problem
from chalicelib.limits.wrong_receipts import WrongReceipt
from chalicelib.ports import Sealer
from chalicelib.store import erasing, keys, reads
from chalicelib.store.port import Entry, Put, Remove, Store
from chalicelib.store.stored_form import Form

KIND = "supervision-event"
HOLDER = "supervision"
"""The confidentiality class of the texts."""
Type = Literal[
    "reported",
    "added",
    "taken",
    "noted",
    "replied",
    "closed",
    "admitted",
    "moved",
    "reminded",
    "passed",
    "receipt_mailed",
]
MAILED: Type = "receipt_mailed"
REPORTER = Actor("reporter", "reporter")
CHANGES_STATE = {"added": "open", "taken": "taken", "closed": "closed", "passed": "open"}


class Stored(msgspec.Struct, frozen=True):
    """The item. `request`: digest of the request that caused the event, by which its repetition is recognised."""

    event: Event
    sealed: str | None = None
    request: str = ""
    body_hash: str = ""


FORM = Form(KIND, Stored, keeps=False)


class Draft(NamedTuple):
    type: Type
    actor: Actor
    text: str | None = None
    fields: dict[str, str] = {}
    request: str = ""
    body_hash: str = ""


class Added(NamedTuple):
    report: Report
    put: Put
    stored: Stored


def add(sealer: Sealer, custody: Custody, report: Report, draft: Draft, now: Instant) -> Added:
    """The report after the event, and the event's item. A message of the reporter reopens a closed report."""
    state = CHANGES_STATE.get(draft.type, report.state)
    if draft.type == "added" and report.state != "closed":
        state = report.state
    recorded = chain_event(
        EventDraft(
            type=draft.type,
            at=now,
            actor=draft.actor,
            fields=draft.fields,
            result=Result(stage=state, tier=0, severity=None, flags={}),
            secrets={HOLDER: {"text": draft.text}} if draft.text is not None else {},
        ),
        RecordPosition(f"supervision/{report.id}", report.seq + 1, report.head, policy="", calendar=""),
        recorded_at=now,
    )
    event = recorded.event
    sealed = [custody.seal(sealer, value) for value in recorded.private]
    stored = Stored(event, sealed[0] if sealed else None, draft.request, draft.body_hash)
    finding = draft.fields.get("finding") if draft.type == "closed" else report.finding
    after = replace(
        report,
        seq=event.seq,
        head=event.hash,
        changed=to_text(now),
        state=state,
        finding=finding if state == "closed" else None,
        moved=report.moved or draft.type == "moved",
    )
    return Added(after, put(custody, stored), stored)


def put(custody: Custody, stored: Stored) -> Put:
    return Put(entry_of(custody, stored))


def entry_of(custody: Custody, stored: Stored) -> Entry:
    body = canonical.encode(msgspec.to_builtins(stored)).decode()
    return FORM.of_text(keys.report_event(custody.pk, stored.event.seq), body)


def read(store: Store, custody: Custody) -> tuple[Report, list[Stored]] | None:
    """A report with its events."""
    with custody.bound():
        entries = list(reads.items(store, custody.pk, keys.REPORT_AND_EVENTS))
    return (REPORT.read(entries[0]), [FORM.read(entry) for entry in entries[1:]]) if entries else None


def remove(store: Store, custody: Custody, report: Report) -> None:
    """First the read log, then the report in one transaction, so that no part of it is left that nothing finds."""
    erasing.remove(store, [entry.key for entry in reads.items(store, custody.pk, keys.REPORT_READS)])
    parts = [entry.key for entry in reads.items(store, custody.pk, keys.REPORT_AND_EVENTS)]
    store.commit([Remove(key) for key in [*parts, custody.row(report.at)]])


def private_value(sealer: Sealer, custody: Custody, stored: Stored) -> PrivateValue | None:
    if stored.sealed is None:
        return None
    return msgspec.json.decode(custody.open(sealer, stored.sealed), type=PrivateValue)


def text_of(sealer: Sealer, custody: Custody, stored: Stored) -> str | None:
    value = private_value(sealer, custody, stored)
    return None if value is None else str(value.values["text"])


class Loaded(NamedTuple):
    custody: Custody
    report: Report
    particulars: Particulars
    events: list[Stored]


def load(store: Store, sealer: Sealer, custody: Custody) -> Loaded | None:
    """One query, whether the report exists or not."""
    found = read(store, custody)
    if found is None:
        return None
    head, stored = found
    return Loaded(custody, head, particulars(sealer, custody, head), stored)


def find(store: Store, sealer: Sealer, tenant: str, report_id: str) -> Loaded | None:
    """With the organisation or with the operators. Always looks in both places: the time does not tell which."""
    here, there = (load(store, sealer, Custody(tenant, report_id, operators)) for operators in (False, True))
    return there or here


_NOT_FOUND = "There is no such report, or it is not yours to read."
"""One answer for an unknown id, a wrong receipt and an involved member, so that callers cannot tell them apart."""


def not_found() -> Problem:
    return Problem("not-found", _NOT_FOUND)


def wrong_receipt() -> WrongReceipt:
    return WrongReceipt("not-found", _NOT_FOUND)
