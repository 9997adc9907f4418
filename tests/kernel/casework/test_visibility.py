"""Lists without the complaints that exclude the member. A respondent keeps the right to be heard."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.casework import authorization, snapshot
from chalicelib.casework.queue_row import QueueRow
from chalicelib.complaints.participation import Doer
from chalicelib.complaints.rights.permits import Asker, Grant
from chalicelib.complaints.state import Complaint
from chalicelib.store import keys
from chalicelib.store.port import Entry, Put
from infra.memory_store.store import MemoryStore

EXCLUDING, OPEN, UNIT = "202611-000001", "202611-000002", keys.unit_number("north")
ANN, BOB = Doer("sub-ann"), Doer("sub-bob")


@pytest.fixture
def store() -> MemoryStore:
    """The first complaint excludes Ann."""
    found = MemoryStore()
    with binding.tenant("acme"):
        for number, recused in ((EXCLUDING, [ANN]), (OPEN, [])):
            complaint = Complaint(
                number=number, head="", policy="1", calendar="", registered_at=1, unit="north", recused=recused
            )
            key = keys.snapshot(keys.complaint("acme", number))
            found.commit([Put(Entry(key=key, kind=snapshot.KIND, body=msgspec.json.encode(complaint).decode()))])
    return found


def asker(sub: str, *grants: Grant) -> Asker:
    return Asker("staff", sub, grants)


@pytest.mark.parametrize(
    ("member", "seen"),
    [
        (asker("sub-ann", Grant("agent")), [OPEN, UNIT]),
        (asker("sub-bob", Grant("agent")), [OPEN, EXCLUDING, UNIT]),
        (replace(asker("sub-bob", Grant("agent", None, "sub-ann")), absent=frozenset({"sub-ann"})), [OPEN, UNIT]),
        (asker("sub-ann", Grant("respondent", "north")), [OPEN, EXCLUDING, UNIT]),
        (asker("sub-ann", Grant("agent", "south")), [OPEN, UNIT]),
    ],
    ids=["excluded", "another", "a deputy", "the respondent", "of another unit"],
)
def test_numbers_whose_complaints_exclude_the_member_are_left_out(
    store: MemoryStore, member: Asker, seen: list[str]
) -> None:
    with binding.tenant("acme"):
        assert authorization.not_excluding(store, "acme", member, [OPEN, EXCLUDING, UNIT]) == seen


def test_a_row_shows_its_complaint_to_those_whom_it_does_not_exclude() -> None:
    rows = [
        msgspec.convert(
            {
                **{"number": number, "policy": "1", "stage": "open", "severity": None, "tier": 1, "channel": "phone"},
                **{
                    "category": {},
                    "unit": "north",
                    "assigned": [],
                    "registered_at": "2026-11-27T01:00:00.000Z",
                    "receipt_with": None,
                },
                **{"next": None, "excluded": excluded},
            },
            QueueRow,
        )
        for number, excluded in ((EXCLUDING, [ANN]), (EXCLUDING, [BOB]), (OPEN, []))
    ]
    ann, other = asker("sub-ann", Grant("agent")), asker("sub-ann", Grant("agent", "south"))

    seen = [(row.number, row.excluded, rights) for row, rights in authorization.seen_rows(ann, rows)]

    assert seen == [(EXCLUDING, [BOB], ann), (OPEN, [], ann)]
    assert list(authorization.seen_rows(other, rows)) == []
