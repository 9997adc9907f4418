"""ID tokens of the deployment's user pool (OpenID Connect Core §3.1.3.7; Amazon Cognito, "Verifying JWTs")."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NoReturn

from chalicelib.access.jwks import FetchKeySet, KeySet, over_https
from chalicelib.kit.instants import SECOND, Instant
from chalicelib.kit.problem import Problem
from chalicelib.ports import TimeSource

if TYPE_CHECKING:
    from jwt import PyJWK

    from chalicelib.kit.settings import Settings

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
        import jwt

        if not token.isascii() or len(token) > MAX_LENGTH:
            _refuse()
        try:
            claims = self._claims(token)
            good = claims["token_use"] == _ID and _in_time(claims, self._clock()) and bool(claims["sub"])
        except (jwt.PyJWTError, ValueError, TypeError):
            _refuse()
        if not good:
            _refuse()
        return str(claims["sub"])

    def _claims(self, token: str) -> dict[str, Any]:
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
