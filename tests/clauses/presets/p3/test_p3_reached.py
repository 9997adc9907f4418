"""P3 `auto-repair-forms`: only a customer who was reached can be silent."""

from __future__ import annotations

from functools import partial

from tests.clauses.offices.workshop import parked
from tests.clauses.organisation import Organisation
from tests.clauses.presets.reached import Case, Reached, each_case

OF = Reached(
    partial(parked, reason="customer_absent"), "parked", ("reminder", "silence"), "service_centre", "closed", "closed"
)


@each_case
def test_p3_6_only_the_reached_are_silent(workshop: Organisation, case: Case) -> None:
    shown, expected = case(workshop, OF)

    assert shown == expected
