"""Who calls, for this complaint: a member of the organisation, or whoever holds the receipt."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from chalicelib.casework import receipts
from chalicelib.casework.case import Case, asker_in, unknown
from chalicelib.complaints.permits import COMPLAINANT, RESPONDENT, Asker, covers
from chalicelib.instants import Instant
from chalicelib.limits.receipt_locks import ReceiptLocks
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import Entry, Key
from chalicelib.wiring import Wiring


class Credential(msgspec.Struct, frozen=True):
    """What the request showed: a person's `sub`, a receipt, or neither."""

    sub: str | None = None
    receipt: str | None = None
    place: str = ""
    """Of a receipt: what stands for the address that it was shown from (`ReceiptLocks.place`)."""

    def __repr__(self) -> str:
        return f"Credential(sub={self.sub!r})"  # a log must not hold the receipt

    def keys(self, tenant: str) -> list[Key]:
        """What has to be read to know what the caller may do."""
        if self.sub is not None:
            return [keys.membership(tenant, self.sub)]
        return [] if self.receipt is None else ReceiptLocks.keys(tenant, self.place)


def member(
    wiring: Wiring, credential: Credential, tenant: str, entries: Mapping[Key, Entry], now: Instant
) -> Asker | None:
    """The member that calls, or None for a receipt. Raises `forbidden`, or `too-many-requests` for a receipt that is
    shown where there were too many wrong ones, before the complaint is looked at."""
    if credential.sub is not None:
        return asker_in(wiring, tenant, entries, credential.sub, now)
    if credential.receipt is None:
        raise Problem("unauthenticated", "Sign in, or show the complaint's receipt.")
    wiring.locks.check(tenant, credential.place, entries)
    return None


def party(wiring: Wiring, tenant: str, case: Case, credential: Credential, asker: Asker | None) -> Asker:
    """The caller as this complaint knows them. Raises `complaint-unknown` where it is none of their business."""
    complaint = case.complaint
    if asker is None:
        receipt = credential.receipt or ""
        if not receipts.fits(wiring.secrets, tenant, complaint.number, receipt, complaint.receipt):
            raise unknown()
        return COMPLAINANT
    who = known_as(asker, complaint.unit)
    if who is None:
        raise unknown()
    return who


def known_as(asker: Asker, unit: str | None) -> Asker | None:
    """The member as a complaint of this unit knows them; None where none of their grants reaches it.

    Whoever is the respondent is nothing else there, whatever else they are in the organisation, or have been lent. To
    stand in for a respondent makes nobody one who reaches it otherwise: else respondents could disarm whoever handles
    the case by naming them their deputy.
    """
    reaching = tuple(grant for grant in asker.grants if covers(grant, unit))
    theirs = tuple(grant for grant in reaching if grant.role == RESPONDENT)
    if any(grant.lent_by is None for grant in theirs) or (theirs and len(theirs) == len(reaching)):
        return Asker(RESPONDENT, asker.id, theirs)
    if not reaching:
        return None
    return replace(asker, grants=tuple(grant for grant in asker.grants if grant not in theirs))
