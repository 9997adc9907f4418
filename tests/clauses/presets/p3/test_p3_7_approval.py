"""P3.7 `auto-repair-forms`: the general manager answers the request for a home visit within a working day."""

from __future__ import annotations

import pytest

from chalicelib.kit.instants import HOUR, from_text, to_text
from tests.clauses.offices.workshop import filled
from tests.clauses.organisation import Organisation
from tests.clauses.world import skip_to


def requested(workshop: Organisation, **filing: object) -> str:
    """A major pending matter, whose home visit awaits the general manager's approval."""
    number = filled(workshop, severity="major")
    parked_again(workshop, number)
    return number


def parked_again(workshop: Organisation, number: str) -> None:
    workshop.act(number, "customer_manager", "park", reason="no_time", asked="done")
    workshop.act(number, "general_manager", "approve")


def runs(workshop: Organisation, number: str) -> list[str]:
    """The states of the clock's runs."""
    deadlines = workshop.get(f"/complaints/{number}/deadlines", "complainant", number)["deadlines"]
    return [one["state"] for one in deadlines if one["clock"] == "visit_approval"]


def test_p3_7_the_answer_is_due_within_a_working_day_and_escalated(workshop: Organisation) -> None:
    number = requested(workshop)
    assert workshop.local(workshop.deadline(number, "visit_approval")["due"]) == "2026-11-30T18:00:00+08:00"

    workshop.world.move_to("2026-11-30T18:00:00+08:00")

    assert [one["fields"]["clock"] for one in workshop.events(number, type_="escalated")] == ["visit_approval"]
    assert workshop.told("management", number)[:1] == [f"投诉 {number} 已逾期，现升级至本层级，请处理。"]


def test_p3_7_a_matter_that_becomes_major_is_answered_too(workshop: Organisation) -> None:
    number = filled(workshop)
    parked_again(workshop, number)
    assert runs(workshop, number) == []

    workshop.act(number, "customer_manager", "classify", severity="major")

    assert runs(workshop, number) == ["running"]


def test_p3_7_the_approval_ends_the_clock_for_good(workshop: Organisation) -> None:
    number = requested(workshop)
    workshop.act(number, "general_manager", "approve")

    workshop.act(number, "customer_manager", "classify", severity="major")

    assert runs(workshop, number) == ["met"]


def test_p3_7_a_visit_that_is_not_approved_is_told_to_the_manager(workshop: Organisation) -> None:
    number = requested(workshop)

    workshop.act(number, "general_manager", "reject")

    assert runs(workshop, number) == ["met"]
    assert workshop.told_in_full("customer_manager", number)[:1] == [
        f"投诉 {number}：所提议的事项未获批准，审批人：主管总经理。"
    ]


def test_p3_7_an_approved_visit_is_told_to_the_manager_once(workshop: Organisation) -> None:
    number = requested(workshop)
    known = len(workshop.told("customer_manager", number))

    workshop.act(number, "general_manager", "approve")

    assert len(workshop.told("customer_manager", number)) == known + 1


@pytest.mark.parametrize(("act", "fields"), [("resume", {}), ("classify", {"severity": "general"})])
def test_p3_7_without_a_major_pending_matter_no_answer_is_owed(
    workshop: Organisation, act: str, fields: dict[str, str]
) -> None:
    number = requested(workshop)

    workshop.act(number, "customer_manager", act, **fields)

    assert runs(workshop, number) == ["met"]
    assert workshop.complaint(number, "general_manager")["proposals"] == []


def test_p3_7_a_matter_that_is_parked_again_needs_an_answer_again(workshop: Organisation) -> None:
    number = requested(workshop)
    workshop.act(number, "customer_manager", "resume")

    parked_again(workshop, number)

    assert runs(workshop, number) == ["met", "running"]


def test_p3_7_after_a_late_answer_the_old_request_causes_no_alarms(workshop: Organisation) -> None:
    number = requested(workshop)
    skip_to(workshop.world, "2027-05-27T00:00:00+08:00")
    workshop.act(number, "complainant", "reopen")

    skip_to(workshop.world, "2027-06-30T00:00:00+08:00")

    missed = [
        one["fields"]["clock"]
        for one in workshop.events(number, "owner", type_="missed")
        if one["at"] > "2027-05-26T16"
    ]
    assert "visit_approval" not in missed


def test_p3_7_the_monthly_contact_is_no_answer_to_the_request(workshop: Organisation) -> None:
    workshop.world.move_to("2026-11-30T10:00:00+08:00")
    number = requested(workshop)

    workshop.world.move_to("2026-12-01T10:00:00+08:00")

    assert len(workshop.complaint(number, "customer_manager")["tasks"]) == 1
    assert runs(workshop, number) == ["running"]


def test_p3_7_a_matter_that_stays_major_is_still_answered(workshop: Organisation) -> None:
    number = requested(workshop)

    workshop.act(number, "customer_manager", "classify", severity="major", nature="delay")

    assert runs(workshop, number) == ["running"]


def test_p3_7_of_a_closed_matter_no_answer_is_owed(workshop: Organisation) -> None:
    number = filled(workshop)
    parked_again(workshop, number)
    due = from_text(workshop.deadline(number, "silence")["due"])
    skip_to(workshop.world, to_text(due - 2 * HOUR))
    workshop.act(number, "customer_manager", "classify", severity="major")

    skip_to(workshop.world, workshop.deadline(number, "silence")["due"])

    assert runs(workshop, number) == ["met"]
