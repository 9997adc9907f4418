"""Locks after wrong receipts: for an IP address at a tenant, for a tenant, and for the deployment. All in real time.

Only a wrong receipt writes: it increments the counters of the current quarter of an hour. A counter that reaches its
limit sets the lock. The locks of tenant and address are read together with the complaint (`keys`); the deployment's
lock is read every ten seconds. Counters and locks expire within about half an hour, so many failing addresses do not
fill the table.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping

import msgspec

from chalicelib import canonical
from chalicelib.access import binding
from chalicelib.instants import MINUTE, SECOND, Instant, to_text
from chalicelib.ports import Secrets, TimeSource
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import Entry, Key, Put, Store

WINDOW = 15 * MINUTE
LOCKED = 15 * MINUTE
PER_ADDRESS, PER_TENANT, PER_DEPLOYMENT = 10, 200, 2000
"""Wrong receipts per window that set a lock."""
CACHED = 10 * SECOND
"""Time for which a process caches the deployment's lock."""
_KIND = "receipt-lock"
_ALL_ADDRESSES = "all"


class _Lock(msgspec.Struct, frozen=True):
    until: Instant


class ReceiptLocks:
    def __init__(self, store: Store, secrets: Secrets, real_clock: TimeSource) -> None:
        self._store = store
        self._secrets = secrets
        self._clock = real_clock
        self._deployment: tuple[Instant, Instant] = (0, 0)
        """The time at which the deployment's lock was last read, and the end of that lock."""

    def place(self, tenant: str, address: str) -> str:
        """Keyed hash that replaces an IP address in keys. Differs between tenants."""
        key = self._secrets.current("lookup")
        return hmac.new(key.secret, canonical.encode([tenant, "address", address]), hashlib.sha256).hexdigest()

    @staticmethod
    def keys(tenant: str, place: str) -> list[Key]:
        """Keys to read before `check`."""
        return [keys.receipt_lock(tenant, scope) for scope in (place, _ALL_ADDRESSES)]

    def check(self, tenant: str, place: str, entries: Mapping[Key, Entry]) -> None:
        """Raises `Problem("too-many-requests")` while a lock holds, also for a correct receipt.

        `entries`: the entries found for `keys`.
        """
        found = [entries[key] for key in self.keys(tenant, place) if key in entries]
        until = max([_until(entry) for entry in found] + [self._deployment_lock_end()])
        now = self._clock()
        if until > now:
            seconds = -(-(until - now) // SECOND)
            extra = {"limit": "wrong_receipts", "until": to_text(until), "retry_after": seconds}
            raise Problem("too-many-requests", "There were too many wrong receipts. Try again later.", extra=extra)

    def failed(self, tenant: str, place: str) -> None:
        """Count a wrong receipt or an unknown number. The caller has bound the tenant."""
        for scope, most in ((place, PER_ADDRESS), (_ALL_ADDRESSES, PER_TENANT)):
            self._count(keys.receipt_lock(tenant, scope), most)
        with binding.directory():
            self._count(keys.deployment_receipt_lock(), PER_DEPLOYMENT)

    def _deployment_lock_end(self) -> Instant:
        now = self._clock()
        if now >= self._deployment[0] + CACHED:
            key = keys.deployment_receipt_lock()
            with binding.directory():
                entry = self._store.get([key]).get(key)
            self._deployment = now, 0 if entry is None else _until(entry)
        return self._deployment[1]

    def _count(self, lock: Key, most: int) -> None:
        now = self._clock()
        window = now // WINDOW
        expires = ((window + 2) * WINDOW) // SECOND
        if self._store.count(keys.receipt_counter(lock, window), _KIND, expires=expires) >= most:
            body = msgspec.json.encode(_Lock(now + LOCKED)).decode()
            entry = Entry(key=lock, kind=_KIND, body=body, expires=(now + LOCKED + MINUTE) // SECOND)
            self._store.commit([Put(entry, if_absent=False)])


def _until(entry: Entry) -> Instant:
    return msgspec.json.decode(entry.body, type=_Lock).until
