"""Encryption of private values with the AWS Encryption SDK under the tenant's data key.

The SDK creates a key per message and wraps it with the data key (a raw AES key), without a call to AWS. The algorithm
suite is AES-256-GCM with key commitment and without a signature. A signature (P-384) would separate the right to read
from the right to write, but the same function needs both, and it would add 200 bytes to each value.
"""

from __future__ import annotations

import base64
from typing import Any

from chalicelib.crypto.data_keys import DataKeys


class CannotOpen(ValueError):
    """An encrypted value was changed, or was encrypted for another tenant or complaint."""


class EncryptionSdkSealer:
    """`ports.Sealer`. The SDK takes 56 ms to import, so it is imported at first use."""

    def __init__(self, keys: DataKeys) -> None:
        self._keys = keys
        self._client: Any = None

    def seal(self, tenant: str, complaint: str, plain: bytes) -> str:
        """The encrypted value: base64 of the SDK's message format 2."""
        from aws_encryption_sdk.identifiers import Algorithm

        sealed, _ = self._sdk().encrypt(
            source=plain,
            key_provider=_key_provider(self._keys.get_or_create(tenant)),
            encryption_context=_context(tenant, complaint),
            algorithm=Algorithm.AES_256_GCM_HKDF_SHA512_COMMIT_KEY,
        )
        return base64.b64encode(sealed).decode()

    def open(self, tenant: str, complaint: str, sealed: str) -> bytes:
        """Decrypts a value that `seal` returned.

        Raises `CannotOpen` if it was changed or is of another tenant or complaint, and `KeyGone` after `erase_key`.
        """
        from aws_encryption_sdk.exceptions import AWSEncryptionSDKClientError
        from cryptography.exceptions import InvalidTag

        provider = _key_provider(self._keys.get(tenant))
        try:
            plain, header = self._sdk().decrypt(source=base64.b64decode(sealed, validate=True), key_provider=provider)
        except (AWSEncryptionSDKClientError, InvalidTag, ValueError) as error:
            raise CannotOpen("the value was changed, or encrypted under another key") from error
        if header.encryption_context != _context(tenant, complaint):
            raise CannotOpen("the value was encrypted for another complaint")
        return bytes(plain)

    def derive(self, tenant: str, purpose: str) -> bytes:
        """Raises `KeyGone` after `erase_key`."""
        from chalicelib.crypto import derived_keys  # few requests search

        return derived_keys.derive(self._keys.get_or_create(tenant), purpose)

    def erase_key(self, tenant: str) -> None:
        self._keys.erase(tenant)

    def _sdk(self) -> Any:
        if self._client is None:
            from aws_encryption_sdk import CommitmentPolicy, EncryptionSDKClient

            policy = CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT
            self._client = EncryptionSDKClient(commitment_policy=policy, max_encrypted_data_keys=1)
        return self._client


def _context(tenant: str, complaint: str) -> dict[str, str]:
    return {"tenant": tenant, "complaint": complaint}


def _key_provider(data_key: bytes) -> Any:
    """A raw master key. Keyrings would need the material providers library, which takes 298 ms to import."""
    from aws_encryption_sdk.identifiers import EncryptionKeyType, WrappingAlgorithm
    from aws_encryption_sdk.key_providers.raw import RawMasterKey, WrappingKey

    wrapping = WrappingKey(
        wrapping_algorithm=WrappingAlgorithm.AES_256_GCM_IV12_TAG16_NO_PADDING,
        wrapping_key=data_key,
        wrapping_key_type=EncryptionKeyType.SYMMETRIC,
    )
    return RawMasterKey(provider_id="redress", key_id="1", wrapping_key=wrapping)
