"""Locks after wrong receipts: of an address at a tenant, of a tenant, and of the deployment. Real time throughout.

Only a failure writes: it counts in the quarter of an hour at hand, and whoever reaches a limit puts the lock. What is
there to be read comes with the case (two keys of the same read); the deployment's lock is looked at every ten seconds.
Counters and locks expire, so that however many addresses fail, no more is kept than those of the last half hour.
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
OF_AN_ADDRESS, OF_A_TENANT, IN_ALL = 10, 200, 2000
"""Wrong receipts in a window that lock."""
LOOKED_AT = 10 * SECOND
"""How long a process goes by what it has read of the deployment's lock."""
_KIND = "receipt-lock"
_EVERYBODY = "all"


class _Lock(msgspec.Struct, frozen=True):
    until: Instant


class ReceiptLocks:
    def __init__(self, store: Store, secrets: Secrets, real_clock: TimeSource) -> None:
        self._store = store
        self._secrets = secrets
        self._clock = real_clock
        self._deployment: tuple[Instant, Instant] = (0, 0)
        """When the deployment's lock was last read, and until when it holds."""

    def place(self, tenant: str, address: str) -> str:
        """What stands for an address in keys: a keyed hash, the tenant's own."""
        key = self._secrets.current("lookup")
        return hmac.new(key.secret, canonical.encode([tenant, "address", address]), hashlib.sha256).hexdigest()

    @staticmethod
    def keys(tenant: str, place: str) -> list[Key]:
        return [keys.receipt_lock(tenant, scope) for scope in (place, _EVERYBODY)]

    def check(self, tenant: str, place: str, entries: Mapping[Key, Entry]) -> None:
        """`workers.entries`: what was found of `keys`. Raises `too-many-requests`, whether the receipt fits or not."""
        found = [entries[key] for key in self.keys(tenant, place) if key in entries]
        until = max([_until(entry) for entry in found] + [self._of_all()])
        now = self._clock()
        if until > now:
            seconds = -(-(until - now) // SECOND)
            extra = {"limit": "wrong_receipts", "until": to_text(until), "retry_after": seconds}
            raise Problem("too-many-requests", "There were too many wrong receipts. Try again later.", extra=extra)

    def failed(self, tenant: str, place: str) -> None:
        """Count a wrong receipt, or a number that there is not. The tenant is bound."""
        for scope, most in ((place, OF_AN_ADDRESS), (_EVERYBODY, OF_A_TENANT)):
            self._count(keys.receipt_lock(tenant, scope), most)
        with binding.directory():
            self._count(keys.deployment_receipt_lock(), IN_ALL)

    def _of_all(self) -> Instant:
        now = self._clock()
        if now >= self._deployment[0] + LOOKED_AT:
            key = keys.deployment_receipt_lock()
            with binding.directory():
                entry = self._store.get([key]).get(key)
            self._deployment = now, 0 if entry is None else _until(entry)
        return self._deployment[1]

    def _count(self, lock: Key, most: int) -> None:
        now = self._clock()
        window = now // WINDOW
        gone = ((window + 2) * WINDOW) // SECOND
        if self._store.count(Key(lock.pk, f"{window}"), _KIND, expires=gone) >= most:
            body = msgspec.json.encode(_Lock(now + LOCKED)).decode()
            entry = Entry(key=lock, kind=_KIND, body=body, expires=(now + LOCKED + MINUTE) // SECOND)
            self._store.commit([Put(entry, if_absent=False)])


def _until(entry: Entry) -> Instant:
    return msgspec.json.decode(entry.body, type=_Lock).until
