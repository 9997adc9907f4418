"""A device that has just filed about the same says so before it files again. It tells nothing of what others filed."""

from __future__ import annotations

from chalicelib.features.filing.drafts import SHOWN
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.pages.filing import TEXT, filed, to_check

TOLD = "您在本设备上已于"
OTHER = "停车场的栏杆坏了两周，没有人来修理，车辆出入都很危险。"


def test_a_second_filing_about_the_same_names_the_first_and_leads_to_it(hall: Organisation, browser: Browser) -> None:
    number, _ = filed(browser, hall)
    assert TOLD in to_check(browser, hall).text
    browser.follow(f"打开投诉 {number}")
    assert browser.answer.status == 200
    assert number in browser.page.text


def test_it_can_be_filed_all_the_same(hall: Organisation, browser: Browser) -> None:
    first, _ = filed(browser, hall)
    second, _ = filed(browser, hall)
    assert first != second


def test_a_text_that_was_changed_a_little_is_the_same(hall: Organisation, browser: Browser) -> None:
    filed(browser, hall)
    assert TOLD in to_check(browser, hall, fact__content=f"{TEXT}等了很久。").text


def test_another_matter_is_not_the_same(hall: Organisation, browser: Browser) -> None:
    filed(browser, hall)
    assert TOLD not in to_check(browser, hall, **dict.fromkeys(("fact__content", "fact__request"), OTHER)).text


def test_another_device_is_told_nothing(hall: Organisation, browser: Browser, world: InProcess) -> None:
    """Although it files the same under the same name and address."""
    filed(browser, hall)
    assert TOLD not in to_check(Browser(world), hall).text


def test_a_cookie_with_another_secret_is_told_nothing(hall: Organisation, browser: Browser, world: InProcess) -> None:
    filed(browser, hall)
    other = Browser(world)
    other.cookies = {
        name: (f"{'A' * 22}.{value[0].partition('.')[2]}", value[1]) for name, value in browser.cookies.items()
    }
    assert TOLD not in to_check(other, hall).text


def test_after_an_hour_the_device_knows_it_no_more(hall: Organisation, browser: Browser, world: InProcess) -> None:
    filed(browser, hall)
    world.fakes.real_clock.now += SHOWN
    assert TOLD not in to_check(browser, hall).text


def test_another_organisation_is_told_nothing(hall: Organisation, browser: Browser) -> None:
    filed(browser, hall)
    assert TOLD not in to_check(browser, sign_up(browser.world, "government-service-centre")).text
