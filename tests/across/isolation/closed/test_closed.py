"""Until an organisation opens, every route refuses people from outside, and its founder alone gets mails from it."""

from __future__ import annotations

import uuid

import pytest

import app
from chalicelib.web.contract import Contract
from tests.across.isolation.closed.luring import BAIT, FOUNDER, founders, is_confirmed, is_open, mailed
from tests.across.isolation.test_pages import FORM
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer
from tests.helpers.left_out import kept
from tests.helpers.nonempty import nonempty

RECEIPT = {"Authorization": "Receipt k1.00000000-0000-0000"}
INSIDE = ({"person"}, {"session"}, {"operator"})
OUTSIDE = [one for one in app.app.all_contracts if one.tenanted and set(one.allow) not in INSIDE]
"""Routes that people without an account may use."""


@pytest.mark.parametrize("one", OUTSIDE, ids=lambda one: f"{one.method} {one.path}")
@pytest.mark.parametrize("state", ["closed", "prepared"])
def test_every_route_for_people_from_outside_refuses_them(
    world: InProcess, state: str, one: Contract, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue(state)
    answer = asked(world, one)
    assert answer.status == 403
    if one.shows_pages:
        assert ("该机构尚未开始受理投诉" in answer.text, BAIT in answer.text) == (True, False)
    else:
        assert answer.problem == "not-open"
    assert mailed(world) == {FOUNDER}


def asked(world: InProcess, one: Contract, **headers: str) -> Answer:
    path = one.path.format(**{**dict.fromkeys(one.params, "0"), "tenant": "bank"})
    key = {"Idempotency-Key": str(uuid.uuid4())}
    body = (b"" if one.page else {}) if one.method != "GET" else None
    sent = {**RECEIPT, **key, **(FORM if one.page else {}), **headers}
    return world.client.request(one.method, path, body, headers=sent)


@pytest.mark.usefixtures("closed")
def test_the_page_is_in_the_readers_language(world: InProcess) -> None:
    pages = {one: world.client.request("GET", f"/t/bank?lang={one}", headers=FORM).text for one in ("zh", "en")}
    assert "该机构尚未开始受理投诉" in pages["zh"]
    assert "The organisation does not take complaints yet" in pages["en"]


def test_members_of_other_organisations_cannot_use_or_open_it(world: InProcess, closed: Organisation) -> None:
    other = sign_up(world, "customer-service")
    for one in OUTSIDE:
        if "person" in one.allow:
            answer = asked(world, one, Authorization=other.auth("owner"))
            assert answer.problem == "not-open" if "public" in one.allow else answer.status >= 400
    assert not is_open(closed)


def test_staff_cannot_file_before_it_opens(prepared: Organisation) -> None:
    assert founders(prepared, "POST", "/complaints", prepared.example()).problem == "not-open"


def test_the_routes_for_people_from_outside_are_known() -> None:
    some = {"get_filing_page": "/t/{tenant}/file", "post_complaint": "/v1/t/{tenant}/complaints"}
    some |= {"get_organisation_page": "/t/{tenant}", "report_office": "/v1/t/{tenant}/supervision"}

    assert {*kept(some).items()} <= {(one.name, one.path) for one in nonempty(OUTSIDE)}


# ---- what opens it ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/people/me"), ("HEAD", "/people/me"), ("GET", "/complaints"), ("PUT", "/origins")]
)
def test_the_founders_first_request_opens_it(closed: Organisation, method: str, path: str) -> None:
    founders(closed, method, path, {"origins": []} if method == "PUT" else None)
    assert is_open(closed)
    assert closed.try_file().status == 201


def test_the_founders_first_request_can_be_a_filing(closed: Organisation) -> None:
    assert (
        founders(
            closed, "POST", "/complaints", closed.world.call("GET", "/v1/presets/corporate-standard").json["example"]
        ).status
        == 201
    )
    assert is_open(closed)


def test_a_refused_request_of_the_founder_opens_it(closed: Organisation) -> None:
    assert founders(closed, "GET", "/complaints/C-1").status == 404
    assert is_open(closed)


@pytest.mark.parametrize("token", ["forged", "x.y.z", ""])
def test_a_request_without_a_valid_token_opens_nothing(closed: Organisation, token: str) -> None:
    closed.tokens["owner"] = token
    assert founders(closed, "GET", "/people/me").status == 401
    assert founders(closed, "POST", "/complaints", {}).status == 401
    assert not is_confirmed(closed)


def test_a_public_page_that_reads_no_token_opens_nothing(closed: Organisation) -> None:
    closed.world.call("GET", "/t/bank", auth=closed.auth("owner"))
    closed.world.call("GET", f"{closed.path}/notices.atom", auth=closed.auth("owner"))
    assert not is_confirmed(closed)


def test_a_sign_in_alone_opens_nothing(world: InProcess, closed: Organisation) -> None:
    password = world.fakes.mailer.to(FOUNDER)[-1].line("Password")
    assert world.token(FOUNDER, password or "")
    assert not is_confirmed(closed)


def test_a_suspended_organisation_opens_when_it_is_resumed(closed: Organisation) -> None:
    closed.world.operate("POST", "/tenants/bank/suspend", {"reason": "x"})
    assert founders(closed, "GET", "/people/me").status == 200
    assert closed.try_file().problem == "tenant-suspended"
    closed.world.operate("POST", "/tenants/bank/resume", None)
    assert closed.try_file().status == 201
