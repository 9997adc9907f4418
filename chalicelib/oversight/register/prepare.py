"""Reaction: prepares a notice after each event that the policy's `publicity` names, or announces the result at once."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from functools import partial

import msgspec

from chalicelib.casework import commit, due_events
from chalicelib.casework.loading import load
from chalicelib.casework.reactions.committed_event import CommittedEvent
from chalicelib.instants import Instant, from_text
from chalicelib.oversight.register import case_record, notice, publication
from chalicelib.oversight.register.case_values import case_values
from chalicelib.oversight.register.composing import Sources, compose
from chalicelib.oversight.register.notice import Notice, NoticeKind, Texts
from chalicelib.policy.language.conditions import matches
from chalicelib.policy.language.publicity import Results
from chalicelib.store import keys
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.tenants import organisation
from chalicelib.wiring import Wiring

_CONFLICT = "Others acted on the complaint at the same time."


class _Cause(msgspec.Struct, frozen=True):
    """An event after which the policy's `part` publishes something."""

    committed: CommittedEvent
    part: Results
    now: Instant
    kind: NoticeKind = "result"


def applies(committed: CommittedEvent) -> bool:
    """Whether the policy publishes something after this event. Conditions on the case are not compared."""
    return not committed.is_of_unit and any(True for _ in _parts(committed))


def prepare(wiring: Wiring, committed: CommittedEvent, now: Instant) -> int:
    """Returns how many notices this call prepared. The caller binds the tenant. Raises `Problem("conflict")`.

    A repetition prepares no second notice: the event's number is in the key.
    """
    causes = [_Cause(committed, part, now) for part in _parts(committed)]
    return sum(retry_or_refuse(partial(_attempt, wiring, cause), _CONFLICT) for cause in causes)


def _parts(committed: CommittedEvent) -> Iterator[Results]:
    publicity, event = committed.policy.document.publicity, committed.event
    if publicity is None or event.result.get("partial"):
        return
    if publicity.results is not None and matches(publicity.results.on, event.type, event.fields):
        yield publicity.results


def _attempt(wiring: Wiring, cause: _Cause) -> int:
    """Raises `CommitConflict` if another writer has changed the complaint or prepared the notice meanwhile."""
    committed, store = cause.committed, wiring.store
    key = keys.notice(committed.tenant, committed.number, committed.event.seq, cause.kind)
    org_key = keys.snapshot(keys.organisation(committed.tenant))
    case = load(store, wiring.compiled, committed.ref, [key, org_key])
    if key in case.entries:
        return 0
    record = case_record.read(store, wiring.sealer, committed.ref)
    values = case_values(committed.policy, record.events, committed.event)
    units = {name: unit.name for name, unit in organisation.parse(case.entries[org_key]).units.items()}
    made = _result(cause, Sources(values, record.written(committed.policy, committed.event.seq), units))
    flow = due_events.apply(store, wiring.sealer, committed.tenant, case, cause.now)
    made = publication.publish(flow, made, Texts(), max(cause.now, flow.complaint.at))
    _, writes = commit.writes(wiring.sealer, committed.tenant, flow, cause.now)
    store.commit([*writes, *notice.puts(committed.tenant, made, publication.wakes_at(made))])
    return 1


def _result(cause: _Cause, sources: Sources) -> Notice:
    event = cause.committed.event
    return Notice(
        id=secrets.token_hex(16),
        number=cause.committed.number,
        cause=event.seq,
        on=event.type,
        made=from_text(event.at),
        kind=cause.kind,
        audience=cause.part.audience,
        policy=event.policy,
        fields=compose(sources, cause.part.shows),
    )
