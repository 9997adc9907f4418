"""Signed-in non-members share the part of an organisation's rate that is reserved for anonymous callers."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from chalicelib.kit.instants import MINUTE
from chalicelib.limits.plans import PLANS
from chalicelib.limits.request_rates import UNSIGNED_SHARE, RequestRates
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.kernel.web.serving import client_on

RATE = PLANS["starter"].requests_a_minute
UNSIGNED = int(RATE * UNSIGNED_SHARE)


class Scene:
    """One process with the plan's rates, at the start of a minute."""

    def __init__(self) -> None:
        world = InProcess("2026-11-27T09:10:00+08:00")
        self.home, self.other = (sign_up(world, "corporate-standard") for _ in range(2))
        self.store = world.fakes.store
        self.real_clock = world.fakes.real_clock
        self.real_clock.advance(MINUTE)
        wiring = world.fakes.wiring
        self.rates = RequestRates(wiring.store, wiring.real_clock)
        self.client = client_on(replace(wiring, rates=self.rates))

    def asks(self, who: Organisation) -> int:
        path = f"{self.home.path}/people/me"
        return self.client.request("GET", path, headers={"Authorization": who.auth("owner")}).status

    def fill(self, requests: int) -> None:
        for _ in range(requests):
            self.rates.count(self.home.id, "starter", signed=False)


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_requests_of_a_non_member_leave_the_members_their_share(scene: Scene) -> None:
    scene.fill(UNSIGNED - 1)
    assert [scene.asks(scene.other) for _ in range(3)] == [403, 403, 429]
    assert [scene.asks(scene.home) for _ in range(RATE - UNSIGNED + 1)] == [200] * (RATE - UNSIGNED) + [429]


def test_a_non_member_counted_as_a_member_at_first_costs_no_share_of_members(scene: Scene) -> None:
    scene.asks(scene.other)
    assert scene.rates.used(scene.home.id) == 0


def test_a_refused_non_member_causes_no_store_call(scene: Scene) -> None:
    scene.asks(scene.other)
    scene.fill(UNSIGNED)
    scene.store.calls.clear()
    assert (scene.asks(scene.other), scene.store.calls) == (429, [])


def test_a_new_member_counts_as_a_member_after_a_minute(scene: Scene) -> None:
    headers = {"Authorization": scene.home.auth("owner")}
    sub = scene.client.request("GET", f"{scene.home.path}/people/me", headers=headers).json["sub"]
    scene.rates.non_members.add(scene.home.id, sub)
    scene.fill(UNSIGNED - 1)
    assert scene.asks(scene.home) == 429
    scene.real_clock.advance(MINUTE)
    scene.fill(UNSIGNED)
    assert scene.asks(scene.home) == 200
