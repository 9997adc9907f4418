"""P9 `food-drug-administration`: only a complainant who was reached can be silent."""

from __future__ import annotations

from tests.clauses.offices.bureau import decided
from tests.clauses.organisation import Organisation
from tests.clauses.presets.reached import Case, Reached, each_case

OF = Reached(decided, "decided", ("reminder", "silence"), "information_centre", "closed", "closed")


@each_case
def test_p9_9_only_the_reached_are_silent(bureau: Organisation, case: Case) -> None:
    shown, expected = case(bureau, OF)

    assert shown == expected
