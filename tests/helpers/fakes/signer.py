"""A signer with its own key."""

from __future__ import annotations

import base64
from functools import cached_property

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


class FakeSigner:
    """`ports.Signer` with the algorithm of AWS KMS."""

    @cached_property
    def _key(self) -> ec.EllipticCurvePrivateKey:
        """Made at its first use: most worlds sign nothing."""
        return ec.generate_private_key(ec.SECP256R1())

    def sign(self, message: bytes) -> str:
        return base64.b64encode(self._key.sign(message, ec.ECDSA(hashes.SHA256()))).decode()

    def public_key(self) -> str:
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        return self._key.public_key().public_bytes(serialization.Encoding.PEM, form).decode()
