"""Adds the method `ANY` to each path, so that requests with a wrong method reach the app, which answers 405.

API Gateway uses `ANY` for methods without an entry of their own. Chalice cannot declare it next to them.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

ANY = "x-amazon-apigateway-any-method"
FORWARDED = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})
"""The methods that `ANY` stands for. API Gateway answers others, such as TRACE, itself."""
_INTEGRATION = "x-amazon-apigateway-integration"


def forward_wrong_methods(paths: dict[str, dict[str, Any]]) -> None:
    """Adds the entry to each path of an OpenAPI 2 document (`paths`).

    It is a copy of another entry that calls the app, but without an authorizer: the app answers 405 to every caller.
    """
    for entries in paths.values():
        forwarded = deepcopy(next(each for each in entries.values() if each[_INTEGRATION]["type"] == "aws_proxy"))
        forwarded.pop("security", None)
        entries[ANY] = forwarded
