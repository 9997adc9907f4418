"""The desk's list of what supervisors look at: signs of gaming, and the pages of other features."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.features.reports.queries import check_reader
from chalicelib.tenants.names import OWNER
from chalicelib.web.call import Call, Reply
from chalicelib.web.pages import desk as desks
from chalicelib.web.pages.desk import DESK, desk_of, desk_page

if TYPE_CHECKING:
    from chalicelib.casework.authorization import Member
    from chalicelib.web.api import Api

NAME = "oversight"


def _supervises(member: Member) -> bool:
    """Owners, and those for whom one of the listed pages is made. Others reach it from the reports."""
    return any(one.role == OWNER for one in member.asker.grants) or desks.is_listed_for(NAME, member)


def register(api: Api) -> None:
    @desk_page(api, f"{DESK}/{NAME}", "What supervisors look at", menu=NAME, is_for=_supervises)
    def get_desk_oversight(call: Call) -> Reply:
        desk = desk_of(call)
        check_reader(desk.member.asker)
        return desk.page("reports/oversight.html", {"listed": desk.listed(NAME)})
