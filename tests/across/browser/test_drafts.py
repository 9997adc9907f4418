"""What a person types in a filing is kept on the device, announced, and deleted."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.journeys import file_opened
from tests.across.browser.reader import Reader
from tests.clauses.local_stack import LocalStack
from tests.clauses.organisation import Organisation, sign_up

pytestmark = ALL_PAGES

TEXT = "等了三天没有人来修。"
KEPT = "localStorage.length"


@pytest.fixture(scope="module")
def office(stack: LocalStack) -> Organisation:
    return sign_up(stack, "platform")


def at_text(stack: LocalStack, chromium: Browser, office: Organisation, language: str = "en-GB") -> Reader:
    """A reader who has typed the text of a complaint, on a page after the first one."""
    reader = Reader(chromium, stack.url, language=language, width=320, scripts=True)
    reader.open(f"/t/{office.id}/file")
    while not reader.has("textarea"):
        reader.answer()
        reader.press("#filing .button")
    reader.page.fill("textarea", TEXT)
    reader.page.wait_for_selector("#kept:not([hidden])")
    reader.look()
    return reader


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_what_was_typed_is_offered_after_the_page_was_closed_and_deleted_once_it_is_filed(
    stack: LocalStack, chromium: Browser, office: Organisation, language: str
) -> None:
    reader = at_text(stack, chromium, office, language)
    reader.reopen()
    reader.open(f"/t/{office.id}/file")
    reader.page.wait_for_selector("#offer:not([hidden])")
    reader.look()
    reader.press("#restore")
    assert reader.page.input_value("textarea") == TEXT
    file_opened(reader)
    assert reader.page.evaluate(KEPT) == 0


def test_the_person_can_delete_it_and_then_nothing_more_is_kept(
    stack: LocalStack, chromium: Browser, office: Organisation
) -> None:
    reader = at_text(stack, chromium, office)
    reader.page.click("#forget")
    reader.look()
    reader.page.fill("textarea", TEXT + TEXT)
    assert reader.page.evaluate(KEPT) == 0
    reader.answer()
    reader.press("#filing .button")
    reader.answer()
    assert reader.page.evaluate(KEPT) == 0


def test_the_offer_can_be_refused(stack: LocalStack, chromium: Browser, office: Organisation) -> None:
    reader = at_text(stack, chromium, office)
    reader.open(f"/t/{office.id}/file")
    reader.page.click("#discard")
    assert reader.page.evaluate(KEPT) == 0
    assert reader.page.is_hidden("#offer")


def test_a_draft_is_forgotten_after_a_day(stack: LocalStack, chromium: Browser, office: Organisation) -> None:
    reader = at_text(stack, chromium, office)
    reader.page.clock.install()
    reader.page.clock.fast_forward("24:00:01")
    reader.open(f"/t/{office.id}/file")
    assert reader.page.evaluate(KEPT) == 0
    assert reader.page.is_hidden("#offer")
