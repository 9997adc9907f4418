"""Signatures of the deployment, by AWS KMS. Their private key never leaves KMS."""

from __future__ import annotations

import base64
import textwrap
from collections.abc import Callable
from typing import Any

from chalicelib.access import binding

ALGORITHM = "ECDSA_SHA_256"


class KmsSigner:
    """`ports.Signer`. `kms`: returns the KMS client. `key`: ARN of an ECC_NIST_P256 key."""

    def __init__(self, kms: Callable[[], Any], key: str) -> None:
        self._kms = kms
        self._key = key

    def sign(self, message: bytes) -> str:
        with binding.directory():
            answer = self._kms().sign(KeyId=self._key, Message=message, MessageType="RAW", SigningAlgorithm=ALGORITHM)
        return base64.b64encode(answer["Signature"]).decode()

    def public_key(self) -> str:
        with binding.directory():
            der = self._kms().get_public_key(KeyId=self._key)["PublicKey"]
        lines = textwrap.wrap(base64.b64encode(der).decode(), 64)
        return "\n".join(["-----BEGIN PUBLIC KEY-----", *lines, "-----END PUBLIC KEY-----", ""])
