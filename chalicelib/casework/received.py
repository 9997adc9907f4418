"""The time of receipt of a complaint that arrived before it is filed, in requests."""

from __future__ import annotations

import msgspec

from chalicelib.decoding import RequestDocument
from chalicelib.policy.language.fact_kinds import FieldValue


class ReceivedEarlier(RequestDocument, frozen=True, kw_only=True):
    """`fields`: those that the policy's `intake.received` needs."""

    at: str
    fields: dict[str, FieldValue] = msgspec.field(default_factory=dict)
