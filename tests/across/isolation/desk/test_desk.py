"""Every page and form of the desk, attacked: without a session, with that of another organisation, by other sites."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

import app
from chalicelib.web.contract import Contract
from tests.across.isolation.test_pages import FORM, RULES
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer
from tests.kernel.web.pages.browser import ADDRESS, Browser
from tests.sign_in.door import SESSION, START, at_the_desk, desk

DESK = [one for one in app.app.all_contracts if one.by_session]
TENANTED = [one for one in DESK if one.tenanted]
READ = [one for one in DESK if one.method == "GET" and one.shows_pages]
PRINTED = ("/forms/{form}", "/case-file", "/inspections/{inspection}")
"""Pages to print run nothing and load nothing, so they forbid everything by default."""
OF_DRAFTS = ("/acts/{act}/check",)
NOT_HTML = ("/queue.csv", "/table.csv", "/desk/next")
"""Files, and what leads to another page."""
SENT = [one for one in DESK if one.method == "POST"]


@pytest.fixture
def world() -> InProcess:
    return InProcess(START)


@pytest.fixture
def office(world: InProcess) -> Organisation:
    return sign_up(world, "platform")


@pytest.fixture
def number(office: Organisation) -> str:
    return office.file()


def asked(
    browser: Browser, one: Contract, tenant: str, number: str, origin: str | None = ADDRESS, query: str = ""
) -> Answer:
    """A request with the browser's session."""
    known = {"tenant": tenant, "number": number, "act": "note", "section": "deadlines", "part": "limits"}
    path = one.path.format(**{**dict.fromkeys(one.params, "0"), **known})
    headers = dict(FORM)
    if SESSION in browser.cookies:
        headers["Cookie"] = f"{SESSION.partition(' ')[0]}={browser.cookies[SESSION][0]}"
    if one.method == "POST" and origin is not None:
        headers["Origin"] = origin
    body = b"text=x" if one.method == "POST" else None
    return browser.world.client.request(one.method, path + query, body, headers=headers)


def draft_for(browser: Browser, one: Contract, tenant: str, number: str) -> str:
    """The query of a page that needs something that was typed before."""
    if not one.path.endswith(OF_DRAFTS):
        return ""
    browser.open(f"/t/{tenant}/desk/complaints/{number}/acts/note")
    at = next(at for at, form in enumerate(browser.page.forms) if form.action.endswith("/note"))
    browser.submit(form=at, fact__text="x")
    return f"?{urlsplit(browser.path).query}"


def named(one: Contract) -> str:
    return f"{one.method} {one.path}"


@pytest.mark.parametrize("one", DESK, ids=named)
def test_without_a_session_a_page_leads_to_the_sign_in_and_a_form_is_kept(
    world: InProcess, office: Organisation, number: str, one: Contract
) -> None:
    answer = asked(Browser(world), one, office.id, number)
    assert number not in answer.text.replace(f"/{number}", "")
    if one.method == "GET" and one.shows_pages:
        where = urlsplit(answer.headers["Location"])
        assert (answer.status, where.netloc, where.path) == (303, "", "/sign-in")
        assert parse_qs(where.query)["next"][0].startswith("/")
    else:
        assert answer.status == 401


@pytest.mark.parametrize("one", TENANTED, ids=named)
def test_a_member_of_another_organisation_gets_nothing(
    world: InProcess, office: Organisation, number: str, one: Contract
) -> None:
    attacker = at_the_desk(sign_up(world, "platform"), "owner")
    before = office.events(number)
    answer = asked(attacker, one, office.id, number)
    assert answer.status == 403
    assert number not in answer.text
    assert office.emails["owner"] not in answer.text
    assert office.events(number) == before


@pytest.mark.parametrize("one", [one for one in TENANTED if "{number}" in one.path], ids=named)
def test_the_number_of_another_organisation_is_unknown_at_the_own_one(
    world: InProcess, office: Organisation, number: str, one: Contract
) -> None:
    own = sign_up(world, "platform")
    attacker = at_the_desk(own, "owner")
    same = asked(attacker, one, own.id, f"{number}9")
    assert asked(attacker, one, own.id, number).status == same.status


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "https://redress.example.evil.example", None])
@pytest.mark.parametrize("one", SENT, ids=named)
def test_the_form_of_another_site_changes_nothing(
    world: InProcess, office: Organisation, number: str, one: Contract, origin: str | None
) -> None:
    browser = at_the_desk(office, "owner")
    before = len(world.fakes.store.calls)
    answer = asked(browser, one, office.id, number, origin)
    assert (answer.status, len(world.fakes.store.calls) - before) == (403, 0)


@pytest.mark.parametrize("one", [one for one in READ if not one.path.endswith(NOT_HTML)], ids=named)
def test_each_page_forbids_frames_foreign_content_and_caches(office: Organisation, number: str, one: Contract) -> None:
    browser = at_the_desk(office, "owner")
    query = draft_for(browser, one, office.id, number)
    answer = asked(browser, one, office.id, number, query=query)
    assert answer.headers["Cache-Control"] == "no-store"
    rules = ("default-src 'none'", "frame-ancestors 'none'") if one.path.endswith(PRINTED) else RULES
    assert [rule for rule in rules if rule not in answer.headers["Content-Security-Policy"]] == []
    assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("one", DESK, ids=named)
def test_a_bearer_token_opens_no_page(world: InProcess, office: Organisation, number: str, one: Contract) -> None:
    """So that no other site can send one along, and no program mistakes a page for the API."""
    path = one.path.format(**{**dict.fromkeys(one.params, "0"), "tenant": office.id, "number": number})
    headers = {**FORM, "Authorization": office.auth("owner"), "Origin": ADDRESS}
    body = b"" if one.method == "POST" else None
    assert world.client.request(one.method, path, body, headers=headers).status in (303, 401)


def test_the_cookie_of_a_complainant_is_no_session_of_staff(
    world: InProcess, office: Organisation, number: str
) -> None:
    complainant = Browser(world)
    complainant.open(f"/t/{office.id}/case/{number}")
    complainant.submit(receipt=office.filed[number].receipt)
    _, (value, _) = complainant.session
    answer = world.client.request("GET", desk(office), headers={**FORM, "Cookie": f"__Host-session={value}"})
    assert answer.status == 303


@pytest.mark.parametrize("who", ["handler", "archivist"])
def test_the_queue_of_a_person_has_the_complaints_that_the_api_lists(office: Organisation, who: str) -> None:
    for _ in range(2):
        office.file()
    listed = [one["number"] for one in office.get("/complaints", who)["complaints"]]
    shown = at_the_desk(office, who).page.text
    assert listed
    assert [one for one in listed if one not in shown] == []
