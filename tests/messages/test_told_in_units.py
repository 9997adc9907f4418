"""A message to a role reaches its members for the complaint's unit, and those for the whole organisation."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import hire, sign_up_with
from tests.clauses.world import InProcess
from tests.ledgers.test_live import UNITS


@pytest.mark.parametrize(
    ("unit", "told"),
    [("north", {"clerk", "northern"}), ("south", {"clerk", "southern"}), (None, {"clerk", "northern", "southern"})],
)
def test_a_filing_is_told_to_the_people_of_its_unit(unit: str | None, told: set[str]) -> None:
    made = sign_up_with(InProcess("2026-11-27T09:10:00+08:00"), UNITS)
    for name in ("north", "south"):
        made.world.call("POST", f"{made.path}/units", {"id": name, "name": name}, auth=made.auth("owner"))
        hire(made, "clerk", name=f"{name}ern", unit=name)

    number = made.file(**({} if unit is None else {"unit": unit}))

    assert {who for who in ("clerk", "northern", "southern") if made.told(who, number, "en")} == told
