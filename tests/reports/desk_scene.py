"""An office with some months of complaints, whose reports are read at the desk."""

from __future__ import annotations

from tests.clauses.offices.marketplace import unit
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import at_the_desk, desk

FILED = {"2026-09": 3, "2026-10": 2, "2026-11": 5, "2026-12": 1}
"""Complaints of each month. The organisation is of the last day of August."""
NOVEMBER = "from=2026-11-01&to=2026-11-30"
LONG = "关于加油站计量器具检定周期及其公示方式（含自助加油机、加气机、充电桩）的投诉处理部门"


def office_of_months() -> Organisation:
    """On 16 December. In each month the first complaint came by phone, the others by mail."""
    office = sign_up(InProcess("2026-08-31T09:00:00+08:00"), "platform")
    unit(office, "north")
    for month, number in FILED.items():
        for at in range(number):
            office.world.move_to(f"{month}-{at + 2:02d}T10:00:00+08:00")
            office.file(channel="phone" if at == 0 else "email", unit="north" if at == 0 else None)
    office.world.move_to("2026-12-16T10:20:00+08:00")
    return office


def read(office: Organisation, path: str, who: str = "owner", language: str = "en") -> Browser:
    browser = at_the_desk(office, who, language=language)
    browser.open(f"{desk(office)}/reports{path}")
    return browser
