"""The events that one event causes: all are recorded with it in one transaction, which has room for so many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.stages import Act
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT
from chalicelib.policy.reading.faults import Fault, Path

MAX_EVENTS = 40
"""The maximum number of events that one event may cause, including itself. A transaction has at most 100 items: as many
overdue events may come before it, and the snapshot, private values, lookups and the idempotency item are added."""
_EVENT = 2
"""The event, and its own notification (of ageing, or of the end of a duplicate)."""
_PER_TASK = 2
"""For each task: the event that opens or proposes it, and its notification."""
_EVIDENCE_DEMAND = 2
"""The demand for evidence at filing, and its notification."""


def event_faults(document: PolicyDocument) -> Iterator[Fault]:
    """A fault for each event that could record more than `MAX_EVENTS` events at once. Conditions are ignored."""
    tasks_by_event = Counter(event for task in document.tasks.values() for event in {one.event for one in task.on})
    crowded = set()
    for event, tasks in tasks_by_event.items():
        if (count := _EVENT + _PER_TASK * tasks) > MAX_EVENTS:
            crowded.add(event)
            yield Fault(("tasks",), "too-much-at-once", name=event, count=count, most=MAX_EVENTS)
    for path, event, count in _notifying_events(document):
        if event not in crowded and (total := count + _PER_TASK * tasks_by_event[event]) > MAX_EVENTS:
            yield Fault(path, "too-much-at-once", name=event, count=total, most=MAX_EVENTS)


def _notifying_events(document: PolicyDocument) -> Iterator[tuple[Path, str, int]]:
    """The number of events, without tasks, that filing and each act cause; with the path of their `tells`."""
    lowering = document.severity.lowering if document.severity else None
    demand = _EVIDENCE_DEMAND if document.intake.evidence_within is not None and document.intake.evidence else 0
    yield ("intake", "tells"), "registered", 1 + demand + len(document.intake.tells)
    for name, task in document.tasks.items():
        if task.tells:
            yield ("tasks", name, "tells"), "task_done", 1 + len(task.tells)
    for stage_name, stage in document.stages.items():
        for name, act in stage.acts.items():
            if name in EVENT_OF_ACT:  # unknown acts are reported by `checks.stages`
                count = _events_of_act(act, lowers="severity" in act.needs and bool(lowering and lowering.approval))
                yield ("stages", stage_name, "acts", name, "tells"), EVENT_OF_ACT[name], count


def _events_of_act(act: Act, *, lowers: bool) -> int:
    """An approval adds an event and a notification to the proposer, an assignment one to the people it replaces."""
    return 1 + len(act.tells) + (2 if act.approval is not None or lowers else 0) + (1 if act.assigns else 0)
