"""Routes for organisations: sign-up, the tenant itself, its usage, web origins and background jobs."""

from __future__ import annotations

import msgspec

from chalicelib.features.organisations import job_list, origins, queries, second_factor, sign_up, usage
from chalicelib.jobs.job_view import JobView
from chalicelib.tenants import opening, organisation_views
from chalicelib.web import cursors
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import member_request, owner_command, sub_of, tenant_of
from chalicelib.web.credentials import source_hash
from chalicelib.web.idempotent_requests import reply_of, required_idempotent_request


def register(api: Api) -> None:
    _tenant(api)
    _opening(api)
    _usage(api)
    _origins(api)
    _second_factor(api)
    _jobs(api)


def _tenant(api: Api) -> None:
    @api.route(
        "/v1/tenants",
        method="POST",
        summary="Sign an organisation up; its owner is invited by email",
        allow=["public"],
        request=sign_up.SignUp,
        response=organisation_views.TenantView,
        status=201,
        problems=["policy-invalid", "tenant-taken", "conflict"],
        idempotency="required",
        weight=30,
    )
    def create_tenant(call: Call) -> Reply:
        request = required_idempotent_request(call, tenant=call.body.id)
        source = source_hash(call, "sign-ups")
        return reply_of(sign_up.sign_up(call.wiring, call.body, request, call.now, source=source))

    @api.route(
        "/v1/t/{tenant}",
        method="GET",
        summary="Get the organisation, for its people",
        allow=["person"],
        response=organisation_views.TenantView,
        problems=["forbidden"],
    )
    def get_tenant(call: Call) -> Reply:
        return Reply(queries.get_organisation(call.wiring, member_request(call)))


def _opening(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/open",
        method="POST",
        summary="Open the organisation: it takes complaints, and the people whom it invited get their mails",
        allow=["person"],
        response=organisation_views.TenantView,
        problems=["forbidden", "conflict"],
    )
    def open_tenant(call: Call) -> Reply:
        return reply_of(opening.open_organisation(call.wiring, owner_command(call)))


def _origins(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/origins",
        method="PUT",
        summary="Set the web origins whose pages may read the organisation's responses; an empty list allows all",
        allow=["person"],
        request=origins.Origins,
        response=origins.Origins,
        problems=["forbidden", "conflict"],
        idempotency="optional",
    )
    def put_origins(call: Call) -> Reply:
        return reply_of(origins.set_origins(call.wiring.store, call.wiring.real_clock, owner_command(call), call.body))


def _second_factor(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/second-factor",
        method="PUT",
        summary="Ask the organisation's people for a second factor, without which they cannot use its pages",
        allow=["person"],
        request=second_factor.SecondFactor,
        response=second_factor.SecondFactor,
        problems=["forbidden", "conflict"],
        idempotency="optional",
    )
    def put_second_factor(call: Call) -> Reply:
        return reply_of(second_factor.set_second_factor(call.wiring, owner_command(call), call.body))


def _usage(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/usage",
        method="GET",
        summary="Get the limits of the organisation's plan and their use, for owners",
        allow=["person"],
        response=usage.Usage,
        problems=["forbidden"],
    )
    def get_usage(call: Call) -> Reply:
        return Reply(usage.usage(call.wiring, tenant_of(call), sub_of(call), call.now))


class JobsView(msgspec.Struct, frozen=True):
    jobs: list[job_list.ListedJob]
    cursor: str | None


def _jobs(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/jobs",
        method="GET",
        summary="List the background jobs, the latest first",
        allow=["person"],
        query=cursors.ListQuery,
        response=JobsView,
        problems=["forbidden"],
    )
    def list_jobs(call: Call) -> Reply:
        after = cursors.position(call, call.query.cursor)
        page = job_list.list_jobs(call.wiring.store, member_request(call), call.query.limit, after)
        return Reply(JobsView(page.jobs, cursors.sign(call, page.after)))

    @api.route(
        "/v1/t/{tenant}/jobs/{job}",
        method="GET",
        summary="Get a background job: its progress and its results",
        allow=["person"],
        response=JobView,
        problems=["forbidden"],
    )
    def get_job(call: Call) -> Reply:
        return Reply(queries.get_job(call.wiring.store, member_request(call), call.params["job"]))
