"""Limit of requests per minute from one source, counted in the process: an IP address, or a person."""

from __future__ import annotations

import hashlib
import hmac
from collections import OrderedDict
from ipaddress import IPv6Address
from threading import Lock

from chalicelib.kit import canonical
from chalicelib.kit.instants import MINUTE, Instant
from chalicelib.limits.exceeded import rate_exceeded
from chalicelib.ports import Secrets, TimeSource

MAX_KEYS = 20_000
"""About 4 MB of a process. The key that was used least recently is dropped first, which can only let more pass."""
_PREFIX = 56
"""Bits of an IPv6 address that identify the subscriber. Homes usually get a /56 (RFC 6177)."""


class Buckets:
    """A token bucket per key with the tokens of one minute (GCRA: one number per key describes the level).

    Beyond `max_keys`, the least recently used key is dropped: its bucket counts as full again.
    """

    def __init__(self, per_minute: int, real_clock: TimeSource, max_keys: int = MAX_KEYS) -> None:
        self.per_minute = per_minute
        self._clock = real_clock
        self._max_keys = max_keys
        self._full_at: OrderedDict[str, int] = OrderedDict()
        """When each bucket is full again. Unit: a millisecond divided by `per_minute`, so that all values are whole."""
        self._lock = Lock()

    def take(self, key: str, weight: int) -> Instant | None:
        """Take `weight` tokens and return None. If there are too few, take none and return the time to try again.

        A weight above the tokens of a minute counts as these tokens.
        """
        with self._lock:
            now, minute = self._clock() * self.per_minute, MINUTE * self.per_minute
            full_at = min(max(self._full_at.pop(key, now), now), now + minute)
            after = full_at + min(weight, self.per_minute) * MINUTE
            passes = after <= now + minute
            self._full_at[key] = after if passes else full_at
            if len(self._full_at) > self._max_keys:
                self._full_at.popitem(last=False)
        return None if passes else -(-(after - minute) // self.per_minute)

    def __len__(self) -> int:
        return len(self._full_at)


class RequestSources:
    """Separate buckets for IP addresses and people: a flood from many addresses displaces no counts of people."""

    def __init__(self, *, addresses: int, people: int, real_clock: TimeSource) -> None:
        """`addresses`, `people`: requests of weight 1 per minute."""
        self._clock = real_clock
        self._addresses = Buckets(addresses, real_clock)
        self._people = Buckets(people, real_clock)

    def take(self, weight: int, address: str, person: str | None = None) -> None:
        """Count a request of the signed-in `person` (a `sub`), otherwise of the address.

        Raises `Problem("too-many-requests")` if their limit of the minute is reached.
        """
        buckets = self._addresses if person is None else self._people
        until = buckets.take(network(address) if person is None else person, weight)
        if until is not None:
            limit = "requests_from_an_address" if person is None else "requests_of_a_person"
            raise rate_exceeded(limit, buckets.per_minute, until, self._clock())


def network(address: str) -> str:
    """The IPv4 address, or the subscriber's prefix of an IPv6 address.

    An IPv4-mapped IPv6 address (RFC 4291, 2.5.5.2) counts as the IPv4 address, because all of them share one prefix.
    """
    if ":" not in address:
        return address
    try:
        found = IPv6Address(address.partition("%")[0])
    except ValueError:
        return address
    return str(found.ipv4_mapped or int(found) >> (128 - _PREFIX))


def pseudonym(secrets: Secrets, use: str, address: str) -> str:
    """Keyed hash of the address's network, which replaces it in keys. It differs between uses."""
    content = canonical.encode([use, "network", network(address)])
    return hmac.new(secrets.current("lookup").secret, content, hashlib.sha256).hexdigest()
