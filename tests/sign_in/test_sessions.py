"""Sessions of people on pages: how they begin, last and end, and what a thief of a cookie or of the table has."""

from __future__ import annotations

import dataclasses
from urllib.parse import urlsplit

import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.kit.instants import HOUR, MINUTE
from chalicelib.store.port import Entry, Put
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.helpers.fakes.wiring import Fakes
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import SESSION, START, at_the_desk, desk, sign_out


@pytest.fixture
def world() -> InProcess:
    return InProcess(START)


@pytest.fixture
def office(world: InProcess) -> Organisation:
    return sign_up(world, "platform")


@pytest.fixture
def browser(office: Organisation) -> Browser:
    return at_the_desk(office, "handler")


def is_in(browser: Browser, office: Organisation) -> bool:
    browser.email = ""
    browser.open(desk(office))
    return browser.path == desk(office) and browser.answer.status == 200


def stored(world: InProcess) -> list[Entry]:
    return [one for one in world.fakes.store.everything() if one.kind == "session"]


def wait(world: InProcess, length: int) -> None:
    world.fakes.real_clock.advance(length)


def test_the_cookie_is_bound_to_the_host_and_hidden_from_scripts(world: InProcess, office: Organisation) -> None:
    browser = Browser(world, "en")
    browser.email = office.emails["handler"]
    browser.open("/sign-in/start")
    [given] = [one for one in browser.set_cookies if one.startswith("__Host-session=")]
    assert [part.strip() for part in given.split(";")[1:]] == ["Path=/", "HttpOnly", "SameSite=Lax", "Secure"]


def test_a_session_ends_half_an_hour_after_the_last_request(
    world: InProcess, office: Organisation, browser: Browser
) -> None:
    for _ in range(3):
        wait(world, 26 * MINUTE)
        assert is_in(browser, office)
    wait(world, 30 * MINUTE)
    assert not is_in(browser, office)


def test_a_session_ends_after_ten_hours_of_work(world: InProcess, office: Organisation, browser: Browser) -> None:
    for _ in range(23):
        wait(world, 26 * MINUTE)
        assert is_in(browser, office)
    wait(world, 5 * MINUTE)
    assert not is_in(browser, office)


def test_the_times_are_settings(world: InProcess, office: Organisation, browser: Browser) -> None:
    times = replace(world.fakes.wiring.session_times, idle=5 * MINUTE)
    world._fakes = _with(world, session_times=times)
    wait(world, 5 * MINUTE)
    assert not is_in(browser, office)


def _with(world: InProcess, **others: object) -> Fakes:
    return dataclasses.replace(world.fakes, wiring=replace(world.fakes.wiring, **others))


def test_the_clock_of_the_domain_ends_no_session(world: InProcess, office: Organisation, browser: Browser) -> None:
    world.move_to("2026-12-24T09:00:00+08:00")
    assert is_in(browser, office)


def test_an_item_of_a_session_expires_with_it(world: InProcess, browser: Browser) -> None:
    [item] = stored(world)
    assert item.expires == (world.fakes.real_clock() + 30 * MINUTE) // 1000


def test_tokens_are_exchanged_before_they_end(world: InProcess, office: Organisation, browser: Browser) -> None:
    for _ in range(5):
        wait(world, 25 * MINUTE)
        assert is_in(browser, office)


def test_a_session_without_a_refresh_token_ends_with_its_token(world: InProcess, office: Organisation) -> None:
    world.fakes.issuer.gives_refresh = False
    browser = at_the_desk(office, "handler")
    wait(world, 29 * MINUTE)
    assert is_in(browser, office)
    wait(world, 29 * MINUTE)
    assert is_in(browser, office)
    wait(world, 2 * MINUTE)
    assert not is_in(browser, office)


def test_a_session_ends_when_the_issuer_refuses_new_tokens(
    world: InProcess, office: Organisation, browser: Browser
) -> None:
    """Such as for an account that is no more."""
    world.fakes.identity.people.pop(office.emails["handler"])
    for length in (29, 29):
        wait(world, length * MINUTE)
        found = is_in(browser, office)
    assert not found
    assert stored(world) == []


def test_new_tokens_of_another_person_end_the_session(world: InProcess, office: Organisation, browser: Browser) -> None:
    world.fakes.issuer.claims = {"sub": office.subs["screener"]}
    for length in (29, 29):
        wait(world, length * MINUTE)
        found = is_in(browser, office)
    assert not found


def test_a_session_outlasts_an_outage_of_the_issuer_as_long_as_its_token(
    world: InProcess, office: Organisation, browser: Browser
) -> None:
    world.fakes.issuer.answers = False
    for length in (29, 29):
        wait(world, length * MINUTE)
        assert is_in(browser, office)
    wait(world, 3 * MINUTE)
    browser.open(desk(office))
    assert browser.answer.status == 503


def test_signing_out_ends_the_session_at_once_for_a_copy_of_its_cookie_too(
    world: InProcess, office: Organisation, browser: Browser
) -> None:
    thief = Browser(world, "en")
    thief.continue_from(browser)
    sign_out(browser)
    assert (urlsplit(browser.path).path, SESSION in browser.cookies) == ("/sign-in", False)
    assert not is_in(thief, office)
    assert stored(world) == []


def test_signing_out_ends_the_session_at_the_issuer(world: InProcess, browser: Browser) -> None:
    sign_out(browser)
    assert len(world.fakes.issuer.ended) == 1


def test_signing_out_works_while_the_issuer_does_not_answer(
    world: InProcess, office: Organisation, browser: Browser
) -> None:
    world.fakes.issuer.answers = False
    sign_out(browser)
    assert not is_in(browser, office)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", None])
def test_no_other_site_signs_a_person_out(office: Organisation, browser: Browser, origin: str | None) -> None:
    browser.submit(origin=origin)
    assert browser.answer.status == 403
    assert is_in(browser, office)


def test_a_person_who_has_left_sees_nothing_from_then_on(
    world: InProcess, office: Organisation, browser: Browser
) -> None:
    number = office.file()
    path = f"{office.path}/people/{office.subs['handler']}?to={office.subs['screener']}"
    assert world.call("DELETE", path, auth=office.auth("owner")).status == 204
    browser.open(desk(office))
    assert (browser.answer.status, number in browser.answer.text) == (403, False)


def test_a_person_of_another_organisation_sees_nothing(world: InProcess, browser: Browser) -> None:
    other = sign_up(world, "platform")
    number = other.file()
    browser.open(desk(other))
    assert (browser.answer.status, number in browser.answer.text) == (403, False)
    assert "You are not a member of this organisation." in browser.page.text


def test_a_suspended_organisation_can_be_read(world: InProcess, office: Organisation, browser: Browser) -> None:
    assert world.operate("POST", f"/tenants/{office.id}/suspend", {"reason": "x"}).status == 200
    assert is_in(browser, office)


def test_the_table_alone_shows_neither_tokens_nor_names(
    world: InProcess, office: Organisation, browser: Browser
) -> None:
    [item] = stored(world)
    text = f"{item.key} {item.body}"
    for word in (office.emails["handler"], office.subs["handler"], office.id, browser.cookies[SESSION][0]):
        assert word not in text
    assert {item.body} == {f'{{"sealed":"{item.body[11:-2]}"}}'}


def test_an_item_under_another_name_is_no_session(world: InProcess, office: Organisation) -> None:
    """Who can write to the table cannot give their own session another one's content."""
    mine, other = at_the_desk(office, "handler"), at_the_desk(office, "owner")
    assert is_in(other, office)
    first, second = stored(world)
    with binding.directory():
        swapped = [Put(replace(first, body=second.body), if_absent=False)]
        swapped.append(Put(replace(second, body=first.body), if_absent=False))
        world.fakes.wiring.store.commit(swapped)
    assert [is_in(mine, office), is_in(other, office)] == [False, False]


@pytest.mark.parametrize("value", ["", "x", "k1.", "k1.AAAA", "k9.AAAA", "k1." + "A" * 200, "k1.é", "."])
def test_a_forged_cookie_opens_nothing_and_reads_nothing(
    world: InProcess, office: Organisation, browser: Browser, value: str
) -> None:
    browser.cookies[SESSION] = value, "/"
    before = len(world.fakes.store.calls)
    assert not is_in(browser, office)
    assert len(world.fakes.store.calls) == before


def test_a_cookie_that_another_host_has_set_as_well_does_no_harm(
    world: InProcess, office: Organisation, browser: Browser
) -> None:
    browser.cookies = {"__Host-session  /": ("k1.AAAA", "/"), **browser.cookies}
    assert is_in(browser, office)


def test_a_session_of_an_hour_ago_is_none_after_its_end(
    world: InProcess, office: Organisation, browser: Browser
) -> None:
    """DynamoDB deletes expired items hours later."""
    wait(world, HOUR)
    assert stored(world)
    assert not is_in(browser, office)
