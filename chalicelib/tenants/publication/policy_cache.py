"""Cache of compiled policy versions."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

from chalicelib.store.port import Store
from chalicelib.tenants.publication.policy_version import read_version

if TYPE_CHECKING:
    from chalicelib.wiring import StoredPolicy

Compiled = TypeVar("Compiled")

MAX_CACHED = 64
"""Versions per process: at most 64 compiled policies, each from at most 256 KB of source."""


class PolicyCache(Generic[Compiled]):
    """Compiles each version of a tenant once per process. Published versions never change."""

    def __init__(self, compile_version: Callable[[StoredPolicy], Compiled]) -> None:
        self._compile = compile_version
        self._cached: OrderedDict[tuple[str, str], Compiled] = OrderedDict()

    def get(self, store: Store, tenant: str, version: str) -> Compiled:
        """Raises `Problem("not-found")`, and the errors of the compiler."""
        cached = self.cached(tenant, version)
        return cached if cached is not None else self.remember(tenant, read_version(store, tenant, version))

    def of(self, store: Store) -> CompiledVersions[Compiled]:
        return CompiledVersions(store, self)

    def cached(self, tenant: str, version: str) -> Compiled | None:
        """The version if this process has compiled it already. Reads nothing."""
        return self._cached.get((tenant, version))

    def remember(self, tenant: str, version: StoredPolicy) -> Compiled:
        """Compile a version that the caller has read."""
        compiled = self._compile(version)
        self._cached[(tenant, version.version)] = compiled
        if len(self._cached) > MAX_CACHED:
            self._cached.popitem(last=False)
        return compiled


class CompiledVersions(msgspec.Struct, Generic[Compiled], frozen=True):
    """The compiled policy versions of a store's tenants."""

    store: Store
    cache: PolicyCache[Compiled]

    def get(self, tenant: str, version: str) -> Compiled:
        """As `PolicyCache.get`."""
        return self.cache.get(self.store, tenant, version)
