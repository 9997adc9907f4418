"""Requests above a limit: 429 with which and until when, before anything is asked of AWS."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.http.call import Call, Reply
from chalicelib.http.sources import Sources
from chalicelib.tenants.plans import PLANS
from chalicelib.tenants.rates import Rates
from tests.api.frame import Frame

RATE = PLANS["starter"].requests_a_minute


@pytest.fixture
def limited(frame: Frame) -> Frame:
    """Six requests a minute from an address, nine of a person; a tenant's as its plan says. Handlers read the store."""
    wiring = frame.fakes.wiring
    limits: dict[str, Any] = {
        "sources": Sources(addresses=6, people=9, real_clock=wiring.real_clock),
        "rates": Rates(wiring.store, wiring.real_clock),
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


def test_an_address_may_send_its_requests_and_then_waits(limited: Frame) -> None:
    assert statuses(limited, 7) == [200] * 6 + [429]
    limited.fakes.real_clock.advance(10_000)
    assert statuses(limited, 2) == [200, 429]


def test_the_answer_says_which_limit_and_until_when(limited: Frame) -> None:
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


def test_people_are_counted_by_themselves_and_not_by_their_address(limited: Frame) -> None:
    statuses(limited, 6)
    one, other = (f"Bearer {limited.token(sub)}" for sub in ("sub-1", "sub-2"))
    assert statuses(limited, 10, Authorization=one) == [200] * 9 + [429]
    assert statuses(limited, 1, Authorization=other) == [200]


def test_bad_credentials_count_as_their_address(limited: Frame) -> None:
    assert statuses(limited, 7, Authorization="Bearer garbage") == [401] * 6 + [429]
    assert statuses(limited, 1) == [429]


def test_trying_out_tenants_ends_at_the_addresss_limit(limited: Frame) -> None:
    assert statuses(limited, 7, path="/v1/t/nobody/things") == [404] * 6 + [429]


def test_a_header_does_not_make_it_another_address(limited: Frame) -> None:
    assert statuses(limited, 7, X_Forwarded_For="203.0.113.9")[-1] == 429


def test_what_an_address_is_refused_asks_nothing_of_aws(limited: Frame) -> None:
    statuses(limited, 6)
    asked: list[str] = []
    limited.fakes.wiring.states.state = asked.append  # type: ignore[method-assign, assignment]
    limited.fakes.store.calls.clear()
    assert statuses(limited, 3) == [429] * 3
    assert (limited.fakes.store.calls, asked) == ([], [])


def test_what_a_tenant_is_refused_asks_nothing_of_aws(limited: Frame) -> None:
    people = [f"Bearer {limited.token(f'sub-{number}')}" for number in range(RATE // 9 + 1)]
    found = [status for person in people for status in statuses(limited, 9, Authorization=person)]
    assert found.count(200) == RATE
    asked: list[str] = []
    limited.fakes.wiring.states.state = asked.append  # type: ignore[method-assign, assignment]
    limited.fakes.store.calls.clear()
    answer = limited.send("GET", "/v1/t/acme/things", Authorization=f"Bearer {limited.token('somebody')}")
    assert (answer.status_code, answer.json_body["limit"]) == (429, "requests_a_minute")
    assert (limited.fakes.store.calls, asked) == ([], [])


def test_another_tenant_is_not_hurt(limited: Frame) -> None:
    for number in range(RATE // 9 + 1):
        statuses(limited, 9, Authorization=f"Bearer {limited.token(f'sub-{number}')}")
    assert statuses(limited, 1, path="/v1/t/paused/things") == [200]
