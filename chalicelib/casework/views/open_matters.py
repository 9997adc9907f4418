"""What waits in a complaint, as staff see it: lines of the checklist, demands, proposals and tasks."""

from __future__ import annotations

import msgspec

from chalicelib.complaints.state import Complaint
from chalicelib.kit.instants import to_text
from chalicelib.policy.compiled import Policy


class GuidanceLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the stage's checklist. `item`: its number."""

    item: str
    zh: str
    en: str
    ticked: bool


class OpenDemand(msgspec.Struct, frozen=True, kw_only=True):
    """`demand`: the event. `of`: the party or the role that must provide evidence of these kinds.

    After `until`, a respondent without a unit can still answer. `decide_by`: the time does not run yet, because masks
    in what the respondent reads wait for `unmask` or `confirm_mask`. Staff are reminded then.
    """

    demand: str
    of: str
    kinds: list[str]
    until: str | None
    decide_by: str | msgspec.UnsetType = msgspec.UNSET


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


def guidance(policy: Policy, complaint: Complaint) -> list[GuidanceLine]:
    return [
        GuidanceLine(item=str(number), zh=line.zh, en=line.en, ticked=str(number) in complaint.ticked)
        for number, line in enumerate(policy.document.stages[complaint.stage].guidance, 1)
    ]


def demands(complaint: Complaint) -> list[OpenDemand]:
    return [
        OpenDemand(
            demand=f"{complaint.number}/{key}",
            of=demand.of,
            kinds=demand.kinds,
            until=None if demand.due is None else to_text(demand.due),
            decide_by=msgspec.UNSET if demand.decide_by is None else to_text(demand.decide_by),
        )
        for key, demand in complaint.demands.items()
        if not demand.recorded
    ]


def proposals(complaint: Complaint) -> list[Proposal]:
    return [
        Proposal(proposal=f"{complaint.number}/{key}", act=proposal.act, approvers=proposal.approvers)
        for key, proposal in complaint.proposals.items()
    ]


def tasks(complaint: Complaint) -> list[OpenTask]:
    return [
        OpenTask(task=task.task, id=f"{complaint.number}/{key}", role=task.role, opened=to_text(task.opened))
        for key, task in complaint.tasks.items()
    ]
