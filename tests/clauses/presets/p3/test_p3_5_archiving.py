"""P3.5 `auto-repair-forms`: a closed case is archived in time, or the miss goes up."""

from __future__ import annotations

from tests.clauses.offices.workshop import closed, parked
from tests.clauses.organisation import Organisation
from tests.clauses.presets.p3.test_p3_alarms import OVERDUE, alarmed
from tests.clauses.world import skip_to


def test_p3_5_a_closed_case_is_archived_in_five_working_days(workshop: Organisation) -> None:
    number = closed(workshop)
    deadline = workshop.deadline(number, "archiving")
    found = workshop.local(deadline["due"]), deadline["because"]["rule"]["clause"]
    assert found == ("2026-12-04T18:00:00+08:00", "P3.5")

    workshop.act(number, "service_centre", "archive")

    assert workshop.deadline(number, "archiving")["state"] == "met"


def test_p3_5_a_case_that_is_not_archived_is_escalated(workshop: Organisation) -> None:
    number = closed(workshop)

    workshop.world.move_to("2026-12-11T18:00:00+08:00")

    told = [event["fields"]["roles"] for event in workshop.events(number, type_="escalated")]
    assert told == [["management"], ["general_manager"]]
    assert alarmed(workshop, number, OVERDUE) == {"service_centre"}


def test_p3_5_a_case_that_is_reopened_is_not_archived(workshop: Organisation) -> None:
    number = parked(workshop, reason="no_time")
    skip_to(workshop.world, workshop.deadline(number, "silence")["due"])

    workshop.act(number, "complainant", "reopen")

    assert workshop.deadline(number, "archiving")["state"] == "met"
