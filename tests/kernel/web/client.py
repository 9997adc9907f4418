"""An API with routes of the test, called through Chalice's test client."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from chalice.test import Client, HTTPResponse

from chalicelib.access import binding
from chalicelib.web.api import Api
from tests.across.leaks import planted
from tests.helpers.fakes import identity
from tests.helpers.fakes.wiring import Fakes, fakes

KEY = "b3b6f5a0-6d2f-4f0e-9a55-0c6c1c5d2f10"


class FakeStates:
    """`ports.TenantStates` over a dict; like the real one, it requires the directory binding."""

    def __init__(self, states: Mapping[str, str]) -> None:
        self.states = dict(states)

    def state(self, tenant: str) -> str | None:
        assert binding.current().kind == "directory"
        return self.states.get(tenant)

    def is_open(self, tenant: str) -> bool:
        return tenant in self.states

    def second_factor(self, tenant: str) -> bool:
        return tenant == "strict"

    def reason(self, tenant: str) -> str:
        return "unpaid" if tenant == "paused" else ""

    def origins(self, tenant: str) -> Sequence[str]:
        return ["https://shop.example", "https://www.shop.example"] if tenant == "paused" else []

    def plan(self, tenant: str) -> str | None:
        return "starter" if tenant in self.states else None

    def invalidate(self, tenant: str) -> None:
        """Does nothing, because nothing is cached."""


class Frame:
    """Declare routes on `api` and call them with `send`. Undeclared problems fail the test."""

    def __init__(self) -> None:
        states = FakeStates(
            {"acme": "active", "waiting": "pending", "paused": "suspended", "going": "leaving", "strict": "active"}
        )
        self.fakes: Fakes = fakes(states=states)
        self.api = Api("redress", lambda: self.fakes.wiring)
        self.api.on_undeclared = _refuse

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> HTTPResponse:
        """`body`: bytes are sent unchanged, other values as JSON. Header names have `_` for `-`."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None:
            given = {"Content-Type": "application/json"} | given
        raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        planted.sent(given, body)
        answer = Client(self.api).http.request(method, path, headers=given, body=raw)
        text = answer.body.decode("utf-8", "replace")
        planted.answered(answer.status_code, text, body)
        planted.shown(path, given, text)
        return answer

    def token(self, sub: str = "sub-1", **claims: Any) -> str:
        return identity.id_token(sub, now=self.fakes.real_clock(), **claims)


def _refuse(route: str, problem: str) -> None:
    raise AssertionError(f"{route} answered {problem!r}, which its contract does not declare")
