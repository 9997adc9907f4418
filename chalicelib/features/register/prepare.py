"""Reaction: prepares a notice after each event that the policy's `publicity` names, or announces a result at once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import msgspec
from msgspec.structs import replace

from chalicelib.casework import commit, due_events, private_values
from chalicelib.casework.composing.committed_event import CommittedEvent, Reaction
from chalicelib.casework.composing.erased import unless_erased
from chalicelib.casework.loading import Case, load
from chalicelib.features.register import making, notice, publication, telling
from chalicelib.features.register.case_values import case_values
from chalicelib.features.register.composing import Sources, written
from chalicelib.features.register.making import Cause
from chalicelib.features.register.notice import Notice
from chalicelib.kit.instants import Instant
from chalicelib.policy.language.conditions import holds, matches
from chalicelib.policy.language.publicity import Notices, Results
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.store.port import Store, Write
from chalicelib.tenants import organisation
from chalicelib.wiring import Wiring

_CONFLICT = "Others acted on the complaint at the same time."


def applies(committed: CommittedEvent) -> bool:
    """Whether the policy publishes something after this event. Conditions on the case are not compared."""
    return not committed.is_of_unit and any(True for _ in _parts(committed))


def prepare(wiring: Wiring, committed: CommittedEvent, now: Instant) -> int:
    """Returns how many notices this call prepared. The caller binds the tenant. Raises `Problem("conflict")`.

    A repetition prepares no second notice: the event's number is in the key.
    """
    causes = [Cause(committed, part, now) for part in _parts(committed)]
    return sum(retry_or_refuse(partial(_attempt, wiring, cause), _CONFLICT) for cause in causes)


def _parts(committed: CommittedEvent) -> Iterator[Notices | Results]:
    publicity, event = committed.policy.document.publicity, committed.event
    if publicity is not None and not event.result.get("partial"):
        for part in (publicity.notices, publicity.results):
            if part is not None and matches(part.on, event.type, event.fields):
                yield part


class _Earlier(msgspec.Struct, frozen=True):
    """The complaint's notices of the same kind."""

    notices: list[Notice]

    def has(self, cause: int) -> bool:
        """True if one was prepared after this event, or after a later one."""
        return any(one.cause >= cause for one in self.notices)

    def superseded(self, tenant: str) -> list[Write]:
        """The writes that end those which are not published yet: the new one takes their place."""
        waiting = [one for one in self.notices if one.state == "prepared"]
        return [notice.change(tenant, replace(one, state="superseded"), None) for one in waiting]


def _attempt(wiring: Wiring, cause: Cause) -> int:
    """Raises `CommitConflict` if another writer has changed the complaint or prepared the notice meanwhile."""
    committed, store = cause.committed, wiring.store
    earlier = _earlier(store, cause)
    case = load(store, wiring.compiled, committed.ref, [organisation.key(committed.tenant)])
    if earlier.has(committed.event.seq) or case.complaint.erased_at is not None:
        return 0
    record = private_values.read_record(store, wiring.sealer, committed.ref)
    values = case_values(committed.policy, record.events, committed.event)
    if isinstance(cause.part, Notices) and not holds(cause.part.when, values.situation):
        return 0
    units = {name: unit.name for name, unit in organisation.among(case.entries, committed.tenant).units.items()}
    sources = Sources(values, written(record, committed.policy, committed.event.seq), units)
    _commit(wiring, cause, case, making.make(cause, sources, record), earlier)
    return 1


def _commit(wiring: Wiring, cause: Cause, case: Case, made: making.Made, earlier: _Earlier) -> None:
    tenant, store = cause.committed.tenant, wiring.store
    flow = due_events.apply(store, wiring.sealer, tenant, case, cause.now)
    prepared, replaced = made.notice, list[Notice]()
    if publication.is_ready(prepared, cause.now):
        prepared = publication.publish(flow, prepared, made.texts, max(cause.now, flow.complaint.at))
        prepared, replaced = publication.replacing(prepared, earlier.notices)
        telling.of_publication(store, tenant, flow, prepared, "published")
    else:
        telling.of_preparation(store, cause, flow, prepared)
    writes = commit.writes(wiring.sealer, tenant, flow, cause.now)[1] if flow.drafts else []
    prepared = notice.sealed(wiring.sealer, tenant, prepared, made.texts)
    wakes = publication.wakes_at(prepared, cause.now)
    ended = [*earlier.superseded(tenant), *(notice.change(tenant, one, None) for one in replaced)]
    store.commit([*writes, *ended, *notice.puts(tenant, prepared, wakes), unless_erased(cause.committed.ref)])


def _earlier(store: Store, cause: Cause) -> _Earlier:
    every = map(notice.parse, notice.of(store, cause.committed.tenant, cause.committed.number))
    return _Earlier([one for one in every if one.kind == cause.kind])


REACTION = Reaction("notices", applies, prepare)
