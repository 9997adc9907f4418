"""The signed statement of an erasure: what was erased, what remains, and until when.

The deployment's key signs the canonical JSON (RFC 8785) of `statement`. `GET /v1/erasures/key` returns the public key.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from chalicelib.features.leaving.erasure import ErasureCursor
from chalicelib.kit import canonical
from chalicelib.kit.instants import DAY, Instant, to_text
from chalicelib.kit.problem import Problem
from chalicelib.ports import Signer, TimeSource
from chalicelib.store.port import Store
from chalicelib.tenants import names
from chalicelib.tenants.directory import Directory

ALGORITHM = "ECDSA_P256_SHA256"
BACKUP_RETENTION = 35 * DAY
"""Retention of DynamoDB's point-in-time recovery."""
DAMAGED = (
    "keyed hashes of the subject, phone or e-mail of complaints whose facts were lost or were damaged"
    " (complaints: {count})"
)


class ErasureStatement(msgspec.Struct, frozen=True, kw_only=True):
    """`erased`: numbers of items and objects. `backups_until`, `locked_until`: the ends of the remaining copies."""

    v: int
    tenant: str
    erased_at: str
    erased: dict[str, int]
    data_key: str
    backups_until: str
    locked_until: str | None
    remains: list[str]


class SignedErasure(msgspec.Struct, frozen=True, kw_only=True):
    """`signature`: base64 of DER, over the canonical JSON (RFC 8785) of `statement`."""

    statement: ErasureStatement
    algorithm: str
    signature: str


class PublicKey(msgspec.Struct, frozen=True, kw_only=True):
    algorithm: str
    pem: str


def find(store: Store, real_clock: TimeSource, tenant: str) -> Mapping[str, object]:
    """The stored statement. Raises `Problem("not-found")` unless the organisation was erased."""
    found = Directory(store, real_clock).find(tenant) if names.is_tenant(tenant) else None
    if found is None or found.listing.statement is None:
        raise Problem("not-found", "No organisation with this id was erased.")
    return found.listing.statement


def public_key(signer: Signer) -> PublicKey:
    return PublicKey(algorithm=ALGORITHM, pem=signer.public_key())


def signed_statement(
    signer: Signer, tenant: str, done: ErasureCursor, now: Instant, real_now: Instant
) -> SignedErasure:
    """`now`: domain time."""
    statement = ErasureStatement(
        v=1,
        tenant=tenant,
        erased_at=to_text(now),
        erased=done.counts,
        data_key="deleted",
        backups_until=to_text(real_now + BACKUP_RETENTION),
        locked_until=done.locked,
        remains=[
            "the organisation's id, which is never given to another, and this statement",
            "a mark that the data key is gone",
            "kept answers of repeated requests, for 24 hours after each",
            *([DAMAGED.format(count=done.damaged)] if done.damaged else []),
        ],
    )
    signature = signer.sign(canonical.encode(msgspec.to_builtins(statement)))
    return SignedErasure(statement=statement, algorithm=ALGORITHM, signature=signature)
