"""The record of a report: its own chain of events, each with its text encrypted beside it, and the acts of handlers."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

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
from chalicelib.features.supervision.report import Finding, Report
from chalicelib.kit import canonical
from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.instants import Instant, to_text
from chalicelib.kit.problem import Place, Problem
from chalicelib.ports import Sealer
from chalicelib.store import erasing, keys, reads
from chalicelib.store.port import Entry, Put, Remove, Store
from chalicelib.store.stored_form import Form

KIND = "supervision-event"
HOLDER = "supervision"
"""The confidentiality class of the texts."""
Type = Literal["reported", "added", "taken", "noted", "replied", "closed", "admitted", "moved", "reminded", "passed"]
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


Message = Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]


class ReportAct(RequestDocument, frozen=True, kw_only=True):
    """`text`: of a note, a reply or a finding. `person`: the supervisor (`sub`) who is admitted."""

    text: Message | None = None
    finding: Finding | None = None
    person: Annotated[str, msgspec.Meta(min_length=1, max_length=100)] | None = None


class _Act(msgspec.Struct, frozen=True):
    event: Type
    takes: tuple[str, ...] = ()


_ACTS = {
    "take": _Act("taken"),
    "note": _Act("noted", ("text",)),
    "reply": _Act("replied", ("text",)),
    "close": _Act("closed", ("finding", "text")),
    "admit": _Act("admitted", ("person",)),
}


def open_acts(report: Report, *, operators: bool) -> list[str]:
    """`take` only until a handler has taken it; `admit` not for operators. A closed report waits for its reporter."""
    if report.state == "closed":
        return []
    absent = {"take" if report.state == "taken" else "", "admit" if operators else ""}
    return [name for name in _ACTS if name not in absent]


def event_of(report: Report, act: str, payload: ReportAct, *, operators: bool) -> Type:
    """The type of the act's event. Raises `Problem`: `act-not-open`, `invalid` with the place of each fault."""
    if act not in open_acts(report, operators=operators):
        raise Problem("act-not-open", "The report does not allow this act now.")
    takes = _ACTS[act].takes
    given = {name for name in payload.__struct_fields__ if getattr(payload, name) is not None}
    places = [Place(f"/{name}", "This key is required.") for name in takes if name not in given]
    places += [Place(f"/{name}", "This key is unknown here.") for name in sorted(given - {*takes})]
    if places:
        raise Problem("invalid", "The act cannot be recorded as it is.", places=places)
    return _ACTS[act].event
