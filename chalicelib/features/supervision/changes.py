"""Records what a reporter adds and what handlers do, each request once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from chalicelib.complaints.envelope import SYSTEM
from chalicelib.features.supervision import events
from chalicelib.features.supervision.events import REPORTER, Draft, Loaded, Stored
from chalicelib.features.supervision.report import Particulars, change
from chalicelib.kit import canonical
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Problem, Text
from chalicelib.ports import Sealer
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.store.port import Store, Write
from chalicelib.tenants.idempotency_records import Answer, Request

MAX_OF_REPORTER = 20
"""Messages of a reporter in one report, besides the first."""
MAX_OF_HANDLERS = 30
"""Acts of all handlers of one report."""
MAX_OF_SERVICE = 20
"""Reminders of one report, and times that it passes to the owners."""
HANDLERS = "handlers"
_LIMITS = {REPORTER.kind: MAX_OF_REPORTER, HANDLERS: MAX_OF_HANDLERS, SYSTEM.kind: MAX_OF_SERVICE}
_Result = TypeVar("_Result")


class NewEvent(msgspec.Struct, frozen=True, kw_only=True):
    """`particulars`: if they change. `told`: the handlers who get a message, which `notice` makes."""

    draft: Draft
    request: Request | None
    particulars: Particulars | None = None
    told: Sequence[str] = ()
    notice: Callable[[str, str], Write] | None = None


class RecordedEvent(msgspec.Struct, frozen=True, kw_only=True):
    """`state`: of the report after the event."""

    seq: int
    at: str
    type: str
    state: str


def until_unchanged(attempt: Callable[[], _Result]) -> _Result:
    """Repeats the attempt while others change the report. Raises `Problem("conflict")` after some attempts."""
    return retry_or_refuse(attempt, "Another request changed the report at the same time.")


def repeated(found: Loaded, request: Request | None) -> Answer | None:
    """The first answer to this request. Raises `Problem("idempotency-key-reused")` if it had another body."""
    digest = _digest(request)
    first = next((one for one in found.events if digest and one.request == digest), None)
    if first is None or request is None:
        return None
    if first.body_hash != request.body_hash:
        raise Problem("idempotency-key-reused", "This Idempotency-Key was used for another request.")
    return _answer(first, replayed=True)


def record(store: Store, sealer: Sealer, found: Loaded, new: NewEvent, now: Instant) -> Answer:
    """Raises `Problem("limit-reached")`, and `CommitConflict` if the report has changed since it was read."""
    _check_limit(found, new.draft)
    request = new.request
    draft = new.draft._replace(request=_digest(request), body_hash=request.body_hash if request else "")
    report = found.report
    if new.particulars is not None:
        report = replace(report, sealed=found.custody.seal(sealer, new.particulars))
    added = events.add(sealer, found.custody, report, draft, now)
    event_id = added.stored.event.id
    notices = [new.notice(reader, event_id) for reader in new.told] if new.notice else []
    with found.custody.bound():
        store.commit([change(found.custody, found.report, added.report), added.put, *notices])
    return _answer(added.stored)


def _check_limit(found: Loaded, draft: Draft) -> None:
    """Separate limits, so that neither side can silence the other, or use up the reminders. Receipts by mail do not
    count: they have a limit of their own."""
    kind, counted = _side(draft.actor.kind), [one for one in found.events[1:] if one.event.type != events.MAILED]
    if len([one for one in counted if _side(one.event.actor["kind"]) == kind]) >= _LIMITS[kind]:
        most = _LIMITS[kind]
        raise Problem("limit-reached", Text("A report takes at most {most} messages from each side.", most=most))


def _side(kind: object) -> str:
    """Of an event's actor: members and operators are one side."""
    return str(kind) if kind in (REPORTER.kind, SYSTEM.kind) else HANDLERS


def _digest(request: Request | None) -> str:
    if request is None:
        return ""
    return canonical.digest([request.tenant, request.principal, request.source, request.key])


def _answer(stored: Stored, *, replayed: bool = False) -> Answer:
    event = stored.event
    view = RecordedEvent(seq=event.seq, at=event.at, type=event.type, state=event.result["stage"])
    return Answer.of(200, view, replayed=replayed)
