"""The recorded export of an organisation with evidence, and what the offline check says of it."""

from __future__ import annotations

import contextlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

from infra.commands import verify_record
from tests.across.recorded import files

OF = "corporate-standard"
ARCHIVE, NOTED = "export.zip", "export.json"


def path() -> Path:
    return files.DATA / ARCHIVE


def root(file: Path) -> str:
    """Of the archive's latest anchor."""
    with zipfile.ZipFile(file) as opened:
        latest = max(name for name in opened.namelist() if name.startswith("anchors/"))
        return str(json.loads(opened.read(latest))["root"])


def contents(archive: bytes) -> list[list[Any]]:
    """The name and the lines of each file, in order. The manifest is without sizes and digests, which are random."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return [[name, [_line(name, line) for line in opened.read(name).splitlines()]] for name in opened.namelist()]


def _line(name: str, line: bytes) -> Any:
    if not name.endswith((".json", ".jsonl")):
        return line.decode()
    found = json.loads(line)
    left_out = ("bytes", "sha256") if name == "manifest.jsonl" else ()
    return {key: value for key, value in found.items() if key not in left_out}


def verified(file: Path, noted: str) -> tuple[int, list[str]]:
    """The exit code and the lines of `make verify-record`."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        status = verify_record.main(str(file), noted)
    return status, said.getvalue().splitlines()
