"""The recorded export verifies offline."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.across.recorded import export, files


def test_the_export_verifies_with_the_same_output() -> None:
    noted = files.load(export.NOTED)

    assert export.root(export.path()) == noted["anchor"]
    assert export.verified(export.path(), noted["anchor"]) == (noted["status"], noted["said"])
    assert (noted["status"], noted["said"][-1]) == (0, "verified")


def test_the_export_has_evidence() -> None:
    with zipfile.ZipFile(export.path()) as archive:
        assert archive.testzip() is None
        assert [name for name in archive.namelist() if name.startswith("evidence/202611-000001/")] != []


def test_a_changed_byte_of_an_event_is_found(tmp_path: Path) -> None:
    changed, name = tmp_path / "changed.zip", "complaints/202611-000001.jsonl"
    with zipfile.ZipFile(export.path()) as old, zipfile.ZipFile(changed, "w") as new:
        for one in old.namelist():
            body = old.read(one)
            new.writestr(one, body.replace(b'"channel":"phone"', b'"channel":"phony"', 1) if one == name else body)

    status, said = export.verified(changed, files.load(export.NOTED)["anchor"])

    assert status == 1
    assert any("202611-000001" in line for line in said)
