"""What a webhook's receiver is told of an event: which it is, and where the complaint stands; nothing that was said."""

from __future__ import annotations

from typing import Any

from chalicelib import canonical
from chalicelib.complaints.envelope import Event

PREFIX = "complaint."


def payload(tenant: str, number: str, event: Event) -> bytes:
    """`type`, `timestamp` and `data`, as Standard Webhooks recommends.

    Thin: no fields (among them are people and the receipt's hash) and no text. Who needs more asks the API, which
    knows who may see what.
    """
    data: dict[str, Any] = {
        "tenant": tenant,
        "number": number,
        "event": event.id,
        "seq": event.seq,
        "at": event.at,
        "act": event.act,
        "by": event.actor["kind"],
        "stage": event.result["stage"],
        "tier": event.result["tier"],
        "severity": event.result["severity"],
        "policy": event.policy,
    }
    return canonical.encode({"type": PREFIX + event.type, "timestamp": event.recorded_at, "data": data})
