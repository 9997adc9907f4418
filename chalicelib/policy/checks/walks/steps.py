"""The steps between the states of a model of cases (`model`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from itertools import product

import msgspec

from chalicelib.policy.checks.walks.clock_model import Given, Moves
from chalicelib.policy.checks.walks.model import (
    ASSIGNED,
    EVENT_PREFIX,
    NO,
    YES,
    Model,
    State,
    event_of,
    is_for_assigned,
)
from chalicelib.policy.language.conditions import Condition, holds
from chalicelib.policy.language.deadlines import MissedAct
from chalicelib.policy.language.derived.possible_values import single_values
from chalicelib.policy.language.facts import Fact
from chalicelib.policy.language.parts import PARENT
from chalicelib.policy.language.stages import Act, Target
from chalicelib.policy.language.values import fact_kinds
from chalicelib.policy.language.vocabulary import NO_EFFECT, REOPENING_ACTS, UNDONE_BY_REOPENING
from chalicelib.policy.worktime import spend

_PARTIES = frozenset({"complainant", "respondent"})
_RECEIVED = "evidence_received"
Case = dict[str, str]
_ACT_STEPS, _VALUES_STEPS, _STATE_STEPS = 1, 2, 4
"""Counted steps of an act that is tried, of the values that it sets, and of a state that follows."""


class _ModelStep(msgspec.Struct, frozen=True):
    """An act of a stage, reduced to the variables of the model."""

    act: Act
    event: str
    guards: tuple[tuple[int, frozenset[str]], ...]
    """Positions in a state, with the values that open the act. The states of clocks are checked apart."""
    clocks: Condition
    changes: Mapping[str, list[str]]
    """The variables that the act changes, each with the values that it can get."""
    set_from: Mapping[str, str]
    """The field whose value such a variable gets."""
    given: Given
    counts: bool
    """False if only a party can perform it."""
    courses: dict[tuple[str, ...], list[_Course]]
    """By the values of `changes`: found when the act is first tried with them."""

    def is_open(self, state: State) -> bool:
        for at, values in self.guards:  # noqa: SIM110 (most acts of most states have no guard, or are refused by it)
            if state[at] not in values:
                return False
        return True


class _Course(msgspec.Struct):
    """How an act with certain values can end: how it moves the clocks, and the targets to which these values lead."""

    moves: Moves
    targets: list[Target]
    """Without the conditions on the act's own fields: the actor chooses them, and `moves` knows the choice."""

    def stages(self, stage: str, case: Case) -> list[str]:
        """The stages to which it can lead in this case."""
        return [one.stage for one in self.targets if not one.when or holds(one.when, {**case, "stage": stage})]


class Steps:
    """Counts each act that it tries, and each state to which one leads (`worktime.budget`)."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._acts = {
            stage_name: [
                _step(model, stage_name, name, act) for name, act in stage.acts.items() if name not in NO_EFFECT
            ]
            for stage_name, stage in model.document.stages.items()
        }
        self._moves_by_file = model.clocks.moves(_RECEIVED, {"by": _PARTIES})
        self._of_people = {stage: [one for one in acts if not one.act.by_time] for stage, acts in self._acts.items()}

    def after(self, state: State) -> Iterator[tuple[State, bool, str]]:
        """The next states, each with the event that leads to it.

        True if the organisation or time can take the step, False if only a party can.
        """
        case, acts = self.model.case(state), self._of_people[state[0]]
        spend(_ACT_STEPS * len(acts))
        for step in acts:
            if step.is_open(state) and self._clocks_hold(step, state[0], case):
                for after in self._performed(step, state[0], case):
                    yield after, step.counts, step.event
        for after, event in self._by_time(state[0], case):
            yield after, True, event
        for after, event in self._by_files(state[0], case):
            yield after, False, event

    def _clocks_hold(self, step: _ModelStep, stage: str, case: Case) -> bool:
        return not step.clocks or holds(step.clocks, self.model.clocks.shown(stage, case))

    def _performed(self, step: _ModelStep, stage: str, case: Case) -> Iterator[State]:
        """The states after the act: one for each value that its fields can give, and for each possible target."""
        for values in product(*step.changes.values()):
            changed = {**case, **dict(zip(step.changes, values, strict=True))}
            for course in self._courses(step, stage, values):
                following = self._moved(course.moves, changed, {target.stage for target in course.targets})
                spend(_VALUES_STEPS + len(following) * (_STATE_STEPS + len(step.act.targets)))
                for after in following:
                    for target in course.stages(stage, after):
                        yield self.model.state(target, after)

    def _moved(self, moves: Moves, case: Case, stages: Set[str]) -> list[Case]:
        """The possible cases after these moves. Clocks that ask for the stage are sure of it if it is the only one."""
        if not moves.moved or len(stages) > 1:
            return self.model.clocks.after(moves, case)
        found = self.model.clocks.after(moves, {**case, "stage": next(iter(stages))})
        return [{name: one[name] for name in case} for one in found]

    def _courses(self, step: _ModelStep, stage: str, values: tuple[str, ...]) -> list[_Course]:
        """A field that decides the target, or that a variable takes over, starts the clocks that ask for its value."""
        if values not in step.courses:
            step.courses[values] = [*self._found_courses(step, stage, dict(zip(step.changes, values, strict=True)))]
        return step.courses[values]

    def _found_courses(self, step: _ModelStep, stage: str, changes: Case) -> Iterator[_Course]:
        own, known = {*step.act.needs, *step.act.takes}, {*self.model.values, "stage"}
        chosen = {field: [changes[flag]] for flag, field in step.set_from.items()}
        found = list[_Course]()
        for target in step.act.targets or [Target(stage=stage)]:
            spend(_VALUES_STEPS)
            own_values = {key: values for key, values in target.when.items() if key in own}
            given = _narrowed(_narrowed(step.given, chosen), own_values)
            if any(not values and step.given.get(name, True) for name, values in given.items()):
                continue  # the variables get other values than those that lead to this target
            moves = self.model.clocks.moves(step.event, given)
            left = Target(stage=target.stage, when={key: target.when[key] for key in target.when if key in known - own})
            same = next((one for one in found if one.moves == moves), None)
            if same is None:
                found.append(_Course(moves, [left]))
            else:
                same.targets.append(left)
        yield from found

    def _by_time(self, stage: str, case: Case) -> Iterator[tuple[State, str]]:
        model = self.model
        for name, clock in model.clocks.due(stage, case):
            step = self._timed_step(stage, clock.missed) if isinstance(clock.missed, MissedAct) else None
            free = {**case, ASSIGNED: YES} if ASSIGNED in case else case
            state = model.state(stage, free)
            if step and step.is_open(state) and self._clocks_hold(step, stage, free):
                met = {**case, name: model.clocks.value(name, "met")}
                yield from ((after, step.event) for after in self._performed(step, stage, met))
            else:
                yield model.state(stage, {**case, name: model.clocks.value(name, "missed")}), "missed"
        if case.get("demand") == "open" and model.lapses:
            yield model.state(stage, {**case, "demand": "lapsed"}), "demand_lapsed"
        if "severity" in case and model.document.severity is not None:
            for age in model.document.severity.ageing:
                yield model.state(stage, {**case, "severity": age.to}), "reclassified"

    def _by_files(self, stage: str, case: Case) -> Iterator[tuple[State, str]]:
        """What a party's file can change."""
        model = self.model
        for event in model.by_people:
            if event.startswith("evidence_") and event != "evidence_demanded" and case[EVENT_PREFIX + event] == NO:
                yield model.state(stage, {**case, EVENT_PREFIX + event: YES}), event
        if case.get("demand") == "open":
            for after in self._moved(self._moves_by_file, {**case, "demand": "answered"}, {stage}):
                yield model.state(stage, after), _RECEIVED

    def _timed_step(self, stage: str, missed: MissedAct) -> _ModelStep | None:
        event = event_of(missed.act)
        return next((step for step in self._acts[stage] if step.event == event), None)


def is_end(model: Model, state: State) -> bool:
    return model.document.stages[state[0]].is_end


def _step(model: Model, stage: str, name: str, act: Act) -> _ModelStep:
    positions = {variable: at for at, variable in enumerate(model.values, 1)}
    when = {**act.when, **{EVENT_PREFIX + event: [YES] for event in act.after}}
    if is_for_assigned(act):
        when[ASSIGNED] = [YES]
    guards = [(positions[key], frozenset(values)) for key, values in when.items() if key in positions]
    if stage not in when.get("stage", [stage]):
        guards.append((0, frozenset()))
    changes = _changes(model, name, act)
    taken_over = ((flag, value.removeprefix(_FIELD)) for flag, value in act.sets.items() if value.startswith(_FIELD))
    return _ModelStep(
        act=act,
        event=event_of(name),
        guards=tuple(guard for guard in guards if guard[0] not in _clock_positions(model, positions)),
        clocks={key: values for key, values in act.when.items() if key in model.clocks.clocks},
        changes=changes,
        set_from={flag: field for flag, field in taken_over if flag in changes and field in act.needs},
        given={**_OF_FILES.get(name, {}), **_given(model, stage, act)},
        counts=not _is_of_parties(act),
        courses={},
    )


_FIELD = "field."


def _narrowed(given: Given, chosen: Condition) -> Given:
    """The values that the fields can have if these are chosen. A field that may be missing stays free."""
    found = dict(given)
    for name, values in chosen.items():
        allowed = found[name] & {*values} if name in found else frozenset(values)
        if "none" not in allowed:
            found[name] = allowed
    return found


_OF_FILES: Mapping[str, Given] = {"receive_evidence": {"by": frozenset({"none"})}}
"""The fields of an act's event that only a party's file gives."""


def _given(model: Model, stage: str, act: Act) -> Given:
    """For each choice that the act needs: the values that it can have in this stage."""
    facts = {name: fact for name in act.needs if (fact := model.document.fields.get(name)) is not None}
    return {
        name: frozenset(value for value, choice in fact.choices.items() if stage in choice.when.get("stage", [stage]))
        for name, fact in facts.items()
        if fact_kinds.of(fact.kind).is_choice and fact.choices
    }


def _clock_positions(model: Model, positions: Mapping[str, int]) -> set[int]:
    return {positions[name] for name in model.clocks.clocks}


def _is_of_parties(act: Act) -> bool:
    """True if the act needs a party: only parties may do it, or each in `by` must. The same holds for people of the
    parent unit, since a unit may have no parent."""
    parties = [selector.role in _PARTIES or selector.of == PARENT for selector in act.by]
    return any(parties) if act.all else all(parties)


def _changes(model: Model, name: str, act: Act) -> dict[str, list[str]]:
    """The actor can fill in an optional assignment; `checks.omissions` covers its absence."""
    found: dict[str, list[str]] = {flag: _flag_values(model, value) for flag, value in act.sets.items()}
    found |= {EVENT_PREFIX + event: [NO] for event in act.undoes}  # a recusal undoes some of them, or none
    found[EVENT_PREFIX + event_of(name)] = [YES]
    if name in REOPENING_ACTS:
        found |= {EVENT_PREFIX + event: [NO] for event in UNDONE_BY_REOPENING}
    if name == "classify":
        found |= {key: list(choices) for key, choices in _classified(model, act).items()}
    if name in _BUILT_IN:
        found[_BUILT_IN[name][0]] = [_BUILT_IN[name][1]]
    if act.assigns:
        found[ASSIGNED] = [YES]
    if act.sets_unit is not None and act.sets_unit in act.needs:
        found["unit"] = [YES]
    elif act.sets_unit is not None:
        found["unit"] = [YES, NO]
    return {variable: sorted(set(values)) for variable, values in found.items() if variable in model.values}


def _classified(model: Model, act: Act) -> dict[str, Mapping[str, object]]:
    """What `classify` can give or correct: the class and the categories, with their choices."""
    severity, known = model.document.severity, dict[str, Mapping[str, object]](model.document.intake.categories)
    known |= {"severity": severity.classes} if severity is not None else {}
    return {name: known[name] for name in (*act.needs, *act.takes) if name in known}


_BUILT_IN = {
    "mark_unreachable": ("reachable", NO),
    "demand_evidence": ("demand", "open"),
    "receive_evidence": ("demand", "answered"),
}


def _flag_values(model: Model, value: str) -> list[str]:
    if not value.startswith(_FIELD):
        return [value]
    fact = model.document.fields.get(value.removeprefix(_FIELD), Fact())
    return sorted(single_values(fact) or (YES, NO))
