"""Signing in on pages: by mail address, link or name; to the page that was asked for; at the issuer, and only once."""

from __future__ import annotations

import dataclasses
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from msgspec.structs import replace

from chalicelib.kit.instants import MINUTE
from chalicelib.limits import budgets
from chalicelib.limits.budgets import Allowance, Budgets
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.helpers.fakes.identity import ISSUER_PAGES
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import FLOW, NOT_SIGNED_IN, SESSION, START, at_the_desk, begun, browser_of, desk, heading


@pytest.fixture
def world() -> InProcess:
    return InProcess(START)


@pytest.fixture
def office(world: InProcess) -> Organisation:
    return sign_up(world, "platform")


def test_a_person_signs_in_and_sees_the_queue(office: Organisation) -> None:
    number = office.file()
    browser = at_the_desk(office, "owner")
    assert number in browser.page.text


def test_without_a_session_the_desk_leads_to_the_sign_in_and_back(world: InProcess, office: Organisation) -> None:
    browser = browser_of(world, office)
    browser.open(f"{desk(office)}?lang=zh")
    assert urlsplit(browser.path).path == "/sign-in"
    browser.submit()
    assert browser.path == f"{desk(office)}?lang=zh"


def test_an_unknown_address_gets_the_answer_of_a_known_one(world: InProcess, office: Organisation) -> None:
    found = []
    for email in (office.emails["handler"], "nobody@nowhere.example"):
        browser = Browser(world, "en")
        browser.open("/sign-in")
        before = len(world.fakes.store.calls)
        browser.submit(email=email)
        asked = parse_qs(urlsplit(browser.answer.headers["Location"]).query)
        found.append((browser.answer.status, sorted(asked), len(world.fakes.store.calls) - before))
    assert found[0] == found[1]


def test_what_is_no_address_is_refused_at_its_input(world: InProcess) -> None:
    browser = Browser(world, "en")
    browser.open("/sign-in")
    browser.submit(email="not an address")
    assert (browser.answer.status, "complete e-mail address" in browser.page.text) == (422, True)


def test_a_form_with_a_fault_has_an_address_that_keeps_where_the_person_wants_to_go(world: InProcess) -> None:
    browser = Browser(world, "en")
    browser.open("/sign-in?next=/t/abc/desk&organisation=abc")
    browser.submit(email="not an address")

    browser.open(browser.path)

    held = dict(browser.page.forms[0].values())
    assert (held["next"], held["organisation"], held["email"]) == ("/t/abc/desk", "abc", "not an address")


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/t/abc/desk",
        "https://evil.example/t/abc/desk",
        "/\\evil.example",
        "/t/abc//evil.example",
        "/t/abc/../../evil",
        "/t/abc/desk\r\nSet-Cookie: a=b",
        "javascript:alert(1)",
        "/sign-out",
        "/_local/sign-in",
    ],
)
def test_no_other_address_than_an_own_page_comes_after_signing_in(
    world: InProcess, office: Organisation, path: str
) -> None:
    browser = browser_of(world, office)
    browser.open("/sign-in")
    browser.submit(next=path)
    assert browser.path == desk(office)


def test_a_way_back_works_once(world: InProcess, office: Organisation) -> None:
    browser = browser_of(world, office)
    back = world.fakes.issuer.sign_in(begun(browser), browser.email)
    path = urlsplit(back)._replace(scheme="", netloc="").geturl()
    browser.open(path)
    assert browser.path == desk(office)
    browser.open(path)
    assert (browser.answer.status, heading(browser)) == (400, NOT_SIGNED_IN)
    assert "works only once" in browser.page.text


def test_a_way_back_works_in_the_browser_that_began_it(world: InProcess, office: Organisation) -> None:
    """Somebody else's code must not sign a person in as them."""
    attacker, victim = browser_of(world, office, "owner"), browser_of(world, office)
    begun(victim)
    back = world.fakes.issuer.sign_in(begun(attacker), attacker.email)
    victim.open(urlsplit(back)._replace(scheme="", netloc="").geturl())
    assert (victim.answer.status, heading(victim)) == (400, NOT_SIGNED_IN)
    assert SESSION not in victim.cookies


def test_a_stolen_code_works_with_no_other_sign_in(world: InProcess, office: Organisation) -> None:
    """The code of one sign-in with the state of another: its challenge is that of another verifier."""
    victim, attacker = browser_of(world, office, "owner"), browser_of(world, office)
    stolen = parse_qs(urlsplit(world.fakes.issuer.sign_in(begun(victim), victim.email)).query)["code"][0]
    state = parse_qs(urlsplit(begun(attacker)).query)["state"][0]
    attacker.open(f"/sign-in/back?code={stolen}&state={state}")
    assert (attacker.answer.status, heading(attacker)) == (400, NOT_SIGNED_IN)


def test_a_sign_in_expires(world: InProcess, office: Organisation) -> None:
    browser = browser_of(world, office)
    back = world.fakes.issuer.sign_in(begun(browser), browser.email)
    world.fakes.real_clock.advance(10 * MINUTE)
    browser.open(urlsplit(back)._replace(scheme="", netloc="").geturl())
    assert "expired" in browser.page.text


def test_a_changed_cookie_signs_nobody_in(world: InProcess, office: Organisation) -> None:
    browser = browser_of(world, office)
    back = world.fakes.issuer.sign_in(begun(browser), browser.email)
    value, where = browser.cookies[FLOW]
    browser.cookies[FLOW] = value[:-2] + ("AA" if value[-2:] != "AA" else "BB"), where
    browser.open(urlsplit(back)._replace(scheme="", netloc="").geturl())
    assert (browser.answer.status, SESSION in browser.cookies) == (400, False)


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "anotherclient"},
        {"iss": "https://evil.example"},
        {"nonce": "another"},
        {"nonce": None},
        {"token_use": "access"},
        {"exp": 1},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_this_sign_in_is_refused(
    world: InProcess, office: Organisation, claims: dict[str, Any]
) -> None:
    world.fakes.issuer.claims = claims
    browser = browser_of(world, office)
    browser.open("/sign-in")
    browser.submit()
    assert (browser.answer.status, heading(browser)) == (400, NOT_SIGNED_IN)
    assert "did not confirm" in browser.page.text


def test_an_account_with_an_unconfirmed_address_is_refused(world: InProcess, office: Organisation) -> None:
    world.fakes.issuer.confirmed = False
    browser = browser_of(world, office)
    browser.open("/sign-in")
    browser.submit()
    assert "is not confirmed" in browser.page.text
    assert SESSION not in browser.cookies


def test_a_person_who_gives_up_at_the_issuer_can_begin_again(world: InProcess, office: Organisation) -> None:
    browser = browser_of(world, office)
    state = parse_qs(urlsplit(begun(browser)).query)["state"][0]
    browser.open(f"/sign-in/back?error=access_denied&state={state}")
    browser.follow("Begin again")
    assert heading(browser) == "Sign in to handle complaints"


def test_an_issuer_that_does_not_answer_is_said(world: InProcess, office: Organisation) -> None:
    browser = browser_of(world, office)
    back = world.fakes.issuer.sign_in(begun(browser), browser.email)
    world.fakes.issuer.answers = False
    browser.open(urlsplit(back)._replace(scheme="", netloc="").geturl())
    assert browser.answer.status == 503


def test_a_sign_in_has_a_new_session_and_ends_the_earlier_one(world: InProcess, office: Organisation) -> None:
    """A session that somebody else has put into the browser is not that of the person."""
    attacker, victim = at_the_desk(office, "owner"), browser_of(world, office)
    victim.cookies[SESSION] = planted = attacker.cookies[SESSION]
    victim.open("/sign-in/start")
    assert victim.cookies[SESSION] != planted
    attacker.open(desk(office))
    assert urlsplit(attacker.path).path == "/sign-in"


def test_one_source_begins_a_limited_number_of_sign_ins(
    world: InProcess, office: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budgets, "SIGN_INS", 3)
    fakes = world.fakes
    counting = Budgets(fakes.wiring.secrets, fakes.real_clock, Allowance(500, 50_000))
    monkeypatch.setattr(world, "_fakes", _with(fakes, counting))
    statuses = []
    for _ in range(4):
        browser = Browser(world, "en")
        browser.open("/sign-in/start")
        statuses.append(browser.answer.status)
    assert statuses == [303, 303, 303, 429]


def _with(fakes: Any, counting: Budgets) -> Any:
    return dataclasses.replace(fakes, wiring=replace(fakes.wiring, budgets=counting))


def test_the_form_of_another_site_begins_nothing(world: InProcess) -> None:
    browser = Browser(world, "en")
    browser.open("/sign-in")
    browser.submit(origin="https://evil.example")
    assert (browser.answer.status, FLOW in browser.cookies) == (403, False)


def test_the_page_lets_its_form_lead_to_the_issuer_only(world: InProcess) -> None:
    browser = Browser(world, "en")
    browser.open("/sign-in")
    assert f"form-action 'self' {ISSUER_PAGES};" in browser.answer.headers["Content-Security-Policy"]
