"""A finite model of the cases of a policy, for `standing_still`.

A state is the stage, the values that acts ask for, and the events that `after` names. Other values do not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

import msgspec

from chalicelib.policy.checks.walks.clock_model import ClockModel
from chalicelib.policy.language.derived.defined_names import DefinedNames
from chalicelib.policy.language.derived.possible_events import events_outside_stages
from chalicelib.policy.language.derived.possible_values import Values
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.vocabulary import COMPLAINT_CONDITIONS, EVENT_OF_ACT, EVENTS

ASSIGNED = "assigned"
"""The variable that says whether people are assigned."""
EVENT_PREFIX = "event."
YES, NO = "yes", "no"
_Same = Mapping[str, str]
State = tuple[str, ...]
"""The stage, and the value of each variable."""
_OF_PARTIES = frozenset(event for event in EVENTS if event.startswith("evidence_"))
"""Events outside of stages that only a party's file can cause. All others come from the organisation or with time."""


class Model(msgspec.Struct, frozen=True):
    """The variables of the states. `values`: the initial values of each variable."""

    document: PolicyDocument
    values: Mapping[str, tuple[str, ...]]
    clocks: ClockModel
    by_people: frozenset[str]
    """The events in `after` that are variables."""
    lapses: bool
    """True if a demand for evidence can lapse."""
    same: tuple[_Same, ...]
    """For each variable: in place of a flag's value the first one that no condition tells apart from it."""

    @classmethod
    def of(cls, document: PolicyDocument, names: DefinedNames) -> Model:
        acts = [(name, act) for stage in document.stages.values() for name, act in stage.acts.items()]
        clocks = ClockModel.of(document)
        asked = set(_asked(act for _, act in acts)) | clocks.asked
        free = events_outside_stages(document) - _OF_PARTIES
        events = frozenset(event for _, act in acts for event in act.after if event in EVENTS) - free
        values: dict[str, tuple[str, ...]] = {
            name: _initial(name, document, names) for name in sorted(asked & names.possible.keys() - {"stage"})
        }
        values |= {EVENT_PREFIX + event: (NO,) for event in sorted(events)}
        values |= dict.fromkeys(clocks.variables, ("none",))
        if any(is_for_assigned(act) for _, act in acts):
            values[ASSIGNED] = (NO,)
        same = tuple(_same_values(values, names.possible, [act for _, act in acts], clocks))
        return cls(document, values, clocks, events, "lapsed" in names.possible["demand"], same)

    def filed(self) -> Iterator[State]:
        """The states right after filing: every combination of initial values."""
        moves = self.clocks.moves("registered")
        for combination in product(*self.values.values()):
            case = dict(zip(self.values, combination, strict=True))
            for started in self.clocks.after(moves, case):
                yield self.state(self.document.intake.first, started)

    def state(self, stage: str, case: Mapping[str, str]) -> State:
        """`case`: with the variables in their order, as in `case()` and in its copies with other values."""
        return (stage, *(same.get(value, value) for same, value in zip(self.same, case.values(), strict=True)))

    def case(self, state: State) -> dict[str, str]:
        return dict(zip(self.values, state[1:], strict=True))

    def filed_count(self) -> int:
        """An upper bound of the number of states after filing."""
        count = 1
        for values in self.values.values():
            count *= max(1, len(values))
        return count


def is_for_assigned(act: Act) -> bool:
    """True if only assigned people may perform the act."""
    return bool(act.by) and all(selector.of == "assigned" for selector in act.by)


def event_of(act: str) -> str:
    return EVENT_OF_ACT.get(act, act)


def _asked(acts: Iterator[Act]) -> Iterator[str]:
    for act in acts:
        yield from act.when
        for target in act.targets:
            yield from target.when


def _same_values(
    variables: Iterable[str], possible: Values, acts: Sequence[Act], clocks: ClockModel
) -> Iterator[_Same]:
    """Only of flags that acts set: the walks know the values of the other variables by their names."""
    flags = {flag for act in acts for flag in act.sets} - COMPLAINT_CONDITIONS
    conditions = [act.when for act in acts] + [target.when for act in acts for target in act.targets]
    conditions += clocks.conditions
    for name in variables:
        asked = [condition[name] for condition in conditions if name in condition] if name in flags else []
        first: dict[tuple[bool, ...], str] = {}
        yield {
            value: first.setdefault(tuple(value in one for one in asked), value)
            for value in (["none", *sorted(possible[name])] if asked else ())
        }


def _initial(name: str, document: PolicyDocument, names: DefinedNames) -> tuple[str, ...]:
    """Flags and demands begin without a value; what a filing says can be anything."""
    flags = {flag for stage in document.stages.values() for act in stage.acts.values() for flag in act.sets}
    if name == "demand":
        at_filing = document.intake.evidence_within is not None and bool(document.intake.evidence)
        return ("open",) if at_filing else ("none",)
    if name == "reachable":
        return (YES,)
    if name in flags and name not in ("in_time", *document.intake.facts, *document.intake.categories):
        return ("none",)
    return tuple(sorted(names.possible[name]))


def case_text(case: Mapping[str, str]) -> str:
    """The values that are not their default, without the events, for the text of a fault."""
    known = {name: value for name, value in case.items() if not name.startswith(EVENT_PREFIX)}
    shown = [f"{name}: {value}" for name, value in known.items() if value not in (NO, "none")]
    return ", ".join(shown) or "-"
