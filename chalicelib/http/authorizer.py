"""The Lambda authorizer in front of routes for people only: who sends the token, never what they may do."""

from __future__ import annotations

from collections.abc import Callable

from chalice.app import AuthRequest, AuthResponse

from chalicelib.ports import TokenVerifier
from chalicelib.problem import Problem

CACHE_SECONDS = 60
"""How long API Gateway may reuse an answer, and so how long a token may outlive its expiry."""


def authorize_handler(get_tokens: Callable[[], TokenVerifier]) -> Callable[[AuthRequest], AuthResponse]:
    """The answer covers all routes, because API Gateway reuses it for the token's next request to any of them.

    A bad token is a refusal without routes, which the gateway's ACCESS_DENIED response turns into 401; an exception
    would be a 500 in the metrics. `Problem("unavailable")` does pass through: nothing is known about the token then.
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
