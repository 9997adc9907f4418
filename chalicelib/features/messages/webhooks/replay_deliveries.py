"""Sending webhook deliveries again on an owner's request: one delivery, or all since a time (as a job)."""

from __future__ import annotations

import secrets
from typing import Annotated

import msgspec
from msgspec.structs import replace

from chalicelib.features.messages import delivery
from chalicelib.features.messages.delivery import StoredDelivery, reset, stored_delivery, update_writes
from chalicelib.features.messages.webhooks import webhook
from chalicelib.features.messages.webhooks.webhook import Webhook
from chalicelib.jobs import job as jobs
from chalicelib.jobs.claim import Claim
from chalicelib.jobs.job import Job
from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.instants import Instant, from_text, to_text
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.ports import TimeSource
from chalicelib.store.port import Entry, Store, Write
from chalicelib.tenants import owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.organisation import record_event
from chalicelib.tenants.owner_command import LoadedOrganisation, OrganisationChange, OwnerCommand

JOB_KIND = "webhook-replay"
_PAGE_SIZE = 25
"""Deliveries in one step: each takes up to three of a transaction's hundred items."""
_KEPT = 30 * 24 * 60 * 60
"""Seconds for which the job can be looked at."""

_Time = Annotated[str, msgspec.Meta(max_length=40)]


class Replay(RequestDocument, frozen=True, kw_only=True):
    """`event` and `recorded_at` of one delivery, as `/effects` lists it; or `since` for all recorded since then."""

    event: Annotated[str, msgspec.Meta(max_length=200)] | None = None
    recorded_at: _Time | None = None
    since: _Time | None = None


class ReplayView(msgspec.Struct, frozen=True):
    """The job that resends many deliveries, or the event that is sent again."""

    job: str | None
    event: str | None


class _ReplayCursor(msgspec.Struct, frozen=True, omit_defaults=True):
    """The job's cursor."""

    month: str = ""
    after: dict[str, str] | None = None


def replay(store: Store, real_clock: TimeSource, command: OwnerCommand, webhook_id: str, request: Replay) -> Answer:
    """Returns 202 with `job` or `event`; the other is null. Raises `Problem`: `not-found`, `conflict`, `invalid`."""
    if (request.event is None) == (request.since is None):
        raise _invalid("/event", "give either event with recorded_at, or since")
    if request.since is not None:
        return _replay_since(store, real_clock, command, webhook_id, _instant(request.since, "/since"))
    return _replay_one(store, real_clock, command, webhook_id, request)


def _replay_since(
    store: Store, real_clock: TimeSource, command: OwnerCommand, webhook_id: str, since: Instant
) -> Answer:
    hooks_key = webhook.key(command.tenant)
    job = Job(
        id=f"{JOB_KIND}-{secrets.token_hex(8)}",
        kind=JOB_KIND,
        by=command.sub,
        started=command.now,
        expires=real_clock() // 1000 + _KEPT,
    )

    def decide(loaded: LoadedOrganisation) -> OrganisationChange:
        hook = _active_webhook(loaded.entries.get(hooks_key), webhook_id)
        # The webhook has no deliveries from before its creation, so earlier months are not read.
        fields = {"webhook": webhook_id, "since": to_text(max(since, hook.created))}
        after, recorded = record_event(loaded.organisation, "webhook_replayed", fields, command.sub, command.now)
        new_job = jobs.new(command.tenant, replace(job, asked=fields))
        return OrganisationChange(after, [recorded, new_job], Answer.of(202, ReplayView(job.id, None)))

    return owner_command.run(store, real_clock, command, decide, [hooks_key])


def _replay_one(
    store: Store, real_clock: TimeSource, command: OwnerCommand, webhook_id: str, request: Replay
) -> Answer:
    hooks_key, event = webhook.key(command.tenant), request.event or ""
    at = to_text(_instant(request.recorded_at or "", "/recorded_at"))
    key = delivery.key(command.tenant, at, event, "webhook", webhook_id)

    def decide(loaded: LoadedOrganisation) -> OrganisationChange:
        _active_webhook(loaded.entries.get(hooks_key), webhook_id)
        stored = stored_delivery(loaded.entries.get(key))
        if stored is None:
            raise Problem("not-found", "This webhook has no such delivery.")
        fields = {"webhook": webhook_id}
        after, recorded = record_event(loaded.organisation, "webhook_replayed", fields, command.sub, command.now)
        writes = update_writes(command.tenant, stored, reset(stored.delivery, command.now))
        return OrganisationChange(after, [recorded, *writes], Answer.of(202, ReplayView(None, event)))

    return owner_command.run(store, real_clock, command, decide, [hooks_key, key])


def _active_webhook(entry: Entry | None, webhook_id: str) -> Webhook:
    hook = webhook.parse(entry).find(webhook_id)
    if hook is None:
        raise Problem("not-found", "The organisation has no such webhook.")
    if hook.disabled is not None:
        raise Problem("conflict", "The webhook is disabled. Enable it first.")
    return hook


def step(claim: Claim) -> None:
    """`driver.Step`: one page of one month, the oldest month first."""
    since: str = claim.job.asked["since"]
    position = claim.job.at(_ReplayCursor)
    month = position.month or since[:7]
    page, next_page = delivery.page(claim.wiring.store, claim.tenant, month, _PAGE_SIZE, position.after, since)
    found = [one for one in page if _is_selected(one, claim.job)]
    writes: list[Write] = [
        write for one in found for write in update_writes(claim.tenant, one, reset(one.delivery, claim.now))
    ]
    is_last = next_page is None and month >= to_text(claim.now)[:7]
    following = _ReplayCursor(_next_month(month)) if next_page is None else _ReplayCursor(month, dict(next_page))
    after = replace(
        claim.job,
        state="done" if is_last else "running",
        cursor=jobs.cursor(following),
        done=claim.job.done + len(found),
    )
    claim.save(after, writes)  # rejected if a delivery of the page was attempted meanwhile: the page is read again


def _is_selected(stored: StoredDelivery, job: Job) -> bool:
    one = stored.delivery
    return one.way == "webhook" and one.reader == job.asked["webhook"] and one.state != "pending"


def _next_month(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12:04d}-{number % 12 + 1:02d}"


def _instant(text: str, pointer: str) -> Instant:
    try:
        return from_text(text)
    except ValueError as error:
        raise _invalid(pointer, Text("is no time: {error}", error=error)) from None


def _invalid(pointer: str, message: str) -> Problem:
    return Problem("invalid", "The request does not say what to send again.", places=[Place(pointer, message)])
