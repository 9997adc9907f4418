"""The job that builds missing segments from the records: at first, and after a segment was lost or damaged."""

from __future__ import annotations

from contextlib import suppress

import msgspec
from msgspec.structs import replace

from chalicelib.casework import numbers
from chalicelib.features.search.index import manifest, texts
from chalicelib.features.search.index.blind_tokens import Tokens
from chalicelib.features.search.index.manifest import StoredManifest
from chalicelib.jobs import driver
from chalicelib.jobs import job as jobs
from chalicelib.jobs.claim import Claim
from chalicelib.jobs.job import Job
from chalicelib.kit.instants import DAY, Instant, to_text
from chalicelib.ports.search_index import SegmentDamaged
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import CommitConflict
from chalicelib.wiring import Wiring

JOB_KIND = "search-rebuild"
PAGE = 200
"""Records of one step: some seconds on DynamoDB."""
_KEPT = 30 * DAY // 1000
"""Seconds of real time for which the job can be looked at."""


class SearchIndexCursor(msgspec.Struct, frozen=True, omit_defaults=True):
    block: str = ""
    after: int = 0
    """The last number of the block that is done."""


def start_if_needed(wiring: Wiring, tenant: str, stored: StoredManifest, now: Instant) -> None:
    """Starts at most one job an hour, unless one runs. The caller binds the tenant."""
    found = stored.manifest
    if not found.missing or not stored.version:
        return
    last = jobs.read(wiring.store, tenant, found.job) if found.job else None
    if last is not None and not last.job.over:
        return
    expires = wiring.real_clock() // 1000 + _KEPT
    name = f"{JOB_KIND}-{to_text(now)[:13]}"
    job = Job(
        id=name, kind=JOB_KIND, by="system", started=now, cursor=jobs.cursor(SearchIndexCursor()), expires=expires
    )
    with suppress(CommitConflict):  # another run has started it
        wiring.store.commit([stored.write(tenant, replace(found, job=name)), jobs.new(tenant, job)])
        driver.send(wiring.effects, tenant, name)


def step(claim: Claim) -> None:
    """`driver.Step`: adds one page of records to a missing segment. Its block is no longer missing after its last page.

    A step and a merge that overlap conflict on the manifest.
    """
    at, stored = claim.job.at(SearchIndexCursor), manifest.read(claim.wiring.store, claim.tenant)
    missing = stored.manifest.missing
    if not missing:
        claim.save(replace(claim.job, state="done"))
        return
    if at.block not in missing:
        at = SearchIndexCursor(missing[-1])  # the newest first: they are asked for most
    try:
        _add_page(claim, stored, at)
    except SegmentDamaged:  # damaged again
        found = stored.manifest.without(at.block, claim.now)
        claim.save(_progress(claim.job, SearchIndexCursor(at.block), 0), [stored.write(claim.tenant, found)])


def _add_page(claim: Claim, stored: StoredManifest, at: SearchIndexCursor) -> None:
    wiring, tenant, found = claim.wiring, claim.tenant, stored.manifest
    counter = numbers.counter(tenant, manifest.month_of(at.block))
    count = sum(month.count for month in numbers.among(wiring.store.get([counter]), [counter]))
    page = manifest.numbers_in(at.block, at.after, count, PAGE)
    tokens = Tokens(wiring.sealer, tenant)
    postings = [
        texts.read_texts(wiring.store, wiring.sealer, wiring.compiled, CaseRef(tenant, number), tokens).posting
        for number in page
    ]
    base = found.objects.get(at.block)
    name = manifest.object_name(at.block, stored, postings)
    wiring.search.write(tenant, name, postings, base)
    left = [one for one in found.missing if one != at.block] if len(page) < PAGE else found.missing
    after = replace(found.with_object(at.block, name, claim.now), missing=left)
    reached = replace(at, after=manifest.place_in_month(page[-1]) if page else at.after)
    claim.save(_progress(claim.job, reached, len(page)), [stored.write(tenant, after)])


def _progress(job: Job, at: SearchIndexCursor, more: int) -> Job:
    return replace(job, state="running", cursor=jobs.cursor(at), done=job.done + more)
