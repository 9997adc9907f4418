"""Published figures on pages."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.figures.office import council, published_council
from tests.kernel.web.pages.browser import Browser


@pytest.fixture(scope="module")
def published() -> Organisation:
    """It has published the figures of September."""
    return published_council()


def browser_of(at: Organisation, language: str = "en") -> Browser:
    assert isinstance(at.world, InProcess)
    return Browser(at.world, language)


@pytest.mark.parametrize(("language", "link"), [("en", "Published figures"), ("zh", "查看统计数据")])
def test_the_figures_are_found_from_the_first_page(published: Organisation, language: str, link: str) -> None:
    browser = browser_of(published, language)
    browser.open(f"/t/{published.id}")
    page = browser.follow(link)
    assert [href for href, _ in page.links if "/figures/" in href] == [f"/t/{published.id}/figures/2026-09"]


def test_a_period_has_tables_with_bars(published: Organisation) -> None:
    browser = browser_of(published)
    page = browser.open(f"/t/{published.id}/figures/2026-09")
    assert page.headings[0] == "Figures for 1 Sep 2026 to 30 Sep 2026"
    assert page.headings[3:5] == ["Total", "By channel"]
    assert "53" in page.texts
    assert "–" in page.texts
    widths = [given["width"] for tag, given in page.tags if tag == "rect"]
    assert "100" in widths


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Deadlines of the office that were due in the period and were met."),
        ("zh", "由本机构负责并按时完成的期限数"),
        ("en", "Of the deadlines of a row that were met or missed, the percentage that was met."),
        ("zh", "本行中按时完成的期限占按时完成与超期的期限之和的百分比"),
        ("en", "Of the deadlines of a row whose first due day is in the period"),
        ("en", "there are fewer than 30."),
    ],
)
def test_what_is_counted_is_said_for_the_period_alone(published: Organisation, language: str, words: str) -> None:
    text = browser_of(published, language).open(f"/t/{published.id}/figures/2026-09").text
    assert words in text
    assert [one for one in ("unless it is asked", "查询") if one in text] == []


def test_without_figures_the_page_says_so() -> None:
    at = council()
    assert "No figures have been published yet." in browser_of(at).open(f"/t/{at.id}/figures").text


def test_an_organisation_that_publishes_none_says_so(hall: Organisation, browser: Browser) -> None:
    assert "查看统计数据" not in browser.open(f"/t/{hall.id}").text
    assert "没有规定公布统计数据" in browser.open(f"/t/{hall.id}/figures").text


@pytest.mark.parametrize("period", ["2026-08", "x"])
def test_an_unknown_period_is_a_missing_page(published: Organisation, period: str) -> None:
    browser = browser_of(published)
    browser.open(f"/t/{published.id}/figures/{period}")
    assert browser.answer.status == 404


@pytest.mark.parametrize(
    ("language", "week"), [("en", "7 Sep 2026 to 13 Sep 2026"), ("zh", "2026年9月7日至2026年9月13日")]
)
def test_weeks_are_named_by_their_days(published: Organisation, language: str, week: str) -> None:
    text = browser_of(published, language).open(f"/t/{published.id}/figures/2026-09").text
    assert week in text
    assert "2026-W" not in text
