"""Inputs count characters in a real browser, and keep all that is pasted."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.across.browser.conftest import ALL_PAGES
from tests.across.browser.reader import Reader
from tests.across.browser.served import served
from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.world import InProcess

pytestmark = ALL_PAGES


@pytest.mark.parametrize(
    ("language", "left", "over"),
    [
        ("zh-CN", "还可以输入 1,000 个字", "超出 200 个字，请缩短"),
        ("en-GB", "Characters left: 1,000", "Characters too many: 200"),
    ],
)
def test_an_input_counts_and_keeps_what_is_pasted(chromium: Browser, language: str, left: str, over: str) -> None:
    office = marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))
    assert isinstance(office.world, InProcess)
    with served(office.world) as url:
        reader = Reader(chromium, url, language=language, width=320, scripts=True)
        reader.open(f"/t/{office.id}/report")
        count = reader.page.locator("#text-count")
        assert not count.is_visible()
        reader.page.fill("#text", "长" * 7_000)
        assert count.inner_text() == left
        reader.page.fill("#text", "长" * 8_200)
        assert count.inner_text() == over
        assert len(reader.page.input_value("#text")) == 8_200
        reader.look()
