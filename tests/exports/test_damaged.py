"""A private value that cannot be decrypted is shown as damaged and blocks nothing else."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from chalicelib.features.exports.verify_archive import verify
from tests.clauses.organisation import Organisation, sign_up
from tests.exports.exported import damage, exported, sealing
from tests.leaving.test_leaving import later, leave, mine, statement


@pytest.fixture
def made() -> Organisation:
    made = sign_up(sealing(), "corporate-standard")
    damage(made, made.file())
    made.file()
    return made


def shown(made: Organisation, path: str = "") -> Any:
    answer = made.world.call("GET", f"{made.path}/complaints/202611-000001{path}", auth=made.auth("agent"))
    assert answer.status == 200, answer.text
    return answer.json


def test_the_complaint_is_shown_without_the_damaged_value(made: Organisation) -> None:
    found = shown(made)
    assert found["damaged"] is True
    assert "complainant.name" not in found["facts"]


def test_an_intact_complaint_is_not_marked_as_damaged(made: Organisation) -> None:
    assert made.complaint("202611-000002", "agent")["damaged"] is False


def test_the_record_names_the_event_with_the_damaged_value(made: Organisation) -> None:
    found = shown(made, "/record")
    assert (found["damaged"], found["erased"]) == (["202611-000001/1"], [])


def test_verification_reports_the_damaged_value(made: Organisation) -> None:
    found = shown(made, "/record/verify")
    assert (found["intact"], found["altered"]) == (False, ["202611-000001/1"])


def test_an_export_succeeds_and_reports_the_damaged_value(made: Organisation, tmp_path: Path) -> None:
    path = exported(made, tmp_path)
    with zipfile.ZipFile(path) as archive:
        assert json.loads(archive.read("manifest.jsonl").splitlines()[0])["unreadable"] == 1
    assert verify(str(path)).faults == [
        "202611-000001: private value 0 of event 1 could not be decrypted in the export"
    ]


def test_an_erasure_succeeds(made: Organisation) -> None:
    assert leave(made).status == 202
    later(made, 31)
    assert statement(made).status == 200
    assert not [one.key for one in mine(made) if "#C#" in one.key.pk]
