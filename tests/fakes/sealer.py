"""Sealers for tests: one that leaves values readable, and the real one on a KMS that counts."""

from __future__ import annotations

import os
from typing import Any

from chalicelib.crypto.data_keys import DataKeys
from chalicelib.crypto.sealing import EncryptionSdkSealer
from chalicelib.store.port import Store


class PlainSealer:
    """`ports.Sealer` that seals nothing: UTF-8 in, the same text out. Tests of other things look into the store."""

    def seal(self, tenant: str, complaint: str, plain: bytes) -> str:
        return plain.decode()

    def open(self, tenant: str, complaint: str, sealed: str) -> bytes:
        return sealed.encode()

    def erase_key(self, tenant: str) -> None:
        """There is no key. That nothing opens afterwards is shown with the real one (`test_sealing`)."""


class FakeKms:
    """AWS KMS as `DataKeys` asks it: keys wrapped under a context open under no other. `calls` names each call."""

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
        plain, context = self._wrapped[asked["CiphertextBlob"]]
        if context != asked["EncryptionContext"]:
            raise ValueError("InvalidCiphertextException")
        return {"Plaintext": plain}


def real_sealer(store: Store, kms: FakeKms) -> EncryptionSdkSealer:
    return EncryptionSdkSealer(DataKeys(store, lambda: kms, "arn:aws:kms:eu-central-1:123456789012:key/k"))
