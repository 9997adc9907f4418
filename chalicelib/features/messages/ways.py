"""The ways in which an effect reaches its reader: one row for each, which says everything that delivery does with it.

No other module lists ways. A delivery in a way of a later version is listed, and its attempts are repeated.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from chalicelib.kit.observability import Figure
from chalicelib.ports import DeliveryFailed, DeliveryRefused

if TYPE_CHECKING:
    from chalicelib.complaints.envelope import Event
    from chalicelib.features.messages.delivery import Delivery
    from chalicelib.features.messages.inbox.recipients import Addressed
    from chalicelib.wiring import Wiring


def _send_mail(wiring: Wiring, tenant: str, event: Event, delivery: Delivery, found: Addressed) -> None:
    from chalicelib.features.messages.mail import send_mail  # lists of effects send nothing

    send_mail.send(wiring, tenant, event, delivery, found)


def _refuse(_wiring: Wiring, _tenant: str, _event: Event, _delivery: Delivery, _found: Addressed) -> None:
    raise DeliveryFailed("this version of the service does not know the way")


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """A way. The defaults send nothing: a notice is delivered when its message is written."""

    word: str = ""
    """What the policy calls it in `way`, if it can be left out."""
    is_for_people: bool = True
    """True if readers of notices get them in this way. Otherwise webhooks get events, through a queue of their own: a
    slow receiver must not delay notices."""
    reaches: Callable[[Addressed, str], bool] = lambda _found, _reader: True
    """Whether a reader of the notice has an address for it. Members have."""
    wanted: Callable[[Addressed, str], bool] = lambda _found, _reader: True
    """Whether the reader wants a new notice sent in this way now. What has begun is tried until it ends."""
    send: Callable[[Wiring, str, Event, Delivery, Addressed], None] | None = None
    """Sends a tenant's notice to the delivery's reader. Raises `DeliveryRefused` if a retry cannot help, otherwise
    `DeliveryFailed`."""
    without_address: str = ""
    """`why` of deliveries to a reader who has no address any more."""
    failures: Figure | None = None
    """The figure that counts deliveries that failed for good."""

    def begins(self, found: Addressed, reader: str) -> bool:
        """Whether a new notice is sent to the reader."""
        return self.send is not None and self.reaches(found, reader) and self.wanted(found, reader)


_UNREGISTERED = Way(send=_refuse)
WAYS: dict[str, Way] = {
    "in_app": Way(),
    "email": Way(
        word="mail",
        reaches=lambda found, reader: reader in found.recipients,
        wanted=lambda found, reader: found.recipients[reader].mails == "at_once",
        send=_send_mail,
        without_address="the reader has no e-mail address any more",
        failures="MailFailed",
    ),
    "webhook": Way(is_for_people=False),
}


def of(name: str) -> Way:
    return WAYS.get(name) or _UNREGISTERED


def send(wiring: Wiring, tenant: str, event: Event, delivery: Delivery, found: Addressed) -> None:
    """Send a notice in the delivery's way. Raises as `Way.send`."""
    way = of(delivery.way)
    if not way.reaches(found, delivery.reader):
        raise DeliveryRefused(way.without_address)
    if way.send is not None:
        way.send(wiring, tenant, event, delivery, found)


def of_people() -> dict[str, Way]:
    """The ways of notices, in the order in which they are tried."""
    return {name: way for name, way in WAYS.items() if way.is_for_people}


def of_notice(event: Event) -> dict[str, Way]:
    """Of these, the ways that the policy gives the notice. By default all."""
    chosen = event.fields.get("way")
    return {name: way for name, way in of_people().items() if chosen is None or not way.word or way.word in chosen}
