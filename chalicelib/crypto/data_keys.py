"""Data keys: one per tenant, encrypted ("wrapped") with the deployment's KMS key and stored with the tenant.

The table contains only wrapped keys. KMS unwraps a key only with its tenant's encryption context. A process unwraps
each key once.
"""

from __future__ import annotations

import base64
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

import msgspec

from chalicelib.store import keys, reads
from chalicelib.store.port import CommitConflict, Entry, Key, Put, Store, Unavailable
from chalicelib.store.stored_form import Form, found_damaged

KIND = "data-key"
OPERATORS = "OPERATORS"
"""In place of a tenant: the operators' data key, under the `directory` binding. No tenant's id has capitals."""
MAX_CACHED = 500
"""Unwrapped keys per process. The least recently used key is dropped first."""
_TEMPORARY = frozenset(
    {"DependencyTimeoutException", "KMSInternalException", "KeyUnavailableException", "ThrottlingException"}
)
"""Errors for which a retry helps (AWS KMS API Reference, "Common errors")."""


class KeyGone(LookupError):
    """The tenant's data key was deleted, or never created. Values encrypted with it cannot be decrypted."""


class _Wrapped(msgspec.Struct, frozen=True):
    wrapped: str | None
    """Base64. None after the key was erased: the item stays, so that no second key is created."""


FORM = Form(KIND, _Wrapped, keeps=False)


class DataKeys:
    """`kms`: returns the KMS client. `key`: ARN of the deployment's KMS key. Callers must have bound the tenant."""

    def __init__(self, store: Store, kms: Callable[[], Any], key: str, *, max_cached: int = MAX_CACHED) -> None:
        self._store = store
        self._kms = kms
        self._key = key
        self._max_cached = max_cached
        self._cached: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, tenant: str) -> bytes:
        """The tenant's data key, 32 bytes. Raises `KeyGone`, `Damaged` for a wrapped key that KMS does not take, or
        `Unavailable` when the table or KMS does not answer."""
        return self._get(tenant, create=False)

    def get_or_create(self, tenant: str) -> bytes:
        """As `get`, but creates the key if there is none. Raises `KeyGone` if it was erased."""
        return self._get(tenant, create=True)

    def erase(self, tenant: str) -> None:
        """Delete the tenant's wrapped key, for good.

        Backups contain it until they expire. Other processes hold their unwrapped copy until they end.
        """
        with self._lock:
            self._store.commit([Put(_entry(tenant, None), if_absent=False)])
            self._cached.pop(tenant, None)

    def _get(self, tenant: str, *, create: bool) -> bytes:
        with self._lock:
            found = self._cached.get(tenant) or self._read(tenant) or (self._create(tenant) if create else None)
            if found is None:
                raise KeyGone("the tenant has no data key")
            self._cached[tenant] = found
            self._cached.move_to_end(tenant)
            if len(self._cached) > self._max_cached:
                self._cached.popitem(last=False)
            return found

    def _read(self, tenant: str) -> bytes | None:
        key = key_of(tenant)
        entry = reads.find(self._store, key)
        if entry is None:
            return None
        wrapped = FORM.read(entry).wrapped
        if wrapped is None:
            raise KeyGone("the tenant's data key was deleted")
        with _damage_named(entry), _temporary_errors_as_unavailable():
            blob = base64.b64decode(wrapped, validate=True)
            answer = self._kms().decrypt(CiphertextBlob=blob, KeyId=self._key, EncryptionContext=_context(tenant))
        return bytes(answer["Plaintext"])

    def _create(self, tenant: str) -> bytes | None:
        """Stores the new key only if there is none. If another process was faster, returns that process's key."""
        with _temporary_errors_as_unavailable():
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
    return FORM.entry(key_of(tenant), _Wrapped(text))


def _context(tenant: str) -> dict[str, str]:
    """The encryption context. IAM compares it with the session tag (`kms:EncryptionContext:tenant`).

    So no tenant's session can unwrap the operators' key.
    """
    return {"purpose": "supervision"} if tenant == OPERATORS else {"tenant": tenant}


def key_of(tenant: str) -> Key:
    return keys.operators_data_key() if tenant == OPERATORS else keys.data_key(tenant)


@contextmanager
def _temporary_errors_as_unavailable() -> Iterator[None]:
    from botocore.exceptions import ClientError, ConnectionError, HTTPClientError

    try:
        yield
    except ClientError as error:
        if error.response["Error"]["Code"] in _TEMPORARY:
            raise Unavailable("AWS KMS is unavailable") from error
        raise
    except (ConnectionError, HTTPClientError) as error:
        raise Unavailable("AWS KMS could not be reached") from error


@contextmanager
def _damage_named(entry: Entry) -> Iterator[None]:
    """A key that was changed, or wrapped for another tenant (AWS KMS API Reference, "Decrypt")."""
    from botocore.exceptions import ClientError

    try:
        yield
    except ValueError:  # not base64
        raise found_damaged(entry) from None
    except ClientError as error:
        if error.response["Error"]["Code"] != "InvalidCiphertextException":
            raise
        raise found_damaged(entry) from error
