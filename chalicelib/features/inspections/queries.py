"""Reads inspections: the list, newest period first, and one document."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from chalicelib.casework.authorization import load_member
from chalicelib.features.inspections import due
from chalicelib.features.inspections.item import INSPECTIONS, InspectionEdition, place_of
from chalicelib.kit.instants import to_text
from chalicelib.kit.problem import Problem
from chalicelib.tenants.people.queries import MemberRequest
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


def view_of(row: InspectionEdition) -> InspectionView:
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


def _check_reader(wiring: Wiring, request: MemberRequest) -> None:
    member = load_member(wiring, request.tenant, request.sub, request.now)
    member.require_grant_for_all(due.read_by(member.policy))


def listed(wiring: Wiring, request: MemberRequest, limit: int, after: Mapping[str, str] | None) -> InspectionPage:
    """By the last day of the period, and of one period the latest edition first. The caller binds the tenant."""
    _check_reader(wiring, request)
    found = INSPECTIONS.newest(wiring.store, request.tenant, limit, after)
    return InspectionPage(list(map(view_of, INSPECTIONS.rows.read_each(found.entries))), found.after)


def document(wiring: Wiring, request: MemberRequest, inspection_id: str) -> tuple[InspectionEdition, bytes]:
    """The row and the document's canonical JSON. Raises `Problem`: `forbidden`, `not-found`."""
    _check_reader(wiring, request)
    place = place_of(inspection_id)
    row, stored = (place and INSPECTIONS.find(wiring.store, request.tenant, place)) or (None, None)
    if row is None or stored is None:
        raise Problem("not-found", "There is no such inspection.")
    return row, INSPECTIONS.read(stored, row)
