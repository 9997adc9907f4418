"""Stream reconciliation: a daily job that relays events again, in case the stream lost them.

The job reads the complaints from index `list`, which projects `seq`. Each complaint has a watermark: the last event
that the job has relayed. Later events are relayed, whether the stream delivered them or not: reactions are idempotent,
and that is cheaper than recording each delivery. An operator's job ignores the watermarks, so it also recovers messages
of an earlier job that the queue lost. Units and the organisation's tasks are not in index `list`; they come last, from
the organisation's list of units.
"""

from __future__ import annotations

from contextlib import suppress

import msgspec
from msgspec.structs import replace

from chalicelib.casework import snapshot
from chalicelib.casework.composing.committed_event import has_reaction
from chalicelib.features.messages.relay.relay import RelayedEvent, committed_event
from chalicelib.jobs import job as jobs
from chalicelib.jobs.claim import Claim
from chalicelib.jobs.job import Job
from chalicelib.kit import observability
from chalicelib.kit.instants import DAY, HOUR, Instant, from_text, to_text
from chalicelib.kit.problem import LaterRelease, Problem
from chalicelib.ports import QueueMessage, TimeSource
from chalicelib.store import event_log, keys, reads
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import CommitConflict, Entry, Key, Page, Put, Require, Store, Write
from chalicelib.store.stored_form import Damaged, Form
from chalicelib.tenants import organisation
from chalicelib.tenants.publication import known_policies

JOB_KIND = "relay"
WATERMARK_KIND = "relayed"
WATERMARKS = "relayed"
"""The name of the look-up of all watermarks."""
GRACE_PERIOD = HOUR
"""Age after which an event counts as lost. A stream that is merely late raises `RelayBehindAlarm` within ten minutes.
An event that it delivers after the job changes nothing."""
ORDERED_LOOKBACK = 14 * DAY
"""How far back an operator's job relays events again. No queue of this service keeps a message longer."""
_OPERATOR = "operator"
_SHELVES = ("open", "pending", "supervision", "archived")
PAGE_SIZE = 49
"""Complaints in one step: each may take two of a transaction's hundred items, and the job takes one."""
_KEPT = 7 * DAY // 1000
"""Seconds for which a day's job can be looked at."""

_EVENT_ERRORS = (Damaged, msgspec.MsgspecError, LookupError, TypeError, ValueError, Problem)
"""Raised for an event that cannot be decoded or processed. The store and the queue raise other errors."""


class _ReconciliationCursor(msgspec.Struct, frozen=True, omit_defaults=True):
    """The job's cursor."""

    shelf: int = 0
    """Index in `_SHELVES`."""
    after: dict[str, str] | None = None
    unit: str = ""
    """The last unit of the previous page."""
    over: bool = False


class _Watermark(msgspec.Struct, frozen=True):
    seq: int


WATERMARK = Form(WATERMARK_KIND, _Watermark, keeps=False)


def start_job(store: Store, real_clock: TimeSource, tenant: str, now: Instant, ordered: Instant | None = None) -> str:
    """Start a reconciliation job, unless it was started before, and return its id. The caller binds the tenant.

    `ordered`: the time of an operator's order; None for the daily job (UTC days). Orders of one minute are one job.
    """
    suffix = to_text(now)[:10] if ordered is None else to_text(ordered)[:16].replace(":", "")
    job_id = f"{JOB_KIND}-{suffix}"
    if jobs.read(store, tenant, job_id) is not None:
        return job_id
    by = "system" if ordered is None else _OPERATOR
    job = Job(id=job_id, kind=JOB_KIND, by=by, started=now, expires=real_clock() // 1000 + _KEPT)
    with suppress(CommitConflict):  # another run has started it
        store.commit([jobs.new(tenant, job)])
    return job_id


def step(claim: Claim) -> None:
    """`driver.Step`: one page of complaints or units. An event without reactions is not relayed."""
    entries, following = _next_page(claim)
    watermarks = _watermarks(claim, entries)
    writes: list[Write] = []
    count = 0
    for entry in entries:
        number = _number(entry)
        relayed = _relay(claim, number, watermarks.get(number, 0), entry.seq or 0)
        if relayed is not None:
            # Conditional on the complaint's existence: after its erasure, nothing would find the watermark.
            writes += [_put_watermark(CaseRef(claim.tenant, number), relayed[0]), Require(entry.key)]
            count += relayed[1]
    claim.save(_progressed(claim.job, following, len(entries), count), writes)


def _next_page(claim: Claim) -> tuple[list[Entry], _ReconciliationCursor]:
    """Return at most a page of complaints and units, and where the next page starts."""
    position, found = claim.job.at(_ReconciliationCursor), list[Entry]()
    for shelf in range(position.shelf, len(_SHELVES)):
        for page in reads.pages(_fetch_of(claim, shelf, found), position.after):
            found.extend(page.entries)
            position = (
                _ReconciliationCursor(shelf + 1)
                if page.after is None
                else _ReconciliationCursor(shelf, dict(page.after))
            )
            if len(found) == PAGE_SIZE:
                return found, position
    return _add_units(claim, found, position)


def _fetch_of(claim: Claim, shelf: int, found: list[Entry]) -> reads.Fetch[Page]:
    """Return the query of a shelf. Its limit is the room that `found` leaves on the page."""
    store, tenant = claim.wiring.store, claim.tenant
    return lambda after: snapshot.listed(store, tenant, _SHELVES[shelf], PAGE_SIZE - len(found), after)


def _add_units(
    claim: Claim, found: list[Entry], position: _ReconciliationCursor
) -> tuple[list[Entry], _ReconciliationCursor]:
    """Fill the page with units, in order of their names. A unit without events has no item."""
    names = organisation.load(claim.wiring.store, claim.tenant).record_names
    remaining = [name for name in names if name > position.unit]
    on_page = remaining[: PAGE_SIZE - len(found)]
    snapshots = [snapshot.unit_key(claim.tenant, name) for name in on_page]
    units = claim.wiring.store.get(snapshots) if snapshots else {}
    over = len(on_page) == len(remaining)
    return [*found, *units.values()], _ReconciliationCursor(
        position.shelf, unit=position.unit if over else on_page[-1], over=over
    )


def _progressed(job: Job, following: _ReconciliationCursor, page_size: int, count: int) -> Job:
    counts = {"relayed": job.counts.get("relayed", 0) + count}
    done = job.done + page_size
    return replace(
        job, state="done" if following.over else "running", cursor=jobs.cursor(following), done=done, counts=counts
    )


def _relay(claim: Claim, number: str, watermark: int, seq: int) -> tuple[int, int] | None:
    """Relay the events after the watermark that are old enough, up to one under a policy of a later release.

    Returns the new watermark and the number of relayed events, or None when there are no such events. An unreadable
    event ends the reconciliation of its own complaint only.
    """
    last, relayed = 0, list[RelayedEvent]()
    last_relayed, since = (0, claim.now - ORDERED_LOOKBACK) if claim.job.by == _OPERATOR else (watermark, None)
    hooks = claim.wiring.store.get([keys.webhooks(claim.tenant)]) if seq > last_relayed else {}
    pk = keys.aggregate(claim.tenant, number)
    try:
        for event in event_log.read_between(claim.wiring.store, pk, last_relayed + 1, seq, page_size=100):
            at = from_text(event.recorded_at)
            if at > claim.now - GRACE_PERIOD:
                break
            last = event.seq
            message = RelayedEvent(claim.tenant, number, event.seq, again=True)
            committed = committed_event(claim.wiring.compiled, message, event, hooks)
            with known_policies.waiting():
                if (since is None or at >= since) and has_reaction(committed):
                    relayed.append(message)
    except LaterRelease:
        last -= 1  # this event is relayed when that release runs again
    except _EVENT_ERRORS as error:
        observability.error(
            "An event could not be relayed", tenant=claim.tenant, complaint=number, error=observability.frames(error)
        )
        observability.measure("EffectFault")
    claim.wiring.effects.send([QueueMessage.of(message) for message in relayed])
    return (max(last, watermark), len(relayed)) if last else None


def _watermarks(claim: Claim, entries: list[Entry]) -> dict[str, int]:
    numbers = {watermark_key(CaseRef(claim.tenant, number)): number for number in map(_number, entries)}
    found = claim.wiring.store.get(list(numbers)) if numbers else {}
    return {numbers[key]: WATERMARK.read(entry).seq for key, entry in found.items()}


def watermark_key(ref: CaseRef) -> Key:
    return keys.lookup(ref.tenant, WATERMARKS, keys.aggregate_name(ref.number))


def _put_watermark(ref: CaseRef, seq: int) -> Put:
    return Put(WATERMARK.entry(watermark_key(ref), _Watermark(seq)), if_absent=False)


def _number(entry: Entry) -> str:
    return keys.record_number(entry.key.pk)
