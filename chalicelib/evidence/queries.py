"""Looking at evidence: what was declared, what became of it, and what of it the caller may have."""

from __future__ import annotations

from typing import Any

import msgspec

from chalicelib.casework.authorization import Credential
from chalicelib.casework.case import Case, read
from chalicelib.complaints import confidentiality
from chalicelib.evidence import authorization, item, kinds
from chalicelib.evidence.authorization import EvidenceCaller
from chalicelib.evidence.item import Evidence
from chalicelib.instants import Instant
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.wiring import Wiring

CONTENT = "content"
"""Files are what a complaint says: whoever may not read that (`confidentiality.content`) gets none."""
ORIGINAL, SHOWN, THUMBNAIL = "original", "shown", "thumbnail"
_MOST = 200


class EvidenceRequest(msgspec.Struct, frozen=True, kw_only=True):
    tenant: str
    number: str
    credential: Credential
    now: Instant


class VisibleEvidence(msgspec.Struct, frozen=True):
    case: Case
    caller: EvidenceCaller
    evidence: Evidence

    @property
    def classes(self) -> frozenset[str]:
        """Of private values, those that the caller sees."""
        return confidentiality.classes(self.case.policy, self.case.complaint, self.caller.asker)


def one(wiring: Wiring, look: EvidenceRequest, evidence_id: str) -> VisibleEvidence:
    """Raises `Problem("not-found")`, also for what the caller may not see."""
    key = keys.evidence(keys.complaint(look.tenant, look.number), evidence_id)
    also = authorization.keys_of(wiring, look.tenant, look.number, look.credential)
    entries = read(wiring, look.tenant, look.number, [key, *also])
    caller, case = authorization.caller(wiring, look.tenant, look.number, look.credential, entries, look.now)
    if key in entries and sees(case, caller, evidence := item.parse(entries[key])):
        return VisibleEvidence(case, caller, evidence)
    raise Problem("not-found", "The complaint has no such evidence.")


def all_of(wiring: Wiring, look: EvidenceRequest) -> list[VisibleEvidence]:
    """Everything of the complaint that the caller may see, in the order in which it was declared."""
    also = authorization.keys_of(wiring, look.tenant, look.number, look.credential)
    entries = read(wiring, look.tenant, look.number, also)
    caller, case = authorization.caller(wiring, look.tenant, look.number, look.credential, entries, look.now)
    found = in_order(wiring, look.tenant, look.number)
    return [VisibleEvidence(case, caller, evidence) for evidence in found if sees(case, caller, evidence)]


def in_order(wiring: Wiring, tenant: str, number: str) -> list[Evidence]:
    """Every piece of evidence of the complaint."""
    pk, after, found = keys.complaint(tenant, number), None, list[Evidence]()
    first = keys.evidence(pk, "0").sk
    while True:
        page = wiring.store.query(pk, first=first, last=keys.evidence(pk, "~").sk, limit=_MOST, after=after)
        found.extend(item.parse(entry) for entry in page.entries)
        after = page.after
        if after is None:
            return sorted(found, key=lambda evidence: evidence.seq)


def sees(case: Case, caller: EvidenceCaller, evidence: Evidence) -> bool:
    """Members and the complainant see what there is; the respondent their own, and what the policy shows them; whoever
    holds a demand's link, what was given by it."""
    if caller.gave(evidence) or caller.demand is not None:
        return caller.gave(evidence)
    if caller.kind in ("staff", "complainant"):
        return True
    shown_to: list[str] = list(kinds.said(case.policy, evidence.kind).shown_to)
    return evidence.state == item.SEALED and caller.kind in shown_to


def copies(seen: VisibleEvidence) -> list[str]:
    """What of it the caller may download. Others than members and whoever gave it get images without metadata only."""
    sealed = seen.evidence.sealed
    if sealed is None or seen.evidence.state != item.SEALED:
        return []
    is_image = seen.evidence.media_type.startswith("image/")
    own = seen.caller.gave(seen.evidence) or (seen.caller.is_staff and CONTENT in seen.classes)
    if seen.caller.is_staff and not own:
        return []
    found = [ORIGINAL] if own or not is_image else []
    found += [SHOWN] if sealed.shown else []
    return found + ([THUMBNAIL] if sealed.thumbnail else [])


def view(seen: VisibleEvidence) -> dict[str, Any]:
    """What is shown of it; who the people of the organisation are is nobody else's business."""
    evidence, verdict = seen.evidence, seen.evidence.verdict
    return {
        "id": evidence.id,
        "state": evidence.state,
        "kind": evidence.kind,
        "size": evidence.size,
        "media_type": evidence.media_type,
        "sha256": evidence.sha256,
        "declared_at": evidence.declared_at,
        "declared_by": evidence.by.kind,
        "demand": evidence.demand,
        "uploaded_at": evidence.uploaded_at,
        "checking_at": evidence.checking_at,
        "ended_at": evidence.ended_at,
        "reason": evidence.reason,
        "same_as": evidence.same_as,
        "scanner": None if verdict is None else verdict.scanner,
        "stand_in": verdict is not None and verdict.stand_in,
        "copies": copies(seen),
    }
