"""P7.3 `property-management`: the management office can be named after the filing, and the points follow it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.clauses.offices.estate import (
    NO_OFFICE,
    UNIT,
    add_offices,
    decided,
    forwarded,
    handled,
    replied,
    staff_offices,
)
from tests.clauses.organisation import Organisation

CENTRE = "service_centre"
JUDGED = {"opinion": "已核实。", "outcome": "valid"}


@pytest.fixture
def office(estate: Organisation) -> Organisation:
    add_offices(estate)
    staff_offices(estate)
    return estate


def without_office(estate: Organisation, **filing: Any) -> str:
    """Valid; the centre answered on the spot, and no office is named."""
    number = estate.file(**filing)
    estate.act(number, CENTRE, "decide", text="已转告。", opinion="已核实。", **NO_OFFICE)
    return number


def points(estate: Organisation) -> dict[str, int]:
    estate.world.settle()
    return {unit: estate.get(f"/units/{unit}", CENTRE)["points"] for unit in ("north", "south")}


def name(estate: Organisation, number: str, unit: str, who: str = CENTRE) -> Any:
    return estate.try_act(number, who, "confirm", office=unit)


@pytest.mark.parametrize("stage", [Organisation.file, forwarded, handled, replied, decided])
@pytest.mark.parametrize("who", [CENTRE, "service_supervisor", "office_head"])
def test_p7_3_the_office_can_be_named_until_the_closing(
    office: Organisation, stage: Callable[[Organisation], str], who: str
) -> None:
    number = stage(office)

    assert name(office, number, UNIT, who).status == 200

    assert office.complaint(number, CENTRE)["unit"] == UNIT
    assert office.told("of_north", number)[:1] == [f"投诉 {number} 涉及本管理处，请知悉。"]


def test_p7_3_after_the_closing_no_office_is_named(office: Organisation) -> None:
    number = decided(office)
    office.act(number, "complainant", "agree")
    office.act(number, CENTRE, "close", summary="办结。")

    assert name(office, number, UNIT).status == 409


def test_p7_3_a_complaint_whose_office_is_named_before_the_judgement_scores(office: Organisation) -> None:
    number = replied(office, severity="important")
    name(office, number, UNIT)

    office.act(number, CENTRE, "decide", **JUDGED)

    assert points(office) == {"north": 2, "south": 0}


def test_p7_3_a_complaint_whose_office_is_named_after_the_judgement_scores(office: Organisation) -> None:
    number = without_office(office, severity="major")
    assert points(office) == {"north": 0, "south": 0}

    name(office, number, UNIT)

    assert points(office) == {"north": 3, "south": 0}
    assert [task["task"] for task in office.get(f"/units/{UNIT}", CENTRE)["tasks"]] == ["written_report"]


def test_p7_3_the_points_follow_an_office_that_is_set_twice(office: Organisation) -> None:
    number = decided(office, severity="important", unit=UNIT)
    assert points(office) == {"north": 2, "south": 0}

    name(office, number, "south")

    assert points(office) == {"north": 0, "south": 2}


@pytest.mark.parametrize(
    ("language", "why"),
    [("zh", "该投诉已属于该单位"), ("en", "the complaint belongs to this unit already")],
)
def test_p7_3_an_office_that_is_set_twice_is_refused_and_scores_once(
    office: Organisation, language: str, why: str
) -> None:
    number = without_office(office, severity="important")
    name(office, number, UNIT)

    answer = office.try_act(number, CENTRE, "confirm", headers={"Accept-Language": language}, office=UNIT)

    assert (answer.status, answer.pointer) == (422, "/fields/office")
    assert answer.json["errors"][0]["detail"] == why
    assert points(office) == {"north": 2, "south": 0}
    assert len(office.events(number, type_="confirmed")) == 1


def test_p7_3_an_office_that_the_filing_names_is_not_set_again(office: Organisation) -> None:
    answer = name(office, office.file(unit=UNIT), UNIT)

    assert (answer.status, answer.pointer) == (422, "/fields/office")


def test_p7_3_the_points_come_back_with_the_office(office: Organisation) -> None:
    number = decided(office, severity="important", unit=UNIT)

    for unit in ("south", UNIT):
        name(office, number, unit)
        office.world.settle()

    assert points(office) == {"north": 2, "south": 0}


def test_p7_3_points_of_two_moves_that_are_counted_at_once_are_counted_once(office: Organisation) -> None:
    number = without_office(office, severity="important")

    for unit in (UNIT, "south"):
        name(office, number, unit)

    assert points(office) == {"north": 0, "south": 2}


@pytest.mark.parametrize("outcome", ["valid", "invalid"])
def test_p7_3_a_new_judgement_replaces_the_points_at_the_new_office(office: Organisation, outcome: str) -> None:
    number = decided(office, severity="important", unit=UNIT)
    name(office, number, "south")
    office.act(number, "complainant", "dispute")
    office.act(number, "management_office", "reply", text="已再次修理。")

    office.act(number, CENTRE, "decide", opinion="再次核实。", outcome=outcome)

    assert points(office) == {"north": 0, "south": 2 if outcome == "valid" else 0}


def test_p7_3_a_complaint_that_is_not_valid_scores_nothing_wherever_it_belongs(office: Organisation) -> None:
    number = replied(office)
    office.act(number, CENTRE, "decide", opinion="查无此事。", outcome="invalid")

    name(office, number, UNIT)

    assert points(office) == {"north": 0, "south": 0}


@pytest.mark.parametrize("unit", ["east", "", None])
def test_p7_3_an_unknown_office_is_refused(office: Organisation, unit: str | None) -> None:
    answer = name(office, replied(office), unit)  # type: ignore[arg-type]

    assert (answer.status, answer.pointer) == (422, "/fields/office")


@pytest.mark.parametrize("who", ["management_office", "headquarters", "leader", "complainant"])
def test_p7_3_others_do_not_name_the_office(office: Organisation, who: str) -> None:
    assert name(office, replied(office), UNIT, who).status == 403


def test_p7_3_that_a_complaint_concerns_no_office_needs_a_reason(office: Organisation) -> None:
    number = office.file()
    fields = {"text": "已转告。", "opinion": "已核实。", **NO_OFFICE}

    answer = office.try_act(number, "service_centre", "decide", **{**fields, "no_office": None})

    assert (answer.status, answer.pointer) == (422, "/fields/no_office")
    assert office.act(number, "service_centre", "decide", **fields)["stage"] == "decided"
    assert points(office)["north"] == 0


def by_office(office: Organisation) -> str:
    """An office took it and answered."""
    number = office.file(auth=office.auth("management_office"))
    office.act(number, "management_office", "reply", text="灯已换好。")
    return number


@pytest.mark.parametrize("at", [replied, by_office])
def test_p7_3_what_an_office_handled_is_not_valid_without_it(
    office: Organisation, at: Callable[[Organisation], str]
) -> None:
    number = at(office)

    answer = office.try_act(number, "service_centre", "decide", opinion="已核实。", **NO_OFFICE)
    office.act(number, "service_centre", "confirm", office=UNIT)
    office.act(number, "service_centre", "decide", opinion="已核实。", outcome="valid")

    assert (answer.status, answer.pointer) == (422, "/fields/outcome")
    assert points(office)["north"] == 1
