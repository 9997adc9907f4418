"""The signed statement of an erasure: what was erased, what remains, and until when.

The deployment's key signs the canonical JSON (RFC 8785) of `statement`. `GET /v1/erasures/key` returns the public key.
"""

from __future__ import annotations

from typing import Any

from chalicelib import canonical
from chalicelib.instants import DAY, Instant, to_text
from chalicelib.ports import Signer

ALGORITHM = "ECDSA_P256_SHA256"
BACKUP_RETENTION = 35 * DAY
"""Retention of DynamoDB's point-in-time recovery."""


def signed_statement(
    signer: Signer, tenant: str, counts: dict[str, int], locked: str | None, now: Instant, real_now: Instant
) -> dict[str, Any]:
    """`{statement, algorithm, signature}`.

    `locked`: the time (UTC text) until which S3 Object Lock keeps objects, or None. `now`: domain time.
    """
    statement = {
        "v": 1,
        "tenant": tenant,
        "erased_at": to_text(now),
        "erased": counts,
        "data_key": "deleted",
        "backups_until": to_text(real_now + BACKUP_RETENTION),
        "locked_until": locked,
        "remains": [
            "the organisation's id, which is never given to another, and this statement",
            "a mark that the data key is gone",
            "kept answers of repeated requests, for 24 hours after each",
        ],
    }
    return {
        "statement": statement,
        "algorithm": ALGORITHM,
        "signature": signer.sign(canonical.encode(statement)),
    }
