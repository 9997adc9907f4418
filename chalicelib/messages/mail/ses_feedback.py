"""Feedback on mails that Amazon SES has accepted. A mail that bounced or was reported as spam is marked as failed.

The mails' configuration set publishes the events to EventBridge. A rule puts them on the effects queue, without any
e-mail address (`infra/template.yaml`). The mail's tags identify the delivery. EventBridge delivers events at least once
and in no order (AWS: "Monitoring SES events using Amazon EventBridge").
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Literal

import msgspec

from chalicelib import observability
from chalicelib.access import binding
from chalicelib.instants import Instant
from chalicelib.messages.delivery import Delivery, key_of, mark_failed, stored_delivery, update_writes
from chalicelib.store import keys
from chalicelib.store.conflicts import retry_on_conflict
from chalicelib.store.port import Key, Store

_MAX_TAG = 256
"""Characters in a tag's value (SES limit). Allowed are letters, digits, `-` and `_`."""
REASONS = {
    "bounced": "the mail bounced ({kind})",
    "complained": "the reader reported it as spam",
}


class Feedback(msgspec.Struct, frozen=True, tag="feedback"):
    """The queue message, as the template's rules write it. `kind`: `Permanent`, `Transient` or `Undetermined`."""

    said: Literal["bounced", "complained"]
    tags: dict[str, list[str]]
    kind: str = ""


def tags_of(tenant: str, delivery: Delivery) -> Mapping[str, str]:
    """Return the mail's tags. Empty when the delivery's key is too long for a tag: such a mail gets no feedback."""
    effect = base64.urlsafe_b64encode(key_of(tenant, delivery).sk.encode()).rstrip(b"=").decode()
    return {"tenant": tenant, "effect": effect, "since": _since(delivery)} if len(effect) <= _MAX_TAG else {}


def parse_feedback(body: str) -> Feedback | None:
    """Parse a message of the effects queue. Returns None for messages that this service sent."""
    try:
        return msgspec.json.decode(body, type=Feedback)
    except msgspec.ValidationError:
        return None


def apply_feedback(store: Store, feedback: Feedback, now: Instant) -> Delivery | None:
    """Mark the delivery as failed and return it. Returns None when it does not exist or has failed already.

    Repeated feedback changes nothing. Neither does late feedback on a mail that an owner has since sent again.
    """
    if not feedback.tags.keys() >= {"tenant", "effect"}:
        return None  # a mail from another sender with the same configuration set
    [tenant], [effect] = feedback.tags["tenant"], feedback.tags["effect"]
    key = keys.effect_by_sort_key(tenant, base64.urlsafe_b64decode(effect + "=" * (-len(effect) % 4)).decode())
    with binding.tenant(tenant):
        after = retry_on_conflict(lambda: _attempt(store, tenant, key, feedback, now))
    if after is not None:
        observability.measure("MailReturned")
    return after


def _attempt(store: Store, tenant: str, key: Key, feedback: Feedback, now: Instant) -> Delivery | None:
    stored = stored_delivery(store.get([key]).get(key))
    if stored is None or stored.delivery.state == "failed" or not _matches(feedback, stored.delivery):
        return None
    after = mark_failed(stored.delivery, REASONS[feedback.said].format(kind=feedback.kind), now)
    store.commit(update_writes(tenant, stored, after))
    return after


def _matches(feedback: Feedback, delivery: Delivery) -> bool:
    """A mail without the tag `since` (sent by an older version) counts as the delivery's newest mail."""
    since = _since(delivery)
    return feedback.tags.get("since", [since]) == [since]


def _since(delivery: Delivery) -> str:
    return str(delivery.since)
