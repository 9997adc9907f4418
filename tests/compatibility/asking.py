"""One request of the API on behalf of somebody, which is answered."""

from __future__ import annotations

from typing import Any

from tests.clauses.organisation import Organisation


def asked(
    organisation: Organisation, method: str, path: str, body: Any = None, *, who: str = "owner", number: str = ""
) -> Any:
    """What was answered; None where there is no body."""
    auth = organisation.auth(who, number)
    answer = organisation.world.call(method, organisation.path + path, body, auth=auth)
    assert answer.status < 300, f"{method} {path}: {answer.text}"
    return answer.json if answer.text else None
