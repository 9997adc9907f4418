"""Inspections in an archive, and when the organisation leaves."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from chalicelib.access import binding
from chalicelib.features.exports.verify_archive import verify
from chalicelib.features.inspections.item import INSPECTIONS, place_of
from chalicelib.store.port import Put
from tests.clauses.offices.company import company_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.exports.exported import exported, rewritten
from tests.inspections.inspecting import produced, text_of, world_of
from tests.leaving.test_leaving import later, leave, mine, statement


@pytest.fixture
def at() -> Organisation:
    """Two editions for November."""
    made = company_in(InProcess("2026-11-23T09:00:00+08:00"))
    made.file()
    made.world.move_to("2026-12-02T09:00:00+08:00")
    for _ in range(2):
        produced(made, "2026-11")
    return made


def test_an_archive_has_the_documents_and_verifies(at: Organisation, tmp_path: Path) -> None:
    file = exported(at, tmp_path)
    assert verify(str(file)).faults == []
    with zipfile.ZipFile(file) as archive:
        names = [name for name in archive.namelist() if name.startswith("inspections/")]
        assert names == ["inspections/2026-11.1.json", "inspections/2026-11.2.json"]
        assert archive.read(names[1]).decode() == text_of(at, "2026-11.2")


def test_a_changed_document_is_found(at: Organisation, tmp_path: Path) -> None:
    changed = rewritten(exported(at, tmp_path), lambda files: files.update({"inspections/2026-11.1.json": b"{}"}))
    assert "inspections/2026-11.1.json: is not the document on record" in verify(str(changed)).faults


def test_a_missing_document_is_found(at: Organisation, tmp_path: Path) -> None:
    changed = rewritten(exported(at, tmp_path), lambda files: files.pop("inspections/2026-11.2.json"))
    fault = "inspections/2026-11.2.json: was produced according to the record, but is missing"
    assert fault in verify(str(changed)).faults


def test_when_it_leaves_no_inspection_is_left(at: Organisation) -> None:
    assert len([one for one in mine(at) if "inspection" in one.kind]) == 4
    assert leave(at).status == 202
    later(at, 31)
    assert statement(at).status == 200
    assert [one.kind for one in mine(at) if "inspection" in one.kind] == []


def test_the_hash_in_the_list_is_that_of_the_archived_file(at: Organisation, tmp_path: Path) -> None:
    listed = {one["id"]: one["sha256"] for one in at.get("/inspections", "owner")["inspections"]}
    with zipfile.ZipFile(exported(at, tmp_path)) as archive:
        found = {one: hashlib.sha256(archive.read(f"inspections/{one}.json")).hexdigest() for one in listed}
    assert found == listed


def test_a_document_that_was_changed_in_the_store_does_not_stop_an_export(at: Organisation, tmp_path: Path) -> None:
    store = world_of(at).fakes.store
    with binding.tenant(at.id):
        found = INSPECTIONS.find(store, at.id, place_of("2026-11.1") or "")
        assert found is not None
        store.commit([Put(INSPECTIONS.document_entry(at.id, found[0], b"{}"), if_absent=False)])
    faults = verify(str(exported(at, tmp_path))).faults
    assert "inspections/2026-11.1.json: is not the document on record" in faults
