"""The job that looks for complaints whose retention has ended, and records that on each.

It enumerates the numbers of the months that are old enough. A month of which nothing is left is not read again. The
version in force decides, so a later one can shorten or lengthen the time of complaints that have ended.
"""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from chalicelib.casework import numbers, snapshot
from chalicelib.features.retention.due import Entries, Outcome, Retained
from chalicelib.jobs import job as jobs
from chalicelib.jobs.claim import Claim, PermanentFailure
from chalicelib.kit import observability
from chalicelib.kit.instants import DAY, from_text
from chalicelib.kit.problem import LaterRelease
from chalicelib.store import reads
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Unavailable
from chalicelib.tenants import organisation
from chalicelib.tenants.directory import Directory

JOB_KIND = "retention"
PAGE = 25
"""Most numbers of one step. Each complaint that is due takes a query and a commit."""
_IN_SERVICE = ("active", "suspended", "leaving")


class RetentionCursor(msgspec.Struct, frozen=True, omit_defaults=True):
    """`done`: the months (`yyyymm`) of which nothing is left. `month`, `after`: the last number that was looked at.
    `left`: whether a complaint of this month is left."""

    done: list[str] = []
    month: str = ""
    after: int = 0
    left: bool = False


class _Page(msgspec.Struct, frozen=True):
    """The numbers that follow. `is_last`: of a month that gets no further ones."""

    month: str
    numbers: list[str]
    is_last: bool


def step(claim: Claim) -> None:
    """`driver.Step`. A complaint that fails does not stop the others. The job fails at its end then."""
    retained = _in_force(claim)
    page = None if retained is None else _next_page(claim, retained)
    if retained is None or page is None:
        if failed := claim.job.counts.get("failed"):
            raise PermanentFailure(f"The private values of {failed} complaints could not be erased.")
        claim.save(replace(claim.job, state="done"))
        return
    refs = [CaseRef(claim.tenant, number) for number in page.numbers]
    read = reads.read_all(claim.wiring.store, list(map(snapshot.complaint_key, refs)))
    found = [_outcome(claim, retained, ref, read) for ref in refs]
    counts = dict(claim.job.counts)
    for one in found:
        counts[one] = counts.get(one, 0) + 1
    cursor = jobs.cursor(_after(claim.job.at(RetentionCursor), page, found))
    done = claim.job.done + len(found)
    claim.save(replace(claim.job, state="running", cursor=cursor, done=done, counts=counts))


def _in_force(claim: Claim) -> Retained | None:
    """None if the version in force has no retention, and once the organisation is being erased."""
    wiring, tenant = claim.wiring, claim.tenant
    listed = Directory(wiring.store, wiring.real_clock).find(tenant)
    if listed is None or listed.listing.state not in _IN_SERVICE:
        return None
    policy = wiring.compiled.get(tenant, organisation.load(wiring.store, tenant).policy_at(claim.now))
    return None if policy.document.retention is None else Retained(policy, policy.document.retention.closed, claim.now)


def _next_page(claim: Claim, retained: Retained) -> _Page | None:
    at = claim.job.at(RetentionCursor)
    this_month = numbers.month_of(retained.policy, claim.now - DAY)
    for month in numbers.months(claim.wiring.store, claim.tenant):
        seen = at.after if month.name == at.month else 0
        if month.name in at.done or month.name < at.month or seen >= month.count:
            continue
        if not retained.is_over(from_text(f"{month.name[:4]}-{month.name[4:]}-01T00:00:00.000Z") - DAY):
            return None
        last = min(seen + PAGE, month.count)
        named = [f"{month.name}-{number:06d}" for number in range(seen + 1, last + 1)]
        return _Page(month.name, named, last == month.count and month.name < this_month)
    return None


def _after(at: RetentionCursor, page: _Page, found: list[Outcome]) -> RetentionCursor:
    left = (at.left and at.month == page.month) or any(one not in ("erased", "gone") for one in found)
    done = [*at.done, page.month] if page.is_last and not left else at.done
    return RetentionCursor(done, page.month, int(page.numbers[-1].rpartition("-")[2]), left)


def _outcome(claim: Claim, retained: Retained, ref: CaseRef, read: Entries) -> Outcome:
    try:
        return retained.erase_if_over(claim.wiring, ref, read)
    except (Unavailable, LaterRelease):
        raise
    except Exception as error:  # noqa: BLE001  logged; the job fails at its end
        observability.error(
            "A complaint whose retention has ended was not erased",
            tenant=claim.tenant,
            complaint=ref.number,
            error=observability.frames(error),
        )
        return "failed"
