"""Checking examples before they are run: what they name must exist, what they say must be of its kind."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.policy.checks.names import unknown
from chalicelib.policy.language.example import CASE_EXPECTATIONS, Example, ExpectedOutcome
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT
from chalicelib.policy.reading.faults import Fault, Path

MAX_EVENTS = 50
"""Events in one example."""
_STATES = ("running", "paused", "met", "missed", "cancelled", "none")
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
        yield from _one(("examples", index), example, document)


def _one(path: Path, example: Example, document: PolicyDocument) -> Iterator[Fault]:
    if not example.then:
        yield Fault((*path, "then"), "example-says-nothing")
    if not 1 <= len(example.events) <= MAX_EVENTS:
        yield Fault((*path, "events"), "example-events", most=MAX_EVENTS)
    for key, said in example.then.items():
        yield from _then((*path, "then", key), key, said, document)


def _then(path: Path, key: str, said: object, document: PolicyDocument) -> Iterator[Fault]:
    if key not in CASE_EXPECTATIONS:
        yield from _clock(path, key, said, document)
    elif not isinstance(said, _KINDS[key]) or (_KINDS[key] is int and isinstance(said, bool)):
        en, zh = _SAID_OF[_KINDS[key]]
        yield Fault(path, "example-kind", name=key, expected=en, expected_zh=zh)
    elif key == "stage" and said not in document.stages:
        yield Fault(path, "no-stage", name=said, known=sorted(document.stages))
    elif isinstance(said, list):
        yield from unknown(path, said, EVENT_OF_ACT, "no-act")


_SAID_OF = {
    str: ("a name", "名称"),
    int: ("a whole number", "整数"),
    list: ("a list of acts", "操作的列表"),
    bool: ("true or false", "true 或 false"),
}
_OF_CLOCK = ("a due time, a state, or both: {due: …, state: …}", "到期时间、状态或两者：{due: …, state: …}")


def _clock(path: Path, name: str, said: object, document: PolicyDocument) -> Iterator[Fault]:
    if name not in document.clocks and name not in document.tasks:
        known = [*document.clocks, *document.tasks, *sorted(CASE_EXPECTATIONS)]
        yield Fault(path, "example-no-clock", name=name, known=known)
    elif not isinstance(said, ExpectedOutcome):
        yield Fault(path, "example-kind", name=name, expected=_OF_CLOCK[0], expected_zh=_OF_CLOCK[1])
    elif said.state is not None and said.state not in _STATES:
        yield Fault((*path, "state"), "example-state", name=said.state)
