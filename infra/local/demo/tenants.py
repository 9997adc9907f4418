"""Creates demonstration tenants through the API: one per preset, with people in every role and open complaints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from infra.local.api_client import ApiClient
from infra.local.demo import names

COMPLAINTS = 3
"""Open complaints per tenant."""
_DOMAIN = "example.com"
_OWNER = "owner"

Json = dict[str, Any]


def create_all(client: ApiClient, presets: Iterable[str]) -> list[Json]:
    """Creates one tenant per preset. Returns their descriptions, as in `.local/stack.json`."""
    return [create_tenant(client, preset) for preset in presets]


def create_tenant(client: ApiClient, preset: str) -> Json:
    """Creates the tenant `demo-<preset>`. Raises `api_client.RequestFailed`."""
    tenant = f"demo-{preset}"
    preset_view = client.get(f"/v1/presets/{preset}")
    owner = f"{_OWNER}@{tenant}.{_DOMAIN}"
    client.post("/v1/tenants", {"id": tenant, "name": names.organisation(preset), "email": owner, "preset": preset})
    people = [_sign_in(client, tenant, owner, [{"role": _OWNER}])]  # the owner's first request opens the tenant
    token = people[0].pop("token")
    units = _units(client, tenant, preset_view, token)
    tokens: dict[str, str] = {}
    roles = list(_roles(client, tenant, units, token))
    for (role, grants), name in zip(roles, names.people(len(roles)), strict=True):
        email = f"{role.replace('_', '-')}@{tenant}.{_DOMAIN}"
        client.post(f"/v1/t/{tenant}/people", {"email": email, "name": name, "grants": grants}, token)
        person = _sign_in(client, tenant, email, grants)
        tokens[role] = person.pop("token")
        people.append(person)
    filer = next(who for who in preset_view["example_filed_by"] if who != _OWNER)
    for _ in range(COMPLAINTS):
        client.post(f"/v1/t/{tenant}/complaints", preset_view["example"], tokens.get(filer))  # the complainant has none
    return {"slug": tenant, "preset": preset, "people": people, "units": units}


def _sign_in(client: ApiClient, tenant: str, email: str, grants: list[Json]) -> Json:
    """First sign-in: the invitation's password becomes permanent. `sub`: the id that acts use for the person."""
    password = client.password(email)
    token = client.sign_in(email, password)
    return {
        "sub": client.get(f"/v1/t/{tenant}/people/me", token)["sub"],
        "email": email,
        "password": password,
        "sign_in": f"{client.url}/_local/sign-in?{urlencode({'email': email})}",
        "roles": sorted({grant["role"] for grant in grants}),
        "grants": grants,
        "token": token,
    }


def _units(client: ApiClient, tenant: str, preset_view: Json, owner: str) -> list[str]:
    """Creates two units where the preset has units. One is the unit of the example complaint."""
    example = preset_view["example"]
    if "unit" not in example and "unit" not in preset_view["policy"]["intake"]:
        return []
    units = [example.get("unit", "east"), "west"]
    for unit in units:
        client.post(f"/v1/t/{tenant}/units", {"id": unit, "name": names.unit(unit)}, owner)
    return units


def _roles(client: ApiClient, tenant: str, units: list[str], owner: str) -> Iterator[tuple[str, list[Json]]]:
    """Each role of the policy with its grants: one per unit where acts need the role in the complaint's unit."""
    policy = client.get(f"/v1/t/{tenant}/policy", owner)
    unit_roles = set(_unit_roles(policy["policy"]))
    for role in policy["roles"]:
        if role != _OWNER:
            per_unit = [{"role": role, "unit": unit} for unit in units] if role in unit_roles else []
            yield role, per_unit or [{"role": role}]


def _unit_roles(document: Any) -> Iterator[str]:
    """The roles in `{role: …, of: unit}` anywhere in a policy document."""
    if isinstance(document, dict):
        if document.get("of") == "unit":
            named = document["role"]
            yield from [named] if isinstance(named, str) else named
        document = list(document.values())
    if isinstance(document, list):
        for each in document:
            yield from _unit_roles(each)
