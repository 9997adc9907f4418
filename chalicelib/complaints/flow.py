"""Flow: events one after another, each with its consequences on stage, severity, flags and clocks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from chalicelib.complaints import clocks, runs
from chalicelib.complaints.condition_context import situation
from chalicelib.complaints.envelope import Actor, EventDraft, Result, event_id
from chalicelib.complaints.runs import Run
from chalicelib.complaints.state import Complaint, evolve
from chalicelib.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import holds


def routed(policy: Policy, complaint: Complaint) -> dict[str, str]:
    """The flags, with the role that the case goes to as it is now (P8.4)."""
    case = situation(complaint)
    role = next((route.role for route in policy.document.intake.routing if holds(route.when, case)), None)
    rest = {name: value for name, value in complaint.flags.items() if name != "routed"}
    return rest if role is None else {**rest, "routed": role}


def voided(policy: Policy, before: Complaint, stage: str) -> list[str]:
    """Proposals that nobody can approve any more once the complaint is in this stage: it has not their act.

    A task can be opened as long as anything can be done.
    """
    if stage == before.stage or not before.proposals:
        return []
    acts = policy.document.stages[stage].acts
    return [key for key, one in before.proposals.items() if not (acts if one.task is not None else one.act in acts)]


class Mark(msgspec.Struct, frozen=True):
    """A place in a flow: the state there, and how many drafts led to it."""

    complaint: Complaint
    drafts: int


class Flow:
    """Collects the drafts of one command. `complaint` is always the state after the last of them."""

    def __init__(self, policy: Policy, complaint: Complaint) -> None:
        self.policy = policy
        self.before = complaint
        self.complaint = complaint
        self.drafts: list[EventDraft] = []

    def mark(self) -> Mark:
        return Mark(self.complaint, len(self.drafts))

    def back_to(self, mark: Mark) -> None:
        """Forget what was added since: it was refused, or belongs into the next commit."""
        self.complaint = mark.complaint
        del self.drafts[mark.drafts :]

    def add(
        self,
        type_: str,
        *,
        at: Instant,
        actor: Actor,
        act: str | None = None,
        fields: dict[str, Any] | None = None,
        secrets: dict[str, dict[str, Any]] | None = None,
        due_at: Instant | None = None,
        name: str | None = None,
        changed: list[Run] | None = None,
        **result: Any,
    ) -> str:
        """Append an event and return its id. `result` replaces `stage`, `tier`, `severity` or `flags`.

        `changed` are runs that the caller changed itself (misses, warnings); otherwise the event's own consequences
        are worked out.
        """
        before = self.complaint
        outcome = self._outcome(result)
        draft = EventDraft(
            type=type_,
            at=at,
            actor=actor,
            act=act,
            due_at=due_at,
            fields=fields or {},
            result=outcome,
            secrets=secrets or {},
            name=name,
        )
        if self.policy.document.intake.routing:
            outcome = replace(outcome, flags=routed(self.policy, evolve(before, draft)))
            draft = replace(draft, result=outcome)
        moved = clocks.changes(self.policy, evolve(before, draft), draft) if changed is None else changed
        draft = replace(draft, result=replace(outcome, clocks=[runs.to_json(run) for run in moved]))
        self.complaint = evolve(before, draft)
        self.drafts.append(draft)
        return event_id(before.number, self.complaint.seq, name)

    def _outcome(self, result: Mapping[str, Any]) -> Result:
        before = self.complaint
        stage = result.get("stage", before.stage)
        return Result(
            stage=stage,
            tier=result.get("tier", before.tier),
            severity=result.get("severity", before.severity),
            flags=result.get("flags", before.flags),
            voided=voided(self.policy, before, stage),
        )
