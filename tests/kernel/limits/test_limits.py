"""Requests above a rate limit: 429 with the limit and its end, before any call to AWS."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from msgspec.structs import replace

from app import build
from chalicelib.limits.plans import PLANS
from chalicelib.limits.request_rates import RequestRates
from chalicelib.limits.sources import RequestSources
from chalicelib.web.call import Call, Reply
from chalicelib.web.contract import Contract
from chalicelib.wiring import Wiring
from tests.helpers.fakes import identity
from tests.helpers.fakes.client import Client
from tests.helpers.fakes.wiring import GENEROUS, fakes
from tests.kernel.web.client import Frame

RATE = PLANS["starter"].requests_a_minute


@pytest.fixture
def limited(frame: Frame) -> Frame:
    """Per minute: six requests for an address, nine for a person, the plan's rate for a tenant."""
    wiring = frame.fakes.wiring
    limits: dict[str, Any] = {
        "sources": RequestSources(addresses=6, people=9, real_clock=wiring.real_clock),
        "rates": RequestRates(wiring.store, wiring.real_clock),
    }
    frame.api.get_wiring = lambda: replace(wiring, **limits)

    @frame.api.route("/v1/heavy", method="POST", summary="Heavy", allow=["public"], weight=3)
    def heavy(_: Call) -> Reply:
        return Reply({})

    @frame.api.route("/v1/t/{tenant}/things", method="GET", summary="Things", allow=["public", "person"])
    def things(_: Call) -> Reply:
        return Reply({})

    return frame


def statuses(
    frame: Frame, times: int, method: str = "GET", path: str = "/v1/t/acme/things", **headers: str
) -> list[int]:
    return [frame.send(method, path, **headers).status_code for _ in range(times)]


def test_an_address_is_limited_per_minute(limited: Frame) -> None:
    assert statuses(limited, 7) == [200] * 6 + [429]
    limited.fakes.real_clock.advance(10_000)
    assert statuses(limited, 2) == [200, 429]


def test_the_response_has_the_limit_and_its_end(limited: Frame) -> None:
    statuses(limited, 6)
    answer = limited.send("GET", "/v1/t/acme/things")
    body = answer.json_body
    assert (body["type"], body["limit"], body["most"]) == (
        "/v1/problems/too-many-requests",
        "requests_from_an_address",
        6,
    )
    assert answer.headers["Retry-After"] == str(body["retry_after"]) == "10"
    assert body["until"].endswith("Z")


def test_costly_routes_count_as_several(limited: Frame) -> None:
    assert statuses(limited, 3, "POST", "/v1/heavy") == [200, 200, 429]


def test_the_domains_clock_does_not_matter(limited: Frame) -> None:
    statuses(limited, 6)
    limited.fakes.clock.advance(3_600_000)
    assert statuses(limited, 1) == [429]


def test_people_are_counted_by_person_and_not_by_address(limited: Frame) -> None:
    statuses(limited, 6)
    one, other = (f"Bearer {limited.token(sub)}" for sub in ("sub-1", "sub-2"))
    assert statuses(limited, 10, Authorization=one) == [200] * 9 + [429]
    assert statuses(limited, 1, Authorization=other) == [200]


def test_bad_credentials_count_as_their_address(limited: Frame) -> None:
    assert statuses(limited, 7, Authorization="Bearer garbage") == [401] * 6 + [429]
    assert statuses(limited, 1) == [429]


def test_guessing_tenant_ids_is_limited_by_address(limited: Frame) -> None:
    assert statuses(limited, 7, path="/v1/t/nobody/things") == [404] * 6 + [429]


@pytest.mark.parametrize(
    "header",
    [
        "X-Forwarded-For",
        "Forwarded",
        "X-Real-IP",
        "True-Client-IP",
        "CF-Connecting-IP",
        "CloudFront-Viewer-Address",
        "X-Redress-Edge",
    ],
)
def test_no_header_changes_the_counted_address(limited: Frame, header: str) -> None:
    said = [{header: f"203.0.113.{n}"} for n in range(7)]
    answers = [limited.send("GET", "/v1/t/acme/things", **each).status_code for each in said]
    assert answers == [200] * 6 + [429]


def test_a_request_refused_by_address_calls_no_aws_service(limited: Frame) -> None:
    statuses(limited, 6)
    asked: list[str] = []
    limited.fakes.wiring.states.state = asked.append  # type: ignore[method-assign, assignment]
    limited.fakes.store.calls.clear()
    assert statuses(limited, 3) == [429] * 3
    assert (limited.fakes.store.calls, asked) == ([], [])


def test_a_request_refused_by_tenant_calls_no_aws_service(limited: Frame) -> None:
    people = [f"Bearer {limited.token(f'sub-{number}')}" for number in range(RATE // 9 + 1)]
    found = [status for person in people for status in statuses(limited, 9, Authorization=person)]
    assert found.count(200) == RATE
    asked: list[str] = []
    limited.fakes.wiring.states.state = asked.append  # type: ignore[method-assign, assignment]
    limited.fakes.store.calls.clear()
    answer = limited.send("GET", "/v1/t/acme/things", Authorization=f"Bearer {limited.token('somebody')}")
    assert (answer.status_code, answer.json_body["limit"]) == (429, "requests_a_minute")
    assert (limited.fakes.store.calls, asked) == ([], [])


def test_another_tenant_is_not_affected(limited: Frame) -> None:
    for number in range(RATE // 9 + 1):
        statuses(limited, 9, Authorization=f"Bearer {limited.token(f'sub-{number}')}")
    assert statuses(limited, 1, path="/v1/t/paused/things") == [200]


# ---- all routes ---------------------------------------------------------------------------------------------------


class Unasked:
    """`ports.TenantStates` that fails for every value that is not cached."""

    def state(self, tenant: str) -> str | None:
        raise AssertionError("a throttled request asked the directory")

    def plan(self, tenant: str) -> str | None:
        return "starter"

    def is_open(self, tenant: str) -> bool:
        return True

    def reason(self, tenant: str) -> str:
        return ""

    def origins(self, tenant: str) -> Sequence[str]:
        return ()

    def invalidate(self, tenant: str) -> None:
        raise AssertionError("a throttled request changed an organisation")


class World:
    """The whole API, with all limits of this minute used up."""

    def __init__(self) -> None:
        self.fakes = fakes()
        self.sources = RequestSources(addresses=1, people=1, real_clock=self.fakes.real_clock)
        self.rates = RequestRates(self.fakes.store, self.fakes.real_clock)
        for _ in range(RATE):
            self.rates.count("acme", "starter", signed=True)
        self.api = build(lambda: self.fakes.wiring)
        self.api.get_wiring = self.wiring
        self.client = Client(self.api)

    def wiring(self) -> Wiring:
        return replace(self.fakes.wiring, states=Unasked(), sources=self.sources, rates=self.rates)

    def refused(self, contract: Contract, **headers: str) -> str:
        """The limit in the response. Asserts that there was no call to AWS."""
        path = contract.path.format(**dict.fromkeys(contract.params, "acme"))
        self.fakes.store.calls.clear()
        answer = self.client.request(contract.method, path, headers=headers)
        assert (answer.status, self.fakes.store.calls, self.fakes.identity.people) == (429, [], {}), answer.text
        return str(answer.json["limit"])


@pytest.fixture(scope="module")
def world() -> World:
    return World()


def contracts() -> list[Contract]:
    api = World().api
    return list(api.contracts)


@pytest.mark.parametrize("contract", [one for one in contracts() if not one.people_only], ids=lambda one: one.name)
def test_every_anonymous_route_is_limited_by_address(world: World, contract: Contract) -> None:
    world.sources = RequestSources(addresses=1, people=1, real_clock=world.fakes.real_clock)
    world.sources.take(contract.weight, "")
    assert world.refused(contract, Authorization="Receipt abc") == "requests_from_an_address"


@pytest.mark.parametrize("contract", [one for one in contracts() if "person" in one.allow], ids=lambda one: one.name)
def test_every_route_for_people_is_limited_by_person(world: World, contract: Contract) -> None:
    world.sources = RequestSources(addresses=1, people=1, real_clock=world.fakes.real_clock)
    world.sources.take(contract.weight, "", "sub-1")
    token = identity.id_token("sub-1")
    assert world.refused(contract, Authorization=f"Bearer {token}") == "requests_of_a_person"


@pytest.mark.parametrize("contract", [one for one in contracts() if one.tenanted], ids=lambda one: one.name)
def test_every_route_of_a_tenant_is_limited_by_its_plan(world: World, contract: Contract) -> None:
    world.sources = RequestSources(addresses=GENEROUS, people=GENEROUS, real_clock=world.fakes.real_clock)
    headers = {"Authorization": f"Bearer {identity.id_token('sub-1')}"} if "person" in contract.allow else {}
    receipt = {"Authorization": "Receipt abc"} if contract.allow == ["receipt"] else {}
    assert world.refused(contract, **headers, **receipt) == "requests_a_minute"


def test_head_counts_like_get(world: World) -> None:
    world.sources = RequestSources(addresses=2, people=1, real_clock=world.fakes.real_clock)
    statuses = [world.client.request(method, "/v1/health").status for method in ("HEAD", "GET", "HEAD")]
    assert statuses == [200, 200, 429]


def test_an_unknown_path_counts_for_its_address(world: World) -> None:
    world.sources = RequestSources(addresses=2, people=1, real_clock=world.fakes.real_clock)
    statuses = [world.client.request("GET", f"/v1/nowhere/{number}").status for number in range(3)]
    assert statuses == [404, 404, 429]


def test_a_wrong_method_counts_for_its_address(world: World) -> None:
    world.sources = RequestSources(addresses=2, people=1, real_clock=world.fakes.real_clock)
    token = identity.id_token("sub-1")
    answers = [world.client.request("DELETE", "/v1/health", token=token) for _ in range(3)]
    assert [answer.status for answer in answers] == [405, 405, 429]
    assert answers[2].json["limit"] == "requests_from_an_address"
