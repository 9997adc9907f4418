"""P8 `customer-service`: only a customer who was reached can be silent."""

from __future__ import annotations

from tests.clauses.offices.helpdesk import offered
from tests.clauses.organisation import Organisation
from tests.clauses.presets.reached import Case, Reached, each_case

OF = Reached(offered, "offered", ("reminder", "silence"), "agent", "closed", "closed", phone="complainant.contact")


@each_case
def test_p8_7_only_the_reached_are_silent(helpdesk: Organisation, case: Case) -> None:
    shown, expected = case(helpdesk, OF)

    assert shown == expected
