"""Event logs that an export wrote."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

from chalicelib.store import object_keys
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer

XES = "{http://www.xes-standard.org/}"


class EventLog(NamedTuple):
    """The files of one export. `text`: both as they are."""

    ocel: dict[str, Any]
    xes: ElementTree.Element
    text: str

    @property
    def traces(self) -> dict[str, list[dict[str, str]]]:
        """By id of the complaint: the attributes of each event."""
        return {
            values(trace)["concept:name"]: [values(event) for event in trace.findall(f"{XES}event")]
            for trace in self.xes.findall(f"{XES}trace")
        }

    def ids(self, type_: str) -> set[str]:
        return {one["id"] for one in self.ocel["objects"] if one["type"] == type_}


def values(element: ElementTree.Element) -> dict[str, str]:
    """The values of its attributes by key."""
    return {one.attrib["key"]: one.attrib["value"] for one in element if "key" in one.attrib}


def start(world: InProcess, path: str, auth: str) -> Answer:
    """`path`: of the organisation."""
    return world.call("POST", f"{path}/exports?format=event-log", auth=auth)


def packed(world: InProcess, path: str, auth: str) -> bytes:
    """The ZIP file of a new export."""
    started = start(world, path, auth)
    assert started.status == 202, started.text
    done = world.call("GET", f"{path}/exports/{started.json['id']}", auth=auth).json
    assert done["state"] == "done", done
    return world.fakes.vault.written[object_keys.export(path.rpartition("/")[2], done["id"])][-1]


def unpacked(content: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
    return folder


def read(content: bytes) -> EventLog:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        ocel, xes = archive.read("ocel2.json").decode(), archive.read("log.xes").decode()
    return EventLog(json.loads(ocel), ElementTree.fromstring(xes), ocel + xes)


def json_of(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def xml_of(path: Path) -> list[int]:
    """The number of events of each trace."""
    return [len(trace.findall(f"{XES}event")) for trace in ElementTree.parse(path).getroot().findall(f"{XES}trace")]
