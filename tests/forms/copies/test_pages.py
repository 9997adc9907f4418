"""The page on which a complainant gets a copy of the case, without JavaScript too."""

from __future__ import annotations

from chalicelib.features.forms.copies import give
from tests.clauses.organisation import Organisation
from tests.forms.copies.copy import stored, unpacked
from tests.kernel.web.pages.browser import Browser


def test_the_button_leads_to_the_file(hall: Organisation, browser: Browser, number: str) -> None:
    browser.follow("获取本案资料的副本")
    assert "form-action 'self' https://bucket.test;" in browser.answer.headers["Content-Security-Policy"]
    answer = browser.ask(browser.path, [("go", "copy")])
    assert browser.visited[-1].startswith(f"/T/{hall.id}/copies/{number}/"), answer.text
    assert {"index.html", "case.json"} <= unpacked(hall, number).keys()


def test_without_a_session_the_page_of_the_complaint_asks_for_the_receipt(
    hall: Organisation, browser: Browser, number: str
) -> None:
    stranger = Browser(browser.world)
    stranger.open(f"/t/{hall.id}/case/{number}/copy")
    assert stranger.path == f"/t/{hall.id}/case/{number}"
    assert stored(hall, number) == []


def test_above_the_limit_the_page_says_so(hall: Organisation, browser: Browser, number: str) -> None:
    path = f"/t/{hall.id}/case/{number}/copy"
    for _ in range(give.AN_HOUR):
        browser.ask(path, [("go", "copy")])
    browser.open(path)
    page = browser.submit()
    assert browser.answer.status == 429
    assert "每件投诉每小时最多生成 5 份副本" in page.text
