"""P7.3: the points of units and the thresholds that they reach, as the units' own views show them."""

from __future__ import annotations

from datetime import date

import pytest

from chalicelib.access import binding
from chalicelib.statistics.indicators import indicators
from chalicelib.statistics.question import Question
from chalicelib.statistics.reading import AnsweredRow, answer
from chalicelib.statistics.tabulating.value import Ratio
from tests.clauses.offices.estate import replied
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.helpers.nonempty import nonempty
from tests.kernel.statistics.test_rebuild import run_hourly, world_of

FIRST, LAST = date(2026, 11, 1), date(2026, 12, 31)
SEVERITIES = {"north": ("major", "important", "general"), "south": ("general",)}


@pytest.fixture(scope="module")
def estate() -> Organisation:
    """Two units whose complaints were judged valid."""
    found = sign_up(InProcess("2026-11-23T09:00:00+08:00"), "property-management")
    for unit, severities in SEVERITIES.items():
        answered = found.world.call("POST", f"{found.path}/units", {"id": unit, "name": unit}, auth=found.auth("owner"))
        assert answered.status == 201, answered.text
        for severity in severities:
            number = replied(found, severity=severity, unit=unit)
            found.act(number, "service_centre", "decide", opinion="已核实。", outcome="valid")
    run_hourly(found)
    return found


def rows(estate: Organisation, *measures: str, by: tuple[str, ...]) -> list[AnsweredRow]:
    world = world_of(estate)
    with binding.tenant(estate.id):
        question = Question(measures=measures, by=by, first=FIRST, last=LAST)
        return answer(world.fakes.wiring, estate.id, question, world.now()).rows


def test_the_points_of_each_unit_are_those_that_it_sees(estate: Organisation) -> None:
    shown = {unit: estate.get(f"/units/{unit}", "service_centre")["points"] for unit in SEVERITIES}
    counted = {
        row.keys[0]: row.values["points"] for row in rows(estate, "points", by=("unit",)) if "points" in row.values
    }
    assert (counted, min(shown.values()) > 0) == (shown, True)


def test_a_record_of_a_unit_is_counted_once_in_any_number_of_runs() -> None:
    found = sign_up(InProcess("2026-11-23T09:00:00+08:00"), "property-management")
    unit = {"id": "north", "name": "north"}
    assert found.world.call("POST", f"{found.path}/units", unit, auth=found.auth("owner")).status == 201
    for _ in range(3):
        number = replied(found, severity="general", unit="north")
        found.act(number, "service_centre", "decide", opinion="已核实。", outcome="valid")
        run_hourly(found)

    shown = found.get("/units/north", "service_centre")["points"]

    assert [row.values["points"] for row in rows(found, "points", by=("unit",)) if row.keys[0] == "north"] == [shown]


def test_each_threshold_that_a_unit_reached_is_counted(estate: Organisation) -> None:
    tasks = estate.get("/units/north", "service_centre")["tasks"]
    found = rows(estate, "thresholds", by=("unit", "task"))
    assert sorted(row.keys for row in found) == sorted(("north", task["task"]) for task in tasks)


def test_complaints_are_counted_by_unit(estate: Organisation) -> None:
    found = {row.keys[0]: row.values["received"] for row in rows(estate, "received", by=("unit",))}
    assert found == {"north": 3, "south": 1}


def test_units_are_compared_in_each_indicator(estate: Organisation) -> None:
    world = world_of(estate)
    question = Question(measures=("received",), first=FIRST, last=LAST)
    with binding.tenant(estate.id):
        found, places = indicators(world.fakes.wiring, estate.id, question, world.now())
    acts = {row.keys[0]: row.values["acts_entered_later"] for row in found.rows if "acts_entered_later" in row.values}
    assert places["acts_entered_later"] == dict.fromkeys(acts, "within")
    assert all(isinstance(one, Ratio) and one.denominator > 0 for one in nonempty(acts.values()))
    assert set(acts) == {"north", "south"}
