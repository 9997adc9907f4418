"""Views of a complaint: the response to an act, and the complaint's state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from chalicelib.casework.private_values import MaskedPlace
from chalicelib.casework.queue_row import NextDeadline, shown_next
from chalicelib.casework.views import open_matters
from chalicelib.complaints.acting import approvals, open_acts
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.envelope import EventDraft, event_id
from chalicelib.complaints.fields import Forms
from chalicelib.complaints.rights.confidentiality import speaker_for
from chalicelib.complaints.rights.permits import COMPLAINANT, Asker
from chalicelib.complaints.state import Complaint
from chalicelib.kit.instants import to_text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import Ordinal, ordinal
from chalicelib.policy.language.values.fact_kinds import FieldValue
from chalicelib.store.keys import CaseRef


class ActEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event that an act has recorded."""

    id: str
    type: str
    at: str


def similar_address(ref: CaseRef) -> str:
    """The address of the list of complaints whose text is similar."""
    return f"/v1/t/{ref.tenant}/complaints/{ref.number}/similar"


_HELD = "The event of the legal hold."
_RECEIVED = "When the complaint arrived, if that was before its registration. Clocks of the filing start then."


class ComplaintView(msgspec.Struct, frozen=True, kw_only=True):
    """`acts`: open to the caller now; `forms`: their fields. Keys after `forms` are for staff; `facts` is in the
    response to GET, `events` and `voided` in the response to an act."""

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
    received_at: Annotated[str, msgspec.Meta(description=_RECEIVED)] | msgspec.UnsetType = msgspec.UNSET
    next: NextDeadline | None
    acts: list[str]
    forms: Forms
    office_acts: list[str] | msgspec.UnsetType = msgspec.UNSET
    """Acts open to the caller under any policy: `note`, `link`, `inform`, and a repeated `assign`."""
    office_forms: Forms | msgspec.UnsetType = msgspec.UNSET
    further_acts: list[str] | msgspec.UnsetType = msgspec.UNSET
    """For the complainant: acts open to them under any policy, such as `write`."""
    further_forms: Forms | msgspec.UnsetType = msgspec.UNSET
    complainant_acts: list[str] | msgspec.UnsetType = msgspec.UNSET
    """Acts that the caller may record with `on_behalf_of: complainant`."""
    complainant_forms: Forms | msgspec.UnsetType = msgspec.UNSET
    complainant_further_acts: list[str] | msgspec.UnsetType = msgspec.UNSET
    """Of these, acts open to the complainant under any policy, such as `write`."""
    complainant_further_forms: Forms | msgspec.UnsetType = msgspec.UNSET
    follows: str | msgspec.UnsetType | None = msgspec.UNSET
    """The complaint that this one duplicates."""
    duplicate: bool | msgspec.UnsetType = msgspec.UNSET
    """For the complainant: True if it is handled together with another complaint about the same matter, with whose
    outcome it is closed."""
    repeat: Ordinal | msgspec.UnsetType = msgspec.UNSET
    """Which complaint about the same matter it is, if its policy counts them."""
    earlier: list[str] | msgspec.UnsetType = msgspec.UNSET
    """With `repeat`: the newest of the earlier complaints, and those linked as earlier ones."""
    assigned: dict[str, list[str]] | msgspec.UnsetType = msgspec.UNSET
    held: Annotated[str | None, msgspec.Meta(description=_HELD)] | msgspec.UnsetType = msgspec.UNSET
    similar: str | msgspec.UnsetType = msgspec.UNSET
    """The address of the complaints with a similar text, in the response to GET of a member who may see the content."""
    receipt_with: str | msgspec.UnsetType | None = msgspec.UNSET
    """The member who also saw the receipt, because they filed for the complainant."""
    receipt_exposed: bool | msgspec.UnsetType = msgspec.UNSET
    """True if such a member has left the organisation, or is excluded from the complaint: reissue the receipt."""
    guidance: list[open_matters.GuidanceLine] | msgspec.UnsetType = msgspec.UNSET
    demands: list[open_matters.OpenDemand] | msgspec.UnsetType = msgspec.UNSET
    proposals: list[open_matters.Proposal] | msgspec.UnsetType = msgspec.UNSET
    awaiting_me: list[str] | msgspec.UnsetType = msgspec.UNSET
    tasks: list[open_matters.OpenTask] | msgspec.UnsetType = msgspec.UNSET
    facts: dict[str, FieldValue] | msgspec.UnsetType = msgspec.UNSET
    masked: list[MaskedPlace] | msgspec.UnsetType = msgspec.UNSET
    """In the response to GET of a respondent: the masks in `facts`, each in place of what identifies a person."""
    damaged: bool | msgspec.UnsetType = msgspec.UNSET
    """In the response to GET: facts are missing, because their stored values cannot be decrypted."""
    excluded: bool | msgspec.UnsetType = msgspec.UNSET
    """True in the response to GET of a member whom the complaint excludes. It has no facts and no acts then."""
    events: list[ActEvent] | msgspec.UnsetType = msgspec.UNSET
    voided: list[open_matters.Proposal] | msgspec.UnsetType = msgspec.UNSET
    """The proposals that these events voided: they can no longer be approved. Absent if there are none."""
    erased_at: str | msgspec.UnsetType = msgspec.UNSET
    """When the private values were erased, because the time to keep them was over. There are no acts then."""


def after_act(flow: Flow, complaint: Complaint, asker: Asker) -> ComplaintView:
    """The complaint's state with the acts that are open to the caller, and the events of the act.

    `complaint`: after the commit of `flow`.
    """
    view = replace(state(flow.policy, complaint, asker), events=act_events(complaint, flow.drafts))
    return replace(view, voided=_voided(flow) or msgspec.UNSET) if asker.kind == "staff" else view


def _voided(flow: Flow) -> list[open_matters.Proposal]:
    known = {proposal.proposal: proposal for proposal in open_matters.proposals(flow.before)}
    for seq, draft in enumerate(flow.drafts, flow.before.seq + 1):
        if draft.type == "proposed":
            made = f"{flow.before.number}/{seq}"
            known[made] = open_matters.Proposal(
                proposal=made, act=draft.fields["act"], approvers=draft.fields["approvers"]
            )
    return [known[f"{flow.before.number}/{key}"] for draft in flow.drafts for key in draft.result.voided]


def act_events(after: Complaint, drafts: Sequence[EventDraft]) -> list[ActEvent]:
    """The events of an act. `after`: the state of the complaint or unit with them."""
    first = after.seq - len(drafts) + 1
    return [
        ActEvent(id=event_id(after.number, seq, draft.name), type=draft.type, at=to_text(draft.at))
        for seq, draft in enumerate(drafts, first)
    ]


def state(policy: Policy, complaint: Complaint, asker: Asker) -> ComplaintView:
    """The complaint as this caller sees it, without `facts` and `events`."""
    stage = policy.document.stages[complaint.stage]
    mine = open_acts.open_to(policy, complaint, asker)
    view = ComplaintView(
        number=complaint.number,
        version=str(complaint.seq),
        policy=complaint.policy,
        stage=complaint.stage,
        stage_name=None if stage.name is None else stage.name.to_json(),
        severity=complaint.severity,
        tier=complaint.tier,
        channel=complaint.channel,
        category=complaint.category,
        unit=complaint.unit,
        flags=complaint.flags,
        registered_at=to_text(complaint.registered_at),
        next=shown_next(complaint),
        acts=mine,
        forms=_forms(policy, complaint, asker, mine),
        received_at=_received_at(complaint),
        erased_at=UNSET if complaint.erased_at is None else to_text(complaint.erased_at),
    )
    if asker.kind == COMPLAINANT.kind:
        further = open_acts.office_acts_open_to(policy, complaint, asker)
        forms = _forms(policy, complaint, asker, further)
        return replace(view, further_acts=further, further_forms=forms, duplicate=complaint.follows is not None)
    return _for_staff(view, policy, complaint, asker) if asker.kind == "staff" else view


def for_excluded(policy: Policy, complaint: Complaint) -> ComplaintView:
    """For a member whom the complaint excludes: that it does, how far it is, and no act (decision 0121)."""
    stage = policy.document.stages[complaint.stage]
    return ComplaintView(
        number=complaint.number,
        version=str(complaint.seq),
        policy=complaint.policy,
        stage=complaint.stage,
        stage_name=None if stage.name is None else stage.name.to_json(),
        severity=None,
        tier=complaint.tier,
        channel=complaint.channel,
        category={},
        unit=None,
        flags={},
        registered_at=to_text(complaint.registered_at),
        next=None,
        acts=[],
        forms={},
        office_acts=[],
        office_forms={},
        complainant_acts=[],
        complainant_forms={},
        facts={},
        excluded=True,
    )


def _received_at(complaint: Complaint) -> str | msgspec.UnsetType:
    """Clocks from `registered` start when the complaint arrived, which `seen` has."""
    received = complaint.seen.get("registered", complaint.registered_at)
    return to_text(received) if received < complaint.registered_at else msgspec.UNSET


def _for_staff(view: ComplaintView, policy: Policy, complaint: Complaint, asker: Asker) -> ComplaintView:
    own = open_acts.office_acts_open_to(policy, complaint, asker)
    speaker = speaker_for(policy, complaint, asker, COMPLAINANT.kind)
    on_behalf = [] if speaker is None else open_acts.open_to(policy, complaint, speaker)
    further = [] if speaker is None else open_acts.office_acts_open_to(policy, complaint, speaker)
    return replace(
        view,
        office_acts=own,
        office_forms=_forms(policy, complaint, asker, own),
        complainant_acts=on_behalf,
        complainant_forms=_forms(policy, complaint, COMPLAINANT, on_behalf),
        complainant_further_acts=further,
        complainant_further_forms=_forms(policy, complaint, COMPLAINANT, further),
        follows=complaint.follows,
        repeat=UNSET if policy.repeats is None else ordinal(complaint.repeat),
        earlier=UNSET if policy.repeats is None else complaint.earlier,
        assigned=complaint.assigned,
        held=complaint.held,
        receipt_with=complaint.receipt_with or None,
        receipt_exposed=complaint.receipt_exposed,
        guidance=open_matters.guidance(policy, complaint),
        demands=open_matters.demands(complaint),
        proposals=open_matters.proposals(complaint),
        awaiting_me=[f"{complaint.number}/{key}" for key in approvals.approvable_by(policy, complaint, asker)],
        tasks=open_matters.tasks(complaint),
    )


def _forms(policy: Policy, complaint: Complaint, asker: Asker, names: Sequence[str]) -> Forms:
    return {name: [field.form_field for field in open_acts.form(policy, complaint, asker, name)] for name in names}
