"""A rating within the instant of the result: the state does not tell which came first, so another one is permitted."""

from __future__ import annotations

import pytest

from chalicelib.complaints.rights.permits import COMPLAINANT
from chalicelib.kit.instants import HOUR
from tests.kernel.complaints.small_procedure import Case, policy

STAGES = {
    "open": {"decide": {"by": "agent", "to": "second"}},
    "second": {
        "rate": {"by": "complainant"},
        "execute": {"by": "agent"},
        "close": {"by": "manager", "to": "done"},
    },
}


@pytest.mark.parametrize(("between", "offered"), [(0, ["rate"]), (HOUR, [])], ids=["at once", "an hour later"])
def test_a_result_is_rated_again_only_if_it_may_have_come_after_the_rating(between: int, offered: list[str]) -> None:
    case = Case(policy({"stages": STAGES}))
    case.act("decide")
    case.now += between - HOUR  # each act of a case is an hour later
    case.act("rate", COMPLAINANT)
    assert case.open_to(COMPLAINANT) == offered


def test_what_was_carried_out_after_the_rating_is_rated_again() -> None:
    case = Case(policy({"stages": STAGES}))
    case.act("decide")
    case.act("rate", COMPLAINANT)
    assert case.open_to(COMPLAINANT) == []

    case.act("execute")

    assert case.open_to(COMPLAINANT) == ["rate"]
