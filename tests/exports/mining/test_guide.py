"""docs/exports/process-mining.md shows what works, and lists what a log has."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

from tests.clauses.offices import bureau as at_bureau
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.exports.exported import START, company, estate, world_of
from tests.exports.mining import logs
from tests.exports.mining.logs import EventLog

GUIDE = (Path(__file__).resolve().parents[3] / "docs/exports/process-mining.md").read_text("utf-8")


def bureau() -> Organisation:
    made = sign_up(InProcess(START), "food-drug-administration")
    at_bureau.decided(made)
    return made


@pytest.fixture(scope="module")
def found() -> list[EventLog]:
    return [
        logs.read(logs.packed(world_of(one), one.path, one.auth("owner"))) for one in (company(), estate(), bureau())
    ]


def test_the_program_of_the_guide_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = company()
    logs.unpacked(logs.packed(world_of(made), made.path, made.auth("owner")), tmp_path)
    monkeypatch.chdir(tmp_path)
    [program] = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)

    with contextlib.redirect_stdout(io.StringIO()) as said:
        exec(compile(program, "process-mining.md", "exec"), {})

    assert "'type': 'OCEL'" in said.getvalue()
    assert "'type': 'EventLog'" in said.getvalue()


def test_the_guide_names_each_type_of_object_and_each_attribute(found: list[EventLog]) -> None:
    listed = set(re.findall(r"`([\w.…]+)`", GUIDE))

    for log in found:
        types = [one["name"] for one in log.ocel["objectTypes"]]
        attributes = [
            each["name"] for one in log.ocel["eventTypes"] + log.ocel["objectTypes"] for each in one["attributes"]
        ]
        assert {re.sub(r"^(about|category|field)\..*", r"\1.…", name) for name in [*types, *attributes]} <= listed


def test_the_guide_names_each_part_of_an_object(found: list[EventLog]) -> None:
    parts = {one["qualifier"] for log in found for event in log.ocel["events"] for one in event["relationships"]}

    assert len(parts) > 10
    assert parts <= set(re.findall(r"`([\w.…]+)`", GUIDE))
