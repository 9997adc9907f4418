"""What a person types in a filing is kept: two tabs, a closed page, a shared device. Back and forward: `test_ways`."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.filing_person import go
from tests.across.browser.journeys import MOST_PAGES, file_opened, think
from tests.across.browser.reader import Reader
from tests.clauses.local_stack import LocalStack
from tests.clauses.organisation import Organisation, sign_up

pytestmark = ALL_PAGES

TEXT = "等了三天没有人来修。"
KEPT = "localStorage.length"
NEXT = "#filing .button:not([type=button])"


@pytest.fixture(scope="module")
def office(stack: LocalStack) -> Organisation:
    return sign_up(stack, "platform")


def reader_of(stack: LocalStack, chromium: Browser, *, scripts: bool = True, language: str = "en-GB") -> Reader:
    return Reader(chromium, stack.url, language=language, width=320, scripts=scripts)


def answered(reader: Reader, until: str) -> None:
    """Answers each page before the one that has `until`."""
    for _ in range(MOST_PAGES):
        if reader.has(until):
            return
        reader.answer()
        reader.press(NEXT)
    raise AssertionError(f"no page has {until}")


def to_text(reader: Reader, office: Organisation) -> None:
    """To the page on which the complaint is told."""
    reader.open(f"/t/{office.id}/file")
    answered(reader, "textarea")
    reader.page.fill("textarea", TEXT)


@pytest.mark.parametrize("scripts", [True, False])
def test_back_from_the_receipt_does_not_file_again(
    stack: LocalStack, chromium: Browser, office: Organisation, scripts: bool
) -> None:
    reader = reader_of(stack, chromium, scripts=scripts)
    to_text(reader, office)
    number = file_opened(reader)
    go(reader, back=True)
    assert number in (reader.page.text_content(".number") or "")
    reader.page.go_back()

    assert reader.has('a.button[href*="/filed"]')


def test_two_clicks_on_the_last_button_file_once(stack: LocalStack, chromium: Browser, office: Organisation) -> None:
    reader = reader_of(stack, chromium)
    to_text(reader, office)
    before = len(office.get("/complaints", "owner")["complaints"])
    answered(reader, "#send")
    think(reader)
    reader.press_twice("#send", ".number")

    assert len(office.get("/complaints", "owner")["complaints"]) == before + 1


def test_two_tabs_have_two_complaints(stack: LocalStack, chromium: Browser, office: Organisation) -> None:
    first = reader_of(stack, chromium)
    to_text(first, office)
    first.press(NEXT)
    begun = first.page.url
    first.open(f"/t/{office.id}/file")
    first.press("[value=another]")
    answered(first, "textarea")
    assert first.page.input_value("textarea") == ""
    first.page.fill("textarea", "另一件事。")
    first.press(NEXT)

    first.page.goto(begun)
    first.press("[value=back]")
    assert first.page.input_value("textarea") == TEXT


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_a_shared_device_asks_whose_it_is(
    stack: LocalStack, chromium: Browser, office: Organisation, language: str
) -> None:
    reader = reader_of(stack, chromium, language=language)
    to_text(reader, office)
    reader.press(NEXT)
    reader.reopen()
    reader.open(f"/t/{office.id}/file")
    reader.press("[value=forget]")

    assert reader.has("#filing")
    reader.open(f"/t/{office.id}/file")
    assert not reader.has("[value=forget].second")


def test_an_ended_draft_keeps_what_is_typed(stack: LocalStack, chromium: Browser, office: Organisation) -> None:
    reader = reader_of(stack, chromium)
    to_text(reader, office)
    reader.page.context.clear_cookies()
    reader.press(NEXT)
    reader.press("[value=back]")

    assert reader.page.input_value("textarea") == TEXT


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_a_copy_on_the_device_is_asked_for_offered_on_any_step_and_gone_when_filed(
    stack: LocalStack, chromium: Browser, office: Organisation, language: str
) -> None:
    reader = reader_of(stack, chromium, language=language)
    to_text(reader, office)
    assert reader.page.evaluate(KEPT) == 0
    reader.page.check("#keep")
    reader.look()
    reader.page.context.clear_cookies()
    reader.reopen()
    reader.open(f"/t/{office.id}/file")
    reader.page.wait_for_selector("#offer:not([hidden])")
    reader.look()
    reader.press("#restore")
    file_opened(reader)

    assert reader.page.evaluate(KEPT) == 0


def test_a_copy_can_be_refused_and_ends_after_a_day(stack: LocalStack, chromium: Browser, office: Organisation) -> None:
    reader = reader_of(stack, chromium)
    to_text(reader, office)
    reader.page.check("#keep")
    reader.page.context.clear_cookies()
    reader.open(f"/t/{office.id}/file")
    reader.page.click("#discard")
    assert (reader.page.evaluate(KEPT), reader.page.is_hidden("#offer")) == (0, True)

    reader.page.check("#keep")
    reader.page.clock.install()
    reader.page.clock.fast_forward("24:00:01")
    reader.page.reload()
    assert reader.page.evaluate(KEPT) == 0
