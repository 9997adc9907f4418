"""Queries on an organisation: the organisation itself, for its people, and its background jobs, for its owners."""

from __future__ import annotations

from chalicelib.casework import authorization
from chalicelib.jobs import job as jobs
from chalicelib.jobs import job_view
from chalicelib.jobs.job_view import JobView
from chalicelib.kit.problem import Problem
from chalicelib.store.port import Store
from chalicelib.tenants import organisation_views
from chalicelib.tenants.organisation_views import TenantView
from chalicelib.tenants.people import queries
from chalicelib.tenants.people.queries import MemberRequest
from chalicelib.wiring import Wiring


def get_organisation(wiring: Wiring, request: MemberRequest) -> TenantView:
    """Raises `Problem("forbidden")` if the caller is no member."""
    organisation, _ = queries.load_member(wiring.store, request.tenant, request.sub)
    is_open = wiring.states.is_open(organisation.id)
    return organisation_views.tenant_view(organisation, request.now, is_open=is_open)


def get_job(store: Store, request: MemberRequest, job: str) -> JobView:
    """Lists no complaint that excludes the caller.

    Raises `Problem`: `forbidden` for all but owners and the person who started it, `not-found`.
    """
    tenant, sub, now = request
    _, person = queries.load_member(store, tenant, sub)
    stored = jobs.read(store, tenant, job)
    if not person.owner and (stored is None or stored.job.by != sub):
        raise Problem("forbidden", "Only owners, and the person who started a job, may see it.")
    if stored is None:
        raise jobs.unknown()
    view = job_view.job_view(stored.job)
    seen = authorization.not_excluding_member(store, tenant, sub, now, job_view.named_by(view))
    return job_view.naming(view, seen)
