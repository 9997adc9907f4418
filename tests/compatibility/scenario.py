"""The scenario that the fixtures come of: five organisations on five presets, on one deployment."""

from __future__ import annotations

from dataclasses import dataclass

from tests.clauses.organisation import Organisation, first_sign_in
from tests.compatibility import company, estate, offices, workshop
from tests.compatibility.asking import asked
from tests.compatibility.world import FixedWorld, seeded

EXPORTED = ("company", "workshop", "estate")


@dataclass(frozen=True)
class Played:
    """`exports`: the job that made each organisation's archive."""

    world: FixedWorld
    organisations: dict[str, Organisation]
    exports: dict[str, str]


def play() -> Played:
    """The same each time, to the byte."""
    with seeded("compatibility"):
        world = FixedWorld()
        made = {"company": company.play(world), "workshop": workshop.play(world), "estate": estate.play(world)}
        made |= {"marketplace": offices.market(world), "hall": offices.hall(world)}
        others(world)
        world.move_to("2026-11-29T12:00:00+08:00")
        exports = {name: asked(made[name], "POST", "/exports")["id"] for name in EXPORTED}
        given_up(world, made["workshop"])
        return Played(world, made, exports)


def others(world: FixedWorld) -> None:
    """One organisation that nobody has confirmed, and one that is leaving."""
    for name, preset in (("newcomer", "platform"), ("leaver", "telecom-regulator")):
        body = {"id": name, "name": "示例机构", "email": f"owner@{name}.example", "preset": preset}
        assert world.call("POST", "/v1/tenants", body).status == 201
    leaver = Organisation(world, "leaver", "telecom-regulator")
    leaver.tokens["owner"] = first_sign_in(world, "owner@leaver.example")
    asked(leaver, "GET", "")
    asked(leaver, "POST", "/leave", {"id": "leaver"})


def given_up(world: FixedWorld, workshop: Organisation) -> None:
    """A complaint whose deadline the worker fails to record is parked, for an operator."""
    workshop.file()
    world.move_to("2026-11-29T12:59:59+08:00")
    world.park_at("2026-11-29T13:00:00+08:00")
