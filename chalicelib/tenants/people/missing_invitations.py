"""Sends the invitations that earlier runs failed to send, or that waited until the organisation opened."""

from __future__ import annotations

from contextlib import suppress

from chalicelib.kit.instants import DAY, SECOND, Instant
from chalicelib.kit.problem import Problem
from chalicelib.ports import DeliveryFailed
from chalicelib.tenants import organisation
from chalicelib.tenants.people import queries
from chalicelib.tenants.people.invitation_mail import send_invitation
from chalicelib.wiring import Wiring

TIME_LIMIT = 10 * SECOND
"""Real time after which the hourly job gives up at a failed mail, so that a slow mail service cannot block it."""
SEARCH_PERIOD = DAY
"""Domain time after the organisation's last change or its opening in which the hourly job looks for missing mails."""


def send_missing_invitations(wiring: Wiring, tenant: str, now: Instant, *, opened: Instant | None = None) -> None:
    """Mail the invitations that were not sent. `now`: domain time. `opened`: when an owner opened the organisation.

    Raises `DeliveryFailed` if a mail could not be sent, after trying the others.
    """
    changed = organisation.load(wiring.store, tenant).at
    if now - max(changed, opened or 0) > SEARCH_PERIOD:
        return
    started, failure = wiring.real_clock(), None
    for person in queries.all_people(wiring.store, tenant):
        if not person.active or person.told:
            continue
        try:
            with suppress(Problem):  # the inviting request has already reported a rejected address
                send_invitation(wiring, tenant, person.sub)
        except DeliveryFailed as error:  # other mails may still succeed
            failure = error
            if wiring.real_clock() - started >= TIME_LIMIT:
                break
    if failure is not None:
        raise failure
