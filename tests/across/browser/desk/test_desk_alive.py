"""The desk in a real browser: keys, rows that are marked when their complaints change, new ones, and one's own work."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser

from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.desk_person import at_desk, open_case
from tests.across.browser.reader import Reader
from tests.clauses.organisation import Organisation
from tests.sign_in.door import START, desk

pytestmark = ALL_PAGES
HALF_A_MINUTE = 31_000
"""Milliseconds."""
MARKED = "tr.changed .mark"


def asked(reader: Reader) -> list[str]:
    """The requests for changes, from now on."""
    found: list[str] = []
    reader.page.on("request", lambda one: found.append(one.url) if "/desk/changes" in one.url else None)
    return found


def with_clock(reader: Reader, office: Organisation) -> None:
    """The queue again, with a clock that the test moves."""
    reader.page.clock.install()
    reader.page.goto(f"{reader.page.url.partition('/t/')[0]}{desk(office)}")


def test_keys_go_through_the_rows_tick_and_open_them(chromium: Browser, url: str, office: Organisation) -> None:
    reader = at_desk(chromium, url, office, "handler", language="en-GB")
    first, second, _ = reader.page.locator(".queue td.no a").all_inner_texts()
    for key in ("j", "j", "k", "x", "j"):
        reader.page.keyboard.press(key)

    assert reader.page.locator("input[name=number]:checked").evaluate_all("all => all.map(one => one.value)") == [first]
    with reader.page.expect_navigation():
        reader.page.keyboard.press("o")
    assert reader.page.url.endswith(f"/complaints/{second}")


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_each_act_of_a_complaint_has_a_key_of_its_own_that_is_listed(
    chromium: Browser, url: str, office: Organisation, language: str
) -> None:
    reader = at_desk(chromium, url, office, "handler", language=language)
    number = next(iter(office.filed))
    open_case(reader, office, number)
    acts = reader.page.locator(".acts a").count()
    reader.page.keyboard.press("?")

    keys = reader.page.locator("#keys dt").all_inner_texts()
    assert reader.page.locator("#keys").is_visible()
    assert (len(keys), len(set(keys))) == (5 + acts, 5 + acts)
    reader.look()
    reader.page.keyboard.press("Escape")
    with reader.page.expect_navigation():
        reader.page.keyboard.press(keys[5])
    assert "/acts/" in reader.page.url


def test_keys_do_nothing_while_somebody_types_and_when_they_are_off(
    chromium: Browser, url: str, office: Organisation
) -> None:
    reader = at_desk(chromium, url, office, "handler", language="en-GB")
    reader.page.locator("#q").press_sequentially("jxo?")
    assert reader.page.locator("#q").input_value() == "jxo?"
    assert reader.page.locator("tr.here").count() == 0
    office.world.call("PATCH", f"{office.path}/people/me/settings", {"shortcuts": False}, auth=office.auth("handler"))
    reader.page.reload()
    reader.page.keyboard.press("j")
    assert reader.page.locator("#keys").count() == 0
    assert reader.page.locator("tr.here").count() == 0


def test_a_row_whose_complaint_changes_is_marked_and_stays(chromium: Browser, url: str, office: Organisation) -> None:
    reader = at_desk(chromium, url, office, "handler", language="en-GB")
    with_clock(reader, office)
    rows = reader.page.locator(".queue td.no a").all_inner_texts()
    office.act(rows[1], "handler", "note", text="已电话联系。")
    requests = asked(reader)

    reader.page.clock.fast_forward(HALF_A_MINUTE)
    reader.page.wait_for_selector(MARKED)

    assert reader.page.locator("tr.changed td.no a").all_inner_texts() == [rows[1]]
    assert reader.page.locator(".queue td.no a").all_inner_texts() == rows
    assert reader.page.locator("#changed").is_visible()
    assert len(requests) == 1
    reader.look()


def test_new_complaints_are_announced_and_the_place_is_kept_when_they_are_shown(
    chromium: Browser, url: str, office: Organisation
) -> None:
    reader = at_desk(chromium, url, office, "handler", language="en-GB", width=390)
    for _ in range(6):
        office.file()
    with_clock(reader, office)
    rows = reader.page.locator(".queue td.no a").all_inner_texts()
    reader.page.locator("input[name=number]").last.check()
    for _ in range(3):
        office.file()
    requests = asked(reader)

    reader.page.clock.fast_forward(HALF_A_MINUTE)
    reader.page.wait_for_selector("#changed:not([hidden])")
    assert reader.page.inner_text("#changed span") == "3 new."
    assert reader.page.locator(".queue td.no a").all_inner_texts() == rows
    assert len(requests) == 1
    reader.look()

    reader.page.evaluate("document.querySelector('tr[data-row]:last-child').scrollIntoView({behavior: 'instant'})")
    seen = "[...document.querySelectorAll('tr[data-row]')].find(one => one.getBoundingClientRect().bottom > 0)"
    first = reader.page.evaluate(f"{seen}.querySelector('.no a').textContent")
    place = f"{seen.replace('one.getBoundingClientRect().bottom > 0', f'one.textContent.includes({first!r})')}"
    before = reader.page.evaluate(f"{place}.getBoundingClientRect().top")
    with reader.page.expect_navigation():
        reader.page.evaluate("document.querySelector('#changed a').click()")
    reader.page.wait_for_selector("input[name=number]:checked")
    assert len(reader.page.locator(".queue td.no a").all_inner_texts()) == len(rows) + 3
    assert abs(reader.page.evaluate(f"{place}.getBoundingClientRect().top") - before) < 2


def test_a_page_that_is_hidden_asks_for_nothing(chromium: Browser, url: str, office: Organisation) -> None:
    reader = at_desk(chromium, url, office, "handler", language="en-GB")
    with_clock(reader, office)
    requests = asked(reader)
    hidden = "Object.defineProperty(document, 'hidden', { get: () => %s, configurable: true });"
    seen_again = "document.dispatchEvent(new Event('visibilitychange'))"
    reader.page.evaluate(f"{hidden % 'true'} {seen_again}")
    reader.page.clock.fast_forward(10 * HALF_A_MINUTE)
    assert requests == []

    with reader.page.expect_request("**/desk/changes*"):
        reader.page.evaluate(f"{hidden % 'false'} {seen_again}")
    assert len(requests) == 1


def test_a_page_that_nobody_touches_stops_asking_so_that_the_session_can_end(
    chromium: Browser, url: str, office: Organisation
) -> None:
    reader = at_desk(chromium, url, office, "handler", language="en-GB")
    with_clock(reader, office)
    reader.page.clock.fast_forward(11 * 60_000)
    requests = asked(reader)
    reader.page.clock.run_for(10 * HALF_A_MINUTE)
    assert requests == []


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize(("language", "width"), [("zh-CN", 390), ("en-GB", 1280)])
def test_a_member_sees_their_work_appoints_a_deputy_and_chooses_mails(
    chromium: Browser, url: str, office: Organisation, language: str, width: int, scripts: bool
) -> None:
    reader = at_desk(chromium, url, office, "handler", language=language, width=width, scripts=scripts)
    reader.open(f"{desk(office)}/my-work")
    reader.press("#absence ~ p a")
    reader.page.select_option("#sub", office.subs["screener"])
    reader.page.fill("#until", (date.fromisoformat(START[:10]) + timedelta(3)).isoformat())
    reader.press("main form button.button")
    assert reader.has(".notice")
    reader.page.check("#mails-daily")
    reader.press(".my-work form.form button")
    assert office.get("/people/me/settings", "handler")["mails"] == "daily"
    assert office.get("/people/me/deputy", "handler")["sub"] == office.subs["screener"]
