"""An owner's command on the tenant's aggregate: read once, decide, write once (design §6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from chalicelib.instants import Instant
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import Change, CommitConflict, Entry, Key, Put, Write
from chalicelib.tenants import idempotency_records
from chalicelib.tenants.idempotency_records import Answer, Request
from chalicelib.tenants.organisation import Organisation, entry_of, parse
from chalicelib.tenants.people import membership
from chalicelib.tenants.people.membership import Membership
from chalicelib.wiring import Wiring

ATTEMPTS = 3
"""How often a command is decided again after losing to another."""


class OwnerCommand(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks, where and when. The tenant is bound by the caller."""

    tenant: str
    sub: str
    now: Instant
    """The domain's present."""
    request: Request | None = None
    """For idempotency, where the caller gave a key."""


class LoadedOrganisation(msgspec.Struct, frozen=True):
    organisation: Organisation
    caller: Membership
    entries: dict[Key, Entry]


class OrganisationChange(msgspec.Struct, frozen=True):
    """The organisation afterwards, what else is written with it, and the answer."""

    organisation: Organisation
    writes: Sequence[Write]
    answer: Answer


def run(
    wiring: Wiring,
    command: OwnerCommand,
    decide: Callable[[LoadedOrganisation], OrganisationChange | Answer],
    wanted: Sequence[Key] = (),
) -> Answer:
    """Decide and commit; an `Answer` alone writes nothing. `wanted`: further keys that `decide` looks at.

    Raises `Problem("conflict")` where others were faster `ATTEMPTS` times, and whatever `decide` raises.
    """
    for _ in range(ATTEMPTS):
        loaded = load(wiring, command, wanted)
        decision = loaded if isinstance(loaded, Answer) else decide(loaded)
        if isinstance(decision, Answer):
            return decision
        try:
            wiring.store.commit(_writes(wiring, command, decision, loaded))
        except CommitConflict:
            continue
        return decision.answer
    raise Problem("conflict", "Others changed the organisation at the same time. Repeat the request.")


def load(wiring: Wiring, command: OwnerCommand, wanted: Sequence[Key] = ()) -> LoadedOrganisation | Answer:
    """One read: the organisation, the caller and the request's record. A repeat is answered here.

    Raises `Problem("forbidden")` unless the caller is an owner.
    """
    snapshot = keys.snapshot(keys.organisation(command.tenant))
    caller = keys.membership(command.tenant, command.sub)
    record = [command.request.record_key] if command.request else []
    entries = wiring.store.get(list(dict.fromkeys([snapshot, caller, *record, *wanted])))
    person = membership.parse(entries.get(caller))
    if not person.owner:
        raise Problem("forbidden", "Only the organisation's owners may do this.")
    if command.request:
        found = entries.get(command.request.record_key)
        if replay := idempotency_records.replay(found, command.request, wiring.real_clock()):
            return replay
    return LoadedOrganisation(parse(entries[snapshot]), person, entries)


def _writes(
    wiring: Wiring, command: OwnerCommand, decision: OrganisationChange, loaded: LoadedOrganisation | Answer
) -> list[Write]:
    expected = decision.organisation.seq - 1
    writes: list[Write] = [Change(entry_of(decision.organisation), expected), *decision.writes]
    if command.request and isinstance(loaded, LoadedOrganisation):
        found = loaded.entries.get(command.request.record_key)
        writes.append(idempotency_records.put(command.request, decision.answer, wiring.real_clock(), found=found))
    return writes


def upsert(entry: Entry, found: Entry | None) -> Put | Change:
    """Write an item whose earlier version was `found`: its version must be one more, or 1."""
    return Put(entry) if found is None else Change(entry, found.version or 0)
