"""Adds byte code to a deployment archive, so that cold starts do not compile, and the text catalogue as JSON.
Leaves out what no function needs.

Functions cannot write to the folder of their code, so without byte code each new process compiles all that it imports.
The byte code is "unchecked", because unpacking changes the modification times of the sources.
"""

from __future__ import annotations

import compileall
import re
import shutil
from pathlib import Path
from py_compile import PycInvalidationMode
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from chalicelib.kit import catalogue

PROGRAM = Path("chalicelib")
_READABLE = 0o644 << 16
_FOR_DEVELOPERS = re.compile(r"(^|/)opencc/clib/(bin|include|lib64)/")
"""Commands, headers and static libraries in a wheel: 4.8 MB."""


def precompile(archive: Path) -> int:
    """Adds this interpreter's byte code of every source that compiles. Returns the number of files.

    Existing byte code is removed: Chalice copies leftovers of the working folder. JSON replaces the catalogue's YAML.
    """
    with TemporaryDirectory() as folder:
        root, whole = Path(folder) / "sources", Path(folder) / "whole.zip"
        with ZipFile(archive) as packed, ZipFile(whole, "w", ZIP_DEFLATED) as written:
            kept = [each for each in packed.infolist() if _is_kept(each.filename)]
            packed.extractall(root, [each.filename for each in kept if each.filename.endswith((".py", ".yaml"))])
            replaced = {path.relative_to(root).as_posix() for path in catalogue.files(root / PROGRAM)}
            for each in kept:
                if each.filename not in replaced:
                    written.writestr(each, packed.read(each))
            for path, content in catalogue.compiled(root / PROGRAM):
                _add(written, PROGRAM / path, content)
            compiled = _compiled(root)
            for path in compiled:
                _add(written, path.relative_to(root), path.read_bytes())
        shutil.copyfile(whole, archive)
    return len(compiled)


def _is_kept(name: str) -> bool:
    return not name.endswith(".pyc") and _FOR_DEVELOPERS.search(name) is None


def _add(archive: ZipFile, path: Path, content: bytes) -> None:
    entry = ZipInfo(path.as_posix())
    entry.external_attr, entry.compress_type = _READABLE, ZIP_DEFLATED
    archive.writestr(entry, content)


def _compiled(root: Path) -> list[Path]:
    compileall.compile_dir(
        root, maxlevels=50, quiet=2, stripdir=str(root), invalidation_mode=PycInvalidationMode.UNCHECKED_HASH
    )
    return sorted(root.rglob("*.pyc"))
