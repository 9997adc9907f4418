"""Reaction: brings the work lists of a complaint or a unit up to date."""

from __future__ import annotations

from chalicelib.casework.committed_event import CommittedEvent, Reaction
from chalicelib.features.worklists import work_lists
from chalicelib.kit.instants import Instant
from chalicelib.policy.language.vocabulary import CANCELLING_EVENTS, event_term
from chalicelib.wiring import Wiring


def applies(committed: CommittedEvent) -> bool:
    """Whether the event can change the open work, its owners or its due times."""
    result = committed.event.result
    ends_tasks = any(run.get("task") and run.get("ended") for run in result.get("clocks", []))
    changes = event_term(committed.event.type).changes_work or committed.event.type in CANCELLING_EVENTS
    return changes or ends_tasks or bool(result.get("voided")) or _ends_repetition(committed)


def _ends_repetition(committed: CommittedEvent) -> bool:
    if committed.is_of_unit:
        return False
    policy = committed.policy
    tasks = [task for name, task in policy.document.tasks.items() if task.every or name not in policy.clocks]
    return any(committed.event.type in task.until for task in tasks)


def react(wiring: Wiring, committed: CommittedEvent, _now: Instant) -> None:
    work_lists.refresh(wiring.store, wiring.compiled, committed.ref)


REACTION = Reaction("work lists", applies, react)
