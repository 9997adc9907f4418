"""Checking the ways through the stages: which no complaint comes into, and which acts wait for what cannot have been.

A stage or an act is reported once, at the root: what lies behind it counts as reached from then on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chalicelib.policy.faults import Fault
from chalicelib.policy.happenings import by_itself
from chalicelib.policy.model import Act, Document
from chalicelib.policy.vocabulary import EVENT_OF_ACT, EVENTS

_Place = tuple[str, str]


def faults(document: Document) -> Iterator[Fault]:
    stages = document.stages
    leads = {name: {act.to for act in stage.acts.values() if act.to} for name, stage in stages.items()}
    if document.intake.first in stages and all(to in stages for found in leads.values() for to in found):
        yield from _unreachable(document.intake.first, leads)
    yield from _never_before(document)


def _unreachable(first: str, leads: dict[str, set[str]]) -> Iterator[Fault]:
    left = set(leads) - _reached([first], leads)
    while left:
        behind = {to for name in left for to in leads[name] if to != name}
        root = next((name for name in leads if name in left - behind), None)
        root = root or next(name for name in leads if name in left)
        yield Fault(("stages", root), "stage-unreachable", name=root)
        left -= _reached([root], leads)


def _reached(start: Iterable[str], leads: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    stack = list(start)
    while stack:
        name = stack.pop()
        if name not in found:
            found.add(name)
            stack.extend(leads[name])
    return found


def _never_before(document: Document) -> Iterator[Fault]:
    """The stages' order is not asked, only whether any act that can be done leads to the event."""
    seen = by_itself(document)
    waiting = {
        (stage_name, name): act
        for stage_name, stage in document.stages.items()
        for name, act in stage.acts.items()
        if name in EVENT_OF_ACT
    }
    while waiting:
        if _happen(waiting, seen):
            continue
        place, event = _root(waiting, seen)
        yield Fault(("stages", place[0], "acts", place[1], "after"), "never-before", name=event)
        seen.add(event)


def _happen(waiting: dict[_Place, Act], seen: set[str]) -> bool:
    """Let every act happen that waits for nothing more. An event that the language does not know is not waited for."""
    ready = [place for place, act in waiting.items() if not (set(act.after) & EVENTS) - seen]
    for place in ready:
        del waiting[place]
        seen.add(EVENT_OF_ACT[place[1]])
    return bool(ready)


def _root(waiting: dict[_Place, Act], seen: set[str]) -> tuple[_Place, str]:
    """An act that waits for an event which no other waiting act would lead to; in a circle, the first of it."""
    lacking = [
        (place, event) for place, act in waiting.items() for event in act.after if event in EVENTS and event not in seen
    ]
    coming = {EVENT_OF_ACT[name] for _, name in waiting}
    return next((one for one in lacking if one[1] not in coming), lacking[0])
