"""What the passing of time causes: warnings, misses and their escalation, ageing (design §1, §8).

Nothing depends on when a sweep comes by: each event has `at = due_at`, and the next rung counts from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from msgspec.structs import replace

from chalicelib.complaints import consequences, demands, recurring
from chalicelib.complaints.envelope import SYSTEM
from chalicelib.complaints.flow import Flow
from chalicelib.complaints.runs import MISSED, RUNNING, Run
from chalicelib.complaints.state import Complaint, Demand
from chalicelib.instants import SECOND, Instant, to_text
from chalicelib.policy.compiled import CompiledAgeing, Policy
from chalicelib.policy.worktime import due, parse_limit

MOST_EVENTS = 40
"""Owed events beyond this many are committed first (design §1)."""


class Owed(NamedTuple):
    """One thing that falls due. Order: by instant, then warnings, misses, ageing, silence, tasks, then by name."""

    at: Instant
    order: int
    name: str
    happen: Callable[[Flow, Instant], None]


def wake_at(policy: Policy, complaint: Complaint) -> Instant | None:
    """The first instant at which `advance` would yield an event, or None."""
    owed = _first(policy, complaint)
    return None if owed is None else owed.at


def advance(flow: Flow, now: Instant, most: int = MOST_EVENTS) -> bool:
    """Add what fell due up to and including `now`. False if more is owed than `most` events, as one commit takes."""
    while (owed := _first(flow.policy, flow.complaint)) is not None and owed.at <= now:
        mark = flow.mark()
        owed.happen(flow, owed.at)
        if len(flow.drafts) > most and mark.drafts:
            flow.back_to(mark)
            return False
    return True


def _first(policy: Policy, complaint: Complaint) -> Owed | None:
    return min(_owed(policy, complaint), key=lambda owed: owed[:3], default=None)


def _owed(policy: Policy, complaint: Complaint) -> Iterator[Owed]:
    for run in complaint.runs:
        if run.warns and run.state == RUNNING:
            yield Owed(run.warns[0], 0, run.clock, partial(_warn, run=run))
        if run.next is not None:
            yield Owed(run.next, 1, run.clock, partial(_miss, run=run))
    yield from _ages(policy, complaint)
    for key, demand in complaint.demands.items():
        if demand.due is not None:
            yield Owed(max(demand.due, complaint.at), 3, key, partial(_lapse, key=key, demand=demand))
    for name, at in recurring.openings(policy, complaint):
        yield Owed(at, 4, name, partial(_open_task, name=name))


def _ages(policy: Policy, complaint: Complaint) -> Iterator[Owed]:
    classes = policy.classes
    for compiled in policy.ageing:
        age = compiled.ageing
        started = complaint.seen.get(age.start)
        resolved = any(event in complaint.seen for event in age.until)
        lower = complaint.severity in classes and classes.index(complaint.severity) < classes.index(age.to)
        if started is not None and lower and not resolved:
            moment = due(policy.calendar, compiled.limit, started).due
            if moment is not None:
                yield Owed(max(moment, complaint.at), 2, age.to, partial(_reclassify, compiled=compiled))


def _lapse(flow: Flow, at: Instant, key: str, demand: Demand) -> None:
    demands.lapse(flow, key, demand, at)


def _open_task(flow: Flow, at: Instant, name: str) -> None:
    monthly = flow.policy.document.tasks[name].monthly
    until = None if monthly is None else to_text(recurring.end_of_due_day(flow.policy, monthly, at))
    consequences.open_task(flow, name, until, at, due_at=at)


def _warn(flow: Flow, at: Instant, run: Run) -> None:
    fields = {"clock": run.clock, "run": run.n, "due": None if run.due is None else to_text(run.due)}
    about = flow.add(
        "warned", at=at, due_at=at, actor=SYSTEM, fields=fields, changed=[replace(run, warns=run.warns[1:])]
    )
    _tell(flow, _on_tier(flow, flow.complaint.tier), run, about, at, "warned")


def _tell(flow: Flow, to: list[str], run: Run, about: str, at: Instant, wording: str) -> None:
    """Of a run, with its own due time: another clock's may be earlier."""
    consequences.notify(flow, to, about=about, at=at, wording=wording, clock=run.clock, **consequences.due_of(run))


def _on_tier(flow: Flow, tier: int) -> list[str]:
    tiers = flow.policy.document.tiers
    roles = tiers[min(tier, len(tiers)) - 1].roles if tiers else []
    people = [f"@{sub}" for subs in flow.complaint.assigned.values() for sub in subs]
    return [*roles, *people] or ["owner"]


def _miss(flow: Flow, at: Instant, run: Run) -> None:
    """One rung: id `<number>/<clock>/<run>/<rung>`, so that it can be written only once (X.3)."""
    rung = run.rung + 1
    escalates = flow.policy.clocks[run.clock].clock.missed == "escalate"
    tier = rung + 1 if escalates and rung < len(flow.policy.document.tiers) else None
    missed = replace(run, state=MISSED, rung=rung, warns=[], next=_next_rung(flow.policy, run, tier, at))
    fields: dict[str, Any] = {"clock": run.clock, "run": run.n, "rung": rung}
    about = flow.add(
        "missed",
        at=at,
        due_at=at,
        actor=SYSTEM,
        fields=fields,
        changed=[missed],
        name=f"{run.clock}/{run.n}/{rung}",
    )
    if tier is not None:
        reached = max(tier, flow.complaint.tier)
        roles = flow.policy.document.tiers[tier - 1].roles
        flow.add(
            "escalated",
            at=at,
            due_at=at,
            actor=SYSTEM,
            fields={**fields, "tier": tier, "roles": roles},
            tier=reached,
        )
        _tell(flow, roles, run, about, at, "escalated")
    elif escalates:
        # The top of the ladder has had its time too: that does not end in silence (P2.2).
        _tell(flow, _on_tier(flow, flow.complaint.tier), run, about, at, "missed")


def _next_rung(policy: Policy, run: Run, tier: int | None, at: Instant) -> Instant | None:
    """When the tier that was reached has had its time: its own limit, or the clock's again.

    A clock whose due time was stated has as long again as it had from its start. `tier` is None at the top, whose
    alarm is repeated as the policy says, and where nothing escalates.
    """
    if tier is None:
        escalates = policy.clocks[run.clock].clock.missed == "escalate"
        return due(policy.calendar, policy.again, at).due if escalates and policy.again else None
    limit = policy.tiers[tier - 1] or (parse_limit(run.limit) if run.limit else None)
    if limit is None:
        return at + max(at - run.started, SECOND)
    return due(policy.calendar, limit, at).due


def _reclassify(flow: Flow, at: Instant, compiled: CompiledAgeing) -> None:
    age = compiled.ageing
    fields = {"from": flow.complaint.severity, "to": age.to, "cause": "ageing", "after": age.after}
    about = flow.add("reclassified", at=at, due_at=at, actor=SYSTEM, fields=fields, severity=age.to)
    consequences.notify(flow, _on_tier(flow, flow.complaint.tier), about=about, at=at, wording="reclassified")
    consequences.open_tasks(flow, "reclassified", fields, at)
