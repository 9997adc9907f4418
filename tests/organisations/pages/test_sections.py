"""The pages of the organisation: one index and one navigation, each page only for those who may see it."""

from __future__ import annotations

import pytest

import app
from chalicelib.web.contract import Contract
from chalicelib.web.pages.desk import DESK
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.sign_in.door import START, at_the_desk, desk

INDEX = f"{DESK}/organisation"
PAGES = [one for one in app.app.all_contracts if one.by_session and one.path.startswith(INDEX)]
FOR_OTHERS: set[str] = set()
"""The paths of pages that other members may see, too."""
OWNERS_ONLY = [one for one in PAGES if one.path not in FOR_OTHERS]


def named(one: Contract) -> str:
    return f"{one.method} {one.path}"


@pytest.fixture(scope="module")
def office() -> Organisation:
    return sign_up(InProcess(START), "platform")


def roles(office: Organisation) -> list[str]:
    return [one for one in office.emails if one != "owner"]


@pytest.mark.parametrize("one", [one for one in PAGES if one.method == "GET" and not one.params[1:]], ids=named)
def test_an_owner_sees_each_page(office: Organisation, one: Contract) -> None:
    browser = at_the_desk(office, "owner")
    browser.open(one.path.format(tenant=office.id))
    assert browser.answer.status == 200


@pytest.mark.parametrize("one", OWNERS_ONLY, ids=named)
def test_no_other_role_sees_or_sends_it(office: Organisation, one: Contract) -> None:
    found = {who: _asked(office, who, one) for who in roles(office)}
    assert len(found) > 3
    assert set(found.values()) == {403}


def _asked(office: Organisation, who: str, one: Contract) -> int:
    browser = at_the_desk(office, who)
    path = one.path.format(**{**dict.fromkeys(one.params, "0"), "tenant": office.id})
    return browser.ask(path, None if one.method == "GET" else [("x", "y")]).status


def test_the_menu_leads_owners_to_the_index_and_from_there_to_each_page(office: Organisation) -> None:
    browser = at_the_desk(office, "owner")
    assert f'href="{desk(office)}/organisation"' in browser.answer.text
    browser.open(f"{desk(office)}/organisation")
    below = INDEX.count("/") + 1
    listed = {
        one.path.format(tenant=office.id) for one in PAGES if one.path.count("/") == below and one.method == "GET"
    }
    assert f"{desk(office)}/organisation/plan" in listed
    assert [one for one in listed if f'href="{one}"' not in browser.answer.text] == []


def test_others_have_no_entry_in_the_menu(office: Organisation) -> None:
    found = {who: f"{desk(office)}/organisation" in at_the_desk(office, who).answer.text for who in roles(office)}
    assert set(found.values()) == {False}


def test_a_page_marks_itself_in_the_navigation(office: Organisation) -> None:
    browser = at_the_desk(office, "owner")
    browser.open(f"{desk(office)}/organisation/plan")
    marked = [(given["href"], given["aria-current"]) for tag, given in browser.page.tags if "aria-current" in given]
    assert marked == [(f"{desk(office)}/organisation", "true"), (f"{desk(office)}/organisation/plan", "page")]


def test_the_plan_says_how_much_of_each_limit_is_used(office: Organisation) -> None:
    browser = at_the_desk(office, "owner")
    browser.open(f"{desk(office)}/organisation/plan")
    people = office.get("/usage", "owner")["limits"]["people"]
    row = browser.answer.text.partition('<th scope="row">People</th>')[2].partition("</tr>")[0]
    assert f'<td class="amount">{people["used"]}</td>' in row
    assert f"{people['most']}</td>" in row
