"""Command and query: what reports compare figures with. Owners enter it, such as what a law allows or a number of
customers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec

from chalicelib.features.reports.queries import reader_of
from chalicelib.kit.decoding import RequestDocument, SeenText
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.ports import TimeSource
from chalicelib.statistics.measures.table import GAMING
from chalicelib.store.port import Store
from chalicelib.tenants import organisation, owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.organisation import Organisation, record_event
from chalicelib.tenants.owner_command import LoadedOrganisation, OrganisationChange, OwnerCommand
from chalicelib.tenants.people.queries import MemberRequest

_Indicator = Annotated[SeenText, msgspec.Meta(max_length=100)]
_Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
_References = Annotated[dict[_Indicator, _Share], msgspec.Meta(max_length=100)]
_Mark = Annotated[int, msgspec.Meta(ge=1, le=365)]
_Marks = Annotated[list[_Mark], msgspec.Meta(max_length=5)]
_Month = Annotated[str, msgspec.Meta(pattern="^20[0-9]{2}-(0[1-9]|1[0-2])$")]
_Denominator = Annotated[float, msgspec.Meta(gt=0, le=1e12)]
_Denominators = Annotated[dict[_Month, _Denominator], msgspec.Meta(max_length=60)]


class References(RequestDocument, frozen=True, kw_only=True, omit_defaults=True):
    """`references`: by indicator, a share from 0 to 1. `marks`: working days, within which reports state shares of
    the times to an answer. `denominators`: by month (`2026-11`), of how many reports count complaints per 1,000.

    Each replaces what was entered before. One that is left out stays as it is.
    """

    references: _References | None = None
    marks: _Marks | None = None
    denominators: _Denominators | None = None


def get_references(store: Store, request: MemberRequest) -> References:
    """What the owners have entered. Raises `Problem("forbidden")`. The caller binds the tenant."""
    reader_of(store, request)
    return _entered(organisation.load(store, request.tenant))


def _entered(org: Organisation) -> References:
    return References(
        references=org.references, marks=org.marks or None, denominators=dict(sorted(org.denominators.items())) or None
    )


def set_references(store: Store, real_clock: TimeSource, command: OwnerCommand, payload: References) -> Answer:
    """200 with all that is entered. Raises `Problem`: `forbidden`, `invalid`, `conflict`."""
    unknown = sorted((payload.references or {}).keys() - GAMING)
    if unknown:
        text = Text("must be one of: {known}", known=", ".join(sorted(GAMING)))
        places = [Place(f"/references/{name}", text) for name in unknown]
        raise Problem("invalid", "These are no indicators.", places=places)
    return owner_command.run(store, real_clock, command, lambda loaded: _decide(loaded, command, payload))


def _decide(loaded: LoadedOrganisation, command: OwnerCommand, payload: References) -> OrganisationChange | Answer:
    org = loaded.organisation
    changes: dict[str, Any] = {}
    if payload.references is not None and payload.references != org.references:
        changes["references"] = payload.references
    if payload.marks is not None and (marks := sorted(set(payload.marks))) != org.marks:
        changes["marks"] = marks
    if payload.denominators is not None and payload.denominators != org.denominators:
        changes["denominators"] = payload.denominators
    if not changes:
        return Answer.of(200, _entered(org))
    after, event = record_event(org, "references_set", _recorded(org, changes), command.sub, command.now, **changes)
    return OrganisationChange(after, [event], Answer.of(200, _entered(after)))


def _recorded(org: Organisation, changes: Mapping[str, Any]) -> dict[str, Any]:
    """What changed. Of the denominators each changed month, with null if it has none any more."""
    if "denominators" not in changes:
        return dict(changes)
    before, after = org.denominators, changes["denominators"]
    months = sorted(name for name in {**before, **after} if before.get(name) != after.get(name))
    return {**changes, "denominators": {name: after.get(name) for name in months}}
