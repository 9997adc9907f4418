"""The stored item of a piece of evidence (`V#<id>`): its declaration and its state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from chalicelib.complaints.envelope import Actor, EventFields
from chalicelib.kit.decoding import StoredPart
from chalicelib.kit.instants import Instant
from chalicelib.store import keys, reads
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry, IndexKey, Key, Store, Write
from chalicelib.store.stored_form import Form

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
"""States of a check in progress. One commit records the upload and starts the check, so no item stays `uploaded`."""


class RecordedVerdict(StoredPart, frozen=True):
    """A scanner's verdict (`ScanVerdict`) on one version of the object."""

    outcome: str
    scanner: str
    stand_in: bool
    version: str


class SealedFile(StoredPart, frozen=True, omit_defaults=True):
    """The sealed object's key and version; `shown` and `thumbnail`: the versions of the file's copies."""

    key: str
    version: str
    locked_until: Instant
    """Real time. After a retry, the object's own lock may end a moment earlier."""
    shown: str | None = None
    thumbnail: str | None = None


class Evidence(StoredPart, frozen=True, kw_only=True, omit_defaults=True):
    """`size` in bytes, `sha256` in hex. `seq`: the declaration's event, which has the private file name.

    A file that the form of a page sends (`by_form`) has no declared size, type and hash. Until it arrives, `size` is
    the most that it may have, which is reserved; its check finds `media_type` and `sha256`.
    """

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
    """The event that made the demand, if the file was given with the demand's link."""
    until: Instant
    """Real time at which the upload expires or, after the upload, the check is abandoned."""
    named: int | None = None
    """The event that has the private file name, if it is not the declaration's: the arrival of a form's file."""
    by_form: bool = False
    upload: str | None = None
    """The id of S3's multipart upload."""
    version: str | None = None
    """The first version uploaded. Later versions are ignored and deleted."""
    uploaded_at: str | None = None
    checking_at: str | None = None
    verdict: RecordedVerdict | None = None
    passed: bool = False
    """True when this service's own check is done. The scanner's verdict may still be awaited."""
    shown: str | None = None
    thumbnail: str | None = None
    """Versions of the copies of an image or a PDF."""
    sealed: SealedFile | None = None
    ended_at: str | None = None
    """Time at which it was sealed, refused, expired or erased."""
    reason: str | None = None
    """Why it was refused (`refusal`). A later version may have given one that this one does not know."""
    same_as: str | None = None
    """The id of the complaint's earlier evidence with the same bytes. Both share one stored file."""
    kept_until: Instant | None = None
    """Domain time until which the policy keeps the file."""
    conflict: bool = False
    """True if a legal hold kept the file beyond that. The record has an event about it."""

    @property
    def named_by(self) -> int:
        """The number of the event that has the file's name."""
        return self.seq if self.named is None else self.named

    @property
    def name_class(self) -> str:
        """The confidentiality class of the file's name.

        The name may contain a person's name. Only the organisation and the party whose file it is see it; others see a
        neutral name.
        """
        return "complainant" if self.by.gives_for == "complainant" else "internal"


FORM = Form(KIND, Evidence, version=2)


def write(ref: CaseRef, evidence: Evidence, before: int, wakes: Instant | None = None) -> Write:
    """`before`: the item's version, 0 if it is new. `wakes`: the domain time at which the sweep looks at it; None:
    never."""
    due: IndexKey | None = None if wakes is None else keys.due(ref.tenant, keys.aggregate_name(ref.number), wakes)
    return FORM.write(key_of(ref, evidence.id), evidence, before, due=due)


def key_of(ref: CaseRef, evidence_id: str) -> Key:
    return keys.evidence(keys.complaint(ref.tenant, ref.number), evidence_id)


def all_of(store: Store, ref: CaseRef) -> list[Evidence]:
    """All evidence of the complaint, in the order of declaration."""
    return among(reads.items(store, keys.complaint(ref.tenant, ref.number), keys.EVIDENCE))


def among(entries: Iterable[Entry]) -> list[Evidence]:
    """The evidence among items of the complaint, in the order of declaration."""
    found = FORM.read_each(entry for entry in entries if entry.kind == KIND)
    return sorted(found, key=lambda evidence: evidence.seq)


def find(entries: Mapping[Key, Entry], key: Key) -> Evidence | None:
    """The evidence with this key among items that were read. A caller's id can name another kind of item beside it."""
    found = entries.get(key)
    return None if found is None or found.kind != KIND else parse(found)


def parse(entry: Entry) -> Evidence:
    return FORM.read(entry)


def fits(evidence: Evidence, size: int) -> bool:
    """True if a file of this size in bytes is as declared."""
    return 1 <= size <= evidence.size if evidence.by_form else size == evidence.size


def event_fields(evidence: Evidence) -> EventFields:
    """The fields that every event about the evidence has."""
    return {"evidence": evidence.id, "kind": evidence.kind, "by": evidence.by.gives_for}
