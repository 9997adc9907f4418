"""One step of a repair, with what it finds. A check names faults; otherwise they are mended."""

from __future__ import annotations

from collections.abc import Callable

from chalicelib.casework.composing.derived import DerivedFault, Faults
from chalicelib.features.repair.cursor import MOST_LISTED, RepairCursor
from chalicelib.jobs.claim import Claim
from chalicelib.kit import observability
from chalicelib.store.conflicts import retry_on_conflict
from chalicelib.store.port import Write
from chalicelib.tenants.publication import known_policies

_Noted = dict[tuple[str, str], DerivedFault]
"""By item and what is wrong with it."""


class RepairRun:
    """`writes`: of the commit that ends the step. `done`, `faults`, `broken`, `later`: what it adds to the counts."""

    def __init__(self, claim: Claim) -> None:
        self.claim, self.tenant = claim, claim.tenant
        self.wiring = known_policies.any_version(claim.wiring)
        self.at = claim.job.at(RepairCursor)
        self.checks = bool(claim.job.asked["check"])
        self.writes: list[Write] = []
        self.done = 0
        self.faults = 0
        self.later = 0
        self.broken = 0

    def settle(self, of: str, found: Callable[[], Faults]) -> None:
        """Mends the faults or, in a check, notes those that two readings find. `of`: the record or anchor."""
        noted = _confirmed(found) if self.checks else _mended(found)
        later = [one for one in noted.values() if one.is_later]
        mended = [one for one in noted.values() if one.mend is not None]
        broken = [one for one in noted.values() if one.mend is None and not one.is_later]
        self.later += bool(later)
        self.faults += len(mended)
        self.broken += bool(broken)
        _list(self.at.found, of, mended)
        _list(self.at.broken, of, broken)
        _list(self.at.later, of, later)
        if broken:
            observability.error("A record cannot be repaired", tenant=self.tenant, complaint=of)


def _confirmed(found: Callable[[], Faults]) -> _Noted:
    """Faults that two readings find: an act at the same time can make one of them inconsistent."""
    first = _by_name(found())
    return {name: one for name, one in _by_name(found()).items() if name in first} if first else {}


def _mended(found: Callable[[], Faults]) -> _Noted:
    noted: _Noted = {}

    def attempt() -> None:
        for fault in found():
            if fault.mend is not None:
                fault.mend()
            noted[fault.item, fault.what] = fault

    retry_on_conflict(attempt)
    return noted


def _by_name(found: Faults) -> _Noted:
    return {(fault.item, fault.what): fault for fault in found}


def _list(listed: list[str], of: str, more: list[DerivedFault]) -> None:
    listed.extend([f"{of}: {one.item}: {one.what}" for one in more][: max(MOST_LISTED - len(listed), 0)])
