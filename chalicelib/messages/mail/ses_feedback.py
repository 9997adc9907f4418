"""Feedback: what became of a mail after Amazon SES had taken it. One that bounced, or was complained of, has failed.

SES tells EventBridge, by the configuration set that our mails name; a rule puts it on the effects queue without any
address (`infra/template.yaml`). The mail's tags say which effect it was. AWS: "Monitoring SES events using Amazon
EventBridge"; such events come at least once, as a rule, and in no order.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Literal

import msgspec

from chalicelib import observability
from chalicelib.access import binding
from chalicelib.instants import Instant
from chalicelib.messages.delivery import Delivery, changed, held_in, key_of
from chalicelib.messages.record_attempt import failed
from chalicelib.store import keys
from chalicelib.store.port import CommitConflict
from chalicelib.wiring import Wiring

_LONGEST = 256
"""Characters of a tag's value, by SES's limit: letters, digits, `-` and `_`."""
WHY = {
    "bounced": "the mailbox did not take it ({kind})",
    "complained": "its reader reported it as unwanted",
}


class Feedback(msgspec.Struct, frozen=True, tag="feedback"):
    """As the rules of the template write it. `kind`: of a bounce, `Permanent`, `Transient` or `Undetermined`."""

    said: Literal["bounced", "complained"]
    tags: dict[str, list[str]]
    kind: str = ""


def tags_of(tenant: str, delivery: Delivery) -> Mapping[str, str]:
    """What a mail is tagged with; nothing where its effect's name is too long, and then nothing is heard of it."""
    effect = base64.urlsafe_b64encode(key_of(tenant, delivery).sk.encode()).rstrip(b"=").decode()
    return {"tenant": tenant, "effect": effect, "since": _since(delivery)} if len(effect) <= _LONGEST else {}


def parse(body: str) -> Feedback | None:
    """None for what our own code put on the queue."""
    try:
        return msgspec.json.decode(body, type=Feedback)
    except msgspec.ValidationError:
        return None


def take(wiring: Wiring, feedback: Feedback, now: Instant) -> Delivery | None:
    """The effect that has failed by it; None where there is none, or it had failed already. Repeats change nothing.

    Nor does what is heard late of a mail that an owner has had sent anew since: that one is another mail.
    """
    if not feedback.tags.keys() >= {"tenant", "effect"}:
        return None  # another's mail by our configuration set
    [tenant], [effect] = feedback.tags["tenant"], feedback.tags["effect"]
    key = keys.effect_by_sort_key(tenant, base64.urlsafe_b64decode(effect + "=" * (-len(effect) % 4)).decode())
    with binding.tenant(tenant):
        while True:
            held = held_in(wiring.store.get([key]).get(key))
            if held is None or held.delivery.state == "failed" or not _is_of(feedback, held.delivery):
                return None
            after = failed(held.delivery, WHY[feedback.said].format(kind=feedback.kind), now)
            try:
                wiring.store.commit(changed(tenant, held, after))
            except CommitConflict:
                continue
            observability.measure("MailReturned")
            return after


def _is_of(feedback: Feedback, delivery: Delivery) -> bool:
    """Mails of a version that knew no such tag are taken for the delivery's newest."""
    since = _since(delivery)
    return feedback.tags.get("since", [since]) == [since]


def _since(delivery: Delivery) -> str:
    return str(delivery.since)
