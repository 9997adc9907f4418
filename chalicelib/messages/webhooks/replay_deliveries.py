"""Sending again by hand what a webhook missed: one delivery, or all since a time (a job)."""

from __future__ import annotations

import secrets
from typing import Annotated

import msgspec
from msgspec.structs import replace

from chalicelib.instants import Instant, from_text, to_text
from chalicelib.jobs import job as jobs
from chalicelib.jobs.claim import Claim
from chalicelib.jobs.job import Job
from chalicelib.messages.delivery import Delivery, StoredDelivery, changed, held_in
from chalicelib.messages.webhooks import webhook
from chalicelib.problem import Place, Problem
from chalicelib.store import keys
from chalicelib.store.port import CommitConflict, Write
from chalicelib.tenants import owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.organisation import record_event
from chalicelib.tenants.owner_command import LoadedOrganisation, OrganisationChange, OwnerCommand
from chalicelib.wiring import Wiring

KIND = "webhook-replay"
_PAGE = 25
"""Deliveries of one step: each takes up to three of a transaction's hundred items."""
_KEPT = 30 * 24 * 60 * 60
"""Seconds for which the job can be looked at."""

_Time = Annotated[str, msgspec.Meta(max_length=40)]


class Replay(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`event` with `recorded_at`, as `/effects` lists a delivery; or `since`: all of events recorded from then on."""

    event: Annotated[str, msgspec.Meta(max_length=200)] | None = None
    recorded_at: _Time | None = None
    since: _Time | None = None


class _Place(msgspec.Struct, frozen=True, omit_defaults=True):
    month: str = ""
    after: dict[str, str] | None = None


def replay(wiring: Wiring, asked: OwnerCommand, name: str, wanted: Replay) -> Answer:
    """202 with `{"job": …}` or `{"event": …}`. Raises `not-found`, `conflict`, `invalid`."""
    if (wanted.event is None) == (wanted.since is None):
        raise _invalid("/event", "say either an event with recorded_at, or since")
    since = None if wanted.since is None else _instant(wanted.since, "/since")
    at = None if wanted.event is None else _instant(wanted.recorded_at or "", "/recorded_at")
    event = wanted.event or ""
    delivery = None if at is None else keys.effect(asked.tenant, to_text(at), event, "webhook", name)
    unsaid = Job(
        id=f"{KIND}-{secrets.token_hex(8)}",
        kind=KIND,
        by=asked.sub,
        started=asked.now,
        expires=wiring.real_clock() // 1000 + _KEPT,
    )

    def decided(loaded: LoadedOrganisation) -> OrganisationChange:
        hook = webhook.read(loaded.entries.get(hooks_key)).find(name)
        if hook is None:
            raise Problem("not-found", "The organisation has no such webhook.")
        if hook.disabled is not None:
            raise Problem("conflict", "The webhook is disabled. Enable it first.")
        # Nothing was to be delivered before it was there, so no month before is looked through.
        begin = {} if since is None else {"since": to_text(max(since, hook.created))}
        job = replace(unsaid, asked={"webhook": name, **begin})
        after, recorded = record_event(loaded.organisation, "webhook_replayed", job.asked, asked.sub, asked.now)
        if delivery is None:
            return OrganisationChange(
                after, [recorded, jobs.new(asked.tenant, job)], Answer(202, {"job": job.id, "event": None})
            )
        held = held_in(loaded.entries.get(delivery))
        if held is None:
            raise Problem("not-found", "This webhook has no such delivery.")
        again = changed(asked.tenant, held, afresh(held.delivery, asked.now))
        return OrganisationChange(after, [recorded, *again], Answer(202, {"job": None, "event": event}))

    hooks_key = keys.webhooks(asked.tenant)
    return owner_command.run(wiring, asked, decided, [hooks_key, *([] if delivery is None else [delivery])])


def step(claim: Claim) -> None:
    """One page of one month, the oldest first."""
    since: str = claim.job.asked["since"]
    place = claim.job.at(_Place)
    month = place.month or since[:7]
    page = claim.wiring.store.query(keys.effects(claim.tenant, month), first=since, limit=_PAGE, after=place.after)
    held = [one for entry in page.entries if (one := held_in(entry)) and _concerns(one, claim.job)]
    writes: list[Write] = [
        write for one in held for write in changed(claim.tenant, one, afresh(one.delivery, claim.now))
    ]
    following = _Place(month, None if page.after is None else dict(page.after))
    over = page.after is None and month >= to_text(claim.now)[:7]
    if page.after is None:
        following = _Place(_next(month))
    done = claim.job.done + len(held)
    try:
        claim.save(
            replace(claim.job, state="done" if over else "running", cursor=jobs.cursor(following), done=done), writes
        )
    except CommitConflict:
        claim.check()  # a delivery of the page was tried meanwhile: the page is read again
        raise


def afresh(delivery: Delivery, now: Instant) -> Delivery:
    """As if it had never been tried: it has three days again, and the next sweep has it tried.

    Its `since` is another one than before, by which `feedback` tells its mails apart.
    """
    since = max(now, delivery.since + 1)
    return replace(delivery, state="pending", why=None, tries=0, since=since, again=now, ended=None)


def _concerns(held: StoredDelivery, job: Job) -> bool:
    one = held.delivery
    return one.way == "webhook" and one.reader == job.asked["webhook"] and one.state != "pending"


def _next(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12:04d}-{number % 12 + 1:02d}"


def _instant(text: str, pointer: str) -> Instant:
    try:
        return from_text(text)
    except ValueError as error:
        raise _invalid(pointer, f"is no time: {error}") from None


def _invalid(pointer: str, what: str) -> Problem:
    return Problem("invalid", "It is not clear what is to be sent again.", places=[Place(pointer, what)])
