"""A flow: a sequence of event drafts, each with its consequences for stage, severity, flags and clocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
from msgspec.structs import replace

from chalicelib.complaints import clocks, runs
from chalicelib.complaints.condition_context import situation
from chalicelib.complaints.envelope import EventDraft, EventFields, Occurrence, Result, Secrets, event_id
from chalicelib.complaints.runs import Run
from chalicelib.complaints.state import Complaint, Proposal, evolve
from chalicelib.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import holds
from chalicelib.policy.worktime import spend


def flags_with_route(policy: Policy, complaint: Complaint) -> dict[str, str]:
    """The complaint's flags, with `routed` set to the role that handles it in its present state (P8.4)."""
    case = situation(policy, complaint)
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


def with_stale_proposals(policy: Policy, before: Complaint, draft: EventDraft) -> Result:
    """The event's result, in which it also voids the proposals that depend on a value that it changes."""
    if not before.proposals or not policy.second_edition:
        return draft.result
    old, new = situation(policy, before), situation(policy, evolve(before, draft))
    changed = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)} - {"stage"}
    stale = [key for key, one in before.proposals.items() if changed & needed_values(policy, before.stage, one)]
    return replace(draft.result, voided=list(dict.fromkeys([*draft.result.voided, *stale])))


def needed_values(policy: Policy, stage: str, proposal: Proposal) -> set[str]:
    """The names of the values that a proposal depends on: its conditions, and the flags that its fields set."""
    document = policy.document
    if proposal.task is not None:
        task = document.tasks.get(proposal.task)
        return {name for when in task.when for name in when} if task else set()
    act = document.stages[stage].acts.get(proposal.act)
    if act is None:
        return set()
    facts = [document.fields[name] for name in (*act.needs, *act.takes) if name in document.fields]
    choices = [option.when for fact in facts for option in fact.choices.values()]
    approval = act.approval.when if act.approval else {}
    outcomes = [target.when for target in act.targets] + [rule.when for rule in act.tells]
    set_by_fields = {flag for flag, value in act.sets.items() if value.startswith("field.")}
    return set_by_fields.union(act.when, approval, *choices, *outcomes)


class Savepoint(msgspec.Struct, frozen=True):
    """A point in a flow to which it can return: the state, and the number of drafts so far."""

    complaint: Complaint
    drafts: int


class PerformedByTime(msgspec.Struct, frozen=True):
    """An act that the system performs at the due time of a run. `name`: the part of the event's id after the number."""

    run: Run
    name: str
    due_at: Instant


def _changed_runs(
    policy: Policy, after: Complaint, draft: EventDraft, performed: PerformedByTime | None
) -> Sequence[Run]:
    """The run whose due time performed the act is met before the act's consequences, so no event cancels it."""
    if performed is None:
        return clocks.changed_runs(policy, after, draft)
    run = performed.run
    others = [one for one in after.runs if (one.clock, one.n) != (run.clock, run.n)]
    met = clocks.end(run, draft.at, runs.MET)
    return [met, *clocks.changed_runs(policy, replace(after, runs=others), draft)]


class Flow:
    """Collects the drafts of one command. `complaint` is always the state after the last draft."""

    def __init__(self, policy: Policy, complaint: Complaint) -> None:
        self.policy = policy
        self.before = complaint
        self.complaint = complaint
        self.drafts: list[EventDraft] = []
        self._by_time = False
        self._performed: PerformedByTime | None = None

    @contextmanager
    def by_time(self, performed: PerformedByTime | None = None) -> Iterator[None]:
        """The passing of time causes the events that are added inside. `performed` marks the first of them."""
        self._by_time, self._performed = True, performed
        try:
            yield
        finally:
            self._by_time, self._performed = False, None

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
        changed: Sequence[Run] | None = None,
        **result: Any,
    ) -> str:
        """Appends an event and returns its id.

        `changed`: runs that the caller has changed itself (misses, warnings). Without it, the flow derives the changed
        runs from the event. `result` sets a new `stage`, `tier`, `severity` or `flags`.
        """
        spend(self.policy.event_steps)
        before = self.complaint
        outcome = self._outcome(result)
        draft = EventDraft(
            type=type_,
            at=occurrence.at,
            actor=occurrence.actor if self.policy.second_edition else replace(occurrence.actor, deputy=None),
            act=occurrence.act,
            due_at=occurrence.due_at,
            fields=fields or {},
            result=outcome,
            secrets=secrets or {},
            name=occurrence.name,
            by_time=self._by_time,
        )
        performed, self._performed = self._performed, None
        if performed is not None:
            draft = replace(draft, due_at=performed.due_at, name=performed.name)
        if self.policy.document.intake.routing:
            outcome = replace(outcome, flags=flags_with_route(self.policy, evolve(before, draft)))
            draft = replace(draft, result=outcome)
        draft = replace(draft, result=with_stale_proposals(self.policy, before, draft))
        if changed is None:
            changed = _changed_runs(self.policy, evolve(before, draft), draft, performed)
        spend(sum(3 + (len(run.warns) + len(run.pauses)) // 4 for run in changed))
        draft = replace(draft, result=replace(draft.result, clocks=[runs.to_json(run) for run in changed]))
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
            assigned=result.get("assigned", {}),
            signed=result.get("signed", []),
            edition=result.get("edition"),
            respondent=result.get("respondent", False),
        )
