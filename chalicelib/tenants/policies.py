"""Reading policy versions, and keeping what was made of them for the process's life."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import Store
from chalicelib.tenants import policy_version
from chalicelib.tenants.policy_version import PolicyVersion

Made = TypeVar("Made")

KEPT = 64
"""Versions per process: at most about 64 times a compiled policy of 256 KB source."""


def read(store: Store, tenant: str, version: str) -> PolicyVersion:
    """Raises `Problem("not-found")`. The tenant is bound by the caller."""
    key = keys.policy(tenant, version)
    entry = store.get([key]).get(key)
    if entry is None or entry.kind != policy_version.KIND:
        raise Problem("not-found", "The organisation has no such policy version.")
    return policy_version.parse(entry)


class PolicyCache(Generic[Made]):
    """What `make` makes of a version, once per tenant, version and process: versions never change."""

    def __init__(self, make: Callable[[PolicyVersion], Made]) -> None:
        self._make = make
        self._made: OrderedDict[tuple[str, str], Made] = OrderedDict()

    def get(self, store: Store, tenant: str, version: str) -> Made:
        """Raises `Problem("not-found")`, and what `make` raises."""
        known = self._made.get((tenant, version))
        return known if known is not None else self.remember(tenant, read(store, tenant, version))

    def remember(self, tenant: str, version: PolicyVersion) -> Made:
        made = self._make(version)
        self._made[(tenant, version.version)] = made
        if len(self._made) > KEPT:
            self._made.popitem(last=False)
        return made
