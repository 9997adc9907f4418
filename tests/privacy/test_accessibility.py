"""The page on accessibility, one for the service, and the way to a person from an error page."""

from __future__ import annotations

import pytest

from tests.across.browser.reader import STANDARDS
from tests.clauses.organisation import sign_up
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser


@pytest.mark.parametrize(("language", "said"), [("zh", "还没有请残障人士"), ("en", "not been tested by people")])
def test_it_says_how_it_was_tested_and_what_is_missing(world: InProcess, language: str, said: str) -> None:
    browser = Browser(world, language)
    browser.open("/")

    page = browser.follow("无障碍" if language == "zh" else "Accessibility")

    assert (browser.answer.status, said in page.text, "axe-core" in page.text) == (200, True, True)


def test_the_standard_that_it_names_is_the_one_that_is_tested(world: InProcess) -> None:
    browser = Browser(world, "en")

    assert "(WCAG) 2.2, level AA" in browser.open("/accessibility").text
    assert {"wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"} <= {*STANDARDS}


def test_an_error_page_of_an_organisation_leads_to_its_contact(world: InProcess) -> None:
    office, browser = sign_up(world, "telecom-regulator"), Browser(world, "en")
    browser.open(f"/t/{office.id}/figures/2026-01")
    assert browser.answer.status == 404

    page = browser.follow("The organisation's first page, and how to reach it")

    assert (browser.path, "12321" in page.text) == (f"/t/{office.id}", True)


@pytest.mark.parametrize("path", ["/t/no-such-office/file", "/no-such-page", "/t/no-such-office/privacy"])
def test_an_error_page_of_no_organisation_names_none(world: InProcess, path: str) -> None:
    browser = Browser(world, "en")
    browser.open(path)

    assert browser.answer.status == 404
    assert not any(href.startswith("/t/") for href, _ in browser.page.links)
