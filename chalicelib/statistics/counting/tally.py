"""A tally: collects the increments of one record."""

from __future__ import annotations

from collections import Counter, defaultdict

from chalicelib.statistics.counting.moment import Moment
from chalicelib.statistics.counting.series import Address, Increments, Tuple


def yes(value: object) -> str:
    """The value of a dimension that is true or false."""
    return "yes" if value else "no"


class Tally:
    def __init__(self) -> None:
        self._found: defaultdict[Address, Counter[Tuple]] = defaultdict(Counter)

    def on(self, moment: Moment, series: str, *own: str, number: int = 1) -> None:
        """Counts on the day of the moment. `own`: the values of the series' own dimensions."""
        self.add(Address("D", moment.day), (series, *moment.common, *own), number)

    def due_on(self, day: str, moment: Moment, series: str, *own: str) -> None:
        """Counts on the day. The case's values are those at the moment."""
        self.add(Address("D", day), (series, *moment.common, *own), 1)

    def add(self, address: Address, key: Tuple, number: int) -> None:
        found = self._found[address]
        found[key] = found.get(key, 0) + number

    def increments(self) -> Increments:
        """Without zeros."""
        for found in self._found.values():
            for key in [key for key, number in found.items() if not number]:
                del found[key]
        return {address: found for address, found in self._found.items() if found}
