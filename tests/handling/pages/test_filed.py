"""The page of a case shows everything that was filed, in the order in which the pages of a filing ask for it."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.clauses.offices import company as companies
from tests.clauses.organisation import sign_up
from tests.clauses.world import InProcess
from tests.handling.pages.shops import page_of, shop_with
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.pages.document import Document
from tests.kernel.web.pages.filing import to_check


@pytest.fixture
def world() -> InProcess:
    return InProcess("2026-11-27T09:00:00+08:00")


def filed_on(page: Document, last: str = "材料") -> list[str]:
    """Labels and texts, one after the other."""
    first = "查看全部内容" if "查看全部内容" in page.texts else "Show everything"
    start = page.texts.index(first) + 1
    return page.texts[start : page.texts.index(last, start)]


@pytest.mark.parametrize("preset", ["government-service-centre", "platform", "customer-service"])
def test_the_order_and_the_texts_are_those_of_the_page_that_checks_all_answers(world: InProcess, preset: str) -> None:
    office, browser = sign_up(world, preset), Browser(world)
    checked = [one for one in to_check(browser, office).texts if one != "修改" and not one.startswith("修改 ")]
    world.fakes.real_clock.now += 5_000
    browser.submit(button="send")
    browser.submit()

    shown = filed_on(browser.page)

    pairs = list(zip(shown[::2], shown[1::2], strict=True))
    asked = [pair for pair in pairwise(checked) if pair in pairs]
    assert [pair for pair in pairs if pair in asked] == asked
    assert len(asked) >= len(pairs) - 1  # the channel has only one answer


def test_channel_category_and_telephone_are_there(world: InProcess) -> None:
    company = companies.company_in(world)
    number = company.file(channel="letter", facts={"complainant.phone": "010-12345678"})

    shown = filed_on(page_of(company, number, "zh").page)

    assert shown[0:2] == ["投诉渠道", "书面"]
    assert "服务质量" in shown[2:6]
    assert "010-12345678" in shown


def test_what_was_corrected_later_is_shown_as_it_was_filed(world: InProcess) -> None:
    company = companies.company_in(world)
    number = company.file(category={"matter": "service_quality", "wanted": "solution"})
    before = filed_on(page_of(company, number, "zh").page)
    company.act(number, "agent", "classify", severity="general", matter="product_quality")

    assert filed_on(page_of(company, number, "zh").page) == before


def test_times_and_days_are_written_as_the_language_does() -> None:
    shop = shop_with(intake={"facts": {"bought": {"en": "Bought on", "kind": "date"}}})
    number = shop.file(facts={"bought": "2026-11-20"})

    shown = filed_on(page_of(shop, number).page, "Files")

    assert shown[shown.index("Bought on") + 1] == "20 Nov 2026"


def test_the_record_of_the_filing_does_not_repeat_it() -> None:
    shop = shop_with()

    text = page_of(shop, shop.file()).page.text

    assert text.count("It broke.") == 1
