"""What the queue's page asks for while it is seen: which of its rows have changed, and how many are new."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlencode

import pytest

from tests.clauses.offices.bureau import assigned, bureau_in
from tests.clauses.offices.marketplace import accepted, marketplace_in
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import START, at_the_desk, desk


@pytest.fixture
def office() -> Organisation:
    return marketplace_in(InProcess(START))


def rows(browser: Browser, office: Organisation) -> str:
    """The rows of the queue, as its module names them."""
    browser.open(desk(office))
    return " ".join(re.findall(r'data-row="([^"]+)"', browser.answer.text))


def changed(browser: Browser, office: Organisation, of: str) -> list[str]:
    browser.open(f"{desk(office)}/changes?of={of.replace(' ', '+')}")
    assert browser.answer.status == 200, browser.answer.text
    found: list[str] = browser.answer.json["changed"]
    return found


def test_a_row_has_changed_after_an_act_and_not_before(office: Organisation) -> None:
    first, _ = accepted(office), accepted(office)
    browser = at_the_desk(office, "screener")
    shown = rows(browser, office)
    assert changed(browser, office, shown) == []

    office.act(first, "handler", "note", text="已电话联系。")

    assert changed(browser, office, shown) == [first]
    assert changed(browser, office, rows(browser, office)) == []


def test_it_takes_a_read_and_a_query_besides_the_session(office: Organisation) -> None:
    for _ in range(3):
        accepted(office)
    browser = at_the_desk(office, "screener")
    shown = rows(browser, office)
    assert isinstance(office.world, InProcess)
    calls = office.world.fakes.store.calls
    before = len(calls)

    changed(browser, office, shown)

    assert len(calls) - before == 3


def test_nothing_is_told_of_complaints_that_the_member_may_not_see(office: Organisation) -> None:
    other = accepted(office, unit=None)
    assert changed(at_the_desk(office, "seller"), office, f"{other}.1") == []
    assert changed(at_the_desk(office, "screener"), office, f"{other}.1") == [other]


def test_nothing_is_told_of_a_complaint_that_excludes_the_member() -> None:
    bureau = bureau_in(InProcess(START))
    number = assigned(bureau)
    bureau.act(number, "officer", "recuse", reason="被投诉者是亲属。")
    assert changed(at_the_desk(bureau, "officer"), bureau, f"{number}.1") == []


@pytest.mark.parametrize("of", ["", "x", "202611-000099.1", "202611-000001", "202611-000001.-1", ".1", "1.1" * 500])
def test_what_is_no_row_of_the_organisation_is_left_out(office: Organisation, of: str) -> None:
    accepted(office)
    assert changed(at_the_desk(office, "screener"), office, of) == []


def test_complaints_of_another_organisation_are_unknown(office: Organisation) -> None:
    number = accepted(office)
    other = sign_up(office.world, "platform")
    assert changed(at_the_desk(other, "owner"), other, f"{number}.1") == []


def added(browser: Browser, office: Organisation, view: str = "") -> tuple[Callable[[], int], list[str]]:
    """How many are new in the view since now; the rows of the view."""
    page = browser.open(f"{desk(office)}?{view}")
    [module] = [given for _, given in page.tags if given.get("id") == "changed"]
    of = " ".join(re.findall(r'data-row="([^"]+)"', browser.answer.text))
    asked = {"of": of, "until": module["data-until"]}

    def new() -> int:
        address = module["data-changes"]
        browser.open(f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}")
        assert browser.answer.status == 200, browser.answer.text
        return int(browser.answer.json["added"])

    return new, of.split()


def test_a_complaint_that_is_filed_is_new_in_the_view_of_all(office: Organisation) -> None:
    accepted(office)
    new, _ = added(at_the_desk(office, "screener"), office)
    assert new() == 0
    accepted(office), accepted(office)
    assert new() == 2


def test_an_empty_list_announces_what_comes(office: Organisation) -> None:
    new, rows = added(at_the_desk(office, "screener"), office)
    assert (new(), rows) == (0, [])
    accepted(office)
    assert new() == 1


def test_what_does_not_belong_to_the_view_is_not_announced(office: Organisation) -> None:
    new, _ = added(at_the_desk(office, "handler"), office, "tab=mine")
    number = office.file()
    assert new() == 0
    office.act(number, "screener", "accept", responsible=office.subs["handler"])
    assert new() == 1


def test_filters_of_the_view_hold(office: Organisation) -> None:
    new, _ = added(at_the_desk(office, "screener"), office, "unassigned=true")
    accepted(office)
    assert new() == 0
    office.file()
    assert new() == 1


def test_a_row_from_the_next_page_is_not_new(office: Organisation) -> None:
    for _ in range(25):
        accepted(office)
    office.world.call("PATCH", f"{office.path}/people/me/settings", {"rows": 20}, auth=office.auth("handler"))
    new, rows = added(at_the_desk(office, "handler"), office)
    assert len(rows) == 20
    office.act(rows[0].split(".")[0], "complainant", "withdraw")
    assert new() == 0


def test_nothing_is_announced_of_complaints_that_the_member_may_not_see(office: Organisation) -> None:
    new, _ = added(at_the_desk(office, "seller"), office)
    accepted(office, unit=None)
    assert new() == 0
    accepted(office)
    assert new() == 1
