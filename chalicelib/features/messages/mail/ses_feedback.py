"""Feedback on mails that Amazon SES has accepted. A mail that bounced or was reported as spam is marked as failed.

After a bounce for good (`Permanent`) or a spam report, no more mail is sent to the address (`limits.returned_mail`).

The mails' configuration set publishes the events to EventBridge. A rule puts them on the effects queue, without any
e-mail address (`infra/template.yaml`). The mail's tags identify the delivery, or the invited person, and the mailbox by
a keyed hash. EventBridge delivers events at least once
and in no order (AWS: "Monitoring SES events using Amazon EventBridge").
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from chalicelib.access import binding
from chalicelib.features.messages.delivery import (
    Delivery,
    key_in_tag,
    mark_failed,
    stored_delivery,
    tag_of,
    update_writes,
)
from chalicelib.features.messages.mail import unreached
from chalicelib.kit import observability
from chalicelib.kit.instants import Instant
from chalicelib.limits import returned_mail
from chalicelib.limits.returned_mail import Returned, Said
from chalicelib.store import reads
from chalicelib.store.conflicts import retry_on_conflict
from chalicelib.tenants.people import mail_trouble, membership
from chalicelib.wiring import Wiring

_MAX_TAG = 256
"""Characters in a tag's value (SES limit). Allowed are letters, digits, `-` and `_`."""
REASONS = {
    "bounced": "the mail bounced ({kind})",
    "complained": "the reader reported it as spam",
}


class Feedback(msgspec.Struct, frozen=True, tag="feedback"):
    """The queue message, as the template's rules write it. `kind`: `Permanent`, `Transient` or `Undetermined`."""

    said: Said
    tags: dict[str, list[str]]
    kind: str = ""


def tags_of(tenant: str, delivery: Delivery) -> Mapping[str, str]:
    """Return the mail's tags. A delivery whose key is too long for a tag has none, and no feedback marks it failed."""
    effect = tag_of(tenant, delivery)
    of_delivery = {"effect": effect, "since": str(delivery.since)} if len(effect) <= _MAX_TAG else {}
    return {"tenant": tenant, **of_delivery}


def parse_feedback(body: str) -> Feedback | None:
    """Parse a message of the effects queue. Returns None for messages that this service sent."""
    try:
        return msgspec.json.decode(body, type=Feedback)
    except msgspec.ValidationError:
        return None


def apply_feedback(wiring: Wiring, feedback: Feedback) -> Delivery | None:
    """Mark the delivery as failed and return it. Returns None when it does not exist or has failed already.

    Repeated feedback changes nothing. Neither does a late bounce of a mail that an owner has since sent again; a late
    spam report still stops further mails. The tag of the mailbox is enough to stop mails, whatever has become of the
    delivery, the person and the organisation. Mails of other senders with the same configuration set have no such tag.
    """
    tags = feedback.tags
    if feedback.said == "complained" or "tenant" not in tags or not tags.keys() & {"effect", "person"}:
        _stop(wiring, feedback)
    if "tenant" not in tags:
        return None
    [tenant] = tags["tenant"]
    with binding.tenant(tenant):
        if "effect" in tags:
            return retry_on_conflict(lambda: _about_notice(wiring, tenant, feedback))
        if "person" in tags:
            retry_on_conflict(lambda: _about_invitation(wiring, tenant, feedback))
    return None


def _about_notice(wiring: Wiring, tenant: str, feedback: Feedback) -> Delivery | None:
    [effect] = feedback.tags["effect"]
    stored = stored_delivery(reads.find(wiring.store, key_in_tag(tenant, effect)))
    if stored is None:
        _stop(wiring, feedback)
        return None
    delivery = stored.delivery
    is_news = delivery.state != "failed" and _matches(feedback, delivery.since)
    _stop_reader(wiring, tenant, feedback, delivery.reader, is_news=is_news)
    if not is_news:
        return None
    if feedback.said == "bounced":
        is_final = feedback.kind == "Permanent"
        unreached.record(wiring, tenant, delivery, feedback.kind, wiring.clock(), is_final=is_final)
    why = REASONS[feedback.said].format(kind=feedback.kind)
    after = mark_failed(delivery, why, wiring.clock(), feedback.said)
    wiring.store.commit(update_writes(tenant, stored, after))
    observability.measure("MailReturned")
    return after


def _about_invitation(wiring: Wiring, tenant: str, feedback: Feedback) -> None:
    [sub] = feedback.tags["person"]
    entry = reads.find(wiring.store, membership.key(tenant, sub))
    if entry is None:
        _stop(wiring, feedback)
        return
    is_news = _matches(feedback, membership.stored(entry).telling)
    _stop_reader(wiring, tenant, feedback, sub, is_news=is_news)


def _stop_reader(wiring: Wiring, tenant: str, feedback: Feedback, reader: str, *, is_news: bool) -> None:
    """A bounce of an earlier mail than the newest stops nothing."""
    if (feedback.said == "complained" or is_news) and _stop(wiring, feedback):
        mail_trouble.record(wiring.store, tenant, reader, feedback.said)


def _stop(wiring: Wiring, feedback: Feedback) -> bool:
    """Send no more mails to the address after a spam report or a bounce for good. False if the feedback is neither."""
    is_final = feedback.said == "complained" or feedback.kind == "Permanent"
    if not is_final or returned_mail.TAG not in feedback.tags:
        return False
    [recipient] = feedback.tags[returned_mail.TAG]
    [tenant] = feedback.tags.get("tenant", [""])
    returned_mail.note(wiring.store, recipient, Returned(feedback.said, tenant), wiring.real_clock())
    return True


def _matches(feedback: Feedback, since: Instant) -> bool:
    """Whether the feedback is about the newest mail."""
    return feedback.tags.get("since") == [str(since)]
