"""API Gateway's own responses, from `GatewayResponses` in the template."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from infra.local.http import Response


class GatewayResponses:
    """`declared`: the value of the API's property `GatewayResponses`."""

    def __init__(self, declared: Mapping[str, Any]) -> None:
        self._declared = declared

    def respond(self, kind: str) -> Response:
        """Raises KeyError for a type that the template does not declare."""
        request_id = str(uuid.uuid4())
        declared = self._declared[kind]
        headers = [(name, _value(text, request_id)) for name, text in declared["ResponseParameters"]["Headers"].items()]
        body = declared["ResponseTemplates"]["application/json"].replace("$context.requestId", request_id)
        return Response(int(declared["StatusCode"]), headers, body.encode())


def _value(text: str, request_id: str) -> str:
    """Resolves a quoted literal, or the one mapping expression that the template uses."""
    return request_id if text == "context.requestId" else text.strip("'")
