"""The report of a record's verification."""

from __future__ import annotations

import msgspec

STATE = "state:"
"""Begins the entry of `altered` that names the first attribute of the snapshot that its events do not give. The other
entries are ids of events."""


class AnchorView(msgspec.Struct, frozen=True, kw_only=True):
    """The last anchor that covers the record: its number `n`, time, Merkle root (RFC 6962), the sequence number of the
    record's last event then, and the audit path from the leaf `[number, seq, hash]` to the root, each step 64 hex
    digits. All except `n` are null if the write-once object is missing or does not contain the complaint."""

    n: int
    at: str | None
    root: str | None
    seq: int | None
    path: list[str]
    agrees: bool
    """True if event `seq` of the record still has the hash that the anchor contains."""


class VerificationView(msgspec.Struct, frozen=True, kw_only=True):
    """`broken_at`: the first event that breaks the hash chain. `cut_off`: events are missing at the end. `altered`:
    events whose private values have changed or cannot be decrypted. `missing`: events whose private values are gone.
    `overdue`: anchors were made since, and none is known to cover the record. `anchor`: null until the hour after the
    filing. `intact`: none of these faults, and the anchor agrees with the record."""

    number: str
    events: int
    broken_at: str | None
    cut_off: bool
    altered: list[str]
    missing: list[str]
    overdue: bool
    anchor: AnchorView | None
    intact: bool
