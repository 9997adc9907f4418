"""A member of staff in a real browser takes down a complaint: the form, what is known already, the receipt on paper."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.reader import ANSWERS, TEXT, Reader
from tests.clauses.local_stack import LocalStack, description

pytestmark = ALL_PAGES
VIEWS = [("zh-CN", 390, True), ("en-GB", 1280, True), ("en-GB", 390, False), ("zh-CN", 1280, True)]
CHECK, FILE = "main button.button[value=check]", "button[value=file]"
PHONE = "#fact\\.complainant\\.contact"
"""Of the demonstration, by which earlier complaints are found."""


@pytest.fixture(scope="module")
def tenant(stack: LocalStack) -> dict[str, Any]:
    [found] = json.loads(description(stack.output.parent).read_text("utf-8"))["tenants"]
    assert isinstance(found, dict)
    return found


def at_intake(stack: LocalStack, chromium: Browser, tenant: dict[str, Any], **view: Any) -> Reader:
    reader = Reader(chromium, stack.url, **{"language": "zh-CN", "width": 1280, "scripts": True, **view})
    [screener] = [one for one in tenant["people"] if one["roles"] == ["screener"]]  # who sees who complains
    reader.open(screener["sign_in"].removeprefix(stack.url))
    reader.open(f"/t/{tenant['slug']}/desk/file")
    return reader


def answer(reader: Reader, phone: str) -> None:
    """Answers what the form shows. What came earlier stays folded."""
    for group in reader.page.locator("main fieldset").all():
        if not group.locator("input:checked").count():
            group.locator("input").first.check()
    for one in reader.page.locator("main input:not([type=hidden], [type=radio], [type=checkbox]), main textarea").all():
        if one.is_visible():
            one.fill(ANSWERS.get(one.get_attribute("type") or "", TEXT))
    reader.page.fill(PHONE, phone)


@pytest.mark.parametrize(("language", "width", "scripts"), VIEWS)
def test_a_complaint_is_taken_down_and_its_receipt_is_printed(
    stack: LocalStack, chromium: Browser, tenant: dict[str, Any], language: str, width: int, scripts: bool
) -> None:
    reader = at_intake(stack, chromium, tenant, language=language, width=width, scripts=scripts)
    reader.press(CHECK)
    assert reader.has(".faults")
    answer(reader, "13800000001")
    reader.press(CHECK)
    assert reader.has(FILE)
    reader.press(FILE)
    number, receipt = reader.page.text_content(".number"), reader.page.text_content(".secret")
    assert reader.page.locator("#print").is_visible() == scripts
    reader.page.emulate_media(media="print")
    assert [reader.page.locator(one).first.is_visible() for one in (".slip", ".desk-top", "h1")] == [True, False, False]
    reader.page.emulate_media(media="screen")
    reader.press(f'a[href*="/complaints/{number}"]')
    assert (receipt or "-") not in reader.page.content()


def test_earlier_complaints_of_the_caller_appear_when_the_number_is_entered(
    stack: LocalStack, chromium: Browser, tenant: dict[str, Any]
) -> None:
    reader = at_intake(stack, chromium, tenant)
    answer(reader, "13800000002")
    reader.press(CHECK)
    reader.press(FILE)
    number = reader.page.text_content(".number")
    reader.open(f"/t/{tenant['slug']}/desk/file")
    assert not reader.page.locator("#before").is_visible()
    reader.page.fill(PHONE, "138 0000 0002")
    reader.page.press(PHONE, "Tab")
    reader.page.wait_for_selector("#before:not([hidden])")
    assert number in reader.page.locator("#before a").all_text_contents()
    reader.look()
    reader.page.fill(PHONE, "13911111111")
    reader.page.press(PHONE, "Tab")
    reader.page.wait_for_selector("#before[hidden]", state="attached")


def test_enter_checks_what_was_typed_and_the_other_language_keeps_it(
    stack: LocalStack, chromium: Browser, tenant: dict[str, Any]
) -> None:
    reader = at_intake(stack, chromium, tenant)
    reader.page.fill(PHONE, "13800000003")
    with reader.page.expect_navigation():
        reader.page.press(PHONE, "Enter")
    reader.look()
    assert reader.has(".faults")
    assert reader.page.evaluate("document.documentElement.lang") == "zh-CN"
    reader.press("button.language")
    assert reader.page.evaluate("document.documentElement.lang") == "en"
    assert reader.page.input_value(PHONE) == "13800000003"


def test_a_double_click_and_a_reload_show_one_filing(
    stack: LocalStack, chromium: Browser, tenant: dict[str, Any]
) -> None:
    reader = at_intake(stack, chromium, tenant, rules=False)
    answer(reader, "13800000004")
    reader.press(CHECK)
    reader.page.locator(FILE).dblclick()
    reader.page.wait_for_selector(".secret")
    shown = reader.page.text_content(".number"), reader.page.text_content(".secret")
    reader.page.reload()
    reader.page.wait_for_selector(".secret")
    assert (reader.page.text_content(".number"), reader.page.text_content(".secret")) == shown
