"""Checking how much comes at once: what one event causes is recorded with it, in one commit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from chalicelib.policy.language.model import Act, PolicyDocument
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT
from chalicelib.policy.reading.faults import Fault, Path

MAX_EVENTS = 40
"""Events that one event may cause, itself included. A commit takes 100 items: as many owed events may come before it,
and there are the snapshot, private values, look-ups and what repeats are known by."""
_ITSELF = 2
"""The event, and a notice of its own kind (ageing, a duplicate's end)."""
_TASK = 2
"""That it is opened, or proposed, and that somebody is told."""
_ASKED = 2
"""Evidence is demanded at filing."""


def faults(document: PolicyDocument) -> Iterator[Fault]:
    """Conditions are not looked at: what they keep apart counts too."""
    owed = Counter(event for task in document.tasks.values() for event in {one.event for one in task.on})
    crowded = set()
    for event, tasks in owed.items():
        if (count := _ITSELF + _TASK * tasks) > MAX_EVENTS:
            crowded.add(event)
            yield Fault(("tasks",), "too-much-at-once", name=event, count=count, most=MAX_EVENTS)
    for path, event, count in _told(document):
        if event not in crowded and (whole := count + _TASK * owed[event]) > MAX_EVENTS:
            yield Fault(path, "too-much-at-once", name=event, count=whole, most=MAX_EVENTS)


def _told(document: PolicyDocument) -> Iterator[tuple[Path, str, int]]:
    """What the filing and each act cause besides tasks, at the place where they say who is told."""
    asked = _ASKED if document.intake.evidence_within is not None and document.intake.evidence else 0
    yield ("intake", "tells"), "registered", 1 + asked + len(document.intake.tells)
    for stage_name, stage in document.stages.items():
        for name, act in stage.acts.items():
            if name in EVENT_OF_ACT:  # reported where it is listed
                yield ("stages", stage_name, "acts", name, "tells"), EVENT_OF_ACT[name], _by_act(act)


def _by_act(act: Act) -> int:
    """Approval is an event too, of which whoever proposed it is told."""
    return 1 + len(act.tells) + (2 if act.approval is not None else 0)
