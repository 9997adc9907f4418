"""A flow: a sequence of event drafts, each with its consequences for stage, severity, flags and clocks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from chalicelib.complaints import clocks, runs
from chalicelib.complaints.condition_context import situation
from chalicelib.complaints.envelope import EventDraft, EventFields, Occurrence, Result, Secrets, event_id
from chalicelib.complaints.runs import Run
from chalicelib.complaints.state import Complaint, evolve
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import holds


def flags_with_route(policy: Policy, complaint: Complaint) -> dict[str, str]:
    """The complaint's flags, with `routed` set to the role that handles it in its present state (P8.4)."""
    case = situation(complaint)
    role = next((route.role for route in policy.document.intake.routing if holds(route.when, case)), None)
    rest = {name: value for name, value in complaint.flags.items() if name != "routed"}
    return rest if role is None else {**rest, "routed": role}


def voided_proposals(policy: Policy, before: Complaint, stage: str) -> list[str]:
    """The proposals that cannot be approved in the new stage, because it lacks the proposed act.

    A proposed task stays valid as long as the stage has any act.
    """
    if stage == before.stage or not before.proposals:
        return []
    acts = policy.document.stages[stage].acts
    return [key for key, one in before.proposals.items() if not (acts if one.task is not None else one.act in acts)]


class Savepoint(msgspec.Struct, frozen=True):
    """A point in a flow to which it can return: the state, and the number of drafts so far."""

    complaint: Complaint
    drafts: int


class Flow:
    """Collects the drafts of one command. `complaint` is always the state after the last draft."""

    def __init__(self, policy: Policy, complaint: Complaint) -> None:
        self.policy = policy
        self.before = complaint
        self.complaint = complaint
        self.drafts: list[EventDraft] = []

    def savepoint(self) -> Savepoint:
        return Savepoint(self.complaint, len(self.drafts))

    def roll_back(self, savepoint: Savepoint) -> None:
        """Removes the drafts after the savepoint: they were refused, or belong to the next commit."""
        self.complaint = savepoint.complaint
        del self.drafts[savepoint.drafts :]

    def add(
        self,
        type_: str,
        occurrence: Occurrence,
        fields: EventFields | None = None,
        *,
        secrets: Secrets | None = None,
        changed: list[Run] | None = None,
        **result: Any,
    ) -> str:
        """Appends an event and returns its id.

        `changed`: runs that the caller has changed itself (misses, warnings). Without it, the flow derives the changed
        runs from the event. `result` sets a new `stage`, `tier`, `severity` or `flags`.
        """
        before = self.complaint
        outcome = self._outcome(result)
        draft = EventDraft(
            type=type_,
            at=occurrence.at,
            actor=occurrence.actor,
            act=occurrence.act,
            due_at=occurrence.due_at,
            fields=fields or {},
            result=outcome,
            secrets=secrets or {},
            name=occurrence.name,
        )
        if self.policy.document.intake.routing:
            outcome = replace(outcome, flags=flags_with_route(self.policy, evolve(before, draft)))
            draft = replace(draft, result=outcome)
        if changed is None:
            changed = clocks.changed_runs(self.policy, evolve(before, draft), draft)
        draft = replace(draft, result=replace(outcome, clocks=[runs.to_json(run) for run in changed]))
        self.complaint = evolve(before, draft)
        self.drafts.append(draft)
        return event_id(before.number, self.complaint.seq, draft.name)

    def _outcome(self, result: Mapping[str, Any]) -> Result:
        before = self.complaint
        stage = result.get("stage", before.stage)
        return Result(
            stage=stage,
            tier=result.get("tier", before.tier),
            severity=result.get("severity", before.severity),
            flags=result.get("flags", before.flags),
            voided=voided_proposals(self.policy, before, stage),
        )
