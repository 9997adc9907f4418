"""What the passing of time causes: warnings, misses and their escalation, ageing (design §1, §8).

Nothing depends on when a sweep comes by: each event has `at = due_at`, and the next rung counts from there.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from msgspec.structs import replace

from chalicelib.complaints import consequences
from chalicelib.complaints.envelope import SYSTEM
from chalicelib.complaints.flow import Flow
from chalicelib.complaints.runs import MISSED, RUNNING, Run
from chalicelib.complaints.state import Complaint
from chalicelib.instants import Instant, to_text
from chalicelib.policy.compiled import CompiledAgeing, Policy
from chalicelib.policy.worktime import due, parse_limit

MOST_EVENTS = 40
"""Owed events beyond this many are committed first (design §1)."""


class Owed(NamedTuple):
    """One thing that falls due. Order: by instant, then warnings, misses, ageing, then by name."""

    at: Instant
    order: int
    name: str
    what: Run | CompiledAgeing


def wake_at(policy: Policy, complaint: Complaint) -> Instant | None:
    """The first instant at which `advance` would yield an event, or None."""
    owed = _first(policy, complaint)
    return None if owed is None else owed.at


def advance(flow: Flow, now: Instant, most: int = MOST_EVENTS) -> bool:
    """Add what fell due up to and including `now`. False if more is owed than `most` events, as one commit takes."""
    while (owed := _first(flow.policy, flow.complaint)) is not None and owed.at <= now:
        mark = flow.mark()
        _happen(flow, owed)
        if len(flow.drafts) > most and mark.drafts:
            flow.back_to(mark)
            return False
    return True


def _first(policy: Policy, complaint: Complaint) -> Owed | None:
    return min(_owed(policy, complaint), key=lambda owed: owed[:3], default=None)


def _owed(policy: Policy, complaint: Complaint) -> list[Owed]:
    owed: list[Owed] = []
    for run in complaint.runs:
        if run.warns and run.state == RUNNING:
            owed.append(Owed(run.warns[0], 0, run.clock, run))
        if run.next is not None:
            owed.append(Owed(run.next, 1, run.clock, run))
    owed.extend(_ages(policy, complaint))
    return owed


def _ages(policy: Policy, complaint: Complaint) -> list[Owed]:
    classes = policy.classes
    found: list[Owed] = []
    for compiled in policy.ageing:
        age = compiled.ageing
        started = complaint.seen.get(age.start)
        resolved = any(event in complaint.seen for event in age.until)
        lower = complaint.severity in classes and classes.index(complaint.severity) < classes.index(age.to)
        if started is not None and lower and not resolved:
            moment = due(policy.calendar, compiled.limit, started).due
            if moment is not None:
                found.append(Owed(max(moment, complaint.at), 2, age.to, compiled))
    return found


def _happen(flow: Flow, owed: Owed) -> None:
    if isinstance(owed.what, CompiledAgeing):
        _reclassify(flow, owed.what, owed.at)
    elif owed.order == 0:
        _warn(flow, owed.what, owed.at)
    else:
        _miss(flow, owed.what, owed.at)


def _warn(flow: Flow, run: Run, at: Instant) -> None:
    fields = {"clock": run.clock, "run": run.n, "due": None if run.due is None else to_text(run.due)}
    about = flow.add(
        "warned", at=at, due_at=at, actor=SYSTEM, fields=fields, changed=[replace(run, warns=run.warns[1:])]
    )
    consequences.notify(
        flow,
        _on_tier(flow, flow.complaint.tier),
        about=about,
        at=at,
        wording="warned",
        due=fields["due"],
        clock=run.clock,
    )


def _on_tier(flow: Flow, tier: int) -> list[str]:
    tiers = flow.policy.document.tiers
    roles = tiers[min(tier, len(tiers)) - 1].roles if tiers else []
    people = [f"@{sub}" for subs in flow.complaint.assigned.values() for sub in subs]
    return [*roles, *people] or ["owner"]


def _miss(flow: Flow, run: Run, at: Instant) -> None:
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
        consequences.notify(flow, roles, about=about, at=at, wording="escalated", clock=run.clock)


def _next_rung(policy: Policy, run: Run, tier: int | None, at: Instant) -> Instant | None:
    """When the tier that was reached has had its time: its own limit, or the clock's again."""
    if tier is None:
        return None
    limit = policy.tiers[tier - 1] or (parse_limit(run.limit) if run.limit else None)
    return due(policy.calendar, limit, at).due if limit is not None else None


def _reclassify(flow: Flow, compiled: CompiledAgeing, at: Instant) -> None:
    age = compiled.ageing
    fields = {"from": flow.complaint.severity, "to": age.to, "cause": "ageing", "after": age.after}
    about = flow.add("reclassified", at=at, due_at=at, actor=SYSTEM, fields=fields, severity=age.to)
    consequences.notify(flow, _on_tier(flow, flow.complaint.tier), about=about, at=at, wording="reclassified")
    consequences.open_tasks(flow, "reclassified", fields, at)
