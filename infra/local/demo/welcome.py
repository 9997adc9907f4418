"""The text that `make run` prints when the stack is ready."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]


def welcome_text(url: str, tenants: list[Json]) -> str:
    """The address, the demonstration tenants with people and passwords, and commands to paste into a shell."""
    return "\n".join(
        ["", f"Redress is running at {url}", "", *_tenants(tenants), *_commands(url, tenants), *_closing()]
    )


def _tenants(tenants: list[Json]) -> Iterator[str]:
    width = max((len(person["email"]) for tenant in tenants for person in tenant["people"]), default=0)
    for tenant in tenants:
        units = f", units {' '.join(tenant['units'])}" if tenant["units"] else ""
        yield f"{tenant['slug']} (preset {tenant['preset']}{units})"
        for person in tenant["people"]:
            yield f"  {person['email']:<{width}}  {person['password']}  {' '.join(person['roles'])}"
            yield f"    {person['sign_in']}"
        yield ""


def _commands(url: str, tenants: list[Json]) -> Iterator[str]:
    if not tenants:
        return
    tenant = tenants[0]["slug"]
    person = next((each for each in tenants[0]["people"] if each["roles"] != ["owner"]), tenants[0]["people"][0])
    sign_in = f'{{"email": "{person["email"]}", "password": "{person["password"]}"}}'
    python = "python3 -c 'import json,sys; print(json.load(sys.stdin)[\"token\"])'"
    post = "curl -s -H 'Content-Type: application/json'"
    yield "Commands to try:"
    yield f"  TOKEN=$({post} -d {shlex.quote(sign_in)} {url}/_local/token | {python})"
    yield f'  curl -s -H "Authorization: Bearer $TOKEN" {url}/v1/t/{tenant}/complaints'
    yield f'  {post} -d \'{{"advance": "26 hours"}}\' {url}/_local/clock'
    yield f"  curl -s {url}/_local/mail"
    yield ""


def _closing() -> Iterator[str]:
    yield "These people and passwords are also in .local/stack.json. All data is in memory and is lost when the stack"
    yield "stops. Press Ctrl-C to stop it."
