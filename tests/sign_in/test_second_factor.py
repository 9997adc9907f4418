"""An organisation that asks for a second factor: who has none reaches only the page on which they set it up."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import Browser
from tests.sign_in.door import START, at_the_desk, desk, heading

SET_UP = "/sign-in/second-factor"
CODE = "123456"


@pytest.fixture
def world() -> InProcess:
    return InProcess(START)


@pytest.fixture
def office(world: InProcess) -> Organisation:
    return sign_up(world, "platform")


def ask_for_it(office: Organisation, *, required: bool = True) -> None:
    path, body = f"{office.path}/second-factor", {"required": required}
    assert office.world.call("PUT", path, body, auth=office.auth("owner")).status == 200


def secret(browser: Browser) -> str:
    [found] = [href for href, _ in browser.page.links if href.startswith("otpauth:")]
    return found


def sign_in(world: InProcess, office: Organisation, who: str = "handler") -> Browser:
    browser = Browser(world, "en")
    browser.email = office.emails[who]
    browser.open(desk(office))
    browser.submit()
    return browser


def test_a_member_without_one_reaches_only_the_page_that_sets_it_up(world: InProcess, office: Organisation) -> None:
    ask_for_it(office)
    number = office.file()
    browser = sign_in(world, office)
    for _ in range(2):
        assert (urlsplit(browser.path).path, heading(browser)) == (SET_UP, "Set up your second factor")
        assert number not in browser.answer.text
        browser.open(f"{desk(office)}?lang=en")


def test_a_member_sets_it_up_and_goes_on_to_the_page_that_was_asked_for(world: InProcess, office: Organisation) -> None:
    ask_for_it(office)
    browser = sign_in(world, office)
    browser.submit(code=CODE)
    assert (browser.path, browser.answer.status) == (desk(office), 200)
    assert world.fakes.issuer.factors == {office.emails["handler"]}


@pytest.mark.parametrize("code", ["", "000000", "12345", "abcdef", "1234567"])
def test_a_wrong_code_sets_nothing_up(world: InProcess, office: Organisation, code: str) -> None:
    ask_for_it(office)
    browser = sign_in(world, office)
    shown = secret(browser)
    browser.submit(code=code)
    assert ("is wrong" in browser.page.text, world.fakes.issuer.factors) == (True, set())
    assert secret(browser) == shown, "the application need not be told another one"


def test_a_member_who_has_one_signs_in_as_before(world: InProcess, office: Organisation) -> None:
    ask_for_it(office)
    world.fakes.issuer.factors.add(office.emails["handler"])
    assert sign_in(world, office).path == desk(office)


def test_it_is_asked_for_in_sessions_that_have_begun_before(world: InProcess, office: Organisation) -> None:
    browser = at_the_desk(office, "handler")
    ask_for_it(office)
    browser.open(desk(office))
    assert urlsplit(browser.path).path == SET_UP


def test_who_has_had_one_before_goes_on_without_setting_it_up(world: InProcess, office: Organisation) -> None:
    browser = at_the_desk(office, "handler")
    world.fakes.issuer.factors.add(office.emails["handler"])
    ask_for_it(office)
    browser.open(desk(office))
    assert browser.path == desk(office)


def test_other_organisations_do_not_ask_for_it(world: InProcess, office: Organisation) -> None:
    ask_for_it(sign_up(world, "platform"))
    assert sign_in(world, office).path == desk(office)


def test_an_owner_can_ask_for_it_no_more(world: InProcess, office: Organisation) -> None:
    ask_for_it(office)
    ask_for_it(office, required=False)
    assert sign_in(world, office).path == desk(office)


def test_programs_with_tokens_are_not_asked(office: Organisation) -> None:
    ask_for_it(office)
    assert office.get("/complaints", "handler") == {"complaints": [], "cursor": None}


def test_who_asks_for_it_is_on_record(office: Organisation) -> None:
    ask_for_it(office)
    events = office.get("/record", "owner")["events"]
    assert [one["fields"] for one in events if one["type"] == "second_factor_set"] == [{"required": True}]


def test_only_owners_may_ask_for_it(world: InProcess, office: Organisation) -> None:
    path, body = f"{office.path}/second-factor", {"required": True}
    assert world.call("PUT", path, body, auth=office.auth("handler")).problem == "forbidden"
