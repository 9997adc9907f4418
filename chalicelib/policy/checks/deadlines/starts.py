"""Checks that a clock can start: that an event of its `from` can leave a case in which its `when` holds.

Only what the document decides counts, as in `due_acts`: the stage after the act, what it sets, and the conditions under
which it and the selected choices are possible, on values that it does not change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from chalicelib.policy.language.conditions import CLOCK_PREFIX, Condition, Trigger
from chalicelib.policy.language.deadlines import Clock
from chalicelib.policy.language.derived.possible_events import events_in_any_stage
from chalicelib.policy.language.facts import Fact
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT
from chalicelib.policy.reading.faults import Fault, Path
from chalicelib.policy.worktime import spend

_CHANGED_BY_EVENTS = frozenset({"demand", "reachable", "repeat", "routed", "severity", "unit"})
_STAGE = "stage"
_CAUSE_STEPS = 4
"""Counted steps (`worktime.budget`) of an act that can cause a start."""


def faults(path: Path, clock: Clock, document: PolicyDocument) -> Iterator[Fault]:
    """A fault if no act of a stage can start it. Events that come from elsewhere are taken to start it."""
    elsewhere = events_in_any_stage(document)
    if not clock.start or any(trigger.event in elsewhere for trigger in clock.start):
        return
    causing = _causing({trigger.event for trigger in clock.start}, document)
    found = set[str]()
    for trigger in clock.start:
        for stage, act in causing[trigger.event]:
            spend(_CAUSE_STEPS)
            obstacle = next(_obstacles(stage, act, trigger, clock, document), None)
            if obstacle is None:
                return
            found.add(obstacle)
    if found:
        yield Fault((*path, "start"), "cannot-start", names=sorted(found))


def _causing(events: Set[str], document: PolicyDocument) -> Mapping[str, list[tuple[str, Act]]]:
    """By event: the acts that cause it, each with its stage."""
    found: dict[str, list[tuple[str, Act]]] = {event: [] for event in events}
    for stage, one in document.stages.items():
        for name, act in one.acts.items():
            if (event := EVENT_OF_ACT.get(name, "")) in events:
                found[event].append((stage, act))
    return found


def _obstacles(stage: str, act: Act, trigger: Trigger, clock: Clock, document: PolicyDocument) -> Iterator[str]:
    """The names whose values exclude that this act starts the clock."""
    if act.stages_after(stage).isdisjoint(clock.when.get(_STAGE, act.stages_after(stage))):
        yield _STAGE
    for flag, value in act.sets.items():
        if not value.startswith("field.") and value not in clock.when.get(flag, [value]):
            yield flag
    changed = {*act.needs, *act.takes, *act.sets, _STAGE, *_CHANGED_BY_EVENTS}
    kept = {name: values for name, values in clock.when.items() if name not in changed}
    yield from _contradictions(act.when, kept)
    asked = {name: values for name, values in act.when.items() if name not in (*act.needs, *act.takes)}
    before: Condition = {_STAGE: [stage], **asked, **kept}
    for name, values in trigger.fields.items():
        choices = (document.definition(name) or Fact()).choices
        options = [choices[value].when for value in values if value in choices]
        if options and len(options) == len(values) and all(any(_contradictions(one, before)) for one in options):
            yield name


def _contradictions(one: Condition, other: Condition) -> Iterator[str]:
    """The names for which both conditions list different values only. The states of clocks are left aside."""
    shared = (name for name in one if name in other and not name.startswith(CLOCK_PREFIX))
    return (name for name in shared if {*one[name]}.isdisjoint(other[name]))
