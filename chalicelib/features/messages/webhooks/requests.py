"""The `webhooks` of the OpenAPI document: what the systems of organisations get (`docs/integration/webhooks.md`)."""

from __future__ import annotations

from typing import Any

from chalicelib.features.messages.webhooks.send_webhook import TYPE_PREFIX, WebhookEvent, WebhookPing
from chalicelib.policy.language.vocabulary import EVENT_TERMS
from chalicelib.web.openapi.fixed_parts import TEXT

TYPES = (WebhookEvent, WebhookPing)
_DATA = {
    "act": "decide",
    "at": "2026-11-27T01:00:00.000Z",
    "by": "staff",
    "event": "202611-000001/7",
    "number": "202611-000001",
    "policy": "1",
    "seq": 7,
    "severity": None,
    "stage": "decided",
    "tenant": "acme",
    "tier": 1,
}
_HEADERS = {
    "webhook-id": "The same for each attempt and each replay of an event: receivers recognise repetitions by it.",
    "webhook-timestamp": "The time of this attempt, in seconds since 1970. Refuse one that is over five minutes old.",
    "webhook-signature": "One or more signatures, with spaces between them: `v1,` and the base64 of the HMAC-SHA256 of "
    "`<webhook-id>.<webhook-timestamp>.<body>`. Its key is the base64 after `whsec_` in the secret. One must be right.",
}
_PING_ANSWERS = {"2XX": "The ping has arrived.", "default": "The ping has failed. It is not sent again."}
_EVENT_ANSWERS = {
    "2XX": "The event has arrived. It is not sent again. The body is not read.",
    "410": "The receiver wants no more events: the webhook is disabled.",
    "default": "The event is sent again after 1, 3, 9, 27 and more minutes, for three days. "
    "Redirects are not followed.",
}


def described(schemas: dict[type, Any]) -> dict[str, Any]:
    """The requests, by name. `schemas`: the references to the schemas of `TYPES`."""
    event = {"type": f"{TYPE_PREFIX}decided", "timestamp": "2026-11-27T01:00:00.000Z", "data": _DATA}
    ping = {"type": "ping", "timestamp": "2026-11-27T01:00:00.000Z", "data": {"tenant": "acme"}}
    return {
        "event": _request(
            "An event of a complaint",
            "Sent for each event of the webhook's `events` (all, if it names none). Attempts may be repeated and come "
            "in any order: `data.seq` orders the events of a complaint.",
            {"schema": schemas[WebhookEvent], "example": event},
            _EVENT_ANSWERS,
        ),
        "ping": _request(
            "The test event of an owner",
            "Sent once for each ping, and never repeated.",
            {"schema": schemas[WebhookPing], "example": ping},
            _PING_ANSWERS,
        ),
    }


def name_types(components: dict[str, Any]) -> None:
    """Lists the values of an event's `type`, as they are sent."""
    components[WebhookEvent.__name__]["properties"]["type"] = {
        "enum": [TYPE_PREFIX + name for name in sorted(EVENT_TERMS)]
    }


def _request(summary: str, description: str, body: dict[str, Any], answers: dict[str, str]) -> dict[str, Any]:
    headers = [
        {"name": name, "in": "header", "required": True, "schema": TEXT, "description": text}
        for name, text in _HEADERS.items()
    ]
    operation = {
        "summary": summary,
        "description": description,
        "parameters": headers,
        "requestBody": {"required": True, "content": {"application/json": body}},
        "responses": {status: {"description": text} for status, text in answers.items()},
    }
    return {"post": operation}
