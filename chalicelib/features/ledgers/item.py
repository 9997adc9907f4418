"""The items of a frozen ledger: a row for the list, and the document, compressed. Both are written once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import msgspec

from chalicelib.features.ledgers.matter import Named
from chalicelib.kit.instants import Instant
from chalicelib.store import reads
from chalicelib.store.keys import ledgers
from chalicelib.store.port import Entry, Put, Store
from chalicelib.store.stored_form import Form, found_damaged

ROW_KIND = "ledger"
DOCUMENT_KIND = "ledger-document"


class FrozenLedger(msgspec.Struct, frozen=True, kw_only=True):
    """`roles`: who kept it. `matters`: how many it has. `sha256`: of the document, in hex; `size` in bytes."""

    ledger: str
    month: str
    name: Named
    roles: list[str]
    as_of: Instant
    matters: int
    complete: bool
    sha256: str
    size: int


ROW = Form(ROW_KIND, FrozenLedger, keeps=False)
DOCUMENT = Form(DOCUMENT_KIND, bytes)


def digest(document: bytes) -> str:
    return hashlib.sha256(document).hexdigest()


def puts(tenant: str, row: FrozenLedger, document: bytes) -> list[Put]:
    """Each fails if the month of this ledger is frozen already."""
    key = ledgers.row(tenant, row.month, row.ledger)
    return [
        Put(ROW.entry(key, row)),
        Put(DOCUMENT.entry(ledgers.document(tenant, key), document)),
    ]


def newest(store: Store, tenant: str, limit: int) -> list[FrozenLedger]:
    """The rows of all ledgers, latest month first."""
    return list(ROW.read_each(store.query(ledgers.rows(tenant), limit=limit, newest_first=True).entries))


def find(store: Store, tenant: str, month: str, ledger: str) -> tuple[FrozenLedger | None, Entry | None]:
    """The row of a ledger's month, and its document."""
    key = ledgers.row(tenant, month, ledger)
    place = ledgers.document(tenant, key)
    found = store.get([key, place])
    return (parse_row(found[key]) if key in found else None), found.get(place)


def is_frozen(store: Store, tenant: str, month: str, ledger: str) -> bool:
    return bool(store.get([ledgers.row(tenant, month, ledger)]))


def every(store: Store, tenant: str) -> Iterator[tuple[FrozenLedger, bytes]]:
    """All frozen ledgers, oldest month first, for an export, whose verification compares their hashes.

    A document that is gone is left out. The caller binds the tenant.
    """
    for entry in reads.items(store, ledgers.rows(tenant)):
        found = reads.find(store, ledgers.document(tenant, entry.key))
        if found is not None:
            yield parse_row(entry), stored_document(found)


def parse_row(entry: Entry) -> FrozenLedger:
    return ROW.read(entry)


def parse_document(entry: Entry, row: FrozenLedger) -> bytes:
    """Raises `Damaged`, also if the document is not the one whose hash is on record."""
    document = stored_document(entry)
    if digest(document) != row.sha256:
        raise found_damaged(entry)
    return document


def stored_document(entry: Entry) -> bytes:
    """The document as it is, whatever its hash. Raises `Damaged`."""
    return DOCUMENT.read(entry)
