"""Before a complaint is filed at the desk: earlier ones of the same subject, telephone number or e-mail address."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.filing.desk.intake import at_intake, checked, file_path, press, taken_down
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import START, at_the_desk, desk

PLATE = "京A12345"
NONE = "None of those that you may see has the same subject"


@pytest.fixture
def shop() -> Organisation:
    return sign_up(InProcess(START), "auto-repair-forms")


def at_check(office: Organisation, who: str, **values: str | list[str]) -> Browser:
    browser = at_intake(office, who)
    checked(browser, **values)
    assert browser.answer.status == 200, browser.page.text
    return browser


def linked(browser: Browser) -> list[str]:
    """The numbers of the complaints to which the page links."""
    return [href.rpartition("/")[2].partition("?")[0] for href, _ in browser.page.links if "/complaints/" in href]


def test_without_earlier_complaints_the_page_says_so(shop: Organisation) -> None:
    assert NONE in at_check(shop, "staff").page.text


def test_complaints_of_the_same_subject_are_shown_with_links(shop: Organisation) -> None:
    first, _ = taken_down(shop, "staff", fact__plate_number=PLATE, fact__complainant__phone="13800000001")
    taken_down(shop, "staff", fact__plate_number="沪B00001", fact__complainant__phone="13800000002")
    browser = at_check(shop, "staff", fact__plate_number="京a 12345", fact__complainant__phone="13800000003")
    assert linked(browser) == [first]
    assert "Same subject" in browser.page.text
    browser.open(f"{desk(shop)}/complaints/{first}")
    assert browser.answer.status == 200


@pytest.mark.parametrize(
    "same",
    [{"fact__complainant__phone": "138-0000-0001"}, {"fact__complainant__email": "CUSTOMER@shop.example"}],
    ids=["telephone", "mail"],
)
def test_complaints_of_the_same_customer_are_shown(shop: Organisation, same: dict[str, str]) -> None:
    first, _ = taken_down(
        shop, "staff", fact__complainant__phone="13800000001", fact__complainant__email="customer@shop.example"
    )
    other = {"fact__complainant__phone": "13900000009", "fact__plate_number": PLATE} | same
    browser = at_check(shop, "staff", **other)
    assert linked(browser) == [first]
    assert "Same telephone number or e-mail address" in browser.page.text


def test_one_that_has_both_in_common_is_shown_once(shop: Organisation) -> None:
    first, _ = taken_down(shop, "staff", fact__plate_number=PLATE)
    second, _ = taken_down(shop, "staff", fact__plate_number=PLATE)
    browser = at_check(shop, "staff", fact__plate_number=PLATE)
    assert linked(browser) == [second, first], "the newest first"


def test_the_filing_s_own_subject_finds_them_where_the_policy_names_no_fact() -> None:
    office = sign_up(InProcess(START), "customer-service")
    first, _ = taken_down(office, "agent", subject="Order 17", fact__complainant__contact="13800000001")
    browser = at_check(office, "agent", subject="order-17", fact__complainant__contact="13800000002")
    assert linked(browser) == [first]


def test_more_than_ten_are_cut_to_the_newest(shop: Organisation) -> None:
    numbers = [shop.file(facts={"plate_number": PLATE, "complainant.phone": f"138000000{at:02}"}) for at in range(12)]
    assert linked(at_check(shop, "staff", fact__plate_number=PLATE)) == numbers[:1:-1]


def test_those_that_the_member_may_not_see_are_not_shown() -> None:
    """The archivist reads neither complainants nor what they say."""
    office = sign_up(InProcess(START), "government-service-centre")
    office.file(facts={"complainant.phone": "13800000001"})
    values = {"fact__complainant__phone": "13800000001"}
    assert len(linked(at_check(office, "reception", **values))) == 1
    assert NONE in at_check(office, "supervisor", **values).page.text


def test_who_has_seen_them_is_logged() -> None:
    office = sign_up(InProcess(START), "government-service-centre")
    values = {"fact__complainant__phone": "13800000001"}
    first, _ = taken_down(office, "reception", **values)

    def readers() -> set[str]:
        found = office.get(f"/complaints/{first}/reads?limit=100", "owner")["reads"]
        return {one["by"] for one in found if one["route"].startswith("page ")}

    assert readers() == set()
    at_check(office, "reception", **values)
    assert readers() == {office.subs["reception"]}


def test_another_organisation_has_none_of_them(shop: Organisation) -> None:
    taken_down(shop, "staff", fact__plate_number=PLATE)
    other = sign_up(shop.world, "auto-repair-forms")
    assert NONE in at_check(other, "staff", fact__plate_number=PLATE).page.text


def test_a_module_gets_the_same_list(shop: Organisation) -> None:
    first, _ = taken_down(shop, "staff", fact__plate_number=PLATE)
    browser = at_the_desk(shop, "staff")
    [row] = browser.ask(f"{file_path(shop)}/earlier", [("fact.plate_number", PLATE)]).json["earlier"]
    assert (row["number"], row["path"]) == (first, f"{desk(shop)}/complaints/{first}")
    assert row["why"].startswith("Same subject · Fri 27 Nov 2026")


def test_filing_in_spite_of_them_files(shop: Organisation) -> None:
    first, _ = taken_down(shop, "staff", fact__plate_number=PLATE)
    browser = at_check(shop, "staff", fact__plate_number=PLATE)
    press(browser, "file")
    assert len(shop.get("/complaints", "owner")["complaints"]) == 2
    assert first
