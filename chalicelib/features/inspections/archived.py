"""Inspections in archives: each document has the hash on the organisation's record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chalicelib.casework.composing.archived import Archived, ArchiveFiles, OwnEvents, document_faults
from chalicelib.features.inspections import item
from chalicelib.wiring import Wiring


def _file(inspection_id: str) -> str:
    return f"inspections/{inspection_id}.json"


def _files(wiring: Wiring, tenant: str, _: OwnEvents) -> Iterator[tuple[str, bytes]]:
    return ((_file(id_), document) for id_, document in item.every(wiring.store, tenant))


def _faults(events: OwnEvents, files: ArchiveFiles) -> Iterable[str]:
    produced = [event["fields"] for event in events if event["type"] == "inspection_produced"]
    return document_faults([(_file(one["inspection"]), one["sha256"]) for one in produced], files, "produced")


ARCHIVED = Archived(files=_files, faults=_faults)
