"""Identity in memory: people with temporary passwords, and real RS256 ID tokens as Amazon Cognito issues them."""

from __future__ import annotations

import functools
import json
import secrets
import uuid
from dataclasses import dataclass
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from chalicelib.access.cognito import PENDING
from chalicelib.kit.instants import SECOND, Instant, from_text
from chalicelib.ports import Invitation, TimeSource
from tests.across.leaks import planted

ISSUER = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_TestPool1"
AUDIENCE = "testclient0000000000000000"
KEY_ID = "test-key-1"
REAL_NOW = from_text("2026-11-30T12:00:00Z")
"""The initial real time of the fakes."""


@functools.cache
def signing_key() -> rsa.RSAPrivateKey:
    """One key per test process: generating it takes about 50 ms."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def jwks() -> dict[str, Any]:
    """The pool's `/.well-known/jwks.json`."""
    jwk: dict[str, Any] = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(signing_key().public_key()))
    return {"keys": [{**jwk, "kid": KEY_ID, "alg": "RS256", "use": "sig"}]}


def id_token(sub: str, *, now: Instant = REAL_NOW, key: rsa.RSAPrivateKey | None = None, **claims: Any) -> str:
    """An ID token that expires an hour after `now`. `claims` override the defaults. A claim of None is left out."""
    issued = now // SECOND
    standard = {"sub": sub, "iss": ISSUER, "aud": AUDIENCE, "token_use": "id", "iat": issued, "exp": issued + 3600}
    body = {name: value for name, value in {**standard, **claims}.items() if value is not None}
    token = jwt.encode(body, key or signing_key(), algorithm="RS256", headers={"kid": KEY_ID})
    planted.plant_secret("token", token)
    return token


@dataclass(slots=True)
class Person:
    sub: str
    password: str
    signed_in: bool = False
    invited_at: Instant | None = None


class FakeIdentity:
    """`ports.Identity`, with the sign-in that Cognito offers."""

    def __init__(self, real_clock: TimeSource = lambda: REAL_NOW) -> None:
        """`real_clock`: the clock of tests that move real time, so that new tokens are valid then."""
        self._clock = real_clock
        self.people: dict[str, Person] = {}

    def find_or_create(self, email: str) -> str:
        return self._known(email).sub

    def _known(self, email: str) -> Person:
        made = Person(sub=str(uuid.uuid4()), password=_password())
        planted.plant_private("e-mail address", email)
        planted.plant_person(made.sub)
        return self.people.setdefault(email.strip().lower(), made)

    def account(self, email: str) -> str | None:
        person = self.people.get(email.strip().lower())
        return None if person is None else person.sub

    def delete(self, sub: str) -> None:
        self.people = {email: person for email, person in self.people.items() if person.sub != sub}

    def invite(self, email: str, *, keep_pending: bool = False) -> Invitation:
        person = self._known(email)
        if person.signed_in:
            return Invitation(sub=person.sub, password=None)
        if keep_pending and person.invited_at is not None and self._clock() - person.invited_at < PENDING:
            return Invitation(sub=person.sub, password=None, pending=True)
        person.password, person.invited_at = _password(), self._clock()
        return Invitation(sub=person.sub, password=person.password)

    def token(self, email: str, password: str, **claims: Any) -> str:
        """Signs in. Raises KeyError for an unknown person, ValueError for a wrong password."""
        person = self.people[email.strip().lower()]
        if not secrets.compare_digest(person.password, password):
            raise ValueError("wrong password")
        person.signed_in = True
        return id_token(person.sub, now=self._clock(), **claims)

    def token_of(self, email: str) -> str:
        """A token without the password, for tests that are not about signing in."""
        return id_token(self.people[email.strip().lower()].sub, now=self._clock())


def _password() -> str:
    made = secrets.token_urlsafe(12)
    planted.plant_secret("password", made)
    return made
