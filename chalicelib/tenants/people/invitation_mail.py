"""Invitation mails: sent after the membership is committed and the organisation is open, at least once per membership.

The founder's is sent before, since their first signed-in request opens the organisation.

A run that sends the mail first writes a lease into the membership (`telling`), so that concurrent runs do not send it.
After sending, it sets `told`. If a run stops in between, the next repeated request after the lease, or the tenant's
hourly job, sends the mail again. A mail may therefore arrive twice, but is never lost. The hourly job also sends those
that waited until the organisation opened.
"""

from __future__ import annotations

from contextlib import suppress

import msgspec

from chalicelib.kit.instants import DAY, SECOND, Instant
from chalicelib.kit.problem import Place, Problem
from chalicelib.limits import returned_mail
from chalicelib.ports import DeliveryFailed, DeliveryRefused, Invitation
from chalicelib.store.conflicts import retry_on_conflict
from chalicelib.store.port import CommitConflict, Entry, Store
from chalicelib.tenants import opening, organisation
from chalicelib.tenants.organisation import Organisation
from chalicelib.tenants.people import accounts, mail_trouble, membership, queries
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
    snapshot, key = organisation.key(tenant), membership.key(tenant, sub)
    entries = wiring.store.get([snapshot, key])
    person, now = membership.stored(entries[key]), wiring.real_clock()
    if not person.active or (person.told and not again) or now < person.telling:
        return
    org = organisation.parse(entries[snapshot])
    is_open = opening.is_open(wiring.states, tenant)
    if sub != org.founder and not is_open:
        return
    leased = msgspec.structs.replace(person, telling=now + LEASE)
    lease = membership.write(tenant, leased, entries[key])
    wiring.store.commit([lease])
    _check_trouble(wiring, tenant, person, again=again and person.telling > 0)
    of_sign_up = sub == org.founder and not person.told and not is_open
    with wiring.budgets.invitation(wiring.store, tenant, org.limits, None if of_sign_up else person.email):
        elsewhere = accounts.belongs_elsewhere(wiring.store, sub, tenant)
        invited = wiring.identity.invite(person.email, keep_pending=elsewhere)
        if person.told and invited.password is None:
            return
        _send(wiring, org, leased, invited)
    written = iter([lease.entry])
    with suppress(CommitConflict):
        retry_on_conflict(lambda: _mark_sent(wiring.store, tenant, next(written, None) or wiring.store.get([key])[key]))


def _check_trouble(wiring: Wiring, tenant: str, person: Membership, *, again: bool) -> None:
    """Raises `Problem("invalid")` if mails to the address are stopped. `again`: an owner repeats an invitation."""
    real_now = wiring.real_clock()
    trouble = returned_mail.trouble_of(wiring.store, wiring.secrets, tenant, person.email, real_now, again=again)
    if trouble is not None:
        with suppress(CommitConflict):  # the refusal counts, whatever changes the membership
            mail_trouble.record(wiring.store, tenant, person.sub, trouble)
        raise _stopped()


def check_stop(wiring: Wiring, tenant: str, address: str) -> None:
    """Raises `Problem("invalid")` if mails to the address are stopped. For a sign-up, before it creates anything."""
    if returned_mail.trouble_of(wiring.store, wiring.secrets, tenant, address, wiring.real_clock()) is not None:
        raise _stopped()


def _stopped() -> Problem:
    place = Place("/email", "the mail service returned an earlier mail, so no more mail is sent to this address")
    return Problem("invalid", "The invitation could not be sent.", places=[place])


def _send(wiring: Wiring, org: Organisation, person: Membership, invited: Invitation) -> None:
    to = person.email
    door = f"{wiring.address}/sign-in?organisation={org.id}"
    mail = invitation_mail(person.spoken, invited, organisation=org.name, address=door, email=to)
    tags = {"tenant": org.id, "person": person.sub, "since": str(person.telling)}
    try:
        wiring.mailer.send(to, mail, tags={**tags, **returned_mail.tag(wiring.secrets, to)})
    except DeliveryRefused:
        place = Place("/email", "the mail service rejects this address")
        raise Problem("invalid", "The invitation could not be sent.", places=[place]) from None


def _mark_sent(store: Store, tenant: str, entry: Entry) -> None:
    """`entry`: the membership, as it was read just now. Raises `CommitConflict` if it has changed since."""
    invited = msgspec.structs.replace(membership.stored(entry), told=True, mail=msgspec.UNSET)
    store.commit([membership.write(tenant, invited, entry)])


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
