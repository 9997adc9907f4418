"""What time causes counts its work: the search for the next due event takes more steps if more clocks run."""

from __future__ import annotations

from msgspec.structs import replace

from chalicelib.complaints.acting.advance import wake_at
from chalicelib.policy.worktime import Budget, bounded
from tests.kernel.complaints.small_procedure import Case, policy

CLOCKS = {"answer": {"name": {"en": "A"}, "from": "registered", "until": "decided", "within": "5 days"}}


def steps(times: int) -> int:
    """The counted steps of a search, in a complaint with so many times the clocks that run."""
    case = Case(policy({"tiers": [{"roles": "manager"}], "clocks": CLOCKS}))
    many = replace(case.complaint, runs=case.complaint.runs * times)
    with bounded(Budget(1_000_000)) as budget:
        wake_at(case.policy, many)
    return budget.spent


def test_each_four_clocks_that_run_take_a_step_more() -> None:
    # given one clock that runs, when 400 and 800 run, then 100 steps are added each time
    assert (steps(400) - steps(0), steps(800) - steps(400)) == (100, 100)
