"""Ping: a signed test event, sent while its owner waits."""

from __future__ import annotations

import secrets

from chalicelib import canonical
from chalicelib.instants import to_text
from chalicelib.messages.webhooks import webhook
from chalicelib.messages.webhooks.send_webhook import Gone, send
from chalicelib.ports import DeliveryFailed
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.tenants.people import queries
from chalicelib.wiring import Wiring


def ping(wiring: Wiring, tenant: str, sub: str, name: str) -> str | None:
    """Why it did not arrive; None where it did. Raises `forbidden`, `not-found`."""
    _, caller = queries.load_member(wiring.store, tenant, sub)
    if not caller.owner:
        raise Problem("forbidden", "Webhooks are the owners' to try.")
    key = keys.webhooks(tenant)
    hook = webhook.read(wiring.store.get([key]).get(key)).find(name)
    if hook is None:
        raise Problem("not-found", "The organisation has no such webhook.")
    body = canonical.encode({"type": "ping", "timestamp": to_text(wiring.clock()), "data": {"tenant": tenant}})
    try:
        send(wiring, tenant, hook, f"ping/{secrets.token_hex(8)}", body)
    except Gone:
        return "answered 410"
    except DeliveryFailed as missed:
        return missed.why
    return None
