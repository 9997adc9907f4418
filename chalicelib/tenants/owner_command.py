"""Commands of an owner on the organisation: one read, a pure decision, one conditional write."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Problem
from chalicelib.ports import TimeSource
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.store.port import Entry, Key, Store, Write
from chalicelib.tenants import idempotency_records, organisation
from chalicelib.tenants.idempotency_records import Answer, Request
from chalicelib.tenants.organisation import Organisation, parse
from chalicelib.tenants.people import membership
from chalicelib.tenants.people.membership import Membership

CONFLICT = "Others changed the organisation at the same time. Repeat the request."


class OwnerCommand(msgspec.Struct, frozen=True, kw_only=True):
    """The caller, tenant and time of a command. The caller of `run` has bound the tenant."""

    tenant: str
    sub: str
    now: Instant
    """Domain time."""
    request: Request | None = None
    """For idempotency. None without an Idempotency-Key."""


def is_owner(person: Membership) -> bool:
    return person.owner


class LoadedOrganisation(msgspec.Struct, frozen=True):
    """The organisation, the caller's membership, and all entries that were read."""

    organisation: Organisation
    caller: Membership
    entries: dict[Key, Entry]


class OrganisationChange(msgspec.Struct, frozen=True):
    """The organisation after the command, the other writes of the commit, and the answer."""

    organisation: Organisation
    writes: Sequence[Write]
    answer: Answer


def run(
    store: Store,
    real_clock: TimeSource,
    command: OwnerCommand,
    decide: Callable[[LoadedOrganisation], OrganisationChange | Answer],
    extra_keys: Sequence[Key] = (),
    may: Callable[[Membership], bool] = is_owner,
) -> Answer:
    """Load, decide and commit. If `decide` returns only an `Answer`, nothing is written.

    `extra_keys`: further entries for `decide`. `may`: as in `load`. Raises `Problem("conflict")` after repeated
    conflicts, the problems of `load`, and those of `decide`.
    """

    def attempt() -> Answer:
        loaded = load(store, real_clock, command, extra_keys, may)
        if isinstance(loaded, Answer):
            return loaded
        decision = decide(loaded)
        if isinstance(decision, Answer):
            return decision
        store.commit(_writes(real_clock, command, decision, loaded))
        return decision.answer

    return retry_or_refuse(attempt, CONFLICT)


def load(
    store: Store,
    real_clock: TimeSource,
    command: OwnerCommand,
    extra_keys: Sequence[Key] = (),
    may: Callable[[Membership], bool] = is_owner,
) -> LoadedOrganisation | Answer:
    """Read the organisation, the caller, the idempotency record and `extra_keys` in one read.

    Returns the first answer for a repeated request. Raises `Problem("forbidden")` unless the caller `may` do it: by
    default, an owner.
    """
    snapshot = organisation.key(command.tenant)
    caller = membership.key(command.tenant, command.sub)
    record = [command.request.record_key] if command.request else []
    entries = store.get(list(dict.fromkeys([snapshot, caller, *record, *extra_keys])))
    person = membership.parse(entries.get(caller))
    if not may(person):
        raise Problem("forbidden", "Only the organisation's owners may do this.")
    if command.request:
        found = entries.get(command.request.record_key)
        if replay := idempotency_records.replay(found, command.request, real_clock()):
            return replay
    return LoadedOrganisation(parse(entries[snapshot]), person, entries)


def _writes(
    real_clock: TimeSource, command: OwnerCommand, decision: OrganisationChange, loaded: LoadedOrganisation
) -> list[Write]:
    writes: list[Write] = [organisation.change(decision.organisation, loaded.organisation), *decision.writes]
    if command.request:
        found = loaded.entries.get(command.request.record_key)
        writes.append(idempotency_records.put(command.request, decision.answer, real_clock(), found=found))
    return writes
