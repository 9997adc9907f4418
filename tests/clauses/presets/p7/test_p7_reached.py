"""P7 `property-management`: only a customer who was reached can be silent."""

from __future__ import annotations

from tests.clauses.offices.estate import decided
from tests.clauses.organisation import Organisation
from tests.clauses.presets.reached import Case, Reached, each_case

OF = Reached(decided, "decided", ("silence",), "service_centre", "closed", "closed")


@each_case
def test_p7_1_only_the_reached_are_silent(estate: Organisation, case: Case) -> None:
    shown, expected = case(estate, OF)

    assert shown == expected
