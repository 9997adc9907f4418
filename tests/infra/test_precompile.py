"""The deployed package contains byte code, and processes use it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from infra.package.precompile import precompile

CACHED = f"__pycache__/told.{sys.implementation.cache_tag}.pyc"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    packed = tmp_path / "deployment.zip"
    with ZipFile(packed, "w") as each:
        each.writestr("told.py", "print('as packed')\n")
        each.writestr("broken.py", "print(\n")
    return packed


def test_every_source_that_compiles_has_its_byte_code(archive: Path) -> None:
    assert precompile(archive) == 1
    assert ZipFile(archive).namelist() == ["told.py", "broken.py", CACHED]


def test_existing_byte_code_is_replaced(archive: Path) -> None:
    with ZipFile(archive, "a") as each:
        each.writestr(CACHED, b"stale")
        each.writestr("__pycache__/gone.cpython-38.pyc", b"stale")

    precompile(archive)
    assert ZipFile(archive).namelist() == ["told.py", "broken.py", CACHED]
    assert ZipFile(archive).read(CACHED) != b"stale"


def test_the_text_catalogue_becomes_json(archive: Path) -> None:
    with ZipFile(archive, "a") as each:
        each.writestr("chalicelib/filing/texts.yaml", "pages:\n  common.yes: {zh: 是, en: Yes}\n")
        each.writestr("chalicelib/web/texts/pages.yaml", "pages:\n  common.no: {zh: 否, en: No}\n")
        each.writestr("chalicelib/presets/office.yaml", "other: file\n")

    precompile(archive)

    packed = ZipFile(archive)
    assert [name for name in packed.namelist() if name.startswith("chalicelib")] == [
        "chalicelib/presets/office.yaml",
        "chalicelib/texts/pages.json",
    ]
    assert json.loads(packed.read("chalicelib/texts/pages.json")) == {
        "common.yes": {"zh": "是", "en": "Yes"},
        "common.no": {"zh": "否", "en": "No"},
    }


def test_byte_code_is_readable_by_all_users(archive: Path) -> None:
    precompile(archive)
    assert ZipFile(archive).getinfo(CACHED).external_attr >> 16 == 0o644


def test_an_import_compiles_nothing_whatever_the_source_timestamp(archive: Path, tmp_path: Path) -> None:
    precompile(archive)
    task = tmp_path / "task"
    ZipFile(archive).extractall(task)
    (task / "told.py").write_text("print('compiled anew')\n", "utf-8")
    os.utime(task / "told.py", (0, 0))

    done = subprocess.run([sys.executable, "-c", "import told"], cwd=task, capture_output=True, text=True, check=True)
    assert done.stdout == "as packed\n"


def test_commands_headers_and_static_libraries_of_a_wheel_are_left_out(tmp_path: Path) -> None:
    archive, folder = tmp_path / "layer.zip", "python/opencc/clib/"
    names = [
        f"{folder}{name}" for name in ("bin/opencc", "include/opencc/opencc.h", "lib64/libopencc.a", "share/t2s.json")
    ]
    with ZipFile(archive, "w") as packed:
        for name in names:
            packed.writestr(name, b"content")

    precompile(archive)

    assert [name for name in ZipFile(archive).namelist() if name.startswith(folder)] == [f"{folder}share/t2s.json"]
