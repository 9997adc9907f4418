"""Ask for a bulk: a dry run, and then the same on what the dry run found possible."""

from __future__ import annotations

import secrets
from typing import NamedTuple

import msgspec

from chalicelib.features.bulk import performing
from chalicelib.features.bulk.order import (
    FRESH,
    JOB_KIND,
    KEPT,
    KEPT_TRIAL,
    TRIAL_KIND,
    BulkCursor,
    BulkOrder,
    fields_of,
    grants_of,
    sealed_fields,
)
from chalicelib.features.bulk.queries import bulk_view, own_job
from chalicelib.features.text_blocks import in_bulk
from chalicelib.jobs import driver
from chalicelib.jobs import job as jobs
from chalicelib.jobs.job import Job
from chalicelib.kit.instants import SECOND, Instant
from chalicelib.kit.problem import Place, Problem
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.store.port import CommitConflict
from chalicelib.tenants import idempotency_records
from chalicelib.tenants.idempotency_records import Answer, Request
from chalicelib.tenants.people import membership
from chalicelib.tenants.people.membership import Membership
from chalicelib.wiring import Wiring

_RUN = "-run"


class AskForBulk(NamedTuple):
    tenant: str
    sub: str
    now: Instant
    request: Request | None = None
    key: str = ""
    """With which a program account asks."""


def start(wiring: Wiring, command: AskForBulk, order: BulkOrder) -> Answer:
    """202 with the job of the dry run. Raises `Problem`: `forbidden`, `invalid`, `conflict`.

    A repeated request sends the job's first message again, in case it was lost together with the response.
    """
    performing.check_act(order.act)
    if (order.numbers is None) == (order.filter is None):
        place = Place("/numbers", "give either numbers or filter")
        raise Problem("invalid", "A bulk names its complaints, or the filter that they match.", places=[place])
    language = text_language(wiring, command, order)
    answer = retry_or_refuse(
        lambda: _create(wiring, command, order, language), "The request was sent twice at the same time."
    )
    driver.send(wiring.effects, command.tenant, answer.body["id"])
    return answer


def text_language(wiring: Wiring, command: AskForBulk, order: BulkOrder) -> str:
    """Of the text blocks that the order names, or empty. Raises `Problem`: `forbidden`, `invalid`."""
    if not order.text_blocks:
        return ""
    if not performing.takes_texts(order.act):
        place = Place("/text_blocks", "the act has no text")
        raise Problem("invalid", "The act takes no text block.", places=[place])
    asked = in_bulk.BulkTexts(command.tenant, command.sub, order.fields, order.text_blocks)
    return in_bulk.language_of(wiring, asked, command.now)


def _create(wiring: Wiring, command: AskForBulk, order: BulkOrder, language: str) -> Answer:
    person_key = membership.caller_key(command.tenant, command.sub)
    record = [] if command.request is None else [command.request.record_key]
    entries = wiring.store.get([person_key, *record])
    person = membership.parse(entries.get(person_key))
    if command.request is not None:
        found = entries.get(command.request.record_key)
        if known := idempotency_records.replay(found, command.request, wiring.real_clock()):
            return known
    job = _dry_run(wiring, command, order, person, language)
    answer = Answer.of(202, bulk_view(job))
    writes = [jobs.new(command.tenant, job)]
    if command.request is not None:
        kept = idempotency_records.put(command.request, answer, wiring.real_clock(), found=found)
        wiring.store.commit([*writes, kept])
    else:
        wiring.store.commit(writes)
    return answer


def _dry_run(wiring: Wiring, command: AskForBulk, order: BulkOrder, person: Membership, language: str) -> Job:
    id_ = f"{JOB_KIND}-{secrets.token_hex(16)}"
    cursor = BulkCursor(
        sealed=sealed_fields(wiring.sealer, command.tenant, id_, order.fields),
        grants=grants_of(person),
        numbers=order.numbers or [],
        text_blocks=order.text_blocks,
        language=language,
        key=command.key,
    )
    named = len(order.numbers or [])
    what = {"numbers": named} if order.filter is None else {"filter": msgspec.to_builtins(order.filter)}
    return Job(
        id=id_,
        kind=TRIAL_KIND,
        by=command.sub,
        started=command.now,
        asked={"act": order.act, **what},
        cursor=jobs.cursor(cursor),
        expires=(wiring.real_clock() + KEPT_TRIAL) // SECOND,
    )


def run(wiring: Wiring, command: AskForBulk, checked: str) -> Answer:
    """202 with the job that does what the dry run found possible. A repeated request gets the same job.

    Raises `Problem`: `forbidden`, `not-found` (also of another person's), `conflict` if it is no dry run that has ended
    and found anything, `stale` if it ended more than a day ago.
    """
    trial = own_job(wiring.store, command.tenant, command.sub, checked)
    job = _job_of(wiring, command, trial)
    try:
        wiring.store.commit([jobs.new(command.tenant, job)])
    except CommitConflict:
        job = jobs.get(wiring.store, command.tenant, job.id)
    driver.send(wiring.effects, command.tenant, job.id)
    return Answer.of(202, bulk_view(job))


def _job_of(wiring: Wiring, command: AskForBulk, trial: Job) -> Job:
    cursor = trial.at(BulkCursor)
    if cursor.checked or trial.state != "done" or not trial.counts.get("possible"):
        raise Problem("conflict", "This is no dry run that has ended and found the act possible on a complaint.")
    if (trial.ended or 0) < command.now - FRESH:
        raise Problem("stale", "The dry run ended more than 24 hours ago. Repeat it.")
    id_ = trial.id + _RUN
    fields = fields_of(wiring.sealer, command.tenant, trial)
    sealed = sealed_fields(wiring.sealer, command.tenant, id_, fields)
    return Job(
        id=id_,
        kind=JOB_KIND,
        by=command.sub,
        started=command.now,
        asked={"act": trial.asked["act"], "checked": trial.id},
        cursor=jobs.cursor(cursor.to_do(trial.id, sealed, command.key)),
        of=trial.of,
        expires=(wiring.real_clock() + KEPT) // SECOND,
    )
