"""Public figures in archives: the organisation's record has the digest of each edition."""

from __future__ import annotations

import json
from collections.abc import Iterator

from chalicelib.casework.composing.archived import Archived, ArchiveFiles, OwnEvents, line
from chalicelib.features.figures import edition
from chalicelib.kit import canonical
from chalicelib.store.stored_form import read_json
from chalicelib.wiring import Wiring

_FOLDER = "figures/"


def _file(period: str, number: int) -> str:
    return f"{_FOLDER}{period}.{number}.json"


def _files(wiring: Wiring, tenant: str, events: OwnEvents) -> Iterator[tuple[str, bytes]]:
    """An edition that is gone is left out, and the verification reports it."""
    for event in events:
        if event["type"] == "figures_published":
            period, number = event["fields"]["period"], event["fields"]["edition"]
            found = edition.stored(wiring.store, tenant, period, number)
            if found is not None:
                yield _file(period, number), line(read_json(found))


def _faults(events: OwnEvents, files: ArchiveFiles) -> Iterator[str]:
    found = [event["fields"] for event in events if event["type"] == "figures_published"]
    published = {_file(one["period"], one["edition"]): one["sha256"] for one in found}
    digests = {name: _digest(files.read(name)) for name in files.names if name.startswith(_FOLDER)}
    for name, digest in published.items():
        if name not in digests:
            yield f"{name}: was published according to the record, but is missing"
        elif digests[name] != digest:
            yield f"{name}: is not the edition on record"
    yield from (f"{name}: no record mentions it" for name in sorted(digests.keys() - published.keys()))


def _digest(document: bytes) -> str:
    """Of the total and the tables."""
    found = json.loads(document)
    return canonical.digest([found["total"], found["tables"]])


ARCHIVED = Archived(files=_files, faults=_faults)
