"""Routes to move open complaints, one or all, to a newer policy version, and to view background jobs."""

from __future__ import annotations

from typing import Annotated

import msgspec

from chalicelib.casework.commands import switch_policy
from chalicelib.casework.jobs import switch_all
from chalicelib.complaints.switching.plan import SwitchMode, SwitchTerms
from chalicelib.decoding import RequestDocument
from chalicelib.http.api import Api
from chalicelib.http.call import Call, Reply, etag
from chalicelib.http.idempotent_requests import idempotent_request, reply_of
from chalicelib.http.routes.call_context import owner_command, sub_of, tenant_of
from chalicelib.jobs import job as jobs
from chalicelib.jobs import job_view
from chalicelib.problem import Problem
from chalicelib.tenants.people import queries

_Version = Annotated[str, msgspec.Meta(pattern="^[0-9]{1,8}$")]


class SwitchFields(RequestDocument, frozen=True, kw_only=True):
    """`to`: by default the version in force. `stages`: maps stages of the old version to stages of the new."""

    to: _Version | None = None
    mode: SwitchMode = "switch"
    stages: dict[str, str] = msgspec.field(default_factory=dict)
    accept_breaches: bool = False
    start_new_clocks: bool = False
    dry_run: bool = False


class SwitchAct(RequestDocument, frozen=True, kw_only=True):
    fields: SwitchFields = msgspec.field(default_factory=SwitchFields)


class SwitchedDeadline(msgspec.Struct, frozen=True, kw_only=True):
    """Due times before and after the switch; null while paused, or if there is none."""

    clock: str
    run: int
    before: str | None
    after: str | None
    effect: str


class SwitchView(msgspec.Struct, frozen=True, kw_only=True):
    """`kept`: why the version stays (mode, unfavourable, current). `breaches`: clocks that the switch would miss."""

    number: str
    version: str
    policy_from: str = msgspec.field(name="from")
    to: str
    switched: bool
    kept: str | None
    stage: str
    deadlines: list[SwitchedDeadline]
    breaches: list[str]


def register(api: Api) -> None:
    _one(api)
    _all(api)
    _jobs(api)


def _one(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/complaints/{number}/acts/switch",
        method="POST",
        summary="Move an open complaint to a newer policy version, or preview this with a dry run",
        allow=["person"],
        request=SwitchAct,
        response=SwitchView,
        problems=["forbidden", "complaint-unknown", "act-not-open", "conflict"],
        idempotency="optional",
        if_match=True,
    )
    def switch_complaint(call: Call) -> Reply:
        fields: SwitchFields = call.body.fields
        terms = SwitchTerms(
            mode=fields.mode,
            stages=fields.stages,
            accept_breaches=fields.accept_breaches,
            start_new_clocks=fields.start_new_clocks,
        )
        command = switch_policy.SwitchPolicy(
            tenant=tenant_of(call),
            number=call.params["number"],
            sub=sub_of(call),
            terms=terms,
            to=fields.to,
            dry_run=fields.dry_run,
            request=None if fields.dry_run else idempotent_request(call),
            if_match=call.if_match,
            now=call.now,
        )
        reply = reply_of(switch_policy.switch(call.wiring, command))
        return reply if fields.dry_run else Reply(reply.body, 200, {**reply.headers, **etag(reply.body["version"])})


def _all(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/policy/switch",
        method="POST",
        summary="Move all open complaints to a newer policy version: first a dry run, then again with its token",
        allow=["person"],
        request=switch_all.SwitchAll,
        response=job_view.JobView,
        status=202,
        problems=["forbidden", "stale", "conflict"],
        idempotency="optional",
    )
    def switch_complaints(call: Call) -> Reply:
        return reply_of(switch_all.start(call.wiring, owner_command(call), call.body))


def _jobs(api: Api) -> None:
    @api.route(
        "/v1/t/{tenant}/jobs/{job}",
        method="GET",
        summary="Get a background job: its progress and its results",
        allow=["person"],
        response=job_view.JobView,
        problems=["forbidden"],
    )
    def get_job(call: Call) -> Reply:
        _, person = queries.load_member(call.wiring.store, tenant_of(call), sub_of(call))
        if not person.owner:
            raise Problem("forbidden", "Only owners may see jobs.")
        job = jobs.get(call.wiring.store, tenant_of(call), call.params["job"])
        return Reply(switch_all.view(job) if job.kind == switch_all.JOB_KIND else job_view.job_view(job))
