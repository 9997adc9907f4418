"""A frozen ledger as it is kept: a row for the list, and the document, compressed. Both are written once."""

from __future__ import annotations

from urllib.parse import quote

import msgspec

from chalicelib.casework.composing.period_documents import KeptDocuments, OnRecord
from chalicelib.complaints.envelope import EventFields
from chalicelib.features.ledgers.matter import Named
from chalicelib.kit.instants import Instant
from chalicelib.store.keys import period_documents as keys
from chalicelib.store.stored_form import Form


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

    @property
    def place(self) -> str:
        return keys.ledger(self.month, self.ledger)

    @property
    def on_record(self) -> EventFields:
        return {"ledger": self.ledger, "month": self.month, "matters": self.matters, "sha256": self.sha256}


LEDGERS = KeptDocuments(
    Form("ledger", FrozenLedger, keeps=False),
    Form("ledger-document", bytes),
    OnRecord("ledger_frozen", "frozen", "ledgers", lambda of: f"{of['month']}.{quote(of['ledger'], safe='')}"),
)
ARCHIVED = LEDGERS.archived
