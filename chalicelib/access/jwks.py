"""The user pool's public keys (JSON Web Key Set, RFC 7517), kept in the process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from chalicelib.instants import HOUR, MINUTE, Instant
from chalicelib.ports import TimeSource
from chalicelib.problem import Problem

FetchKeySet = Callable[[], Mapping[str, Any]]
"""Gets the key set, `{"keys": [{"kid": …}, …]}`. Raises OSError or ValueError."""

REFETCH = MINUTE
"""An unknown key id asks for the set again at most this often, so that forged tokens cannot drive requests."""
KEPT = HOUR
"""Keys that are older are asked for again, so that one which the pool has withdrawn does not count for ever."""
TIMEOUT = 3.0
"""Seconds."""


def over_https(url: str) -> FetchKeySet:
    """For Amazon Cognito: `https://cognito-idp.<region>.amazonaws.com/<pool>/.well-known/jwks.json`."""
    if not url.startswith(("https://", "http://127.0.0.1:")):
        raise ValueError("keys are fetched over https, or from this machine")

    def fetch() -> Mapping[str, Any]:
        import http.client
        import json
        import urllib.request

        try:
            with urllib.request.urlopen(url, timeout=TIMEOUT) as response:  # noqa: S310  the scheme is checked above
                found: Mapping[str, Any] = json.load(response)
        except http.client.HTTPException as error:
            raise OSError("the answer broke off") from error
        return found

    return fetch


class KeySet:
    def __init__(self, fetch: FetchKeySet, real_clock: TimeSource) -> None:
        self._fetch = fetch
        self._clock = real_clock
        self._keys: dict[str, Mapping[str, Any]] = {}
        self._had: Instant | None = None
        self._asked: Instant | None = None

    def key(self, key_id: str) -> Mapping[str, Any] | None:
        """The JWK of this id. Raises `Problem("unavailable")` where the set was never had and cannot be fetched."""
        now = self._clock()
        wanted = key_id not in self._keys or self._had is None or now - self._had >= KEPT
        if wanted and (self._asked is None or now - self._asked >= REFETCH):
            self._refetch(now)
        return self._keys.get(key_id)

    def _refetch(self, now: Instant) -> None:
        try:
            self._keys = {key["kid"]: key for key in self._fetch()["keys"]}
            self._had = now
        except (OSError, ValueError, KeyError, TypeError) as error:
            if self._had is None:
                raise Problem("unavailable", "Tokens cannot be checked at the moment.") from error
        self._asked = now
