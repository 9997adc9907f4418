"""Reading policy versions, and keeping what was made of them for the process's life."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

import msgspec

from chalicelib.instants import Instant
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import Store
from chalicelib.tenants.organisation import Organisation
from chalicelib.tenants.publication import policy_version
from chalicelib.tenants.publication.policy_version import PolicyVersion, VersionRow

Compiled = TypeVar("Compiled")

KEPT = 64
"""Versions per process: at most about 64 times a compiled policy of 256 KB source."""


def read_version(store: Store, tenant: str, version: str) -> PolicyVersion:
    """Raises `Problem("not-found")`. The tenant is bound by the caller."""
    key = keys.policy(tenant, version)
    entry = store.get([key]).get(key)
    if entry is None or entry.kind != policy_version.KIND:
        raise Problem("not-found", "The organisation has no such policy version.")
    return policy_version.parse(entry)


def version_page(
    store: Store, tenant: str, limit: int, after: Mapping[str, str] | None
) -> tuple[list[VersionRow], Mapping[str, str] | None]:
    """A page of versions, the newest first, and where the next one starts."""
    first, last = keys.policy_row(tenant, "0"), keys.policy_row(tenant, "99999999")
    page = store.query(first.pk, first=first.sk, last=last.sk, limit=limit, after=after, newest_first=True)
    return [msgspec.json.decode(entry.body, type=VersionRow) for entry in page.entries], page.after


def grantable_roles(store: Store, organisation: Organisation, now: Instant) -> list[str]:
    """Roles that can be granted: those of the version in force, and of every version that a complaint may go by."""
    in_force = read_version(store, organisation.id, organisation.policy_at(now)).roles
    return list(dict.fromkeys([*in_force, *organisation.roles]))


class PolicyCache(Generic[Compiled]):
    """What `make` makes of a version, once per tenant, version and process: versions never change."""

    def __init__(self, make: Callable[[PolicyVersion], Compiled]) -> None:
        self._make = make
        self._made: OrderedDict[tuple[str, str], Compiled] = OrderedDict()

    def get(self, store: Store, tenant: str, version: str) -> Compiled:
        """Raises `Problem("not-found")`, and what `make` raises."""
        known = self._made.get((tenant, version))
        return known if known is not None else self.remember(tenant, read_version(store, tenant, version))

    def known(self, tenant: str, version: str) -> Compiled | None:
        """What was made of the version already, if anything."""
        return self._made.get((tenant, version))

    def remember(self, tenant: str, version: PolicyVersion) -> Compiled:
        made = self._make(version)
        self._made[(tenant, version.version)] = made
        if len(self._made) > KEPT:
            self._made.popitem(last=False)
        return made
