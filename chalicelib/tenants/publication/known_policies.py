"""Policies of which this release knows every word: no one acts under another one, and other work waits.

A request gets `LaterRelease`. Work by the clock and reactions to events run within `waiting`, with the wiring that
`only_known` makes: they stay due, and nothing of them is marked as done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from chalicelib.kit import observability
from chalicelib.kit.problem import LaterRelease
from chalicelib.policy.compiled import Policy
from chalicelib.wiring import Wiring

if TYPE_CHECKING:
    from chalicelib.store.port import Store
    from chalicelib.wiring import CompiledPolicies, CompiledPolicyCache, StoredPolicy


class _Waits(BaseException):
    """A `LaterRelease` that only `waiting` catches. It is no Exception, for the reason of `asyncio.CancelledError`:
    work by the clock that logs a failure and goes on, or counts a complaint as refused, must not take it for one."""

    def __init__(self, refusal: LaterRelease) -> None:
        super().__init__(refusal.detail)
        self.refusal = refusal


def refusal(tenant: str, policy: Policy) -> LaterRelease:
    """What an act under the policy is refused with. Only a later release knows the whole policy."""
    from chalicelib.policy.reading import published  # only during an update

    observability.error("A later release has written what would be changed", tenant=tenant)
    observability.measure("LaterRelease")
    return published.refusal(policy.version, policy.unknown_words)


def only_known(wiring: Wiring) -> Wiring:
    """The wiring for work that waits: a policy with unknown words ends the work, up to `waiting`."""
    return replace(wiring, policy_cache=_KnownCache(wiring.policy_cache))


def any_version(wiring: Wiring) -> Wiring:
    """The wiring before `only_known`, for work that finds the complaints under unknown words itself."""
    cache = wiring.policy_cache
    return replace(wiring, policy_cache=cache.cache) if isinstance(cache, _KnownCache) else wiring


@contextmanager
def waiting() -> Iterator[None]:
    """Raises `LaterRelease` if the work within needs a policy with unknown words."""
    try:
        yield
    except _Waits as waits:
        raise waits.refusal from None


@contextmanager
def acting(wiring: Wiring) -> Iterator[Wiring]:
    """The wiring of `only_known`, within `waiting`: for a request that writes documents about many complaints."""
    with waiting():
        yield only_known(wiring)


def _known(tenant: str, compiled: Callable[[], Policy]) -> Policy:
    try:
        policy = compiled()
    except LaterRelease as unreadable:
        raise _Waits(unreadable) from None
    if policy.unknown_words:
        raise _Waits(refusal(tenant, policy))
    return policy


class _KnownCache(msgspec.Struct, frozen=True):
    """`wiring.CompiledPolicyCache`."""

    cache: CompiledPolicyCache

    def of(self, store: Store) -> _KnownVersions:
        return _KnownVersions(self.cache.of(store))

    def cached(self, tenant: str, version: str) -> Policy | None:
        found = self.cache.cached(tenant, version)
        return None if found is None else _known(tenant, lambda: found)

    def remember(self, tenant: str, version: StoredPolicy) -> Policy:
        return _known(tenant, lambda: self.cache.remember(tenant, version))


class _KnownVersions(msgspec.Struct, frozen=True):
    """`wiring.CompiledPolicies`."""

    compiled: CompiledPolicies

    @property
    def store(self) -> Store:
        return self.compiled.store

    def get(self, tenant: str, version: str) -> Policy:
        return _known(tenant, lambda: self.compiled.get(tenant, version))
