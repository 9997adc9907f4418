"""An owner opens an organisation; processes, races and crashes at its opening."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chalicelib.features.leaving.lapse import LAPSES_AFTER
from chalicelib.workers import hourly
from tests.across.isolation.closed.luring import (
    FOUNDER,
    founders,
    invited,
    is_confirmed,
    is_open,
    later,
    mailed,
    signed_up,
)
from tests.across.isolation.test_pages import FORM
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.helpers.fakes.faults import Breaker, Crash
from tests.helpers.fakes.wiring import with_empty_caches
from tests.kernel.web.serving import client_on


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
