"""A copy of a case, as its complainant gets it."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from tests.clauses.organisation import Organisation
from tests.helpers.fakes.client import Answer
from tests.kernel.web.untouched import in_process


def asked(hall: Organisation, number: str, auth: str = "", language: str = "zh") -> Answer:
    """The answer to the complainant, or to the caller with this credential."""
    shown = auth or hall.auth("complainant", number)
    path = f"{hall.path}/complaints/{number}/copy"
    return hall.world.call("POST", path, None, auth=shown, headers={"Accept-Language": language})


def stored(hall: Organisation, number: str) -> list[bytes]:
    """All copies of the case in the bucket, oldest first."""
    written = in_process(hall).fakes.vault.written
    prefix = f"T/{hall.id}/copies/{number}/"
    return [body for key, versions in written.items() if key.startswith(prefix) for body in versions]


def unpacked(hall: Organisation, number: str) -> dict[str, bytes]:
    """The files of the newest copy, by name."""
    with zipfile.ZipFile(io.BytesIO(stored(hall, number)[-1])) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name) for name in packed.namelist()}


def document(hall: Organisation, number: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(unpacked(hall, number)["case.json"])
    return found
