"""Frozen ledgers in archives: each document has the hash on the organisation's record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from chalicelib.casework.composing.archived import Archived, ArchiveFiles, OwnEvents, document_faults
from chalicelib.features.ledgers import item
from chalicelib.wiring import Wiring


def _file(month: str, ledger: str) -> str:
    return f"ledgers/{month}.{quote(ledger, safe='')}.json"


def _files(wiring: Wiring, tenant: str, _: OwnEvents) -> Iterator[tuple[str, bytes]]:
    return ((_file(row.month, row.ledger), document) for row, document in item.every(wiring.store, tenant))


def _faults(events: OwnEvents, files: ArchiveFiles) -> Iterable[str]:
    frozen = [event["fields"] for event in events if event["type"] == "ledger_frozen"]
    return document_faults([(_file(one["month"], one["ledger"]), one["sha256"]) for one in frozen], files, "frozen")


ARCHIVED = Archived(files=_files, faults=_faults)
