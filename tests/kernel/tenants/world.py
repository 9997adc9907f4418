"""Requests to organisations over HTTP, on fakes: `shop` with its owner and an agent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.helpers.fakes.client import Answer, Client, fresh_key
from tests.helpers.fakes.wiring import Fakes, fakes
from tests.kernel.web.serving import client_on

OWNER, AGENT = "owner@shop.example", "agent@shop.example"


SIGN_UP = {"id": "shop", "name": "小店", "email": OWNER, "preset": "corporate-standard"}


INVITE = {"email": AGENT, "name": "林", "grants": [{"role": "agent"}]}


POLICY = {"people": {"inspector": "检查员"}}


@dataclass(frozen=True)
class World:
    fakes: Fakes
    client: Client

    def sign_up(self, key: str | None = None, **changes: Any) -> Answer:
        return self.client.request("POST", "/v1/tenants", {**SIGN_UP, **changes}, key=key or fresh_key())

    def token(self, email: str) -> str:
        """Signs in with the password of the latest invitation."""
        password = self.fakes.mailer.to(email)[-1].line("Password")
        return self.fakes.identity.token(email, password) if password else self.fakes.identity.token_of(email)

    def owner(self, method: str, path: str, body: Any = None, **more: Any) -> Answer:
        return self.client.request(method, f"/v1/t/shop{path}", body, token=self.token(OWNER), **more)

    def agent(self, method: str, path: str, body: Any = None) -> Answer:
        return self.client.request(method, f"/v1/t/shop{path}", body, token=self.token(AGENT))


def world_on(**ports: Any) -> World:
    made = fakes(**ports)
    return World(made, client_on(made.wiring))


def sub_of(world: World, email: str) -> str:
    return world.fakes.identity.people[email].sub
