"""Routes about work: what is owed, and what awaits approval."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from chalicelib.casework.queries import work_list
from chalicelib.http import cursors
from chalicelib.http.api import Api
from chalicelib.http.call import Call, Reply, RequestDocument
from chalicelib.http.routes.call_context import sub_of, tenant_of


class TasksQuery(RequestDocument, frozen=True, kw_only=True):
    """`mine`: owed by my roles, or awaiting my approval; `unit`: owed by anybody in a unit that I stand for."""

    of: Literal["mine", "unit"] = "mine"
    kind: Literal["task", "approval"] | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=99)] = 50
    cursor: Annotated[str, msgspec.Meta(max_length=2000)] | None = None


class TasksView(msgspec.Struct, frozen=True, kw_only=True):
    """`id` is what `do_task` and `approve` take. A page may be short of `limit` before the last one."""

    tasks: list[dict[str, Any]]
    cursor: str | None


def register(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/tasks",
        method="GET",
        summary="What is mine to do, by what is due first: tasks owed, and what awaits my approval",
        allow=["person"],
        query=TasksQuery,
        response=TasksView,
        problems=["forbidden"],
    )
    def list_tasks(call: Call) -> Reply:
        query: TasksQuery = call.query
        wanted = work_list.TaskFilter(of=query.of, kind=query.kind, limit=query.limit)
        after = cursors.unseal(call, query.cursor)
        page = work_list.tasks(call.wiring, tenant_of(call), sub_of(call), wanted, after, call.now)
        return Reply(TasksView(tasks=page.tasks, cursor=cursors.seal(call, page.after)))
