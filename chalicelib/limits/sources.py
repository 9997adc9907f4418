"""What one source may ask for in a minute: an address that is not signed in, or a person. Counted in the process."""

from __future__ import annotations

from collections import OrderedDict
from ipaddress import IPv6Address
from threading import Lock

from chalicelib.instants import MINUTE, Instant
from chalicelib.limits.exceeded import rate_exceeded
from chalicelib.ports import TimeSource

MOST_KEYS = 20_000
"""About 4 MB of a process. Whoever was not heard of for longest is forgotten first, which only ever lets more pass."""
_PREFIX = 56
"""The bits of an IPv6 address that say whose it is: homes are given a /56 as a rule (RFC 6177), and choose the rest."""


class Buckets:
    """A token bucket for each key, which holds a minute's tokens (GCRA: one number a key says how full it is)."""

    def __init__(self, a_minute: int, real_clock: TimeSource, most_keys: int = MOST_KEYS) -> None:
        self.a_minute = a_minute
        self._clock = real_clock
        self._most_keys = most_keys
        self._full_at: OrderedDict[str, int] = OrderedDict()
        """In parts of a millisecond, as many as `a_minute`, so that a token's time is whole."""
        self._lock = Lock()

    def take(self, key: str, weight: int) -> Instant | None:
        """None where the tokens were there; else the time when they will be, and nothing is taken."""
        with self._lock:
            now, minute = self._clock() * self.a_minute, MINUTE * self.a_minute
            full_at = min(max(self._full_at.pop(key, now), now), now + minute)
            after = full_at + min(weight, self.a_minute) * MINUTE
            passes = after <= now + minute
            self._full_at[key] = after if passes else full_at
            if len(self._full_at) > self._most_keys:
                self._full_at.popitem(last=False)
        return None if passes else -(-(after - minute) // self.a_minute)

    def __len__(self) -> int:
        return len(self._full_at)


class RequestSources:
    """Addresses and people apart, so that a flood of addresses makes no person's count forgotten."""

    def __init__(self, *, addresses: int, people: int, real_clock: TimeSource) -> None:
        """`addresses`, `people`: requests a minute of weight 1 of each."""
        self._clock = real_clock
        self._addresses = Buckets(addresses, real_clock)
        self._people = Buckets(people, real_clock)

    def take(self, weight: int, address: str, person: str | None = None) -> None:
        """Count a request of the signed-in `person` (a `sub`), or else of the address.

        Raises `Problem("too-many-requests")`.
        """
        buckets = self._addresses if person is None else self._people
        until = buckets.take(network(address) if person is None else person, weight)
        if until is not None:
            limit = "requests_from_an_address" if person is None else "requests_of_a_person"
            raise rate_exceeded(limit, buckets.a_minute, until, self._clock())


def network(address: str) -> str:
    """The address, or what an IPv6 address has in common with all others of its subscriber.

    One of IPv4 that is written as IPv6 (RFC 4291, 2.5.5.2) is the IPv4 one: those all begin alike.
    """
    if ":" not in address:
        return address
    try:
        found = IPv6Address(address.partition("%")[0])
    except ValueError:
        return address
    return str(found.ipv4_mapped or int(found) >> (128 - _PREFIX))
