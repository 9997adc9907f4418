"""Commands of an operator: suspend an organisation's writes, resume them, and read its status."""

from __future__ import annotations

from typing import Annotated

import msgspec

from chalicelib.kit.decoding import RequestDocument, SeenText
from chalicelib.kit.instants import to_text
from chalicelib.kit.problem import Problem, Text
from chalicelib.ports import TimeSource
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.store.port import Store
from chalicelib.tenants import names
from chalicelib.tenants.directory import Directory, DirectoryEntry, Listing
from chalicelib.tenants.owner_command import CONFLICT
from chalicelib.wiring import Wiring


class Suspension(RequestDocument, frozen=True, kw_only=True):
    """`reason`: part of the answer to every rejected write."""

    reason: Annotated[SeenText, msgspec.Meta(max_length=500)]


class OpsTenantView(msgspec.Struct, frozen=True, kw_only=True):
    """An organisation's entry in the deployment's directory. `reason`: of a suspension.

    `confirmed`: True since its founder's first signed-in request. Without one, it is deleted 14 days after its sign-up.
    `open`: whether people from outside may use it. `name`: empty for up to an hour after an update from a release
    without it, and of an erased organisation.
    """

    id: str
    name: str
    state: str
    confirmed: bool
    open: bool
    reason: str | None
    plan: str
    created_at: str
    leaves_at: str | None


def suspend(wiring: Wiring, tenant: str, payload: Suspension) -> OpsTenantView:
    """Takes effect in this process at once, in others within a minute.

    Raises `Problem`: `not-found`, `conflict` (also if the organisation is neither active nor suspended).
    """
    return retry_or_refuse(lambda: _changed(wiring, tenant, state="suspended", reason=payload.reason), CONFLICT)


def resume(wiring: Wiring, tenant: str) -> OpsTenantView:
    """Raises as `suspend`."""
    return retry_or_refuse(lambda: _changed(wiring, tenant, state="active", reason=""), CONFLICT)


def organisation_status(store: Store, real_clock: TimeSource, tenant: str) -> OpsTenantView:
    """Data from the directory, without any data of the organisation itself. Raises as `require_listing`."""
    return status_view(tenant, require_listing(Directory(store, real_clock), tenant).listing)


def status_view(tenant: str, listing: Listing) -> OpsTenantView:
    return OpsTenantView(
        id=tenant,
        name=listing.name,
        state=listing.state,
        confirmed=listing.confirmed,
        open=listing.open,
        reason=listing.reason or None,
        plan=listing.plan,
        created_at=to_text(listing.created),
        leaves_at=None if listing.leaves_at is None else to_text(listing.leaves_at),
    )


def _changed(wiring: Wiring, tenant: str, *, state: str, reason: str) -> OpsTenantView:
    """Raises `CommitConflict` if something else changed the listing meanwhile, such as the hourly job."""
    directory = Directory(wiring.store, wiring.real_clock)
    found = require_listing(directory, tenant)
    if found.listing.state not in ("active", "suspended"):
        raise Problem("conflict", Text("The organisation is {state}.", state=found.listing.state))
    listing = msgspec.structs.replace(found.listing, state=state, reason=reason)
    directory.change(tenant, listing, found.version, found.due)
    wiring.states.invalidate(tenant)
    return status_view(tenant, listing)


def require_listing(directory: Directory, tenant: str) -> DirectoryEntry:
    """The tenant's directory entry. Raises `Problem("not-found")` if there is none."""
    found = directory.find(tenant) if names.is_tenant(tenant) else None
    if found is None:
        raise Problem("not-found", "There is no such organisation.")
    return found
