"""The archives that the export jobs made, and what `infra.verify_record` says of them."""

from __future__ import annotations

import contextlib
import io
import json
import zipfile
from pathlib import Path

from infra import verify_record
from tests.compatibility.files import DATA
from tests.compatibility.scenario import Played


def saved(played: Played) -> dict[str, dict[str, str]]:
    """Each archive is written; what is given is its latest anchor's root and what is said of it."""
    return {name: _saved(name, archive(played, name)) for name in played.exports}


def _saved(name: str, content: bytes) -> dict[str, str]:
    path(name).write_bytes(content)
    anchor = root(path(name))
    return {"anchor": anchor, "output": output(path(name), anchor)}


def path(name: str) -> Path:
    return DATA / f"export-{name}.zip"


def archive(played: Played, name: str) -> bytes:
    job, organisation = played.exports[name], played.organisations[name]
    [key] = [key for key in played.world.fakes.vault.written if f"{organisation.id}/exports/{job}/archive" in key]
    return played.world.fakes.vault.written[key][-1]


def root(file: Path) -> str:
    """Of the archive's latest anchor."""
    with zipfile.ZipFile(file) as opened:
        latest = max(name for name in opened.namelist() if name.startswith("anchors/"))
        return str(json.loads(opened.read(latest))["root"])


def output(file: Path, anchor: str) -> str:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        status = verify_record.main(str(file), anchor)
    return f"{status}\n{said.getvalue()}"
