"""Sending a mail that has failed again by hand: its address was mended meanwhile, or the sender."""

from __future__ import annotations

from typing import Annotated

import msgspec

from chalicelib.instants import from_text, to_text
from chalicelib.messages.delivery import changed, held_in
from chalicelib.messages.webhooks.replay_deliveries import afresh
from chalicelib.problem import Place, Problem
from chalicelib.store import keys
from chalicelib.tenants import owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.organisation import record_event
from chalicelib.tenants.owner_command import LoadedOrganisation, OrganisationChange, OwnerCommand
from chalicelib.wiring import Wiring


class ReplayMail(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`event`, `recorded_at` and `reader`, as `/effects` lists a mail that has failed."""

    event: Annotated[str, msgspec.Meta(max_length=100)]
    recorded_at: Annotated[str, msgspec.Meta(max_length=40)]
    reader: Annotated[str, msgspec.Meta(max_length=100)]


def replay_mail(wiring: Wiring, asked: OwnerCommand, wanted: ReplayMail) -> Answer:
    """202; it is pending, and the next sweep has it tried. Raises `not-found`, `conflict`, `invalid`."""
    try:
        at = to_text(from_text(wanted.recorded_at))
    except ValueError as error:
        place = Place("/recorded_at", f"is no time: {error}")
        raise Problem("invalid", "It is not clear what is to be sent again.", places=[place]) from None
    key = keys.effect(asked.tenant, at, wanted.event, "email", wanted.reader)

    def decided(loaded: LoadedOrganisation) -> OrganisationChange:
        held = held_in(loaded.entries.get(key))
        if held is None:
            raise Problem("not-found", "There is no such mail.")
        if held.delivery.state != "failed":
            raise Problem("conflict", "The mail has not failed.")
        said = {"event": wanted.event, "reader": wanted.reader}
        after, recorded = record_event(loaded.organisation, "mail_replayed", said, asked.sub, asked.now)
        again = changed(asked.tenant, held, afresh(held.delivery, asked.now))
        return OrganisationChange(after, [recorded, *again], Answer(202, said))

    return owner_command.run(wiring, asked, decided, [key])
