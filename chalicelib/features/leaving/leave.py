"""Leave: an owner ends the organisation's use of the service. Until the erasure they can cancel the leaving."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

from chalicelib.casework import numbers
from chalicelib.features.leaving import blocking_holds
from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.instants import to_text
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.ports import TenantStates, TimeSource
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.store.port import Store
from chalicelib.tenants import owner_command, practice
from chalicelib.tenants.directory import Directory, DirectoryEntry, Listing, next_job
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.organisation import record_event
from chalicelib.tenants.owner_command import CONFLICT, LoadedOrganisation, OrganisationChange, OwnerCommand
from chalicelib.tenants.people import queries
from chalicelib.wiring import Wiring

State = Literal["active", "suspended", "leaving"]


class Leaving(RequestDocument, frozen=True, kw_only=True):
    """`id`: the organisation's id, as a confirmation."""

    id: str


class LeavingView(msgspec.Struct, frozen=True, kw_only=True):
    """`until`: the organisation may stay until then, and is erased afterwards. `holds`: complaints that delay it."""

    state: State
    until: str | None
    holds: list[str]


def leave(wiring: Wiring, command: OwnerCommand, confirmation: Leaving) -> Answer:
    """202 with the time until which leaving can be cancelled. Changes nothing if the organisation is leaving already.

    The directory is written first and the organisation's record after it. A repeated request completes an interrupted
    one. Raises `Problem`: `forbidden`, `invalid`, `on-hold`, `tenant-suspended`, `conflict`.
    """
    loaded = owner_command.load(wiring.store, wiring.real_clock, command)
    if isinstance(loaded, Answer):
        return loaded
    if confirmation.id != command.tenant:
        raise Problem(
            "invalid",
            "Confirm with the organisation's id.",
            places=[Place("/id", Text("must be {tenant}", tenant=command.tenant))],
        )
    found = retry_or_refuse(lambda: _begin(wiring, command), CONFLICT)
    answer = Answer.of(202, view(found.listing))
    return owner_command.run(
        wiring.store,
        wiring.real_clock,
        command,
        lambda loaded: _decide(loaded, command, "leaving_began", found.listing, answer),
    )


def stay(wiring: Wiring, command: OwnerCommand) -> Answer:
    """Cancel the leaving. 200. Raises `Problem`: `forbidden`; `practice`; `conflict` if the erasure has begun."""
    loaded = owner_command.load(wiring.store, wiring.real_clock, command)
    if isinstance(loaded, Answer):
        return loaded
    found = retry_or_refuse(lambda: _end(wiring, command), CONFLICT)
    answer = Answer.of(200, view(found.listing))
    return owner_command.run(
        wiring.store,
        wiring.real_clock,
        command,
        lambda loaded: _decide(loaded, command, "leaving_ended", found.listing, answer),
    )


def leaving_state(store: Store, real_clock: TimeSource, tenant: str, sub: str) -> LeavingView:
    """The state of the leaving, for owners; `active` if the organisation is not leaving.

    Raises `Problem`: `forbidden` (not an owner), `conflict` (the erasure has begun).
    """
    _, caller = queries.load_member(store, tenant, sub)
    if not caller.owner:
        raise Problem("forbidden", "Only the organisation's owners may do this.")
    return view(_listing_entry(Directory(store, real_clock), tenant).listing)


def view(listing: Listing) -> LeavingView:
    return LeavingView(
        state=msgspec.convert(listing.state, State),
        until=None if listing.leaves_at is None else to_text(listing.leaves_at),
        holds=listing.holds,
    )


def _listing_entry(directory: Directory, tenant: str) -> DirectoryEntry:
    found = directory.find(tenant)
    if found is None or found.listing.state not in get_args(State):
        raise Problem("conflict", "The organisation's erasure has begun.")
    return found


def _begin(wiring: Wiring, command: OwnerCommand) -> DirectoryEntry:
    """Raises `CommitConflict` if something else changed the listing meanwhile, such as the hourly job."""
    directory = Directory(wiring.store, wiring.real_clock)
    found = _listing_entry(directory, command.tenant)
    if found.listing.state == "suspended":
        raise Problem("tenant-suspended", found.listing.reason or "Nothing can be written here for the time being.")
    if found.listing.state == "leaving":
        return found
    if found.listing.practice:
        return _end_practice(wiring, directory, command, found)
    _check_holds(wiring.store, command.tenant)
    listing = msgspec.structs.replace(found.listing, state="leaving", leaves_at=command.now + wiring.grace)
    return _change(wiring.states, directory, command.tenant, found, listing)


def _end_practice(wiring: Wiring, directory: Directory, command: OwnerCommand, found: DirectoryEntry) -> DirectoryEntry:
    """Without grace or regard to holds, since nothing in it is real. Its hourly job becomes due, and erases it."""
    listing = msgspec.structs.replace(found.listing, state="leaving", leaves_at=command.now)
    due = next_job(command.tenant, command.now, after=0)
    return _change(wiring.states, directory, command.tenant, msgspec.structs.replace(found, due=due), listing)


def _end(wiring: Wiring, command: OwnerCommand) -> DirectoryEntry:
    """Raises as `_begin`."""
    directory = Directory(wiring.store, wiring.real_clock)
    found = _listing_entry(directory, command.tenant)
    if found.listing.state != "leaving":
        return found
    practice.refuse(command.tenant)
    listing = msgspec.structs.replace(found.listing, state="active", leaves_at=None, holds=[])
    return _change(wiring.states, directory, command.tenant, found, listing)


def _check_holds(store: Store, tenant: str) -> None:
    found = blocking_holds.first_held(store, tenant, numbers.months(store, tenant))
    if found:
        detail = "Complaints are under a legal hold. Release them first."
        raise Problem("on-hold", detail, extra={"complaints": found})


def _change(
    states: TenantStates, directory: Directory, tenant: str, found: DirectoryEntry, listing: Listing
) -> DirectoryEntry:
    directory.change(tenant, listing, found.version, found.due)
    states.invalidate(tenant)
    return DirectoryEntry(listing, found.version + 1, found.due)


def _decide(
    loaded: LoadedOrganisation, command: OwnerCommand, event: str, listing: Listing, answer: Answer
) -> OrganisationChange:
    until = None if listing.leaves_at is None else to_text(listing.leaves_at)
    fields = {} if until is None else {"until": until}
    after, put = record_event(loaded.organisation, event, fields, command.sub, command.now)
    return OrganisationChange(after, [put], answer)
