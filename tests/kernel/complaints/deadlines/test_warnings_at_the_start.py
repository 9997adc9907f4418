"""A warning that would come when its clock starts: what has just begun needs none."""

from __future__ import annotations

import pytest

from tests.kernel.complaints.small_procedure import Case, policy

CLOCK = {"name": {"en": "Answer"}, "from": "registered", "until": "decided", "within": "1 day"}


@pytest.mark.parametrize(("warn", "warnings"), [("24 hours before", 0), ("23 hours before", 1)])
def test_only_a_warning_after_the_start_is_given(warn: str, warnings: int) -> None:
    stages = {"open": {"decide": {"by": ["agent", "manager"], "to": "done"}}}
    clocks = {"answer": {**CLOCK, "warn": warn}}

    [run] = Case(policy({"stages": stages, "tiers": [{"roles": "manager"}], "clocks": clocks})).complaint.runs

    assert len(run.warns) == warnings
