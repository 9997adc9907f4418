"""The desk's page of open work: tasks and approvals of the member, or the tasks of their units."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

import msgspec

from chalicelib.features.handling.forms_of_acts import act_label
from chalicelib.features.worklists import work_list
from chalicelib.features.worklists.work_list import WorkItem
from chalicelib.kit.instants import from_text
from chalicelib.policy.compiled import Policy
from chalicelib.web import cursors
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import member_request
from chalicelib.web.pages.desk import DESK, Desk, desk_of, desk_page
from chalicelib.web.pages.labels import CaseLabels, labels_of
from chalicelib.web.pages.reader import CursorQuery
from chalicelib.web.pages.time_left import TimeLeft, time_left
from chalicelib.web.pages.times import time_text

if TYPE_CHECKING:
    from chalicelib.web.api import Api


class TasksPageQuery(CursorQuery, frozen=True, kw_only=True):
    of: Literal["mine", "unit"] = "mine"


class WorkRow(msgspec.Struct, frozen=True, kw_only=True):
    """`act`: by which the work is done; empty for work that has no complaint."""

    what: str
    kind: str
    number: str
    act: str
    stage: str
    left: str
    group: str
    due: str
    roles: str


def register(api: Api) -> None:
    @desk_page(api, DESK + "/tasks", "Open tasks and approvals", query=TasksPageQuery, menu="tasks")
    def get_desk_tasks(call: Call) -> Reply:
        desk, query = desk_of(call), call.query
        after = cursors.position(call, query.cursor)
        filters = work_list.TaskFilter(of=query.of)
        page = work_list.list_tasks(call.wiring, member_request(call), filters, after)
        labels = labels_of(desk)
        values = {
            "rows": work_rows(page.tasks, desk, labels),
            "of": query.of,
            "has_units": any(grant.unit for grant in desk.member.asker.grants),
            "more": cursors.sign(call, page.after),
        }
        return desk.page("worklists/tasks.html", values)


def work_rows(items: Iterable[WorkItem], desk: Desk, labels: CaseLabels) -> list[WorkRow]:
    return [_row(one, desk, labels) for one in items]


_ACTS = {"task": "do_task", "approval": "approve"}


def _row(item: WorkItem, desk: Desk, labels: CaseLabels) -> WorkRow:
    policy, reader = labels.policy, desk.reader
    clock = "" if item.task is msgspec.UNSET else item.task
    left = (
        TimeLeft("", "later")
        if item.due is None
        else time_left(policy, reader, clock, from_text(item.due), desk.call.now)
    )
    return WorkRow(
        what=_what(item, desk, policy),
        kind=reader.text(f"desk_tasks.kind.{item.kind}"),
        number=item.number or "",
        act=_ACTS.get(item.kind, "") if item.number else "",
        stage=labels.stage(item.stage) if item.number else "",
        left=left.text,
        group=left.group,
        due="" if item.due is None else time_text(policy.calendar, reader, item.due),
        roles=labels.joined([labels.role(role) for role in item.roles]),
    )


def _what(item: WorkItem, desk: Desk, policy: Policy) -> str:
    if item.act is not msgspec.UNSET:
        return desk.reader.label(act_label(policy.document, item.act))
    return desk.reader.label(None if item.label is msgspec.UNSET else item.label, item.id)
