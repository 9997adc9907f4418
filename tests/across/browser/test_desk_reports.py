"""Named views and the inspection report, in a browser that has signed in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.across.browser.desk_person import at_desk
from tests.across.browser.served import served
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.inspections.inspecting import produced
from tests.sign_in.door import desk


@pytest.fixture
def office() -> Organisation:
    return sign_up(InProcess("2026-11-27T09:00:00+08:00"), "platform")


@pytest.fixture
def url(office: Organisation) -> Iterator[str]:
    assert isinstance(office.world, InProcess)
    with served(office.world) as address:
        yield address


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize(("language", "width"), [("zh-CN", 390), ("en-GB", 1280)])
def test_a_member_keeps_a_view_opens_it_and_deletes_it(
    chromium: Browser, url: str, office: Organisation, language: str, width: int, scripts: bool
) -> None:
    office.file()
    reader = at_desk(chromium, url, office, "screener", language=language, width=width, scripts=scripts)
    reader.open(f"{desk(office)}?tab=unassigned")
    reader.page.click("details.keep summary")
    reader.page.fill("#name", "待办 <今日>")
    reader.press("details.keep form button.second")
    reader.open(desk(office))
    reader.press(".views a")
    assert reader.page.url.endswith("?tab=unassigned")
    reader.page.click("details.keep summary")
    reader.press(".named button")
    assert reader.page.locator(".views a").count() == 0


@pytest.mark.parametrize(("language", "title"), [("zh-CN", "检查报告"), ("en-GB", "Inspections")])
def test_an_owner_opens_an_inspection_from_the_menu(
    chromium: Browser, url: str, office: Organisation, language: str, title: str
) -> None:
    office.file()
    office.world.move_to("2026-12-02T09:00:00+08:00")
    produced(office, "2026-11")
    reader = at_desk(chromium, url, office, "owner", language=language)
    reader.press("a[href*='/reports/inspections']")
    assert reader.page.locator("h1").inner_text() == title
    reader.page.click("ul.listed a")
    assert "2026-11" in reader.page.locator("body").inner_text()
    assert reader.page.locator("svg").count() > 0


def test_a_member_who_may_not_read_inspections_has_no_link_and_gets_a_page_that_says_so(
    chromium: Browser, url: str, office: Organisation
) -> None:
    office.file()
    office.world.move_to("2026-12-02T09:00:00+08:00")
    report = produced(office, "2026-11")["id"]
    reader = at_desk(chromium, url, office, "handler", language="en-GB")
    assert reader.page.locator("a[href*='/reports/inspections']").count() == 0
    answer = reader.page.goto(f"{url}{desk(office)}/reports/inspections/{report}")
    assert answer is not None
    assert answer.status == 403
    assert "2026-11" not in reader.page.locator("main").inner_text()
