"""ID tokens of the deployment's user pool (OpenID Connect Core §3.1.3.7; Amazon Cognito, "Verifying JSON web tokens")."""

from __future__ import annotations

from typing import Any, NoReturn

from chalicelib.http.jwks import KeySet
from chalicelib.instants import SECOND
from chalicelib.ports import Clock
from chalicelib.problem import Problem

ALGORITHM = "RS256"
"""The only one taken, whatever the token's header says."""
LONGEST = 8_192
"""Characters; API Gateway's headers have at most 10,240 bytes in all."""
_ID = "id"
"""`token_use` of an ID token; an access token says `access`."""
_SKEW = 60
"""Seconds that the issuer's clock may be ahead of ours."""


class IdTokens:
    """A `TokenVerifier`. PyJWT is imported with the first token: it and `cryptography` take 100 ms."""

    def __init__(self, *, issuer: str, audience: str, keys: KeySet, real_clock: Clock) -> None:
        self._issuer = issuer
        self._audience = audience
        self._keys = keys
        self._clock = real_clock

    def subject(self, token: str) -> str:
        """The `sub` of a good ID token. Raises `Problem("unauthenticated")`, or `unavailable` without any keys."""
        import jwt

        if not token.isascii() or len(token) > LONGEST:
            _refuse()
        try:
            claims = self._claims(token)
        except (jwt.PyJWTError, ValueError):
            _refuse()
        subject = claims["sub"]
        expired = int(claims["exp"]) * SECOND <= self._clock()
        if expired or claims["token_use"] != _ID or not isinstance(subject, str) or not subject:
            _refuse()
        return subject

    def _claims(self, token: str) -> dict[str, Any]:
        import jwt

        header = jwt.get_unverified_header(token)
        key = self._keys.key(str(header.get("kid", "")))
        if key is None or header.get("alg") != ALGORITHM:
            _refuse()
        claims: dict[str, Any] = jwt.decode(
            token,
            jwt.PyJWK(dict(key), ALGORITHM),
            algorithms=[ALGORITHM],
            audience=self._audience,
            issuer=self._issuer,
            leeway=_SKEW,
            options={"require": ["exp", "iss", "aud", "sub", "token_use"], "strict_aud": True},
        )
        return claims


def _refuse() -> NoReturn:
    raise Problem("unauthenticated", "The token is not a valid ID token of this service. Sign in again.")
