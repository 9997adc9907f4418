"""Adds the method `ANY` to each path, and a path for all others, so that the app answers wrong requests: 405 and 404.

API Gateway uses `ANY` for methods without an entry of their own. Chalice cannot declare it next to them. API Gateway's
own answer to an unknown path is the same for browsers and programs; the app's is a page or a problem document.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

from chalicelib.web.gateway_event import UNKNOWN

ANY = "x-amazon-apigateway-any-method"
FORWARDED = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})
"""The methods that `ANY` stands for. API Gateway answers others, such as TRACE, itself."""
_INTEGRATION = "x-amazon-apigateway-integration"


def forward_wrong_methods(paths: dict[str, dict[str, Any]]) -> None:
    """Adds the entry to each path of an OpenAPI 2 document (`paths`), and the path of all other paths.

    It is a copy of another entry that calls the app, but without an authorizer: the app answers 405 to every caller.
    """
    for entries in paths.values():
        forwarded = deepcopy(next(each for each in entries.values() if each[_INTEGRATION]["type"] == "aws_proxy"))
        forwarded.pop("security", None)
        entries[ANY] = forwarded
    [name] = re.findall(r"\{(\w+)\+\}", UNKNOWN)
    rest = deepcopy(next(entries[ANY] for path, entries in paths.items() if "{" not in path))
    paths[UNKNOWN] = {ANY: {**rest, "parameters": [{"name": name, "in": "path", "required": True, "type": "string"}]}}
