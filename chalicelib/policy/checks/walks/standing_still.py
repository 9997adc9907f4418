"""Checks that no case can stand still for good (X.6): from each state, the organisation or time can reach an end.

Acts of parties do not count, because parties may stay silent. An end is a stage without acts other than `reopen` and a
late `rate`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from chalicelib.policy.checks.walks.model import Model, State, case_text
from chalicelib.policy.checks.walks.steps import Steps, is_end
from chalicelib.policy.language.derived.defined_names import DefinedNames
from chalicelib.policy.language.derived.stage_graph import stage_transitions
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.reading.faults import Fault
from chalicelib.policy.worktime import Budget, BudgetExceeded, bounded

MAX_STATES = 20_000
MAX_STEPS = 200_000
"""Counted steps (`worktime.budget`) of an exploration, about a quarter of a second. A preset takes at most 70,000."""
_Onward = dict[State, set[State]]
"""The next states that the organisation or time can reach."""
_Ways = dict[State, tuple[State, str] | None]
"""The state before each state, and the event that led from there; None for the state of a filing."""


class _TooMany(Exception):
    def __init__(self, fault: Fault) -> None:
        self.fault = fault


def faults(document: PolicyDocument, names: DefinedNames) -> Iterator[Fault]:
    if stage_transitions(document) is None:  # another check reports undefined stages
        return
    model = Model.of(document, names)
    try:
        with bounded(Budget(MAX_STEPS)):
            onward, ways = _explore(model)
    except BudgetExceeded:
        yield Fault(("stages",), "too-costly", most=MAX_STEPS)
        return
    except _TooMany as found:
        yield found.fault
        return
    stuck = onward.keys() - _can_end(model, onward)
    for stage, state in _roots(document, stuck, onward).items():
        way, case = _way(ways, state), case_text(model.case(state))
        yield Fault(("stages", stage), "stands-still", name=stage, way=way, case=case)


def _way(ways: _Ways, state: State) -> str:
    """The events from the filing to the state, such as `registered → accepted → decided`."""
    events = []
    while (last := ways[state]) is not None:
        state, event = last
        events.append(event)
    return " → ".join(["registered", *reversed(events)])


def _explore(model: Model) -> tuple[_Onward, _Ways]:
    """Every state that a case can reach, by any person, with the steps that the organisation or time can take.

    Breadth first, so that the way to each state is a shortest one.
    """
    if model.filed_count() > MAX_STATES:
        raise _TooMany(Fault(("stages",), "too-many-cases", count=model.filed_count(), most=MAX_STATES))
    onward: _Onward = {}
    ways: _Ways = dict.fromkeys(model.filed())
    queue = deque(ways)
    steps = Steps(model)
    while queue:
        state = queue.popleft()
        onward[state] = set()
        if len(onward) > MAX_STATES:
            raise _TooMany(Fault(("stages",), "too-many-cases", count=len(onward), most=MAX_STATES))
        for after, counts, event in steps.after(state):
            if counts and after != state:
                onward[state].add(after)
            if after not in ways:
                ways[after] = state, event
                queue.append(after)
    return onward, ways


def _can_end(model: Model, onward: _Onward) -> set[State]:
    back: dict[State, list[State]] = {}
    for state, following in onward.items():
        for after in following:
            back.setdefault(after, []).append(state)
    found: set[State] = set()
    stack = [state for state in onward if is_end(model, state)]
    while stack:
        state = stack.pop()
        if state not in found:
            found.add(state)
            stack.extend(back.get(state, ()))
    return found


def _roots(document: PolicyDocument, stuck: set[State], onward: _Onward) -> dict[str, State]:
    """A stuck state for each stage that no case can leave; if there is none, for the first stuck stage."""
    leaving = {state[0] for state in stuck if any(after[0] != state[0] for after in onward[state])}
    stages = [name for name in document.stages if any(state[0] == name for state in stuck)]
    rooted = [name for name in stages if name not in leaving] or stages[:1]
    return {name: min(state for state in stuck if state[0] == name) for name in rooted}
