"""The state of a complaint, built from its events. `evolve` needs no policy: each event holds its consequences."""

from __future__ import annotations

from typing import Any

import msgspec

from chalicelib.complaints import pending_state
from chalicelib.complaints.envelope import EventDraft, EventFields
from chalicelib.complaints.participation import Doer, Participation, excluded_by
from chalicelib.complaints.pending_state import Demand, Proposal, ProposalOrigin
from chalicelib.complaints.runs import Run, from_json
from chalicelib.instants import Instant
from chalicelib.policy.language.vocabulary import CATEGORY, UNDONE_BY_REOPENING

Changes = dict[str, Any]
"""New values of the state's attributes, by name."""


class OpenTask(msgspec.Struct, frozen=True):
    """A task that a role has to do."""

    task: str
    role: str
    opened: Instant


class Complaint(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The state after event `seq`. Snapshots store it, so it holds no free text and no personal data."""

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
    """Public values of the filing: choices, times, numbers, flags."""
    seen: dict[str, Instant] = {}
    """The time of the last event of each type."""
    runs: list[Run] = []
    """Open runs only. Ended runs are in the record."""
    counts: dict[str, int] = {}
    """The number of runs of each clock so far."""
    assigned: dict[str, list[str]] = {}
    proposals: dict[str, Proposal] = {}
    origins: dict[str, ProposalOrigin] = {}
    """By the key of the open proposal; none under a policy of the first edition."""
    tasks: dict[str, OpenTask] = {}
    opened: dict[str, int] = {}
    """How often each task was opened."""
    asked: dict[str, Instant] = {}
    """When each task was last opened."""
    since: Instant = 0
    """The time at which the complaint entered its present stage."""
    signed: dict[str, list[str]] = {}
    """For an act that every role of its `by` must do: the roles that have done it in the present stage."""
    signers: dict[str, list[Doer]] = {}
    """The people who have done it for these roles."""
    ticked: list[str] = []
    """The lines of the present stage's guidance that are ticked off (P2.4)."""
    rating_recorded: bool = False
    """True if a member recorded the last rating for the complainant, who may replace it."""
    awaited_files: int = 0
    """Files that were declared and are not yet sealed, refused or expired."""
    demands: dict[str, Demand] = {}
    """Open demands for evidence, by the sequence number of their event."""
    held: str | None = None
    """The event that began a legal hold. While it lasts, nothing is erased, neither by retention nor on request."""
    follows: str | None = None
    """The complaint that this one duplicates. Both are closed together."""
    receipt: str = ""
    """A keyed hash of the receipt."""
    receipt_with: str = ""
    """The member who also holds the receipt, because they filed or reissued it for the complainant; empty if none."""
    receipt_exposed: bool = False
    """True if the receipt is known to a former member of the organisation."""
    participation: Participation | None = None
    """None for a unit, and for a complaint registered under a policy of the first edition."""
    recused: list[Doer] = []
    """The people excluded from all acts on this complaint from now on."""

    @property
    def received_at(self) -> Instant:
        """When it arrived: for a late filing, before it was registered."""
        return min(self.seen.get("registered", self.registered_at), self.registered_at)

    @property
    def arrived_earlier(self) -> bool:
        return self.received_at < self.registered_at

    def origin(self, key: str) -> ProposalOrigin:
        """Who made the open proposal. A proposal of the first edition tells only its maker."""
        return self.origins.get(key) or ProposalOrigin(Doer(self.proposals[key].by))

    @property
    def awaits_evidence(self) -> bool:
        """True if the time of a demand runs, or has no end."""
        return any(not demand.over for demand in self.demands.values())

    def clock_state(self, clock: str) -> str:
        """The state of the clock's latest run; `none` before the first."""
        run = max((run for run in self.runs if run.clock == clock), key=lambda run: run.n, default=None)
        if run is not None and run.n == self.counts.get(clock):
            return run.state
        return "none" if self.participation is None else self.participation.ended.get(clock, "none")

    def version_of(self, _name: str) -> str:
        """The policy version that defines the open task or the clock of this name."""
        return self.policy

    def own_changes(self, _draft: EventDraft) -> Changes:
        """Changes that the event makes in another kind of aggregate, in addition to those in a complaint."""
        return {}

    def wording(self, event: str) -> str:
        """The name of the message text for this type of event."""
        return event


def evolve(complaint: Complaint, draft: EventDraft) -> Complaint:
    """Returns the complaint after the event. `head` is set later, when the event is recorded."""
    seq = complaint.seq + 1
    undone = {*draft.result.undone, *(UNDONE_BY_REOPENING if draft.type == "reopened" else ())}
    seen = {event: at for event, at in complaint.seen.items() if event not in undone}
    if not draft.result.partial:
        seen[draft.type] = draft.counts_from
    changed = {} if _is_deferred(draft) else _CHANGES.get(draft.type, _no_change)(complaint, draft, seq)
    if draft.result.stage != complaint.stage:
        changed = {"signed": {}, "signers": {}, "ticked": [], "since": draft.at, **changed}
    changed = {**_of_people(complaint, draft), **pending_state.without_voided(complaint, draft), **changed}
    runs = [from_json(run) for run in draft.result.clocks]
    return msgspec.structs.replace(
        complaint,
        seq=seq,
        at=draft.at,
        seen=seen,
        stage=draft.result.stage,
        tier=draft.result.tier,
        severity=draft.result.severity,
        flags=draft.result.flags,
        **_runs_after(complaint, runs),
        **_participation_after(complaint, draft, runs),
        **changed,
        **complaint.own_changes(draft),
    )


def _is_deferred(draft: EventDraft) -> bool:
    """Several roles make or answer a demand together: only the last one's act changes the demands."""
    return draft.result.partial and draft.type in ("evidence_demanded", "evidence_received")


def _participation_after(complaint: Complaint, draft: EventDraft, runs: list[Run]) -> Changes:
    before = complaint.participation if draft.result.edition is None else Participation(draft.result.respondent)
    if before is None:
        return {}
    return {"participation": before.after(draft.type, draft.actor, runs, draft.result.took_part)}


def _of_people(complaint: Complaint, draft: EventDraft) -> Changes:
    """Assignments by acts other than `assign`, and the roles that have done an act of several roles."""
    people, roles = draft.result.assigned, draft.result.signed
    assigned = {"assigned": {**complaint.assigned, **people}} if people else {}
    return {**assigned, **(pending_state.signed_by(complaint, draft) if roles else {})}


def _runs_after(complaint: Complaint, changed: list[Run]) -> Changes:
    if not changed:
        return {}
    runs = {(run.clock, run.n): run for run in complaint.runs}
    runs.update({(run.clock, run.n): run for run in changed})
    counts = dict(complaint.counts)
    for run in changed:
        counts[run.clock] = max(run.n, counts.get(run.clock, 0))
    return {"runs": [run for run in runs.values() if run.open], "counts": counts}


def _no_change(_complaint: Complaint, _draft: EventDraft, _seq: int) -> Changes:
    return {}


def _registered(_complaint: Complaint, draft: EventDraft, _seq: int) -> Changes:
    fields = draft.fields
    return {
        "registered_at": draft.at,
        "channel": fields["channel"],
        "category": fields.get("category", {}),
        "unit": fields.get("unit"),
        "facts": fields.get("facts", {}),
        **_receipt_of(draft),
    }


def _receipt_of(draft: EventDraft) -> Changes:
    holder = draft.actor.id if draft.actor.kind == "staff" else ""
    return {"receipt": draft.fields.get("receipt", ""), "receipt_with": holder, "receipt_exposed": False}


def _reissued(_complaint: Complaint, draft: EventDraft, _seq: int) -> Changes:
    return _receipt_of(draft)


def _exposed(_complaint: Complaint, _draft: EventDraft, _seq: int) -> Changes:
    return {"receipt_with": "", "receipt_exposed": True}


def _assigned(complaint: Complaint, draft: EventDraft, _seq: int) -> Changes:
    return {"assigned": {**complaint.assigned, **draft.fields.get("assigned", {})}}


def _recused(complaint: Complaint, draft: EventDraft, _seq: int) -> Changes:
    return {"recused": [*complaint.recused, *excluded_by(draft.fields, draft.actor)]}


def _task_opened(complaint: Complaint, draft: EventDraft, seq: int) -> Changes:
    name = draft.fields["task"]
    task = OpenTask(name, draft.fields["role"], draft.at)
    opened = {**complaint.opened, name: complaint.opened.get(name, 0) + 1}
    asked = {**complaint.asked, name: draft.at}
    return {"tasks": {**complaint.tasks, str(seq): task}, "opened": opened, "asked": asked}


def _task_done(complaint: Complaint, draft: EventDraft, _seq: int) -> Changes:
    named = draft.fields["opened"].rpartition("/")[2]
    return {"tasks": {key: value for key, value in complaint.tasks.items() if key != named}}


def _ticked(complaint: Complaint, draft: EventDraft, _seq: int) -> Changes:
    item = draft.fields.get("item")
    return {} if item is None else {"ticked": sorted({*complaint.ticked, item})}


def _held(complaint: Complaint, _draft: EventDraft, seq: int) -> Changes:
    return {"held": f"{complaint.number}/{seq}"}


def _released(_complaint: Complaint, _draft: EventDraft, _seq: int) -> Changes:
    return {"held": None}


def _linked(_complaint: Complaint, draft: EventDraft, _seq: int) -> Changes:
    return {"follows": draft.fields.get("to")}


def corrected(fields: EventFields) -> dict[str, str]:
    """The categories that a `classified` event corrects. A policy's own field of this name holds no such table."""
    chosen = fields.get(CATEGORY)
    return chosen if isinstance(chosen, dict) else {}


def _switched(complaint: Complaint, draft: EventDraft, _seq: int) -> Changes:
    chosen = draft.fields.get("category", {})
    category = {"category": {**complaint.category, **chosen}} if chosen else {}
    return {"policy": draft.fields["to"], "calendar": draft.fields["calendar"], **category}


def _classified(complaint: Complaint, draft: EventDraft, _seq: int) -> Changes:
    chosen = corrected(draft.fields)
    return {"category": {**complaint.category, **chosen}} if chosen else {}


_CHANGES = {
    "registered": _registered,
    "classified": _classified,
    "assigned": _assigned,
    "rated": pending_state.rated,
    "proposed": pending_state.proposed,
    "approved": pending_state.settled,
    "rejected": pending_state.settled,
    "recused": _recused,
    "task_opened": _task_opened,
    "task_done": _task_done,
    "switched": _switched,
    "linked": _linked,
    "signed": pending_state.signed,
    "ticked": _ticked,
    **pending_state.OF_DEMANDS,
    "evidence_declared": pending_state.file_declared,
    "evidence_sealed": pending_state.sealed,
    "evidence_refused": pending_state.file_ended,
    "evidence_expired": pending_state.file_ended,
    "held": _held,
    "released": _released,
    "receipt_reissued": _reissued,
    "receipt_exposed": _exposed,
}
"""By type of event. Other types change no attribute of their own."""
