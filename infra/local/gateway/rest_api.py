"""Emulates API Gateway's REST API: converts requests to Lambda proxy events, and results to HTTP responses.

Chalice's own local server does not match greedy paths, mixes up parameters between routes and sends its own errors.
This one sends the errors of `GatewayResponses` in `infra/template.yaml`.
"""

from __future__ import annotations

import base64
import json
import threading
import traceback
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from chalice.app import Chalice, ChaliceAuthorizer, IAMAuthorizer
from chalice.local import (
    ForbiddenError,
    InvalidAuthorizerError,
    LambdaContext,
    LocalGatewayAuthorizer,
    NotAuthorizedError,
)

from chalicelib.web.gateway_event import UNKNOWN, RouteMatch, in_gateway, match
from infra.gateway.wrong_methods import FORWARDED
from infra.local.gateway.operator_signature import verified_operator
from infra.local.gateway.responses import GatewayResponses
from infra.local.http import LocalRequest, Response

MAX_BODY_BYTES = 10 * 1024 * 1024
"""API Gateway's limit."""
STAGE = "api"


class SignatureRefused(Exception):
    """The request has no valid AWS signature of the operator."""


_DENIALS: dict[type[Exception], str] = {
    NotAuthorizedError: "UNAUTHORIZED",
    ForbiddenError: "ACCESS_DENIED",
    InvalidAuthorizerError: "AUTHORIZER_CONFIGURATION_ERROR",
    SignatureRefused: "MISSING_AUTHENTICATION_TOKEN",
}


class Gateway:
    """Serves one Chalice app. Safe for concurrent requests in threads."""

    def __init__(self, app: Chalice, responses: GatewayResponses) -> None:
        _separate_threads(app)
        self._app = app
        self._responses = responses
        self._authorizer = LocalGatewayAuthorizer(app)

    def respond(self, request: LocalRequest) -> Response:
        path, _, query = request.target.partition("?")
        if request.body is None:
            return self._responses.respond("REQUEST_TOO_LARGE")
        if request.method not in FORWARDED:
            return self._responses.respond("MISSING_AUTHENTICATION_TOKEN")
        found = match([*in_gateway(self._app.routes), UNKNOWN], path) or RouteMatch(UNKNOWN, {})
        if request.method == "OPTIONS" and (preflight := self._preflight(found)):
            return preflight
        return self._invoke(request, path, _event(request, path, query, found, self._app.api.binary_types))

    def _invoke(self, request: LocalRequest, path: str, event: dict[str, Any]) -> Response:
        context = LambdaContext("redress-prod", 1024, 28_000)
        try:
            event, context = self._authorized(request, path, event, context)
        except Exception as error:  # noqa: BLE001  the gateway has a response to every authorizer error
            return self._responses.respond(_denial(error))
        try:
            return _http_response(self._app(event, context))
        except Exception:  # noqa: BLE001  as in Lambda: log the error, respond with a failure
            traceback.print_exc()
            return self._responses.respond("INTEGRATION_FAILURE")

    def _authorized(
        self, request: LocalRequest, path: str, event: dict[str, Any], context: Any
    ) -> tuple[dict[str, Any], Any]:
        route = self._app.routes.get(event["resource"], {}).get(event["httpMethod"])
        authorizer = route.authorizer if route else None  # wrong methods reach the app without one
        if isinstance(authorizer, IAMAuthorizer):
            event["requestContext"]["identity"]["userArn"] = _require_operator(request)
        if not isinstance(authorizer, ChaliceAuthorizer):
            return event, context
        authorized: tuple[dict[str, Any], Any] = self._authorizer.authorize(path, event, context)
        return authorized

    def _preflight(self, found: RouteMatch) -> Response | None:
        """The response that API Gateway sends for routes with `cors`, as Chalice configures it. None without `cors`."""
        entries = self._app.routes.get(found.route, {})
        cors = next((entry.cors for entry in entries.values() if entry.cors), None)
        if cors is None or "OPTIONS" in entries:
            return None
        headers = cors.get_access_control_headers() | {"Access-Control-Allow-Methods": ",".join([*entries, "OPTIONS"])}
        return Response(200, [(name, str(value)) for name, value in headers.items()])


def _require_operator(request: LocalRequest) -> str:
    found = verified_operator(request)
    if found is None:
        raise SignatureRefused
    return found


def _denial(error: Exception) -> str:
    """The gateway response type for an authorizer's exception."""
    for kind, response in _DENIALS.items():
        if isinstance(error, kind):
            return response
    traceback.print_exception(error)
    return "AUTHORIZER_FAILURE"


def _event(request: LocalRequest, path: str, query: str, found: RouteMatch, binary_types: list[str]) -> dict[str, Any]:
    """A REST API proxy event, version 1.0 (AWS: "Input format of a Lambda function for proxy integration")."""
    query_values = parse_qs(query, keep_blank_values=True) or None
    return {
        "resource": found.route,
        "path": path,
        "httpMethod": request.method,
        "headers": dict(request.headers),
        "multiValueHeaders": {name: [value] for name, value in request.headers.items()},
        "queryStringParameters": {name: values[-1] for name, values in query_values.items()} if query_values else None,
        "multiValueQueryStringParameters": query_values,
        "pathParameters": found.parameters or None,
        "stageVariables": None,
        "requestContext": {
            "resourcePath": found.route,
            "httpMethod": request.method,
            "path": f"/{STAGE}{path}",
            "stage": STAGE,
            "identity": {"sourceIp": "127.0.0.1", "userAgent": request.headers.get("user-agent")},
        },
        **_body(request, binary_types),
    }


def _body(request: LocalRequest, binary_types: list[str]) -> dict[str, Any]:
    if not request.body:
        return {"body": None, "isBase64Encoded": False}
    if request.headers.get("content-type", "").partition(";")[0] in binary_types:
        return {"body": base64.b64encode(request.body).decode(), "isBase64Encoded": True}
    try:
        return {"body": request.body.decode(), "isBase64Encoded": False}
    except UnicodeDecodeError:  # as bytes, so that the app reports the error instead of storing replacement characters
        return {"body": base64.b64encode(request.body).decode(), "isBase64Encoded": True}


def _http_response(result: Mapping[str, Any]) -> Response:
    headers = [(name, str(value)) for name, value in result.get("headers", {}).items()]
    headers += [(name, each) for name, values in result.get("multiValueHeaders", {}).items() for each in values]
    body = result.get("body") or ""
    if result.get("isBase64Encoded"):
        return Response(result["statusCode"], headers, base64.b64decode(body))
    text = body if isinstance(body, str) else json.dumps(body)
    return Response(result["statusCode"], headers, text.encode())


def _separate_threads(app: Chalice) -> None:
    """Chalice stores the current request on the app, because Lambda runs one at a time. Here: one per thread."""
    local = threading.local()

    def thread_property(name: str) -> property:
        return property(lambda _: getattr(local, name, None), lambda _, value: setattr(local, name, value))

    names = ("current_request", "lambda_context")
    app.__class__ = type("LocalApp", (type(app),), {name: thread_property(name) for name in names})
