"""Reads improvement actions: the list, one action, and those that a member owes."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from chalicelib.casework.authorization import load_asker
from chalicelib.casework.queries.work_list import WorkItem
from chalicelib.instants import Instant, to_text
from chalicelib.oversight.csv_text import csv_text
from chalicelib.oversight.improvement import access, action
from chalicelib.oversight.improvement.access import Caller
from chalicelib.oversight.improvement.action import ActionView, StoredAction
from chalicelib.problem import Problem
from chalicelib.store import keys, paging
from chalicelib.store.keys import improvements
from chalicelib.store.port import Store
from chalicelib.wiring import Wiring

_COLUMNS = {
    "id": "编号",
    "title": "措施",
    "by": "维度",
    "value": "原因",
    "owner": "负责人",
    "state": "状态",
    "opened": "提出时间",
    "due": "完成期限",
    "overdue": "是否逾期",
    "done": "完成时间",
    "reopened": "重新打开次数",
}
_EFFECT = {"ratio": "前后之比", "low": "比值95%下限", "high": "比值95%上限", "trend": "效果"}
_STATES_ZH = {"open": "进行中", "done": "已完成", "cancelled": "已取消"}
_TRENDS_ZH = {"up": "上升", "down": "下降", "unclear": "无明显变化"}


class ImprovementsPage(msgspec.Struct, frozen=True):
    improvements: list[ActionView]
    after: Mapping[str, str] | None


def listed(
    wiring: Wiring, caller: Caller, limit: int, after: Mapping[str, str] | None, now: Instant
) -> ImprovementsPage:
    """Those in progress first, the oldest of them first. Members who do not manage them see their own."""
    tenant = caller.org.id
    page = wiring.store.query(improvements.partition(tenant), limit=limit, after=after)
    found = action.FORM.read_each(page.entries)
    seen = [one for one in found if _may_see(caller, one.owner)]
    return ImprovementsPage([action.view(wiring.sealer, tenant, one, now) for one in seen], page.after)


def one(wiring: Wiring, caller: Caller, action_id: str, now: Instant) -> ActionView:
    """Raises `Problem("not-found")`."""
    found = visible(wiring.store, caller, caller.org.id, action_id)
    return action.view(wiring.sealer, caller.org.id, found.action, now)


def visible(store: Store, caller: Caller, tenant: str, action_id: str) -> StoredAction:
    """Raises `Problem("not-found")` for an action that the caller may not see, as for one that does not exist."""
    known = [improvements.action(tenant, action_id, over=over) for over in (False, True)]
    found = [action.parse(entry) for entry in store.get(known).values() if entry.kind == action.KIND]
    if not found or not _may_see(caller, found[0].action.owner):
        raise Problem("not-found", "There is no such improvement action.")
    return found[0]


def _may_see(caller: Caller, owner: str) -> bool:
    return caller.manages is not None or owner == caller.asker.id or owner in caller.asker.absent


def owed(wiring: Wiring, tenant: str, sub: str, now: Instant) -> list[WorkItem]:
    """The open actions that the member owns, also for people whose deputy they are, earliest due first.

    None for people who only answer for a unit.
    """
    asker = load_asker(wiring.store, tenant, wiring.store.get([keys.membership(tenant, sub)]), sub, now)
    if access.is_outside(asker):
        return []
    found = action.FORM.read_each(paging.items(wiring.store, improvements.partition(tenant), improvements.ACTIVE))
    own = [one for one in found if one.state == "open" and one.owner in (sub, *asker.absent)]
    return [
        WorkItem(
            kind="improvement",
            id=one.id,
            number=None,
            unit=None,
            severity=None,
            stage="",
            roles=[],
            due=to_text(one.due),
            state="missed" if action.is_overdue(one, now) else "running",
            label=dict.fromkeys(("zh", "en"), action.opened_text(wiring.sealer, tenant, one.title)),
            opened=to_text(one.opened),
        )
        for one in sorted(own, key=lambda each: each.due)
    ]


def as_csv(wiring: Wiring, caller: Caller, now: Instant, language: str) -> str:
    """All that the caller sees, as a table."""
    found = action.FORM.read_each(paging.items(wiring.store, improvements.partition(caller.org.id)))
    rows = [action.view(wiring.sealer, caller.org.id, one, now) for one in found if _may_see(caller, one.owner)]
    columns = {**_COLUMNS, **_EFFECT}
    return csv_text([list(columns.values() if language == "zh" else columns), *(_line(row, language) for row in rows)])


def _line(row: ActionView, language: str) -> list[str]:
    found = [getattr(row, name) for name in _COLUMNS] + [getattr(row.effect, name, None) for name in _EFFECT]
    texts = ["" if value is None else str(value) for value in found]
    words = {**_STATES_ZH, **_TRENDS_ZH, "True": "是", "False": "否"} if language == "zh" else {}
    translated = {list(_COLUMNS).index("state"), list(_COLUMNS).index("overdue"), len(found) - 1}
    return [words.get(text, text) if at in translated else text for at, text in enumerate(texts)]
