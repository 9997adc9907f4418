"""The files of an event log are valid OCEL 2.0 and XES, by the standards' rules and for another program."""

from __future__ import annotations

import copy
import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import SubElement

import pytest

from tests.clauses.offices import bureau as at_bureau
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.record.exported import START, company, estate, world_of
from tests.record.mining import logs, ocel_structure, xes_structure
from tests.record.mining.logs import XES, EventLog

MAKERS: dict[str, Callable[[], Organisation]] = {
    "files": company,
    "points, tasks and approvals": estate,
    "nothing": lambda: sign_up(InProcess(START), "corporate-standard"),
}


def bureau() -> Organisation:
    """Demands, decisions and their people."""
    made = sign_up(InProcess(START), "food-drug-administration")
    at_bureau.decided(made)
    made.world.move_to("2026-12-20T09:00:00+08:00")
    return made


MAKERS["people and deadlines"] = bureau


@pytest.fixture(scope="module", params=MAKERS)
def content(request: pytest.FixtureRequest) -> bytes:
    made = MAKERS[request.param]()
    return logs.packed(world_of(made), made.path, made.auth("owner"))


@pytest.fixture(scope="module")
def log() -> EventLog:
    made = estate()
    return logs.read(logs.packed(world_of(made), made.path, made.auth("owner")))


def test_the_files_have_the_structure_of_their_standards(content: bytes) -> None:
    found = logs.read(content)

    assert (ocel_structure.faults(found.ocel), xes_structure.faults(found.xes)) == ([], [])


def test_another_program_reads_both(content: bytes, tmp_path: Path) -> None:
    found, folder = logs.read(content), logs.unpacked(content, tmp_path)
    r4pm: Any = importlib.import_module("r4pm")

    ocel = r4pm.import_item("OCEL", str(folder / "ocel2.json"))
    xes = r4pm.import_item("EventLog", str(folder / "log.xes"))
    r4pm.export_item(ocel, str(tmp_path / "again.json"))
    r4pm.export_item(xes, str(tmp_path / "again.xes"))

    again = logs.json_of(tmp_path / "again.json")
    assert [one["id"] for one in again["events"]] == [one["id"] for one in found.ocel["events"]]
    assert {one["id"] for one in again["objects"]} == {one["id"] for one in found.ocel["objects"]}
    assert logs.xml_of(tmp_path / "again.xes") == [len(trace) for trace in found.traces.values()]


OCEL_FAULTS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "a missing list": lambda ocel: ocel.pop("objectTypes"),
    "a number as a value": lambda ocel: ocel["events"][0]["attributes"][0].update(value=1),
    "a type that is not declared": lambda ocel: ocel["eventTypes"].pop(0),
    "an attribute that is not declared": lambda ocel: ocel["objectTypes"][0]["attributes"].clear(),
    "an object that is missing": lambda ocel: ocel["objects"].pop(0),
    "an event without a time": lambda ocel: ocel["events"][0].pop("time"),
    "an event twice": lambda ocel: ocel["events"].append(ocel["events"][0]),
    "a word in the place of a number": lambda ocel: ocel["events"][0]["attributes"][0].update(value="one"),
}


@pytest.mark.parametrize("fault", OCEL_FAULTS)
def test_the_check_of_ocel_finds_faults(log: EventLog, fault: str) -> None:
    ocel = copy.deepcopy(log.ocel)

    OCEL_FAULTS[fault](ocel)

    assert ocel_structure.faults(ocel)


XES_FAULTS: dict[str, Callable[[Any], Any]] = {
    "no version": lambda xes: xes.attrib.pop("xes.version"),
    "a late extension": lambda xes: xes.append(xes[0]),
    "an unknown part": lambda xes: SubElement(xes, f"{XES}note"),
    "a word in the place of a time": lambda xes: xes.find(f".//{XES}event/{XES}date").set("value", "yesterday"),
    "an event without a name": lambda xes: xes.find(f".//{XES}event").remove(xes.find(f".//{XES}event")[0]),
    "a key of no extension": lambda xes: xes.find(f".//{XES}event")[0].set("key", "concept:other"),
    "a key twice": lambda xes: xes.find(f".//{XES}event").insert(0, xes.find(f".//{XES}event")[0]),
}


@pytest.mark.parametrize("fault", XES_FAULTS)
def test_the_check_of_xes_finds_faults(log: EventLog, fault: str) -> None:
    xes = copy.deepcopy(log.xes)

    XES_FAULTS[fault](xes)

    assert xes_structure.faults(xes)
