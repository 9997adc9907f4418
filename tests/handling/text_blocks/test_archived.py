"""Text blocks are in archives with all their versions, which the organisation's record verifies, and are erased with
the organisation."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from chalicelib.features.exports.verify_archive import verify
from chalicelib.features.text_blocks.archived import FILE
from tests.clauses.organisation import Organisation
from tests.exports.exported import exported, rewritten
from tests.handling.text_blocks.blocks import APOLOGY, changed, retired, written
from tests.leaving.test_leaving import later, leave, statement


@pytest.fixture
def archive(office: Organisation, tmp_path: Path) -> Path:
    """With a block of two versions that is retired."""
    block = written(office)
    changed(office, block, text="深表歉意。")
    retired(office, block)
    return exported(office, tmp_path)


def test_an_archive_has_each_version_with_its_text_and_verifies(archive: Path) -> None:
    assert verify(str(archive)).faults == []
    with zipfile.ZipFile(archive) as files:
        found = [json.loads(line) for line in files.read(FILE).splitlines()]
    assert [(one["version"], one["text"]) for one in found] == [(1, APOLOGY["text"]), (2, "深表歉意。")]


def test_a_changed_text_is_found(archive: Path) -> None:
    def change(files: dict[str, bytes]) -> None:
        files[FILE] = files[FILE].replace('"深表歉意。"'.encode(), '"不予赔偿。"'.encode())

    [fault] = [one for one in verify(str(rewritten(archive, change))).faults if "text block" in one]
    assert "version 2" in fault


def test_a_missing_file_is_found(archive: Path) -> None:
    def change(files: dict[str, bytes]) -> None:
        del files[FILE]

    faults = [one for one in verify(str(rewritten(archive, change))).faults if "text block" in one]
    assert len(faults) == 2


def test_an_archive_without_text_blocks_has_no_such_file(office: Organisation, tmp_path: Path) -> None:
    with zipfile.ZipFile(exported(office, tmp_path)) as files:
        assert FILE not in files.namelist()


def test_erasure_leaves_no_text_block(office: Organisation) -> None:
    written(office)
    assert leave(office).status == 202
    later(office, 32)
    assert statement(office).status == 200
    everything = office.world.fakes.store.everything()  # type: ignore[attr-defined]
    assert not [one for one in everything if one.kind.startswith("text-block")]
