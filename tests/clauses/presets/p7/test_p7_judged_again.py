"""P7.1, P7.3: a judgement that changes after a dispute changes the points of the management office."""

from __future__ import annotations

import pytest

from tests.clauses.offices.estate import NAME, UNIT, add_offices
from tests.clauses.organisation import Organisation, hire
from tests.clauses.presets.p7.test_p7_points import WRITTEN, judged, owed, seen


@pytest.fixture
def office(estate: Organisation) -> Organisation:
    add_offices(estate)
    return estate


def judged_again(estate: Organisation, number: str, outcome: str, severity: str | None = None) -> None:
    """The customer disputes the judgement, the office answers again, and the centre judges anew."""
    estate.act(number, "complainant", "dispute", reason="没有修好。")
    if severity:
        estate.act(number, "service_centre", "classify", severity=severity)
    estate.act(number, "management_office", "reply", text="已再次修理。")
    estate.act(number, "service_centre", "decide", opinion="再次核实。", outcome=outcome)


def test_p7_1_a_disputed_answer_is_judged_only_after_a_new_one(office: Organisation) -> None:
    number = judged(office, "important")
    office.act(number, "complainant", "dispute", reason="没有修好。")
    judgement = {"opinion": "再次核实。", "outcome": "invalid"}

    assert office.try_act(number, "service_centre", "decide", **judgement).problem == "act-not-open"
    office.act(number, "management_office", "reply", text="已再次修理。")
    assert office.act(number, "service_centre", "decide", **judgement)["stage"] == "decided"


def test_p7_3_a_judgement_that_is_taken_back_takes_back_the_points(office: Organisation) -> None:
    number = judged(office, "important")

    judged_again(office, number, "invalid")

    assert seen(office)["points"] == 0
    judged(office, "general")
    assert (seen(office)["points"], owed(office)) == (1, [])


def test_p7_3_a_new_judgement_replaces_the_points(office: Organisation) -> None:
    number = judged(office, "general")

    judged_again(office, number, "valid", severity="major")

    assert (seen(office)["points"], owed(office)) == (3, [WRITTEN])


def test_p7_3_the_same_judgement_again_counts_once(office: Organisation) -> None:
    number = judged(office, "important")

    judged_again(office, number, "valid")

    assert (seen(office)["points"], owed(office)) == (2, [])


def test_p7_3_a_complaint_that_proves_valid_later_counts_from_then(office: Organisation) -> None:
    number = judged(office, "important", outcome="invalid")
    office.world.move_to("2026-12-01T09:00:00+08:00")

    judged_again(office, number, "valid")

    office.world.move_to("2027-01-01T23:59:00+08:00")
    assert seen(office)["points"] == 2
    office.world.move_to("2027-01-02T00:00:00+08:00")
    assert seen(office)["points"] == 0


def test_p7_3_points_can_be_taken_back_and_given_again(office: Organisation) -> None:
    number = judged(office, "important")

    for outcome in ("invalid", "valid", "invalid", "valid"):
        judged_again(office, number, outcome)

    assert seen(office)["points"] == 2


def test_p7_3_points_that_are_over_are_not_taken_back(office: Organisation) -> None:
    number = judged(office, "important")
    office.world.move_to("2026-12-12T00:00:00+08:00")
    office.act(number, "complainant", "reopen", reason="又坏了。")
    office.world.move_to("2026-12-28T09:00:00+08:00")
    judged(office, "general")
    office.act(number, "management_office", "reply", text="已再次修理。")

    office.act(number, "service_centre", "decide", opinion="再次核实。", outcome="invalid")

    assert seen(office)["points"] == 1


def test_p7_3_a_report_that_is_owed_stays_owed(office: Organisation) -> None:
    number = judged(office, "major")

    judged_again(office, number, "invalid")

    assert (seen(office)["points"], owed(office)) == (0, [WRITTEN])


def test_p7_3_the_mail_about_the_points_names_the_office(office: Organisation) -> None:
    hire(office, "management_office", name="of_north", unit=UNIT)

    judged(office, "major")

    assert f"“{NAME}”的有效投诉在一个月内累计 3 分" in office.world.mail(office.emails["of_north"])
