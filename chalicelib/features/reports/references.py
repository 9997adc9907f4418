"""The references with which indicators are compared, such as what a law allows: owners set them, members read them."""

from __future__ import annotations

from typing import Annotated

import msgspec

from chalicelib.features.reports.queries import reader_of
from chalicelib.kit.decoding import RequestDocument, SeenText
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.ports import TimeSource
from chalicelib.statistics.measures.table import GAMING
from chalicelib.store.port import Store
from chalicelib.tenants import organisation, owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.organisation import record_event
from chalicelib.tenants.owner_command import LoadedOrganisation, OrganisationChange, OwnerCommand
from chalicelib.tenants.people.queries import MemberRequest

_Indicator = Annotated[SeenText, msgspec.Meta(max_length=100)]
_Share = Annotated[float, msgspec.Meta(ge=0, le=1)]


class References(RequestDocument, frozen=True, kw_only=True):
    """`references`: by indicator, a share from 0 to 1. An indicator that is left out has none."""

    references: Annotated[dict[_Indicator, _Share], msgspec.Meta(max_length=100)]


def get_references(store: Store, request: MemberRequest) -> References:
    """Raises `Problem("forbidden")` for people who read no reports. The caller binds the tenant."""
    reader_of(store, request)
    return References(references=dict(organisation.load(store, request.tenant).references))


def set_references(store: Store, real_clock: TimeSource, command: OwnerCommand, payload: References) -> Answer:
    """200 with the references. Raises `Problem`: `forbidden`, `invalid`, `conflict`."""
    unknown = sorted(payload.references.keys() - GAMING)
    if unknown:
        text = Text("must be one of: {known}", known=", ".join(sorted(GAMING)))
        places = [Place(f"/references/{name}", text) for name in unknown]
        raise Problem("invalid", "These are no indicators.", places=places)
    return owner_command.run(store, real_clock, command, lambda loaded: _decide(loaded, command, payload.references))


def _decide(
    loaded: LoadedOrganisation, command: OwnerCommand, references: dict[str, float]
) -> OrganisationChange | Answer:
    answer = Answer.of(200, References(references=references))
    if references == loaded.organisation.references:
        return answer
    fields = {"references": references}
    after, event = record_event(
        loaded.organisation, "references_set", fields, command.sub, command.now, references=references
    )
    return OrganisationChange(after, [event], answer)
