"""Complaints in years for which no government has published holidays yet."""

from __future__ import annotations

import pytest

from chalicelib.policy import presets
from chalicelib.policy.worktime.calendars.holidays import editions, load_table
from tests.clauses.organisation import sign_up
from tests.clauses.world import InProcess
from tests.helpers.nonempty import nonempty

LAST = max(load_table(known[-1]).official_through for known in editions().values())


@pytest.mark.parametrize("preset", presets.names())
def test_each_procedure_takes_complaints_and_due_times_in_working_time_are_provisional(preset: str) -> None:
    office = sign_up(InProcess(f"{LAST + 1}-03-03T09:00:00+08:00"), preset)
    number = office.file()

    for one in nonempty(office.get(f"/complaints/{number}/deadlines", "complainant", number)["deadlines"]):
        because = one["because"]
        says_so = "This time is provisional" in because["text"]["en"]
        assert one["provisional"] == says_so == ("working" in because["limit"])
