"""P6 `corporate-standard`: only a customer who was reached can be silent."""

from __future__ import annotations

from tests.clauses.offices.company import decided
from tests.clauses.organisation import Organisation
from tests.clauses.presets.reached import Case, Reached, each_case

OF = Reached(decided, "decided", ("reminder", "silence"), "agent", "closed", "closed")


@each_case
def test_p6_5_only_the_reached_are_silent(company: Organisation, case: Case) -> None:
    shown, expected = case(company, OF)

    assert shown == expected
