"""A supervisor's month end in a real browser: from the menu to a report, its chart, a figure, and its complaints."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.desk_person import at_desk
from tests.across.browser.served import served
from tests.clauses.offices.workshop import parked, workshop_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.reports.desk_scene import FILED, office_of_months
from tests.sign_in.door import desk

pytestmark = ALL_PAGES
WAYS = [("zh-CN", 390, True), ("en-GB", 1280, True), ("en-GB", 390, False), ("zh-CN", 1920, True)]
NOVEMBER = "from=2026-11-01&to=2026-11-30"


@pytest.fixture(scope="module")
def office() -> Organisation:
    return office_of_months()


@pytest.mark.parametrize(("language", "width", "scripts"), WAYS)
def test_a_supervisor_reads_last_month_and_opens_the_complaints_behind_a_figure(
    chromium: Browser, url: str, office: Organisation, language: str, width: int, scripts: bool
) -> None:
    reader = at_desk(chromium, url, office, "owner", language=language, width=width, scripts=scripts)
    reader.press(f".desk-top nav a[href^='{desk(office)}/reports']")
    reader.press("main a[href*='/reports/inflow']")
    reader.press("main .chips a[href*='2026-11-30']")
    assert reader.page.locator(".chart svg").count() == 1
    columns = reader.page.locator(".chart rect.bar")
    assert columns.count() == 1 + len([month for month in FILED if month <= "2026-11"])  # with that of the sign-up
    assert reader.page.inner_text(".strip .big >> nth=0") == str(FILED["2026-11"])
    reader.press(".strip .big a >> nth=0")
    assert reader.page.locator("main td.no a").count() == FILED["2026-11"]
    reader.press("main td.no a >> nth=0")
    reader.page.go_back()
    reader.press("main .trail a")
    assert NOVEMBER in reader.page.url


@pytest.mark.parametrize(("language", "width", "scripts"), WAYS)
def test_the_form_divides_by_two_dimensions_and_the_address_keeps_them(
    chromium: Browser, url: str, office: Organisation, language: str, width: int, scripts: bool
) -> None:
    reader = at_desk(chromium, url, office, "owner", language=language, width=width, scripts=scripts)
    reader.open(f"{desk(office)}/reports/inflow")
    reader.page.click("details.filters summary")
    reader.page.fill("#from", "2026-09-01")
    reader.page.fill("#to", "2026-12-16")
    reader.page.select_option("#by-0", "channel")
    reader.page.select_option("#by-1", "month")
    reader.page.check("input[name=channel][value=phone]")
    reader.press("details.filters button")
    address = reader.page.url.removeprefix(url)
    assert reader.page.locator(".counted tbody tr").count() == 1
    reader.open(address)
    assert reader.page.locator(".counted tbody td a").all_inner_texts() == ["1"] * len(FILED)


PAGES = {
    "": 200,
    "/inflow": 200,
    "/deadlines?by=clock": 200,
    "/indicators": 200,
    "/all": 200,
    "/inflow?from=2027-01-01": 422,
}
"""With the status of each."""


@pytest.mark.parametrize("path", PAGES)
def test_each_page_is_usable_in_the_dark_and_printed(
    chromium: Browser, url: str, office: Organisation, path: str
) -> None:
    reader = at_desk(chromium, url, office, "owner", language="zh-CN", width=1280, scheme="dark")
    answer = reader.page.goto(f"{url}{desk(office)}/reports{path}")
    assert answer is not None
    assert answer.status == PAGES[path]
    reader.look()
    reader.page.emulate_media(media="print")
    assert reader.page.locator("main .no-print >> visible=true").count() == 0


def test_the_tables_are_reached_with_the_keyboard(chromium: Browser, url: str, office: Organisation) -> None:
    reader = at_desk(chromium, url, office, "owner", width=390)
    reader.open(f"{desk(office)}/reports/inflow?{NOVEMBER}")
    reached = set[str]()
    for _ in range(120):
        reader.page.keyboard.press("Tab")
        reached.add(reader.page.evaluate("document.activeElement.className || document.activeElement.tagName"))
    assert {"chart", "grid", "SUMMARY"} <= reached


def test_markup_in_the_address_stays_text(chromium: Browser, url: str, office: Organisation) -> None:
    reader = at_desk(chromium, url, office, "owner")
    for query in ("channel=<img src=x onerror=alert(1)>", "measure=<script>1</script>", "by=<b>x</b>", "from=<i>"):
        reader.page.goto(f"{url}{desk(office)}/reports/inflow?{query}")
        reader.look()
        assert reader.page.locator("main img, main script, main b:has-text('x'), main i").count() == 0


@pytest.mark.parametrize(("language", "width", "scripts"), WAYS)
def test_a_supervisor_goes_from_the_list_of_oversight_to_the_analysis_and_a_complaint(
    chromium: Browser, url: str, office: Organisation, language: str, width: int, scripts: bool
) -> None:
    reader = at_desk(chromium, url, office, "owner", language=language, width=width, scripts=scripts)
    reader.press(f".desk-top nav a[href^='{desk(office)}/oversight']")
    reader.press("main a[href*='/oversight/analysis']")
    reader.page.fill("#from", "2026-09-01")
    reader.press("form.choose button")
    assert reader.page.locator(".counted tbody tr").count() == 1
    reader.press(".counted tbody td a")
    assert reader.page.locator("main td.no a").count() == sum(FILED.values())


def test_a_ledger_looks_like_paper_on_every_width(chromium: Browser) -> None:
    workshop = workshop_in(InProcess("2026-11-27T09:10:00+08:00"))
    parked(workshop)
    assert isinstance(workshop.world, InProcess)
    with served(workshop.world) as address:
        for language, width in (("zh-CN", 390), ("en-GB", 1280), ("zh-CN", 1920)):
            reader = at_desk(chromium, address, workshop, "customer_manager", language=language, width=width)
            reader.press(f".desk-top nav a[href^='{desk(workshop)}/oversight']")
            reader.press("main a[href*='/ledgers']")
            reader.press("main a[href*='/ledgers/manager']")
            assert reader.page.locator(".paper-ledger tbody tr").count() == 1
