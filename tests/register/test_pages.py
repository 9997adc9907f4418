"""The public register on pages: its filters, its pages, and one notice."""

from __future__ import annotations

import re

import pytest

from tests.clauses.offices.marketplace import answered, marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.register.notices import SUMMARY, published


@pytest.fixture
def market(world: InProcess) -> Organisation:
    """It has published a notice. The results of `platform` are for its users."""
    found = marketplace_in(world)
    published(found)
    return found


def entries(browser: Browser) -> list[str]:
    return [words.rstrip(" 0123456789").strip() for href, words in browser.page.links if "/register/" in href]


def test_the_register_lists_what_is_for_the_public(market: Organisation, browser: Browser) -> None:
    browser.open(f"/t/{market.id}")
    browser.follow("查看公示")
    assert entries(browser) == ["投诉公示"]
    assert SUMMARY in browser.page.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=result", []),
        ("kind=notice&category=&outcome=&from=&to=", ["投诉公示"]),
        ("outcome=upheld", ["投诉公示"]),
        ("outcome=rejected", []),
        ("from=2026-12-03", ["投诉公示"]),
        ("to=2026-12-03", []),
        ("category=nothing", []),
        ("utm_source=mail", ["投诉公示"]),
    ],
)
def test_filters(market: Organisation, browser: Browser, query: str, found: list[str]) -> None:
    browser.open(f"/t/{market.id}/register?{query}")
    assert entries(browser) == found


def test_a_wrong_day_is_named_and_kept(market: Organisation, browser: Browser) -> None:
    page = browser.open(f"/t/{market.id}/register?from=2026-02-30")
    assert browser.answer.status == 422
    assert ("#from", "请填写日期，例如 2026-11-27") in page.links
    assert {one.name: one.value for one in page.forms[0].controls}["from"] == "2026-02-30"


def test_a_filter_without_result_says_so(market: Organisation, browser: Browser) -> None:
    page = browser.open(f"/t/{market.id}/register?category=nothing")
    assert "没有符合条件的公示。" in page.text


def test_a_register_without_notices_says_so(world: InProcess, browser: Browser) -> None:
    page = browser.open(f"/t/{marketplace_in(world).id}/register")
    assert "还没有公示。" in page.text


def test_an_organisation_that_publishes_nothing_has_no_link_to_a_register(hall: Organisation, browser: Browser) -> None:
    assert "查看公示" not in browser.open(f"/t/{hall.id}").text
    assert "本机构的制度没有规定向公众公示。" in browser.open(f"/t/{hall.id}/register").text


def test_a_long_register_has_pages_that_keep_filter_and_language(
    market: Organisation, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chalicelib.features.register.pages.notices.ROWS", 1)
    browser.open(f"/t/{market.id}/register?lang=zh&kind=&to=2026-12-31")
    assert entries(browser) == ["投诉公示"]
    [more] = [href for href, words in browser.page.links if words == "更早的公示"]
    page = browser.open(f"/t/{market.id}/register{more}")
    assert "这一页没有公示。" in page.text
    assert browser.page.language == "zh-CN"


def test_a_cursor_of_another_filter_is_refused(
    market: Organisation, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chalicelib.features.register.pages.notices.ROWS", 1)
    browser.open(f"/t/{market.id}/register")
    [more] = [href for href, words in browser.page.links if words == "更早的公示"]
    browser.open(f"/t/{market.id}/register{more}&kind=notice")
    assert browser.answer.status == 400


def test_a_notice_has_its_page(market: Organisation, browser: Browser) -> None:
    browser.open(f"/t/{market.id}/register?kind=notice")
    [href] = [href for href, _ in browser.page.links if "/register/" in href]
    page = browser.open(href)
    assert page.headings[0] == "投诉公示"
    assert SUMMARY in page.text


@pytest.mark.parametrize("notice", ["0" * 32, "x"])
def test_an_unknown_notice_is_a_missing_page(market: Organisation, browser: Browser, notice: str) -> None:
    browser.open(f"/t/{market.id}/register/{notice}")
    assert browser.answer.status == 404


def test_what_waits_for_its_consent_is_not_shown(world: InProcess, browser: Browser) -> None:
    office = marketplace_in(world)
    number = answered(office)
    browser.open(f"/t/{office.id}/register")
    assert number not in browser.answer.text


def test_entries_of_the_feed_lead_to_pages(market: Organisation, browser: Browser) -> None:
    feed = browser.world.client.request("GET", f"/v1/t/{market.id}/notices.atom").text
    [path] = re.findall(rf'<link href="https://redress.example(/t/{market.id}/register/[0-9a-f]+)" />', feed)
    assert browser.open(path).headings[0] == "投诉公示"
