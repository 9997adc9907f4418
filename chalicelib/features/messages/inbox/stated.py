"""What an event states that a message about it repeats: outcome, party, and the due time that it brings about."""

from __future__ import annotations

import msgspec

from chalicelib.complaints import runs
from chalicelib.complaints.envelope import Event
from chalicelib.kit.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.parts import Label
from chalicelib.policy.language.values import fact_kinds
from chalicelib.policy.worktime import Calendar

_OUTCOME = "outcome"
_PARTIES = {"complainant": Label(zh="投诉人", en="complainant"), "respondent": Label(zh="被投诉方", en="respondent")}
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
    own = policy.document.fields.items()
    choices = {name: fact.choices for name, fact in own if fact_kinds.of(fact.kind).is_choice}
    given = [name for name in choices if isinstance(fields.get(name), str)]
    if _OUTCOME in given:
        given = [_OUTCOME]
    elif event.type != "decided" or len(given) != 1:
        return None
    return choices[given[0]].get(fields[given[0]])


def party(event: Event) -> Label | None:
    """The party of whom evidence is demanded, or to whom a file belongs."""
    given = event.fields.get("of") or event.fields.get("by")
    return _PARTIES.get(given) if isinstance(given, str) else None


class StatedDueTime(msgspec.Struct, frozen=True):
    """A due time, and the calendar in which people read it: the clock's own."""

    at: Instant
    calendar: Calendar


def due_time(policy: Policy, event: Event) -> StatedDueTime | None:
    """The time that the event's field `until` states, or the first due time among the runs that it started or resumed.

    For `extended`, the new due time of the clock that it names.
    """
    changed = [runs.from_json(run) for run in event.result.get("clocks", [])]
    due = {
        run.clock: StatedDueTime(run.due, policy.calendar_of(run.calendar)) for run in changed if run.open and run.due
    }
    clock, until = event.fields.get("clock"), event.fields.get("until")
    if event.type == "extended" and clock in due:
        return due[clock]
    if isinstance(until, str):
        calendar = next((due[name].calendar for name in due if _is_due_at_until(policy, name)), policy.calendar)
        return StatedDueTime(runs.stated_time(calendar, until), calendar)
    return min(due.values(), key=lambda one: one.at, default=None) if event.type in _RESTARTING else None


def _is_due_at_until(policy: Policy, clock: str) -> bool:
    return clock in policy.clocks and policy.clocks[clock].clock.stated == "until"
