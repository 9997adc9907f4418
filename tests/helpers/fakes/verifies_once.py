"""The verifier of ID tokens with a cache: a token is sent with dozens of requests, and each verifies it twice."""

from __future__ import annotations

from typing import Any, ClassVar

from chalicelib.access.id_tokens import IdTokens


class VerifiesOnce(IdTokens):
    """Verifies the signature of a token once per process. All wirings of fakes have the same keys.

    Times are compared with the clock for each request. Refused tokens are verified every time.
    """

    _verified: ClassVar[dict[str, dict[str, Any]]] = {}

    def _decoded(self, token: str) -> dict[str, Any]:
        if token not in self._verified:
            self._verified[token] = super()._decoded(token)
        return self._verified[token]
