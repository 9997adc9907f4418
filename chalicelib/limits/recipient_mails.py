"""Limit of mails to one e-mail address per day (UTC, real time), from all organisations together.

It holds for addresses that have not shown that they want these mails: those of invitations to people who have never
signed in, and those that a filing names. Anybody can sign up and file, also in the name of others. The counter's key
has a keyed hash of the address.
"""

from __future__ import annotations

import hashlib
import hmac
from contextlib import suppress
from typing import NamedTuple

from chalicelib import canonical
from chalicelib.access import binding
from chalicelib.email_address import normalised
from chalicelib.instants import DAY, SECOND, Instant
from chalicelib.limits.exceeded import too_many_requests
from chalicelib.ports import DeliveryFailed, Secrets, TimeSource
from chalicelib.problem import Text
from chalicelib.store import keys
from chalicelib.store.port import CeilingReached, Store

KIND = "mails-to-address"
INVITATIONS = 5
"""Invitations per day to an address whose owner has never signed in."""
NOTICES = 20
"""Notices per day to an address that was named in filings."""


def take_invitation(store: Store, secrets: Secrets, real_clock: TimeSource, address: str) -> None:
    """Count an invitation before it is sent. Raises `Problem("too-many-requests")` if the limit is reached."""
    try:
        _count(store, secrets, real_clock, _Mail("invitations", address, INVITATIONS))
    except CeilingReached:
        now = real_clock()
        until: Instant = (now // DAY + 1) * DAY
        detail = Text("At most {most} invitations per day are sent to one address.", most=INVITATIONS)
        raise too_many_requests("invitations_to_an_address", INVITATIONS, detail, until, now) from None


def give_back_invitation(store: Store, secrets: Secrets, real_clock: TimeSource, address: str) -> None:
    """For an invitation that the mail service did not take. It will be tried again."""
    with suppress(CeilingReached):
        _count(store, secrets, real_clock, _Mail("invitations", address, INVITATIONS), step=-1)


def take_notice(store: Store, secrets: Secrets, real_clock: TimeSource, address: str) -> None:
    """Count a notice before it is sent. Raises `DeliveryFailed`, so that it is tried later, if the limit is reached."""
    try:
        _count(store, secrets, real_clock, _Mail("notices", address, NOTICES))
    except CeilingReached:
        raise DeliveryFailed("too many mails were sent to this address today") from None


class _Mail(NamedTuple):
    kind: str
    address: str
    most: int


def _count(store: Store, secrets: Secrets, real_clock: TimeSource, mail: _Mail, step: int = 1) -> None:
    day = real_clock() // DAY
    content = canonical.encode(["mails", mail.kind, normalised(mail.address)])
    recipient = hmac.new(secrets.current("lookup").secret, content, hashlib.sha256).hexdigest()
    counter, expires = keys.recipient_counter(recipient, day), ((day + 2) * DAY) // SECOND
    with binding.directory():
        store.count(counter, KIND, step=step, ceiling=mail.most, expires=expires)
