"""What is mine to do: tasks that my roles owe, what awaits my approval, and what my units owe."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from itertools import groupby, islice
from typing import Any, Literal

import msgspec

from chalicelib.casework import snapshot
from chalicelib.casework.case import asker_in
from chalicelib.casework.reactions import work_lists
from chalicelib.casework.reactions.work_lists import WorkListRow
from chalicelib.complaints import approvals
from chalicelib.complaints.permits import Asker, covers
from chalicelib.complaints.runs import Run
from chalicelib.complaints.state import Complaint
from chalicelib.complaints.units.unit import ScoredUnit
from chalicelib.instants import Instant, to_text
from chalicelib.store import keys
from chalicelib.store.port import Entry, Key
from chalicelib.wiring import Wiring

_JUST_AFTER = "!"


class TaskFilter(msgspec.Struct, frozen=True, kw_only=True):
    """`mine`: owed by a role of mine, or awaiting my approval; `unit`: owed by anybody in a unit that I stand for."""

    of: Literal["mine", "unit"] = "mine"
    kind: str | None = None
    """`task` or `approval`; both by default."""
    limit: int = 50


class TasksPage(msgspec.Struct, frozen=True):
    tasks: list[dict[str, Any]]
    after: Mapping[str, str] | None


def tasks(
    wiring: Wiring, tenant: str, sub: str, wanted: TaskFilter, after: Mapping[str, str] | None, now: Instant
) -> TasksPage:
    """What is due first comes first. Raises `Problem("forbidden")` for who is no member.

    Each line is shown as its complaint is now, so that what was done a moment ago is gone; a page can then be short.
    """
    key = keys.membership(tenant, sub)
    asker = asker_in(wiring, tenant, wiring.store.get([key]), sub, now)
    lines = _lines(wiring, tenant, _owners(asker, wanted.of), "" if after is None else after["sk"], wanted.limit + 1)
    rows = [msgspec.json.decode(entry.body, type=WorkListRow) for entry in lines[: wanted.limit]]
    complaints = _complaints(wiring, tenant, rows)
    shown = [
        view
        for row in rows
        if wanted.kind in (None, row.kind) and (view := _view(wiring, tenant, complaints.get(row.number), row, asker))
    ]
    more = len(lines) > wanted.limit
    return TasksPage(shown, {"sk": lines[wanted.limit - 1].key.sk} if more else None)


def _owners(asker: Asker, of: str) -> list[str]:
    if of == "unit":
        units = dict.fromkeys(grant.unit for grant in asker.grants if grant.unit is not None)
        return [work_lists.of_unit(unit) for unit in units]
    return sorted(asker.roles)


def _lines(wiring: Wiring, tenant: str, owners: list[str], after: str, most: int) -> list[Entry]:
    """The first lines behind `after` of all these lists, each once: what several of my roles may approve is one."""
    lists = [_list(wiring, keys.work(tenant, owner, "", "", "").pk, after, most) for owner in owners]
    merged = heapq.merge(*lists, key=lambda entry: entry.key.sk)
    return [next(same) for _, same in islice(groupby(merged, key=lambda entry: entry.key.sk), most)]


def _list(wiring: Wiring, pk: str, after: str, most: int) -> list[Entry]:
    return wiring.store.query(pk, first=after + _JUST_AFTER if after else "", limit=most).entries


def _complaints(wiring: Wiring, tenant: str, rows: list[WorkListRow]) -> dict[str, Complaint]:
    wanted: list[Key] = [keys.snapshot(keys.aggregate(tenant, number)) for number in {row.number for row in rows}]
    found = wiring.store.get(wanted).values()
    complaints = (snapshot.state_in(one) for one in found)
    return {complaint.number: complaint for complaint in complaints if complaint is not None}


def _view(
    wiring: Wiring, tenant: str, complaint: Complaint | None, row: WorkListRow, asker: Asker
) -> dict[str, Any] | None:
    """None where it is no longer owed, or is not this person's to see."""
    if complaint is None or not any(covers(grant, complaint.unit) for grant in asker.grants):
        return None
    about = next(_about(wiring, tenant, complaint, row, asker), None)
    if about is None:
        return None
    return {
        "kind": row.kind,
        "id": f"{row.number}/{row.key}",
        "number": None if isinstance(complaint, ScoredUnit) else row.number,
        "unit": complaint.unit,
        "severity": complaint.severity,
        "stage": complaint.stage,
        **about,
    }


def _about(
    wiring: Wiring, tenant: str, complaint: Complaint, row: WorkListRow, asker: Asker
) -> Iterator[dict[str, Any]]:
    task, proposal = complaint.tasks.get(row.key), complaint.proposals.get(row.key)
    if row.kind == "task" and task is not None:
        said = wiring.compiled.get(wiring.store, tenant, complaint.policy).document.tasks.get(task.task)
        label = None if said is None else said.name.to_json()
        due = _due(work_lists.run_of(complaint, row.key))
        yield {"task": task.task, "label": label, "roles": [task.role], "opened": to_text(task.opened), **due}
    elif row.kind == "approval" and proposal is not None and row.key in approvals.approvable_by(complaint, asker):
        due = _due(snapshot.next_deadline(complaint))
        yield {"act": proposal.act, "by": proposal.by, "roles": proposal.approvers, **due}


def _due(run: Run | None) -> dict[str, Any]:
    """Of an approval: when the complaint's next deadline is."""
    return {
        "due": None if run is None or run.due is None else to_text(run.due),
        "state": None if run is None else run.state,
    }
