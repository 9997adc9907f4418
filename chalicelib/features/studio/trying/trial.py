"""A trial: an example without expectations, run by the engine of production, and the examples of the same procedure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from chalicelib.complaints.trial import examples
from chalicelib.complaints.trial.examples import MAX_STEPS, TriedExample
from chalicelib.policy.checks.examples import MAX_EVENTS
from chalicelib.policy.compiled import Policy
from chalicelib.policy.reading import parsing
from chalicelib.policy.reading.faults import Fault, PolicyFault
from chalicelib.policy.worktime import Budget, bounded

_PATH = ("examples", 0)


class Trial(NamedTuple):
    """`tried`: what was typed. `examples`: of the procedure, until they take too much work."""

    tried: TriedExample
    examples: list[TriedExample]


def run(policy: Policy, typed: Mapping[str, Any], faults: list[Fault]) -> Trial:
    """`typed`: in the written form of examples. `faults`: of what could not be read; with any, it is not run."""
    return Trial(TriedExample(None, faults) if faults else _tried(policy, typed), _examples(policy))


def _tried(policy: Policy, typed: Mapping[str, Any]) -> TriedExample:
    if not 1 <= len(typed["events"]) <= MAX_EVENTS:
        return TriedExample(None, [Fault((*_PATH, "events"), "example-events", most=MAX_EVENTS)])
    try:
        example = parsing.parse_example({**typed, "then": {}})
    except PolicyFault as fault:
        return TriedExample(None, list(fault.faults))
    with bounded(Budget(MAX_STEPS)):
        return examples.try_out(policy, example, _PATH)


def _examples(policy: Policy) -> list[TriedExample]:
    with bounded(Budget(MAX_STEPS)):
        return list(examples.try_each(policy))
