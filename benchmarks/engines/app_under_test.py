"""The app under test: one organisation with one complaint under investigation, on any store."""

from __future__ import annotations

import functools
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from app import build
from chalicelib.store.port import Store
from chalicelib.tenants.directory import Directory
from chalicelib.tenants.publication.policy_language import PolicyLanguage
from chalicelib.web.api import Api
from tests.helpers.fakes.client import Client
from tests.helpers.fakes.wiring import fakes

PRESET = "corporate-standard"
ACT = "inspect"
"""The measured act. It has a private field, so it writes snapshot, event, private item and idempotency record."""
_FIELDS = {"findings": "已与客户及经办人核对，情况属实。", "truthful": True}
_BEFORE: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("agent", "accept", {"agent_team": "一班", "agent_number": "1007"}),
    ("team_lead", "confirm", {}),
    ("team_lead", "forward", {"to": "business_unit"}),
)


@dataclass(slots=True)
class AppUnderTest:
    """The app and its complaint."""

    api: Api
    tenant: str
    number: str
    _event: Callable[[str], dict[str, Any]]

    def act(self, clock: Callable[[], float] = time.perf_counter) -> float:
        """Send one command as an event of API Gateway. Returns the seconds that the app took."""
        event = self._event(str(uuid.uuid4()))
        began = clock()
        answer = self.api(event, None)
        took = clock() - began
        assert answer["statusCode"] == 200, answer["body"]
        return took


def app_under_test(store: Store | None = None, events: int = 50) -> AppUnderTest:
    """Build the app with a complaint that has `events` events. `store`: default: a memory store."""
    real = lambda: time.time_ns() // 1_000_000  # noqa: E731
    others = {} if store is None else {"store": store, "states": Directory(store, real)}
    world = fakes(policies=PolicyLanguage(), **others)
    api = build(lambda: world.wiring)
    tap, tenant = _Tap(api), f"bench-{uuid.uuid4().hex[:8]}"
    client = Client(cast(Api, tap))

    def call(method: str, path: str, body: Any, token: str | None = None) -> Any:
        answer = client.request(method, path, body, token=token, key=str(uuid.uuid4()))
        assert answer.status < 300, answer.text
        return answer.json

    owner = f"owner@{tenant}.example"
    call("POST", "/v1/tenants", {"id": tenant, "name": "Benchmark", "email": owner, "preset": PRESET})
    tokens, sub = {"owner": world.identity.token_of(owner)}, ""
    for role in ("agent", "team_lead", "business_unit"):
        email = f"{role.replace('_', '-')}@{tenant}.example"
        person = {"email": email, "name": role, "grants": [{"role": role}]}
        sub = call("POST", f"/v1/t/{tenant}/people", person, tokens["owner"])["sub"]
        tokens[role] = world.identity.token_of(email)
    example = call("GET", f"/v1/presets/{PRESET}", None)["example"]
    number = call("POST", f"/v1/t/{tenant}/complaints", example)["number"]
    path = f"/v1/t/{tenant}/complaints/{number}/acts"
    for role, act, fields in (*_BEFORE, ("business_unit", "assign", {"responsible": sub})):
        call("POST", f"{path}/{act}", {"fields": fields}, tokens[role])
    while int(call("POST", f"{path}/{ACT}", {"fields": _FIELDS}, tokens["business_unit"])["version"]) < events:
        pass
    return AppUnderTest(api, tenant, number, functools.partial(_with_key, tap.event))


class _Tap:
    """Wraps the app and keeps the last event it was called with."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self.event: dict[str, Any] = {}

    def __call__(self, event: dict[str, Any], context: Any) -> dict[str, Any]:
        self.event = event
        return self._api(event, context)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._api, name)


def _with_key(event: dict[str, Any], key: str) -> dict[str, Any]:
    headers = {**event["headers"], "Idempotency-Key": key}
    return {**event, "headers": headers, "multiValueHeaders": {name: [value] for name, value in headers.items()}}
