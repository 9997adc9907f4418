"""The Lambda authorizer: a valid token allows all routes, anything else none."""

from __future__ import annotations

import pytest
from chalice.app import AuthRequest

from chalicelib.kit.problem import Problem
from chalicelib.web.credentials import authorize_handler


class Tokens:
    """Knows one token."""

    def subject(self, token: str) -> str:
        if token != "good":
            raise Problem("unauthenticated", "The token is not valid.")
        return "sub-ann"


@pytest.mark.parametrize(
    ("header", "routes"),
    [
        ("Bearer good", ["*"]),
        ("bearer good ", ["*"]),
        ("Bearer bad", []),
        ("Basic good", []),
        ("Receipt good", []),
        ("good", []),
        ("", []),
    ],
)
def test_only_a_bearer_token_is_accepted(header: str, routes: list[str]) -> None:
    answer = authorize_handler(Tokens)(AuthRequest("TOKEN", header, "arn:aws:execute-api:x"))

    assert answer.routes == routes
    assert answer.principal_id == ("sub-ann" if routes else "nobody")


def test_a_key_of_a_program_account_passes_as_nobody_in_particular() -> None:
    """The app verifies it (`tests/people/programs/test_keys.py`)."""
    answer = authorize_handler(Tokens)(AuthRequest("TOKEN", "Bearer rdk_any", "arn:aws:execute-api:x"))

    assert (answer.routes, answer.principal_id) == (["*"], "program:")
