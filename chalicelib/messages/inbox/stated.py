"""What an event states that a message about it repeats: its outcome, and the due time that it brings about."""

from __future__ import annotations

from datetime import date

from chalicelib.complaints import runs
from chalicelib.complaints.envelope import Event
from chalicelib.instants import Instant, from_text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.parts import Label
from chalicelib.policy.worktime.zone import midnight

_DATE_LENGTH = len("2026-11-27")
_OUTCOME = "outcome"
_RESTARTING = frozenset({"extended", "promised", "resumed", "reopened"})


def outcome(policy: Policy, event: Event) -> Label | None:
    """The name of the ground, or of the value of field `outcome`; for a decision, of its only choice.

    Events hold public values only, so nothing private is named.
    """
    if event.type == "refused":
        ground = policy.document.intake.refusals.get(event.fields.get("ground", ""))
        return None if ground is None else ground.name
    inherited = event.fields.get(_OUTCOME)  # of the complaint that this one duplicates
    fields = inherited if isinstance(inherited, dict) else event.fields
    choices = {name: fact.choices for name, fact in policy.document.fields.items() if fact.kind == "choice"}
    given = [name for name in choices if isinstance(fields.get(name), str)]
    if _OUTCOME in given:
        given = [_OUTCOME]
    elif event.type != "decided" or len(given) != 1:
        return None
    return choices[given[0]].get(fields[given[0]])


def due_time(policy: Policy, event: Event) -> Instant | None:
    """The time that the event's field `until` states, or the first due time among the runs that it started or resumed.

    For `extended`, the new due time of the clock that it names.
    """
    changed = [runs.from_json(run) for run in event.result.get("clocks", [])]
    due = {run.clock: run.due for run in changed if run.open and run.due is not None}
    clock, until = event.fields.get("clock"), event.fields.get("until")
    if event.type == "extended" and clock in due:
        return due[clock]
    if isinstance(until, str):
        return _end_of_day(policy, until) if len(until) == _DATE_LENGTH else from_text(until)
    return min(due.values(), default=None) if event.type in _RESTARTING else None


def _end_of_day(policy: Policy, day: str) -> Instant:
    return midnight(policy.calendar.zone, date.fromisoformat(day).toordinal() + 1)
