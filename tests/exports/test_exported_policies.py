"""Policies in an archive that were written in YAML: the version's text, and the draft's."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

from chalicelib.features.exports.verify_archive import verify
from tests.exports.exported import exported
from tests.units.periodic_tasks.office import POLICY, ask, office


def test_a_yaml_text_is_a_string_of_the_archive(tmp_path: Path) -> None:
    at = office()
    assert ask(at, "PUT", "/policy/draft", {"policy": POLICY}).status == 200

    file = exported(at, tmp_path)

    with zipfile.ZipFile(file) as archive:
        lines: list[dict[str, Any]] = [json.loads(line) for line in archive.read("policies.jsonl").splitlines()]
    bodies = {line["key"]: line["body"] for line in lines}
    assert bodies["POL#1#source"] == bodies["POL#draft#document"] == POLICY
    assert verify(str(file)).faults == []
