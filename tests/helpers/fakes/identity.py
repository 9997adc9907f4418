"""Identity in memory: people with temporary passwords, and real RS256 ID tokens as Amazon Cognito issues them."""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from chalicelib.access.cognito import PENDING
from chalicelib.access.id_tokens import IdTokens
from chalicelib.access.issuer import OidcIssuer
from chalicelib.kit.instants import HOUR, SECOND, Instant, from_text
from chalicelib.ports import Invitation, TimeSource
from chalicelib.ports.issuer import IssuerRefusal, IssuerUnavailable
from tests.across.leaks import planted

ISSUER = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_TestPool1"
AUDIENCE = "testclient0000000000000000"
ISSUER_PAGES = "https://issuer.example"
"""Where people sign in."""
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


class FakeIssuer(OidcIssuer):
    """An OpenID Connect issuer in memory. The program's own adapter asks it; only the network is left out.

    `gives_refresh`, `answers`, `confirmed`: what the issuer does. `ended`: the refresh tokens that it revoked."""

    def __init__(self, people: FakeIdentity, address: str, tokens: IdTokens, real_clock: TimeSource) -> None:
        super().__init__(url=ISSUER_PAGES, accounts=ISSUER_PAGES, client=AUDIENCE, address=address, tokens=tokens)
        self.people, self.clock = people, real_clock
        self.gives_refresh = self.answers = self.confirmed = True
        self.claims: dict[str, Any] = {}
        """Claims that replace those of its ID tokens."""
        self.ended: list[str] = []
        self.factors: set[str] = set()
        self.code = "123456"
        self._access: dict[str, str] = {}
        self._codes: dict[str, tuple[str, dict[str, str]]] = {}
        self._refresh: dict[str, str] = {}

    def sign_in(self, address: str, email: str) -> str:
        """The person signs in on the issuer's page at this address. Returns that to which the browser is led back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert address.startswith(f"{ISSUER_PAGES}/oauth2/authorize?"), address
        assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
        code = secrets.token_urlsafe(24)
        for kind, text in (("code", code), ("nonce", asked["nonce"])):
            planted.plant_secret(kind, text)
        self._codes[code] = email, asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def _ask(self, endpoint: str, **form: str) -> Mapping[str, Any]:
        if not self.answers:
            raise IssuerUnavailable("the issuer did not answer")
        if endpoint == "revoke":
            self.ended.append(form["token"])
            self._refresh.pop(form["token"], None)
            return {}
        if form["grant_type"] == "refresh_token":
            return self._tokens_of(self._known(self._refresh.get(form["refresh_token"])), {})
        email, asked = self._codes.pop(form["code"], ("", {}))
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if challenge != asked.get("code_challenge") or form["redirect_uri"] != asked["redirect_uri"]:
            raise IssuerRefusal("the issuer answered 400")
        email = self._known(email)
        return {**self._tokens_of(email, {"nonce": asked["nonce"]}), **self._new_refresh(email)}

    def _of_account(self, operation: str, **asked: Any) -> Mapping[str, Any]:
        """The user pools' API. `factors`: whose second factor is set up. `code`: the present one-time password."""
        if not self.answers:
            raise IssuerUnavailable("the issuer did not answer")
        email = self._access[asked["AccessToken"]]
        if operation == "GetUser":
            return {"UserMFASettingList": ["SOFTWARE_TOKEN_MFA"] if email in self.factors else []}
        if operation == "AssociateSoftwareToken":
            secret = base64.b32encode(secrets.token_bytes(20)).decode()
            planted.plant_secret("second factor", secret)
            return {"SecretCode": secret}
        if operation == "VerifySoftwareToken" and asked["UserCode"] != self.code:
            raise IssuerRefusal("the issuer answered 400")
        if operation == "SetUserMFAPreference":
            self.factors.add(email)
        return {"Status": "SUCCESS"}

    def _known(self, email: str | None) -> str:
        if email is None or self.people.account(email) is None:
            raise IssuerRefusal("the issuer answered 400")
        return email

    def _tokens_of(self, email: str, claims: Mapping[str, Any]) -> dict[str, str]:
        now = self.clock()
        named = {"email": email, "email_verified": self.confirmed, "exp": (now + HOUR) // SECOND}
        sub = str(self.people.account(email))
        access = str(uuid.uuid4())
        planted.plant_secret("access token", access)
        self._access[access] = email
        token = id_token(sub, now=now, **{**named, **claims, **self.claims})
        return {"id_token": token, "access_token": access}

    def _new_refresh(self, email: str) -> dict[str, str]:
        if not self.gives_refresh:
            return {}
        token = secrets.token_urlsafe(24)
        planted.plant_secret("refresh token", token)
        self._refresh[token] = email
        return {"refresh_token": token}
