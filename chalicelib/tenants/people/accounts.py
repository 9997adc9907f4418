"""Accounts at the identity provider: created before a membership, deleted after a person's last one.

Two kinds of items make sure that no account outlives its memberships:

- The membership index (`DIR#P#<sub>`) tells which organisations a person belongs to. An item is written before the
  membership is committed, so at worst an account is kept too long, and none is deleted that is still used. It gives no
  permissions: those are in the membership.
- A pending account in the organisation's partition names an e-mail address for which an account may exist without a
  membership. It is written before the account is created, and removed by the commit of the membership. If that commit
  fails, the tenant's hourly job deletes the account.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from chalicelib.access import binding
from chalicelib.kit import canonical
from chalicelib.kit.email_address import normalised
from chalicelib.kit.instants import HOUR, Instant
from chalicelib.ports import Identity, TimeSource
from chalicelib.store import keys, reads
from chalicelib.store.port import Entry, Key, Put, Remove, Store
from chalicelib.store.stored_form import Form
from chalicelib.tenants.people import membership
from chalicelib.wiring import Wiring

INDEX_KIND = "belongs"
PENDING_KIND = "expected"
ABANDONED_AFTER = HOUR
"""Real time after which a pending account is abandoned. A run of the API function takes at most 28 s."""


class PendingAccount(msgspec.Struct, frozen=True):
    email: str
    at: Instant
    """Real time."""


PENDING = Form(PENDING_KIND, PendingAccount, keeps=False)


def add_to_index(store: Store, sub: str, tenant: str) -> None:
    with binding.directory():
        store.commit([Put(Entry(key=keys.membership_index_entry(sub, tenant), kind=INDEX_KIND), if_absent=False)])


def remove_from_index(store: Store, sub: str, tenant: str) -> bool:
    """Returns True if the person belongs to no other organisation."""
    key = keys.membership_index_entry(sub, tenant)
    with binding.directory():
        store.commit([Remove(key)])
        return not store.query(key.pk, limit=1).entries


def left_in_index(store: Store, tenant: str, subs: Iterable[str]) -> list[str]:
    """Those of the people of whom the index says that they belong to the organisation."""
    wanted = {keys.membership_index_entry(sub, tenant): sub for sub in subs}
    with binding.directory():
        return [wanted[key] for key in reads.read_all(store, list(wanted))]


def belongs_elsewhere(store: Store, sub: str, tenant: str) -> bool:
    """True if the person belongs to another organisation, or another one is about to invite them."""
    with binding.directory():
        found = store.query(keys.membership_index_entry(sub, tenant).pk, limit=2).entries
    return any(entry.key != keys.membership_index_entry(sub, tenant) for entry in found)


def pending_key(tenant: str, email: str) -> Key:
    return keys.pending_account(tenant, canonical.digest(normalised(email)))


def no_longer_pending(tenant: str, email: str) -> Remove:
    return Remove(pending_key(tenant, email))


def note_pending(store: Store, real_clock: TimeSource, tenant: str, email: str) -> None:
    """Write the pending account. Call it before the account is created."""
    pending = PendingAccount(normalised(email), real_clock())
    store.commit([Put(PENDING.entry(pending_key(tenant, email), pending), if_absent=False)])


def remove_abandoned(wiring: Wiring, tenant: str, *, including_recent: bool = False) -> None:
    """Delete abandoned pending accounts, and the accounts themselves unless they have a membership.

    `including_recent`: for an organisation that is being closed.
    """
    within = keys.PENDING_ACCOUNTS
    page = wiring.store.query(keys.organisation(tenant), first=within.first, last=within.last)
    for pending in PENDING.read_each(page.entries):
        if including_recent or wiring.real_clock() - pending.at >= ABANDONED_AFTER:
            _delete_unused_account(wiring.store, wiring.identity, tenant, pending.email)
            wiring.store.commit([no_longer_pending(tenant, pending.email)])


def _delete_unused_account(store: Store, identity: Identity, tenant: str, email: str) -> None:
    sub = identity.account(email)
    if sub is None:
        return
    person = membership.key(tenant, sub)
    if person not in store.get([person]) and remove_from_index(store, sub, tenant):
        identity.delete(sub)
