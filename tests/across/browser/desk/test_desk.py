"""A member of staff in a real browser: signs in, sees the queue, keeps views, acts in bulk, reads inspections."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.across.browser.conftest import ALL, ALL_PAGES
from tests.across.browser.desk_person import at_desk
from tests.across.browser.reader import Reader
from tests.across.browser.served import served
from tests.clauses.local_stack import LocalStack, description
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.inspections.inspecting import produced
from tests.sign_in.door import desk

VIEWS = [("zh-CN", 390), ("en-GB", 1280), ("zh-CN", 1280), ("en-GB", 390)][: 4 if ALL else 1]
BULK_VIEWS = [("zh-CN", 390, True), ("en-GB", 1280, False), ("en-GB", 390, True), ("zh-CN", 1920, True)]


@pytest.fixture(scope="module")
def tenant(stack: LocalStack) -> dict[str, Any]:
    [found] = json.loads(description(stack.output.parent).read_text("utf-8"))["tenants"]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(("language", "width"), VIEWS)
def test_a_person_signs_in_by_the_link_and_signs_out(
    stack: LocalStack, chromium: Browser, tenant: dict[str, Any], language: str, width: int
) -> None:
    reader = Reader(chromium, stack.url, language=language, width=width, scripts=True)
    reader.open(tenant["people"][0]["sign_in"].removeprefix(stack.url))
    own = f"{stack.url}/t/{tenant['slug']}/desk"
    assert reader.page.url == own
    numbers = reader.page.locator(".queue tbody tr").count()
    assert numbers >= 3
    reader.press(".person form button")
    assert reader.page.url.startswith(f"{stack.url}/sign-in")
    reader.page.go_back()
    reader.page.wait_for_load_state()
    assert reader.page.locator(".queue").count() == 0
    reader.page.goto(own)
    assert reader.page.url.startswith(f"{stack.url}/sign-in?next=")


@pytest.mark.parametrize(("language", "width"), VIEWS)
def test_a_person_signs_in_by_the_form_and_comes_back_to_the_page(
    stack: LocalStack, chromium: Browser, tenant: dict[str, Any], language: str, width: int
) -> None:
    """Over the issuer's page, to which the form's policy lets it lead."""
    reader = Reader(chromium, stack.url, language=language, width=width, scripts=True)
    reader.open(f"/t/{tenant['slug']}/desk")
    reader.page.fill("#email", tenant["people"][1]["email"])
    reader.press("main form button.button")
    reader.press(f"button[value='{tenant['people'][1]['email']}']")
    assert reader.page.url == f"{stack.url}/t/{tenant['slug']}/desk"


@ALL_PAGES
@pytest.mark.parametrize(("language", "width", "scripts"), BULK_VIEWS)
def test_a_member_acts_on_what_is_ticked_and_reads_the_list(
    chromium: Browser, url: str, office: Organisation, language: str, width: int, scripts: bool
) -> None:
    first, second, third = office.filed
    reader = at_desk(chromium, url, office, "handler", language=language, width=width, scripts=scripts)
    for number in (first, second):
        reader.page.check(f"input[name=number][value='{number}']")
    reader.press("#several button")
    reader.press("main a[href*='act=note']")
    reader.page.fill("[name='fact.text']", "等待供应商回复")
    reader.press("main form button.button")
    office.world.settle()
    reader.page.reload()
    reader.look()
    reader.press("main form button.button")
    office.world.settle()
    reader.page.reload()
    reader.look()
    assert reader.page.locator("main td.no").count() == 2
    assert [len(office.events(number, type_="noted")) for number in (first, second, third)] == [1, 1, 0]
    reader.open(f"{desk(office)}/jobs")
    assert reader.page.locator("main td a").count() == 2


@pytest.fixture
def empty_office() -> Organisation:
    return sign_up(InProcess("2026-11-27T09:00:00+08:00"), "platform")


@pytest.fixture
def empty_url(empty_office: Organisation) -> Iterator[str]:
    assert isinstance(empty_office.world, InProcess)
    with served(empty_office.world) as address:
        yield address


@ALL_PAGES
@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize(("language", "width"), [("zh-CN", 390), ("en-GB", 1280)])
def test_a_member_keeps_a_view_opens_it_and_deletes_it(
    chromium: Browser, empty_url: str, empty_office: Organisation, language: str, width: int, scripts: bool
) -> None:
    empty_office.file()
    reader = at_desk(chromium, empty_url, empty_office, "screener", language=language, width=width, scripts=scripts)
    reader.open(f"{desk(empty_office)}?tab=unassigned")
    reader.page.click("details.keep summary")
    reader.page.fill("#name", "待办 <今日>")
    reader.press("details.keep form button.second")
    reader.open(desk(empty_office))
    reader.press(".views a")
    assert reader.page.url.endswith("?tab=unassigned")
    reader.page.click("details.keep summary")
    reader.press(".named button")
    assert reader.page.locator(".views a").count() == 0


@ALL_PAGES
@pytest.mark.parametrize(("language", "title"), [("zh-CN", "检查报告"), ("en-GB", "Inspections")])
def test_an_owner_opens_an_inspection_from_the_menu(
    chromium: Browser, empty_url: str, empty_office: Organisation, language: str, title: str
) -> None:
    empty_office.file()
    empty_office.world.move_to("2026-12-02T09:00:00+08:00")
    produced(empty_office, "2026-11")
    reader = at_desk(chromium, empty_url, empty_office, "owner", language=language)
    reader.press("a[href*='/desk/reports']")
    reader.press("a[href*='/reports/inspections']")
    assert reader.page.locator("h1").inner_text() == title
    with reader.page.expect_navigation():
        reader.page.click("ul.listed a")
    assert "2026-11" in reader.page.locator("body").inner_text()
    assert reader.page.locator("svg").count() > 0


@ALL_PAGES
def test_a_member_who_may_not_read_inspections_has_no_link_and_gets_a_page_that_says_so(
    chromium: Browser, empty_url: str, empty_office: Organisation
) -> None:
    empty_office.file()
    empty_office.world.move_to("2026-12-02T09:00:00+08:00")
    report = produced(empty_office, "2026-11")["id"]
    reader = at_desk(chromium, empty_url, empty_office, "handler", language="en-GB")
    assert reader.page.locator("a[href*='/reports/inspections']").count() == 0
    answer = reader.page.goto(f"{empty_url}{desk(empty_office)}/reports/inspections/{report}")
    assert answer is not None
    assert answer.status == 403
    assert "2026-11" not in reader.page.locator("main").inner_text()
