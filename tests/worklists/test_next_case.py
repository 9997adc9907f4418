"""From a complaint to the next of the list: a link, without JavaScript, that the address carries through an act."""

from __future__ import annotations

import re

import pytest

from chalicelib.features.worklists import desk_queue
from infra.memory_store.store import RecordedCall
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess, advance
from tests.handling.bulk.bulks import world_of
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import START, at_the_desk, desk

NEXT, QUEUE = "Next complaint ›", "‹ Back to the queue"


@pytest.fixture
def office() -> Organisation:
    """With four complaints, due one after the other."""
    found = sign_up(InProcess(START), "platform")
    for _ in range(4):
        found.file()
        advance(found.world, "10 minutes")
    return found


def opened(office: Organisation, number: str, query: str = "", who: str = "screener", language: str = "en") -> Browser:
    """The page of a complaint, from a view of the queue."""
    browser = at_the_desk(office, who, language=language)
    browser.open(desk(office) + query)
    browser.open(next(href for href, words in browser.page.links if words == number))
    assert browser.answer.status == 200
    return browser


def href_of(browser: Browser, words: str) -> str:
    return next(href for href, said in browser.page.links if said == words)


def number_of(browser: Browser) -> str:
    found = re.search(r"/complaints/([0-9]{6}-[0-9]{6})", browser.path)
    return "" if found is None else found[1]


def go_on(browser: Browser) -> str:
    """The number of the next complaint; empty if the queue is shown."""
    browser.open(href_of(browser, NEXT))
    while "Look on" in browser.answer.text:
        browser.open(href_of(browser, "Look on"))
    assert browser.answer.status == 200
    return number_of(browser)


def walked(browser: Browser) -> list[str]:
    found = [number_of(browser)]
    while number := go_on(browser):
        found.append(number)
    return found


def test_one_goes_through_the_list_in_its_order_and_back_to_the_queue(office: Organisation) -> None:
    browser = opened(office, next(iter(office.filed)))
    assert walked(browser) == list(office.filed)
    assert browser.path.partition("?")[0] == desk(office)
    assert "No complaint stands behind that one in this list." in browser.answer.text


def test_the_list_is_the_view_from_which_one_came(office: Organisation) -> None:
    first, second, third, fourth = office.filed
    for number in (first, third):
        office.act(number, "screener", "accept", responsible=office.subs["handler"])
    assert walked(opened(office, second, "?tab=unassigned&stage=registered")) == [second, fourth]
    browser = opened(office, second, "?tab=unassigned&stage=registered")
    assert href_of(browser, QUEUE) == f"{desk(office)}?tab=unassigned&stage=registered"


def test_after_an_act_the_way_goes_on_from_where_the_complaint_stood(office: Organisation) -> None:
    first, second, *_ = office.filed
    browser = opened(office, first, "?tab=unassigned")
    browser.open(next(href for href, _ in browser.page.links if "/acts/refuse" in href))
    form = next(at for at, one in enumerate(browser.page.forms) if "/acts/refuse" in one.action)
    browser.submit(form=form, **{"fact.ground": "not_valid", "fact.reason": "重复投诉。"})
    form = next(at for at, one in enumerate(browser.page.forms) if "/acts/refuse/check" in one.action)
    browser.submit(form=form, button="do")
    assert office.complaint(first, "owner")["stage"] == "refused"
    assert "Done." in browser.answer.text
    assert go_on(browser) == second


def test_a_complaint_that_has_moved_behind_others_is_not_its_own_next(office: Organisation) -> None:
    first, second, *_ = office.filed
    browser = opened(office, first)
    office.act(first, "screener", "accept", responsible=office.subs["handler"])
    assert walked(browser) == [first, second, *list(office.filed)[2:], first]


def test_a_page_that_was_opened_from_elsewhere_has_no_next(office: Organisation) -> None:
    browser = at_the_desk(office, "screener")
    browser.open(f"{desk(office)}/complaints/{next(iter(office.filed))}")
    assert NEXT not in [words for _, words in browser.page.links]
    assert href_of(browser, QUEUE) == desk(office)


def test_the_chosen_language_goes_along(office: Organisation) -> None:
    browser = opened(office, next(iter(office.filed)), "?lang=zh")
    browser.open(next(href for href, words in browser.page.links if words == "下一件 ›"))
    assert "返回列表" in browser.answer.text


@pytest.mark.parametrize("tab", ["mine", "unassigned", "all"])
def test_in_a_large_organisation_each_tab_goes_on(
    office: Organisation, monkeypatch: pytest.MonkeyPatch, tab: str
) -> None:
    monkeypatch.setattr(desk_queue, "COUNTED", 1)
    for number in list(office.filed)[1:3]:
        office.act(number, "screener", "accept", responsible=office.subs["handler"])
    browser = at_the_desk(office, "handler")
    browser.open(f"{desk(office)}?tab={tab}")
    listed = re.findall(r'/desk/complaints/([^"?]+)', browser.answer.text)
    browser.open(next(href for href, words in browser.page.links if words == listed[0]))
    assert walked(browser)[: len(listed)] == listed


def test_the_page_of_a_complaint_asks_the_store_no_more_for_it(office: Organisation) -> None:
    number = next(iter(office.filed))
    browser, calls = opened(office, number), world_of(office).fakes.store.calls
    plain, came = f"{desk(office)}/complaints/{number}", browser.path

    def asked(path: str) -> list[RecordedCall]:
        calls.clear()
        browser.open(path)
        return list(calls)

    assert "?" in came
    assert asked(came) == asked(plain)


@pytest.mark.parametrize("query", ["number=x&at=9999", "number=202611-000001&at=%23"])
def test_an_address_that_no_list_has_is_refused(office: Organisation, query: str) -> None:
    browser = at_the_desk(office, "screener")
    browser.open(f"{desk(office)}/next?{query}")
    assert browser.answer.status == 400


def test_without_a_complaint_the_first_of_the_list_comes(office: Organisation) -> None:
    browser = at_the_desk(office, "screener")
    browser.open(f"{desk(office)}/next?tab=unassigned")
    assert number_of(browser) == next(iter(office.filed))


def test_what_an_address_says_of_the_list_leads_nowhere_else(office: Organisation) -> None:
    number = next(iter(office.filed))
    browser = at_the_desk(office, "screener")
    browser.open(f"{desk(office)}/complaints/{number}?view=//evil.example/%3Fx%0d%0a%26tab%3Dmine&at=9999")
    assert href_of(browser, NEXT).startswith(f"{desk(office)}/next?")
    assert href_of(browser, QUEUE).startswith(f"{desk(office)}?")
