"""Uploaded: an object has arrived in the bucket, and the record says so.

The event may come twice, late or for a file that nobody declared; each changes nothing.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from chalicelib.casework import commit, owed
from chalicelib.casework.case import case_in, read
from chalicelib.complaints.envelope import SYSTEM
from chalicelib.evidence import item, object_keys
from chalicelib.instants import Instant, to_text
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import Change, Lost
from chalicelib.tenants import binding
from chalicelib.wiring import Wiring

ATTEMPTS = 3
_KEY = re.compile(r"T/([a-z0-9-]{3,40})/([0-9]{6}-[0-9]{6})/([0-9a-f]{32})")


def uploaded(wiring: Wiring, object_key: str, size: int, now: Instant) -> bool:
    """Whether the record changed. The bucket compared type, size and checksum with the ticket (POST policy)."""
    named = _KEY.fullmatch(object_key)
    if named is None:
        return False
    tenant, number, evidence_id = named.groups()
    if object_key != object_keys.evidence(tenant, number, evidence_id):
        return False
    with binding.tenant(tenant):
        for _ in range(ATTEMPTS):
            try:
                return _attempt(wiring, tenant, number, evidence_id, size, now)
            except Lost:
                continue
    raise Problem("conflict", "Others acted on the complaint at the same time.")


def _attempt(wiring: Wiring, tenant: str, number: str, evidence_id: str, size: int, now: Instant) -> bool:
    key = keys.evidence(keys.complaint(tenant, number), evidence_id)
    entries = read(wiring, tenant, number, [key])
    if key not in entries:
        return False
    evidence = item.parse(entries[key])
    if evidence.state != item.DECLARED or size != evidence.size:
        return False
    flow = owed.advanced(wiring, tenant, case_in(wiring, tenant, number, entries), now)
    at = max(now, flow.complaint.at)
    fields = {"evidence": evidence_id, "size": size, "sha256": evidence.sha256}
    flow.add("evidence_uploaded", at=at, actor=SYSTEM, fields=fields)
    _, writes = commit.writes(wiring, tenant, flow, now)
    version = entries[key].version or 0
    after = replace(evidence, state=item.UPLOADED, uploaded_at=to_text(at))
    wiring.store.commit([*writes, Change(item.entry_of(tenant, number, after, version + 1), version)])
    return True
