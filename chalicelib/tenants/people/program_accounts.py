"""Program accounts (`G#<account>`): members of an organisation that are no people, such as a connected system.

They lie beside the memberships, not among them. What is done with people (lists, assignment, deputies, mails, a second
factor, their number) reads memberships, so it never meets an account. A use case takes an account as its caller where
it reads the caller with `membership.caller_key`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from msgspec.structs import replace

from chalicelib.kit.instants import HOUR, Instant
from chalicelib.kit.problem import LaterRelease, Problem
from chalicelib.store import keys, reads
from chalicelib.store.keys import programs
from chalicelib.store.port import CommitConflict, Entry, Key, Put, Store, Unavailable, Update
from chalicelib.tenants.people.membership import PROGRAM_FORM, ProgramAccount
from chalicelib.tenants.people.program_keys import invalid_key

USED_EVERY = HOUR
"""The last use of a key is written at most this often."""
MOST_KEYS = 2
"""Keys of one account at a time: the old and the new one of a rotation."""


def key(tenant: str, account: str) -> Key:
    return programs.account(tenant, account)


def read(entry: Entry) -> ProgramAccount:
    return PROGRAM_FORM.read(entry)


def read_all(store: Store, tenant: str) -> Iterator[ProgramAccount]:
    """All accounts, including removed ones."""
    return PROGRAM_FORM.read_each(reads.items(store, keys.organisation(tenant), programs.ACCOUNTS))


def write(tenant: str, account: ProgramAccount, before: Entry | None) -> Put | Update:
    return PROGRAM_FORM.write(key(tenant, account.id), account, before)


def admit(store: Store, tenant: str, account_id: str, used: str, operation: str, now: Instant) -> None:
    """Raises `Problem`: `unauthenticated` unless the account exists and may be used with this key now; `forbidden` for
    an operation that the owners have not given to it. Writes the last use of the key.
    """
    entry = reads.find(store, key(tenant, account_id))
    account = None if entry is None else read(entry)
    if entry is None or account is None or not account.lives(used, now):
        raise invalid_key()
    if operation not in account.operations:
        raise Problem("forbidden", "The program account may not use this operation. Its owners say which it may use.")
    _note(store, tenant, entry, used, now)


def _note(store: Store, tenant: str, entry: Entry, used: str, now: Instant) -> None:
    """A request does not fail if the last use cannot be written, and the next one tries again."""
    found = read(entry)
    last = next(one.used for one in found.keys if one.id == used)
    if last is not None and now - last < USED_EVERY:
        return
    noted = [replace(one, used=now) if one.id == used else one for one in found.keys]
    with suppress(CommitConflict, Unavailable, LaterRelease):
        store.commit([write(tenant, replace(found, keys=noted), entry)])
