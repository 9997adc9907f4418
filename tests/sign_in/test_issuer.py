"""The adapter of the issuer over HTTP: what it sends, what it refuses, and that it goes nowhere else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any
from urllib.parse import parse_qs

import pytest

from chalicelib.access.id_tokens import IdTokens, KeySet
from chalicelib.access.issuer import LONGEST_ANSWER, OidcIssuer
from chalicelib.ports.issuer import IssuerRefusal, IssuerUnavailable
from infra.local.http import LocalRequest, LocalServer, Response
from tests.helpers.fakes import identity
from tests.helpers.fakes.identity import REAL_NOW, id_token

ADDRESS = "https://redress.example"


@contextmanager
def answering(status: int, body: Any = None, **headers: str) -> Iterator[tuple[OidcIssuer, list[LocalRequest]]]:
    """An issuer that gives this answer, and the requests that it has got."""
    asked: list[LocalRequest] = []

    def respond(request: LocalRequest) -> Response:
        asked.append(request)
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return Response(status, list(headers.items()), raw)

    with LocalServer(0, respond, 1 << 20) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield issuer(server.url), asked
        finally:
            server.shutdown()


def issuer(url: str) -> OidcIssuer:
    keys = KeySet(identity.jwks, lambda: REAL_NOW)
    tokens = IdTokens(issuer=identity.ISSUER, audience=identity.AUDIENCE, keys=keys, real_clock=lambda: REAL_NOW)
    return OidcIssuer(url=url, accounts=url, client=identity.AUDIENCE, address=ADDRESS, tokens=tokens)


def tokens(**claims: Any) -> dict[str, str]:
    named = {"nonce": "n", "email": "a@shop.example", "email_verified": True, **claims}
    return {"id_token": id_token("sub-1", **named), "access_token": "access", "refresh_token": "refresh"}


def test_a_code_is_redeemed_with_its_verifier_at_the_same_address() -> None:
    with answering(200, tokens()) as (asked_of, asked):
        person = asked_of.redeem("the code", "the verifier", "n")
    [request] = asked
    form = {name: values[0] for name, values in parse_qs((request.body or b"").decode()).items()}
    assert (request.method, request.target) == ("POST", "/oauth2/token")
    assert form == {
        "client_id": identity.AUDIENCE,
        "grant_type": "authorization_code",
        "code": "the code",
        "code_verifier": "the verifier",
        "redirect_uri": f"{ADDRESS}/sign-in/back",
    }
    assert (person.sub, person.email, person.refresh) == ("sub-1", "a@shop.example", "refresh")


def test_a_refresh_token_stays_if_the_answer_has_no_new_one() -> None:
    with answering(200, {**tokens(), "refresh_token": None}) as (asked_of, _):
        assert asked_of.refresh("the first", "sub-1").refresh == "the first"


@pytest.mark.parametrize("confirmed", [False, "false", None, 1, "yes"])
def test_an_address_counts_only_if_it_is_confirmed(confirmed: Any) -> None:
    with answering(200, tokens(email_verified=confirmed)) as (asked_of, _):
        assert asked_of.redeem("c", "v", "n").email == ""


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_a_refusal_is_one(status: int) -> None:
    with answering(status, {"error": "invalid_grant"}) as (asked_of, _), pytest.raises(IssuerRefusal):
        asked_of.redeem("c", "v", "n")


@pytest.mark.parametrize("body", [b"no json", b"[]", b"x" * (LONGEST_ANSWER + 1)], ids=["text", "list", "long"])
def test_an_answer_that_cannot_be_read_is_an_outage(body: bytes) -> None:
    with answering(200, body) as (asked_of, _), pytest.raises(IssuerUnavailable):
        asked_of.redeem("c", "v", "n")


def test_an_error_of_the_issuer_is_an_outage() -> None:
    with answering(503, {}) as (asked_of, _), pytest.raises(IssuerUnavailable):
        asked_of.redeem("c", "v", "n")


def test_an_issuer_that_is_not_there_is_an_outage() -> None:
    with pytest.raises(IssuerUnavailable):
        issuer("http://127.0.0.1:9").redeem("c", "v", "n")


def test_no_redirect_takes_a_code_elsewhere() -> None:
    with answering(200, tokens()) as (elsewhere, got):
        where = f"{elsewhere.origin}/oauth2/token"
        with answering(307, {}, Location=where) as (asked_of, _), pytest.raises(IssuerUnavailable):
            asked_of.redeem("c", "v", "n")
        assert got == []


def test_an_answer_without_a_token_signs_nobody_in() -> None:
    with answering(200, {}) as (asked_of, _), pytest.raises(IssuerRefusal):
        asked_of.redeem("c", "v", "n")


@pytest.mark.parametrize("url", ["http://issuer.example", "ftp://issuer.example", "http://127.0.0.1.evil.example"])
def test_people_sign_in_over_https_only(url: str) -> None:
    with pytest.raises(ValueError, match="over https"):
        issuer(url)


@pytest.mark.parametrize(
    ("answer", "found"),
    [({"UserMFASettingList": ["SOFTWARE_TOKEN_MFA"]}, True), ({"UserMFASettingList": []}, False), ({}, False)],
)
def test_the_user_pool_says_who_has_a_second_factor(answer: Any, found: bool) -> None:
    with answering(200, answer) as (asked_of, asked):
        assert asked_of.has_second_factor("access") is found
    [request] = asked
    assert request.headers["x-amz-target"] == "AWSCognitoIdentityProviderService.GetUser"
    assert json.loads(request.body or b"") == {"AccessToken": "access"}
    assert "authorization" not in request.headers
