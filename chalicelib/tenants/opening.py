"""Opening of an organisation. Until then, only its people can use it, and only its founder gets mails from it.

Anybody can sign an organisation up with the e-mail address of somebody else. The founder's first signed-in request
shows that the address is theirs. It opens the organisation, unless the sign-up left this to an owner (`by_owner`).
"""

from __future__ import annotations

from contextlib import suppress

from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.kit.instants import Instant
from chalicelib.ports import TenantStates
from chalicelib.store import reads
from chalicelib.store.conflicts import retry_on_conflict, retry_or_refuse
from chalicelib.store.port import CommitConflict
from chalicelib.tenants import organisation, owner_command
from chalicelib.tenants.directory import Directory, next_job
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.organisation_views import tenant_view
from chalicelib.tenants.owner_command import CONFLICT, OwnerCommand
from chalicelib.wiring import Wiring


def is_open(states: TenantStates, tenant: str) -> bool:
    """Reads the directory, once a minute and process for an open organisation."""
    with binding.directory():
        states.state(tenant)
    return states.is_open(tenant)


def note_request(wiring: Wiring, tenant: str, sub: str) -> None:
    """Record the founder's first signed-in request to an organisation that is not open. Others change nothing."""
    with binding.tenant(tenant):
        entry = reads.find(wiring.store, organisation.key(tenant))
    if entry is None or organisation.parse(entry).founder != sub:
        return
    directory = Directory(wiring.store, wiring.real_clock)
    with suppress(CommitConflict):  # their next request records it
        retry_on_conflict(lambda: _confirm(directory, tenant))


def _confirm(directory: Directory, tenant: str) -> None:
    """No organisation that has lapsed meanwhile is confirmed."""
    found = directory.find(tenant)
    if found is None or found.listing.confirmed or found.listing.state not in ("active", "suspended"):
        return
    directory.change(tenant, replace(found.listing, confirmed=True), found.version, found.due)


def open_organisation(wiring: Wiring, command: OwnerCommand) -> Answer:
    """200 with the organisation. Changes nothing if it is open.

    The hourly job becomes due, and mails the invitations that waited. Raises `Problem`: `forbidden`, `conflict`.
    """
    loaded = owner_command.load(wiring.store, wiring.real_clock, command)
    if isinstance(loaded, Answer):
        return loaded
    directory = Directory(wiring.store, wiring.real_clock)
    retry_or_refuse(lambda: _open(directory, command.tenant, command.now), CONFLICT)
    wiring.states.invalidate(command.tenant)
    return Answer.of(200, tenant_view(loaded.organisation, command.now, is_open=True))


def _open(directory: Directory, tenant: str, now: Instant) -> None:
    found = directory.find(tenant)
    if found is None or found.listing.opened is not None:
        return
    directory.change(tenant, replace(found.listing, opened=now), found.version, next_job(tenant, now, after=0))
