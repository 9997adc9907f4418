"""Welcome: the invitation leaves after the membership is committed, at least once."""

from __future__ import annotations

import msgspec

from chalicelib.ports import Invitation
from chalicelib.store import keys
from chalicelib.store.port import Change, Lost
from chalicelib.tenants import membership, organisation
from chalicelib.tenants.invitation import invitation
from chalicelib.tenants.membership import Membership
from chalicelib.wiring import Wiring


def welcome(wiring: Wiring, tenant: str, sub: str, *, invited: bool) -> None:
    """Mail the person unless they have been told. `invited`: this run has called `Identity.invite` for them.

    Then they are mailed in any case, because that made every earlier temporary password void. The password is made
    here, last, so that of two runs at once none mails one that the other has just replaced.
    """
    snapshot, key = keys.snapshot(keys.organisation(tenant)), keys.membership(tenant, sub)
    entries = wiring.store.get([snapshot, key])
    person = membership.stored(entries[key])
    if not person.active or (person.told and not invited):
        return
    _mail(wiring, organisation.parse(entries[snapshot]).name, person, wiring.identity.invite(person.email))
    _mark(wiring, tenant, person, entries[key].version or 0)


def _mail(wiring: Wiring, name: str, person: Membership, invited: Invitation) -> None:
    mail = invitation(
        person.language, organisation=name, address=wiring.address, email=person.email, password=invited.password
    )
    wiring.mailer.send(person.email, mail.subject, mail.text)


def _mark(wiring: Wiring, tenant: str, person: Membership, version: int) -> None:
    told = membership.entry_of(tenant, msgspec.structs.replace(person, told=True), version + 1)
    try:
        wiring.store.commit([Change(told, version)])
    except Lost:
        return  # somebody changed the membership meanwhile; at worst a repeat mails once more
