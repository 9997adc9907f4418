"""An organisation on the stack: signed up on a preset, with one person in each role."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from benchmarks.demo_load.client import Client, UnexpectedAnswer
from benchmarks.demo_load.stories import Office
from infra.local.api_client import password_in

OWNER = "owner"


@dataclass(frozen=True, slots=True)
class DemoOrganisation:
    """`tokens` and `subs` by role. The owner has a token only."""

    id: str
    office: Office
    tokens: Mapping[str, str]
    subs: Mapping[str, str]

    @property
    def path(self) -> str:
        return f"/v1/t/{self.id}"

    def auth(self, role: str) -> str:
        return f"Bearer {self.tokens[role]}"

    def named(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Return the fields with `@role` replaced by the person in that role."""
        return {name: self._person(value) for name, value in fields.items()}

    def _person(self, value: Any) -> Any:
        return self.subs[value[1:]] if isinstance(value, str) and value.startswith("@") else value


def sign_up(client: Client, office: Office) -> DemoOrganisation:
    """Sign up an organisation and its people. Raises `UnexpectedAnswer`."""
    tenant = f"load-{uuid.uuid4().hex[:8]}"
    owner = f"owner@{tenant}.example"
    body = {"id": tenant, "name": f"Load {office.preset}", "email": owner, "preset": office.preset}
    client.post("/v1/tenants", body, expect=201)
    owned = sign_in(client, owner)
    tokens, subs = {OWNER: owned}, dict[str, str]()
    for role in office.roles:
        email = f"{role.replace('_', '-')}@{tenant}.example"
        person = {"email": email, "name": role, "grants": [{"role": role}]}
        subs[role] = client.post(f"/v1/t/{tenant}/people", person, f"Bearer {owned}", expect=201)["sub"]
        tokens[role] = sign_in(client, email)
    return DemoOrganisation(tenant, office, tokens, subs)


def sign_in(client: Client, email: str) -> str:
    """Sign in with the password in the invitation, and return the token."""
    text = client.get(f"/_local/mail?to={quote(email)}")["mails"][-1]["text"]
    password = password_in(text)
    if password is None:
        raise UnexpectedAnswer(f"the invitation to {email} has no password")
    given = {"email": email, "password": password}
    token: str = client.post("/_local/token", given)["token"]
    return token
