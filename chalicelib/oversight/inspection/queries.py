"""Reads inspections: the list, newest period first, and one document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from chalicelib.instants import Instant, to_text
from chalicelib.oversight.inspection import access, item
from chalicelib.oversight.inspection.item import Inspection
from chalicelib.problem import Problem
from chalicelib.store import paging
from chalicelib.store.keys import inspections
from chalicelib.store.port import Store
from chalicelib.wiring import Wiring


class InspectionView(msgspec.Struct, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}):
    """`due`: by when it is to be reviewed; null if the policy did not ask for it. `late`: it was not, and the owners
    were told. `sha256`: of the document as `GET …/inspections/{inspection}` answers it."""

    id: str
    period: str
    first: str
    last: str
    edition: int
    due: str | None
    produced: str
    late: bool
    sha256: str


class InspectionPage(msgspec.Struct, frozen=True):
    inspections: list[InspectionView]
    after: Mapping[str, str] | None


class InspectionRequest(msgspec.Struct, frozen=True):
    tenant: str
    sub: str
    now: Instant


def view_of(row: Inspection) -> InspectionView:
    return InspectionView(
        id=row.id,
        period=row.period,
        first=row.first,
        last=row.last,
        edition=row.edition,
        due=None if row.due is None else to_text(row.due),
        produced=to_text(row.produced),
        late=row.late,
        sha256=row.sha256,
    )


def listed(wiring: Wiring, request: InspectionRequest, limit: int, after: Mapping[str, str] | None) -> InspectionPage:
    """By the last day of the period, and of one period the latest edition first. The caller binds the tenant."""
    access.reader(wiring, request.tenant, request.sub, request.now)
    page = wiring.store.query(inspections.rows(request.tenant), limit=limit, after=after, newest_first=True)
    return InspectionPage([view_of(row) for row in item.ROW.read_each(page.entries)], page.after)


def document(wiring: Wiring, request: InspectionRequest, inspection_id: str) -> tuple[Inspection, bytes]:
    """The row and the document's canonical JSON. Raises `Problem`: `forbidden`, `not-found`."""
    access.reader(wiring, request.tenant, request.sub, request.now)
    key = item.key_of(request.tenant, inspection_id)
    found = {} if key is None else wiring.store.get([key, inspections.document(request.tenant, key)])
    if key is None or key not in found:
        raise Problem("not-found", "There is no such inspection.")
    row = item.parse_row(found[key])
    return row, item.parse_document(found[inspections.document(request.tenant, key)], row)


def every(store: Store, tenant: str) -> Iterator[tuple[str, bytes]]:
    """All inspections by id, oldest period first, for an export, whose verification compares their hashes.

    A document that is gone is left out. The caller binds the tenant.
    """
    for entry in paging.items(store, inspections.rows(tenant)):
        key = inspections.document(tenant, entry.key)
        found = store.get([key]).get(key)
        if found is not None:
            yield item.parse_row(entry).id, item.stored_document(found)
