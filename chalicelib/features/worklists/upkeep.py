"""What keeps work lists: the reaction that writes them, their repair and their erasure."""

from __future__ import annotations

from functools import partial

from chalicelib.casework.composing.committed_event import CommittedEvent, Reaction
from chalicelib.casework.composing.derived import DerivedFault, DerivedPart, Faults, Replayed
from chalicelib.casework.composing.erased import Erased, Leaver
from chalicelib.features.worklists import work_list_rows
from chalicelib.kit.instants import Instant
from chalicelib.policy.language.vocabulary import CANCELLING_EVENTS, EVENT_OF_ACT, LISTABLE_ACTS, NO_EFFECT, event_term
from chalicelib.store import erasing, keys
from chalicelib.wiring import Wiring

_OF_STAGES = frozenset(EVENT_OF_ACT[act] for act in LISTABLE_ACTS - NO_EFFECT - {"notify"})
"""Events of acts that can lead to another stage. What the act `notify` tells has its type, and is told all the time."""


def applies(committed: CommittedEvent) -> bool:
    """Whether the event can change the open work, its owners or its due times."""
    result = committed.event.result
    ends_tasks = any(run.get("task") and run.get("ended") for run in result.get("clocks", []))
    changes = event_term(committed.event.type).changes_work or committed.event.type in CANCELLING_EVENTS
    moved = "unit" in result  # its tasks stand in the list of the unit
    voids = bool(result.get("voided"))
    return changes or moved or ends_tasks or voids or _moves_in_queue(committed) or _ends_repetition(committed)


def _moves_in_queue(committed: CommittedEvent) -> bool:
    """Whether the complaint can have another next deadline, shelf or person: after acts that stages list, and what
    changes its runs. A warning leaves the due time as it was."""
    result, type_ = committed.event.result, committed.event.type
    changes = bool(result.get("assigned") or (result.get("clocks") and type_ != "warned"))
    return not committed.is_of_unit and (changes or type_ in _OF_STAGES)


def _ends_repetition(committed: CommittedEvent) -> bool:
    if committed.is_of_unit:
        return False
    policy = committed.policy
    tasks = [task for name, task in policy.document.tasks.items() if task.every or name not in policy.clocks]
    return any(committed.event.type in task.until for task in tasks)


def react(wiring: Wiring, committed: CommittedEvent, _now: Instant) -> None:
    work_list_rows.refresh(wiring.store, wiring.compiled, committed.ref)


REACTION = Reaction("work lists", applies, react)


def _work_lists(record: Replayed) -> Faults:
    store, compiled, ref = record.store, record.wiring.compiled, record.ref
    if not work_list_rows.are_current(store, ref.tenant, record.case):
        yield DerivedFault(work_list_rows.KIND, "rows", partial(work_list_rows.rewrite, store, compiled, ref))


PART = DerivedPart("work lists", _work_lists, kinds=(work_list_rows.KIND,), lookups=(work_list_rows.LOOKUP,), late=True)


def _lists(leaver: Leaver) -> list[str]:
    units = [keys.unit_list(unit) for unit in leaver.units]
    owners = (*leaver.roles, *units, *(one for unit in units for one in _queue_lists(unit)))
    return [keys.work_list(leaver.tenant, owner) for owner in owners]


def _queue_lists(owner: str) -> list[str]:
    return [keys.queue_list(shelf, owner) for shelf in work_list_rows.SHELVES]


ERASED = Erased(
    person=lambda tenant, sub: [keys.work_list(tenant, owner) for owner in (sub, *_queue_lists(sub))],
    organisation=_lists,
    remove_of_record=lambda store, ref: erasing.remove(store, work_list_rows.written_rows(store, ref)),
)
