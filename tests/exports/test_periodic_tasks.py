"""Tasks of units and of the organisation in an archive, in anchors, after a lost stream, and when it leaves."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from chalicelib.access import binding
from chalicelib.features.exports.verify_archive import verify
from chalicelib.store import keys
from chalicelib.store.port import Remove
from tests.clauses.organisation import Organisation
from tests.exports.exported import exported
from tests.leaving.test_leaving import later, leave, mine, statement
from tests.repair.repairing import repair
from tests.units.periodic_tasks.office import REPORT, YEAR_REPORT, do, hour, listed, office, wait, world_of


@pytest.fixture
def at() -> Organisation:
    """The year has begun; the reports of the year and of one unit are done; two anchors."""
    made = office()
    wait(made, "2027-01-01T12:00:00+01:00")
    assert do(made, "director", YEAR_REPORT, "").status == do(made, "of_north", REPORT).status == 200
    for when in ("2027-01-01T13:10:00+01:00", "2027-01-01T14:20:00+01:00"):
        hour(made, when)
    return made


def test_an_archive_has_the_records_of_the_tasks_and_verifies(at: Organisation, tmp_path: Path) -> None:
    file = exported(at, tmp_path)

    found = verify(str(file))
    assert (found.faults, found.unit_numbers) == ([], {"U#*", "U#north", "U#south"})
    with zipfile.ZipFile(file) as archive:
        lines = [json.loads(line) for line in archive.read("units.jsonl").splitlines()]
    assert [line["unit"] for line in lines] == ["*", "north", "south"]
    assert [value["values"] for value in lines[0]["private"]] == [{"report": YEAR_REPORT["report"]}]


def test_without_such_tasks_an_archive_has_only_units(tmp_path: Path) -> None:
    file = exported(office(), tmp_path)

    with zipfile.ZipFile(file) as archive:
        lines = [json.loads(line) for line in archive.read("units.jsonl").splitlines()]
    assert lines == [{"unit": "north"}, {"unit": "south"}]
    assert verify(str(file)).faults == []


def test_when_it_leaves_no_item_of_a_task_is_left(at: Organisation) -> None:
    assert at.get("/organisation/record", "board")["values"]  # a read that is logged
    wait(at, "2027-04-01T12:00:00+02:00")
    assert any(one.key.pk == keys.unit(at.id, keys.WHOLE) for one in mine(at))
    assert leave(at).status == 202
    later(at, 31)

    assert statement(at).status == 200
    assert [one.key for one in mine(at) if one.key != keys.data_key(at.id)] == []


def test_messages_that_the_stream_lost_arrive_within_a_day() -> None:
    at = office()
    world = world_of(at)
    hour(at, "2026-12-31T23:30:00+01:00")
    settle, world.settle = world.settle, world._work  # type: ignore[method-assign]
    at.world.move_to("2027-01-01T00:01:00+01:00")
    world.settle = settle  # type: ignore[method-assign]
    world.forget()
    assert (listed(at, "director"), at.get("/messages", "director")["messages"]) == ([], [])
    wait(at, "2027-01-03T12:00:00+01:00")

    assert ("year_report", None) in listed(at, "director")
    assert len(at.get("/messages", "director")["messages"]) == 1
    assert ("quarter_report", "north") in listed(at, "of_north")


def test_work_lists_can_be_written_again_from_the_records() -> None:
    at = office()
    wait(at, "2027-01-01T12:00:00+01:00")
    fakes = world_of(at).fakes
    prefix = keys.tenant_prefix(at.id)
    with binding.tenant(at.id):
        lost = [one.key for one in fakes.store.everything() if one.kind == "work" and one.key.pk.startswith(prefix)]
        fakes.store.commit([Remove(key) for key in lost])
    assert (len(lost), listed(at, "director")) == (5, [])

    repair(fakes, at.id)

    assert listed(at, "director") == [("year_report", None)]
