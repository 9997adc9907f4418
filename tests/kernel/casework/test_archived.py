"""A document of an archive is compared with every hash that the organisation's record has for it."""

from __future__ import annotations

import pytest

from chalicelib.casework.composing.archived import ArchiveFiles, document_faults

NAME = "ledgers/2026-10.pending.json"


@pytest.mark.parametrize("recorded", [["other", "own"], ["own", "other"]])
def test_each_recorded_hash_is_compared(recorded: list[str]) -> None:
    files = ArchiveFiles(names=[NAME], hashes={NAME: "own"}, read=lambda _: b"")

    faults = list(document_faults([(NAME, sha256) for sha256 in recorded], files, "frozen"))

    assert faults == [f"{NAME}: is not the document on record"]
