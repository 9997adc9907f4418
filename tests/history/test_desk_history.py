"""The desk's page of earlier complaints about the same subject and by the same customer."""

from __future__ import annotations

import pytest

from tests.clauses.offices.bureau import bureau_in
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.handling.desk.desk import case_path, opened
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import START, at_the_desk


@pytest.fixture
def office() -> Organisation:
    return sign_up(InProcess(START), "auto-repair")


def at_history(office: Organisation, number: str, who: str, language: str = "en") -> Browser:
    browser = at_the_desk(office, who, language=language)
    browser.open(f"{case_path(office, number)}/history")
    return browser


def reader_of(office: Organisation, number: str) -> str:
    """A member for whom the API lists an earlier complaint."""
    for who in office.tokens:
        answer = office.world.call("GET", f"{office.path}/complaints/{number}/history", auth=office.auth(who))
        if answer.status == 200 and (answer.json["customer"] or answer.json["subject"]):
            return who
    raise AssertionError("nobody sees an earlier complaint")


def test_the_page_of_a_complaint_leads_to_it(office: Organisation) -> None:
    number = office.file()
    browser = opened(office, number, "customer_service")
    browser.follow("Earlier complaints: same subject, same customer")
    assert browser.path == f"{case_path(office, number)}/history"


def test_it_lists_what_the_api_lists_with_links(office: Organisation) -> None:
    first, second = office.file(), office.file()
    who = reader_of(office, second)
    listed = office.get(f"/complaints/{second}/history", who)
    browser = at_history(office, second, who)
    found = [one["number"] for one in (*listed["subject"], *listed["customer"])]
    links = [text for href, text in browser.page.links if "/complaints/" in href and text in found]
    assert first in found
    assert links == found


def test_each_listed_complaint_counts_as_read(office: Organisation) -> None:
    first, second = office.file(), office.file()
    at_history(office, second, reader_of(office, second))
    read = office.get(f"/complaints/{first}/reads", "owner")["reads"][0]
    assert read["route"].endswith("/history")


def test_without_earlier_complaints_it_says_so(office: Organisation) -> None:
    text = at_history(office, office.file(), "customer_service").page.text
    assert "There is no earlier complaint about the same subject that your roles may see." in text
    assert "There is no earlier complaint by the same customer that your roles may see." in text


def test_a_member_who_may_not_know_the_complainant_finds_none_by_the_customer() -> None:
    office = sign_up(InProcess(START), "platform")
    office.file()
    text = at_history(office, office.file(), "archivist").page.text
    assert "Only roles that may see who complains find any here." in text


def test_an_unknown_number_is_a_page_that_says_so(office: Organisation) -> None:
    assert at_history(office, "202611-999999", "customer_service").answer.status == 404


def test_it_speaks_chinese(office: Organisation) -> None:
    assert "同一投诉人" in at_history(office, office.file(), "customer_service", "zh").page.text


def test_an_excluded_member_gets_nothing() -> None:
    bureau = bureau_in(InProcess(START))
    number = bureau.file()
    bureau.act(number, "officer", "recuse", reason="被投诉者是亲属。")
    assert at_history(bureau, number, "officer").answer.status == 403
