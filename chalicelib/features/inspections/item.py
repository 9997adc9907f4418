"""The items of an inspection: a row for the list, and the document, compressed. Both are written once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping

from chalicelib.features.inspections.due import InspectedPeriod, parse
from chalicelib.kit.decoding import StoredPart
from chalicelib.kit.instants import Instant
from chalicelib.store import reads
from chalicelib.store.keys import inspections
from chalicelib.store.port import Entry, Key, Put, Store, Update
from chalicelib.store.stored_form import Form, found_damaged

ROW_KIND = "inspection"
DOCUMENT_KIND = "inspection-document"
_ID = re.compile(r"(20[0-9Q-]{2,6})\.([1-9][0-9]{0,3})")


class InspectionEdition(StoredPart, frozen=True, kw_only=True, omit_defaults=True):
    """An edition. `first`, `last`: civil days, both included. `sha256`: of the document, in hex; `size` in bytes."""

    period: str
    first: str
    last: str
    edition: int
    produced: Instant
    due: Instant | None
    sha256: str
    size: int
    late: bool = False
    """True if the owners were told that it was not reviewed in time."""

    @property
    def id(self) -> str:
        return id_of(self.period, self.edition)

    def key(self, tenant: str) -> Key:
        return inspections.row(tenant, self.last, self.period, self.edition)


ROW = Form(ROW_KIND, InspectionEdition)
DOCUMENT = Form(DOCUMENT_KIND, bytes)


def id_of(period: str, edition: int) -> str:
    return f"{period}.{edition}"


def key_of(tenant: str, inspection_id: str) -> Key | None:
    """The key of the row with this id; None for a text that is no id."""
    parts = _ID.fullmatch(inspection_id)
    if parts is None:
        return None
    try:
        period = parse(parts[1])
    except ValueError:
        return None
    return inspections.row(tenant, period.last.isoformat(), period.name, int(parts[2]))


def row_of(
    period: InspectedPeriod, edition: int, document: bytes, *, produced: Instant, due: Instant | None
) -> InspectionEdition:
    return InspectionEdition(
        period=period.name,
        first=period.first.isoformat(),
        last=period.last.isoformat(),
        edition=edition,
        produced=produced,
        due=due,
        sha256=hashlib.sha256(document).hexdigest(),
        size=len(document),
    )


def entry_of(tenant: str, row: InspectionEdition, version: int = 1) -> Entry:
    return ROW.entry(row.key(tenant), row, version=version)


def page(
    store: Store, tenant: str, limit: int, after: Mapping[str, str] | None
) -> tuple[list[InspectionEdition], Mapping[str, str] | None]:
    """By the last day of the period, and of one period the latest edition first; and the position of the next page."""
    found = store.query(inspections.rows(tenant), limit=limit, after=after, newest_first=True)
    return list(ROW.read_each(found.entries)), found.after


def editions(store: Store, tenant: str, period: InspectedPeriod, limit: int) -> list[InspectionEdition]:
    """Those of the period, oldest first."""
    first, last = inspections.editions(period.last.isoformat(), period.name)
    return list(map(parse_row, store.query(inspections.rows(tenant), first=first, last=last, limit=limit).entries))


def find(store: Store, tenant: str, inspection_id: str) -> tuple[InspectionEdition, bytes] | None:
    """The row and the document, whose hash is that of the row."""
    key = key_of(tenant, inspection_id)
    found = {} if key is None else store.get([key, inspections.document(tenant, key)])
    if key is None or key not in found:
        return None
    row = parse_row(found[key])
    return row, parse_document(found[inspections.document(tenant, key)], row)


def every(store: Store, tenant: str) -> Iterator[tuple[str, bytes]]:
    """All inspections by id, oldest period first, for an export, whose verification compares their hashes.

    A document that is gone is left out. The caller binds the tenant.
    """
    for entry in reads.items(store, inspections.rows(tenant)):
        found = reads.find(store, inspections.document(tenant, entry.key))
        if found is not None:
            yield parse_row(entry).id, stored_document(found)


def parse_row(entry: Entry) -> InspectionEdition:
    return ROW.read(entry)


def put_row(tenant: str, row: InspectionEdition) -> Put:
    return Put(entry_of(tenant, row))


def change(tenant: str, row: InspectionEdition) -> Update:
    """The only change of a row, once: that its inspection was late."""
    return Update(entry_of(tenant, row, version=2), 1)


def put_document(tenant: str, row: InspectionEdition, document: bytes) -> Put:
    key = inspections.document(tenant, row.key(tenant))
    return Put(DOCUMENT.entry(key, document))


def parse_document(entry: Entry, row: InspectionEdition) -> bytes:
    """Raises `Damaged`, also if the document is not the one whose hash is on record."""
    document = stored_document(entry)
    if hashlib.sha256(document).hexdigest() != row.sha256:
        raise found_damaged(entry)
    return document


def stored_document(entry: Entry) -> bytes:
    """The document as it is, whatever its hash. Raises `Damaged`."""
    return DOCUMENT.read(entry)
