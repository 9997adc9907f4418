"""An inspection as it is kept: a row for the list, and the document, compressed. Both are written once."""

from __future__ import annotations

import re

from chalicelib.casework.composing.period_documents import KeptDocuments, OnRecord, digest
from chalicelib.complaints.envelope import EventFields
from chalicelib.kit.decoding import StoredPart
from chalicelib.kit.instants import Instant
from chalicelib.policy.worktime.periods import CalendarPeriod, parse
from chalicelib.store.keys import period_documents as keys
from chalicelib.store.port import Store, Update
from chalicelib.store.stored_form import Form

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

    @property
    def place(self) -> str:
        return keys.inspection(self.last, self.period, self.edition)

    @property
    def on_record(self) -> EventFields:
        return {"inspection": self.id, "period": self.period, "edition": self.edition, "sha256": self.sha256}


INSPECTIONS = KeptDocuments(
    Form("inspection", InspectionEdition),
    Form("inspection-document", bytes),
    OnRecord("inspection_produced", "produced", "inspections", lambda of: str(of["inspection"])),
)
ARCHIVED = INSPECTIONS.archived


def id_of(period: str, edition: int) -> str:
    return f"{period}.{edition}"


def place_of(inspection_id: str) -> str | None:
    """The place of the edition with this id; None for a text that is no id."""
    parts = _ID.fullmatch(inspection_id)
    if parts is None:
        return None
    try:
        period = parse(parts[1])
    except ValueError:
        return None
    return keys.inspection(period.last.isoformat(), period.name, int(parts[2]))


def row_of(
    period: CalendarPeriod, edition: int, document: bytes, *, produced: Instant, due: Instant | None
) -> InspectionEdition:
    return InspectionEdition(
        period=period.name,
        first=period.first.isoformat(),
        last=period.last.isoformat(),
        edition=edition,
        produced=produced,
        due=due,
        sha256=digest(document),
        size=len(document),
    )


def editions(store: Store, tenant: str, period: CalendarPeriod, limit: int) -> list[InspectionEdition]:
    """Those of the period, oldest first."""
    first, last = keys.inspections_of(period.last.isoformat(), period.name)
    found = store.query(keys.rows(tenant, INSPECTIONS.kind), first=first, last=last, limit=limit)
    return list(map(INSPECTIONS.rows.read, found.entries))


def change(tenant: str, row: InspectionEdition) -> Update:
    """The only change of a row, once: that its inspection was late."""
    return Update(INSPECTIONS.row_entry(tenant, row, version=2), 1)
