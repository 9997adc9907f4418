"""A complaint is what its events add up to. `evolve` needs no policy: events carry their consequences."""

from __future__ import annotations

from typing import Any

import msgspec

from chalicelib.complaints.envelope import EventDraft
from chalicelib.complaints.runs import Run, from_json
from chalicelib.instants import Instant, from_text
from chalicelib.policy.language.vocabulary import UNDONE_BY_REOPENING


class Proposal(msgspec.Struct, frozen=True):
    """An act that awaits approval (`<number>/<seq>`)."""

    act: str
    by: str
    """Who proposed it: nobody approves their own."""
    approvers: list[str]
    task: str | None = None
    """The task that is opened on approval."""


class OpenTask(msgspec.Struct, frozen=True):
    """Something owed by a role, opened by event `seq`."""

    task: str
    role: str
    opened: Instant


class Demand(msgspec.Struct, frozen=True):
    """Evidence that somebody was asked for. `of`: a party or a role; `every`: all kinds are needed, not one of them."""

    of: str
    kinds: list[str]
    every: bool
    due: Instant | None


class Complaint(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The state after event `seq`. It is the snapshot's body, so it holds no text and no particulars."""

    number: str
    seq: int = 0
    head: str
    """Hash of the last event."""
    at: Instant = 0
    registered_at: Instant = 0
    policy: str
    calendar: str
    channel: str = ""
    stage: str = ""
    tier: int = 1
    severity: str | None = None
    category: dict[str, str] = {}
    unit: str | None = None
    flags: dict[str, str] = {}
    facts: dict[str, Any] = {}
    """Public values given at filing: choices, times, numbers, flags."""
    seen: dict[str, Instant] = {}
    """When each type of event last happened."""
    runs: list[Run] = []
    """Open runs only; those that ended are in the record."""
    counts: dict[str, int] = {}
    """How many runs each clock has had."""
    assigned: dict[str, list[str]] = {}
    proposals: dict[str, Proposal] = {}
    tasks: dict[str, OpenTask] = {}
    opened: dict[str, int] = {}
    """How often each task was opened."""
    asked: dict[str, Instant] = {}
    """When each task was last opened."""
    since: Instant = 0
    """When the present stage was entered."""
    signed: dict[str, list[str]] = {}
    """Roles that have done an act which every role of its `by` must do, in the present stage."""
    ticked: list[str] = []
    """Lines of the present stage's guidance that were ticked off (P2.4)."""
    awaited_files: int = 0
    """Files that were declared, and neither sealed nor refused nor given up so far."""
    demands: dict[str, Demand] = {}
    """Evidence demanded and not yet answered, by the event that demanded it."""
    held: str | None = None
    """The event that put it under a legal hold: nothing of it is erased, whatever retention or anybody asks."""
    follows: str | None = None
    """The complaint that this one is a duplicate of, and with which it is closed."""
    receipt: str = ""
    """Keyed hash of the receipt."""
    receipt_with: str = ""
    """The member who was handed the receipt too, filing or asking on the complainant's behalf; empty for nobody."""
    receipt_exposed: bool = False
    """Whether somebody has it who is none of the organisation's any more."""

    def own_changes(self, _draft: EventDraft) -> dict[str, Any]:
        """What the event changes in an aggregate of another kind, beyond what it does to a complaint."""
        return {}

    def wording(self, event: str) -> str:
        """The wording in which people are told of such an event."""
        return event


def evolve(complaint: Complaint, draft: EventDraft) -> Complaint:
    """The complaint after the event. `head` is set when the event is recorded."""
    seq = complaint.seq + 1
    undone = UNDONE_BY_REOPENING if draft.type == "reopened" else frozenset()
    seen = {event: at for event, at in complaint.seen.items() if event not in undone} | {draft.type: draft.at}
    changed = _CHANGES.get(draft.type, _nothing)(complaint, draft, seq)
    if draft.result.stage != complaint.stage:
        changed = {"signed": {}, "ticked": [], "since": draft.at, **_voided(complaint, draft), **changed}
    return msgspec.structs.replace(
        complaint,
        seq=seq,
        at=draft.at,
        seen=seen,
        stage=draft.result.stage,
        tier=draft.result.tier,
        severity=draft.result.severity,
        flags=draft.result.flags,
        **_runs_after(complaint, [from_json(run) for run in draft.result.clocks]),
        **changed,
        **complaint.own_changes(draft),
    )


def _voided(complaint: Complaint, draft: EventDraft) -> dict[str, Any]:
    gone = draft.result.voided
    return {"proposals": {key: one for key, one in complaint.proposals.items() if key not in gone}} if gone else {}


def _runs_after(complaint: Complaint, changed: list[Run]) -> dict[str, Any]:
    runs = {(run.clock, run.n): run for run in complaint.runs}
    runs.update({(run.clock, run.n): run for run in changed})
    counts = dict(complaint.counts)
    for run in changed:
        counts[run.clock] = max(run.n, counts.get(run.clock, 0))
    return {"runs": [run for run in runs.values() if run.open], "counts": counts}


def _nothing(_complaint: Complaint, _draft: EventDraft, _seq: int) -> dict[str, Any]:
    return {}


def _registered(_complaint: Complaint, draft: EventDraft, _seq: int) -> dict[str, Any]:
    fields = draft.fields
    return {
        "registered_at": draft.at,
        "channel": fields["channel"],
        "category": fields.get("category", {}),
        "unit": fields.get("unit"),
        "facts": fields.get("facts", {}),
        **_receipt_of(draft),
    }


def _receipt_of(draft: EventDraft) -> dict[str, Any]:
    holder = draft.actor.id if draft.actor.kind == "staff" else ""
    return {"receipt": draft.fields.get("receipt", ""), "receipt_with": holder, "receipt_exposed": False}


def _reissued(_complaint: Complaint, draft: EventDraft, _seq: int) -> dict[str, Any]:
    return _receipt_of(draft)


def _exposed(_complaint: Complaint, _draft: EventDraft, _seq: int) -> dict[str, Any]:
    return {"receipt_with": "", "receipt_exposed": True}


def _assigned(complaint: Complaint, draft: EventDraft, _seq: int) -> dict[str, Any]:
    return {"assigned": {**complaint.assigned, **draft.fields.get("assigned", {})}}


def _proposed(complaint: Complaint, draft: EventDraft, seq: int) -> dict[str, Any]:
    fields = draft.fields
    proposal = Proposal(fields["act"], draft.actor.id, fields["approvers"], fields.get("task"))
    return {"proposals": {**complaint.proposals, str(seq): proposal}}


def _settled(complaint: Complaint, draft: EventDraft, _seq: int) -> dict[str, Any]:
    named = draft.fields["proposal"].rpartition("/")[2]
    return {"proposals": {key: value for key, value in complaint.proposals.items() if key != named}}


def _task_opened(complaint: Complaint, draft: EventDraft, seq: int) -> dict[str, Any]:
    name = draft.fields["task"]
    task = OpenTask(name, draft.fields["role"], draft.at)
    opened = {**complaint.opened, name: complaint.opened.get(name, 0) + 1}
    asked = {**complaint.asked, name: draft.at}
    return {"tasks": {**complaint.tasks, str(seq): task}, "opened": opened, "asked": asked}


def _task_done(complaint: Complaint, draft: EventDraft, _seq: int) -> dict[str, Any]:
    named = draft.fields["opened"].rpartition("/")[2]
    return {"tasks": {key: value for key, value in complaint.tasks.items() if key != named}}


def _shared(complaint: Complaint, draft: EventDraft, _seq: int) -> dict[str, Any]:
    """One of several who must do the act has done it."""
    act, role = draft.act, draft.actor.stands_for
    if act is None or role is None or draft.result.stage != complaint.stage:
        return {}
    return {"signed": {**complaint.signed, act: sorted({*complaint.signed.get(act, []), role})}}


def _ticked(complaint: Complaint, draft: EventDraft, _seq: int) -> dict[str, Any]:
    item = draft.fields.get("item")
    return {} if item is None else {"ticked": sorted({*complaint.ticked, item})}


def _demanded(complaint: Complaint, draft: EventDraft, seq: int) -> dict[str, Any]:
    fields = draft.fields
    until = fields.get("until")
    demand = Demand(fields["of"], fields["kinds"], fields["every"], None if until is None else from_text(until))
    return {"demands": {**complaint.demands, str(seq): demand}}


def _answered(complaint: Complaint, draft: EventDraft, _seq: int) -> dict[str, Any]:
    named = draft.fields["demand"].rpartition("/")[2]
    return {"demands": {key: value for key, value in complaint.demands.items() if key != named}}


def _sealed(complaint: Complaint, draft: EventDraft, _seq: int) -> dict[str, Any]:
    """Evidence of a demanded kind: that much less is awaited. `demand` names the one that it came for."""
    of, kind, named = draft.fields["by"], draft.fields["kind"], draft.fields.get("demand")
    left = {
        key: msgspec.structs.replace(demand, kinds=[one for one in demand.kinds if one != kind])
        if demand.every and demand.of == of and named in (None, f"{complaint.number}/{key}")
        else demand
        for key, demand in complaint.demands.items()
    }
    return {"demands": left, **_file_ended(complaint, draft, _seq)}


def _file_declared(complaint: Complaint, _draft: EventDraft, _seq: int) -> dict[str, Any]:
    return {"awaited_files": complaint.awaited_files + 1}


def _file_ended(complaint: Complaint, _draft: EventDraft, _seq: int) -> dict[str, Any]:
    return {"awaited_files": max(0, complaint.awaited_files - 1)}


def _held(complaint: Complaint, _draft: EventDraft, seq: int) -> dict[str, Any]:
    return {"held": f"{complaint.number}/{seq}"}


def _released(_complaint: Complaint, _draft: EventDraft, _seq: int) -> dict[str, Any]:
    return {"held": None}


def _linked(_complaint: Complaint, draft: EventDraft, _seq: int) -> dict[str, Any]:
    return {"follows": draft.fields.get("to")}


def _switched(_complaint: Complaint, draft: EventDraft, _seq: int) -> dict[str, Any]:
    return {"policy": draft.fields["to"], "calendar": draft.fields["calendar"]}


_CHANGES = {
    "registered": _registered,
    "assigned": _assigned,
    "proposed": _proposed,
    "approved": _settled,
    "rejected": _settled,
    "task_opened": _task_opened,
    "task_done": _task_done,
    "switched": _switched,
    "linked": _linked,
    "signed": _shared,
    "ticked": _ticked,
    "evidence_demanded": _demanded,
    "evidence_received": _answered,
    "demand_lapsed": _answered,
    "evidence_declared": _file_declared,
    "evidence_sealed": _sealed,
    "evidence_refused": _file_ended,
    "evidence_expired": _file_ended,
    "held": _held,
    "released": _released,
    "receipt_reissued": _reissued,
    "receipt_exposed": _exposed,
}
