"""Demonstration tenants: one a preset, with people in every role and living complaints, through the API itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from infra.local.api_client import ApiClient

COMPLAINTS = 3
"""Living complaints a tenant."""
_DOMAIN = "example.com"
_OWNER = "owner"

Json = dict[str, Any]


def create_all(client: ApiClient) -> list[Json]:
    """One tenant for each preset that the API lists, as `.local/stack.json` describes them."""
    return [create_tenant(client, each["preset"]) for each in client.get("/v1/presets")["presets"]]


def create_tenant(client: ApiClient, preset: str) -> Json:
    """The tenant `demo-<preset>`. Raises `api_client.Refused` where the API refuses anything of it."""
    tenant = f"demo-{preset}"
    described = client.get(f"/v1/presets/{preset}")
    owner = f"{_OWNER}@{tenant}.{_DOMAIN}"
    client.post("/v1/tenants", {"id": tenant, "name": f"Demo {preset}", "email": owner, "preset": preset})
    people = [_signed_in(client, tenant, owner, [{"role": _OWNER}])]
    token = people[0].pop("token")
    units = _units(client, tenant, described, token)
    for role, grants in _roles(client, tenant, units, token):
        email = f"{role.replace('_', '-')}@{tenant}.{_DOMAIN}"
        client.post(f"/v1/t/{tenant}/people", {"email": email, "name": role, "grants": grants}, token)
        person = _signed_in(client, tenant, email, grants)
        del person["token"]
        people.append(person)
    for _ in range(COMPLAINTS):
        client.post(f"/v1/t/{tenant}/complaints", described["example"])
    return {"slug": tenant, "preset": preset, "people": people, "units": units}


def _signed_in(client: ApiClient, tenant: str, email: str, grants: list[Json]) -> Json:
    """The first sign-in makes the invitation's password the permanent one. `sub`: by which acts name the person."""
    password = client.password(email)
    token = client.sign_in(email, password)
    return {
        "sub": client.get(f"/v1/t/{tenant}/people/me", token)["sub"],
        "email": email,
        "password": password,
        "roles": sorted({grant["role"] for grant in grants}),
        "grants": grants,
        "token": token,
    }


def _units(client: ApiClient, tenant: str, described: Json, owner: str) -> list[str]:
    """Two units where the preset has them, the example's own among them."""
    example = described["example"]
    if "unit" not in example and "unit" not in described["policy"]["intake"]:
        return []
    units = [example.get("unit", "east"), "west"]
    for unit in units:
        client.post(f"/v1/t/{tenant}/units", {"id": unit, "name": unit.capitalize()}, owner)
    return units


def _roles(client: ApiClient, tenant: str, units: list[str], owner: str) -> Iterator[tuple[str, list[Json]]]:
    """Each role of the policy with its grants: for every unit, where acts ask for the role of the unit."""
    policy = client.get(f"/v1/t/{tenant}/policy", owner)
    of_units = set(_of_units(policy["policy"]))
    for role in policy["roles"]:
        if role != _OWNER:
            of = [{"role": role, "unit": unit} for unit in units] if role in of_units else []
            yield role, of or [{"role": role}]


def _of_units(document: Any) -> Iterator[str]:
    """The roles named as `{role: …, of: unit}` anywhere in a policy document."""
    if isinstance(document, dict):
        if document.get("of") == "unit":
            named = document["role"]
            yield from [named] if isinstance(named, str) else named
        document = list(document.values())
    if isinstance(document, list):
        for each in document:
            yield from _of_units(each)
