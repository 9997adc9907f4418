"""Files and a position that are given while a complaint is filed, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.journeys import MOST_PAGES, think
from tests.across.browser.reader import Reader
from tests.across.browser.sending import SEALED, at_files, choose, wait_for
from tests.across.browser.test_uploads import KEPT
from tests.clauses.local_stack import LocalStack
from tests.clauses.organisation import Organisation, sign_up
from tests.helpers.fakes.files import PDF

pytestmark = ALL_PAGES

NEXT, SEND = "#filing .button:not([type=button])", "#send"
CHOSEN = ("凭证\u202e.pdf", "application/pdf", PDF)


@pytest.fixture(scope="module")
def office(stack: LocalStack) -> Organisation:
    return sign_up(stack, "platform")


def to_check(reader: Reader, office: Organisation) -> None:
    """Answers each question, up to the page with all answers."""
    reader.open(f"/t/{office.id}/file")
    for _ in range(MOST_PAGES):
        if reader.has(SEND):
            return
        reader.answer()
        reader.press(NEXT)
    raise AssertionError("the questions have no end")


def at_check(chromium: Browser, office: Organisation, language: str = "en-GB") -> Reader:
    """With scripts, and knowing the bucket of the local stack."""
    reader = at_files(chromium, office, office.file(), language=language)
    to_check(reader, office)
    return reader


def send(reader: Reader) -> str:
    """Files, and returns the number."""
    think(reader)
    with reader.page.expect_navigation():
        reader.page.click(SEND)
    return reader.page.text_content(".number") or ""


@pytest.mark.parametrize("language", ["en-GB", "zh-CN"])
def test_what_is_chosen_is_sent_when_the_complaint_is_filed(
    chromium: Browser, office: Organisation, language: str
) -> None:
    reader = at_check(chromium, office, language)
    reader.page.check("#kind-2")
    choose(reader.page, CHOSEN)
    wait_for(reader.page, ("Kept on this device", "已暂存在这台设备上"))
    reader.look()
    number = send(reader)
    wait_for(reader.page, SEALED)
    reader.look()
    [file] = office.events(number, type_="evidence_declared")
    assert reader.page.evaluate(KEPT) == 0
    reader.open(f"/t/{office.id}/case/{number}")
    assert "凭证.pdf" in (reader.page.text_content("[data-uploads]") or "")
    assert file["actor"]["kind"] == "complainant"


def test_a_lost_connection_is_waited_for_and_the_case_goes_on_with_the_file(
    chromium: Browser, office: Organisation
) -> None:
    reader = at_check(chromium, office)
    reader.page.check("#kind-2")
    choose(reader.page, CHOSEN)
    wait_for(reader.page, "Kept on this device")
    reader.page.context.route("**/uploads", lambda route: route.abort())
    number = send(reader)
    wait_for(reader.page, "No connection")
    reader.reopen()
    reader.page.context.unroute("**/uploads")
    reader.open(f"/t/{office.id}/case/{number}")
    reader.page.wait_for_selector("#unsent:not([hidden])")
    reader.press("#unsent a")
    wait_for(reader.page, "Checked and sealed")
    assert len(office.events(number, type_="evidence_sealed")) == 1


def test_a_minute_without_a_connection_after_the_filing_is_waited_for(chromium: Browser, office: Organisation) -> None:
    reader = at_check(chromium, office)
    reader.page.check("#kind-2")
    choose(reader.page, CHOSEN)
    wait_for(reader.page, "Kept on this device")
    reader.page.context.route("**/uploads", lambda route: route.abort())
    number = send(reader)
    wait_for(reader.page, "No connection")
    reader.page.clock.install()
    reader.page.context.set_offline(True)
    reader.page.clock.run_for(60_000)
    wait_for(reader.page, "No connection")
    assert (reader.page.evaluate(KEPT), office.events(number, type_="evidence_declared")) == (1, [])

    reader.page.context.unroute("**/uploads")
    reader.page.context.set_offline(False)
    wait_for(reader.page, SEALED)
    assert (reader.page.evaluate(KEPT), len(office.events(number, type_="evidence_sealed"))) == (0, 1)


def test_an_empty_file_and_a_program_are_refused_at_once(chromium: Browser, office: Organisation) -> None:
    reader = at_check(chromium, office)
    reader.page.check("#kind-2")
    choose(reader.page, ("a.pdf", "application/pdf", b""), ("a.exe", "application/x-msdownload", b"MZ"))
    wait_for(reader.page, "Not sent: it is empty", 1)
    wait_for(reader.page, "Not sent: files of this format", 2)
    assert reader.page.evaluate(KEPT) == 0


def test_what_is_removed_or_forgotten_is_deleted_from_the_device(chromium: Browser, office: Organisation) -> None:
    reader = at_check(chromium, office)
    reader.page.check("#kind-2")
    choose(reader.page, ("a.pdf", "application/pdf", PDF), ("b.pdf", "application/pdf", PDF + b"\n"))
    wait_for(reader.page, "Kept on this device", 2)
    reader.page.click("#sending li:nth-child(1) button")
    reader.page.wait_for_function(f"async () => await ({KEPT}) === 1")
    reader.press("#forget")
    assert reader.page.evaluate(KEPT) == 0


def test_the_files_of_a_draft_are_not_those_of_another_organisation(
    stack: LocalStack, chromium: Browser, office: Organisation
) -> None:
    reader, other = at_check(chromium, office), sign_up(stack, "customer-service")
    reader.page.check("#kind-2")
    choose(reader.page, CHOSEN)
    wait_for(reader.page, "Kept on this device")
    to_check(reader, other)
    assert reader.page.locator("#sending li").count() == 0
    number = send(reader)
    reader.page.wait_for_load_state("networkidle")
    assert (reader.page.is_hidden("#attached"), reader.page.evaluate(KEPT)) == (True, 1)
    assert other.events(number, type_="evidence_declared") == []


def test_a_device_without_storage_says_that_files_are_added_later(
    stack: LocalStack, chromium: Browser, office: Organisation
) -> None:
    reader = Reader(chromium, stack.url, language="en-GB", width=320, scripts=True, rules=False)
    reader.page.add_init_script("indexedDB.open = () => { throw new DOMException('none', 'SecurityError'); }")
    to_check(reader, office)
    reader.page.check("#kind-2")
    choose(reader.page, CHOSEN)
    wait_for(reader.page, "Not sent: it cannot be kept on this device")
    number = send(reader)
    assert number


def test_without_scripts_the_page_says_that_files_are_added_later(
    stack: LocalStack, chromium: Browser, office: Organisation
) -> None:
    reader = Reader(chromium, stack.url, language="zh-CN", width=320, scripts=False)
    to_check(reader, office)
    assert reader.page.is_visible("#later")
    assert reader.page.is_hidden("#files")


def at_place(chromium: Browser, stack: LocalStack) -> Reader:
    """At the question where something happened."""
    reader = Reader(chromium, stack.url, language="en-GB", width=320, scripts=True)
    reader.open(f"/t/{sign_up(stack, 'auto-repair-forms').id}/file")
    for _ in range(MOST_PAGES):
        if reader.has("[data-place]"):
            return reader
        reader.answer()
        reader.press(NEXT)
    raise AssertionError("no page asks where it was")


def test_a_place_is_the_position_of_the_device_only_when_asked_for(stack: LocalStack, chromium: Browser) -> None:
    reader = at_place(chromium, stack)
    reader.page.context.set_geolocation({"latitude": 31.2304, "longitude": 121.4737, "accuracy": 20})
    reader.page.context.grant_permissions(["geolocation"])
    reader.page.fill("[data-place]", "一号车间")
    assert reader.page.input_value("[data-place]") == "一号车间"
    reader.page.click(".place button")
    reader.page.wait_for_function("() => document.querySelector('[data-place]').value.includes('31.23040')")
    assert reader.page.input_value("[data-place]") == "一号车间 31.23040, 121.47370 (within about 20 m)"
    reader.look()


def test_a_position_that_is_not_allowed_leaves_the_text(stack: LocalStack, chromium: Browser) -> None:
    reader = at_place(chromium, stack)
    reader.page.fill("[data-place]", "一号车间")
    reader.page.click(".place button")
    reader.page.wait_for_selector(".place >> text=describe the place in words")
    assert reader.page.input_value("[data-place]") == "一号车间"


def test_where_there_is_no_room_the_page_does_not_say_that_it_put_the_position(
    stack: LocalStack, chromium: Browser
) -> None:
    reader = at_place(chromium, stack)
    reader.page.context.set_geolocation({"latitude": 31.2304, "longitude": 121.4737, "accuracy": 20})
    reader.page.context.grant_permissions(["geolocation"])
    full = "车" * int(reader.page.get_attribute("[data-place]", "data-most") or 0)
    reader.page.fill("[data-place]", full)
    reader.page.click(".place button")
    reader.page.wait_for_selector(".place >> text=There is no room for the position")
    assert (reader.page.input_value("[data-place]"), bool(full)) == (full, True)
