"""The items of an inspection: a row for the list, and the document, compressed. Both are written once."""

from __future__ import annotations

import hashlib
import re
import zlib
from base64 import b64decode, b64encode

from chalicelib.decoding import StoredPart
from chalicelib.instants import Instant
from chalicelib.oversight.inspection.period import InspectedPeriod, parse
from chalicelib.store.keys import inspections
from chalicelib.store.port import Entry, Key, Put
from chalicelib.store.stored_form import Form

ROW_KIND = "inspection"
DOCUMENT_KIND = "inspection-document"
_ID = re.compile(r"(20[0-9Q-]{2,6})\.([1-9][0-9]{0,3})")


class Inspection(StoredPart, frozen=True, kw_only=True, omit_defaults=True):
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


ROW = Form(ROW_KIND, Inspection)
DOCUMENT = Form(DOCUMENT_KIND, str)


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
) -> Inspection:
    return Inspection(
        period=period.name,
        first=period.first.isoformat(),
        last=period.last.isoformat(),
        edition=edition,
        produced=produced,
        due=due,
        sha256=hashlib.sha256(document).hexdigest(),
        size=len(document),
    )


def entry_of(tenant: str, row: Inspection, version: int = 1) -> Entry:
    return ROW.entry(row.key(tenant), row, version=version)


def parse_row(entry: Entry) -> Inspection:
    return ROW.read(entry)


def put_document(tenant: str, row: Inspection, document: bytes) -> Put:
    key = inspections.document(tenant, row.key(tenant))
    return Put(DOCUMENT.entry(key, b64encode(zlib.compress(document, 9)).decode()))


def parse_document(entry: Entry, row: Inspection) -> bytes:
    """Raises ValueError if the document is not the one whose hash is on record."""
    document = stored_document(entry)
    if hashlib.sha256(document).hexdigest() != row.sha256:
        raise ValueError("the stored inspection is not the one on record")
    return document


def stored_document(entry: Entry) -> bytes:
    """The document as it is, whatever its hash."""
    return zlib.decompress(b64decode(entry.body))
