"""A filing names its category by a single value: only if one dimension alone has it."""

from __future__ import annotations

import pytest

from chalicelib.complaints import filing
from chalicelib.complaints.filing import Filing
from chalicelib.kit.problem import Problem
from tests.kernel.complaints.small_procedure import START, policy

CATEGORIES = {
    "matter": {"bill": {"en": "Bill"}, "other": {"en": "Other"}},
    "place": {"shop": {"en": "Shop"}, "other": {"en": "Other"}},
}
UNDER = policy(
    {"intake": {"categories": CATEGORIES}, "stages": {"open": {"decide": {"by": ["agent", "manager"], "to": "done"}}}}
)


@pytest.mark.parametrize(("value", "category"), [("bill", {"matter": "bill"}), ("shop", {"place": "shop"})])
def test_a_value_of_one_dimension_is_its_category(value: str, category: dict[str, str]) -> None:
    assert filing.check(UNDER, Filing("phone", category=value), START).category == category


def test_a_value_of_two_dimensions_names_neither() -> None:
    with pytest.raises(Problem) as refused:
        filing.check(UNDER, Filing("phone", category="other"), START)
    assert [place.pointer for place in refused.value.places] == ["/category"]
