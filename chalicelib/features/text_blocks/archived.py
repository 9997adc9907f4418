"""Text blocks in archives, with the texts of all their versions; and that the organisation's record knows these."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from chalicelib.casework.composing.archived import Archived, ArchiveFiles, ArchiveObject, OwnEvents, line
from chalicelib.features.text_blocks import block
from chalicelib.kit import canonical
from chalicelib.store.stored_form import read_json
from chalicelib.wiring import Wiring

FILE = "text-blocks.jsonl"


def _files(wiring: Wiring, tenant: str, _: OwnEvents) -> Iterator[tuple[str, bytes]]:
    """One file, if there is a text block."""
    if lines := [line(one) for one in _versions(wiring, tenant)]:
        yield FILE, b"".join(lines)


def _versions(wiring: Wiring, tenant: str) -> Iterator[ArchiveObject]:
    for id_, number, entry in block.all_versions(wiring.store, tenant):
        text = block.opened_text(wiring.sealer, tenant, block.VERSION.read(entry))
        yield {**read_json(entry), "block": id_, "version": number, "text": text}


def _faults(events: OwnEvents, files: ArchiveFiles) -> Iterable[str]:
    """What the record says of a version that the file does not have so."""
    found = {}
    if FILE in files.names:
        for one in map(json.loads, files.read(FILE).splitlines()):
            found[one["block"], one["version"]] = canonical.digest(one["text"])
    for event in events:
        if event["type"] == block.WRITTEN:
            fields = event["fields"]
            place = fields["block"], fields["version"]
            if found.get(place) != fields["sha256"]:
                yield f"{FILE}: version {place[1]} of text block {place[0]} is not the one on record"


ARCHIVED = Archived(files=_files, faults=_faults)
