"""Views of a complaint: the response to an act, and the complaint's state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chalicelib.casework.snapshot import next_deadline
from chalicelib.complaints import acts, approvals
from chalicelib.complaints.envelope import EventDraft, event_id
from chalicelib.complaints.permits import COMPLAINANT, Asker
from chalicelib.complaints.state import Complaint, Demand
from chalicelib.instants import to_text
from chalicelib.policy.compiled import Policy


def after_act(policy: Policy, complaint: Complaint, asker: Asker, drafts: Sequence[EventDraft]) -> dict[str, Any]:
    """The complaint's state with the acts that are open to the caller, and the events of the act."""
    first = complaint.seq - len(drafts) + 1
    events = [
        {"id": event_id(complaint.number, first + position, draft.name), "type": draft.type, "at": to_text(draft.at)}
        for position, draft in enumerate(drafts)
    ]
    return {**state(policy, complaint, asker), "events": events}


def state(policy: Policy, complaint: Complaint, asker: Asker) -> dict[str, Any]:
    """`acts` are open to the caller now; `forms` describes the fields of each."""
    stage = policy.document.stages[complaint.stage]
    open_acts = acts.open_to(policy, complaint, asker)
    first = next_deadline(complaint)
    return {
        "number": complaint.number,
        "version": str(complaint.seq),
        "policy": complaint.policy,
        "stage": complaint.stage,
        "stage_name": None if stage.name is None else stage.name.to_json(),
        "severity": complaint.severity,
        "tier": complaint.tier,
        "channel": complaint.channel,
        "category": complaint.category,
        "unit": complaint.unit,
        "flags": complaint.flags,
        "registered_at": to_text(complaint.registered_at),
        "next": None if first is None else {"clock": first.clock, "due": to_text(first.due or 0), "state": first.state},
        "acts": open_acts,
        "forms": _forms(policy, complaint, asker, open_acts),
        **(_office_acts(policy, complaint, asker) if asker.kind == "staff" else {}),
        **(_for_staff(policy, complaint, asker) if asker.kind == "staff" else {}),
    }


def _office_acts(policy: Policy, complaint: Complaint, asker: Asker) -> dict[str, Any]:
    """The acts that exist under every policy, and the acts that the caller may record on the complainant's behalf."""
    own = acts.office_acts_open_to(policy, complaint, asker)
    on_behalf = acts.open_to(policy, complaint, COMPLAINANT)
    return {
        "office_acts": own,
        "office_forms": _forms(policy, complaint, asker, own),
        "complainant_acts": on_behalf,
        "complainant_forms": _forms(policy, complaint, COMPLAINANT, on_behalf),
        "follows": complaint.follows,
    }


def _for_staff(policy: Policy, complaint: Complaint, asker: Asker) -> dict[str, Any]:
    return {
        "assigned": complaint.assigned,
        "held": complaint.held,
        "receipt_with": complaint.receipt_with or None,
        "receipt_exposed": complaint.receipt_exposed,
        "guidance": [
            {"item": str(number), **line.to_json(), "ticked": str(number) in complaint.ticked}
            for number, line in enumerate(policy.document.stages[complaint.stage].guidance, 1)
        ],
        "demands": [
            {"demand": f"{complaint.number}/{key}", "of": demand.of, "kinds": demand.kinds, "until": _until(demand)}
            for key, demand in complaint.demands.items()
        ],
        "proposals": [
            {"proposal": f"{complaint.number}/{key}", "act": proposal.act, "approvers": proposal.approvers}
            for key, proposal in complaint.proposals.items()
        ],
        "awaiting_me": [f"{complaint.number}/{key}" for key in approvals.approvable_by(complaint, asker)],
        "tasks": [
            {"task": task.task, "id": f"{complaint.number}/{key}", "role": task.role, "opened": to_text(task.opened)}
            for key, task in complaint.tasks.items()
        ],
    }


def _until(demand: Demand) -> str | None:
    return None if demand.due is None else to_text(demand.due)


def _forms(policy: Policy, complaint: Complaint, asker: Asker, names: Sequence[str]) -> dict[str, Any]:
    return {name: [field.to_json() for field in acts.form(policy, complaint, asker, name)] for name in names}
