"""An organisation with a name that lures people, signed up by a stranger with the address of somebody else."""

from __future__ import annotations

from typing import Any

from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess, advance
from tests.helpers.fakes.client import Answer

FOUNDER = "founder@bank.example"
BAIT = "中奖通知"
"""The name that a stranger gave the organisation."""


def signed_up(world: InProcess, **asked: str) -> Organisation:
    body = {"id": "bank", "name": BAIT, "email": FOUNDER, "preset": "corporate-standard", **asked}
    answer = world.call("POST", "/v1/tenants", body)
    assert (answer.status, answer.json["open"]) == (201, False)
    return Organisation(world, "bank", "corporate-standard", {"owner": world.fakes.identity.token_of(FOUNDER)})


def founders(at: Organisation, method: str, path: str, body: Any = None) -> Answer:
    return at.world.call(method, at.path + path, body, auth=at.auth("owner"))


def is_open(at: Organisation) -> bool:
    shown = at.world.operate("GET", f"/tenants/{at.id}", None).json
    return bool(shown["open"])


def is_confirmed(at: Organisation) -> bool:
    return bool(at.world.operate("GET", f"/tenants/{at.id}", None).json["confirmed"])


def invited(at: Organisation, email: str, role: str = "agent") -> Answer:
    return founders(at, "POST", "/people", {"email": email, "name": "林", "grants": [{"role": role}]})


def later(world: InProcess, time: str) -> None:
    """Moves the clock and runs the hourly job."""
    advance(world, time)
    world.sweep()


def mailed(world: InProcess) -> set[str]:
    return {mail.to for mail in world.fakes.mailer.outbox}
