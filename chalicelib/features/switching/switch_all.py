"""Switch all: an owner moves all open complaints to a newer policy version, after a dry run on the same terms."""

from __future__ import annotations

from typing import Any

import msgspec

from chalicelib.complaints.fields import pointer
from chalicelib.complaints.switching.plan import SwitchMode, SwitchTerms
from chalicelib.features.switching.switch_policy import effective_policy
from chalicelib.jobs import driver
from chalicelib.jobs import job as jobs
from chalicelib.jobs.job import Job
from chalicelib.jobs.job_view import dry_run_token, job_view
from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.instants import DAY, Instant
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.policy.compiled import Policy
from chalicelib.tenants import owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.organisation import record_event
from chalicelib.tenants.owner_command import LoadedOrganisation, OrganisationChange, OwnerCommand
from chalicelib.wiring import Wiring

JOB_KIND = "switch"
FRESH = DAY
"""Time after the end of a dry run in which its token is valid."""


class SwitchAll(RequestDocument, frozen=True, kw_only=True):
    """`to`: by default the version in force. Give either `dry_run`, or the `token` of a dry run on the same terms."""

    to: str | None = None
    mode: SwitchMode = "switch"
    stages: dict[str, str] = msgspec.field(default_factory=dict)
    accept_breaches: bool = False
    start_new_clocks: bool = False
    dry_run: bool = False
    token: str | None = None


def start(wiring: Wiring, command: OwnerCommand, order: SwitchAll) -> Answer:
    """202 with the job. Raises `Problem`: `forbidden`, `not-found`, `invalid`, `stale`.

    A repeated request sends the job's first message again, in case it was lost together with the response.
    """
    answer = _create_job(wiring, command, order)
    driver.send(wiring.effects, command.tenant, answer.body["id"])
    return answer


def _create_job(wiring: Wiring, command: OwnerCommand, order: SwitchAll) -> Answer:
    first = owner_command.load(wiring.store, wiring.real_clock, command)
    if isinstance(first, Answer):
        return first
    to = order.to or first.organisation.policy_at(command.now)
    _check_stages(effective_policy(wiring.store, wiring.compiled, command.tenant, to, command.now), order)
    earlier = jobs.key(command.tenant, (order.token or "").partition(".")[0] or "-")
    return owner_command.run(
        wiring.store, wiring.real_clock, command, lambda loaded: _decide(loaded, command, order, to), [earlier]
    )


def _check_stages(new: Policy, order: SwitchAll) -> None:
    places = [
        Place(pointer("stages", name), Text("must be one of: {known}", known=", ".join(new.document.stages)))
        for name, to in order.stages.items()
        if to not in new.document.stages
    ]
    if places:
        raise Problem("invalid", "Stages are mapped to stages of the newer version.", places=places)


def _decide(loaded: LoadedOrganisation, command: OwnerCommand, order: SwitchAll, to: str) -> OrganisationChange:
    terms = {**msgspec.to_builtins(order), "to": to}
    del terms["token"], terms["dry_run"]
    dry_run = None if order.dry_run else _check_dry_run(loaded, command, order, terms)
    organisation = loaded.organisation
    job = Job(
        id=f"{JOB_KIND}-{organisation.seq + 1}",
        kind=JOB_KIND,
        by=command.sub,
        started=command.now,
        asked={**terms, "dry_run": order.dry_run},
        of=None if dry_run is None else dry_run.done,
    )
    fields = {"job": job.id, "to": to, "mode": order.mode, "dry_run": order.dry_run}
    after, event = record_event(organisation, "policy_switch_started", fields, command.sub, command.now)
    return OrganisationChange(after, [event, jobs.new(command.tenant, job)], Answer.of(202, job_view(job)))


def _check_dry_run(loaded: LoadedOrganisation, command: OwnerCommand, order: SwitchAll, terms: dict[str, Any]) -> Job:
    """The dry run of the token.

    Raises `Problem`: `invalid` without a token; `stale` if it is not the token of a recent dry run on the same terms.
    """
    if order.token is None:
        place = Place("/token", "must be the token of a dry run on the same terms")
        raise Problem("invalid", "A bulk switch needs a dry run first.", places=[place])
    earlier = jobs.stored_in(loaded.entries.get(jobs.key(command.tenant, order.token.partition(".")[0])))
    if earlier is None or dry_run_token(earlier.job) != order.token or not _is_fresh(earlier.job, command.now):
        raise Problem("stale", "This is not the token of a dry run that ended in the last 24 hours.")
    if {**terms, "dry_run": True} != earlier.job.asked:
        raise Problem("stale", "The dry run had other terms, or another version is in force now. Repeat the dry run.")
    return earlier.job


def _is_fresh(job: Job, now: Instant) -> bool:
    return job.ended is not None and job.ended >= now - FRESH


def terms_of(job: Job) -> SwitchTerms:
    terms = job.asked
    return SwitchTerms(
        mode=terms["mode"],
        stages=terms["stages"],
        accept_breaches=terms["accept_breaches"],
        start_new_clocks=terms["start_new_clocks"],
    )
