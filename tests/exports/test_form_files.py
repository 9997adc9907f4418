"""The archive of a file that the form of a page sent: its declaration has no hash, its sealing has."""

from __future__ import annotations

from typing import Any

from chalicelib.features.exports.archive_checks import evidence_faults

NUMBER, SHA256 = "202611-000001", "ab" * 32
PATH = f"evidence/{NUMBER}/e1"


def line() -> dict[str, Any]:
    events = [
        {"type": "evidence_declared", "fields": {"evidence": "e1", "kind": "photo", "most": 20}},
        {"type": "evidence_sealed", "fields": {"evidence": "e1", "kind": "photo", "sha256": SHA256}},
    ]
    return {"number": NUMBER, "events": events, "evidence": [{"id": "e1", "sha256": SHA256}]}


def test_its_sealed_hash_is_that_of_the_file() -> None:
    assert list(evidence_faults(line(), {PATH: SHA256})) == []


def test_another_file_is_found() -> None:
    assert list(evidence_faults(line(), {PATH: "cd" * 32})) == [f"{PATH}: is not the file that was declared and sealed"]


def test_a_file_without_its_state_is_found() -> None:
    assert list(evidence_faults({**line(), "evidence": []}, {PATH: SHA256})) != []
