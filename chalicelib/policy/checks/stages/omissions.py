"""Checks that each stage has a possible act, also without optional parts of a filing and without assignments.

The cases of the check are the combinations of what filings say, as far as acts ask for it. Each stage has the set of
cases that can reach it. See `checks.cases` for sets of cases.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from chalicelib.policy.checks.cases import MAX_CASES, CaseSpace
from chalicelib.policy.checks.walks.model import is_for_assigned
from chalicelib.policy.language.conditions import Condition
from chalicelib.policy.language.derived.defined_names import DefinedNames
from chalicelib.policy.language.derived.stage_graph import stage_transitions
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.stages import Act, Stage
from chalicelib.policy.language.vocabulary import NO_EFFECT
from chalicelib.policy.reading.faults import Fault

_ROUTED, _RESPONDENT = "routed", "respondent"
_WITH_UNIT = {"unit": ["yes"]}


class _Reach(msgspec.Struct, frozen=True):
    """The cases that reach a stage before anybody is assigned, and after."""

    unassigned: int = 0
    assigned: int = 0

    def __or__(self, other: _Reach) -> _Reach:
        return _Reach(self.unassigned | other.unassigned, self.assigned | other.assigned)


class _Openness(msgspec.Struct, frozen=True):
    """An act with the cases in which it is open, and those in which it leads to each of its targets.

    Conditions on anything but the filing are taken to hold.
    """

    act: Act
    cases: int
    targets: tuple[tuple[str, int], ...]


_Stages = Mapping[str, list[_Openness]]


def faults(document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    if stage_transitions(document) is None:  # another check reports undefined stages
        return
    filed = _filed_names(document, names)
    conditions = [act.when for stage in document.stages.values() for act in stage.acts.values()]
    conditions += [route.when for route in document.intake.routing]
    if any(_is_for_respondent(act) for stage in document.stages.values() for act in stage.acts.values()):
        conditions.append(_WITH_UNIT)
    space = CaseSpace.of(conditions, {name: names.possible[name] for name in filed})
    if not 0 < space.total <= MAX_CASES:
        return
    stages = {name: list(_open_acts(stage, document, space)) for name, stage in document.stages.items()}
    omitted = _with_omission(space, document, names)
    for name, reach in _reached(document.intake.first, space, stages).items():
        acts = [one for one, key in zip(stages[name], document.stages[name].acts, strict=True) if key not in NO_EFFECT]
        if acts:
            yield from _stage_faults(name, acts, reach, omitted, space)


def _open_acts(stage: Stage, document: PolicyDocument, space: CaseSpace) -> Iterator[_Openness]:
    for act in stage.acts.values():
        cases = space.cases(act.when)
        if act.by and all(selector.role == _ROUTED for selector in act.by):
            cases &= _union(space.cases(route.when) for route in document.intake.routing)
        if _is_for_respondent(act):
            cases &= space.cases(_WITH_UNIT)
        yield _Openness(act, cases, tuple((target.stage, space.cases(target.when)) for target in act.targets))


def _is_for_respondent(act: Act) -> bool:
    """True if only respondents may do the act. They are members of the complaint's unit."""
    return bool(act.by) and all(selector.role == _RESPONDENT for selector in act.by)


def _stage_faults(name: str, acts: list[_Openness], reach: _Reach, omitted: int, space: CaseSpace) -> Iterator[Fault]:
    anybody = _union(one.cases for one in acts)
    without_assignment = _union(one.cases for one in acts if not is_for_assigned(one.act))
    lacking = (reach.unassigned | reach.assigned) & ~anybody & omitted
    if lacking:
        yield Fault(("stages", name), "stage-depends-on-omitted", name=name, case=space.first(lacking))
    elif reach.unassigned & ~without_assignment & anybody:
        yield Fault(("stages", name), "stage-depends-on-assignment", name=name)


def _reached(first: str, space: CaseSpace, stages: _Stages) -> dict[str, _Reach]:
    """The cases that reach each stage."""
    reach = {first: _Reach(unassigned=space.everything)}
    stack = [first]
    while stack:
        stage = stack.pop()
        for one in stages[stage]:
            onward = _after(one, reach[stage])
            for target, cases in one.targets:
                known = reach.get(target, _Reach())
                reach[target] = known | _Reach(onward.unassigned & cases, onward.assigned & cases)
                if reach[target] != known:
                    stack.append(target)
    return reach


def _after(one: _Openness, reach: _Reach) -> _Reach:
    """An optional field may leave the complaint unassigned."""
    act = one.act
    surely = any(field in act.needs for field in act.assigned_fields.values())
    free = 0 if is_for_assigned(act) else reach.unassigned & one.cases
    return _Reach(0 if surely else free, (reach.assigned & one.cases) | (free if act.assigns else 0))


def _filed_names(document: PolicyDocument, names: DefinedNames) -> set[str]:
    """Names whose values a filing decides, and no act changes."""
    flags = {flag for stage in document.stages.values() for act in stage.acts.values() for flag in act.sets}
    facts = set(document.intake.facts) & names.possible.keys()
    severity = set() if _severity_changes(document) else {"severity"} & names.possible.keys()
    units = set() if any(act.sets_unit for act in document.acts) else {"unit"}
    return ({"channel", *document.intake.categories} | units | facts | severity) - flags


def _severity_changes(document: PolicyDocument) -> bool:
    """True if an act or time may change the class with which a complaint is filed."""
    acts = [act for stage in document.stages.values() for act in stage.acts.values()]
    classified = any("severity" in (*act.needs, *act.takes) for act in acts)
    return classified or document.severity is None or bool(document.severity.ageing)


def _with_omission(space: CaseSpace, document: PolicyDocument, names: DefinedNames) -> int:
    """The cases in which at least one value is missing that a filing may omit."""
    missing: list[Condition] = [{name: ["none"]} for name in space.dimensions if name in names.absent]
    if document.intake.unit != "required" and "unit" in space.dimensions:
        missing.append({"unit": ["no"]})
    if document.severity is not None and document.severity.order and "severity" in space.dimensions:
        missing.append({"severity": [document.severity.order[0]]})  # the class of a filing that names none
    return _union(space.cases(when) for when in missing)


def _union(sets: Iterator[int]) -> int:
    found = 0
    for one in sets:
        found |= one
    return found
