"""Who publishes a draft if the version in force lets another person than the owner who asked do it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from chalicelib.features.policies.draft import PublicationRequest
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Problem
from chalicelib.store.port import Store
from chalicelib.tenants.names import OWNER
from chalicelib.tenants.owner_command import OwnerCommand
from chalicelib.tenants.people import membership, queries
from chalicelib.tenants.people.membership import Membership


def standing(store: Store, tenant: str, person: Membership, roles: Sequence[str], now: Instant) -> list[str]:
    """The people (`sub`) with one of the roles as whom the person can act: themselves, and those whose deputy they are.

    Reads nothing unless the person is a deputy.
    """
    own = [person.sub] if any(map(person.may, roles)) else []
    lent = [role for role in roles if role != OWNER]  # no deputy becomes an owner
    absent = queries.absent_people(store, tenant, person, now) if roles and person.active else []
    return [*own, *(one.sub for one in absent if any(map(one.may, lent)))]


def may_ask_or_publish(store: Store, command: OwnerCommand, roles: Sequence[str]) -> Callable[[Membership], bool]:
    return lambda person: person.owner or bool(standing(store, command.tenant, person, roles, command.now))


def approver(
    store: Store, command: OwnerCommand, person: Membership, roles: Sequence[str], asked: PublicationRequest | None
) -> str | None:
    """As whom the person publishes what an owner asked for; None if they cannot.

    Raises `Problem("conflict")` if the owner who asked is none any more.
    """
    if asked is None or asked.by == command.sub:
        return None
    found = [sub for sub in standing(store, command.tenant, person, roles, command.now) if sub != asked.by]
    if found:
        _check_asker(store, command.tenant, asked.by)
    return found[0] if found else None


def _check_asker(store: Store, tenant: str, sub: str) -> None:
    key = membership.key(tenant, sub)
    entries = store.get([key])
    if key not in entries or not membership.stored(entries[key]).owner:
        raise Problem("conflict", "The person who asked for the publication is no longer an owner.")
