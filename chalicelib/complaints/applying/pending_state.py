"""What a complaint's state waits for: demands for evidence, files, approvals, and the other roles of an act.

A rating that a member recorded waits for the complainant's own.

Each function returns the attributes that an event changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from chalicelib.complaints.envelope import PARTIES, SYSTEM, EventDraft
from chalicelib.complaints.participation import Doer
from chalicelib.complaints.state import Complaint, Demand, PendingProposal, ProposalOrigin
from chalicelib.kit.instants import Instant, from_text

_COMPLAINANT, _RESPONDENT = "complainant", "respondent"
BY_STAFF = "asked_by_staff"
"""The key of a demand's event that is true if the system tells the respondent nothing of it, and staff ask them."""
WAITS = "waits"
"""The key of a demand's event with the time that waits for decisions on masks."""


def demanded(complaint: Complaint, draft: EventDraft, seq: int) -> dict[str, Any]:
    fields, waits = draft.fields, draft.fields.get(WAITS)
    demand = Demand(fields["of"], fields["kinds"], fields["every"], _instant(fields, "until"))
    if fields.get(BY_STAFF) is True:
        demand = msgspec.structs.replace(demand, by_staff=True)
    if isinstance(waits, dict):  # a policy's own field of this name holds no such table
        demand = msgspec.structs.replace(demand, within=waits["within"], decide_by=_instant(waits, "decide_by"))
    return {"demands": {**complaint.demands, str(seq): demand}}


def _instant(fields: Mapping[str, Any], name: str) -> Instant | None:
    return None if fields.get(name) is None else from_text(fields[name])


def masks_decided(complaint: Complaint, draft: EventDraft, _seq: int) -> dict[str, Any]:
    """The time of the demands that waited for the decisions begins."""
    begun = {one.rpartition("/")[2]: from_text(until) for one, until in draft.fields.get("begun", {}).items()}
    changed = {
        key: msgspec.structs.replace(complaint.demands[key], due=due, within="", decide_by=None)
        for key, due in begun.items()
    }
    return {"demands": {**complaint.demands, **changed}} if changed else {}


def reminded(complaint: Complaint, draft: EventDraft, _seq: int) -> dict[str, Any]:
    key = draft.fields["demand"].rpartition("/")[2]
    demand = msgspec.structs.replace(complaint.demands[key], decide_by=_instant(draft.fields, "decide_by"))
    return {"demands": {**complaint.demands, key: demand}}


def none_left(_complaint: Complaint, _draft: EventDraft, _seq: int) -> dict[str, Any]:
    """A complaint that was erased takes no act."""
    return {"tasks": {}, "demands": {}, "proposals": {}, "origins": {}}


def answered(complaint: Complaint, draft: EventDraft, _seq: int) -> dict[str, Any]:
    """The respondent can still answer what staff recorded an answer to in their place.

    Of the complainant, who can always add files, staff can record further papers (P5.2).
    """
    named = draft.fields["demand"].rpartition("/")[2]
    demand = complaint.demands.get(named)
    if demand is not None and (demand.of == _COMPLAINANT or (demand.of == _RESPONDENT and draft.act is not None)):
        kept = msgspec.structs.replace(demand, due=None, within="", decide_by=None, over=True, recorded=True)
        return {"demands": {**complaint.demands, named: kept}}
    return {"demands": _without(complaint, named)}


def _without(complaint: Complaint, named: str) -> dict[str, Demand]:
    return {key: value for key, value in complaint.demands.items() if key != named}


def lapsed(complaint: Complaint, draft: EventDraft, _seq: int) -> dict[str, Any]:
    """A demand whose recipient was not reached can still be answered."""
    key = draft.fields["demand"].rpartition("/")[2]
    if draft.fields.get("reached", True):
        return {"demands": _without(complaint, key)}
    return {"demands": {**complaint.demands, key: msgspec.structs.replace(complaint.demands[key], over=True)}}


OF_DEMANDS = {
    "evidence_demanded": demanded,
    "evidence_received": answered,
    "demand_lapsed": lapsed,
    "unmasked": masks_decided,
    "mask_confirmed": masks_decided,
    "mask_reminded": reminded,
}
"""What an event changes in the demands, by its type."""


def sealed(complaint: Complaint, draft: EventDraft, _seq: int) -> dict[str, Any]:
    """Removes the kind of the sealed file from the party's demands, or only from the demand that the event names."""
    of, kind, named = draft.fields["by"], draft.fields["kind"], draft.fields.get("demand")
    left = {
        key: msgspec.structs.replace(demand, kinds=[one for one in demand.kinds if one != kind])
        if demand.every and demand.of == of and named in (None, f"{complaint.number}/{key}")
        else demand
        for key, demand in complaint.demands.items()
    }
    return {"demands": left, **file_ended(complaint, draft, _seq)}


def file_declared(complaint: Complaint, _draft: EventDraft, _seq: int) -> dict[str, Any]:
    return {"awaited_files": complaint.awaited_files + 1}


def file_ended(complaint: Complaint, _draft: EventDraft, _seq: int) -> dict[str, Any]:
    return {"awaited_files": max(0, complaint.awaited_files - 1)}


def rated(_complaint: Complaint, draft: EventDraft, _seq: int) -> dict[str, Any]:
    return {"rating_recorded": draft.actor.kind != "complainant"}


def proposed(complaint: Complaint, draft: EventDraft, seq: int) -> dict[str, Any]:
    fields = draft.fields
    proposal = PendingProposal(fields["act"], draft.actor.id, fields["approvers"], fields.get("task"))
    origin = ProposalOrigin(
        Doer.of(draft.actor), draft.actor.stands_for or "", draft.result.concerns, draft.result.approval
    )
    return {
        "proposals": {**complaint.proposals, str(seq): proposal},
        "origins": {**complaint.origins, str(seq): origin},
    }


def settled(complaint: Complaint, draft: EventDraft, _seq: int) -> dict[str, Any]:
    return _without_proposals(complaint, [draft.fields["proposal"].rpartition("/")[2]])


def without_voided(complaint: Complaint, draft: EventDraft) -> dict[str, Any]:
    voided = draft.result.voided
    return _without_proposals(complaint, voided) if voided else {}


def _without_proposals(complaint: Complaint, keys: Sequence[str]) -> dict[str, Any]:
    proposals = {key: one for key, one in complaint.proposals.items() if key not in keys}
    return {"proposals": proposals, "origins": {key: one for key, one in complaint.origins.items() if key in proposals}}


def recipients(by: str) -> list[str]:
    """The proposer as a recipient of a message."""
    if by == SYSTEM.id:
        return []
    return [by if by == _COMPLAINANT else f"@{by}"]


def signed_by(complaint: Complaint, draft: EventDraft) -> dict[str, Any]:
    """After an act that each role does once: `signed` comes from the event's result."""
    act = draft.act or ""
    signers = [*complaint.signers.get(act, []), *_signer(draft)]
    return {
        "signed": {**complaint.signed, act: draft.result.signed},
        "signers": {**complaint.signers, act: signers},
    }


def _signer(draft: EventDraft) -> list[Doer]:
    """The person who did the act for their role: if it was approved, the proposer. None for a party."""
    proposer, *approver = draft.result.took_part or [[]]
    if proposer:
        return [Doer(*proposer)] if approver else []
    return [] if draft.actor.kind != "staff" or draft.actor.on_behalf_of in PARTIES else [Doer.of(draft.actor)]
