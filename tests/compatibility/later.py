"""What becomes of the items that the scenario left behind: people go on, and time goes by."""

from __future__ import annotations

from tests.clauses.organisation import Organisation
from tests.compatibility import dump
from tests.compatibility.answers import Reader
from tests.compatibility.world import LaterWorld, seeded, token_of

UNTIL = "2026-12-02T12:00:00+08:00"
FIELDS = {"agent_team": "一组", "agent_number": "0007"}


def played_on(now: int, tenant: str, subs: dict[str, str], items: list[str], objects: list[str]) -> list[str]:
    """Items that are new or other than they were, after two acts, one filing and all that falls due in three days."""
    with seeded("later"):
        world = LaterWorld(now, Reader(now, items, objects).fakes)
        company = Organisation(world, tenant, "corporate-standard", {who: token_of(sub) for who, sub in subs.items()})
        number = company.file()
        company.act(number, "agent", "accept", **FIELDS)
        company.act("202611-000004", "agent", "accept", **FIELDS)
        world.move_to(UNTIL)
    old = set(items)
    return [line for line in dump.items(world.fakes) if line not in old]
