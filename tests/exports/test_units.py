"""Units in an archive: their records are decrypted and verified like complaints."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chalicelib.features.exports.verify_archive import verify
from tests.exports.exported import edit_lines, estate, exported, rewritten

Lines = list[dict[str, Any]]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exported(estate(), tmp_path_factory.mktemp("export"))


def test_an_archive_with_units_verifies(file: Path) -> None:
    found = verify(str(file))
    assert (found.faults, found.unit_numbers) == ([], {"U#north"})


def test_a_units_private_values_are_decrypted(file: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        [line] = [json.loads(line) for line in archive.read("units.jsonl").splitlines()]
    assert [value["values"] for value in line["private"]] == [{"report": "已整改。"}]


def change_an_event(lines: Lines) -> None:
    lines[0]["events"][0]["fields"]["points"] = 9


def cut_the_tail(lines: Lines) -> None:
    events = lines[0]["events"]
    events.pop()
    lines[0]["state"] |= {"seq": len(events), "head": events[-1]["hash"]}
    lines[0]["private"] = []


def change_a_value(lines: Lines) -> None:
    lines[0]["private"][0]["values"]["report"] = "无"


TAMPERING: dict[str, tuple[Callable[[Lines], Any], str]] = {
    "a changed event": (change_an_event, "U#north: event 1 was changed"),
    "a cut-off tail with its state": (cut_the_tail, "U#north: an anchor has event"),
    "a changed value": (change_a_value, "U#north: private value 0"),
    "a removed unit": (lambda lines: lines.clear(), "U#north: is in an anchor, but missing"),
    "a unit that is said to have no record": (
        lambda lines: lines.__setitem__(0, {"unit": "north"}),
        "U#north: is in an anchor, but missing",
    ),
}


@pytest.mark.parametrize("kind", TAMPERING)
def test_tampering_with_a_units_record_is_found(file: Path, kind: str) -> None:
    tamper, said = TAMPERING[kind]
    faults = verify(str(rewritten(file, lambda files: edit_lines(files, "units.jsonl", tamper)))).faults
    assert any(said in fault for fault in faults), faults
