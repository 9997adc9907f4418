"""Filings: how many complaints one address may file with an organisation in a day (UTC, real time), not signed in.

A share of what the plan takes in a month, so that nobody alone uses up what is everybody's. Counted in the table and
not in the process, since a month's complaints are few next to a minute's requests: one write for each. A complaint that
then fails to be registered has counted too.
"""

from __future__ import annotations

from chalicelib.instants import DAY, SECOND
from chalicelib.limits.exceeded import too_many_requests
from chalicelib.limits.plans import Plan
from chalicelib.ports import TimeSource
from chalicelib.store import keys
from chalicelib.store.port import CeilingReached, Store

KIND = "filings"
SHARE = 50
"""A fiftieth of the month's complaints a day: 31 days of one address are less than two thirds of the month."""


class DailyFilings:
    def __init__(self, store: Store, real_clock: TimeSource, *, factor: int = 1) -> None:
        """`factor`: every address's share is so many times as large."""
        self._store = store
        self._clock = real_clock
        self._factor = factor

    def most(self, limits: Plan) -> int:
        """Never more than the plan's month."""
        month = limits.complaints_a_month
        return min(month, max(1, month // SHARE) * self._factor)

    def take(self, tenant: str, place: str, limits: Plan) -> None:
        """One more; `place` stands for the address (`ReceiptLocks.place`). Raises `Problem("too-many-requests")`."""
        now, most = self._clock(), self.most(limits)
        day = now // DAY
        until = (day + 1) * DAY
        try:
            key = keys.filings_counter(tenant, place, day)
            self._store.count(key, KIND, ceiling=most, expires=(until + DAY) // SECOND)
        except CeilingReached:
            detail = f"At most {most} complaints a day are taken from one address. Sign in, or come back later."
            raise too_many_requests("complaints_from_an_address", most, detail, until, now) from None
