"""Directory of all tenants (`DIR#` items), accessed with the function's own role."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from chalicelib.access import binding
from chalicelib.kit.decoding import StoredPart
from chalicelib.kit.instants import HOUR, Instant
from chalicelib.limits import plans
from chalicelib.ports import TimeSource
from chalicelib.store import keys, reads
from chalicelib.store.port import Entry, IndexKey, Put, Remove, Store, Update, Write
from chalicelib.store.stored_form import Form
from chalicelib.tenants import names

KIND = "directory"
ROW_KIND = "directory-row"
CACHE_MILLISECONDS = 60_000
CACHE_TENANTS = 10_000
"""About 2 MB of a process."""
_CACHED = ("active", "suspended", "leaving")
"""Cached states of open tenants. Others are not cached, so that every process sees a sign-up and an opening at once."""


StoredStatement = dict[str, Any]
"""Signed statement of an erasure (`leaving.statement`), with every stored key: the signature covers all of them."""


class Listing(StoredPart, frozen=True, kw_only=True):
    """Body of a `DIR#` item."""

    state: str
    """`pending`, `active`, `suspended`, `leaving`, `erasing`, `erased`, or `lapsing` (`features.leaving.lapse`)."""
    created: Instant
    """Real time of the first sign-up request for the current reservation."""
    claim: str
    """Digest of the sign-up's idempotency key. Only requests with this key may continue a pending sign-up."""
    body_hash: str
    """Digest of the sign-up's request body. The same key with another body is rejected."""
    touched: Instant
    """Real time of the latest attempt. A pending sign-up lapses 24 hours later."""
    confirmed: bool
    """False until the founder's first signed-in request (`tenants.opening`)."""
    opened: Instant | None = 0
    """Domain time at which an owner opened it; None until then. 0: the founder's first request opens it."""
    plan: str = plans.DEFAULT
    """Copy from the organisation's snapshot: the request rate is checked before anything of the tenant is read."""
    origins: list[str] = []
    """Copy from the organisation's snapshot, for the same reason. So is the next."""
    second_factor: bool = False
    name: str = ""
    """Copy from the organisation's snapshot, for operators. Empty until the first hourly job of a release with it."""
    listed: bool = False
    """Whether it has a row in the list of organisations. One without gets it at the next change."""
    reason: str = ""
    """Reason for the suspension."""
    leaves_at: Instant | None = None
    """Domain time after which a leaving tenant, or one for practice, is erased."""
    practice: str = ""
    """Of a practice organisation: the id of the organisation that it copies."""
    holds: list[str] = []
    """Complaints under a legal hold, which delay the erasure."""
    statement: StoredStatement | None = None

    @property
    def open(self) -> bool:
        """Whether people from outside may use the organisation. Once true, it stays true."""
        return self.confirmed and self.opened is not None

    @property
    def free(self) -> bool:
        """Whether the sign-up has lapsed, and its id is nobody's."""
        return self.state == "pending" and not self.claim


FORM = Form(KIND, Listing, version=4)


class DirectoryEntry(msgspec.Struct, frozen=True):
    """A listing, with the version and due key that a conditional write needs."""

    listing: Listing
    version: int
    due: IndexKey | None


class Directory:
    """`ports.TenantStates`, and reads and writes of the listings."""

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

    def is_open(self, tenant: str) -> bool:
        cached = self._cache.get(tenant)
        return cached is not None and cached[1].open

    def plan(self, tenant: str) -> str | None:
        cached = self._cache.get(tenant)
        return cached and cached[1].plan

    def origins(self, tenant: str) -> Sequence[str]:
        cached = self._cache.get(tenant)
        return cached[1].origins if cached else ()

    def second_factor(self, tenant: str) -> bool:
        cached = self._cache.get(tenant)
        return cached is not None and cached[1].second_factor

    def reason(self, tenant: str) -> str:
        cached = self._cache.get(tenant)
        return cached[1].reason if cached else ""

    def invalidate(self, tenant: str) -> None:
        self._cache.pop(tenant, None)

    def find(self, tenant: str) -> DirectoryEntry | None:
        """The current listing, not from the cache. None for an unknown tenant."""
        with binding.directory():
            entry = reads.find(self._store, keys.directory(tenant))
        return None if entry is None else _read(entry)

    def states(self, tenants: Sequence[str]) -> dict[str, str]:
        """By id, not from the cache. Unknown ones are left out."""
        wanted = {keys.directory(tenant): tenant for tenant in tenants}
        with binding.directory():
            found = reads.read_all(self._store, [*wanted])
        return {wanted[key]: _read(entry).listing.state for key, entry in found.items()}

    def page(
        self, limit: int, after: Mapping[str, str] | None
    ) -> tuple[list[tuple[str, Listing]], Mapping[str, str] | None]:
        """Organisations by id, and where the next page starts."""
        with binding.directory():
            rows = self._store.query(keys.organisations(), limit=limit, after=after)
            tenants = [row.key.sk for row in rows.entries]
            found = reads.read_all(self._store, [*map(keys.directory, tenants)])
        entries = ((tenant, found.get(keys.directory(tenant))) for tenant in tenants)
        return [(tenant, _read(entry).listing) for tenant, entry in entries if entry is not None], rows.after

    def create(self, tenant: str, listing: Listing, due: IndexKey | None = None) -> None:
        """Raises `CommitConflict` if the id is taken."""
        with binding.directory():
            self._store.commit([Put(_entry(tenant, _listed(listing), 1, due)), _put_row(tenant)])

    def change(self, tenant: str, listing: Listing, expected: int, due: IndexKey | None = None) -> None:
        """Raises `CommitConflict` if the listing has changed since version `expected`."""
        with binding.directory():
            entry = _entry(tenant, _listed(listing), expected + 1, due)
            self._store.commit([Update(entry, expected), *_row_writes(tenant, listing)])
        self.invalidate(tenant)

    def _remember(self, tenant: str, listing: Listing) -> str:
        if listing.state in _CACHED:
            # What is not open is remembered for the request that read it, and read again by the next one.
            until = self._clock() + CACHE_MILLISECONDS if listing.open else 0
            self._cache[tenant] = (until, listing)
        if len(self._cache) > CACHE_TENANTS:
            self._cache.popitem(last=False)
        return listing.state


def next_job(tenant: str, now: Instant, after: int = HOUR) -> IndexKey:
    """The due key of the tenant's next hourly job. `now`: domain time. `after`: milliseconds."""
    return keys.due(tenant, keys.HOURLY, now + after)


def _entry(tenant: str, listing: Listing, version: int, due: IndexKey | None) -> Entry:
    return FORM.entry(keys.directory(tenant), listing, version=version, due=due)


def _listed(listing: Listing) -> Listing:
    return msgspec.structs.replace(listing, listed=not listing.free)


def _row_writes(tenant: str, listing: Listing) -> list[Write]:
    """`listing`: as it was read, or with other members changed."""
    if listing.free:
        return [Remove(keys.organisation_row(tenant))]
    return [] if listing.listed else [_put_row(tenant)]


def _put_row(tenant: str) -> Put:
    return Put(Entry(key=keys.organisation_row(tenant), kind=ROW_KIND), if_absent=False)


def _read(entry: Entry) -> DirectoryEntry:
    return DirectoryEntry(FORM.read(entry), entry.version or 1, entry.due)


def erasure_has_begun(store: Store, real_clock: TimeSource, tenant: str) -> bool:
    """Checked because objects that are written after the erasure would remain. Reads the store, not the cache."""
    found = Directory(store, real_clock).find(tenant)
    return found is None or found.listing.state in ("erasing", "erased")
