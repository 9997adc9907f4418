"""Program accounts (`G#<account>`): members of an organisation that are no people, such as a connected system.

They lie beside the memberships, not among them. What is done with people (lists, assignment, deputies, mails, a second
factor, their number) reads memberships, so it never meets an account. A use case takes an account as its caller where
it reads the caller with `membership.caller_key`.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from chalicelib.kit.decoding import StoredPart
from chalicelib.kit.instants import HOUR, Instant
from chalicelib.kit.problem import Problem
from chalicelib.store import keys, reads
from chalicelib.store.port import Entry, Key, Put, Store, Update
from chalicelib.store.stored_form import Form
from chalicelib.tenants.names import PROGRAM
from chalicelib.tenants.people.membership import ACTIVE, PROGRAM_KIND, REMOVED, Membership, StoredGrant
from chalicelib.tenants.people.program_keys import invalid_key

USED_EVERY = HOUR
"""The last use of a key is written at most this often."""
MOST_KEYS = 2
"""Keys of one account at a time: the old and the new one of a rotation."""


class IssuedKey(StoredPart, frozen=True, kw_only=True, omit_defaults=True):
    """`server_key`: with which its text was made. `by`: the owner who added it."""

    id: str
    server_key: str
    created: Instant
    by: str
    used: Instant | None = None


class ProgramAccount(StoredPart, frozen=True, kw_only=True, omit_defaults=True):
    """`operations`: names of routes that it may use. `until`: when it ends (exclusive). `by`: the owner who
    added it."""

    id: str
    name: str
    grants: list[StoredGrant]
    operations: list[str]
    created: Instant
    by: str
    until: Instant | None = None
    keys: list[IssuedKey] = []
    state: str = ACTIVE

    @property
    def sub(self) -> str:
        """Who acts, on record and elsewhere: the account, with whichever of its keys."""
        return PROGRAM + self.id

    @property
    def active(self) -> bool:
        return self.state == ACTIVE

    def lives(self, key: str, now: Instant) -> bool:
        """Whether the account may be used with this key now."""
        return self.active and (self.until is None or now < self.until) and any(one.id == key for one in self.keys)

    def removed(self) -> ProgramAccount:
        """The item stays, because events name the account."""
        return replace(self, state=REMOVED, keys=[], grants=[], operations=[])


FORM = Form(PROGRAM_KIND, ProgramAccount)


def key(tenant: str, account: str) -> Key:
    return keys.program_account(tenant, account)


def read(entry: Entry) -> ProgramAccount:
    return FORM.read(entry)


def read_all(store: Store, tenant: str) -> Iterator[ProgramAccount]:
    """All accounts, including removed ones."""
    return FORM.read_each(reads.items(store, keys.organisation(tenant), keys.PROGRAMS))


def write(tenant: str, account: ProgramAccount, before: Entry | None) -> Put | Update:
    return FORM.write(key(tenant, account.id), account, before)


def as_member(entry: Entry) -> Membership:
    """The account as the caller of a use case: a member with its grants, and without all that only people have."""
    found = read(entry)
    return Membership(
        sub=found.sub, email="", name=found.name, language="en", grants=found.grants, state=found.state, told=True
    )


def check_alive(entry: Entry | None, used: str, now: Instant) -> ProgramAccount:
    """Raises `Problem("unauthenticated")` unless the account exists and may be used with this key now."""
    found = None if entry is None else read(entry)
    if found is None or not found.lives(used, now):
        raise invalid_key()
    return found


def noted(tenant: str, entry: Entry, used: str, now: Instant) -> Update | Put | None:
    """The write of the last use of a key, unless one within the hour is written."""
    found = read(entry)
    last = next(one.used for one in found.keys if one.id == used)
    if last is not None and now - last < USED_EVERY:
        return None
    noted_keys = [replace(one, used=now) if one.id == used else one for one in found.keys]
    return write(tenant, replace(found, keys=noted_keys), entry)


def refuse_operation(account: ProgramAccount, operation: str) -> None:
    """Raises `Problem("forbidden")` for an operation that the owners have not given to the account."""
    if operation not in account.operations:
        raise Problem("forbidden", "The program account may not use this operation. Its owners say which it may use.")
