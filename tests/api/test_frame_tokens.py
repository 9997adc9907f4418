"""ID tokens: one that the user pool signed for us, in time, is its subject; every other is refused alike."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from chalicelib.http.jwks import KeySet, over_https
from chalicelib.http.tokens import IdTokens
from chalicelib.instants import MINUTE, SECOND, from_text
from chalicelib.problem import Problem
from tests.fakes import identity
from tests.fakes.clock import MovableClock

NOW = from_text("2026-11-27T09:00:00+08:00")
CLAIMS: dict[str, Any] = {
    "sub": "sub-1",
    "iss": identity.ISSUER,
    "aud": identity.AUDIENCE,
    "token_use": "id",
    "iat": NOW // SECOND,
    "exp": NOW // SECOND + 3600,
}


class Pool:
    """The user pool's key set, counting how often it is asked."""

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


def signed(kid: str = identity.KEY_ID, key: rsa.RSAPrivateKey | None = None, **changes: Any) -> str:
    claims = {name: value for name, value in {**CLAIMS, **changes}.items() if value is not None}
    return jwt.encode(claims, key or identity.signing_key(), algorithm="RS256", headers={"kid": kid})


def text(value: Any) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def signed_with_the_public_key() -> str:
    """The classic confusion: HS256 with the published RSA key as the secret."""
    public = identity.signing_key().public_key()
    pem = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    head = f"{text({'alg': 'HS256', 'kid': identity.KEY_ID})}.{text(CLAIMS)}"
    return f"{head}.{text(hmac.new(pem, head.encode(), hashlib.sha256).digest())}"


def unsigned(algorithm: str) -> str:
    return f"{text({'alg': algorithm, 'kid': identity.KEY_ID})}.{text(CLAIMS)}."


def test_a_good_token_is_its_subject() -> None:
    assert verifier().subject(signed()) == "sub-1"


def forged() -> dict[str, str]:
    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    good = signed()
    head, body, tag = good.split(".")
    return {
        "alg none": unsigned("none"),
        "unsigned": unsigned("RS256"),
        "another alg": jwt.encode(CLAIMS, identity.signing_key(), "RS512", headers={"kid": identity.KEY_ID}),
        "HS256 with the public key": signed_with_the_public_key(),
        "a stranger's key": signed(key=stranger),
        "unknown key id": signed(kid="other"),
        "no key id": jwt.encode(CLAIMS, identity.signing_key(), "RS256"),
        "changed claims": f"{head}.{text({**CLAIMS, 'sub': 'sub-2'})}.{tag}",
        "changed signature": good[:-8] + "AAAAAAAA",
        "expired": signed(exp=NOW // SECOND),
        "issued later": signed(iat=NOW // SECOND + 61),
        "not yet valid": signed(nbf=NOW // SECOND + 61),
        "another issuer": signed(iss=identity.ISSUER + "x"),
        "another audience": signed(aud="another"),
        "several audiences": signed(aud=[identity.AUDIENCE, "another"]),
        "access token": signed(token_use="access", aud=None, client_id=identity.AUDIENCE),
        "access token with audience": signed(token_use="access"),
        "no expiry": signed(exp=None),
        "no subject": signed(sub=None),
        "empty subject": signed(sub=""),
        "no use": signed(token_use=None),
        "empty": "",
        "dots": "..",
        "garbage": "garbage",
        "not ASCII": "投诉.投诉.投诉",
        "no JSON": f"{text(b'{')}.{text(b'{')}.{text(b'x')}",
        "header is a list": f"{text([])}.{body}.{tag}",
        "endless": "a" * 9_000,
    }


FORGED = forged()


@pytest.mark.parametrize("name", FORGED)
def test_every_other_token_is_refused_alike(name: str) -> None:
    with pytest.raises(Problem) as raised:
        verifier().subject(FORGED[name])

    assert raised.value.kind == "unauthenticated"
    assert raised.value.detail == "The token is not a valid ID token of this service. Sign in again."


def test_a_token_is_good_until_it_expires() -> None:
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


def test_unknown_key_ids_ask_for_the_keys_at_most_once_a_minute() -> None:
    pool, clock = Pool(), MovableClock(NOW)
    tokens = verifier(pool, clock)
    tokens.subject(signed())

    for _ in range(130):
        clock.advance(SECOND)
        with pytest.raises(Problem):
            tokens.subject(signed(kid="forged"))

    assert pool.asked == 3


def test_a_new_key_of_the_pool_is_found() -> None:
    pool, clock = Pool(), MovableClock(NOW)
    tokens = verifier(pool, clock)
    tokens.subject(signed())
    pool.keys = {"keys": [{**pool.keys["keys"][0], "kid": "next"}]}

    clock.advance(MINUTE)

    assert tokens.subject(signed(kid="next")) == "sub-1"


def test_known_keys_outlast_a_key_set_that_cannot_be_fetched() -> None:
    pool, clock = Pool(), MovableClock(NOW)
    tokens = verifier(pool, clock)
    tokens.subject(signed())
    pool.down = True
    clock.advance(MINUTE)
    with pytest.raises(Problem, match="unauthenticated"):
        tokens.subject(signed(kid="forged"))

    assert tokens.subject(signed()) == "sub-1"


def test_without_any_keys_nothing_is_known_of_the_token() -> None:
    pool = Pool()
    pool.down = True

    with pytest.raises(Problem, match="unavailable"):
        verifier(pool).subject(signed())


@pytest.mark.parametrize("url", ["http://keys.example/jwks.json", "file:///etc/passwd", "http://127.0.0.1.example/"])
def test_keys_come_over_https_or_from_this_machine(url: str) -> None:
    with pytest.raises(ValueError, match="https"):
        over_https(url)


class Endpoint(BaseHTTPRequestHandler):
    """Answers `/keys` with the key set, `/list` and `/text` with what is none, anything else with 404."""

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
