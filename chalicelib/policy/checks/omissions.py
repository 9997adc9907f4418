"""Checks that somebody can act in each stage even if a filing omits what it may omit, or nobody was assigned.

The cases of the check are the combinations of what filings say, as far as acts ask for it. Each stage has the set of
cases that can reach it. See `checks.cases` for sets of cases.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from chalicelib.policy.checks.case_model import is_for_assigned
from chalicelib.policy.checks.cases import MAX_CASES, CaseSpace
from chalicelib.policy.language.conditions import Condition
from chalicelib.policy.language.defined_names import DefinedNames
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.stage_graph import stage_transitions
from chalicelib.policy.language.stages import Act
from chalicelib.policy.reading.faults import Fault

_ROUTED = "routed"
_NO_ACTS = frozenset({"note", "tick"})
"""Acts that change nothing in the procedure."""


class _Reach(msgspec.Struct, frozen=True):
    """The cases that reach a stage before anybody is assigned, and after."""

    unassigned: int = 0
    assigned: int = 0

    def __or__(self, other: _Reach) -> _Reach:
        return _Reach(self.unassigned | other.unassigned, self.assigned | other.assigned)


def faults(document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    if stage_transitions(document) is None:  # another check reports undefined stages
        return
    filed = _filed_names(document, names)
    conditions = [act.when for stage in document.stages.values() for act in stage.acts.values()]
    conditions += [route.when for route in document.intake.routing]
    space = CaseSpace.of(conditions, {name: names.possible[name] for name in filed})
    if not 0 < space.total <= MAX_CASES:
        return
    omitted = _with_omission(space, document, names)
    for name, reach in _reached(document, space).items():
        acts = [act for key, act in document.stages[name].acts.items() if key not in _NO_ACTS]
        if acts:
            yield from _stage_faults(name, acts, reach, omitted, _Openness(document, space))


def _stage_faults(name: str, acts: list[Act], reach: _Reach, omitted: int, openness: _Openness) -> Iterator[Fault]:
    anybody = _union(openness.cases(act) for act in acts)
    without_assignment = _union(openness.cases(act) for act in acts if not is_for_assigned(act))
    lacking = (reach.unassigned | reach.assigned) & ~anybody & omitted
    if lacking:
        yield Fault(("stages", name), "stage-depends-on-omitted", name=name, case=openness.space.first(lacking))
    elif reach.unassigned & ~without_assignment & anybody:
        yield Fault(("stages", name), "stage-depends-on-omitted", name=name, case="assigns")


class _Openness(msgspec.Struct, frozen=True):
    """The cases in which an act is open, as far as they follow from the filing."""

    document: PolicyDocument
    space: CaseSpace

    def cases(self, act: Act) -> int:
        found = self.space.cases(act.when)
        if act.by and all(selector.role == _ROUTED for selector in act.by):
            found &= _union(self.space.cases(route.when) for route in self.document.intake.routing)
        return found


def _reached(document: PolicyDocument, space: CaseSpace) -> dict[str, _Reach]:
    """The cases that reach each stage. Conditions on anything but the filing are taken to hold."""
    reach = {document.intake.first: _Reach(unassigned=space.everything)}
    stack = [document.intake.first]
    openness = _Openness(document, space)
    while stack:
        stage = stack.pop()
        for act in document.stages[stage].acts.values():
            onward = _after(act, reach[stage], openness.cases(act))
            for target in act.targets:
                known = reach.get(target.stage, _Reach())
                cases = space.cases(target.when)
                reach[target.stage] = known | _Reach(onward.unassigned & cases, onward.assigned & cases)
                if reach[target.stage] != known:
                    stack.append(target.stage)
    return reach


def _after(act: Act, reach: _Reach, open_in: int) -> _Reach:
    """An optional field may leave the complaint unassigned."""
    assigns = bool(act.assigns)
    surely = assigns and any(field in act.needs for field in act.assigned_fields.values())
    free = 0 if is_for_assigned(act) else reach.unassigned & open_in
    assigned = reach.assigned & open_in
    return _Reach(0 if surely else free, assigned | (free if assigns else 0))


def _filed_names(document: PolicyDocument, names: DefinedNames) -> set[str]:
    """Names whose values a filing decides, and no act changes."""
    flags = {flag for stage in document.stages.values() for act in stage.acts.values() for flag in act.sets}
    facts = set(document.intake.facts) & names.possible.keys()
    return ({"channel", "unit", *document.intake.categories} | facts) - flags


def _with_omission(space: CaseSpace, document: PolicyDocument, names: DefinedNames) -> int:
    """The cases in which at least one value is missing that a filing may omit."""
    missing: list[Condition] = [{name: ["none"]} for name in space.dimensions if name in names.absent]
    if document.intake.unit == "optional" and "unit" in space.dimensions:
        missing.append({"unit": ["no"]})
    return _union(space.cases(when) for when in missing)


def _union(sets: Iterator[int]) -> int:
    found = 0
    for one in sets:
        found |= one
    return found
