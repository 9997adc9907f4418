"""The items of a frozen ledger: a row for the list, and the document, compressed. Both are written once."""

from __future__ import annotations

import hashlib
import zlib
from base64 import b64decode, b64encode

import msgspec

from chalicelib.instants import Instant
from chalicelib.oversight.ledger.matter import Named
from chalicelib.store.keys import ledgers
from chalicelib.store.port import Entry, Key, Put
from chalicelib.store.stored_form import Form

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

    def key(self, tenant: str) -> Key:
        return ledgers.row(tenant, self.month, self.ledger)


ROW = Form(ROW_KIND, FrozenLedger, keeps=False)
DOCUMENT = Form(DOCUMENT_KIND, str)


def digest(document: bytes) -> str:
    return hashlib.sha256(document).hexdigest()


def puts(tenant: str, row: FrozenLedger, document: bytes) -> list[Put]:
    """Each fails if the month of this ledger is frozen already."""
    key = row.key(tenant)
    packed = b64encode(zlib.compress(document, 9)).decode()
    return [
        Put(ROW.entry(key, row)),
        Put(DOCUMENT.entry(ledgers.document(tenant, key), packed)),
    ]


def parse_row(entry: Entry) -> FrozenLedger:
    return ROW.read(entry)


def parse_document(entry: Entry, row: FrozenLedger) -> bytes:
    """Raises ValueError if the document is not the one whose hash is on record."""
    document = stored_document(entry)
    if digest(document) != row.sha256:
        raise ValueError("the stored ledger is not the one on record")
    return document


def stored_document(entry: Entry) -> bytes:
    """The document as it is, whatever its hash."""
    return zlib.decompress(b64decode(entry.body))
