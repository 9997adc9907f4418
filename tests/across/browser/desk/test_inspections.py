"""A director in a real browser: reads an inspection in any width, follows a case, and has reports sent by mail."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.desk_person import at_desk
from tests.across.browser.served import served
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.inspections.inspecting import produced
from tests.sign_in.door import desk

pytestmark = ALL_PAGES
FITS = "document.documentElement.scrollWidth <= window.innerWidth"


@pytest.fixture(scope="module")
def office() -> Organisation:
    """In December, with complaints of October that are overdue, and of November."""
    found = sign_up(InProcess("2026-10-12T09:00:00+08:00"), "corporate-standard")
    for when in ("2026-10-13T09:00:00+08:00", "2026-11-10T09:00:00+08:00"):
        found.world.move_to(when)
        for _ in range(3):
            found.file()
    found.world.move_to("2026-12-02T09:00:00+08:00")
    return found


@pytest.fixture(scope="module")
def url(office: Organisation) -> Iterator[str]:
    assert isinstance(office.world, InProcess)
    with served(office.world) as address:
        yield address


@pytest.mark.parametrize(("language", "width"), [("zh-CN", 390), ("en-GB", 390), ("zh-CN", 1280), ("en-GB", 1280)])
def test_a_director_reads_an_inspection_and_opens_a_case(
    chromium: Browser, url: str, office: Organisation, language: str, width: int
) -> None:
    report = produced(office, "2026-11")["id"]
    reader = at_desk(chromium, url, office, "owner", language=language, width=width)
    reader.open(f"{desk(office)}/reports/inspections/{report}")
    assert reader.page.evaluate(FITS)
    assert reader.page.locator(".tiles li").count() == 5
    cut = "[...document.querySelectorAll('svg text')].filter(one => one.textContent.includes('…')).length"
    assert reader.page.evaluate(cut) == 0
    reader.press("section a[href*='/desk/complaints/']")
    assert "/desk/complaints/2026" in reader.page.url


@pytest.mark.parametrize(("language", "width"), [("zh-CN", 390), ("en-GB", 1280)])
def test_an_owner_has_a_report_sent_by_mail(
    chromium: Browser, url: str, office: Organisation, language: str, width: int
) -> None:
    reader = at_desk(chromium, url, office, "owner", language=language, width=width)
    reader.open(f"{desk(office)}/reports/inspections")
    reader.press("a[href*='/reports/schedule']")
    assert reader.page.evaluate(FITS)
    reader.page.fill("#day", "32")
    reader.press("main form:last-of-type button.button")
    assert reader.page.locator(".faults").count() == 1
    reader.page.fill("#day", "31")
    reader.page.select_option("#document", "inflow")
    reader.page.check("#to-1")
    reader.press("main form:last-of-type button.button")
    assert reader.page.locator("ul.listed li").count() == 1
    reader.press("ul.listed button")
    assert reader.page.locator("ul.listed").count() == 0
