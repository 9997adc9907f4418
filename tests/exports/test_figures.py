"""Editions of public figures in an archive."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from chalicelib.access import binding
from chalicelib.features.exports.verify_archive import verify
from chalicelib.store import keys
from chalicelib.store.port import Remove
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.exports.exported import exported, rewritten, world_of
from tests.figures.office import DAY, START, asked, busy_council, sweep
from tests.figures.wrong import tripled
from tests.helpers.fakes.kept import Kept

FILE = "figures/2026-09.1.json"


@pytest.fixture(scope="module")
def at() -> Organisation:
    """An edition for September."""
    made = busy_council()
    sweep(made, DAY)
    return made


@pytest.fixture
def changed(at: Organisation) -> Organisation:
    """A copy that a test may change."""
    world = InProcess(START)
    Kept(world_of(at).fakes).put_into(world.fakes)
    return replace(at, world=world)


@pytest.fixture
def archive(at: Organisation, tmp_path: Path) -> Path:
    return exported(at, tmp_path)


@pytest.mark.slow
def test_an_archive_has_each_edition_and_verifies(at: Organisation, archive: Path) -> None:
    assert verify(str(archive)).faults == []
    with zipfile.ZipFile(archive) as files:
        assert json.loads(files.read(FILE)) == asked(at, "/2026-09").json


def test_a_changed_count_is_found(archive: Path) -> None:
    def change(files: dict[str, bytes]) -> None:
        edition = json.loads(files[FILE])
        edition["total"]["values"]["missed"] -= 1
        files[FILE] = json.dumps(edition).encode()

    assert verify(str(rewritten(archive, change))).faults == [f"{FILE}: is not the edition on record"]


def test_a_missing_edition_is_found(archive: Path) -> None:
    changed = rewritten(archive, lambda files: files.pop(FILE))
    assert verify(str(changed)).faults == [f"{FILE}: was published according to the record, but is missing"]


def test_an_added_edition_is_found(archive: Path) -> None:
    changed = rewritten(archive, lambda files: files.update({"figures/2026-09.2.json": files[FILE]}))
    assert verify(str(changed)).faults == ["figures/2026-09.2.json: no record mentions it"]


def test_an_edition_that_was_changed_in_the_store_is_exported_and_found(changed: Organisation, tmp_path: Path) -> None:
    tripled(changed, "2026-09")
    assert verify(str(exported(changed, tmp_path))).faults == [f"{FILE}: is not the edition on record"]


def test_an_edition_that_is_gone_does_not_stop_an_export(changed: Organisation, tmp_path: Path) -> None:
    with binding.tenant(changed.id):
        world_of(changed).fakes.store.commit([Remove(keys.figures_edition(changed.id, "2026-09", 1))])
    faults = verify(str(exported(changed, tmp_path))).faults
    assert faults == [f"{FILE}: was published according to the record, but is missing"]
