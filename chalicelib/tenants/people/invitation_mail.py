"""Welcome: the invitation leaves after the membership is committed, at least once, and once for each membership.

Whoever mails first says so in the membership, for as long as a run may last: others who come meanwhile leave it to
them. `told` is written after the mail has left. A run that dies in between is made good by the next repeat after its
time, or by the tenant's hourly job: a mail may then come twice, and never not at all.
"""

from __future__ import annotations

from contextlib import suppress
from typing import NamedTuple

import msgspec

from chalicelib.instants import DAY, SECOND, Instant
from chalicelib.ports import DeliveryFailed, DeliveryRefused, Invitation
from chalicelib.problem import Place, Problem
from chalicelib.store import keys
from chalicelib.store.port import Change, CommitConflict
from chalicelib.tenants import organisation
from chalicelib.tenants.owner_command import ATTEMPTS
from chalicelib.tenants.people import membership, queries
from chalicelib.tenants.people.membership import Membership
from chalicelib.wiring import Wiring

LEASE = 30 * SECOND
"""Real time, more than the API's function may run (28 s)."""
PATIENCE = 10 * SECOND
"""Real time after which a mail that is not taken ends the hour's: a service that hangs would take the worker's."""
LOOKED_FOR = DAY
"""How long after the organisation's last change the hourly job looks for people who were not told."""


def send_invitation(wiring: Wiring, tenant: str, sub: str, *, again: bool = False) -> None:
    """Mail the person unless they have been told, or are being told now.

    `again`: mail whoever has been told too, if they have never signed in. The password is made here and nowhere else,
    by the one run that mails it.
    """
    for _ in range(ATTEMPTS):
        try:
            _attempt(wiring, tenant, sub, again)
        except CommitConflict:
            continue  # the membership changed meanwhile, or another run has begun to mail
        return


def send_missing_invitations(wiring: Wiring, tenant: str, now: Instant) -> None:
    """Mail whoever was invited and not told, because the run that should have died. `now` is the domain's.

    Raises `NotReached` where the mail service did not take somebody's, once the others had their turn.
    """
    snapshot = keys.snapshot(keys.organisation(tenant))
    if now - organisation.parse(wiring.store.get([snapshot])[snapshot]).at > LOOKED_FOR:
        return
    begun, missed = wiring.real_clock(), None
    for person in queries.all_people(wiring.store, tenant):
        if not person.active or person.told:
            continue
        try:
            with suppress(Problem):  # a rejected address was answered to whoever invited, and must not stop the others
                send_invitation(wiring, tenant, person.sub)
        except DeliveryFailed as error:  # the service may refuse this one alone
            missed = error
            if wiring.real_clock() - begun >= PATIENCE:
                break
    if missed is not None:
        raise missed


def _attempt(wiring: Wiring, tenant: str, sub: str, again: bool) -> None:
    snapshot, key = keys.snapshot(keys.organisation(tenant)), keys.membership(tenant, sub)
    entries = wiring.store.get([snapshot, key])
    person, version = membership.stored(entries[key]), entries[key].version or 0
    now = wiring.real_clock()
    if not person.active or (person.told and not again) or now < person.telling:
        return
    telling = msgspec.structs.replace(person, telling=now + LEASE)
    wiring.store.commit([Change(membership.entry_of(tenant, telling, version + 1), version)])
    invited = wiring.identity.invite(person.email)
    if person.told and invited.password is None:
        return
    _mail(wiring, organisation.parse(entries[snapshot]).name, person, invited)
    _mark(wiring, tenant, telling, version + 1)


def _mail(wiring: Wiring, name: str, person: Membership, invited: Invitation) -> None:
    mail = invitation_mail(
        person.language, organisation=name, address=wiring.address, email=person.email, password=invited.password
    )
    try:
        wiring.mailer.send(person.email, mail.subject, mail.text)
    except DeliveryRefused:
        place = Place("/email", "is an address that the mail service takes no mail for")
        raise Problem("invalid", "The invitation could not be sent.", places=[place]) from None


def _mark(wiring: Wiring, tenant: str, person: Membership, version: int) -> None:
    for _ in range(ATTEMPTS):
        told = membership.entry_of(tenant, msgspec.structs.replace(person, told=True), version + 1)
        try:
            wiring.store.commit([Change(told, version)])
        except CommitConflict:  # somebody changed the membership meanwhile: what they wrote stays
            entry = wiring.store.get([told.key])[told.key]
            person, version = membership.stored(entry), entry.version or 0
        else:
            return


class InvitationMail(NamedTuple):
    subject: str
    text: str


_ZH = ("{organisation} 邀请您加入投诉处理系统", "{organisation} 邀请您共同处理投诉。", "首次登录后请设置您自己的密码。")
_EN = (
    "{organisation} invites you to its complaint handling",
    "{organisation} invites you to handle complaints with them.",
    "Choose a password of your own when you first sign in.",
)


def invitation_mail(
    language: str, *, organisation: str, address: str, email: str, password: str | None
) -> InvitationMail:
    """Programs read the lines `Organisation: …`, `Address: …`, `User: …` and, with a password, `Password: …`."""
    subject, greeting, first = (line.format(organisation=organisation) for line in (_ZH if language == "zh" else _EN))
    secret = [f"Password: {password}", "", first] if password else []
    lines = [greeting, "", f"Organisation: {organisation}", f"Address: {address}", f"User: {email}", *secret]
    return InvitationMail(subject, "\n".join([*lines, ""]))
