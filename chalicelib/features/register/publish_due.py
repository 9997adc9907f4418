"""Publishes a notice when its time has come: the sweep found it in index `due`."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from chalicelib.casework import commit, due_events, private_values
from chalicelib.casework.loading import Case, load
from chalicelib.features.register import making, notice, publication, telling
from chalicelib.features.register.notice import Notice
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Problem
from chalicelib.policy.language.vocabulary import UNDONE_BY_REOPENING
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Key
from chalicelib.tenants import organisation
from chalicelib.wiring import Wiring


def wake(wiring: Wiring, ref: CaseRef, key: Key, now: Instant) -> int:
    """Returns 1 if this call published the notice. The caller binds the tenant. Raises `Problem("conflict")`.

    The versions of the notice and of the complaint ensure that it is published once. A stale index hit has no effect.
    """
    return retry_or_refuse(lambda: _attempt(wiring, ref, key, now), "Others acted on it at the same time.")


def _attempt(wiring: Wiring, ref: CaseRef, key: Key, now: Instant) -> int:
    try:
        case = load(wiring.store, wiring.compiled, ref, [key, organisation.key(ref.tenant)])
    except Problem as problem:
        if problem.kind == "complaint-unknown":
            return 0  # erased since it was enqueued
        raise
    found = None if key not in case.entries else notice.parse(case.entries[key])
    if found is None or not publication.is_ready(found, now):
        return 0
    if found.on in UNDONE_BY_REOPENING and found.on not in case.complaint.seen:
        wiring.store.commit([notice.change(ref.tenant, replace(found, state="superseded"), None)])
        return 0
    units = {name: unit.name for name, unit in organisation.among(case.entries, ref.tenant).units.items()}
    return _publish(_DueNotices(wiring, ref, case, units, now), found)


class _DueNotices(msgspec.Struct, frozen=True):
    wiring: Wiring
    ref: CaseRef
    case: Case
    units: dict[str, str]
    now: Instant


def _publish(due: _DueNotices, found: Notice) -> int:
    """What the case has gained since the approval may be in the texts: they are searched again."""
    wiring, ref, now = due.wiring, due.ref, due.now
    texts = notice.opened(wiring.sealer, ref.tenant, found)
    record = private_values.read_record(wiring.store, wiring.sealer, ref)
    policy = wiring.compiled.get(ref.tenant, found.policy)
    unsafe = making.unsafe(texts.fields, making.terms_of(policy, record, found, due.units)) if texts.fields else []
    flow = due_events.apply(wiring.store, wiring.sealer, ref.tenant, due.case, now)
    replaced = list[Notice]()
    if unsafe:
        found = replace(found, unsafe=unsafe)
        telling.of_particulars(flow, policy, found, max(now, flow.complaint.at))
    else:
        found = publication.publish(flow, found, texts, max(now, flow.complaint.at))
        others = map(notice.parse, notice.of(wiring.store, ref.tenant, ref.number))
        found, replaced = publication.replacing(found, others)
        telling.of_publication(wiring.store, ref.tenant, flow, found, "published")
    _, writes = commit.writes(wiring.sealer, ref.tenant, flow, now)
    wiring.store.commit([*writes, *(notice.change(ref.tenant, one, None) for one in (found, *replaced))])
    return 1
