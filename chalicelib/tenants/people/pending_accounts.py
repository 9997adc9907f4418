"""Expected: an address for which an account may have been made, and whose membership is not there yet.

Said before the account is made, and taken back by the commit that makes the membership. What was refused or cut off in
between is found by the tenant's hourly job, which takes the account away again: nobody is kept at the identity provider
for an organisation that they never were in.
"""

from __future__ import annotations

import msgspec

from chalicelib import canonical
from chalicelib.email_address import normalised
from chalicelib.instants import HOUR, Instant
from chalicelib.store import keys
from chalicelib.store.port import Entry, Key, Put, Remove
from chalicelib.tenants.people import membership_index
from chalicelib.wiring import Wiring

KIND = "expected"
ABANDONED_AFTER = HOUR
"""Real time, far longer than a run of the API's function (28 s), after which nobody is at it any more."""


class PendingAccount(msgspec.Struct, frozen=True):
    email: str
    at: Instant
    """Real time."""


def pending_key(tenant: str, email: str) -> Key:
    return keys.pending_account(tenant, canonical.digest(normalised(email)))


def note_pending(wiring: Wiring, tenant: str, email: str) -> None:
    body = msgspec.json.encode(PendingAccount(normalised(email), wiring.real_clock())).decode()
    wiring.store.commit([Put(Entry(key=pending_key(tenant, email), kind=KIND, body=body), if_absent=False)])


def remove_abandoned(wiring: Wiring, tenant: str, *, all_of_them: bool = False) -> None:
    """For each that nobody is at any more: end what has no membership. `all_of_them`: the organisation is closed."""
    page = wiring.store.query(
        keys.organisation(tenant), first=keys.PENDING_ACCOUNTS.first, last=keys.PENDING_ACCOUNTS.last
    )
    for entry in page.entries:
        found = msgspec.json.decode(entry.body, type=PendingAccount)
        if all_of_them or wiring.real_clock() - found.at >= ABANDONED_AFTER:
            _end(wiring, tenant, found.email)
            wiring.store.commit([Remove(entry.key)])


def _end(wiring: Wiring, tenant: str, email: str) -> None:
    account = wiring.identity.account(email)
    if account is None:
        return
    person = keys.membership(tenant, account.sub)
    if person not in wiring.store.get([person]) and membership_index.remove_from_index(
        wiring.store, account.sub, tenant
    ):
        wiring.identity.delete(account.sub)
