"""The desk's list of webhooks, for owners."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from chalicelib.features.messages.webhooks import webhook
from chalicelib.features.messages.webhooks.webhook import WebhookView
from chalicelib.policy.language.wording.own_terms import event_label
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import sub_of, tenant_of
from chalicelib.web.pages.desk import DESK, Desk
from chalicelib.web.pages.labels import labels_of
from chalicelib.web.pages.reader import ToldQuery
from chalicelib.web.pages.sections import is_owner, section_desk, section_page
from chalicelib.web.pages.times import time_text

if TYPE_CHECKING:
    from chalicelib.web.api import Api

WEBHOOKS = DESK + "/organisation/webhooks"


class ShownWebhook(msgspec.Struct, frozen=True, kw_only=True):
    """`events`: in words; empty for all. `why`: the reason for which it is disabled; empty if it is active."""

    id: str
    url: str
    events: str
    why: str
    created_at: str
    disabled_at: str


def register(api: Api) -> None:
    @section_page(
        api,
        "organisation",
        "webhooks",
        "The webhooks of the organisation",
        group="systems",
        shown_to=is_owner,
        query=ToldQuery,
    )
    def get_desk_webhooks(call: Call) -> Reply:
        desk = section_desk(call, "organisation")
        found = webhook.list_webhooks(call.wiring.store, tenant_of(call), sub_of(call))
        most = desk.member.org.limits.webhooks
        rows = [shown_webhook(desk, one) for one in found]
        return desk.page("messages/webhooks.html", {"rows": rows, "most": most, "told": call.query.told})


def shown_webhook(desk: Desk, one: WebhookView) -> ShownWebhook:
    reader, calendar, labels = desk.reader, desk.member.policy.calendar, labels_of(desk)
    names = [reader.label(event_label(labels.policy.document, name).to_json()) for name in one.events]
    because = one.disabled_because
    return ShownWebhook(
        id=one.id,
        url=one.url,
        events=labels.joined(names),
        why="" if because is None else reader.of_code("webhooks.because.", because),
        created_at=time_text(calendar, reader, one.created_at),
        disabled_at="" if one.disabled_at is None else time_text(calendar, reader, one.disabled_at),
    )
