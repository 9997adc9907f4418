"""Looking at a piece of evidence: what was declared and what became of it."""

from __future__ import annotations

from chalicelib.casework.callers import Credential, member, party
from chalicelib.casework.case import case_in, read
from chalicelib.evidence import item
from chalicelib.evidence.item import Evidence
from chalicelib.instants import Instant
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.wiring import Wiring


def one(wiring: Wiring, tenant: str, number: str, evidence_id: str, credential: Credential, now: Instant) -> Evidence:
    """For members and the complainant. Raises `Problem("not-found")`."""
    key = keys.evidence(keys.complaint(tenant, number), evidence_id)
    entries = read(wiring, tenant, number, [*credential.keys(tenant), key])
    asker = member(wiring, credential, tenant, entries, now)
    party(wiring, tenant, case_in(wiring, tenant, number, entries), credential, asker)
    if key not in entries:
        raise Problem("not-found", "The complaint has no such evidence.")
    return item.parse(entries[key])
