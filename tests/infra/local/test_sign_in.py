"""The issuer of the local stack: one click for each demonstration person, the form for others, and its protocol."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from infra.local.api_client import password_in
from tests.across.leaks import planted
from tests.clauses.local_stack import LocalStack, description
from tests.clauses.organisation import sign_up_owner
from tests.kernel.web.pages.document import read


class Http:
    """A program with cookies that follows redirects."""

    def __init__(self, stack: LocalStack) -> None:
        self.stack, self.jar = stack, CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.url, self.status, self.text = "", 0, ""

    def ask(self, path: str, form: dict[str, str] | None = None) -> None:
        address = path if path.startswith("http") else self.stack.url + path
        body = None if form is None else urlencode(form).encode()
        headers = {"Accept": "text/html", "Accept-Language": "en", "Origin": self.stack.url}
        request = urllib.request.Request(address, body, headers)
        try:
            with self._opener.open(request) as answer:
                self.url, self.status, self.text = answer.url, answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            self.url, self.status, self.text = error.url or "", error.code, error.read().decode()

    def at_the_issuer(self, email: str = "") -> dict[str, str]:
        """Begins to sign in. The hidden values of the issuer's form."""
        self.ask("/sign-in", {"email": email})
        assert urlsplit(self.url).path == "/_local/oauth2/authorize", self.text
        form = next(one for one in read(self.text).forms if any(each.name == "password" for each in one.controls))
        return {one.name: one.value for one in form.controls if one.type == "hidden"}


@pytest.fixture
def described(stack: LocalStack) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(description(stack.output.parent).read_text("utf-8"))
    return found


@pytest.fixture
def http(stack: LocalStack) -> Http:
    return Http(stack)


def test_a_link_signs_in_as_each_demonstration_person(stack: LocalStack, described: dict[str, Any]) -> None:
    [tenant] = described["tenants"]
    for person in tenant["people"]:
        browser = Http(stack)
        browser.ask(person["sign_in"])
        assert (browser.url, browser.status) == (f"{stack.url}/t/{tenant['slug']}/desk", 200)


def test_the_links_are_printed(stack: LocalStack, described: dict[str, Any]) -> None:
    printed = stack.output.read_text("utf-8")
    people = [person for tenant in described["tenants"] for person in tenant["people"]]
    assert people
    assert [one["sign_in"] for one in people if one["sign_in"] not in printed] == []


def test_no_link_signs_in_as_somebody_else(stack: LocalStack, http: Http) -> None:
    owner = f"owner@{sign_up_owner(stack, 'platform').id}.example"
    for email in (owner, "nobody@nowhere.example"):
        http.ask(f"/_local/sign-in?{urlencode({'email': email})}")
        assert http.status == 404


def test_a_button_signs_in_as_a_demonstration_person(http: Http, described: dict[str, Any]) -> None:
    [tenant] = described["tenants"]
    hidden = http.at_the_issuer()
    http.ask(http.url, {**hidden, "as": tenant["people"][1]["email"]})
    assert urlsplit(http.url).path == f"/t/{tenant['slug']}/desk"


def test_an_invited_person_signs_in_with_the_password_of_the_mail(stack: LocalStack, http: Http) -> None:
    office = sign_up_owner(stack, "platform")
    email = f"late@{office.id}.example"
    body = {"email": email, "name": "late", "grants": [{"role": "handler"}]}
    assert stack.call("POST", f"{office.path}/people", body, auth=office.auth("owner")).status == 201
    password = password_in(stack.mail(email)) or ""
    planted.plant_secret("password", password)
    for _ in range(2):  # the first makes it permanent
        again = Http(stack)
        again.ask(again.url or "/sign-in")
        hidden = again.at_the_issuer(email)
        again.ask(again.url, {**hidden, "email": email, "password": password})
        assert urlsplit(again.url).path == f"/t/{office.id}/desk"


def test_a_wrong_password_is_said_on_the_page(http: Http) -> None:
    hidden = http.at_the_issuer()
    http.ask(http.url, {**hidden, "email": "owner@demo-platform.example.com", "password": "wrong"})
    assert (http.status, "is wrong" in http.text) == (401, True)


@pytest.mark.parametrize(
    "change",
    [{"client_id": "another"}, {"redirect_uri": "https://evil.example"}, {"code_challenge_method": "plain"}],
    ids=str,
)
def test_the_issuer_serves_our_client_and_its_own_address_only(http: Http, change: dict[str, str]) -> None:
    http.at_the_issuer()
    asked = {name: values[0] for name, values in parse_qs(urlsplit(http.url).query).items()}
    http.ask("/_local/oauth2/authorize?" + urlencode({**asked, **change}))
    assert http.status == 400


def test_a_code_without_its_verifier_gets_no_token(stack: LocalStack, http: Http) -> None:
    form = {"grant_type": "authorization_code", "code": "x", "code_verifier": "x", "client_id": "x"}
    http.ask("/_local/oauth2/token", form)
    assert (http.status, json.loads(http.text)) == (400, {"error": "invalid_client"})


def test_signing_out_ends_the_session_and_comes_back_to_the_door(http: Http, described: dict[str, Any]) -> None:
    [tenant] = described["tenants"]
    http.ask(tenant["people"][0]["sign_in"])
    http.ask("/sign-out", {})
    assert urlsplit(http.url).path == "/sign-in"
    http.ask(f"/t/{tenant['slug']}/desk")
    assert urlsplit(http.url).path == "/sign-in"


def test_a_person_sets_up_the_second_factor_that_an_organisation_asks_for(stack: LocalStack, http: Http) -> None:
    office = sign_up_owner(stack, "platform")
    email, password = f"strict@{office.id}.example", ""
    body = {"email": email, "name": "strict", "grants": [{"role": "handler"}]}
    assert stack.call("POST", f"{office.path}/people", body, auth=office.auth("owner")).status == 201
    asked = stack.call("PUT", f"{office.path}/second-factor", {"required": True}, auth=office.auth("owner"))
    assert asked.status == 200, asked.text
    password = password_in(stack.mail(email)) or ""
    planted.plant_secret("password", password)
    hidden = http.at_the_issuer(email)
    http.ask(http.url, {**hidden, "email": email, "password": password})
    http.ask("/sign-in/second-factor", {"code": "123456", "next": f"/t/{office.id}/desk"})
    assert (urlsplit(http.url).path, http.status) == (f"/t/{office.id}/desk", 200)
    again = Http(stack)
    hidden = again.at_the_issuer(email)
    again.ask(again.url, {**hidden, "email": email, "password": password})
    assert urlsplit(again.url).path == f"/t/{office.id}/desk"
