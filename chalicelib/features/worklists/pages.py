"""The desk's first page: the staff queue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from chalicelib.complaints.runs import MISSED
from chalicelib.features.worklists import staff_queue
from chalicelib.policy.compiled import Policy
from chalicelib.web import cursors
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import sub_of, tenant_of
from chalicelib.web.pages.desk import DESK, Desk, desk_of, desk_page
from chalicelib.web.pages.reader import PageQuery, Reader
from chalicelib.web.pages.times import time_text

if TYPE_CHECKING:
    from chalicelib.web.api import Api


class QueuePageQuery(PageQuery, frozen=True, kw_only=True):
    cursor: str | None = None


class DeskRow(msgspec.Struct, frozen=True, kw_only=True):
    """A complaint of the queue in the reader's words. `deadline`, `due`: of what is due next; empty if nothing is."""

    number: str
    category: str
    stage: str
    deadline: str
    due: str
    missed: bool


def register(api: Api) -> None:
    @desk_page(api, DESK, "The complaints, by what is due next", query=QueuePageQuery, menu="queue")
    def get_desk_queue(call: Call) -> Reply:
        desk, query = desk_of(call), call.query
        after = cursors.position(call, query.cursor)
        criteria = staff_queue.QueueFilter()
        found = staff_queue.queue(call.wiring.store, tenant_of(call), sub_of(call), criteria, after, call.now)
        rows = [_row(one, desk) for one in found.rows]
        more = cursors.sign(call, found.after)
        return desk.page("worklists/queue.html", {"rows": rows, "more": more, "later": query.cursor is not None})


def _row(one: Any, desk: Desk) -> DeskRow:
    """`one`: a `staff_queue.QueuedComplaint`. Labels are those of the policy in force, if it still has the word."""
    policy, reader = desk.member.policy, desk.reader
    due = one.next or None
    return DeskRow(
        number=one.number,
        category=_category(one.category or {}, policy, reader),
        stage=_stage(one.stage, policy, reader),
        deadline=_clock(due.clock, policy, reader) if due else "",
        due=time_text(policy.calendar, reader, due.due) if due else "",
        missed=bool(due and due.state == MISSED),
    )


def _category(values: dict[str, str], policy: Policy, reader: Reader) -> str:
    groups = policy.document.intake.categories
    names = [
        reader.label(groups[name][value].to_json(), value) if value in groups.get(name, {}) else value
        for name, value in values.items()
    ]
    return _joined(names, reader)


def _joined(names: Sequence[str], reader: Reader) -> str:
    return ("、" if reader.language == "zh" else ", ").join(names)


def _stage(name: str, policy: Policy, reader: Reader) -> str:
    stage = policy.document.stages.get(name)
    return name if stage is None or stage.name is None else reader.label(stage.name.to_json(), name)


def _clock(name: str, policy: Policy, reader: Reader) -> str:
    clock = policy.clocks.get(name)
    return name if clock is None or clock.clock.name is None else reader.label(clock.clock.name.to_json(), name)
