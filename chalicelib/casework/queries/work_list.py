"""The caller's work list: open tasks of their roles, proposals that await their approval, open tasks of their units."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from chalicelib.casework import snapshot
from chalicelib.casework.authorization import load_asker
from chalicelib.casework.reactions.work_lists import WorkListRow
from chalicelib.complaints import approvals
from chalicelib.complaints.permits import Asker, covers
from chalicelib.complaints.runs import Run
from chalicelib.complaints.state import Complaint
from chalicelib.complaints.units.unit import ScoredUnit
from chalicelib.instants import Instant, to_text
from chalicelib.store import keys
from chalicelib.store.port import Entry, Key, Store
from chalicelib.wiring import Wiring

if TYPE_CHECKING:
    from chalicelib.tenants.publication.policy_cache import CompiledPolicies

_JUST_AFTER = "!"


class TaskFilter(msgspec.Struct, frozen=True, kw_only=True):
    """`mine`: tasks of the caller's roles, and proposals for their approval. `unit`: all tasks in their units."""

    of: Literal["mine", "unit"] = "mine"
    kind: str | None = None
    """`task` or `approval`; None for both."""
    limit: int = 50


class TasksPage(msgspec.Struct, frozen=True):
    tasks: list[dict[str, Any]]
    after: Mapping[str, str] | None


def tasks(
    wiring: Wiring, tenant: str, sub: str, criteria: TaskFilter, after: Mapping[str, str] | None, now: Instant
) -> TasksPage:
    """A page of the list, earliest deadline first. Raises `Problem("forbidden")` if the caller is no member.

    `criteria.of` selects the lists (see `TaskFilter`). Each entry is compared with the complaint's current state. Work
    that is done already is left out, so a page can be short. The tasks are JSON as `_view` returns it.
    """
    key = keys.membership(tenant, sub)
    asker = load_asker(wiring.store, tenant, wiring.store.get([key]), sub, now)
    entries = _first_entries(
        wiring.store, tenant, _owners(asker, criteria.of), "" if after is None else after["sk"], criteria.limit + 1
    )
    rows = [msgspec.json.decode(entry.body, type=WorkListRow) for entry in entries[: criteria.limit]]
    complaints = _complaints(wiring.store, tenant, rows)
    views = [
        view
        for row in rows
        if criteria.kind in (None, row.kind)
        and (view := _view(wiring.compiled, tenant, complaints.get(row.number), row, asker))
    ]
    more = len(entries) > criteria.limit
    return TasksPage(views, {"sk": entries[criteria.limit - 1].key.sk} if more else None)


def _owners(asker: Asker, of: str) -> list[str]:
    if of == "unit":
        units = dict.fromkeys(grant.unit for grant in asker.grants if grant.unit is not None)
        return [keys.unit_list(unit) for unit in units]
    return sorted(asker.roles)


def _first_entries(store: Store, tenant: str, owners: list[str], after: str, most: int) -> list[Entry]:
    """The first entries after `after` in all these lists. A proposal on several of the lists is returned once."""
    lists = [_list_entries(store, keys.work_list(tenant, owner), after, most) for owner in owners]
    merged = heapq.merge(*lists, key=lambda entry: entry.key.sk)
    return [next(same) for _, same in islice(groupby(merged, key=lambda entry: entry.key.sk), most)]


def _list_entries(store: Store, pk: str, after: str, most: int) -> list[Entry]:
    return store.query(pk, first=after + _JUST_AFTER if after else "", limit=most).entries


def _complaints(store: Store, tenant: str, rows: list[WorkListRow]) -> dict[str, Complaint]:
    snapshot_keys: list[Key] = [
        keys.snapshot(keys.aggregate(tenant, number)) for number in {row.number for row in rows}
    ]
    complaints = (snapshot.parse_state(entry) for entry in store.get(snapshot_keys).values())
    return {complaint.number: complaint for complaint in complaints if complaint is not None}


def _view(
    compiled: CompiledPolicies, tenant: str, complaint: Complaint | None, row: WorkListRow, asker: Asker
) -> dict[str, Any] | None:
    """None if the work is done, or if the caller may not see it."""
    if complaint is None or not any(covers(grant, complaint.unit) for grant in asker.grants):
        return None
    details = next(_details(compiled, tenant, complaint, row, asker), None)
    if details is None:
        return None
    return {
        "kind": row.kind,
        "id": f"{row.number}/{row.key}",
        "number": None if isinstance(complaint, ScoredUnit) else row.number,
        "unit": complaint.unit,
        "severity": complaint.severity,
        "stage": complaint.stage,
        **details,
    }


def _details(
    compiled: CompiledPolicies, tenant: str, complaint: Complaint, row: WorkListRow, asker: Asker
) -> Iterator[dict[str, Any]]:
    """Yields the row of an open task or of a proposal that the caller may approve, or nothing."""
    task, proposal = complaint.tasks.get(row.key), complaint.proposals.get(row.key)
    if row.kind == "task" and task is not None:
        definition = compiled.get(tenant, complaint.policy).document.tasks.get(task.task)
        label = None if definition is None else definition.name.to_json()
        due = _due(snapshot.run_of_task(complaint, row.key))
        yield {"task": task.task, "label": label, "roles": [task.role], "opened": to_text(task.opened), **due}
    elif row.kind == "approval" and proposal is not None and row.key in approvals.approvable_by(complaint, asker):
        due = _due(snapshot.next_deadline(complaint))
        yield {"act": proposal.act, "by": proposal.by, "roles": proposal.approvers, **due}


def _due(run: Run | None) -> dict[str, Any]:
    """The due time and state of a task's run, or of the complaint's next deadline for an approval."""
    return {
        "due": None if run is None or run.due is None else to_text(run.due),
        "state": None if run is None else run.state,
    }
