"""Daily limits on complaints that one IP address files without signing in (UTC, real time).

The limit is a share of the plan's complaints per month, so that one sender cannot use up the plan. The counter is in
the table, with one write per complaint, because complaints are few compared with requests. A complaint whose
registration fails afterwards counts as well.

A complaint that names an e-mail address makes the service mail to it. So these complaints also count for the IP address
at all organisations together, and also where a member files on the plan that anybody gets. Where the plan allows one IP
address more, it may file them up to that number.
"""

from __future__ import annotations

from chalicelib.access import binding
from chalicelib.kit import observability
from chalicelib.kit.instants import DAY, SECOND
from chalicelib.kit.problem import Text
from chalicelib.limits.exceeded import too_many_requests
from chalicelib.limits.plans import Plan
from chalicelib.ports import TimeSource
from chalicelib.store import keys
from chalicelib.store.port import CeilingReached, Store

KIND = "filings"
SHARE = 50
"""A fiftieth of the month's complaints per day. In 31 days, one IP address uses less than two thirds of the month."""

MAILED_KIND = "filings-of-source"
MAILED = 200
"""Complaints with an e-mail address per day and IP address, at all organisations together."""


class DailyFilings:
    def __init__(self, store: Store, real_clock: TimeSource, *, factor: int = 1) -> None:
        """`factor`: multiplier for the limit."""
        self._store = store
        self._clock = real_clock
        self._factor = factor

    def limit(self, limits: Plan) -> int:
        """Complaints per day and IP address, at most the plan's complaints per month."""
        month = limits.complaints_a_month
        return min(month, max(1, month // SHARE) * self._factor)

    def take(self, tenant: str, place: str, limits: Plan) -> None:
        """Count one complaint. Raises `Problem("too-many-requests")` if the address's limit of the day is reached.

        `place`: the IP address, as `WrongReceipts.place`.
        """
        now, most = self._clock(), self.limit(limits)
        day = now // DAY
        until = (day + 1) * DAY
        try:
            key = keys.filings_counter(tenant, place, day)
            self._store.count(key, KIND, ceiling=most, expires=(until + DAY) // SECOND)
        except CeilingReached:
            detail = Text(
                "At most {most} complaints per day are accepted from one address. Sign in, or try again later.",
                most=most,
            )
            raise too_many_requests("complaints_from_an_address", most, detail, until, now) from None

    def take_mailed(self, source: str, limits: Plan) -> None:
        """Count a complaint that names an e-mail address. Raises as `take`.

        `source`: the keyed hash of the network, the same for all organisations (`sources.pseudonym`).
        """
        now, most = self._clock(), max(MAILED * self._factor, self.limit(limits))
        day = now // DAY
        until = (day + 1) * DAY
        try:
            with binding.directory():
                key = keys.source_counter("filings", source, day)
                self._store.count(key, MAILED_KIND, ceiling=most, expires=(until + DAY) // SECOND)
        except CeilingReached:
            observability.measure("FilingRefusedToSource")
            detail = Text(
                "At most {most} complaints with an e-mail address per day are accepted from one IP address. "
                "Leave it out, or try again later.",
                most=most,
            )
            raise too_many_requests("mailed_complaints_from_an_address", most, detail, until, now) from None
