"""A member of staff in a real browser: signs in by the link, sees the queue, signs out, and leaves nothing behind."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.across.browser.conftest import ALL
from tests.across.browser.reader import Reader
from tests.clauses.local_stack import LocalStack, description

VIEWS = [("zh-CN", 390), ("en-GB", 1280), ("zh-CN", 1280), ("en-GB", 390)][: 4 if ALL else 1]


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
    desk = f"{stack.url}/t/{tenant['slug']}/desk"
    assert reader.page.url == desk
    numbers = reader.page.locator(".queue tbody tr").count()
    assert numbers >= 3
    reader.press(".person form button")
    assert reader.page.url.startswith(f"{stack.url}/sign-in")
    reader.page.go_back()
    reader.page.wait_for_load_state()
    assert reader.page.locator(".queue").count() == 0
    reader.page.goto(desk)
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
