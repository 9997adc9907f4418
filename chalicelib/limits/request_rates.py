"""Limit of requests per minute for each tenant, counted in the process and reconciled between processes in portions.

When a process has accepted a tenth of the rate, it adds this portion to the shared counter of the minute. The response
contains the total of all processes. So at most the rate plus one portion per process is accepted in a minute. A tenant
with fewer requests than a portion causes no write.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

import msgspec

from chalicelib.access import binding
from chalicelib.kit import observability
from chalicelib.kit.instants import HOUR, MINUTE, SECOND, Instant
from chalicelib.limits import plans
from chalicelib.limits.exceeded import rate_exceeded
from chalicelib.limits.plans import Plan
from chalicelib.ports import TimeSource
from chalicelib.store import keys
from chalicelib.store.port import Store, Unavailable

KIND = "requests"
PORTIONS = 10
MAX_TENANTS = 10_000
MAX_NON_MEMBERS = 10_000
"""Cached non-members, about 2 MB of a process."""
UNSIGNED_SHARE = 0.75
"""Part of a tenant's rate for requests without signing in, so that a flood of complaints does not stop the staff."""


class _Window(msgspec.Struct):
    """Accepted requests of one tenant in one minute.

    `shared`: the total of all processes at the last reconciliation. `unshared`: those of this process since then.
    """

    minute: int
    most: int
    shared: int = 0
    unshared: int = 0

    @property
    def count(self) -> int:
        return self.shared + self.unshared

    def full(self, *, signed: bool) -> bool:
        most = self.most if signed else max(1, int(self.most * UNSIGNED_SHARE))
        return self.count >= most

    def take_portion(self) -> int:
        """The requests to add to the shared counter now, or 0. They count as shared even if the call fails."""
        if self.unshared < max(1, self.most // PORTIONS):
            return 0
        step, self.unshared = self.unshared, 0
        self.shared += step
        return step


class NonMemberCache:
    """Signed-in people who are not members of an organisation, remembered for a minute in one process."""

    def __init__(self, real_clock: TimeSource) -> None:
        self._clock = real_clock
        self._until: OrderedDict[tuple[str, str], Instant] = OrderedDict()
        self._lock = Lock()

    def add(self, tenant: str, sub: str) -> None:
        with self._lock:
            self._until.pop((tenant, sub), None)
            self._until[tenant, sub] = self._clock() + MINUTE
            if len(self._until) > MAX_NON_MEMBERS:
                self._until.popitem(last=False)

    def __contains__(self, tenant_and_sub: tuple[str, str]) -> bool:
        """True for up to a minute after the person was found to be no member, even if they have been invited since.

        Their requests are served, but count against the lower rate of non-members.
        """
        return self._until.get(tenant_and_sub, 0) > self._clock()


class RequestRates:
    def __init__(self, store: Store, real_clock: TimeSource, *, factor: int = 1) -> None:
        """`factor`: multiplier for the rate of every plan."""
        self._store = store
        self._clock = real_clock
        self._factor = factor
        self.non_members = NonMemberCache(real_clock)
        self._windows: OrderedDict[str, _Window] = OrderedDict()
        self._lock = Lock()

    def check(self, tenant: str, *, signed: bool) -> None:
        """Raises `Problem("too-many-requests")` if this process knows that the rate is used up. Makes no AWS call."""
        now = self._clock()
        with self._lock:
            window = self._windows.get(tenant)
            if window is not None and window.minute == now // MINUTE and window.full(signed=signed):
                raise _too_fast(window, now)

    def count(self, tenant: str, plan: str | None, *, signed: bool) -> None:
        """Count one request. Raises as `check`. `plan`: the tenant's plan, or None if it is not known."""
        now = self._clock()
        with self._lock:
            window = self._window(tenant, plan, now // MINUTE)
            if window.full(signed=signed):
                raise _too_fast(window, now)
            window.unshared += 1
            step = window.take_portion()
        if step:
            self._share(tenant, window, step)

    def found_non_member(self, tenant: str, sub: str) -> None:
        """Undo the count of a request from a non-member. Their next requests count as unsigned."""
        self.non_members.add(tenant, sub)
        with self._lock:
            window = self._windows.get(tenant)
            if window and window.minute == self._clock() // MINUTE and window.count:
                window.unshared -= 1

    def limit(self, limits: Plan) -> int:
        """Requests per minute."""
        return limits.requests_a_minute * self._factor

    def used(self, tenant: str) -> int:
        """Requests in the current minute, as far as this process knows."""
        with self._lock:
            window = self._windows.get(tenant)
            return window.count if window and window.minute == self._clock() // MINUTE else 0

    def _window(self, tenant: str, plan: str | None, minute: int) -> _Window:
        window = self._windows.pop(tenant, None)
        if window is None or window.minute != minute:
            window = _Window(minute, self.limit(plans.of(plan)))
        self._windows[tenant] = window
        if len(self._windows) > MAX_TENANTS:
            self._windows.popitem(last=False)
        return window

    def _share(self, tenant: str, window: _Window, step: int) -> None:
        """Add to the shared counter. If the store is unavailable, the request goes on with this process's own count."""
        key = keys.requests_counter(tenant, window.minute)
        expires = (window.minute * MINUTE + HOUR) // SECOND
        try:
            with binding.tenant(tenant):
                total = self._store.count(key, KIND, step=step, expires=expires)
        except Unavailable:
            observability.info("A tenant's request count could not be reconciled", tenant=tenant)
            return
        with self._lock:
            window.shared = max(window.shared, total)


def _too_fast(window: _Window, now: Instant) -> Exception:
    return rate_exceeded("requests_a_minute", window.most, (window.minute + 1) * MINUTE, now)
