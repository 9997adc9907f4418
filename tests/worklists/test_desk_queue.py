"""The desk's queue page: tabs with counts, filters in the address, groups by due time, CSV."""

from __future__ import annotations

import csv
import io
import re

import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.tenants.people import membership
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess, advance
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import START, at_the_desk, desk


@pytest.fixture
def office() -> Organisation:
    return sign_up(InProcess(START), "platform")


def queue(office: Organisation, query: str = "", who: str = "screener", language: str = "en") -> Browser:
    browser = at_the_desk(office, who, language=language)
    browser.open(desk(office) + query)
    assert browser.answer.status == 200, browser.answer.text
    return browser


def accepted(office: Organisation) -> str:
    """A complaint that is assigned to the handler."""
    number = office.file()
    office.act(number, "screener", "accept", responsible=office.subs["handler"])
    return number


def rows(browser: Browser) -> list[str]:
    """The numbers on the page, in order."""
    return re.findall(r'/desk/complaints/([^"?]+)', browser.answer.text)


def counts(browser: Browser) -> dict[str, str]:
    tabs = re.search(r'<ul class="tabs">(.*?)</ul>', browser.answer.text, re.DOTALL)
    assert tabs is not None
    found = re.findall(r">\s*([^<>]+?) <span class=\"count[^>]*>([^<]+)<", tabs[1])
    return dict(found)


def test_each_tab_says_how_many_complaints_stand_on_it(office: Organisation) -> None:
    first, second = office.file(), accepted(office)
    others = {"Overdue": "0", "Awaiting approval": "0"}

    assert counts(queue(office)) == {"Mine": "0", "Unassigned": "1", "All": "2", **others}
    assert counts(queue(office, who="handler"))["Mine"] == "1"
    assert (rows(queue(office, "?tab=unassigned")), rows(queue(office, "?tab=mine", "handler"))) == ([first], [second])


def test_a_late_complaint_stands_first_under_its_own_heading(office: Organisation) -> None:
    late = office.file()
    advance(office.world, "20 days")
    fresh = office.file()
    browser = queue(office)

    assert rows(browser) == [late, fresh]
    assert browser.page.text.index("Overdue") < browser.page.text.index(late)
    assert re.search(r"\d+ d( \d+ h)? late", browser.page.text)
    assert rows(queue(office, "?tab=overdue")) == [late]


def test_a_late_complaint_counts_before_the_schedule_has_recorded_its_miss(office: Organisation) -> None:
    office.file()
    office.world.jump_to("2026-12-27T09:00:00+08:00")  # type: ignore[attr-defined]
    assert counts(queue(office))["Overdue"] == "1"


def test_a_filter_with_several_values_stands_in_the_address(office: Organisation) -> None:
    number, _ = accepted(office), office.file()
    stage, other = office.complaint(number, "owner")["stage"], "archived"
    browser = queue(office, f"?stage={stage}&stage={other}&mark=file&mark=message")
    assert rows(browser) == []

    for mark in ("File", "Message"):
        browser.open(
            desk(office) + next(href for href, words in browser.page.links if words.startswith(f"News: {mark}"))
        )
    assert rows(browser) == [number]
    assert sum(words.startswith("Stage: ") for _, words in browser.page.links) == 2


@pytest.mark.parametrize("query", ["?stage=no-such-stage", "?person=no-such-person", "?tab=mine&clock=x"])
def test_a_filter_that_keeps_nothing_says_how_to_see_more(office: Organisation, query: str) -> None:
    office.file()
    browser = queue(office, query)
    assert (rows(browser), "Take a filter away" in browser.page.text) == ([], True)


@pytest.mark.parametrize("query", ["?tab=no-such-tab", "?tier=high", "?shelf=no-such-shelf"])
def test_a_parameter_that_no_filter_has_is_refused_with_its_place(office: Organisation, query: str) -> None:
    browser = at_the_desk(office, "screener")
    browser.open(desk(office) + query)
    assert browser.answer.status == 400


def test_the_filters_form_offers_the_policys_words(office: Organisation) -> None:
    browser = queue(office, language="zh")
    offered = {control.name for form in browser.page.forms for control in form.controls}
    assert {"stage", "clock", "channel", "mark"} <= offered
    assert "阶段" in browser.page.text


def test_the_csv_has_the_rows_of_the_page(office: Organisation) -> None:
    numbers = {office.file(), office.file()}
    browser = queue(office)
    browser.open(next(href for href, words in browser.page.links if words == "CSV"))
    head, *lines = csv.reader(io.StringIO(browser.answer.text.removeprefix("\ufeff")))

    assert head[:3] == ["Number", "Due", "Time left"]
    assert {line[0] for line in lines} == numbers


def test_a_page_has_the_rows_that_the_member_chose_and_leads_to_the_next(
    office: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [office.file() for _ in range(12)]
    monkeypatch.setattr("chalicelib.features.worklists.desk_queue.COUNTED", 4)
    office.world.call("PATCH", f"{office.path}/people/me/settings", {"rows": 10}, auth=office.auth("screener"))
    browser, seen = queue(office), list[str]()
    assert len(rows(browser)) == 10
    while True:
        seen += rows(browser)
        onward = [href for href, words in browser.page.links if words == "Next page"]
        if not onward:
            break
        browser.open(desk(office) + onward[0])
    assert (len(seen), set(seen)) == (12, set(numbers))


def test_beyond_the_rows_that_are_counted_a_number_says_that_there_may_be_more(
    office: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        office.file()
    monkeypatch.setattr("chalicelib.features.worklists.desk_queue.COUNTED", 1)
    assert counts(queue(office))["All"] == "1+"


def test_only_owners_read_the_mail_address_of_a_colleague_without_a_name(office: Organisation) -> None:
    """As `GET …/people` gives it to owners alone."""
    accepted(office)
    sub, email = office.subs["handler"], office.emails["handler"]
    world = office.world
    assert isinstance(world, InProcess)
    store, key = world.fakes.store, membership.key(office.id, sub)
    with binding.tenant(office.id):
        entry = store.get([key])[key]
        unnamed = replace(membership.parse(entry), name="")
        store.commit([membership.FORM.write(key, unnamed, entry)])

    shown = {who: queue(office, who=who).answer.text for who in ("owner", "screener", "handler")}
    assert email in shown["owner"]
    assert email not in shown["screener"]
    assert f"Unnamed member {sub[-6:]}" in shown["screener"]
    assert email in shown["handler"]
