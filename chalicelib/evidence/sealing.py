"""The plain sealer: private values as readable text, until the trust issue encrypts them."""

from __future__ import annotations


class PlainSealer:
    """`ports.Sealer` that seals nothing: UTF-8 in, the same text out."""

    def seal(self, tenant: str, complaint: str, plain: bytes) -> str:
        return plain.decode()

    def open(self, tenant: str, complaint: str, sealed: str) -> bytes:
        return sealed.encode()
