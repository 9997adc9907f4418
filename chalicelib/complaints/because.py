"""Why a deadline is due when it is (X.2): rule, clause, start event, then the calendar's part (design §4 rule 11)."""

from __future__ import annotations

from typing import Any

from chalicelib.complaints.runs import Run
from chalicelib.instants import to_text
from chalicelib.policy import worktime
from chalicelib.policy.compiled import CompiledClock, Policy
from chalicelib.policy.worktime import parse_limit


def explain(policy: Policy, run: Run, number: str) -> dict[str, Any]:
    """`rule`, `policy`, `started_by` and, unless the due time was stated, everything to work it out again by hand."""
    clock = policy.clocks[run.clock]
    because: dict[str, Any] = {
        "rule": _rule(clock, run),
        "policy": policy.version,
        "started_by": f"{number}/{run.seq}",
    }
    if run.stated is not None or not run.limit:
        return {**because, **_stated(run)}
    pauses = [(first, last) for first, last in run.pauses if first is not None]
    reckoned = worktime.explain(policy.calendar, parse_limit(run.limit), run.started, pauses)
    if run.due is not None and reckoned["end"] != to_text(run.due):
        # The limit changed when its time was past already: due at the change (design §4 rule 8).
        because["due_at_the_change"] = to_text(run.due)
    return {**because, **reckoned}


def _rule(clock: CompiledClock, run: Run) -> dict[str, Any]:
    when = next((rule.when for rule in clock.rules if str(rule.limit) == run.limit), {})
    rule: dict[str, Any] = {"clock": clock.name, "limit": run.limit or "stated", "when": when, "hours": run.hours}
    if clock.clock.clause is not None:
        rule["clause"] = clock.clock.clause
    return rule


def _stated(run: Run) -> dict[str, Any]:
    due = None if run.due is None else to_text(run.due)
    return {
        "limit": "stated",
        "start": to_text(run.started),
        "end": due,
        "provisional": False,
        "stretches": [],
        "text": {
            "zh": f"按照当时明确的时间，到期时间为 {due}。",
            "en": f"Due at the time that was stated then: {due}.",
        },
    }
