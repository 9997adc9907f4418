"""The printed copies of a receipt, a case, its decision and the register: on A4, in both languages, without buttons."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.printed import sheets
from tests.across.browser.reader import Reader
from tests.across.browser.served import served
from tests.clauses.offices.marketplace import decided, marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.register.notices import published
from tests.supervision.reporting import THINKS

pytestmark = ALL_PAGES
LANGUAGES = pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
NAME = "示例机构"
SEEN = os.environ.get("PRINTOUTS")
"""A folder that keeps the printouts, to look at."""


@pytest.fixture(scope="module")
def office() -> Organisation:
    return marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))


@pytest.fixture(scope="module")
def number(office: Organisation) -> str:
    """A complaint that is decided, in which nothing fits one line."""
    found = decided(office, opinion="经查，商家发错货，应全额退款。" * 60)
    office.world.settle()
    return found


@pytest.fixture(scope="module")
def url(office: Organisation) -> Iterator[str]:
    assert isinstance(office.world, InProcess)
    with served(office.world) as address:
        yield address


def opened(chromium: Browser, url: str, office: Organisation, number: str, language: str) -> Page:
    reader = Reader(chromium, url, language=language, width=1280, scripts=True, scheme="dark")
    reader.open(f"/t/{office.id}/case/{number}")
    reader.page.fill("#receipt", office.filed[number].receipt)
    reader.press("main form button.button")
    return reader.page


def printed(page: Page, name: str) -> list[str]:
    pdf = page.pdf(prefer_css_page_size=True)
    if SEEN:
        Path(SEEN, f"{name}.pdf").write_bytes(pdf)
    return sheets(pdf)


def missing(text: str, *wanted: str) -> list[str]:
    return [one for one in wanted if unicodedata.normalize("NFKC", one).replace(" ", "") not in text]


def has_buttons(page: Page) -> bool:
    page.emulate_media(media="print")
    found = any(one.is_visible() for one in page.locator("button, .button, .back, .language, input").all())
    page.emulate_media(media="null")
    return found


WORDS = {
    "zh-CN": {
        "as of": "本页内容截至2026年11月28日",
        "result": "投诉处理结果",
        "next": "接下来的期限",
        "filed": "您提交的内容",
    },
    "en-GB": {
        "as of": "As of Sat 28 Nov 2026",
        "result": "Result of a complaint",
        "next": "What is due next",
        "filed": "What you filed",
    },
}


@LANGUAGES
def test_the_case_prints_with_its_address_its_date_and_what_is_closed_on_the_screen(
    chromium: Browser, url: str, office: Organisation, number: str, language: str
) -> None:
    page = opened(chromium, url, office, number, language)
    found = printed(page, f"case-{language}")
    text = "".join(found)
    filed = page.locator(".answers .given").all_text_contents()
    assert filed
    assert missing(found[0], NAME, number, f"/t/{office.id}/case/{number}", WORDS[language]["as of"]) == []
    assert missing(text, "经查，商家发错货", *(one[:20] for one in filed)) == []
    assert len(found) <= 6
    assert not has_buttons(page)


@LANGUAGES
def test_the_decision_has_a_page_of_its_own(
    chromium: Browser, url: str, office: Organisation, number: str, language: str
) -> None:
    page = opened(chromium, url, office, number, language)
    page.click('a[href*="/decision"]')
    found = printed(page, f"decision-{language}")
    words = WORDS[language]
    assert missing(found[0], NAME, number, words["result"], words["as of"]) == []
    assert missing("".join(found), words["next"], words["filed"]) == []
    assert "".join(found).count("经查,商家发错货,应全额退款。") == 60
    assert len(found) <= 3
    assert not has_buttons(page)


@LANGUAGES
def test_the_printed_copies_are_black_on_white(
    chromium: Browser, url: str, office: Organisation, number: str, language: str
) -> None:
    """Also for a reader whose screen is dark."""
    page = opened(chromium, url, office, number, language)
    page.emulate_media(media="print", color_scheme="dark")
    colours = page.evaluate("[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]")
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


@LANGUAGES
def test_the_receipt_of_a_report_prints_on_one_sheet(
    chromium: Browser, url: str, office: Organisation, language: str
) -> None:
    reader = Reader(chromium, url, language=language, width=1280, scripts=True)
    reader.open(f"/t/{office.id}/report")
    reader.page.check('input[value="supervisors"]')
    reader.page.check('input[value="office"]')
    reader.page.fill("#text", "处理人员收受商家好处")
    assert isinstance(office.world, InProcess)
    office.world.fakes.real_clock.now += THINKS
    reader.press("#send")
    [text] = printed(reader.page, f"report-{language}")
    reference = reader.page.locator(".number").inner_text()
    assert missing(text, NAME, reference, reader.page.locator(".secret").inner_text()) == []
    assert not has_buttons(reader.page)


@LANGUAGES
def test_the_register_and_a_notice_print(chromium: Browser, language: str) -> None:
    market = marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))
    published(market)
    assert isinstance(market.world, InProcess)
    with served(market.world) as address:
        reader = Reader(chromium, address, language=language, width=1280, scripts=True)
        reader.open(f"/t/{market.id}/register")
        [first] = printed(reader.page, f"register-{language}")
        assert not has_buttons(reader.page)
        reader.press("article h2 a")
        [second] = printed(reader.page, f"notice-{language}")
    assert missing(first, NAME, f"/t/{market.id}/register", "商家发错货") == []
    assert missing(second, NAME, f"/t/{market.id}/register/", "商家发错货") == []
