"""Origins: the web origins whose pages may read this organisation's answers (CORS). None named: any may."""

from __future__ import annotations

from typing import Annotated

import msgspec

from chalicelib.problem import Problem
from chalicelib.store.port import CommitConflict
from chalicelib.tenants import owner_command
from chalicelib.tenants.directory import Directory
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.organisation import record_event
from chalicelib.tenants.owner_command import ATTEMPTS, LoadedOrganisation, OrganisationChange, OwnerCommand
from chalicelib.wiring import Wiring

_HOST = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*"
ORIGIN_PATTERN = rf"^(https://{_HOST}|http://(localhost|127\.0\.0\.1))(:[0-9]{{1,5}})?$"
"""As a browser sends it (RFC 6454 §6.2): no path, small letters. Plain http only for the developer's own machine."""

Origin = Annotated[str, msgspec.Meta(pattern=ORIGIN_PATTERN, max_length=300)]


class Origins(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    origins: Annotated[list[Origin], msgspec.Meta(max_length=20)]


def set_origins(wiring: Wiring, command: OwnerCommand, wanted: Origins) -> Answer:
    """200 with the origins. Raises `Problem`: `forbidden`, `conflict`.

    The organisation's event comes first, then the directory, which every process asks once a minute. A repeat finishes
    what was cut off between the two.
    """
    given = sorted({origin.strip() for origin in wanted.origins})
    answer = owner_command.run(wiring, command, lambda loaded: _decide(loaded, command, given))
    _list(wiring, command.tenant, answer.body["origins"])
    return answer


def _decide(loaded: LoadedOrganisation, command: OwnerCommand, given: list[str]) -> OrganisationChange | Answer:
    answer = Answer(200, {"origins": given})
    if given == loaded.organisation.origins:
        return answer
    after, event = record_event(
        loaded.organisation, "origins_set", {"origins": given}, command.sub, command.now, origins=given
    )
    return OrganisationChange(after, [event], answer)


def _list(wiring: Wiring, tenant: str, origins: list[str]) -> None:
    directory = Directory(wiring.store, wiring.real_clock)
    for _ in range(ATTEMPTS):
        found = directory.find(tenant)
        if found is None or found.listing.origins == origins:
            return
        listing = msgspec.structs.replace(found.listing, origins=origins)
        try:
            directory.change(tenant, listing, found.version, found.due)
        except CommitConflict:
            continue
        return
    raise Problem("conflict", "Others changed the organisation at the same time. Repeat the request.")
