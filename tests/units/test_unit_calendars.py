"""The calendar that the owners choose for a unit, from the choice to the clocks of its complaints and their reasons."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.organisation import Organisation
from tests.handling.exclusion.council import council, document, publish, switch

ALWAYS = {"timezone": "Asia/Shanghai", "hours": {"mon-sun": ["00:00-24:00"]}, "holidays": None}
CLOCK = {"from": "registered", "until": ["inspected", "closed"], "within": "12 working hours", "missed": "record"}
PARTS: dict[str, Any] = {
    "calendars": {"plant": ALWAYS},
    "clocks": {"unit": {**CLOCK, "calendar": "unit"}, "own": CLOCK, "named": {**CLOCK, "calendar": "plant"}},
    "intake": {**document({})["intake"], "unit": "optional"},
}
ON_PLANT, ON_OWN = "2026-11-27T21:00:00+08:00", "2026-11-30T12:00:00+08:00"


@pytest.fixture
def office() -> Organisation:
    """On Friday at nine, with units east and west."""
    made = council({}, **PARTS)
    for unit in ("east", "west"):
        ask(made, "POST", "/units", {"id": unit, "name": unit})
    return made


def ask(office: Organisation, method: str, path: str, body: Any) -> None:
    answer = office.world.call(method, office.path + path, body, auth=office.auth("owner"))
    assert answer.status in (200, 201), answer.text


def choose(office: Organisation, unit: str, calendar: str | None) -> None:
    ask(office, "PUT", f"/units/{unit}", {"calendar": calendar})


def due(office: Organisation, number: str, clock: str = "unit") -> str:
    return office.local(office.deadline(number, clock)["due"])


def test_a_new_clock_uses_the_calendar_of_its_unit(office: Organisation) -> None:
    choose(office, "east", "plant")
    assert due(office, office.file(unit="east")) == ON_PLANT
    assert due(office, office.file(unit="west")) == ON_OWN
    assert due(office, office.file()) == ON_OWN


def test_the_answer_to_the_filing_promises_the_same_time(office: Organisation) -> None:
    choose(office, "east", "plant")
    number = office.file(unit="east")
    assert office.local(office.filed[number].due("unit")) == ON_PLANT


def test_a_running_clock_keeps_its_calendar(office: Organisation) -> None:
    before = office.file(unit="east")
    choose(office, "east", "plant")
    after = office.file(unit="east")
    choose(office, "east", None)
    assert (due(office, before), due(office, after)) == (ON_OWN, ON_PLANT)
    office.world.move_to("2026-11-27T22:00:00+08:00")
    assert [office.deadline(number, "unit")["state"] for number in (before, after)] == ["running", "missed"]


def test_an_unknown_calendar_means_that_of_the_policy(office: Organisation) -> None:
    choose(office, "east", "moon")
    number = office.file(unit="east")
    assert due(office, number) == ON_OWN
    assert office.deadline(number, "unit")["because"]["rule"]["calendar"] == "calendar"


def test_a_clock_that_starts_after_a_switch_uses_the_unit_calendar_of_the_newer_version() -> None:
    made = council({}, intake=PARTS["intake"], clocks={"own": CLOCK})
    ask(made, "POST", "/units", {"id": "east", "name": "east"})
    choose(made, "east", "plant")
    number = made.file(unit="east")
    publish(made, document({}, **PARTS))
    switch(made, number)
    assert due(made, number, "own") == ON_OWN
    assert due(made, made.file(unit="east")) == ON_PLANT


@pytest.mark.parametrize(
    ("clock", "name", "zh", "en"),
    [
        ("unit", "plant", "按日历“plant”计算。", "Counted on the calendar “plant”."),
        ("named", "plant", "按日历“plant”计算。", "Counted on the calendar “plant”."),
        ("own", "calendar", "按制度自身的日历计算。", "Counted on the policy's own calendar."),
    ],
)
def test_the_reasons_name_the_calendar(office: Organisation, clock: str, name: str, zh: str, en: str) -> None:
    choose(office, "east", "plant")
    because = office.deadline(office.file(unit="east"), clock)["because"]
    assert because["rule"]["calendar"] == name
    assert because["text"]["zh"].endswith(zh)
    assert because["text"]["en"].endswith(en)


def test_the_reasons_name_no_calendar_where_there_is_one() -> None:
    made = council({}, clocks={"own": CLOCK})
    because = made.deadline(made.file(), "own")["because"]
    assert "calendar" not in because["rule"]
    assert "Counted on" not in because["text"]["en"]
