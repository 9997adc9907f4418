"""ID tokens of the deployment's user pool (OpenID Connect Core §3.1.3.7; Amazon Cognito, "Verifying JWTs").

The pool's public keys (JSON Web Key Set, RFC 7517) are cached in the process.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NoReturn

from chalicelib.kit.instants import HOUR, MINUTE, SECOND, Instant
from chalicelib.kit.problem import Problem
from chalicelib.ports import TimeSource

if TYPE_CHECKING:
    from jwt import PyJWK

    from chalicelib.kit.settings import Settings


FetchKeySet = Callable[[], Mapping[str, Any]]
"""Fetches the key set, `{"keys": [{"kid": …}, …]}`. Raises OSError or ValueError."""

REFETCH = MINUTE
"""Minimum time between two fetches, so that tokens with made-up key ids cannot cause many requests."""
MAX_AGE = HOUR
"""Age at which the set is fetched again, so that a withdrawn key does not stay valid."""
TIMEOUT = 3.0
"""Seconds."""


def over_https(url: str) -> FetchKeySet:
    """For Amazon Cognito: `https://cognito-idp.<region>.amazonaws.com/<pool>/.well-known/jwks.json`."""
    if not url.startswith(("https://", "http://127.0.0.1:")):
        raise ValueError("keys must be fetched over https, or from this machine")

    def fetch() -> Mapping[str, Any]:
        import http.client
        import json
        import urllib.request

        try:
            with urllib.request.urlopen(url, timeout=TIMEOUT) as response:  # noqa: S310  the scheme is checked above
                found: Mapping[str, Any] = json.load(response)
        except http.client.HTTPException as error:
            raise OSError("the response was incomplete") from error
        return found

    return fetch


class KeySet:
    def __init__(self, fetch: FetchKeySet, real_clock: TimeSource) -> None:
        self._fetch = fetch
        self._clock = real_clock
        self._keys: dict[str, Mapping[str, Any]] = {}
        self._fetched_at: Instant | None = None
        self._tried_at: Instant | None = None

    def key(self, key_id: str) -> Mapping[str, Any] | None:
        """The JWK of this id, or None. Raises `Problem("unavailable")` if the set was never fetched and cannot be."""
        now = self._clock()
        outdated = key_id not in self._keys or self._fetched_at is None or now - self._fetched_at >= MAX_AGE
        if outdated and (self._tried_at is None or now - self._tried_at >= REFETCH):
            self._refetch(now)
        return self._keys.get(key_id)

    def _refetch(self, now: Instant) -> None:
        try:
            self._keys = {key["kid"]: key for key in self._fetch()["keys"]}
            self._fetched_at = now
        except (OSError, ValueError, KeyError, TypeError) as error:
            if self._fetched_at is None:
                raise Problem("unavailable", "Tokens cannot be checked at the moment.") from error
        self._tried_at = now


ALGORITHM = "RS256"
"""The only accepted algorithm, regardless of the token's header."""
MAX_LENGTH = 8_192
"""Characters of a token. API Gateway limits all headers together to 10,240 bytes."""
_ID = "id"
"""Value of `token_use` in an ID token. In an access token it is `access`."""
_SKEW = 60 * SECOND
"""Tolerance for an issuer's clock that is ahead."""
_OPTIONS: Any = {
    "require": ["exp", "iat", "iss", "aud", "sub", "token_use"],
    "strict_aud": True,
    # PyJWT would read the system clock. `_in_time` uses the injected clock instead.
    "verify_exp": False,
    "verify_iat": False,
    "verify_nbf": False,
}


class IdTokens:
    """`ports.TokenVerifier`. PyJWT is imported with the first token: with `cryptography` it takes 100 ms."""

    def __init__(self, *, issuer: str, audience: str, keys: KeySet, real_clock: TimeSource) -> None:
        self._issuer = issuer
        self._audience = audience
        self._keys = keys
        self._clock = real_clock
        self._read: dict[str, tuple[Mapping[str, Any], PyJWK]] = {}
        """By key id: a JWK of the set, and PyJWT's parsed form. Parsing takes a sixth of a verification."""

    def subject(self, token: str) -> str:
        """The `sub` of a valid ID token. Raises `Problem`: `unauthenticated`, or `unavailable` without signing keys."""
        return str(self.claims(token)["sub"])

    def claims(self, token: str) -> dict[str, Any]:
        """All claims of a valid ID token. Raises as `subject`."""
        import jwt

        if not token.isascii() or len(token) > MAX_LENGTH:
            _refuse()
        try:
            claims = self._decoded(token)
            good = claims["token_use"] == _ID and _in_time(claims, self._clock()) and bool(claims["sub"])
        except (jwt.PyJWTError, ValueError, TypeError):
            _refuse()
        if not good:
            _refuse()
        return claims

    def _decoded(self, token: str) -> dict[str, Any]:
        import jwt

        header = jwt.get_unverified_header(token)
        key = self._key(str(header.get("kid", "")))
        if key is None or header.get("alg") != ALGORITHM:
            _refuse()
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=[ALGORITHM],
            audience=self._audience,
            issuer=self._issuer,
            options=_OPTIONS,
        )
        return claims

    def _key(self, key_id: str) -> PyJWK | None:
        """The parsed key; None if the pool has no key of this id. Parses again if the pool has replaced the JWK."""
        import jwt

        jwk = self._keys.key(key_id)
        if jwk is None:
            self._read.pop(key_id, None)
            return None
        read = self._read.get(key_id)
        if read is None or read[0] is not jwk:
            read = self._read[key_id] = jwk, jwt.PyJWK(dict(jwk), ALGORITHM)
        return read[1]


def _in_time(claims: dict[str, Any], now: Instant) -> bool:
    started = max(int(claims["iat"]), int(claims.get("nbf", 0))) * SECOND
    return started <= now + _SKEW and now < int(claims["exp"]) * SECOND


def _refuse() -> NoReturn:
    raise Problem("unauthenticated", "The token is not a valid ID token of this service. Sign in again.")


def for_user_pool(settings: Settings, real_clock: TimeSource, fetch: FetchKeySet | None = None) -> IdTokens:
    """The verifier for the deployment's user pool. `fetch`: source of its key set, by default Amazon Cognito."""
    issuer = f"https://cognito-idp.{settings.region}.amazonaws.com/{settings.user_pool}"
    keys = KeySet(fetch or over_https(issuer + "/.well-known/jwks.json"), real_clock)
    return IdTokens(issuer=issuer, audience=settings.user_pool_client, keys=keys, real_clock=real_clock)
