"""Checking examples before they are run: what they name must exist, what they say must be of its kind."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.policy.example import ABOUT_THE_CASE, Example, Expected
from chalicelib.policy.faults import Fault, Path
from chalicelib.policy.model import Document
from chalicelib.policy.vocabulary import EVENT_OF_ACT

MOST = 100
"""Examples in one document."""
MOST_EVENTS = 50
"""Events in one example."""
_STATES = ("running", "paused", "met", "missed", "cancelled", "none")
_KINDS: dict[str, type] = {
    "stage": str,
    "severity": str,
    "tier": int,
    "open": list,
    "not_open": list,
    "provisional": bool,
}


def faults(document: Document) -> Iterator[Fault]:
    if len(document.examples) > MOST:
        yield Fault(("examples",), f"at most {MOST} examples")
        return
    for index, example in enumerate(document.examples):
        yield from _one(("examples", index), example, document)


def _one(path: Path, example: Example, document: Document) -> Iterator[Fault]:
    if not example.then:
        yield Fault((*path, "then"), "an example must say what is to come")
    if not 1 <= len(example.events) <= MOST_EVENTS:
        yield Fault((*path, "events"), f"an example has 1 to {MOST_EVENTS} events, the first of them `registered`")
    for key, said in example.then.items():
        yield from _then((*path, "then", key), key, said, document)


def _then(path: Path, key: str, said: object, document: Document) -> Iterator[Fault]:
    if key not in ABOUT_THE_CASE:
        yield from _clock(path, key, said, document)
    elif not isinstance(said, _KINDS[key]) or (key == "tier" and isinstance(said, bool)):
        yield Fault(path, f"`{key}` must be {_said_of(_KINDS[key])}")
    elif key == "stage" and said not in document.stages:
        yield Fault(path, f"no such stage: {said}")
    elif isinstance(said, list):
        yield from (Fault(path, f"the language has no such act: {act}") for act in said if act not in EVENT_OF_ACT)


def _said_of(kind: type) -> str:
    return {str: "a name", int: "a whole number", list: "a list of acts", bool: "true or false"}[kind]


def _clock(path: Path, name: str, said: object, document: Document) -> Iterator[Fault]:
    if name not in document.clocks and name not in document.tasks:
        known = ", ".join([*document.clocks, *document.tasks, *sorted(ABOUT_THE_CASE)])
        yield Fault(path, f"no such clock; what an example can say: {known}")
    elif not isinstance(said, Expected):
        yield Fault(path, "a clock is a due time, a state, or both: {due: …, state: …}")
    elif said.state is not None and said.state not in _STATES:
        yield Fault((*path, "state"), "must be one of: " + ", ".join(_STATES))
