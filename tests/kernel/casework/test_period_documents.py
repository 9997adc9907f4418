"""The documents of a period in an archive are those on the organisation's record, with every hash that it has."""

from __future__ import annotations

import hashlib

import pytest

from chalicelib.casework.composing.archived import ArchiveFiles
from chalicelib.casework.composing.period_documents import OnRecord, digest

FROZEN = OnRecord("ledger_frozen", "frozen", "ledgers", lambda fields: str(fields["month"]))
NAME = "ledgers/2026-10.json"


def faults(recorded: list[str], hashes: dict[str, str], kind: OnRecord = FROZEN, content: bytes = b"") -> list[str]:
    """`recorded`: the hashes of the events about October. `hashes`: those of the archive's files, by name."""
    events = [{"type": "ledger_frozen", "fields": {"month": "2026-10", "sha256": one}} for one in recorded]
    other = {"type": "inspection_produced", "fields": {"sha256": "x"}}
    return list(kind.faults([*events, other], ArchiveFiles([*hashes], hashes, lambda _: content)))


def test_a_document_with_the_hash_on_record_has_no_fault() -> None:
    assert faults(["own"], {NAME: "own", "inspections/2026-10.1.json": "x"}) == []


@pytest.mark.parametrize("recorded", [["other", "own"], ["own", "other"]])
def test_each_recorded_hash_is_compared(recorded: list[str]) -> None:
    assert faults(recorded, {NAME: "own"}) == [f"{NAME}: is not the document on record"]


def test_a_document_that_is_missing_is_found() -> None:
    assert faults(["own"], {}) == [f"{NAME}: was frozen according to the record, but is missing"]


def test_a_document_that_was_added_is_found() -> None:
    added = "ledgers/2026-11.json"
    assert faults(["own"], {NAME: "own", added: "own"}) == [f"{added}: no record mentions it"]


def test_the_hash_of_a_part_is_computed_from_the_file() -> None:
    kind = FROZEN._replace(digest=lambda content: digest(content[:1]), noun="edition")
    own = hashlib.sha256(b"a").hexdigest()
    assert faults([own], {NAME: "of all of it"}, kind, b"abc") == []
    assert faults([own], {NAME: "of all of it"}, kind, b"bcd") == [f"{NAME}: is not the edition on record"]
