"""A member's own figures: what is open, due this week, overdue, and decided in the last 30 days.

They are counted on one page of index `list`, as the tabs of the queue (`desk_queue`), and on the member's list of
decisions.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

import msgspec

from chalicelib.casework import snapshot
from chalicelib.casework.authorization import Member, load_asker
from chalicelib.casework.queue_row import QueueRow
from chalicelib.features.worklists import own_decisions
from chalicelib.features.worklists.desk_queue import COUNTED, TABS, Tab, Viewer, is_late
from chalicelib.features.worklists.staff_queue import shown_rows
from chalicelib.kit.instants import Instant, from_text
from chalicelib.policy.worktime import Calendar
from chalicelib.policy.worktime.zone import midnight, wall_clock
from chalicelib.store.port import Entry, Store
from chalicelib.tenants import organisation
from chalicelib.tenants.people import membership
from chalicelib.tenants.people.queries import MemberRequest
from chalicelib.wiring import Wiring


class FiguresOfTab(msgspec.Struct, frozen=True, kw_only=True):
    """`due_this_week`: whose next deadline is not over, and ends by Sunday. `new_messages`: in which something was
    written since the last act. `more`: there may be more, since the organisation has more than 200 open complaints."""

    open: int
    due_this_week: int
    overdue: int
    new_messages: int
    more: bool


class OwnFigures(msgspec.Struct, frozen=True, kw_only=True):
    """`assigned`: of the complaints that are assigned to the member. `units`: of those of the units for which they have
    a grant; null without one. `decided`: the member's decisions in the last 30 days, at most 500."""

    assigned: FiguresOfTab
    units: FiguresOfTab | None
    decided: int


class CountedRows(NamedTuple):
    """The rows that the viewer sees. `more`: there are more than were read."""

    rows: Sequence[QueueRow]
    more: bool
    viewer: Viewer

    def on(self, tab: Tab) -> list[QueueRow]:
        return [row for row in self.rows if TABS[tab](row, self.viewer)]


def counted_rows(store: Store, tenant: str, viewer: Viewer) -> CountedRows:
    page = snapshot.listed(store, tenant, "open", COUNTED + 1, None)
    return CountedRows(list(shown_rows(page, viewer.asker)), page.after is not None, viewer)


def figures(counted: CountedRows, calendar: Calendar, decisions: Entry | None) -> OwnFigures:
    """`decisions`: the item of `own_decisions`."""
    return OwnFigures(
        assigned=_of_tab(counted, "mine", calendar),
        units=_of_tab(counted, "unit", calendar) if counted.viewer.units else None,
        decided=own_decisions.number(decisions, counted.viewer.now),
    )


def own_figures(wiring: Wiring, request: MemberRequest) -> OwnFigures:
    """Raises `Problem("forbidden")` if the caller is no member."""
    tenant, sub, now = request
    decisions = own_decisions.key(tenant, sub)
    entries = wiring.store.get([organisation.key(tenant), membership.key(tenant, sub), decisions])
    asker = load_asker(wiring.store, tenant, entries, sub, now)
    org = organisation.among(entries, tenant)
    member = Member(asker, org, wiring.compiled.get(tenant, org.policy_at(now)))
    counted = counted_rows(wiring.store, tenant, Viewer(asker, now))
    return figures(counted, member.policy.calendar, entries.get(decisions))


def _of_tab(counted: CountedRows, tab: Tab, calendar: Calendar) -> FiguresOfTab:
    rows, now = counted.on(tab), counted.viewer.now
    late, end = [row for row in rows if is_late(row, now)], _end_of_week(calendar, now)
    dues = [from_text(row.next.due) for row in rows if row.next is not None and row not in late]
    return FiguresOfTab(
        open=len(rows),
        due_this_week=sum(due <= end for due in dues),
        overdue=len(late),
        new_messages=sum("message" in row.marks for row in rows),
        more=counted.more,
    )


def _end_of_week(calendar: Calendar, now: Instant) -> Instant:
    """Sunday at 24:00 in the calendar's zone."""
    today = wall_clock(calendar.zone, now).date()
    return midnight(calendar.zone, (today + timedelta(7 - today.weekday())).toordinal())
