"""The program accounts of an organisation, for its owners."""

from __future__ import annotations

import msgspec

from chalicelib.kit.instants import to_text
from chalicelib.kit.problem import Problem
from chalicelib.store.port import Store
from chalicelib.tenants.people import program_accounts, queries
from chalicelib.tenants.people.membership import IssuedKey, ProgramAccount, StoredGrant


class KeyView(msgspec.Struct, frozen=True, kw_only=True):
    """`used_at`: of the last use, to the hour; null if it was never used."""

    id: str
    created_at: str
    used_at: str | None


class AccountView(msgspec.Struct, frozen=True, kw_only=True):
    """`sub`: as records and lists name the account. `operations`: the operation ids that it may use. `until`: when it
    ends (exclusive); null if it does not. `keys`: those that are valid, without their texts."""

    id: str
    sub: str
    name: str
    grants: list[StoredGrant]
    operations: list[str]
    until: str | None
    created_at: str
    keys: list[KeyView]


class NewKeyView(KeyView, frozen=True, kw_only=True):
    """`secret`: the key itself, which is sent as `Authorization: Bearer …`. Only this answer, and a repeat of the same
    request, has it."""

    secret: str | msgspec.UnsetType = msgspec.UNSET


class AccountsView(msgspec.Struct, frozen=True):
    accounts: list[AccountView]


def account_view(account: ProgramAccount) -> AccountView:
    return AccountView(
        id=account.id,
        sub=account.sub,
        name=account.name,
        grants=account.grants,
        operations=account.operations,
        until=None if account.until is None else to_text(account.until),
        created_at=to_text(account.created),
        keys=[key_view(one) for one in account.keys],
    )


def key_view(key: IssuedKey) -> KeyView:
    return KeyView(id=key.id, created_at=to_text(key.created), used_at=None if key.used is None else to_text(key.used))


def list_accounts(store: Store, tenant: str, sub: str) -> AccountsView:
    """Without removed ones. Raises `Problem("forbidden")` for others than owners."""
    _, caller = queries.load_member(store, tenant, sub)
    if not caller.owner:
        raise Problem("forbidden", "Only the organisation's owners see its program accounts.")
    return AccountsView([account_view(one) for one in active(store, tenant)])


def active(store: Store, tenant: str) -> list[ProgramAccount]:
    """By name."""
    found = (one for one in program_accounts.read_all(store, tenant) if one.active)
    return sorted(found, key=lambda one: (one.name, one.id))
