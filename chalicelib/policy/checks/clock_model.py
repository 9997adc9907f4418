"""The clocks of a model of cases: those whose state an act asks for, and those that perform an act."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from chalicelib.policy.language.conditions import Condition, Trigger, holds
from chalicelib.policy.language.deadlines import Clock, MissedAct
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.possible_values import CLOCK_PREFIX
from chalicelib.policy.language.vocabulary import CANCELLING_EVENTS
from chalicelib.policy.worktime import spend

Given = Mapping[str, frozenset[str]]
"""The values that the required fields of an act can have in its stage. Other fields can have any value, or none."""
_NOTHING: Given = {}
_OPEN = ("running", "missed")
_NO_LIMIT = "none"


class ClockModel(msgspec.Struct, frozen=True):
    clocks: Mapping[str, Clock]
    """By the name of the variable."""
    asked: frozenset[str]
    """Names on which the start or the due time of these clocks depends."""
    moved_by: Mapping[str, frozenset[str]]
    """For each clock the events that can change its state."""

    @classmethod
    def of(cls, document: PolicyDocument) -> ClockModel:
        acts = [act for stage in document.stages.values() for act in stage.acts.values()]
        used = {name for act in acts for name in act.when if name.startswith(CLOCK_PREFIX)}
        clocks = {
            CLOCK_PREFIX + name: clock
            for name, clock in document.clocks.items()
            if CLOCK_PREFIX + name in used or isinstance(clock.missed, MissedAct)
        }
        asked = {name for clock in clocks.values() for name in _asked(clock)}
        return cls(clocks, frozenset(asked), {name: _moving(clock) for name, clock in clocks.items()})

    @property
    def variables(self) -> list[str]:
        return sorted(self.clocks)

    def shown(self, stage: str, case: Mapping[str, str]) -> dict[str, str]:
        """The states of the clocks as conditions see them in this stage."""
        return {
            name: "paused" if case[name] == "running" and stage in clock.paused_in else case[name]
            for name, clock in self.clocks.items()
        }

    def after_event(self, event: str, case: Mapping[str, str], given: Given = _NOTHING) -> list[dict[str, str]]:
        """The possible cases after the event. A trigger with fields may match or not, unless `given` tells."""
        found, matching, steps = [dict(case)], _Matching(event, given), 0
        for name, clock in self.clocks.items():
            steps += len(found) * (1 + len(case) // 8)
            if event in self.moved_by[name]:
                spend(steps)
                steps = 0
                found = [{**one, name: to} for one in found for to in _values_after(matching, clock, one[name], one)]
        spend(steps)
        return found

    def due(self, stage: str, case: Mapping[str, str]) -> Iterator[tuple[str, Clock]]:
        """The clocks that time can miss in this stage."""
        for name, clock in self.clocks.items():
            if case[name] == "running" and stage not in clock.paused_in and _is_limited(clock, case):
                yield name, clock


def _moving(clock: Clock) -> frozenset[str]:
    named = (trigger.event for trigger in (*clock.start, *clock.until))
    return frozenset((*named, *(CANCELLING_EVENTS - {*clock.survives})))


def _asked(clock: Clock) -> Iterator[str]:
    yield from clock.when
    if any(rule.limit == _NO_LIMIT for rule in clock.within):
        for rule in clock.within:
            yield from rule.when


class _Matching(msgspec.Struct, frozen=True):
    """An event, and the values that its fields can have."""

    event: str
    given: Given

    def may(self, triggers: list[Trigger]) -> bool:
        return any(map(self._may, triggers))

    def must(self, triggers: list[Trigger]) -> bool:
        return any(self._may(one) and all(self._is_within(*field) for field in one.fields.items()) for one in triggers)

    def _may(self, trigger: Trigger) -> bool:
        fields = trigger.fields.items()
        possible = all(name not in self.given or self.given[name] & {*values} for name, values in fields)
        return trigger.event == self.event and possible

    def _is_within(self, name: str, values: list[str]) -> bool:
        return name in self.given and self.given[name] <= {*values}


def _values_after(event: _Matching, clock: Clock, value: str, case: Mapping[str, str]) -> set[str]:
    if event.may(clock.start) and holds(_known(clock.when, case), case):
        return {"running"} if event.must(clock.start) else {value, "running"}
    if value in _OPEN and event.may(clock.until):
        return {"met"} if event.must(clock.until) else {value, "met"}
    if value in _OPEN and event.event in CANCELLING_EVENTS and event.event not in clock.survives:
        return {"cancelled"}
    return {value}


def _known(condition: Condition, case: Mapping[str, str]) -> Condition:
    return {name: values for name, values in condition.items() if name in case}


def _is_limited(clock: Clock, case: Mapping[str, str]) -> bool:
    """False if the case has no due time. A stated time may never have been given."""
    if clock.stated is not None:
        return False
    return not any(rule.limit == _NO_LIMIT and holds(_known(rule.when, case), case) for rule in clock.within)
