"""Coming back to a report about the office: with its short reference and receipt, from the organisation's page."""

from __future__ import annotations

import pytest

from chalicelib.features.supervision import reference
from chalicelib.limits.wrong_receipts import PER_ADDRESS
from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.pages.document import Document
from tests.supervision.reporting import WORDS, Reported, look, report, reported_on_page

MAIL = "reporter@mail.example"


@pytest.fixture
def office(world: InProcess) -> Organisation:
    return marketplace_in(world)


def entry(browser: Browser, office: Organisation, language: str = "zh") -> Document:
    """As a person comes there: over the organisation's page."""
    page = browser.open(f"/t/{office.id}?lang={language}")
    [href] = [href for href, _ in page.links if "/reports" in href]
    return browser.open(href)


def typed(reported: Reported) -> str:
    """The reference in small letters and without hyphens."""
    return reported.id.lower().replace("-", " ")


@pytest.mark.parametrize(("language", "state"), [("zh", "等待处理"), ("en", "Waiting to be handled")])
def test_the_page_of_the_organisation_leads_back_to_a_report(
    office: Organisation, browser: Browser, language: str, state: str
) -> None:
    one = report(office)
    entry(browser, office, language)
    page = browser.submit(reference=one.id, receipt=one.receipt)
    assert browser.path.startswith(f"/t/{office.id}/report/{one.id}")
    assert state in page.text
    assert WORDS in page.text


def test_the_receipt_page_shows_the_reference_and_the_reports_page_too(office: Organisation, browser: Browser) -> None:
    page = reported_on_page(browser, office)
    [row] = office.get("/supervision", "supervisor")["reports"]
    assert row["id"] in page.text
    assert row["id"] in browser.submit().text


def test_a_reference_is_as_long_as_the_number_of_a_complaint(office: Organisation) -> None:
    assert len(report(office).id.replace("-", "")) == len(office.file().replace("-", ""))


def test_small_letters_and_missing_hyphens_do_not_count(office: Organisation, browser: Browser) -> None:
    one = report(office)
    entry(browser, office)
    browser.submit(reference=typed(one), receipt=one.receipt.lower())
    assert browser.path == f"/t/{office.id}/report/{one.id}?lang=zh"


def test_the_api_reads_a_reference_as_people_type_it(office: Organisation) -> None:
    one = report(office)
    assert look(office, Reported(one.id.lower(), one.receipt), "reporter").status == 200


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("", "请填写举报编号"),
        ("R7KQ-2M9X", "举报编号有 12 位"),
        ("R7KQ-2M9X-4T*H", "只有字母和数字"),
        ("202611-000001", "举报编号有误"),
    ],
)
def test_a_slip_in_the_reference_is_named_and_what_was_typed_is_kept(
    office: Organisation, browser: Browser, given: str, text: str
) -> None:
    entry(browser, office)
    page = browser.submit(reference=given, receipt=report(office).receipt)
    assert browser.answer.status == 422
    assert text in page.text
    assert [href for href, _ in page.links if href.startswith("#") and href != "#main"] == ["#reference"]
    assert next(one.value for one in page.forms[0].controls if one.name == "reference") == given


def test_faults_stand_in_the_order_of_the_inputs(office: Organisation, browser: Browser) -> None:
    entry(browser, office)
    page = browser.submit()
    assert [href for href, _ in page.links if href in ("#reference", "#receipt")] == ["#reference", "#receipt"]


def test_an_unknown_report_and_another_ones_receipt_get_the_same_answer(office: Organisation, browser: Browser) -> None:
    one, other = report(office), report(office)
    answers = []
    for asked in (one.id, "0" * 32):
        entry(browser, office)
        page = browser.submit(reference=asked, receipt=other.receipt)
        answers.append((browser.answer.status, page.text))
    assert answers[0] == answers[1]
    assert answers[0][0] == 422


def test_wrong_receipts_are_counted_as_those_of_complaints(office: Organisation, browser: Browser) -> None:
    one, other = report(office), report(office)
    for _ in range(PER_ADDRESS):
        entry(browser, office)
        browser.submit(reference=one.id, receipt=other.receipt)
        assert browser.answer.status == 422
    entry(browser, office)
    browser.submit(reference=one.id, receipt=other.receipt)
    assert browser.answer.status == 429


def test_a_lost_receipt_needs_only_the_reference(office: Organisation, browser: Browser, world: InProcess) -> None:
    one = report(office, contact=MAIL)
    entry(browser, office)
    browser.submit(button="lost", reference=typed(one))
    assert browser.path == f"/t/{office.id}/report/{one.id}/lost-receipt?lang=zh"
    browser.submit(email=MAIL)
    assert f"/t/{office.id}/report/{one.id}" in world.fakes.mailer.to(MAIL)[0].text


def test_a_long_reference_of_before_still_opens_its_report(
    office: Organisation, browser: Browser, world: InProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = "4f" * 16
    # The references of before have no other source: the code that made them is gone.
    monkeypatch.setattr(reference, "of_request", lambda secrets, request: [old])
    one = report(office)
    assert one.id == old
    monkeypatch.undo()
    entry(browser, office)
    page = browser.submit(reference=old.upper(), receipt=one.receipt)
    assert browser.path == f"/t/{office.id}/report/{old}?lang=zh"
    assert WORDS in page.text
    assert look(office, one, "reporter").status == 200
