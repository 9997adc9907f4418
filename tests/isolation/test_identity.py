"""Who sends a token is proved over HTTP, as API Gateway and the app do it together: by the authorizer on routes for
people only, in the handler on routes that receipts or the public use as well. Every token that is none is refused."""

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
from chalicelib.access.id_tokens import IdTokens
from chalicelib.access.jwks import KeySet
from chalicelib.instants import MINUTE, SECOND
from infra.local.gateway import MAX_BODY_BYTES, Gateway
from infra.local.gateway_responses import GatewayResponses
from infra.local.http import LocalServer
from infra.local.resources.template import load
from tests.clauses.organisation import Organisation, hire, sign_up
from tests.clauses.world import InProcess, LocalStack
from tests.fakes import forging, identity
from tests.fakes.client import Answer
from tests.fakes.forging import claims_of, forged

ROUTES = {
    "people only, reading": ("GET", "/people", None),
    "people only, writing": ("PUT", "/policy/draft", {"policy": "language: 2\n"}),
    "receipts as well, reading": ("GET", "/complaints/{number}", None),
    "receipts as well, writing": ("POST", "/complaints/{number}/acts/note", {"fields": {"text": "记一笔。"}}),
    "the public as well": ("POST", "/complaints", {"channel": "phone", "facts": {}}),
}
"""One of each kind: people only go through the authorizer, the others do not."""
NOT_IN_A_HEADER = {"not ASCII"}


@dataclass(slots=True)
class Pool:
    """The user pool's key set, counting how often it is asked."""

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
    with LocalServer(0, Gateway(build(lambda: wiring), responses).answer, MAX_BODY_BYTES) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield Deployment(world, LocalStack(server.url), pool, home, other, home.file())
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def deployment() -> Iterator[Deployment]:
    with deployed() as one:
        yield one


@pytest.fixture
def fresh() -> Iterator[Deployment]:
    """For what changes the pool, or counts what it was asked."""
    with deployed() as one:
        yield one


@pytest.mark.parametrize("route", ROUTES)
def test_a_good_token_is_taken(deployment: Deployment, route: str) -> None:
    assert deployment.ask(route, forging.signed(deployment.claims())).status in (200, 201, 422)


@pytest.mark.parametrize("route", ROUTES)
def test_a_token_that_is_none_is_refused_and_nothing_is_looked_up(deployment: Deployment, route: str) -> None:
    """Unsigned, `alg: none`, HS256 with the public key, expired, another pool's or client's, an access token, …"""
    tokens = {name: text for name, text in forged(deployment.claims()).items() if name not in NOT_IN_A_HEADER}
    before = deployment.calls()
    answers = {name: deployment.ask(route, token) for name, token in tokens.items()}
    assert {name: (answer.status, answer.problem) for name, answer in answers.items()} == dict.fromkeys(
        tokens, (401, "unauthenticated")
    )
    assert len({json.dumps({**answer.json, "correlation_id": ""}) for answer in answers.values()}) == 1
    assert {answer.headers["WWW-Authenticate"] for answer in answers.values()} == {
        'Bearer realm="redress", Receipt realm="redress"'
    }
    assert deployment.calls() == before


@pytest.mark.parametrize("route", [name for name in ROUTES if name != "the public as well"])
@pytest.mark.parametrize("header", [None, "Bearer", "Basic b3duZXI6b3duZXI=", "Receipt"])
def test_without_a_token_nobody_is_let_in(deployment: Deployment, route: str, header: str | None) -> None:
    method, path, body = ROUTES[route]
    before = deployment.calls()
    answer = deployment.http.call(
        method, deployment.home.path + path.format(number=deployment.number), body, auth=header
    )
    assert (answer.status, answer.problem, deployment.calls()) == (401, "unauthenticated", before)


@pytest.mark.parametrize("route", ROUTES)
def test_a_good_token_opens_no_other_organisations_path(deployment: Deployment, route: str) -> None:
    answer = deployment.ask(route, forging.signed(deployment.claims()), deployment.other)
    assert (answer.status, answer.problem) == (403, "forbidden")


@pytest.mark.parametrize("route", ROUTES)
def test_who_was_removed_is_refused_at_once_though_the_token_is_good(deployment: Deployment, route: str) -> None:
    home, who = deployment.home, f"leaving{len(deployment.home.subs)}"
    hire(home, "agent", name=who)
    token = forging.signed(deployment.claims(who))
    assert deployment.ask("people only, reading", token).status == 200
    removed = deployment.world.call("DELETE", f"{home.path}/people/{home.subs[who]}", auth=home.auth("owner"))
    assert removed.status == 204, removed.text
    answer = deployment.ask(route, token)
    assert (answer.status, answer.problem) == (403, "forbidden")


def test_claims_about_roles_or_tenants_count_for_nothing(deployment: Deployment) -> None:
    """People can write attributes of their own token."""
    said = {"custom:tenant": deployment.other.id, "custom:role": "owner", "cognito:groups": ["owner"]}
    token = forging.signed(deployment.claims("agent"), **said)
    assert deployment.ask("people only, writing", token).status == 403
    assert deployment.ask("people only, reading", token, deployment.other).status == 403


def test_one_person_has_in_each_organisation_the_roles_given_there(deployment: Deployment) -> None:
    home, other = deployment.home, deployment.other
    body = {"email": home.emails["agent"], "name": "两处任职", "grants": [{"role": "owner"}]}
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    invited = deployment.http.call("POST", f"{other.path}/people", body, auth=other.auth("owner"), headers=headers)
    assert (invited.status, invited.json["sub"]) == (201, home.subs["agent"])
    token = forging.signed(deployment.claims("agent"))
    assert deployment.ask("people only, writing", token, other).status == 200
    assert deployment.ask("people only, writing", token, home).status == 403
    roles = {
        each.id: deployment.http.call("GET", f"{each.path}/people/me", auth=f"Bearer {token}").json["grants"]
        for each in (home, other)
    }
    assert roles == {home.id: [{"role": "agent"}], other.id: [{"role": "owner"}]}


def test_being_removed_in_one_organisation_leaves_the_other(deployment: Deployment) -> None:
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
def test_when_the_pool_changes_its_keys_new_tokens_are_taken_and_old_ones_are_not(
    fresh: Deployment, route: str
) -> None:
    old = forging.signed(fresh.claims())
    assert fresh.ask(route, old).status == 200
    fresh.pool.keys = {"keys": [{**fresh.pool.keys["keys"][0], "kid": "next"}]}
    fresh.world.fakes.real_clock.advance(MINUTE)
    assert fresh.ask(route, forging.signed(fresh.claims(), kid="next")).status == 200
    assert fresh.ask(route, old).status == 401


def test_the_pools_keys_are_asked_for_once_for_many_requests(fresh: Deployment) -> None:
    token = forging.signed(fresh.claims())
    for route in (*ROUTES, *ROUTES):
        fresh.ask(route, token)
    assert fresh.pool.asked == 1
