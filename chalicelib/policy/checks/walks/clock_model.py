"""The clocks of a model of cases: those whose state an act asks for, and those that perform an act."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from chalicelib.policy.language.conditions import CLOCK_PREFIX, Condition, Trigger, holds
from chalicelib.policy.language.deadlines import Clock, MissedAct
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.vocabulary import CANCELLING_EVENTS
from chalicelib.policy.worktime import spend

Given = Mapping[str, frozenset[str]]
"""The values that the required fields of an act can have in its stage. Other fields can have any value, or none."""
_NOTHING: Given = {}
_OPEN = ("running", "missed")
_NO_LIMIT = "none"


class _Move(msgspec.Struct, frozen=True):
    """How an event can move a clock. Found once for an act, which is tried in thousands of states."""

    when: Condition
    starts: bool
    surely_starts: bool
    ends: bool
    surely_ends: bool
    cancels: bool

    def values_after(self, value: str, case: Mapping[str, str]) -> tuple[str, ...]:
        """The possible values after the event."""
        if self.starts and holds(_known(self.when, case), case):
            return _either(value, "running", surely=self.surely_starts)
        if value in _OPEN and self.ends:
            return _either(value, "met", surely=self.surely_ends)
        return ("cancelled",) if value in _OPEN and self.cancels else (value,)


def _either(value: str, other: str, *, surely: bool) -> tuple[str, ...]:
    return (other,) if surely or value == other else (value, other)


class Moves(msgspec.Struct, frozen=True):
    """How an event can move the clocks, of which most stay as they are."""

    moved: list[tuple[int, str, _Move]]
    """How many clocks are looked at up to and including this one, since the one before; its variable; its move."""
    rest: int
    """How many are looked at after the last one that moves."""


class ClockModel(msgspec.Struct, frozen=True):
    clocks: Mapping[str, Clock]
    """By the name of the variable."""
    asked: frozenset[str]
    """Names on which the start or the due time of these clocks depends."""
    moved_by: Mapping[str, frozenset[str]]
    """For each clock the events that can change its state."""
    compared: Mapping[str, frozenset[str]] = {}
    """The states for which acts ask, by clock. What else matters of a clock is only whether it runs."""
    may_lack: frozenset[str] = frozenset()
    """The clocks that count from a fact which a filing may omit: then they do not start."""

    @classmethod
    def of(cls, document: PolicyDocument) -> ClockModel:
        acts = [act for stage in document.stages.values() for act in stage.acts.values()]
        used: dict[str, frozenset[str]] = {}
        for name, states in ((name, states) for act in acts for name, states in act.when.items()):
            if name.startswith(CLOCK_PREFIX):
                used[name] = used.get(name, frozenset()) | {*states}
        clocks = {
            CLOCK_PREFIX + name: clock
            for name, clock in document.clocks.items()
            if CLOCK_PREFIX + name in used or isinstance(clock.missed, MissedAct)
        }
        asked = {name for clock in clocks.values() for name in _asked(clock)}
        facts = document.intake.facts
        given = {None, *(name for name, fact in facts.items() if fact.is_always_given)}
        may_lack = frozenset(name for name, clock in clocks.items() if clock.fact not in given)
        moved_by = {name: _moving(clock) for name, clock in clocks.items()}
        return cls(clocks, frozenset(asked), moved_by, used, may_lack)

    @property
    def conditions(self) -> list[Condition]:
        """What their starts and limits ask for."""
        return [clock.when for clock in self.clocks.values()] + [
            rule.when for clock in self.clocks.values() for rule in clock.within
        ]

    @property
    def variables(self) -> list[str]:
        return sorted(self.clocks)

    def shown(self, stage: str, case: Mapping[str, str]) -> dict[str, str]:
        """The states of the clocks as conditions see them in this stage."""
        return {
            name: "paused" if case[name] == "running" and stage in clock.paused_in else case[name]
            for name, clock in self.clocks.items()
        }

    def moves(self, event: str, given: Given = _NOTHING) -> Moves:
        """How the event can move each clock. A trigger with fields may match or not, unless `given` tells."""
        matching = _Matching(event, given)
        moved, looked = list[tuple[int, str, _Move]](), 0
        for name, clock in self.clocks.items():
            looked += 1
            if event in self.moved_by[name]:
                moved.append((looked, name, _move(matching, clock, lacking=name in self.may_lack)))
                looked = 0
        return Moves(moved, looked)

    def _values(self, name: str, move: _Move, case: dict[str, str]) -> list[str]:
        return list(dict.fromkeys(self.value(name, to) for to in move.values_after(case[name], case)))

    def value(self, name: str, state: str) -> str:
        """The value of the clock's variable in this state: `none` for all that no act tells apart from it."""
        asked = self.compared.get(name, frozenset())
        return state if state == "running" or state in asked or "none" in asked else "none"

    def after(self, moves: Moves, case: dict[str, str]) -> list[dict[str, str]]:
        """The possible cases after these moves. Counts a step for each clock and case."""
        found, of_a_case = [case], 1 + len(case) // 8
        for looked, name, move in moves.moved:
            spend(looked * len(found) * of_a_case)
            found = [{**one, name: to} for one in found for to in self._values(name, move, one)]
        spend(moves.rest * len(found) * of_a_case)
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

    def may(self, triggers: Sequence[Trigger]) -> bool:
        return any(map(self._may, triggers))

    def must(self, triggers: Sequence[Trigger]) -> bool:
        return any(self._may(one) and all(self._is_within(*field) for field in one.fields.items()) for one in triggers)

    def _may(self, trigger: Trigger) -> bool:
        fields = trigger.fields.items()
        possible = all(name not in self.given or self.given[name] & {*values} for name, values in fields)
        return trigger.event == self.event and possible

    def _is_within(self, name: str, values: list[str]) -> bool:
        return name in self.given and self.given[name] <= {*values}


def _move(event: _Matching, clock: Clock, *, lacking: bool) -> _Move:
    return _Move(
        when=clock.when,
        starts=event.may(clock.start),
        surely_starts=not lacking and event.must(clock.start),
        ends=event.may(clock.until),
        surely_ends=event.must(clock.until),
        cancels=event.event in CANCELLING_EVENTS and event.event not in clock.survives,
    )


def _known(condition: Condition, case: Mapping[str, str]) -> Condition:
    return {name: values for name, values in condition.items() if name in case}


def _is_limited(clock: Clock, case: Mapping[str, str]) -> bool:
    """False if the case has no due time. A stated time may never have been given."""
    if clock.stated is not None:
        return False
    return not any(rule.limit == _NO_LIMIT and holds(_known(rule.when, case), case) for rule in clock.within)
