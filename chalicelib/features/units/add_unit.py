"""Commands: add a unit, such as a department or a management office, and choose its calendar and its parent."""

from __future__ import annotations

import re
from typing import Annotated

import msgspec
from msgspec.structs import replace

from chalicelib.kit.decoding import RequestDocument, SeenText
from chalicelib.kit.problem import Place, Problem
from chalicelib.limits.exceeded import check_quota
from chalicelib.ports import TimeSource
from chalicelib.store.port import Store
from chalicelib.tenants import owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.names import UNIT_PATTERN, DisplayName, clean
from chalicelib.tenants.organisation import Organisation, Unit, record_event
from chalicelib.tenants.organisation_views import UnitView, unit_view
from chalicelib.tenants.owner_command import LoadedOrganisation, OrganisationChange, OwnerCommand


class NewUnit(RequestDocument, frozen=True, kw_only=True):
    id: Annotated[str, msgspec.Meta(pattern=UNIT_PATTERN, max_length=40)]
    name: DisplayName


_Name = Annotated[SeenText, msgspec.Meta(max_length=40)]


class UnitChange(RequestDocument, frozen=True, kw_only=True):
    """What is to change; at least one.

    `calendar`: a name of the policy's `calendars`, or null for its `calendar`. Clocks that run keep theirs. `parent`:
    the unit above it, for `of: parent`, or null.
    """

    calendar: _Name | msgspec.UnsetType | None = msgspec.UNSET
    parent: _Name | msgspec.UnsetType | None = msgspec.UNSET


def add_unit(store: Store, real_clock: TimeSource, command: OwnerCommand, new_unit: NewUnit) -> Answer:
    """201 with the unit. Raises `Problem`: `forbidden`, `invalid`, `conflict` (the id is taken), `quota-exceeded`."""
    if not re.fullmatch(UNIT_PATTERN, new_unit.id):
        place = Place("/id", "must have 1 to 40 characters of a-z, 0-9, - and _")
        raise Problem("invalid", "The id is invalid.", places=[place])
    return owner_command.run(store, real_clock, command, lambda loaded: decide(loaded, command, new_unit))


def decide(loaded: LoadedOrganisation, command: OwnerCommand, new_unit: NewUnit) -> OrganisationChange | Answer:
    """The decision (pure). The same unit again changes nothing."""
    organisation, unit = loaded.organisation, Unit(clean(new_unit.name))
    answer = Answer.of(201, UnitView(new_unit.id, unit.name))
    existing = organisation.units.get(new_unit.id)
    if existing == unit:
        return answer
    if existing:
        raise Problem("conflict", "Another unit has this id.")
    check_quota("units", len(organisation.units), organisation.limits.units)
    units = {**organisation.units, new_unit.id: unit}
    after, event = record_event(
        organisation, "unit_added", {"unit": new_unit.id}, command.sub, command.now, units=units
    )
    return OrganisationChange(after, [event], answer)


def change_unit(store: Store, real_clock: TimeSource, command: OwnerCommand, unit: str, payload: UnitChange) -> Answer:
    """200 with the unit. Raises `Problem`: `forbidden`, `not-found`, `invalid`."""
    return owner_command.run(store, real_clock, command, lambda loaded: decide_change(loaded, command, unit, payload))


def decide_change(
    loaded: LoadedOrganisation, command: OwnerCommand, unit: str, payload: UnitChange
) -> OrganisationChange | Answer:
    """The decision (pure). What is so already changes nothing."""
    before, organisation = loaded.organisation.units.get(unit), loaded.organisation
    if before is None:
        raise Problem("not-found", "There is no such unit.")
    given = {name: value for name in _EVENTS if (value := getattr(payload, name)) is not msgspec.UNSET}
    if not given:
        raise Problem("invalid", "Nothing is to change.", places=[Place("", "needs `calendar` or `parent`")])
    if given.get("parent"):
        _check_parent(organisation, unit, given["parent"])
    changed, events = organisation, []
    for name, value in given.items():
        after = replace(changed.units[unit], **{name: value or ""})
        if after != changed.units[unit]:
            units, fields = {**changed.units, unit: after}, {"unit": unit, name: value}
            changed, event = record_event(changed, _EVENTS[name], fields, command.sub, command.now, units=units)
            events.append(event)
    answer = Answer.of(200, unit_view(unit, changed.units[unit]))
    return OrganisationChange(changed, events, answer) if events else answer


_EVENTS = {"calendar": "unit_calendar_set", "parent": "unit_parent_set"}
"""By the part of a unit that owners choose: the event of the choice."""


def _check_parent(organisation: Organisation, unit: str, parent: str) -> None:
    """Raises `Problem("invalid")` for a unit that does not exist, for the unit itself, and for one below it."""
    if parent not in organisation.units:
        raise Problem("invalid", "There is no such unit.", places=[Place("/parent", "is not one of the units")])
    if parent == unit:
        raise Problem("invalid", "No unit is its own parent.", places=[Place("/parent", "must be another unit")])
    above = parent
    while above:
        if above == unit:
            place = Place("/parent", "would be above and below this unit at once")
            raise Problem("invalid", "Units cannot be above each other in a circle.", places=[place])
        above = organisation.units[above].parent
