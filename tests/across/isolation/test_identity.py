"""Verification of tokens over HTTP, by API Gateway and the app together: in the authorizer on routes for members only,
in the handler on routes that also accept receipts or the public. Every invalid token is rejected."""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import jwt
import pytest
from msgspec.structs import replace

from app import build
from chalicelib.access.id_tokens import IdTokens, KeySet
from chalicelib.kit.instants import MINUTE, SECOND
from infra.local.gateway.responses import GatewayResponses
from infra.local.gateway.rest_api import MAX_BODY_BYTES, Gateway
from infra.local.http import LocalServer
from infra.local.resources.template import load
from tests.clauses.local_stack import LocalStack
from tests.clauses.organisation import Organisation, hire, sign_up
from tests.clauses.world import InProcess
from tests.helpers.fakes import forging, identity
from tests.helpers.fakes.client import Answer
from tests.helpers.fakes.forging import claims_of, forged

ROUTES = {
    "people only, reading": ("GET", "/people", None),
    "people only, writing": ("PUT", "/policy/draft", {"policy": "language: 2\n"}),
    "receipts as well, reading": ("GET", "/complaints/{number}", None),
    "receipts as well, writing": ("POST", "/complaints/{number}/acts/note", {"fields": {"text": "记一笔。"}}),
    "the public as well": ("POST", "/complaints", {"channel": "phone", "facts": {}}),
}
"""One route of each kind: only those for members pass the authorizer."""
ACCEPTED = dict(zip(ROUTES, (200, 200, 200, 200, 422), strict=True))
"""The status with a valid token. The filing passes it and is then refused for its missing facts."""
NOT_IN_A_HEADER = {"not ASCII"}


@dataclass(slots=True)
class Pool:
    """The user pool's key set, with a counter of requests."""

    keys: Mapping[str, Any]
    asked: int = 0

    def __call__(self) -> Mapping[str, Any]:
        self.asked += 1
        return self.keys


@dataclass(slots=True)
class Deployment:
    """Two organisations behind a gateway on a real socket."""

    world: InProcess
    http: LocalStack
    pool: Pool
    home: Organisation
    other: Organisation
    number: str

    def ask(self, route: str, token: str | None, at: Organisation | None = None) -> Answer:
        method, path, body = ROUTES[route]
        whole = (at or self.home).path + path.format(number=self.number)
        return self.http.call(method, whole, body, auth=None if token is None else f"Bearer {token}")

    def claims(self, who: str = "owner") -> dict[str, Any]:
        sub = identity_of(self.home.tokens[who])
        return claims_of(sub, self.world.fakes.real_clock() // SECOND)

    def calls(self) -> int:
        return len(self.world.fakes.store.calls)


def identity_of(token: str) -> str:
    return str(jwt.decode(token, options={"verify_signature": False})["sub"])


@contextmanager
def deployed() -> Iterator[Deployment]:
    world, pool = InProcess("2026-11-27T09:00:00+08:00"), Pool(identity.jwks())
    home, other = sign_up(world, "corporate-standard"), sign_up(world, "telecom-regulator")
    clock = world.fakes.real_clock
    tokens = IdTokens(issuer=identity.ISSUER, audience=identity.AUDIENCE, keys=KeySet(pool, clock), real_clock=clock)
    wiring = replace(world.fakes.wiring, tokens=tokens)
    responses = GatewayResponses(load()["Resources"]["RestAPI"]["Properties"]["GatewayResponses"])
    with LocalServer(0, Gateway(build(lambda: wiring), responses).respond, MAX_BODY_BYTES) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield Deployment(world, LocalStack(server.url), pool, home, other, home.file())
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def deployment() -> Iterator[Deployment]:
    with deployed() as one:
        yield one


@pytest.fixture(scope="module")
def invalid(deployment: Deployment) -> dict[str, str]:
    """The tokens that a header can hold, by their defect: unsigned, `alg: none`, HS256 with the public key, expired,
    another pool's or client's, an access token, …"""
    return {name: text for name, text in forged(deployment.claims()).items() if name not in NOT_IN_A_HEADER}


@pytest.fixture
def fresh() -> Iterator[Deployment]:
    """For tests that change the pool or count its requests."""
    with deployed() as one:
        yield one


@pytest.mark.parametrize("route", ROUTES)
def test_a_valid_token_is_accepted(deployment: Deployment, route: str) -> None:
    assert deployment.ask(route, forging.signed(deployment.claims())).status == ACCEPTED[route]


@pytest.mark.parametrize("route", ROUTES)
def test_an_invalid_token_is_rejected_without_any_look_up(
    deployment: Deployment, invalid: dict[str, str], route: str
) -> None:
    before = deployment.calls()
    answers = {name: deployment.ask(route, token) for name, token in invalid.items()}
    assert {name: (answer.status, answer.problem) for name, answer in answers.items()} == dict.fromkeys(
        invalid, (401, "unauthenticated")
    )
    assert len({json.dumps({**answer.json, "correlation_id": ""}) for answer in answers.values()}) == 1
    assert {answer.headers["WWW-Authenticate"] for answer in answers.values()} == {
        'Bearer realm="redress", Receipt realm="redress"'
    }
    assert deployment.calls() == before


@pytest.mark.parametrize("route", [name for name in ROUTES if name != "the public as well"])
@pytest.mark.parametrize("header", [None, "Bearer", "Basic b3duZXI6b3duZXI=", "Receipt"])
def test_requests_without_a_token_are_rejected(deployment: Deployment, route: str, header: str | None) -> None:
    method, path, body = ROUTES[route]
    before = deployment.calls()
    answer = deployment.http.call(
        method, deployment.home.path + path.format(number=deployment.number), body, auth=header
    )
    assert (answer.status, answer.problem, deployment.calls()) == (401, "unauthenticated", before)


@pytest.mark.parametrize("route", ROUTES)
def test_a_valid_token_gives_no_access_to_another_organisation(deployment: Deployment, route: str) -> None:
    answer = deployment.ask(route, forging.signed(deployment.claims()), deployment.other)
    assert (answer.status, answer.problem) == (403, "forbidden")


@pytest.mark.parametrize("route", ROUTES)
def test_a_removed_person_is_rejected_at_once_despite_a_valid_token(deployment: Deployment, route: str) -> None:
    home, who = deployment.home, f"leaving{len(deployment.home.subs)}"
    hire(home, "agent", name=who)
    token = forging.signed(deployment.claims(who))
    assert deployment.ask("people only, reading", token).status == 200
    removed = deployment.world.call("DELETE", f"{home.path}/people/{home.subs[who]}", auth=home.auth("owner"))
    assert removed.status == 204, removed.text
    answer = deployment.ask(route, token)
    assert (answer.status, answer.problem) == (403, "forbidden")


def test_claims_about_roles_or_tenants_are_ignored(deployment: Deployment) -> None:
    """People can write attributes of their own accounts."""
    said = {"custom:tenant": deployment.other.id, "custom:role": "owner", "cognito:groups": ["owner"]}
    token = forging.signed(deployment.claims("agent"), **said)
    assert deployment.ask("people only, writing", token).status == 403
    assert deployment.ask("people only, reading", token, deployment.other).status == 403


def test_a_person_has_separate_roles_in_each_organisation(deployment: Deployment) -> None:
    home, other = deployment.home, deployment.other
    hire(home, "agent", name="two-fold")
    body = {"email": home.emails["two-fold"], "name": "两处任职", "grants": [{"role": "owner"}]}
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    invited = deployment.http.call("POST", f"{other.path}/people", body, auth=other.auth("owner"), headers=headers)
    assert (invited.status, invited.json["sub"]) == (201, home.subs["two-fold"])
    token = forging.signed(deployment.claims("two-fold"))
    assert deployment.ask("people only, writing", token, other).status == 200
    assert deployment.ask("people only, writing", token, home).status == 403
    roles = {
        each.id: deployment.http.call("GET", f"{each.path}/people/me", auth=f"Bearer {token}").json["grants"]
        for each in (home, other)
    }
    assert roles == {home.id: [{"role": "agent"}], other.id: [{"role": "owner"}]}


def test_removal_from_one_organisation_does_not_affect_another(deployment: Deployment) -> None:
    home, other = deployment.home, deployment.other
    hire(home, "agent", name="both")
    email, role = home.emails["both"], next(role for role in other.subs)
    body = {"email": email, "name": "两处任职", "grants": [{"role": role}]}
    assert deployment.world.call("POST", f"{other.path}/people", body, auth=other.auth("owner")).status == 201
    path = f"{home.path}/people/{home.subs['both']}"
    assert deployment.world.call("DELETE", path, auth=home.auth("owner")).status == 204
    token = forging.signed(deployment.claims("both"))
    assert deployment.ask("people only, reading", token).status == 403
    assert deployment.ask("people only, reading", token, other).status == 200


@pytest.mark.parametrize("route", ["people only, reading", "receipts as well, reading"])
def test_after_a_key_change_only_new_tokens_are_accepted(fresh: Deployment, route: str) -> None:
    old = forging.signed(fresh.claims())
    assert fresh.ask(route, old).status == 200
    fresh.pool.keys = {"keys": [{**fresh.pool.keys["keys"][0], "kid": "next"}]}
    fresh.world.fakes.real_clock.advance(MINUTE)
    assert fresh.ask(route, forging.signed(fresh.claims(), kid="next")).status == 200
    assert fresh.ask(route, old).status == 401


def test_the_pools_keys_are_fetched_once_for_many_requests(fresh: Deployment) -> None:
    token = forging.signed(fresh.claims())
    for route in (*ROUTES, *ROUTES):
        fresh.ask(route, token)
    assert fresh.pool.asked == 1
