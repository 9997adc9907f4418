"""Directory: which tenants exist (`DIR#` items, design §6), under the function's own role."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

import msgspec

from chalicelib.access import binding
from chalicelib.instants import HOUR, Instant
from chalicelib.limits import plans
from chalicelib.ports import TimeSource
from chalicelib.store import keys
from chalicelib.store.port import Change, Entry, IndexKey, Put, Store
from chalicelib.tenants import names

KIND = "directory"
CACHE_MILLISECONDS = 60_000
CACHE_TENANTS = 10_000
"""About 2 MB of a process: the cache is bounded so that guessing ids cannot fill the memory."""
_CACHED = ("active", "suspended", "leaving")
"""Neither an absent nor a pending tenant is cached, so that a sign-up is seen everywhere at once."""


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """What a `DIR#` item's body says."""

    state: str
    """`pending`, `active`, `suspended`, `leaving`, `erasing`, `erased`, or `lapsing` (`leaving.lapse`)."""
    created: Instant
    """Real time of the first claim of this owner."""
    claim: str
    """Digest of the sign-up's idempotency key: who may go on with a pending sign-up."""
    body_hash: str
    """Digest of the sign-up's request: the same key with another body is refused."""
    touched: Instant
    """Real time of the latest attempt; a pending sign-up lapses 24 hours after it."""
    confirmed: bool = True
    """False until somebody was seen in it (`leaving.lapse`)."""
    plan: str = plans.DEFAULT
    """As in the organisation's snapshot: requests are limited before anything of the tenant is read."""
    origins: list[str] = []
    """As in the organisation's snapshot, for the same reason."""
    reason: str = ""
    """Why it is suspended."""
    leaves_at: Instant | None = None
    """The domain's time after which a leaving tenant is erased."""
    holds: list[str] = []
    """Complaints under a legal hold, because of which the erasure waits."""
    statement: dict[str, Any] | None = None
    """The signed statement of what was erased (`leaving.statement`)."""


class DirectoryEntry(msgspec.Struct, frozen=True):
    """A listing with what a conditional write needs."""

    listing: Listing
    version: int
    due: IndexKey | None


class Directory:
    """`ports.TenantStates`, and the writes that sign-up makes."""

    def __init__(self, store: Store, real_clock: TimeSource) -> None:
        self._store = store
        self._clock = real_clock
        self._cache: OrderedDict[str, tuple[Instant, Listing]] = OrderedDict()

    def state(self, tenant: str) -> str | None:
        cached = self._cache.get(tenant)
        if cached and self._clock() < cached[0]:
            return cached[1].state
        found = self.find(tenant) if names.is_tenant(tenant) else None
        return None if found is None else self._remember(tenant, found.listing)

    def plan(self, tenant: str) -> str | None:
        cached = self._cache.get(tenant)
        return cached and cached[1].plan

    def origins(self, tenant: str) -> Sequence[str]:
        cached = self._cache.get(tenant)
        return cached[1].origins if cached else ()

    def reason(self, tenant: str) -> str:
        cached = self._cache.get(tenant)
        return cached[1].reason if cached else ""

    def invalidate(self, tenant: str) -> None:
        self._cache.pop(tenant, None)

    def find(self, tenant: str) -> DirectoryEntry | None:
        """The listing as it is now, past the cache."""
        key = keys.directory(tenant)
        with binding.directory():
            entry = self._store.get([key]).get(key)
        return None if entry is None else _read(entry)

    def create(self, tenant: str, listing: Listing, due: IndexKey | None = None) -> None:
        """Raises `Lost` where the id is taken."""
        with binding.directory():
            self._store.commit([Put(_entry(tenant, listing, 1, due))])

    def change(self, tenant: str, listing: Listing, expected: int, due: IndexKey | None = None) -> None:
        """Raises `Lost` where somebody else changed it since version `expected`."""
        with binding.directory():
            self._store.commit([Change(_entry(tenant, listing, expected + 1, due), expected)])
        self.invalidate(tenant)

    def activate(self, tenant: str, found: DirectoryEntry, plan: str, now: Instant) -> None:
        """Open a tenant for work; its first hourly job is due an hour of the domain's time later."""
        active = msgspec.structs.replace(found.listing, state="active", plan=plan)
        self.change(tenant, active, found.version, next_job(tenant, now))

    def _remember(self, tenant: str, listing: Listing) -> str:
        if listing.state in _CACHED:
            self._cache[tenant] = (self._clock() + CACHE_MILLISECONDS, listing)
        if len(self._cache) > CACHE_TENANTS:
            self._cache.popitem(last=False)
        return listing.state


def next_job(tenant: str, now: Instant) -> IndexKey:
    """The due key of the tenant's next hourly job. `now` is the domain's."""
    return keys.due(tenant, "DIR", now + HOUR)


def _entry(tenant: str, listing: Listing, version: int, due: IndexKey | None) -> Entry:
    body = msgspec.json.encode(listing).decode()
    return Entry(key=keys.directory(tenant), kind=KIND, body=body, version=version, due=due)


def _read(entry: Entry) -> DirectoryEntry:
    return DirectoryEntry(msgspec.json.decode(entry.body, type=Listing), entry.version or 1, entry.due)
