"""Command: set the web origins that may read the organisation's responses (CORS). With none set, all origins may."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from chalicelib.kit.decoding import RequestDocument
from chalicelib.ports import TimeSource
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.store.port import Store
from chalicelib.tenants import owner_command
from chalicelib.tenants.directory import Directory
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.organisation import record_event
from chalicelib.tenants.owner_command import CONFLICT, LoadedOrganisation, OrganisationChange, OwnerCommand

_HOST = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*"
ORIGIN_PATTERN = rf"^(https://{_HOST}|http://(localhost|127\.0\.0\.1))(:[0-9]{{1,5}})?$"
"""The form that browsers send (RFC 6454 §6.2): lower case, no path. Plain http only for the local machine."""

Origin = Annotated[str, msgspec.Meta(pattern=ORIGIN_PATTERN, max_length=300)]


class Origins(RequestDocument, frozen=True, kw_only=True):
    origins: Annotated[list[Origin], msgspec.Meta(max_length=20)]


def set_origins(store: Store, real_clock: TimeSource, command: OwnerCommand, payload: Origins) -> Answer:
    """200 with the origins. Raises `Problem`: `forbidden`, `conflict`.

    Writes the organisation first, then the directory, which every process reads once a minute. A repeated request
    completes an interrupted one.
    """
    origins = sorted({origin.strip() for origin in payload.origins})
    answer = owner_command.run(store, real_clock, command, lambda loaded: _decide(loaded, command, origins))
    update_directory(store, real_clock, command.tenant, origins=answer.body["origins"])
    return answer


def _decide(loaded: LoadedOrganisation, command: OwnerCommand, origins: list[str]) -> OrganisationChange | Answer:
    answer = Answer.of(200, Origins(origins=origins))
    if origins == loaded.organisation.origins:
        return answer
    after, event = record_event(
        loaded.organisation, "origins_set", {"origins": origins}, command.sub, command.now, origins=origins
    )
    return OrganisationChange(after, [event], answer)


def update_directory(store: Store, real_clock: TimeSource, tenant: str, **copies: Any) -> None:
    """Writes what the directory copies of the organisation. Raises `Problem("conflict")`."""
    directory = Directory(store, real_clock)

    def attempt() -> None:
        found = directory.find(tenant)
        if found is None or all(getattr(found.listing, name) == value for name, value in copies.items()):
            return
        directory.change(tenant, msgspec.structs.replace(found.listing, **copies), found.version, found.due)

    retry_or_refuse(attempt, CONFLICT)
