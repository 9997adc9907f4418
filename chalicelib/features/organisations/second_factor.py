"""Command: ask the organisation's people for a second factor, without which they cannot use its pages."""

from __future__ import annotations

from chalicelib.features.organisations.origins import update_directory
from chalicelib.kit.decoding import RequestDocument
from chalicelib.tenants import owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.organisation import record_event
from chalicelib.tenants.owner_command import LoadedOrganisation, OrganisationChange, OwnerCommand
from chalicelib.wiring import Wiring


class SecondFactor(RequestDocument, frozen=True, kw_only=True):
    required: bool


def set_second_factor(wiring: Wiring, command: OwnerCommand, payload: SecondFactor) -> Answer:
    """200. Raises `Problem`: `forbidden`, `conflict`. In the order of `origins.set_origins`.

    This process asks for it at once, others within a minute.
    """
    store, real_clock = wiring.store, wiring.real_clock
    answer = owner_command.run(store, real_clock, command, lambda loaded: _decide(loaded, command, payload.required))
    update_directory(store, real_clock, command.tenant, second_factor=answer.body["required"])
    wiring.states.invalidate(command.tenant)
    return answer


def _decide(loaded: LoadedOrganisation, command: OwnerCommand, required: bool) -> OrganisationChange | Answer:
    answer = Answer.of(200, SecondFactor(required=required))
    if required == loaded.organisation.second_factor:
        return answer
    fields = {"required": required}
    after, event = record_event(
        loaded.organisation, "second_factor_set", fields, command.sub, command.now, second_factor=required
    )
    return OrganisationChange(after, [event], answer)
