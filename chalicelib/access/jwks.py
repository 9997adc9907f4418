"""The user pool's public keys (JSON Web Key Set, RFC 7517), cached in the process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from chalicelib.kit.instants import HOUR, MINUTE, Instant
from chalicelib.kit.problem import Problem
from chalicelib.ports import TimeSource

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
