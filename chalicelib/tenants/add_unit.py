"""Add a unit: a management office, a department."""

from __future__ import annotations

import re
from typing import Annotated

import msgspec

from chalicelib.limits.exceeded import check_quota
from chalicelib.problem import Place, Problem
from chalicelib.tenants import owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.names import UNIT_PATTERN, DisplayName, clean
from chalicelib.tenants.organisation import Unit, record_event
from chalicelib.tenants.organisation_views import UnitView
from chalicelib.tenants.owner_command import LoadedOrganisation, OrganisationChange, OwnerCommand
from chalicelib.wiring import Wiring


class NewUnit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: Annotated[str, msgspec.Meta(pattern=UNIT_PATTERN, max_length=40)]
    name: DisplayName


def add_unit(wiring: Wiring, command: OwnerCommand, wanted: NewUnit) -> Answer:
    """201 with the unit. Raises `Problem`: `forbidden`, `invalid`, `conflict` (the id is taken), `quota-exceeded`."""
    if not re.fullmatch(UNIT_PATTERN, wanted.id):
        raise Problem("invalid", "The id is not as it must be.", places=[Place("/id", "1 to 40 of a-z, 0-9, - and _.")])
    return owner_command.run(wiring, command, lambda loaded: decide(loaded, command, wanted))


def decide(loaded: LoadedOrganisation, command: OwnerCommand, wanted: NewUnit) -> OrganisationChange | Answer:
    """Pure. The same unit again changes nothing."""
    organisation, unit = loaded.organisation, Unit(clean(wanted.name))
    answer = Answer(201, msgspec.to_builtins(UnitView(wanted.id, unit.name)))
    known = organisation.units.get(wanted.id)
    if known == unit:
        return answer
    if known:
        raise Problem("conflict", "Another unit has this id.")
    check_quota("units", len(organisation.units), organisation.limits.units)
    units = {**organisation.units, wanted.id: unit}
    after, event = record_event(organisation, "unit_added", {"unit": wanted.id}, command.sub, command.now, units=units)
    return OrganisationChange(after, [event], answer)
