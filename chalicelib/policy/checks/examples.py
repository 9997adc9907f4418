"""Checks examples before they are run: names must exist, and values must have the right type."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.policy.checks.references import undefined_names
from chalicelib.policy.language.example import CASE_EXPECTATIONS, Example, ExpectedOutcome
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.vocabulary import CLOCK_STATES, EVENT_OF_ACT
from chalicelib.policy.reading.faults import Fault, Path

MAX_EVENTS = 50
"""The maximum number of events in one example."""
_KINDS: dict[str, type] = {
    "stage": str,
    "severity": str,
    "tier": int,
    "points": int,
    "open": list,
    "not_open": list,
    "provisional": bool,
}


def faults(document: PolicyDocument) -> Iterator[Fault]:
    for index, example in enumerate(document.examples):
        yield from _example_faults(("examples", index), example, document)


def _example_faults(path: Path, example: Example, document: PolicyDocument) -> Iterator[Fault]:
    if not example.then:
        yield Fault((*path, "then"), "example-says-nothing")
    if not 1 <= len(example.events) <= MAX_EVENTS:
        yield Fault((*path, "events"), "example-events", most=MAX_EVENTS)
    if example.given.received is not None and document.intake.received is None:
        yield Fault((*path, "given", "received"), "example-not-received")
    for key, expected in example.then.items():
        yield from _expectation_faults((*path, "then", key), key, expected, document)


def _expectation_faults(path: Path, key: str, expected: object, document: PolicyDocument) -> Iterator[Fault]:
    if key not in CASE_EXPECTATIONS:
        yield from _clock_faults(path, key, expected, document)
    elif not isinstance(expected, _KINDS[key]) or (_KINDS[key] is int and isinstance(expected, bool)):
        en, zh = _KIND_TEXTS[_KINDS[key]]
        yield Fault(path, "example-kind", name=key, expected=en, expected_zh=zh)
    elif key == "stage" and expected not in document.stages:
        yield Fault(path, "no-stage", name=expected, known=sorted(document.stages))
    elif isinstance(expected, list):
        yield from undefined_names(path, expected, EVENT_OF_ACT, "no-act")


_KIND_TEXTS = {
    str: ("a name", "名称"),
    int: ("a whole number", "整数"),
    list: ("a list of acts", "操作的列表"),
    bool: ("true or false", "true 或 false"),
}
_CLOCK_TEXTS = ("a due time, a state, or both: {due: …, state: …}", "到期时间、状态或两者：{due: …, state: …}")


def _clock_faults(path: Path, name: str, expected: object, document: PolicyDocument) -> Iterator[Fault]:
    if name not in document.clocks and name not in document.tasks:
        known = [*document.clocks, *document.tasks, *sorted(CASE_EXPECTATIONS)]
        yield Fault(path, "example-no-clock", name=name, known=known)
    elif not isinstance(expected, ExpectedOutcome):
        yield Fault(path, "example-kind", name=name, expected=_CLOCK_TEXTS[0], expected_zh=_CLOCK_TEXTS[1])
    elif expected.state is not None and expected.state not in CLOCK_STATES:
        yield Fault((*path, "state"), "example-state", name=expected.state)
