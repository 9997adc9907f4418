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
from tests.exports.exported import START, company, estate, world_of
from tests.exports.mining import logs, ocel_structure, xes_structure
from tests.exports.mining.logs import XES, EventLog

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


def doubled(ocel: dict[str, Any], elements: str, inner: str) -> None:
    """Repeats an entry of the first element that has one."""
    entries = next(one[inner] for one in ocel[elements] if one.get(inner))
    entries.append(entries[0])


def first_with(ocel: dict[str, Any], elements: str, inner: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one[inner][0] for one in ocel[elements] if one.get(inner))
    return found


def integer_of(ocel: dict[str, Any]) -> dict[str, Any]:
    """The number of an event in its record: each event has it."""
    found: dict[str, Any] = next(one for one in ocel["events"][0]["attributes"] if one["name"] == "seq")
    return found


OCEL_FAULTS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "§8.2 the log has four lists": lambda ocel: ocel.pop("objectTypes"),
    "§8 the log has nothing else": lambda ocel: ocel.update(version="2.0"),
    "§8.2 a type has a name": lambda ocel: ocel["eventTypes"][0].pop("name"),
    "§8.2 a type has a list of attributes": lambda ocel: ocel["objectTypes"][0].pop("attributes"),
    "§8.2 a declared attribute has a name and a type": lambda ocel: ocel["eventTypes"][0]["attributes"][0].pop("name"),
    "§8 a declared attribute has one of five types": lambda ocel: ocel["eventTypes"][0]["attributes"][0].update(
        type="date"
    ),
    "§8.2 an event has an id, a type and a time": lambda ocel: ocel["events"][0].pop("time"),
    "§8.2 an object has an id and a type": lambda ocel: ocel["objects"][0].update(id=1),
    "§8.2 attributes of an element are a list": lambda ocel: ocel["events"][0].update(attributes=None),
    "§8.2 relationships of an element are a list": lambda ocel: ocel["objects"][0].update(relationships=None),
    "§8.2 an event's attribute has a name and a value": lambda ocel: ocel["events"][0]["attributes"][0].update(value=1),
    "§8.2 an object's attribute has a name, a value and a time": lambda ocel: first_with(
        ocel, "objects", "attributes"
    ).pop("time"),
    "§8.2 a relationship has an object and a qualifier": lambda ocel: ocel["events"][0]["relationships"][0].pop(
        "qualifier"
    ),
    "§8.2 a time is a date-time of RFC 3339": lambda ocel: ocel["events"][0].update(time="2026-11-27 09:00"),
    "Def. 1 an event is no object": lambda ocel: ocel["objects"].append(
        {"id": ocel["events"][0]["id"], "type": ocel["objects"][0]["type"]}
    ),
    "Def. 1 a type of events is no type of objects": lambda ocel: ocel["eventTypes"].append(
        {"name": "complaint", "attributes": []}
    ),
    "Def. 2 an event occurs once": lambda ocel: ocel["events"].append(ocel["events"][0]),
    "Def. 2 an object occurs once": lambda ocel: ocel["objects"].append(ocel["objects"][0]),
    "§6.1 a type is declared once": lambda ocel: ocel["eventTypes"].append(ocel["eventTypes"][0]),
    "Def. 2 an attribute of a type is declared once": lambda ocel: ocel["eventTypes"][0]["attributes"].append(
        ocel["eventTypes"][0]["attributes"][0]
    ),
    "Def. 2 each element has a declared type": lambda ocel: ocel["eventTypes"].pop(0),
    "Def. 2 only attributes of its type have values in an event": lambda ocel: ocel["eventTypes"][0][
        "attributes"
    ].clear(),
    "Def. 2 only attributes of its type have values in an object": lambda ocel: ocel["objectTypes"][0][
        "attributes"
    ].clear(),
    "Def. 2 an event has one value of an attribute": lambda ocel: doubled(ocel, "events", "attributes"),
    "Def. 2 an object has one value of an attribute at a time": lambda ocel: doubled(ocel, "objects", "attributes"),
    "Def. 2 an event's relationships are to objects of the log": lambda ocel: ocel["events"][0]["relationships"][
        0
    ].update(objectId="complaint-0"),
    "Def. 2 an object's relationships are to objects of the log": lambda ocel: first_with(
        ocel, "objects", "relationships"
    ).update(objectId="complaint-0"),
    "Def. 2 an event's relationships are a set": lambda ocel: doubled(ocel, "events", "relationships"),
    "Def. 2 an object's relationships are a set": lambda ocel: doubled(ocel, "objects", "relationships"),
    "§8 a value has the form of its declared type": lambda ocel: integer_of(ocel).update(value="one"),
}
"""By rule: a change that breaks it."""


@pytest.mark.parametrize("rule", OCEL_FAULTS)
def test_the_check_of_ocel_finds_faults(log: EventLog, rule: str) -> None:
    ocel = copy.deepcopy(log.ocel)

    OCEL_FAULTS[rule](ocel)

    assert rule in {fault.partition(": ")[0] for fault in ocel_structure.faults(ocel)}


def test_each_rule_of_ocel_has_a_fault() -> None:
    assert list(OCEL_FAULTS) == [*ocel_structure.FORM, *ocel_structure.MEANING]


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
