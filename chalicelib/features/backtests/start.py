"""Starting a back-test: the job that replays a period's complaints under a draft or a published version."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import msgspec

from chalicelib.casework import numbers
from chalicelib.features.backtests import item
from chalicelib.features.backtests.backtest_view import backtest_view
from chalicelib.features.backtests.item import Backtest
from chalicelib.jobs import driver
from chalicelib.jobs import job as jobs
from chalicelib.jobs.job import Job
from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.instants import Instant, from_text
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.ports import Queue, TimeSource
from chalicelib.ports.policy_source import Document
from chalicelib.store.port import CommitConflict, Entry, Store, Write
from chalicelib.tenants import idempotency_records, owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.owner_command import OwnerCommand
from chalicelib.tenants.publication import policy_version
from chalicelib.wiring import Wiring

if TYPE_CHECKING:
    from chalicelib.ports.policy_source import PolicySource


class BacktestRequest(RequestDocument, frozen=True, kw_only=True):
    """Either `policy` or `version`. `from` and `to`: RFC 3339. `limit`: only the first complaints of the period."""

    policy: Document | None = None
    version: str | None = None
    first: str = msgspec.field(name="from")
    last: str = msgspec.field(name="to")
    limit: int | None = None


def start(wiring: Wiring, command: OwnerCommand, request: BacktestRequest) -> Answer:
    """Returns 202 with the job. Raises `Problem`: `forbidden`, `invalid`, `policy-invalid`, `not-found`, `conflict`.

    A repeat of the request enqueues the job's first step again, in case the first call ended early.
    """
    first, last = _period(request, command.now)
    counters = [numbers.counter(command.tenant, month) for month in numbers.candidate_months(first, last)]
    loaded = owner_command.load(wiring.store, wiring.real_clock, command, counters)
    if isinstance(loaded, Answer):
        return _enqueue(wiring.effects, command.tenant, loaded)
    body = _body(wiring.store, wiring.policies, command.tenant, request)
    test = Backtest(
        id=uuid.uuid4().hex,
        by=command.sub,
        at=command.now,
        first=first,
        last=last,
        most=request.limit,
        version=request.version,
        months=numbers.among(loaded.entries, counters),
        place=numbers.NumberPosition(),
    )
    job = item.new_job(test, item.expiry(wiring.real_clock()))
    answer = Answer.of(202, backtest_view(job))
    try:
        found = loaded.entries.get(command.request.record_key) if command.request else None
        wiring.store.commit(_writes(wiring.real_clock, command, job, body, answer, found))
    except CommitConflict:
        again = owner_command.load(wiring.store, wiring.real_clock, command)
        if not isinstance(again, Answer):
            raise Problem("conflict", "The back-test was not started. Repeat the request.") from None
        answer = again
    return _enqueue(wiring.effects, command.tenant, answer)


def _enqueue(effects_queue: Queue, tenant: str, answer: Answer) -> Answer:
    driver.send(effects_queue, tenant, f"{item.JOB_KIND}-{answer.body['id']}")
    return answer


def _period(request: BacktestRequest, now: Instant) -> tuple[Instant, Instant]:
    """Check the request and return the period. A later end is cut to now: later complaints do not exist yet.

    Raises `Problem("invalid")` with all faulty places, also in `limit`, `policy` and `version`.
    """
    places: list[Place] = []
    times: list[Instant] = []
    for name, text in (("from", request.first), ("to", request.last)):
        try:
            times.append(from_text(text))
        except ValueError as error:
            places.append(Place(f"/{name}", Text("is no time: {error}", error=error)))
    if not places and times[0] >= times[1]:
        places.append(Place("/to", "must be later than `from`"))
    elif not places and len(numbers.candidate_months(times[0], min(times[1], now + 1))) > numbers.MAX_MONTHS:
        places.append(Place("/from", Text("the period has more than {most} months", most=numbers.MAX_MONTHS)))
    if request.limit is not None and request.limit < 1:
        places.append(Place("/limit", "must be at least 1"))
    if (request.policy is None) == (request.version is None):
        places.append(Place("/policy", "give either this or /version"))
    if places:
        raise Problem("invalid", "The back-test's request is not valid.", places=places)
    return times[0], min(times[1], now + 1)


def _body(store: Store, policies: PolicySource, tenant: str, request: BacktestRequest) -> bytes | None:
    """Return the checked draft, whose examples may still fail. None for a published version, which must exist."""
    if request.policy is not None:
        return policies.read(request.policy).body
    policy_version.read_version(store, tenant, request.version or "")
    return None


def _writes(
    real_clock: TimeSource, command: OwnerCommand, job: Job, body: bytes | None, answer: Answer, found: Entry | None
) -> list[Write]:
    writes: list[Write] = [jobs.new(command.tenant, job)]
    if body is not None:
        writes.append(item.put_policy(command.tenant, job, body))
    if command.request is not None:
        writes.append(idempotency_records.put(command.request, answer, real_clock(), found=found))
    return writes
