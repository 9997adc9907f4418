"""The organisation's exports that can still be looked at."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from chalicelib.features.exports.export_job import NAME
from chalicelib.jobs import job as jobs
from chalicelib.jobs.job import Job
from chalicelib.kit.instants import SECOND
from chalicelib.ports import TimeSource
from chalicelib.store import reads
from chalicelib.store.port import Page, Store

_JOBS, _PAGES = 200, 3
"""Jobs of all kinds in one read, and most reads: exports are listed among them."""


def latest(store: Store, real_clock: TimeSource, tenant: str) -> list[Job]:
    """The exports of seven days, out of the latest 600 jobs, the latest first. The caller has passed the check of the
    page, which is for owners."""

    def fetch(after: Mapping[str, str] | None) -> Page:
        return jobs.listed(store, tenant, _JOBS, after)

    rows = [row for page in islice(reads.pages(fetch, None), _PAGES) for row in jobs.rows(page)]
    found = jobs.read_some(store, tenant, [row.id for row in rows if row.kind == NAME])
    return [one for one in found if (one.expires or 0) * SECOND > real_clock()]
