"""P4 `government-service-centre`: only a complainant who was reached can be silent."""

from __future__ import annotations

from tests.clauses.offices.hall import decided
from tests.clauses.organisation import Organisation
from tests.clauses.presets.reached import Case, Reached, each_case

OF = Reached(decided, "decided", ("reminder", "silence"), "reception", "closed", "closed")


@each_case
def test_p4_7_only_the_reached_are_silent(hall: Organisation, case: Case) -> None:
    shown, expected = case(hall, OF)

    assert shown == expected
