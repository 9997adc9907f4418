"""P2 `auto-repair`: only a customer who was reached can be silent."""

from __future__ import annotations

from tests.clauses.offices.garage import offered
from tests.clauses.organisation import Organisation
from tests.clauses.presets.reached import Case, Reached, each_case

OF = Reached(offered, "offered", ("reminder", "silence"), "customer_service", "closed", "closed")


@each_case
def test_p2_5_only_the_reached_are_silent(garage: Organisation, case: Case) -> None:
    shown, expected = case(garage, OF)

    assert shown == expected
