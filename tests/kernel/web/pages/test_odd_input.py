"""Input that no form sends, and links that other programs have changed."""

from __future__ import annotations

import pytest

from chalicelib.kit.instants import HOUR
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import FORM, Browser
from tests.kernel.web.pages.filing import filed, send, to_check

MARKS = "a" + "\u0300\u0316" * 20_000


def post(browser: Browser, path: str, body: str, **headers: str) -> int:
    sent = {"Content-Type": FORM, **headers}
    return browser.world.client.request("POST", path, body.encode(), headers=sent).status


def test_a_form_that_is_a_day_old_begins_again(world: InProcess, hall: Organisation, browser: Browser) -> None:
    to_check(browser, hall, fact__complainant__email="")
    world.fakes.real_clock.now += 25 * HOUR

    page = send(browser, world)

    assert browser.answer.status == 422
    assert "发生了什么？" in page.headings


def to_content(browser: Browser, hall: Organisation) -> None:
    browser.open(f"/t/{hall.id}/file")
    browser.submit(category__class="service_quality")


@pytest.mark.parametrize("value", ["0001-01-01T00:00", "9999-12-31T23:59", "2026-02-30T10:00", "x", "1" * 400])
def test_an_impossible_time_is_a_fault_of_its_input(company: Organisation, value: str) -> None:
    assert isinstance(company.world, InProcess)
    browser = Browser(company.world)
    browser.open(f"/t/{company.id}/file")
    browser.submit(category__matter="service_quality")

    browser.submit(fact__content="x", fact__reply_wanted_at=value)

    assert browser.answer.status == 422
    assert "#fact.reply_wanted_at" in [href for href, _ in browser.page.links]


@pytest.mark.parametrize("value", ["9999-12-31", "2026-02-30", "2026-11-26T10:00", "x", "1" * 400])
def test_an_impossible_day_is_a_fault_of_its_input(hall: Organisation, browser: Browser, value: str) -> None:
    to_content(browser, hall)

    browser.submit(fact__content="x", fact__occurred_at=value)

    assert browser.answer.status == 422
    assert "#fact.occurred_at" in [href for href, _ in browser.page.links]


def test_very_many_marks_on_one_letter_are_refused_at_once(hall: Organisation, browser: Browser) -> None:
    to_content(browser, hall)

    browser.submit(fact__content=MARKS)

    assert browser.answer.status == 422


def test_white_space_that_nobody_sees_is_cut(world: InProcess, hall: Organisation, browser: Browser) -> None:
    to_check(browser, hall, fact__content="微信" + " " * 1300 + "ab")
    page = browser.submit(button="to:content-1")

    [sent] = [one.value for one in page.forms[0].controls if one.name == "fact.content"]
    assert sent == "微信" + " " * 100 + "ab"


@pytest.mark.parametrize("query", ["utm_source=x", "from=singlemessage&isappinstalled=0", "lang=fr", "lang=zh&lang=en"])
@pytest.mark.parametrize("path", ["", "/file", "/case"])
def test_a_link_with_further_parameters_opens_the_page(
    hall: Organisation, browser: Browser, path: str, query: str
) -> None:
    browser.open(f"/t/{hall.id}{path}?{query}")
    assert browser.answer.status == 200


def test_other_cookies_do_not_end_a_session(hall: Organisation, browser: Browser) -> None:
    number, _ = filed(browser, hall)
    browser.submit()
    _, (value, _) = browser.session
    cookie = f'a b; x={{"a":1}}; case=wrong; case={value}'
    headers = {"Accept": "text/html", "Cookie": cookie}
    answer = browser.world.client.request("GET", f"/t/{hall.id}/case/{number}", headers=headers)
    assert f"投诉 {number}" in answer.text


@pytest.mark.parametrize("origin", ["http://[", "https://evil.example"])
def test_another_site_opens_no_complaint(hall: Organisation, browser: Browser, origin: str) -> None:
    number, receipt = filed(browser, hall)
    assert post(browser, f"/t/{hall.id}/case", f"number={number}&receipt={receipt}", Origin=origin) == 403
