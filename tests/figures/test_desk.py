"""The figures to publish at the desk: what is left out and why, what comes next, and corrections."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.figures.office import START, asked, busy_council, published_council, sweep
from tests.figures.wrong import falsified, tripled
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import at_the_desk, desk

PATH = "/oversight/figures"
SMALL, BESIDE = "The count is from 1 to 9", "would follow from it and the total"
EARLIER = "By the counts of its day, or of an edition before it"


@pytest.fixture
def london() -> Organisation:
    return published_council()


def opened(at: Organisation, path: str = "", who: str = "owner", language: str = "en") -> Browser:
    browser = at_the_desk(at, who, language=language)
    browser.open(f"{desk(at)}{PATH}{path}")
    return browser


def submit(browser: Browser, **given: str) -> None:
    forms = [at for at, one in enumerate(browser.page.forms) if "/figures/" in one.action]
    browser.submit(form=forms[0], **given)


def test_a_supervisor_finds_each_edition_from_the_menu(london: Organisation) -> None:
    browser = at_the_desk(london, "owner")
    for text in ("Oversight", "Figures to publish"):
        browser.follow(text)
    links = [href for href, _ in browser.page.links if f"{PATH}/2026-09" in href]
    assert links == [f"{desk(london)}{PATH}/2026-09?edition=1"]
    assert "Next: the figures for 1 Oct 2026 to 31 Oct 2026 are published on 10 Nov 2026." in browser.page.text


def test_what_is_left_out_has_its_reason(london: Organisation) -> None:
    """3 complaints came in at the desk, so the web's are left out beside them."""
    browser = opened(london, "/2026-09")
    assert [one in browser.page.text for one in (SMALL, BESIDE, EARLIER)] == [True, True, False]
    known = asked(london, "/2026-09").json
    left_out = sum(cell is None for one in known["tables"] for row in one["rows"] for cell in row["values"].values())
    assert left_out == 10
    assert browser.answer.text.count("–<sup>") >= left_out  # and those of the headline


def test_a_number_that_only_an_earlier_count_left_out_says_so(london: Organisation) -> None:
    falsified(london, "2026-09", lambda by, name, figure: None if (by, name) == ("week", "met") else figure)
    assert EARLIER in opened(london, "/2026-09").page.text


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_next_figures_are_shown_as_they_will_be_published(language: str) -> None:
    office = busy_council()
    page = opened(office, "/next", language=language).page
    sweep(office, "2026-10-10T00:30:00+01:00")
    published = opened(office, "/2026-09", language=language).page
    for cell in ("53", "33", "20"):
        assert cell in page.texts
    assert _cells(page.text) == _cells(published.text)


def _cells(text: str) -> str:
    """The tables of a page: between the total and the weeks."""
    return text[text.index("Total") if "Total" in text else text.index("合计") :][:400]


def test_a_period_that_lasts_has_no_preview(london: Organisation) -> None:
    assert "The period has not ended" in opened(london, "/next").page.text


def test_an_owner_sees_what_a_correction_changes_and_publishes_it(london: Organisation) -> None:
    tripled(london, "2026-09")
    browser = opened(london, "/2026-09")
    assert {"159", "53"} <= set(browser.page.texts)
    submit(browser, reason="Each complaint was counted three times.")
    assert browser.path.endswith("?told=corrected")
    assert "Edition 2" in browser.page.text
    assert asked(london, "/2026-09").json["summary"]["corrects"] == "Each complaint was counted three times."
    assert "there is nothing to correct" in browser.page.text
    assert "159" in browser.open(f"{desk(london)}{PATH}/2026-09?edition=1").texts


def test_a_reason_that_may_name_a_person_is_shown_again_with_its_text(london: Organisation) -> None:
    tripled(london, "2026-09")
    browser = opened(london, "/2026-09")
    submit(browser, reason="As bob@people.example wrote.")
    assert "As bob@people.example wrote." in browser.answer.text
    assert "names a particular" in browser.page.text
    assert len(asked(london).json["editions"]) == 1


def test_only_owners_get_the_form(london: Organisation) -> None:
    tripled(london, "2026-09")
    browser = opened(london, "/2026-09", "clerk")
    assert "Owners publish corrections." in browser.page.text
    assert not any(PATH in one.action for one in browser.page.forms)
    path = f"{desk(london)}{PATH}/2026-09"
    given = [("reason", "x"), ("key", "k" * 32)]
    assert browser.ask(path, given).status == 403


def test_unknown_figures_are_not_found(london: Organisation) -> None:
    statuses = [opened(london, path).answer.status for path in ("/2026-08", "/2026-09?edition=7", "/none")]
    assert statuses == [404, 404, 404]


def test_without_figures_in_the_policy_there_is_no_entry() -> None:
    browser = at_the_desk(sign_up(InProcess(START), "customer-service"), "owner")
    browser.follow("Oversight")
    assert not any("/figures" in href for href, _ in browser.page.links)
