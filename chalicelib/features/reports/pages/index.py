"""The desk's list of reports, each with one line, and of what else is read beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.features.reports.queries import check_reader, is_reader
from chalicelib.features.reports.query import REPORTS
from chalicelib.web.call import Call, Reply
from chalicelib.web.pages.desk import DESK, desk_of, desk_page

if TYPE_CHECKING:
    from chalicelib.casework.authorization import Member
    from chalicelib.web.api import Api

NAME = "reports"


def _reads(member: Member) -> bool:
    return is_reader(member.asker)


def register(api: Api) -> None:
    @desk_page(api, f"{DESK}/{NAME}", "The reports", menu=NAME, is_for=_reads)
    def get_desk_reports(call: Call) -> Reply:
        desk = desk_of(call)
        check_reader(desk.member.asker)
        return desk.page("reports/index.html", {"reports": list(REPORTS), "listed": desk.listed(NAME)})
