"""Sending a failed mail again on an owner's request, after its address or the sender was corrected."""

from __future__ import annotations

from typing import Annotated

import msgspec

from chalicelib.features.messages import delivery
from chalicelib.features.messages.delivery import reset, stored_delivery, update_writes
from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.instants import from_text, to_text
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.ports import TimeSource
from chalicelib.store.port import Store
from chalicelib.tenants import owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.organisation import record_event
from chalicelib.tenants.owner_command import LoadedOrganisation, OrganisationChange, OwnerCommand


class ReplayMail(RequestDocument, frozen=True, kw_only=True):
    """`event`, `recorded_at` and `reader` of a failed mail, as `/effects` lists it."""

    event: Annotated[str, msgspec.Meta(max_length=100)]
    recorded_at: Annotated[str, msgspec.Meta(max_length=40)]
    reader: Annotated[str, msgspec.Meta(max_length=100)]


class ReplayedMail(msgspec.Struct, frozen=True):
    """The event and the recipient of the email that is sent again."""

    event: str
    reader: str


def replay_mail(store: Store, real_clock: TimeSource, command: OwnerCommand, request: ReplayMail) -> Answer:
    """Make the mail pending, so that the next sweep enqueues it. Returns 202.

    Raises `Problem`: `not-found`, `conflict` (the mail has not failed), `invalid` (no time).
    """
    try:
        at = to_text(from_text(request.recorded_at))
    except ValueError as error:
        place = Place("/recorded_at", Text("is no time: {error}", error=error))
        raise Problem("invalid", "The request does not identify a mail.", places=[place]) from None
    key = delivery.key(command.tenant, at, request.event, "email", request.reader)

    def decide(loaded: LoadedOrganisation) -> OrganisationChange:
        stored = stored_delivery(loaded.entries.get(key))
        if stored is None:
            raise Problem("not-found", "There is no such mail.")
        if stored.delivery.state != "failed":
            raise Problem("conflict", "The mail has not failed.")
        fields = {"event": request.event, "reader": request.reader}
        after, recorded = record_event(loaded.organisation, "mail_replayed", fields, command.sub, command.now)
        writes = update_writes(command.tenant, stored, reset(stored.delivery, command.now))
        answer = Answer.of(202, ReplayedMail(request.event, request.reader))
        return OrganisationChange(after, [recorded, *writes], answer)

    return owner_command.run(store, real_clock, command, decide, [key])
