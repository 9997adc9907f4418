"""The page of a complaint shows its complainant what is announced to the organisation's users (P1.5)."""

from __future__ import annotations

from tests.clauses.offices.marketplace import decided
from tests.clauses.organisation import Organisation
from tests.kernel.web.pages.browser import Browser


def shown(marketplace: Organisation, number: str) -> str:
    browser = Browser(marketplace.world)
    browser.open(f"/t/{marketplace.id}/case")
    browser.submit(number=number, receipt=marketplace.filed[number].receipt)
    return browser.page.text


def test_p1_5_complainants_see_announced_results_on_the_page_of_their_complaint(marketplace: Organisation) -> None:
    decided(marketplace)
    own = marketplace.file()
    marketplace.world.settle()

    text = shown(marketplace, own)

    assert [part for part in ("投诉处理结果通报", "商品或服务", "投诉成立", "警告") if part not in text] == []


def test_p1_5_the_page_does_not_call_what_only_users_see_published(marketplace: Organisation) -> None:
    own = decided(marketplace)
    marketplace.world.settle()

    assert "公示" not in shown(marketplace, own)
