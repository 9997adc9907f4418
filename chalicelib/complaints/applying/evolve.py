"""Builds the state of a complaint from its events. `evolve` needs no policy: each event holds its consequences."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from chalicelib.complaints.applying import pending_state
from chalicelib.complaints.envelope import LINKED_AS, PARTIES, EventDraft, EventFields
from chalicelib.complaints.participation import Participation, excluded_by
from chalicelib.complaints.runs import Run, from_json, reaching_from_json, run_key
from chalicelib.complaints.state import Changes, Complaint, OwedTask, corrected
from chalicelib.policy.language.conditions import REPEAT
from chalicelib.policy.language.facts import SIGN, STRUCK
from chalicelib.policy.language.vocabulary import BEFORE_EFFECT, EVENT_TERMS, UNDONE_BY_REOPENING

_RESPONDENT = "respondent"


def evolve(complaint: Complaint, draft: EventDraft) -> Complaint:
    """Returns the complaint after the event. `head` is set later, when the event is recorded."""
    seq = complaint.seq + 1
    undone = {*draft.result.undone, *(UNDONE_BY_REOPENING if draft.type == "reopened" else ())}
    seen = {event: at for event, at in complaint.seen.items() if event not in undone}
    if not draft.result.partial:
        seen[draft.type] = draft.counts_from
    changed = {} if _is_deferred(draft) else _CHANGES.get(draft.type, _no_change)(complaint, draft, seq)
    if draft.result.unit is not None:
        changed = {**changed, "unit": draft.result.unit}
    if draft.result.stage != complaint.stage:
        changed = {"signed": {}, "signers": {}, "ticked": [], "since": draft.at, **changed}
    said = {**_said(complaint, draft), **_of_people(complaint, draft)}
    changed = {**said, **pending_state.without_voided(complaint, draft), **changed}
    if complaint.undisclosed and _discloses(draft):
        changed["undisclosed"] = False
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
        **_told_after(complaint, draft, runs),
        **_participation_after(complaint, draft, runs),
        **_reach_after(draft),
        **changed,
        **complaint.own_changes(draft),
    )


def _discloses(draft: EventDraft) -> bool:
    """Whether the respondent sees the complaint from this event on: it is accepted, or they are told or asked."""
    if draft.type == "accepted":
        return not draft.result.partial
    told = draft.fields.get({"notified": "to", "evidence_demanded": "of"}.get(draft.type, ""))
    return told == _RESPONDENT or (isinstance(told, list) and _RESPONDENT in told)


def _is_deferred(draft: EventDraft) -> bool:
    """Several roles make or answer a demand together: only the last one's act changes the demands."""
    return draft.result.partial and draft.type in ("evidence_demanded", "evidence_received")


def _participation_after(complaint: Complaint, draft: EventDraft, runs: list[Run]) -> Changes:
    before = Participation(draft.result.respondent) if draft.type == "registered" else complaint.participation
    if before is None:
        return {}
    return {"participation": before.after(draft.type, draft.actor, runs, draft.result.took_part)}


def _said(complaint: Complaint, draft: EventDraft) -> Changes:
    """What staff say that the filing could not: categories, corrected ones included, and facts."""
    fields, chosen = draft.fields, corrected(draft.type, draft.fields)
    changes: Changes = {"category": {**complaint.category, **chosen}} if chosen else {}
    if not complaint.for_staff or draft.act is None or draft.result.partial or draft.type in BEFORE_EFFECT:
        return changes
    said = {*chosen, *fields, *fields.get("given", ())}
    facts = {name: fields[name] for name in complaint.for_staff if name in fields}
    by_staff = draft.actor.kind == "staff" and draft.actor.on_behalf_of not in PARTIES
    asked = by_staff and draft.result.stage != complaint.stage
    left = [] if asked else [name for name in complaint.for_staff if name not in said]
    return {**changes, "for_staff": left, **({"facts": {**complaint.facts, **facts}} if facts else {})}


def _of_people(complaint: Complaint, draft: EventDraft) -> Changes:
    """Assignments by acts other than `assign`, and the roles that have done an act of several roles."""
    people, roles = draft.result.assigned, draft.result.signed
    assigned = _reassigned(complaint, people) if people else {}
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


def _told_after(complaint: Complaint, draft: EventDraft, changed: list[Run]) -> Changes:
    """Who was told of which due time. A filing tells the complainant the times that begin with it.

    Those who were told of a run's time wait for that of the run in its place. Runs that have ended tell no more.
    """
    if complaint.participation is None and draft.type != "registered":  # the times of a unit's tasks do not move
        return {}
    told = dict(complaint.told)
    for run in changed:
        if run.replaces and (before := complaint.told.get(run_key(run.clock, run.replaces))):
            told[run.key] = before
        if not run.open:
            told.pop(run.key, None)
        elif draft.type == "registered" and run.due is not None:
            told[run.key] = {"complainant": run.due}
    if draft.type == "notified" and draft.act is None:
        open_ = {run.key: run for run in complaint.runs}
        others = (*draft.fields.get("moved", ()), *draft.fields.get("also", ()))
        for key in {draft.fields.get("deadline"), *(one.get("deadline") for one in others)}:
            if key in open_ and (due := open_[key].due) is not None:
                told[key] = {**told.get(key, {}), **dict.fromkeys(draft.fields["to"], due)}
    return {} if told == complaint.told else {"told": told}


def _reach_after(draft: EventDraft) -> Changes:
    """The ways to reach the complainant, and what has yet to reach them."""
    told, contact = draft.result.reaching, draft.result.contact
    changes: Changes = {} if contact is None else {"contact": contact}
    return changes if told is None else {**changes, "reaching": reaching_from_json(told)}


def _no_change(_complaint: Complaint, _draft: EventDraft, _seq: int) -> Changes:
    return {}


def _registered(_complaint: Complaint, draft: EventDraft, _seq: int) -> Changes:
    fields = draft.fields
    return {
        "registered_at": draft.at,
        "channel": fields["channel"],
        "category": fields.get("category", {}),
        "filed_by": (draft.actor.role if draft.actor.kind == "staff" else None) or "complainant",
        "unit": fields.get("unit"),
        "facts": fields.get("facts", {}),
        "overseers": draft.result.overseers,
        "signs": draft.result.signs,
        "undisclosed": draft.result.undisclosed,
        "for_staff": fields.get("for_staff", []),
        **_repeat(fields),
        **_receipt_of(draft),
    }


def _repeat(fields: EventFields) -> Changes:
    if REPEAT not in fields:
        return {}
    from chalicelib.complaints import repeats  # few policies count them

    return repeats.at_filing(fields)


def _receipt_of(draft: EventDraft) -> Changes:
    holder = draft.actor.id if draft.actor.kind == "staff" else ""
    return {"receipt": draft.fields.get("receipt", ""), "receipt_with": holder, "receipt_exposed": False}


def _reissued(complaint: Complaint, draft: EventDraft, _seq: int) -> Changes:
    """The mark stays if the exposed receipt replaced itself: who knew it could have asked."""
    return {**_receipt_of(draft), "receipt_exposed": complaint.receipt_exposed and draft.actor.kind != "staff"}


def _exposed(_complaint: Complaint, _draft: EventDraft, _seq: int) -> Changes:
    return {"receipt_with": "", "receipt_exposed": True}


def _assigned(complaint: Complaint, draft: EventDraft, _seq: int) -> Changes:
    return _reassigned(complaint, draft.fields.get("assigned", {}))


def _reassigned(complaint: Complaint, people: Mapping[str, list[str]]) -> Changes:
    """`people`: who is assigned now, by role."""
    left = {role: [sub for sub in complaint.ever_assigned(role) if sub not in new] for role, new in people.items()}
    changed = {role: former for role, former in left.items() if former != complaint.formerly.get(role, [])}
    formerly = {"formerly": {**complaint.formerly, **changed}} if changed else {}
    return {"assigned": {**complaint.assigned, **people}, **formerly}


def _recused(complaint: Complaint, draft: EventDraft, _seq: int) -> Changes:
    return {"recused": [*complaint.recused, *excluded_by(draft.fields, draft.actor)]}


def _task_opened(complaint: Complaint, draft: EventDraft, seq: int) -> Changes:
    name = draft.fields["task"]
    task = OwedTask(name, draft.fields["role"], draft.at)
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


def _linked(complaint: Complaint, draft: EventDraft, _seq: int) -> Changes:
    to = draft.fields.get("to")  # previews name none
    if draft.fields.get(LINKED_AS) != REPEAT:
        return {"follows": to}
    from chalicelib.complaints import repeats  # few links

    return repeats.linked(complaint, to)


def _unlinked(_complaint: Complaint, _draft: EventDraft, _seq: int) -> Changes:
    return {"follows": None}


def _switched(complaint: Complaint, draft: EventDraft, _seq: int) -> Changes:
    chosen = draft.fields.get("category", {})
    category = {"category": {**complaint.category, **chosen}} if chosen else {}
    version = {"policy": draft.fields["to"], "calendar": draft.fields["calendar"]}
    seen_by = {"overseers": draft.result.overseers, "undisclosed": draft.result.undisclosed}
    return {**version, **seen_by, **category}


def _classified(complaint: Complaint, draft: EventDraft, _seq: int) -> Changes:
    """`_said` corrects the categories."""
    if draft.result.partial or {SIGN, STRUCK}.isdisjoint(draft.fields):
        return {}
    from chalicelib.complaints.applying import lowering  # few events

    return lowering.signs_after(complaint, draft.fields)


_CHANGES = {
    **dict.fromkeys((*EVENT_TERMS, "scored"), _no_change),
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
    "unlinked": _unlinked,
    "ticked": _ticked,
    **pending_state.OF_DEMANDS,
    "evidence_declared": pending_state.file_declared,
    "evidence_sealed": pending_state.sealed,
    "evidence_refused": pending_state.file_ended,
    "evidence_expired": pending_state.file_ended,
    "held": _held,
    "released": _released,
    "values_erased": pending_state.none_left,
    "receipt_reissued": _reissued,
    "receipt_exposed": _exposed,
}
"""By type of event: all that this release records."""


def is_known(type_: str) -> bool:
    """False for a type of a later release, whose effect is then unknown."""
    return type_ in _CHANGES
