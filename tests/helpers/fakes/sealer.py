"""Sealers for tests: one that leaves values readable, and the real one with a fake KMS that records its calls."""

from __future__ import annotations

import os
from typing import Any

from botocore.exceptions import ClientError

from chalicelib.crypto import derived_keys
from chalicelib.crypto.data_keys import DataKeys
from chalicelib.crypto.sealing import EncryptionSdkSealer
from chalicelib.store.port import Store


class PlainSealer:
    """`ports.Sealer` without encryption: it returns the UTF-8 text, so that tests can read the store."""

    def seal(self, tenant: str, complaint: str, plain: bytes) -> str:
        return plain.decode()

    def open(self, tenant: str, complaint: str, sealed: str) -> bytes:
        return sealed.encode()

    def derive(self, tenant: str, purpose: str) -> bytes:
        return derived_keys.derive(tenant.encode(), purpose)

    def erase_key(self, tenant: str) -> None:
        """Does nothing, because there is no key. `test_sealing` tests the erasure with the real sealer."""


class FakeKms:
    """AWS KMS as `DataKeys` uses it. A key wrapped under a context opens only under that context. `calls` names each
    call."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self._wrapped: dict[bytes, tuple[bytes, dict[str, str]]] = {}

    def generate_data_key(self, **asked: Any) -> Any:
        self.calls.append("GenerateDataKey")
        plain, wrapped = os.urandom(32), os.urandom(184)  # as long as KMS's own
        self._wrapped[wrapped] = plain, asked["EncryptionContext"]
        return {"Plaintext": plain, "CiphertextBlob": wrapped}

    def decrypt(self, **asked: Any) -> Any:
        self.calls.append("Decrypt")
        plain, context = self._wrapped.get(asked["CiphertextBlob"], (b"", {}))
        if not plain or context != asked["EncryptionContext"]:
            raise ClientError({"Error": {"Code": "InvalidCiphertextException"}}, "Decrypt")
        return {"Plaintext": plain}


def real_sealer(store: Store, kms: FakeKms) -> EncryptionSdkSealer:
    return EncryptionSdkSealer(DataKeys(store, lambda: kms, "arn:aws:kms:eu-central-1:123456789012:key/k"))
