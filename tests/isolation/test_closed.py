"""An organisation that a stranger signed up with somebody else's address: until it opens, nobody else is reached."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest

import app
from chalicelib.http.contract import Contract
from chalicelib.leaving.lapse import LAPSES_AFTER
from chalicelib.workers import hourly
from tests.api.serving import client_on
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess, advance
from tests.fakes.client import Answer
from tests.fakes.faults import Breaker, Crash
from tests.fakes.wiring import with_empty_caches
from tests.isolation.test_pages import FORM
from tests.nonempty import nonempty

FOUNDER = "founder@bank.example"
BAIT = "中奖通知"
"""The name that a stranger gave the organisation."""
RECEIPT = {"Authorization": "Receipt k1.00000000-0000-0000"}
OUTSIDE = [one for one in app.app.all_contracts if one.tenanted and not one.people_only and not one.operators_only]
"""Routes that people without an account may use."""


@pytest.fixture
def world() -> InProcess:
    return InProcess("2026-11-27T09:00:00+08:00")


@pytest.fixture
def closed(world: InProcess) -> Organisation:
    return signed_up(world)


@pytest.fixture
def prepared(world: InProcess) -> Organisation:
    """Its founder has signed in, and has not opened it."""
    found = signed_up(world, opens="by_owner")
    assert founders(found, "GET", "/people/me").status == 200
    return found


def signed_up(world: InProcess, **asked: str) -> Organisation:
    body = {"id": "bank", "name": BAIT, "email": FOUNDER, "preset": "corporate-standard", **asked}
    answer = world.call("POST", "/v1/tenants", body)
    assert (answer.status, answer.json["open"]) == (201, False)
    return Organisation(world, "bank", "corporate-standard", {"owner": world.fakes.identity.token_of(FOUNDER)})


def founders(at: Organisation, method: str, path: str, body: Any = None) -> Answer:
    return at.world.call(method, at.path + path, body, auth=at.auth("owner"))


def is_open(at: Organisation) -> bool:
    shown = at.world.operate("GET", f"/tenants/{at.id}", None).json
    return bool(shown["open"])


def is_confirmed(at: Organisation) -> bool:
    return bool(at.world.operate("GET", f"/tenants/{at.id}", None).json["confirmed"])


def invited(at: Organisation, email: str, role: str = "agent") -> Answer:
    return founders(at, "POST", "/people", {"email": email, "name": "林", "grants": [{"role": role}]})


def later(world: InProcess, time: str) -> None:
    """Moves the clock and runs the hourly job."""
    advance(world, time)
    world.sweep()


def mailed(world: InProcess) -> set[str]:
    return {mail.to for mail in world.fakes.mailer.outbox}


# ---- people from outside ---------------------------------------------------------------------------------------------


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


# ---- opened by an owner ----------------------------------------------------------------------------------------------


def test_an_owner_opens_it(prepared: Organisation) -> None:
    assert (is_open(prepared), prepared.get("", "owner")["open"]) == (False, False)
    answers = [founders(prepared, "POST", "/open") for _ in range(2)]
    assert [(one.status, one.json["open"]) for one in answers] == [(200, True)] * 2
    assert (prepared.get("", "owner")["open"], prepared.try_file().status) == (True, 201)


def test_opening_it_again_writes_nothing(world: InProcess, prepared: Organisation) -> None:
    founders(prepared, "POST", "/open")
    world.fakes.store.calls.clear()
    founders(prepared, "POST", "/open")
    assert "commit" not in [call.name for call in world.fakes.store.calls]


def test_only_owners_open_it(world: InProcess, prepared: Organisation) -> None:
    colleague = sign_up(world, "customer-service").emails["owner"]
    assert invited(prepared, colleague).status == 201
    prepared.tokens["agent"] = world.fakes.identity.token_of(colleague)
    answer = world.call("POST", f"{prepared.path}/open", auth=prepared.auth("agent"))
    assert (answer.problem, is_open(prepared)) == ("forbidden", False)


def test_another_owner_opens_it_after_the_founder_has_left(world: InProcess, prepared: Organisation) -> None:
    successor = sign_up(world, "customer-service").emails["owner"]
    assert invited(prepared, successor, "owner").status == 201
    founder = prepared.get("/people/me", "owner")["sub"]
    prepared.tokens["owner"] = world.fakes.identity.token_of(successor)
    assert founders(prepared, "DELETE", f"/people/{founder}").status in (202, 204)
    assert founders(prepared, "POST", "/open").status == 200


def test_invitations_wait_until_it_opens(world: InProcess, prepared: Organisation) -> None:
    answer = invited(prepared, "lin@bank.example")
    assert (answer.status, answer.json["invitation"]) == (201, "at_opening")
    later(world, "5 days")
    assert mailed(world) == {FOUNDER}

    founders(prepared, "POST", "/open")
    world.sweep()

    assert mailed(world) == {FOUNDER, "lin@bank.example"}
    later(world, "2 hours")
    assert len(world.fakes.mailer.to("lin@bank.example")) == 1


def test_an_open_organisation_mails_invitations_at_once(world: InProcess, closed: Organisation) -> None:
    assert "invitation" not in invited(closed, "lin@bank.example").json
    assert mailed(world) == {FOUNDER, "lin@bank.example"}


def test_it_can_be_left_before_it_opens(world: InProcess, prepared: Organisation) -> None:
    assert founders(prepared, "POST", "/leave", {"id": "bank"}).status == 202
    assert founders(prepared, "POST", "/open").problem == "tenant-suspended"
    later(world, "31 days")
    assert world.operate("GET", "/tenants/bank", None).json["state"] in ("erasing", "erased")


def test_it_stays_closed_after_the_owner_has_left_and_returned(prepared: Organisation) -> None:
    founders(prepared, "POST", "/leave", {"id": "bank"})
    founders(prepared, "DELETE", "/leave")
    assert not is_open(prepared)
    assert founders(prepared, "POST", "/open").status == 200


# ---- processes, races and crashes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("opens", ["at_sign_in", "by_owner"])
def test_a_process_that_saw_it_closed_sees_it_open_at_once(world: InProcess, opens: str) -> None:
    at = signed_up(world, opens=opens)
    other = client_on(with_empty_caches(world.fakes).wiring)
    page = lambda: other.request("GET", "/t/bank", headers=FORM).status  # noqa: E731
    before = page()
    founders(at, "GET", "/people/me")
    founders(at, "POST", "/open")
    assert (before, page()) == (403, 200)


def test_two_first_requests_at_once_both_succeed(world: InProcess, closed: Organisation) -> None:
    before_the_write(world, lambda: client_of_another_process(world, closed))
    assert founders(closed, "GET", "/people/me").status == 200
    assert is_open(closed)


def test_the_hourly_job_at_the_same_time_stops_no_opening(world: InProcess, closed: Organisation) -> None:
    before_the_write(world, lambda: hourly.run(world.fakes.wiring, "bank", world.now()))
    assert founders(closed, "GET", "/people/me").status == 200
    assert is_open(closed)


def test_an_organisation_that_lapses_at_the_same_time_stays_closed(world: InProcess, closed: Organisation) -> None:
    world.fakes.real_clock.advance(LAPSES_AFTER)
    closed.tokens["owner"] = world.fakes.identity.token_of(FOUNDER)
    before_the_write(world, lambda: hourly.run(world.fakes.wiring, "bank", world.now()))
    assert founders(closed, "GET", "/people/me").problem == "tenant-unknown"
    assert not is_confirmed(closed)


def before_the_write(world: InProcess, do: Callable[[], object]) -> None:
    """Runs `do` between the read and the write of the next request that opens something."""

    def meanwhile(call: object) -> None:
        if getattr(call, "name", "") == "commit":
            world.fakes.store.before = None
            do()

    world.fakes.store.before = meanwhile


def client_of_another_process(world: InProcess, at: Organisation) -> None:
    other = client_on(with_empty_caches(world.fakes).wiring)
    answer = other.request("GET", f"{at.path}/people/me", headers={"Authorization": at.auth("owner")})
    assert answer.status == 200


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("call", range(1, 6))
def test_a_crash_leaves_it_closed_or_open(world: InProcess, prepared: Organisation, call: int, after: bool) -> None:
    dying = client_on(world.fakes.breaking(Breaker(call, after=after)))
    with pytest.raises(Crash):
        dying.request("POST", f"{prepared.path}/open", headers={"Authorization": prepared.auth("owner")})
    assert founders(prepared, "POST", "/open").json["open"]
    assert prepared.try_file().status == 201


def test_an_organisation_without_a_request_of_its_founder_lapses(world: InProcess) -> None:
    at = signed_up(world, opens="by_owner")
    world.fakes.real_clock.advance(LAPSES_AFTER)
    later(world, "2 hours")
    assert world.operate("GET", f"/tenants/{at.id}", None).json["state"] == "lapsing"


def test_the_routes_for_people_from_outside_are_known() -> None:
    assert {"/t/{tenant}", "/t/{tenant}/file", "/v1/t/{tenant}/complaints", "/v1/t/{tenant}/supervision"} <= {
        one.path for one in nonempty(OUTSIDE)
    }
