"""The states of a complaint's effects and mails."""

from __future__ import annotations

import msgspec

from chalicelib.features.messages.delivery import KIND, STATE_ROW_KIND, Delivery
from tests.across.faults.office import Office


def deliveries(office: Office, way: str = "email") -> list[Delivery]:
    found = [msgspec.json.decode(one.body, type=Delivery) for one in office.store.everything() if one.kind == KIND]
    return sorted((one for one in found if one.way == way), key=lambda one: (one.at, one.event, one.reader))


def states(office: Office) -> set[str]:
    return {one.state for one in deliveries(office)}


def rows(office: Office) -> list[str]:
    """The lists of effects that have not been sent."""
    return sorted(one.key.pk.rpartition("#")[2] for one in office.store.everything() if one.kind == STATE_ROW_KIND)


def notices(office: Office) -> list[tuple[str, str]]:
    """The address and subject of each mail other than invitations."""
    return [(mail.to, mail.subject) for mail in office.world.fakes.mailer.outbox if mail.line("User") is None]
