"""The steps between the states of a model of cases (`case_model`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from chalicelib.policy.checks.case_model import ASSIGNED, EVENT_PREFIX, NO, YES, Model, State, event_of, is_for_assigned
from chalicelib.policy.language.clocks import MissedAct
from chalicelib.policy.language.conditions import holds
from chalicelib.policy.language.facts import Fact
from chalicelib.policy.language.possible_values import single_values
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.vocabulary import UNDONE_BY_REOPENING

_PARTIES = frozenset({"complainant", "respondent"})
_NO_PROGRESS = frozenset({"note", "tick"})
Case = dict[str, str]


def steps(model: Model, state: State) -> Iterator[tuple[State, bool]]:
    """The next states. True if the organisation or time can take the step, False if only a party can."""
    stage, case = state[0], model.case(state)
    for name, act in model.document.stages[stage].acts.items():
        if name not in _NO_PROGRESS and _is_open(model, stage, act, case):
            for after in _performed(model, stage, name, act, case):
                yield after, not _is_of_parties(act)
    for after in _by_time(model, stage, case):
        yield after, True
    for event in model.by_people:
        if event.startswith("evidence_") and event != "evidence_demanded" and case[EVENT_PREFIX + event] == NO:
            yield model.state(stage, {**case, EVENT_PREFIX + event: YES}), False
    if case.get("demand") == "open":
        yield model.state(stage, {**case, "demand": "answered"}), False


def is_end(model: Model, state: State) -> bool:
    return model.document.stages[state[0]].acts.keys() <= {"reopen"}


def _is_of_parties(act: Act) -> bool:
    """True if the act needs a party: nobody else may do it, or each in `by` must."""
    parties = [selector.role in _PARTIES for selector in act.by]
    return any(parties) if act.all else all(parties)


def _is_open(model: Model, stage: str, act: Act, case: Case) -> bool:
    if is_for_assigned(act) and case[ASSIGNED] == NO:
        return False
    seen = (case.get(EVENT_PREFIX + event, YES) == YES for event in act.after)
    return all(seen) and holds(_known(act.when, case), {**case, **model.clocks.shown(stage, case), "stage": stage})


def _known(when: Mapping[str, list[str]], case: Case) -> dict[str, list[str]]:
    return {name: values for name, values in when.items() if name in case or name == "stage"}


def _performed(model: Model, stage: str, name: str, act: Act, case: Case) -> Iterator[State]:
    """The states after the act: one for each value that its fields can give, and for each target that may apply."""
    event = event_of(name)
    changes = _changes(model, name, act, case)
    for values in product(*changes.values()):
        changed = {**case, **dict(zip(changes, values, strict=True))}
        for after in model.clocks.after_event(event, changed):
            for target in _targets(stage, act, after):
                yield model.state(target, after)


def _targets(stage: str, act: Act, case: Case) -> list[str]:
    """The act's own fields are not part of the case: whoever acts can choose them."""
    if not act.targets:
        return [stage]
    before = {**case, "stage": stage}
    own = {*act.needs, *act.takes}
    return [
        target.stage
        for target in act.targets
        if holds({name: values for name, values in target.when.items() if name in before and name not in own}, before)
    ]


def _changes(model: Model, name: str, act: Act, case: Case) -> dict[str, list[str]]:
    """The variables that the act changes, each with the values that it can get."""
    found: dict[str, list[str]] = {flag: _flag_values(model, value) for flag, value in act.sets.items()}
    found[EVENT_PREFIX + event_of(name)] = [YES]
    if name == "reopen":
        found |= {EVENT_PREFIX + event: [NO] for event in UNDONE_BY_REOPENING}
    if name == "classify" and model.document.severity is not None:
        found["severity"] = list(model.document.severity.classes)
    if name in _BUILT_IN:
        found[_BUILT_IN[name][0]] = [_BUILT_IN[name][1]]
    if act.assigns:
        surely = any(field in act.needs for field in act.assigned_fields.values())
        found[ASSIGNED] = [YES] if surely else [YES, case.get(ASSIGNED, NO)]
    return {variable: sorted(set(values)) for variable, values in found.items() if variable in case}


_BUILT_IN = {
    "mark_unreachable": ("reachable", NO),
    "demand_evidence": ("demand", "open"),
    "receive_evidence": ("demand", "answered"),
}


def _flag_values(model: Model, value: str) -> list[str]:
    if not value.startswith("field."):
        return [value]
    fact = model.document.fields.get(value.removeprefix("field."), Fact())
    return sorted(single_values(fact) or (YES, NO))


def _by_time(model: Model, stage: str, case: Case) -> Iterator[State]:
    document = model.document
    for name, clock in model.clocks.due(stage, case):
        missed = clock.missed
        act = document.stages[stage].acts.get(missed.act) if isinstance(missed, MissedAct) else None
        if isinstance(missed, MissedAct) and act is not None and _is_open_to_time(model, stage, act, case):
            yield from _performed(model, stage, missed.act, act, {**case, name: "met"})
        else:
            yield model.state(stage, {**case, name: "missed"})
    if case.get("demand") == "open" and model.lapses:
        yield model.state(stage, {**case, "demand": "lapsed"})
    if "severity" in case and document.severity is not None:
        for age in document.severity.ageing:
            yield model.state(stage, {**case, "severity": age.to})


def _is_open_to_time(model: Model, stage: str, act: Act, case: Case) -> bool:
    """Time needs no assignment."""
    return _is_open(model, stage, act, {**case, ASSIGNED: YES})
