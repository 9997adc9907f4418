"""The first day of an owner: from the sign-up to the opening, each step ticked by what the organisation has done."""

from __future__ import annotations

import re

import pytest

from chalicelib.features.practice.guide.dependence import dependence
from chalicelib.policy import presets
from chalicelib.policy.compiled import compile_policy
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.reading import parsing
from tests.clauses.world import InProcess
from tests.kernel.policy.test_guide import SMALLEST, added, read
from tests.kernel.web.pages.browser import Browser
from tests.organisations.guide.founded import ADDRESS, TENANT, founded, organisation_of, say_contact
from tests.organisations.practice.practising import form_of
from tests.sign_in.door import START

GUIDE = f"/t/{TENANT}/desk/guide"


@pytest.fixture
def world() -> InProcess:
    return InProcess(START)


def steps(browser: Browser) -> dict[str, str]:
    """By text: `done`, `current` or `ahead`."""
    browser.open(GUIDE)
    found = re.findall(
        r'<li class="is-(done|current|ahead)".*?<strong>([^<]*)</strong>', browser.answer.text, re.DOTALL
    )
    return {text: state for state, text in found}


def open_form(browser: Browser) -> str:
    return browser.answer.text.partition('id="open"')[2].partition("</form>")[0]


def test_the_founder_is_led_from_the_sign_up_to_the_first_step(world: InProcess) -> None:
    browser = founded(world, "platform")
    assert steps(browser) == {
        "Procedure chosen": "done",
        "Invite the people": "current",
        "Give every role to somebody": "ahead",
        "Name the units": "ahead",
        "Say how complainants reach you": "ahead",
        "Practise one complaint from filing to closing": "ahead",
        "Ask for a second factor at sign-in": "ahead",
        "Open for complaints": "ahead",
    }


def test_opening_says_what_it_waits_for(world: InProcess) -> None:
    browser = founded(world, "platform")
    assert "disabled" in open_form(browser)
    assert "the contact is filled in." in open_form(browser)
    say_contact(browser)
    assert steps(browser)["Say how complainants reach you"] == "done"
    assert "disabled" not in open_form(browser)


def test_a_form_that_is_sent_before_is_refused_with_the_reason(world: InProcess) -> None:
    browser = founded(world, "platform")
    answer = browser.ask(f"{GUIDE}/open", [("x", "y")])
    assert 'href="#open">the contact is filled in.' in answer.text
    assert Browser(world, "en").open(f"/t/{TENANT}").headings[0] == "The organisation does not take complaints yet"


def test_opening_is_a_click(world: InProcess) -> None:
    browser = founded(world, "platform")
    say_contact(browser)
    browser.open(GUIDE)
    browser.submit(form=form_of(browser, "/guide/open"))
    assert browser.path == f"{GUIDE}?told=open"
    assert steps(browser)["Open for complaints"] == "done"
    assert Browser(world, "zh").open(f"/t/{TENANT}").headings[0] == "西街商城：投诉服务"


def test_each_page_leads_to_the_guide_until_the_organisation_is_open(world: InProcess) -> None:
    browser = founded(world, "platform")
    browser.open(f"/t/{TENANT}/desk")
    assert f'<a href="{GUIDE}">Not yet open for complaints</a>' in browser.answer.text
    say_contact(browser)
    browser.open(GUIDE)
    browser.submit(form=form_of(browser, "/guide/open"))
    assert "Not yet open" not in browser.answer.text


def test_a_procedure_that_demands_a_unit_waits_for_one(world: InProcess) -> None:
    policy = added(read(SMALLEST), {"intake": {**read(SMALLEST)["intake"], "unit": "required"}})
    body = {"id": TENANT, "name": "西街商城", "email": ADDRESS, "policy": policy, "opens": "by_owner"}
    assert world.call("POST", "/v1/tenants", body).status == 201
    browser = Browser(world, "en")
    browser.email = ADDRESS
    browser.open(GUIDE)
    browser.submit()
    assert "there is at least one unit." in open_form(browser)


def test_a_role_is_given_to_a_member_who_keeps_the_others(world: InProcess) -> None:
    browser = founded(world, "platform")
    office = organisation_of(browser, "platform")
    grants = [{"role": "handler"}]
    invited = {"email": "clerk@example.com", "name": "李明", "grants": grants}
    sub = office.world.call("POST", f"{office.path}/people", invited, auth=office.auth("owner")).json["sub"]
    before = steps(browser)
    browser.submit(form=form_of(browser, "/guide/roles"), role__screener=sub, role__archivist=sub)
    people = {one["sub"]: one["grants"] for one in office.get("/people", "owner")["people"]}
    assert before["Give every role to somebody"] == "current"
    assert {one["role"] for one in people[sub]} == {"handler", "screener", "archivist"}
    assert "told=roles" in browser.path


def test_to_choose_nobody_is_a_fault_of_the_form(world: InProcess) -> None:
    browser = founded(world, "platform")
    answer = browser.ask(f"{GUIDE}/roles", [("role.screener", "")])
    assert "Choose a person for one of the roles" in answer.text


def test_a_role_that_the_procedure_has_not_is_not_given(world: InProcess) -> None:
    browser = founded(world, "platform")
    office = organisation_of(browser, "platform")
    me = office.get("/people/me", "owner")["sub"]
    assert "Choose a person" in browser.ask(f"{GUIDE}/roles", [("role.nothing", me)]).text
    assert office.get("/people/me", "owner")["grants"] == [{"role": "owner"}]


def document_of(preset: str) -> PolicyDocument:
    return compile_policy(parsing.parse(presets.document(preset)), preset).document


@pytest.mark.parametrize("preset", presets.names())
def test_with_nobody_something_depends_on_some_role_and_with_everybody_nothing(preset: str) -> None:
    document = document_of(preset)
    alone = {role: dependence(document, role, ()) for role in document.people}
    staffed = {role: dependence(document, role, set(document.people)) for role in document.people}
    assert [role for role, found in alone.items() if found.acts]
    assert [role for role, found in staffed.items() if not found.is_nothing] == []


def test_what_another_role_can_do_as_well_depends_on_none() -> None:
    """Each act of each preset that two roles can do: with the other role, it does not depend on the first."""
    checked = 0
    for document in map(document_of, presets.names()):
        for name, doers in _shared_acts(document).items():
            first, *others = sorted(doers)
            assert name not in dependence(document, first, others).acts, (name, doers)
            checked += name in dependence(document, first, ()).acts
    assert checked > 5


def _shared_acts(document: PolicyDocument) -> dict[str, set[str]]:
    """By name: the roles that can do the act in each stage that has it, if there are several."""
    found: dict[str, list[set[str]]] = {}
    for stage in document.stages.values():
        for name, act in stage.acts.items():
            found.setdefault(name, []).append({one.role for one in act.by} & document.people.keys())
    return {name: sets[0] for name, sets in found.items() if len(sets[0]) > 1 and all(one == sets[0] for one in sets)}
