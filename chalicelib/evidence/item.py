"""One piece of evidence as the table holds it (`V#<id>`): what was declared, and what became of it."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from chalicelib.complaints.envelope import Actor
from chalicelib.evidence.check.refusal import Reason
from chalicelib.instants import Instant
from chalicelib.store import keys
from chalicelib.store.port import Entry, IndexKey

KIND = "evidence"
EvidenceState = Literal["declared", "uploaded", "checking", "sealed", "refused", "expired", "erased"]
DECLARED: EvidenceState = "declared"
UPLOADED: EvidenceState = "uploaded"
CHECKING: EvidenceState = "checking"
SEALED: EvidenceState = "sealed"
REFUSED: EvidenceState = "refused"
EXPIRED: EvidenceState = "expired"
ERASED: EvidenceState = "erased"
AWAITED = frozenset({UPLOADED, CHECKING})
"""One commit says that a file was uploaded and that its check begins, so none is met that is uploaded only."""


class RecordedVerdict(msgspec.Struct, frozen=True):
    """A scanner's (`scanning.Verdict`), of one version of the object."""

    outcome: str
    scanner: str
    stand_in: bool
    version: str


class Sealed(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where the file lies: the object's key and version, and those of the copies that were made of an image."""

    key: str
    version: str
    locked_until: Instant
    """Real time; a repeated copy may have been locked a moment earlier."""
    shown: str | None = None
    thumbnail: str | None = None


class Evidence(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`size` in bytes, `sha256` as hex digits; the file's name is private and lies beside event `seq`."""

    id: str
    state: EvidenceState
    kind: str
    size: int
    media_type: str
    sha256: str
    declared_at: str
    by: Actor
    seq: int
    demand: str | None = None
    """The event that demanded it, where it came through the demand's own link."""
    until: Instant
    """Real time: when an upload is not waited for any longer, or a check."""
    upload: str | None = None
    """The id of an upload in parts."""
    version: str | None = None
    """The first version that came: it is the one that counts."""
    uploaded_at: str | None = None
    checking_at: str | None = None
    verdict: RecordedVerdict | None = None
    passed: bool = False
    """The service's own check is done; a scanner's verdict may still be awaited."""
    shown: str | None = None
    thumbnail: str | None = None
    """Versions of an image's copies."""
    sealed: Sealed | None = None
    ended_at: str | None = None
    """When it was sealed, refused, or expired."""
    reason: Reason | None = None
    same_as: str | None = None
    """The evidence of this complaint whose bytes these are: one file, mentioned twice."""
    kept_until: Instant | None = None
    """The domain's time until which the policy keeps the file."""
    conflict: bool = False
    """A legal hold has kept it beyond that, which is on record."""


def entry_of(tenant: str, number: str, evidence: Evidence, version: int, wakes: Instant | None = None) -> Entry:
    """`wakes`: the domain's time at which the sweep looks at it."""
    pk = keys.complaint(tenant, number)
    due: IndexKey | None = None if wakes is None else keys.due(tenant, f"C#{number}", wakes)
    body = msgspec.json.encode(evidence).decode()
    return Entry(key=keys.evidence(pk, evidence.id), kind=KIND, body=body, version=version, due=due)


def parse(entry: Entry) -> Evidence:
    return msgspec.json.decode(entry.body, type=Evidence)


def public(evidence: Evidence) -> dict[str, Any]:
    """What each of its events says of it."""
    return {"evidence": evidence.id, "kind": evidence.kind, "by": evidence.by.kind}
