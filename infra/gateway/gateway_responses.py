"""API Gateway's own error responses, sent before the service's code runs, as problem documents with CORS headers.

`infra/template.yaml` contains them as the API's `GatewayResponses` (SAM). API Gateway sends
MISSING_AUTHENTICATION_TOKEN for an operator's path without a signature, and for a method that it does not know. Wrong
methods and unknown paths reach the app (`wrong_methods.py` beside this file), which has pages for browsers. These
responses cannot depend on what a client accepts.
"""

from __future__ import annotations

import json
from typing import Any

from chalicelib.web import responses
from chalicelib.web.problems import PROBLEM_TYPES, TYPE_PREFIX

PROBLEMS = {
    "MISSING_AUTHENTICATION_TOKEN": ("not-found", "No route has this path and method."),
    "RESOURCE_NOT_FOUND": ("not-found", "No route has this path and method."),
    "UNAUTHORIZED": ("unauthenticated", "Sign in first."),
    "ACCESS_DENIED": ("unauthenticated", "The token is not a valid ID token of this service. Sign in again."),
    "EXPIRED_TOKEN": ("unauthenticated", "Sign in again."),
    "AUTHORIZER_FAILURE": ("unavailable", "Tokens cannot be verified at the moment."),
    "AUTHORIZER_CONFIGURATION_ERROR": ("unavailable", "Tokens cannot be verified at the moment."),
    "REQUEST_TOO_LARGE": ("payload-too-large", "The body is too large."),
    "UNSUPPORTED_MEDIA_TYPE": ("unsupported-media-type", "Send the body as application/json in UTF-8."),
    "THROTTLED": ("too-many-requests", "Too many requests at once."),
    "QUOTA_EXCEEDED": ("too-many-requests", "Too many requests."),
    "INTEGRATION_FAILURE": ("unavailable", "The service did not answer."),
    "INTEGRATION_TIMEOUT": ("unavailable", "The service did not answer in time."),
    "DEFAULT_4XX": ("bad-request", "The request cannot be read."),
    "DEFAULT_5XX": ("unavailable", "The service did not answer."),
}
"""ACCESS_DENIED is 401, because the authorizer only authenticates. The service itself authorizes."""


def gateway_response(response_type: str) -> dict[str, Any]:
    """One entry of the SAM property `GatewayResponses`. Header values are quoted literals or mapping expressions."""
    kind, detail = PROBLEMS[response_type]
    row = PROBLEM_TYPES[kind]
    body = {"type": TYPE_PREFIX + kind, "title": row.title.en, "status": row.status, "detail": detail}
    literals = {
        "Content-Type": responses.PROBLEM_TYPE,
        **responses.SECURITY_HEADERS,
        **responses.default_headers(),
        **responses.kind_headers(kind),
    }
    headers = {name: f"'{value}'" for name, value in literals.items()} | {"X-Correlation-Id": "context.requestId"}
    return {
        "StatusCode": row.status,
        "ResponseParameters": {"Headers": headers},
        "ResponseTemplates": {"application/json": json.dumps({**body, "correlation_id": "$context.requestId"})},
    }


def gateway_responses() -> dict[str, dict[str, Any]]:
    return {response_type: gateway_response(response_type) for response_type in PROBLEMS}
