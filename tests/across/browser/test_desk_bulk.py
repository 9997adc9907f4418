"""An act on many complaints at the desk in a real browser: ticked in the queue, checked, done, listed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.desk_person import at_desk
from tests.across.browser.served import served
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.sign_in.door import START, desk

pytestmark = ALL_PAGES
VIEWS = [("zh-CN", 390, True), ("en-GB", 1280, False), ("en-GB", 390, True), ("zh-CN", 1920, True)]


@pytest.fixture
def office() -> Organisation:
    found = sign_up(InProcess(START), "platform")
    for _ in range(3):
        found.act(found.file(), "screener", "accept", responsible=found.subs["handler"])
    return found


@pytest.fixture
def url(office: Organisation) -> Iterator[str]:
    assert isinstance(office.world, InProcess)
    with served(office.world) as address:
        yield address


@pytest.mark.parametrize(("language", "width", "scripts"), VIEWS)
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
