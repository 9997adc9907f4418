"""The pages say so where the organisation has no way to reach the complainant."""

from __future__ import annotations

import json

import pytest

from tests.clauses.organisation import Organisation, sign_up_with
from tests.clauses.world import InProcess
from tests.handling.reaching.shop import FRIDAY, policy
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.pages.filing import filed, send, to_check

SAID, SAID_ON_CASE = "无法通知您。消息只在投诉的页面显示", "无法通知您。消息只在本页显示"
NOTHING = {"fact__complainant__email": "", "fact__complainant__phone": ""}
NUMBER = {"fact__complainant__email": "", "fact__complainant__phone": "00000000000"}


@pytest.fixture
def world() -> InProcess:
    return InProcess(FRIDAY)


@pytest.fixture
def shop(world: InProcess) -> Organisation:
    return sign_up_with(world, json.dumps(policy(intake={"web": "shop"})))


@pytest.mark.parametrize(("given", "said"), [(NOTHING, True), (NUMBER, False)], ids=["neither", "a-number"])
def test_the_receipt_page_says_so(shop: Organisation, world: InProcess, given: dict[str, str], *, said: bool) -> None:
    browser = Browser(world)
    to_check(browser, shop, **given)

    assert (SAID in send(browser, world).text) is said


@pytest.mark.parametrize(("given", "said"), [(NOTHING, True), (NUMBER, False)], ids=["neither", "a-number"])
def test_the_case_page_says_so(shop: Organisation, world: InProcess, given: dict[str, str], *, said: bool) -> None:
    browser = Browser(world)
    filed(browser, shop, **given)

    assert (SAID_ON_CASE in browser.submit().text) is said


def test_the_case_page_says_of_a_closing_that_they_were_not_reached(shop: Organisation, world: InProcess) -> None:
    browser = Browser(world)
    number, _ = filed(browser, shop, **NOTHING)
    shop.act(number, "agent", "decide", solution="Repaired.")
    world.move_to("2026-12-20T10:00:00+00:00")

    assert "是否联系上您 否" in " ".join(browser.submit().text.split())
