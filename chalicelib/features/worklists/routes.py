"""Routes for the staff queue, and for the work list: open tasks and pending approvals."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from chalicelib.features.worklists import staff_queue, work_list
from chalicelib.kit.decoding import RequestDocument
from chalicelib.web import cursors
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import member_request, sub_of, tenant_of


class TasksQuery(RequestDocument, frozen=True, kw_only=True):
    """`mine`: tasks of the caller's roles, and approvals for the caller. `unit`: tasks of the caller's units."""

    of: Literal["mine", "unit"] = "mine"
    kind: Literal["task", "approval", "improvement"] | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=99)] = 50
    cursor: Annotated[str, msgspec.Meta(max_length=2000)] | None = None


class TasksView(msgspec.Struct, frozen=True, kw_only=True):
    """`id` is for the acts `do_task` and `approve`. Any page may have fewer than `limit` rows."""

    tasks: list[work_list.WorkItem]
    cursor: str | None


class QueueQuery(staff_queue.QueueFilter, frozen=True, kw_only=True):
    cursor: Annotated[str, msgspec.Meta(max_length=2000)] | None = None


class QueueView(msgspec.Struct, frozen=True, kw_only=True):
    complaints: list[staff_queue.QueuedComplaint]
    cursor: str | None


def _queue(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/complaints",
        method="GET",
        summary="List complaints for staff, earliest deadline first",
        allow=["person"],
        programs=True,
        query=QueueQuery,
        response=QueueView,
        problems=["forbidden"],
    )
    def list_complaints(call: Call) -> Reply:
        from chalicelib.casework.due_days import Look, calendar_in_force  # only this route

        query: QueueQuery = call.query
        after = cursors.position(call, query.cursor)
        look = Look(sub_of(call), call.now, calendar_in_force(call.wiring, tenant_of(call), call.now))
        page = staff_queue.queue(call.wiring.store, tenant_of(call), look, query, after)
        return Reply(QueueView(complaints=page.rows, cursor=cursors.sign(call, page.after)))


def register(api: Api) -> None:
    _queue(api)

    @api.route(
        "/v1/t/{tenant}/tasks",
        method="GET",
        summary="List the caller's open tasks and pending approvals, earliest due first",
        allow=["person"],
        programs=True,
        query=TasksQuery,
        response=TasksView,
        problems=["forbidden"],
    )
    def list_tasks(call: Call) -> Reply:
        query: TasksQuery = call.query
        filters = work_list.TaskFilter(of=query.of, kind=query.kind, limit=query.limit)
        after = cursors.position(call, query.cursor)
        page = work_list.list_tasks(call.wiring, member_request(call), filters, after)
        return Reply(TasksView(tasks=page.tasks, cursor=cursors.sign(call, page.after)))
