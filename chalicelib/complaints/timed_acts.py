"""Acts that the system performs at the due time of a clock: `missed: {act, fields}`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.complaints import acts
from chalicelib.complaints.envelope import SYSTEM
from chalicelib.complaints.flow import Flow, PerformedByTime
from chalicelib.complaints.requested import Intent
from chalicelib.complaints.runs import Run
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Problem
from chalicelib.policy.language.deadlines import MissedAct


def perform(flow: Flow, run: Run, at: Instant) -> bool:
    """Performs the act of the run's clock, which meets the run. Needs no approval.

    Returns False, without a change, if the present stage does not offer the act, or if its values do not fit the case.
    """
    missed = flow.policy.clocks[run.clock].clock.missed
    if not isinstance(missed, MissedAct):
        return False
    act = acts.offered(flow.policy, flow.complaint, missed.act)
    if act is None:
        return False
    savepoint, due, at = flow.savepoint(), at, max(at, flow.complaint.at)
    try:
        given = acts.checked(flow, missed.act, act, _constants(missed.fields), at)
        with flow.by_time(PerformedByTime(run, f"{run.clock}/{run.n}/act", due)):
            acts.perform(flow, Intent(missed.act, act, given, SYSTEM, at))
    except Problem:
        flow.roll_back(savepoint)
        return False
    return True


def _constants(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The values as a person would write them: a text in both languages is one text of a line for each."""
    return {name: "\n".join(value.values()) if isinstance(value, dict) else value for name, value in fields.items()}
