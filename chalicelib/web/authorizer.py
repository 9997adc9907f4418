"""The Lambda authorizer for routes that only people may call. It authenticates; use cases authorize."""

from __future__ import annotations

from collections.abc import Callable

from chalice.app import AuthRequest, AuthResponse

from chalicelib.kit.problem import Problem
from chalicelib.ports import TokenVerifier

CACHE_SECONDS = 60
"""How long API Gateway may cache a result. A token can be accepted for that long after it expires."""


def authorize_handler(get_tokens: Callable[[], TokenVerifier]) -> Callable[[AuthRequest], AuthResponse]:
    """The authorizer function. Its result covers all routes, because API Gateway caches it per token, not per route.

    For a bad token the result allows no routes, and the ACCESS_DENIED gateway response turns it into 401. An exception
    would appear as status 500. Raises `Problem("unavailable")` if the token could not be checked.
    """

    def authorize(request: AuthRequest) -> AuthResponse:
        scheme, _, token = request.token.strip().partition(" ")
        try:
            if scheme.lower() != "bearer":
                raise Problem("unauthenticated", "Send Authorization: Bearer <ID token>.")
            return AuthResponse(routes=["*"], principal_id=get_tokens().subject(token.strip()))
        except Problem as problem:
            if problem.kind != "unauthenticated":
                raise
            return AuthResponse(routes=[], principal_id="nobody")

    return authorize
