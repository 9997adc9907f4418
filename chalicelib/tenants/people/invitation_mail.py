"""Invitation mails: sent after the membership is committed and the organisation is open, at least once per membership.

The founder's is sent before, since their first signed-in request opens the organisation.

A run that sends the mail first writes a lease into the membership (`telling`), so that concurrent runs do not send it.
After sending, it sets `told`. If a run stops in between, the next repeated request after the lease, or the tenant's
hourly job, sends the mail again. A mail may therefore arrive twice, but is never lost.
"""

from __future__ import annotations

from contextlib import suppress

import msgspec

from chalicelib.instants import SECOND
from chalicelib.limits import recipient_mails
from chalicelib.ports import DeliveryFailed, DeliveryRefused, Invitation, Mailer
from chalicelib.problem import Place, Problem
from chalicelib.store import keys
from chalicelib.store.conflicts import retry_on_conflict
from chalicelib.store.port import Change, CommitConflict, Entry, Store
from chalicelib.tenants import opening, organisation
from chalicelib.tenants.people import accounts, membership
from chalicelib.tenants.people.invitation_text import invitation_mail
from chalicelib.tenants.people.membership import Membership
from chalicelib.wiring import Wiring

LEASE = 30 * SECOND
"""Real time; longer than a run of the API function (28 s)."""


def send_invitation(wiring: Wiring, tenant: str, sub: str, *, again: bool = False) -> None:
    """Mail the invitation unless it was sent before, or is being sent by another run.

    `again`: also if it was sent before, but the person has never signed in. The run that sends the mail sets the
    temporary password.
    """
    with suppress(CommitConflict):  # the membership has changed, or another run has started to send the mail
        retry_on_conflict(lambda: _attempt(wiring, tenant, sub, again))


def _attempt(wiring: Wiring, tenant: str, sub: str, again: bool) -> None:
    snapshot, key = keys.snapshot(keys.organisation(tenant)), keys.membership(tenant, sub)
    entries = wiring.store.get([snapshot, key])
    person, version = membership.stored(entries[key]), entries[key].version or 0
    now = wiring.real_clock()
    if not person.active or (person.told and not again) or now < person.telling:
        return
    org = organisation.parse(entries[snapshot])
    if sub != org.founder and not opening.is_open(wiring.states, tenant):
        return
    leased = msgspec.structs.replace(person, telling=now + LEASE)
    lease = membership.entry_of(tenant, leased, version + 1)
    wiring.store.commit([Change(lease, version)])
    recipient_mails.take_invitation(wiring.store, wiring.secrets, wiring.real_clock, person.email)
    elsewhere = accounts.belongs_elsewhere(wiring.store, sub, tenant)
    invited = wiring.identity.invite(person.email, keep_pending=elsewhere)
    if person.told and invited.password is None:
        return
    try:
        _send(wiring.mailer, wiring.address, org.name, person, invited)
    except DeliveryFailed:
        recipient_mails.give_back_invitation(wiring.store, wiring.secrets, wiring.real_clock, person.email)
        raise
    written = iter([lease])
    with suppress(CommitConflict):
        retry_on_conflict(lambda: _mark_sent(wiring.store, tenant, next(written, None) or wiring.store.get([key])[key]))


def _send(mailer: Mailer, address: str, name: str, person: Membership, invited: Invitation) -> None:
    mail = invitation_mail(person.language, invited, organisation=name, address=address, email=person.email)
    try:
        mailer.send(person.email, mail)
    except DeliveryRefused:
        place = Place("/email", "the mail service rejects this address")
        raise Problem("invalid", "The invitation could not be sent.", places=[place]) from None


def _mark_sent(store: Store, tenant: str, entry: Entry) -> None:
    """`entry`: the membership, as it was read just now. Raises `CommitConflict` if it has changed since."""
    invited, version = msgspec.structs.replace(membership.stored(entry), told=True), entry.version or 0
    store.commit([Change(membership.entry_of(tenant, invited, version + 1), version)])
