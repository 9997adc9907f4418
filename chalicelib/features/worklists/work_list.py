"""The caller's work list: open tasks of their roles, proposals that await their approval, open tasks of their units."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby, islice
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec
from msgspec.structs import replace

from chalicelib import composition
from chalicelib.casework import queue_row, snapshot
from chalicelib.casework.authorization import read_asker, rights_in
from chalicelib.complaints.acting import approvals
from chalicelib.complaints.acting.tasks import tasks_open_to
from chalicelib.complaints.rights.permits import Asker
from chalicelib.complaints.runs import Run
from chalicelib.complaints.state import Complaint, OwedTask
from chalicelib.complaints.units.unit import ScoredUnit
from chalicelib.features.worklists import work_list_rows
from chalicelib.features.worklists.work_list_rows import FORM, WorkListRow
from chalicelib.kit.instants import Instant, to_text
from chalicelib.store import keys
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, Key, Store
from chalicelib.tenants.organisation import Organisation
from chalicelib.tenants.people.queries import MemberRequest
from chalicelib.wiring import Wiring

if TYPE_CHECKING:
    from chalicelib.wiring import CompiledPolicies


class TaskFilter(msgspec.Struct, frozen=True, kw_only=True):
    """`mine`: tasks of the caller's roles, and proposals for their approval. `unit`: all tasks in their units.

    The respondent of a unit sees only their own tasks in complaints about it.
    """

    of: Literal["mine", "unit"] = "mine"
    kind: str | None = None
    """`task`, `approval`, or `improvement`; None for all."""
    limit: int = 50


class WorkItem(msgspec.Struct, frozen=True, kw_only=True):
    """An open task, an act that waits for the caller's approval, or an improvement action of the caller.

    `number`: null for the task of a unit, and for a task of the organisation as a whole, which has no `unit` either.
    `due` and `state`: of the task or action, or of the complaint's next deadline. Tasks have `task`, `label` and
    `opened`; improvement actions the last two, with their title; approvals have `act` and `by`.
    """

    kind: Literal["task", "approval", "improvement"]
    id: str
    number: str | None
    unit: str | None
    severity: str | None
    stage: str
    roles: list[str]
    due: str | None
    state: str | None
    task: str | msgspec.UnsetType = msgspec.UNSET
    label: dict[str, str] | msgspec.UnsetType | None = msgspec.UNSET
    opened: str | msgspec.UnsetType = msgspec.UNSET
    act: str | msgspec.UnsetType = msgspec.UNSET
    by: str | msgspec.UnsetType = msgspec.UNSET


class Owed(NamedTuple):
    """What members owe in another feature. `listed`: all of one member. `keys` and `among`: the same, as far as the
    organisation knows it, from a read with these items."""

    listed: Callable[[Wiring, str, Asker, Instant], list[WorkItem]]
    keys: Callable[[Organisation, Asker], list[Key]]
    among: Callable[[Wiring, str, Asker, Mapping[Key, Entry], Instant], list[WorkItem]]


class TasksPage(msgspec.Struct, frozen=True):
    tasks: list[WorkItem]
    after: Mapping[str, str] | None


def list_tasks(
    wiring: Wiring, request: MemberRequest, criteria: TaskFilter, after: Mapping[str, str] | None
) -> TasksPage:
    """A page as of `tasks`. The first page of the caller's own work begins with what they owe in other features.

    Raises `Problem("forbidden")` if the caller is no member.
    """
    tenant, sub, now = request
    asker = read_asker(wiring.store, tenant, sub, now)
    page = tasks(wiring, tenant, asker, criteria, after)
    if criteria.of != "mine" or criteria.kind not in (None, "improvement") or after is not None:
        return page
    owed = [item for one in composition.loaded("owed") for item in one.listed(wiring, tenant, asker, now)]
    return replace(page, tasks=[*owed, *page.tasks])


def tasks(
    wiring: Wiring,
    tenant: str,
    asker: Asker,
    criteria: TaskFilter,
    after: Mapping[str, str] | None,
    beside: Sequence[Key] = (),
) -> TasksPage:
    """A page of the member's list, earliest deadline first.

    `criteria.of` selects the lists (see `TaskFilter`). Each entry is compared with the complaint's current state. Work
    that is done already is left out, so a page can be short. `beside`: items that the request needs as well, read with
    the complaints.
    """
    entries = _first_entries(
        wiring.store, tenant, _owners(asker, criteria.of), "" if after is None else after["sk"], criteria.limit + 1
    )
    rows = list(FORM.read_each(entries[: criteria.limit]))
    complaints = _complaints(wiring.store, tenant, rows, beside)
    views = [
        view
        for row in rows
        if criteria.kind in (None, row.kind)
        and (view := _view(wiring.compiled, tenant, complaints.get(row.number), row, asker, of=criteria.of))
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
    lists = [work_list_rows.first_entries(store, tenant, owner, after, most) for owner in owners]
    merged = heapq.merge(*lists, key=lambda entry: entry.key.sk)
    return [next(same) for _, same in islice(groupby(merged, key=lambda entry: entry.key.sk), most)]


def _complaints(store: Store, tenant: str, rows: list[WorkListRow], beside: Sequence[Key]) -> dict[str, Complaint]:
    wanted = [snapshot.key(CaseRef(tenant, number)) for number in {row.number for row in rows}]
    found = store.get([*wanted, *beside])
    return {one.number: one for one in snapshot.read_states(found[key] for key in wanted if key in found)}


def _view(
    compiled: CompiledPolicies, tenant: str, complaint: Complaint | None, row: WorkListRow, asker: Asker, *, of: str
) -> WorkItem | None:
    """None if the work is done, or if the caller may not see it or, on their own list, not do it."""
    restricted = None if complaint is None else rights_in(asker, complaint)
    if complaint is None or restricted is None:
        return None
    task, proposal = complaint.tasks.get(row.key), complaint.proposals.get(row.key)
    seen = of == "unit" and (restricted.kind == "staff" or isinstance(complaint, ScoredUnit))
    if row.kind == "task" and task is not None and (seen or row.key in tasks_open_to(complaint, restricted)):
        return _task_item(compiled, tenant, complaint, row, task)
    policy = compiled.get(tenant, complaint.policy)
    if row.kind != "approval" or proposal is None:
        return None
    if row.key not in approvals.approvable_by(policy, complaint, restricted):
        return None
    item = _item("approval", complaint, row, proposal.approvers, queue_row.next_deadline(complaint))
    return replace(item, act=proposal.act, by=proposal.by)


def _task_item(
    compiled: CompiledPolicies, tenant: str, complaint: Complaint, row: WorkListRow, task: OwedTask
) -> WorkItem:
    definition = compiled.get(tenant, complaint.version_of(task.task)).document.tasks.get(task.task)
    return replace(
        _item("task", complaint, row, [task.role], snapshot.run_of_task(complaint, row.key)),
        task=task.task,
        label=None if definition is None else definition.name.to_json(),
        opened=to_text(task.opened),
    )


def _item(
    kind: Literal["task", "approval"], complaint: Complaint, row: WorkListRow, roles: list[str], run: Run | None
) -> WorkItem:
    """`run`: the task's, or the complaint's next deadline for an approval."""
    return WorkItem(
        kind=kind,
        id=f"{row.number}/{row.key}",
        number=None if isinstance(complaint, ScoredUnit) else row.number,
        unit=complaint.unit,
        severity=complaint.severity,
        stage=complaint.stage,
        roles=roles,
        due=None if run is None or run.due is None else to_text(run.due),
        state=None if run is None else run.state,
    )
