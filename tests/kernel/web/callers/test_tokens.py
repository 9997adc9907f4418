"""ID tokens: a valid token gives its subject; all others are refused with the same problem."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from chalicelib.access.id_tokens import MAX_AGE, IdTokens, KeySet, over_https
from chalicelib.kit.instants import HOUR, MINUTE, SECOND, from_text
from chalicelib.kit.problem import Problem
from tests.helpers.fakes import forging, identity
from tests.helpers.fakes.clock import MovableClock
from tests.helpers.fakes.forging import claims_of, forged

NOW = from_text("2026-11-27T09:00:00+08:00")
CLAIMS = claims_of("sub-1", NOW // SECOND)


class Pool:
    """The user pool's key set, with a counter of requests."""

    def __init__(self) -> None:
        self.asked = 0
        self.down = False
        self.keys = identity.jwks()

    def __call__(self) -> Mapping[str, Any]:
        self.asked += 1
        if self.down:
            raise OSError("no route to host")
        return self.keys


def verifier(pool: Pool | None = None, clock: MovableClock | None = None) -> IdTokens:
    clock = clock or MovableClock(NOW)
    keys = KeySet(pool or Pool(), clock)
    return IdTokens(issuer=identity.ISSUER, audience=identity.AUDIENCE, keys=keys, real_clock=clock)


def signed(kid: str = identity.KEY_ID, **changes: Any) -> str:
    return forging.signed(CLAIMS, kid, **changes)


def test_a_valid_token_gives_its_subject() -> None:
    assert verifier().subject(signed()) == "sub-1"


FORGED = forged(CLAIMS)


@pytest.mark.parametrize("name", FORGED)
def test_every_other_token_is_refused_alike(name: str) -> None:
    with pytest.raises(Problem) as raised:
        verifier().subject(FORGED[name])

    assert raised.value.kind == "unauthenticated"
    assert raised.value.detail == "The token is not a valid ID token of this service. Sign in again."


def test_a_token_is_valid_until_it_expires() -> None:
    clock = MovableClock(NOW)
    tokens, token = verifier(clock=clock), signed()

    clock.advance(3600 * SECOND - 1)
    assert tokens.subject(token) == "sub-1"
    clock.advance(1)
    with pytest.raises(Problem, match="unauthenticated"):
        tokens.subject(token)


def test_keys_are_fetched_once() -> None:
    pool = Pool()
    tokens = verifier(pool)

    for _ in range(5):
        tokens.subject(signed())

    assert pool.asked == 1


def test_unknown_key_ids_fetch_the_keys_at_most_once_a_minute() -> None:
    pool, clock = Pool(), MovableClock(NOW)
    tokens = verifier(pool, clock)
    tokens.subject(signed())

    for _ in range(130):
        clock.advance(SECOND)
        with pytest.raises(Problem):
            tokens.subject(signed(kid="forged"))

    assert pool.asked == 3


def test_a_key_replaced_under_the_same_id_is_no_longer_valid() -> None:
    pool, clock = Pool(), MovableClock(NOW)
    tokens, later = verifier(pool, clock), CLAIMS["exp"] + 3600
    tokens.subject(signed(exp=later))
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    jwk = json.loads(RSAAlgorithm.to_jwk(other.public_key()))
    pool.keys = {"keys": [{**jwk, "kid": identity.KEY_ID, "alg": "RS256", "use": "sig"}]}

    clock.advance(MAX_AGE)

    assert tokens.subject(signed(exp=later, key=other)) == "sub-1"
    with pytest.raises(Problem, match="unauthenticated"):
        tokens.subject(signed(exp=later))


def test_a_new_key_of_the_pool_is_found() -> None:
    pool, clock = Pool(), MovableClock(NOW)
    tokens = verifier(pool, clock)
    tokens.subject(signed())
    pool.keys = {"keys": [{**pool.keys["keys"][0], "kid": "next"}]}

    clock.advance(MINUTE)

    assert tokens.subject(signed(kid="next")) == "sub-1"


def test_a_withdrawn_key_is_valid_for_at_most_an_hour() -> None:
    pool, clock = Pool(), MovableClock(NOW)
    tokens = verifier(pool, clock)
    tokens.subject(signed(exp=NOW // SECOND + 7200))
    pool.keys = {"keys": [{**pool.keys["keys"][0], "kid": "next"}]}

    clock.advance(HOUR)

    with pytest.raises(Problem, match="unauthenticated"):
        tokens.subject(signed(exp=NOW // SECOND + 7200))


def test_known_keys_outlast_a_key_set_that_cannot_be_fetched() -> None:
    pool, clock = Pool(), MovableClock(NOW)
    tokens = verifier(pool, clock)
    tokens.subject(signed())
    pool.down = True
    clock.advance(MINUTE)
    with pytest.raises(Problem, match="unauthenticated"):
        tokens.subject(signed(kid="forged"))

    assert tokens.subject(signed()) == "sub-1"


def test_without_keys_tokens_cannot_be_verified() -> None:
    pool = Pool()
    pool.down = True

    with pytest.raises(Problem, match="unavailable"):
        verifier(pool).subject(signed())


@pytest.mark.parametrize("url", ["http://keys.example/jwks.json", "file:///etc/passwd", "http://127.0.0.1.example/"])
def test_keys_come_over_https_or_from_this_machine(url: str) -> None:
    with pytest.raises(ValueError, match="https"):
        over_https(url)


class Endpoint(BaseHTTPRequestHandler):
    """Responds to `/keys` with the key set, to `/list` and `/text` with an invalid one, and otherwise with 404."""

    def do_GET(self) -> None:
        bodies = {"/keys": json.dumps(identity.jwks()).encode(), "/list": b"[]", "/text": b"hello"}
        self.send_response(200 if self.path in bodies else 404)
        self.end_headers()
        self.wfile.write(bodies.get(self.path, b""))

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def over(url: str) -> IdTokens:
    clock = MovableClock(NOW)
    keys = KeySet(over_https(url), clock)
    return IdTokens(issuer=identity.ISSUER, audience=identity.AUDIENCE, keys=keys, real_clock=clock)


def test_keys_are_read_from_the_pools_address(endpoint: str) -> None:
    assert over(f"{endpoint}/keys").subject(signed()) == "sub-1"


@pytest.mark.parametrize("path", ["/list", "/text", "/nowhere"])
def test_an_address_without_keys_makes_tokens_unavailable_and_not_bad(endpoint: str, path: str) -> None:
    with pytest.raises(Problem, match="unavailable"):
        over(endpoint + path).subject(signed())
