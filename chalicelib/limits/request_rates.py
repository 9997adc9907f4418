"""A tenant's requests a minute: counted in the process, and told to the other processes in portions (no write each).

A process adds what it has let through to the minute's one counter whenever that is a tenth of the rate, and learns from
the answer what all have let through. So at most the rate and one portion for each process pass in a minute, and a
tenant who stays below a portion costs no call at all.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

import msgspec

from chalicelib import observability
from chalicelib.access import binding
from chalicelib.instants import HOUR, MINUTE, SECOND, Instant
from chalicelib.limits.exceeded import rate_exceeded
from chalicelib.limits.non_member_cache import NonMemberCache
from chalicelib.limits.plans import DEFAULT, PLANS, Plan
from chalicelib.ports import TimeSource
from chalicelib.store import keys
from chalicelib.store.port import Store, Unavailable

KIND = "requests"
PORTIONS = 10
MOST_TENANTS = 10_000
SHARE_OF_THE_UNSIGNED = 0.75
"""Of a tenant's rate: a flood of complaints leaves the rest to its people."""


class _Window(msgspec.Struct):
    """One minute of one tenant. `told`: what all processes have let through, as far as known; `fresh`: not told yet."""

    minute: int
    most: int
    told: int = 0
    fresh: int = 0

    def full(self, *, signed: bool) -> bool:
        most = self.most if signed else max(1, int(self.most * SHARE_OF_THE_UNSIGNED))
        return self.told + self.fresh >= most

    def portion(self) -> int:
        """What is to be told now, or 0. From here on it counts as told, whatever becomes of the call."""
        if self.fresh < max(1, self.most // PORTIONS):
            return 0
        step, self.fresh = self.fresh, 0
        self.told += step
        return step


class RequestRates:
    def __init__(self, store: Store, real_clock: TimeSource, *, factor: int = 1) -> None:
        """`factor`: every plan's rate is so many times as high."""
        self._store = store
        self._clock = real_clock
        self._factor = factor
        self.strangers = NonMemberCache(real_clock)
        self._windows: OrderedDict[str, _Window] = OrderedDict()
        self._lock = Lock()

    def check(self, tenant: str, *, signed: bool) -> None:
        """Raises `Problem("too-many-requests")` where the minute is known to be used up. Never makes a call."""
        now = self._clock()
        with self._lock:
            window = self._windows.get(tenant)
            if window is not None and window.minute == now // MINUTE and window.full(signed=signed):
                raise _too_fast(window, now)

    def count(self, tenant: str, plan: str | None, *, signed: bool) -> None:
        """One request more; raises as `check` does. `plan`: of the tenant, where it is known."""
        now = self._clock()
        with self._lock:
            window = self._window(tenant, plan, now // MINUTE)
            if window.full(signed=signed):
                raise _too_fast(window, now)
            window.fresh += 1
            step = window.portion()
        if step:
            self._tell(tenant, window, step)

    def found_stranger(self, tenant: str, sub: str) -> None:
        """A request that was counted as a member's was none's: it is given back, and the next count as unsigned."""
        self.strangers.note(tenant, sub)
        with self._lock:
            window = self._windows.get(tenant)
            if window and window.minute == self._clock() // MINUTE and window.told + window.fresh:
                window.fresh -= 1

    def most(self, limits: Plan) -> int:
        return limits.requests_a_minute * self._factor

    def used(self, tenant: str) -> int:
        """In the present minute, as far as this process knows."""
        with self._lock:
            window = self._windows.get(tenant)
            return window.told + window.fresh if window and window.minute == self._clock() // MINUTE else 0

    def _window(self, tenant: str, plan: str | None, minute: int) -> _Window:
        window = self._windows.pop(tenant, None)
        if window is None or window.minute != minute:
            window = _Window(minute, self.most(PLANS.get(plan or DEFAULT, PLANS[DEFAULT])))
        self._windows[tenant] = window
        if len(self._windows) > MOST_TENANTS:
            self._windows.popitem(last=False)
        return window

    def _tell(self, tenant: str, window: _Window, step: int) -> None:
        """A store that does not answer must not stop the request: this process goes by its own count then."""
        key = keys.requests_counter(tenant, window.minute)
        gone = (window.minute * MINUTE + HOUR) // SECOND
        try:
            with binding.tenant(tenant):
                total = self._store.count(key, KIND, step=step, expires=gone)
        except Unavailable:
            observability.info("A tenant's requests were not reconciled", tenant=tenant)
            return
        with self._lock:
            window.told = max(window.told, total)


def _too_fast(window: _Window, now: Instant) -> Exception:
    return rate_exceeded("requests_a_minute", window.most, (window.minute + 1) * MINUTE, now)
