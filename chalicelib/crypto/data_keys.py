"""Data keys: one a tenant, wrapped by the deployment's KMS key, kept with the tenant and unwrapped once per process.

Whoever has the table has only wrapped keys, and a wrapped key opens only under its own tenant's encryption context.
"""

from __future__ import annotations

import base64
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

import msgspec

from chalicelib.store import keys
from chalicelib.store.port import CommitConflict, Entry, Put, Store, Unavailable

KIND = "data-key"
KEPT = 500
"""Unwrapped keys that a process holds; those least recently used go first."""
_LATER = frozenset(
    {"DependencyTimeoutException", "KMSInternalException", "KeyUnavailableException", "ThrottlingException"}
)
"""AWS KMS API Reference, "Common errors": what passes by itself."""


class KeyGone(LookupError):
    """The tenant's data key was deleted, or never made: nothing that was sealed under it can be opened."""


class _Wrapped(msgspec.Struct, frozen=True):
    wrapped: str | None
    """Base64; None once the tenant was forgotten, so that no second key is ever made."""


class DataKeys:
    """`kms`: gives the client; `key`: the ARN of the deployment's key. The tenant is bound by the caller."""

    def __init__(self, store: Store, kms: Callable[[], Any], key: str, *, kept: int = KEPT) -> None:
        self._store = store
        self._kms = kms
        self._key = key
        self._kept = kept
        self._known: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def existing(self, tenant: str) -> bytes:
        """32 bytes. Raises `KeyGone`."""
        return self._get(tenant, make=False)

    def needed(self, tenant: str) -> bytes:
        """The same, made when the tenant has none yet. Raises `KeyGone` for a tenant that was forgotten."""
        return self._get(tenant, make=True)

    def erase(self, tenant: str) -> None:
        """Erase the tenant: its wrapped key is deleted and never replaced. Backups hold it as long as they are kept,
        other processes their unwrapped copy until they end."""
        with self._lock:
            self._store.commit([Put(_entry(tenant, None), if_absent=False)])
            self._known.pop(tenant, None)

    def _get(self, tenant: str, *, make: bool) -> bytes:
        with self._lock:
            found = self._known.get(tenant) or self._read(tenant) or (self._made(tenant) if make else None)
            if found is None:
                raise KeyGone("the tenant has no data key")
            self._known[tenant] = found
            self._known.move_to_end(tenant)
            if len(self._known) > self._kept:
                self._known.popitem(last=False)
            return found

    def _read(self, tenant: str) -> bytes | None:
        key = keys.data_key(tenant)
        entry = self._store.get([key]).get(key)
        if entry is None:
            return None
        wrapped = msgspec.json.decode(entry.body, type=_Wrapped).wrapped
        if wrapped is None:
            raise KeyGone("the tenant's data key was deleted")
        blob = base64.b64decode(wrapped)
        with _passing():
            answer = self._kms().decrypt(CiphertextBlob=blob, KeyId=self._key, EncryptionContext=_context(tenant))
        return bytes(answer["Plaintext"])

    def _made(self, tenant: str) -> bytes | None:
        """Put only if absent: whoever loses the race uses the winner's key."""
        with _passing():
            answer = self._kms().generate_data_key(
                KeyId=self._key, KeySpec="AES_256", EncryptionContext=_context(tenant)
            )
        try:
            self._store.commit([Put(_entry(tenant, answer["CiphertextBlob"]))])
        except CommitConflict:
            return self._read(tenant)
        return bytes(answer["Plaintext"])


def _entry(tenant: str, wrapped: bytes | None) -> Entry:
    text = None if wrapped is None else base64.b64encode(wrapped).decode()
    return Entry(key=keys.data_key(tenant), kind=KIND, body=msgspec.json.encode(_Wrapped(text)).decode())


def _context(tenant: str) -> dict[str, str]:
    """IAM compares it with the session's tag (`kms:EncryptionContext:tenant`)."""
    return {"tenant": tenant}


@contextmanager
def _passing() -> Iterator[None]:
    from botocore.exceptions import ClientError, ConnectionError, HTTPClientError

    try:
        yield
    except ClientError as error:
        if error.response["Error"]["Code"] in _LATER:
            raise Unavailable("AWS KMS did not answer in time") from error
        raise
    except (ConnectionError, HTTPClientError) as error:
        raise Unavailable("AWS KMS could not be reached") from error
