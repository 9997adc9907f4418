"""One step of a back-test: a page of complaints is read, replayed and compared."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from chalicelib.casework import snapshot
from chalicelib.casework.numbers import NumberPosition, next_page
from chalicelib.features.backtests import item
from chalicelib.features.backtests.comparison import Line
from chalicelib.features.backtests.figures import parts
from chalicelib.features.backtests.figures.parts import Columns
from chalicelib.features.backtests.item import Backtest
from chalicelib.features.backtests.replay_complaint import replay_complaint
from chalicelib.jobs import cancellation
from chalicelib.jobs.claim import Claim
from chalicelib.jobs.job import cursor
from chalicelib.kit.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Store
from chalicelib.tenants.publication.policy_version import PolicyVersion
from chalicelib.wiring import Wiring

NUMBERS = 100
"""Numbers in one step: as many snapshots as one BatchGetItem reads. About a second on DynamoDB."""


class _Registration(msgspec.Struct):
    registered_at: Instant


def step(claim: Claim) -> None:
    """`driver.Step`: replay one page of numbers."""
    wiring, tenant, job = claim.wiring, claim.tenant, claim.job.at(Backtest)
    stop = cancellation.why_cancelled(tenant, claim.job, wiring.store.get([cancellation.key(tenant, claim.job.id)]))
    if stop:
        claim.save(replace(claim.job, state="stopped", reason=stop))
        return
    draft = _draft(wiring, tenant, job)
    numbers, following = next_page(job.months, job.place or NumberPosition(), NUMBERS)
    lines: list[Line] = []
    figures: dict[str, Columns] = {}
    for number in _complaints_in_period(wiring.store, tenant, job, numbers):
        if job.most is not None and job.report.complaints >= job.most:
            following = None
            break
        found = replay_complaint(wiring, CaseRef(tenant, number), job, draft)
        lines.extend(found.lines)
        if found.figures is not None:
            figures[number] = found.figures
    job.place = following
    job.looked_at += len(numbers)
    writes = item.part_writes(tenant, job, lines, claim.job.expires or 0)
    writes += parts.writes(tenant, job, figures, claim.job.expires or 0)
    is_last = following is None
    after = replace(
        claim.job,
        state="done" if is_last else "running",
        cursor=cursor(job),
        done=job.total if is_last else job.looked_at,
    )
    claim.save(after, writes)


def _draft(wiring: Wiring, tenant: str, job: Backtest) -> Policy:
    """Return the draft under which complaints are replayed, compiled once per process."""
    if job.version is not None:
        return wiring.compiled.get(tenant, job.version)
    known = wiring.policy_cache.cached(tenant, job.name)
    if known is not None:
        return known
    key = item.policy_key(tenant, job.name)
    body = msgspec.Raw(wiring.store.get([key])[key].body.encode())
    made = PolicyVersion(version=job.name, published_at="", published_by=job.by, effective_at="", roles=[], policy=body)
    return wiring.policy_cache.remember(tenant, made)


def _complaints_in_period(store: Store, tenant: str, job: Backtest, numbers: list[str]) -> list[str]:
    """Return the numbers that are complaints (not voided numbers) and were registered in the period."""
    found = snapshot.read(store, tenant, numbers, _Registration)
    return [number for number, state in found.items() if job.first <= state.registered_at < job.last]
