"""Finding one's organisation at the door: by id or name, by a link, by choosing, and from the menu."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.tenants import organisation
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import START, at_the_desk, browser_of, desk, heading


@pytest.fixture
def world() -> InProcess:
    return InProcess(START)


@pytest.fixture
def office(world: InProcess) -> Organisation:
    return sign_up(world, "platform")


@pytest.mark.parametrize("given", ["id", "name", "other case"])
def test_a_person_of_several_organisations_names_one(world: InProcess, office: Organisation, given: str) -> None:
    other = _joined(world, office, "Second office")
    named = {"id": other.id, "name": "Second office", "other case": "SECOND OFFICE"}[given]
    browser = browser_of(world, office)
    browser.open("/sign-in")
    browser.submit(email=browser.email, organisation=named)
    assert browser.path == desk(other)


def test_a_link_names_the_organisation(world: InProcess, office: Organisation) -> None:
    other = _joined(world, office, "Second office")
    browser = browser_of(world, office)
    browser.open(f"/sign-in?organisation={other.id}")
    browser.submit()
    assert browser.path == desk(other)


def test_a_person_of_several_organisations_chooses_one(world: InProcess, office: Organisation) -> None:
    other = _joined(world, office, "Second office")
    browser = browser_of(world, office)
    browser.open("/sign-in")
    browser.submit()
    assert heading(browser) == "Choose an organisation"
    browser.follow("Second office")
    assert browser.path == desk(other)


def test_the_menu_changes_the_organisation_without_another_sign_in(world: InProcess, office: Organisation) -> None:
    other = _joined(world, office, "Second office")
    browser = at_the_desk(office, "handler")
    browser.follow("Second office")
    assert (browser.path, browser.answer.status) == (desk(other), 200)


def test_an_organisation_that_is_not_ones_own_is_not_told_from_an_unknown_one(
    world: InProcess, office: Organisation
) -> None:
    stranger, shown = sign_up(world, "platform"), []
    for named in (stranger.id, "no-such-one"):
        browser = browser_of(world, office)
        browser.open("/sign-in")
        browser.submit(organisation=named)
        shown.append(browser.page.text.replace(named, "…"))
    assert "does not belong to “…”" in shown[0]
    assert shown[0] == shown[1]


def test_a_person_without_an_organisation_is_told_so(world: InProcess) -> None:
    browser = Browser(world, "en")
    browser.email = "new@mail.example"
    world.fakes.identity.invite(browser.email)
    browser.open("/sign-in")
    browser.submit()
    assert "belongs to no organisation" in browser.page.text


def _joined(world: InProcess, office: Organisation, name: str) -> Organisation:
    """Another organisation of the handler."""
    other = sign_up(world, "platform")
    body = {"email": office.emails["handler"], "name": "handler", "grants": [{"role": "handler"}]}
    answer = world.call("POST", f"{other.path}/people", body, auth=other.auth("owner"))
    assert answer.status == 201, answer.text
    _rename(world, other, name)
    return other


def _rename(world: InProcess, other: Organisation, name: str) -> None:
    """As if it had signed up under this name: the API has no route that changes it."""
    with binding.tenant(other.id):
        store = world.fakes.wiring.store
        before = organisation.load(store, other.id)
        after = replace(before, name=name, seq=before.seq + 1)
        store.commit([organisation.change(after, before)])
