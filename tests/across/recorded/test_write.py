"""Recording again leaves what stays for ever as it is."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.across.recorded import files, write


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the recorded files. Other tests read the files of the repository."""
    shutil.copytree(files.DATA, tmp_path / "data")
    monkeypatch.setattr(files, "DATA", tmp_path / "data")
    yield tmp_path / "data"
    files.load.cache_clear()


def test_recording_again_writes_only_how_the_stories_are_played(data: Path) -> None:
    before = {name: (data / name).read_bytes() for name in write.FOR_EVER}
    (data / write.PLAYED).unlink()

    write.main()

    assert {name: (data / name).read_bytes() for name in write.FOR_EVER} == before
    files.load.cache_clear()
    assert set(files.load(write.PLAYED)) == set(files.stories())


def test_another_option_is_refused(data: Path) -> None:
    (data / write.PLAYED).unlink()

    with pytest.raises(SystemExit):
        write.main("--all")

    assert not (data / write.PLAYED).exists()
