"""An organisation's background jobs, of all features, for its owners."""

from __future__ import annotations

from chalicelib.casework import authorization
from chalicelib.jobs import job as jobs
from chalicelib.jobs.job import JobView
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Problem
from chalicelib.store.port import Store
from chalicelib.tenants.people import queries


def get_job(store: Store, tenant: str, sub: str, job: str, now: Instant) -> JobView:
    """Lists no complaint that excludes the caller. Raises `Problem`: `forbidden` for all but owners, `not-found`."""
    _, person = queries.load_member(store, tenant, sub)
    if not person.owner:
        raise Problem("forbidden", "Only owners may see jobs.")
    view = jobs.job_view(jobs.get(store, tenant, job))
    seen = authorization.not_excluding_member(store, tenant, sub, now, jobs.named_by(view))
    return jobs.naming(view, seen)
