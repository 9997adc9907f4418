"""One piece of evidence as the table holds it (`V#<id>`): what was declared, and what became of it."""

from __future__ import annotations

import msgspec

from chalicelib.store import keys
from chalicelib.store.port import Entry

KIND = "evidence"
DECLARED, UPLOADED = "declared", "uploaded"


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """`size` in bytes, `sha256` as hex digits; the file's name is private and lies beside the event."""

    id: str
    state: str
    kind: str
    size: int
    media_type: str
    sha256: str
    declared_at: str
    declared_by: str
    uploaded_at: str | None = None


def entry_of(tenant: str, number: str, evidence: Evidence, version: int) -> Entry:
    key = keys.evidence(keys.complaint(tenant, number), evidence.id)
    return Entry(key=key, kind=KIND, body=msgspec.json.encode(evidence).decode(), version=version)


def parse(entry: Entry) -> Evidence:
    return msgspec.json.decode(entry.body, type=Evidence)
