"""An archive after the private values of a complaint were erased."""

from __future__ import annotations

import zipfile
from pathlib import Path

from chalicelib.features.exports import verify_archive
from tests.clauses.offices.bureau import bureau_in
from tests.clauses.world import InProcess
from tests.exports.exported import exported, seal
from tests.helpers.fakes.sealer import FakeKms
from tests.retention.office import AFTER, NAME, PHONE, START, TEXT, later, publish, refused


def test_an_archive_has_no_text_of_it_and_verifies(tmp_path: Path) -> None:
    world = InProcess(START)
    seal(world, FakeKms())
    bureau = bureau_in(world)
    publish(bureau, "20 calendar days")
    refused(bureau)
    later(bureau, AFTER)

    path = exported(bureau, tmp_path)

    assert verify_archive.verify(str(path)).faults == []
    with zipfile.ZipFile(path) as made:
        whole = b"".join(made.read(name) for name in made.namelist()).decode()
    assert not any(text in whole for text in (NAME, PHONE, TEXT))
