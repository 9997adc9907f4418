"""An HTTP client that calls the authorizer and the app with API Gateway events, without a server."""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import parse_qs

import msgspec

from chalicelib.kit.problem import Problem
from chalicelib.web.api import Api
from chalicelib.web.contract import Contract
from chalicelib.web.responses import PROBLEM_TYPE
from tests.across.leaks import planted
from tests.helpers.fakes import problems
from tests.helpers.fakes.app import App
from tests.helpers.fakes.problems import Asked


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        return msgspec.json.decode(self.text)

    @property
    def problem(self) -> str:
        """The problem kind: the last segment of `type`. Empty if the request succeeded."""
        return "" if self.status < 400 else str(self.json["type"]).rpartition("/")[2]

    @property
    def pointer(self) -> str | None:
        """The place of the first error in the request's body; None if the response names no error."""
        errors = self.json.get("errors", ())
        return next((error["pointer"] for error in errors), None)


class Client:
    """`token` and `receipt` set the `Authorization` header, `key` the `Idempotency-Key`."""

    def __init__(self, api: Api | App) -> None:
        self._api = api

    def request(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        token: str | None = None,
        key: str | None = None,
        headers: dict[str, str] | None = None,
        address: str | None = None,
        operator: str | None = None,
    ) -> Answer:
        """`body`: bytes are sent unchanged, other values as JSON. `address`: the source that the gateway reports.

        `operator`: the ARN whose signature the gateway verified.
        """
        sent = {"Authorization": f"Bearer {token}"} if token else {}
        sent |= {"Idempotency-Key": key} if key else {}
        sent |= headers or {}
        planted.sent(sent, body)
        identity = None if address is None else {"sourceIp": address}
        if operator is not None:
            identity = {"sourceIp": address or "192.0.2.1", "userArn": operator}
        answer = self.unplanted(method, path, body, sent, identity)
        planted.answered(answer.status, answer.text, body)
        planted.shown(path, sent, answer.text)
        return answer

    def unplanted(
        self, method: str, path: str, body: Any, headers: dict[str, str], identity: dict[str, str] | None = None
    ) -> Answer:
        """For a caller that plants the markers itself (`planted`). `identity`: as the gateway reports it."""
        sent = {"Content-Type": "application/json"} | headers if body is not None else headers
        event = self._event(method, path, body, sent)
        if identity is not None:
            event["requestContext"]["identity"] = identity
        answer = self._api(event, None)
        answered = Answer(answer["statusCode"], answer.get("headers", {}), answer["body"])
        if answered.headers.get("Content-Type") == PROBLEM_TYPE:
            contract = self._contract(method, event["requestContext"]["resourcePath"])
            problems.check(answered.json, answered.headers.get("Content-Language"), Asked(body, contract))
        return answered

    def _event(self, method: str, path: str, body: Any, headers: dict[str, str]) -> dict[str, Any]:
        path, _, query = path.partition("?")
        template, params = self._match(path)
        context: dict[str, Any] = {"httpMethod": method, "resourcePath": template, "requestId": str(uuid.uuid4())}
        if subject := self._subject(headers.get("Authorization", "")):
            context["authorizer"] = {"principalId": subject}
        return {
            "path": path,
            "requestContext": context,
            "headers": headers,
            "multiValueHeaders": {name: [value] for name, value in headers.items()},
            "pathParameters": params,
            "multiValueQueryStringParameters": parse_qs(query, keep_blank_values=True) or None,
            "body": _text(body),
            "isBase64Encoded": isinstance(body, bytes),
            "stageVariables": None,
        }

    def _contract(self, method: str, template: str) -> Contract | None:
        return next((one for one in self._api.all_contracts if (one.method, one.path) == (method, template)), None)

    def _match(self, path: str) -> tuple[str, dict[str, str]]:
        segments = path.split("/")
        found = _template(_tree(tuple(self._api.routes)), segments, 0)
        if found is None:
            return path, {}
        names = found.split("/")
        return found, {name[1:-1]: value for name, value in zip(names, segments, strict=True) if name[:1] == "{"}

    def _subject(self, authorization: str) -> str | None:
        scheme, _, token = authorization.partition(" ")
        try:
            return self._api.get_wiring().tokens.subject(token) if scheme == "Bearer" else None
        except Problem:
            return None


Tree = dict[str, Any]
"""The templates below a segment, by their next segment. A parameter is named `*`, and the end of a template `/`."""


@cache
def _tree(templates: tuple[str, ...]) -> Tree:
    found: Tree = {}
    for one in templates:
        place = found
        for segment in one.split("/"):
            place = place.setdefault("*" if segment[:1] == "{" else segment, {})
        place["/"] = one
    return found


def _template(tree: Tree, segments: Sequence[str], at: int) -> str | None:
    """API Gateway prefers fixed segments to parameters."""
    if at == len(segments):
        return tree.get("/")
    for name in (segments[at], "*") if segments[at] else ("",):
        below = tree.get(name)
        if below is not None and (found := _template(below, segments, at + 1)) is not None:
            return found
    return None


def _text(body: Any) -> str | None:
    if body is None:
        return None
    return base64.b64encode(body).decode() if isinstance(body, bytes) else json.dumps(body)


def fresh_key() -> str:
    return str(uuid.uuid4())
