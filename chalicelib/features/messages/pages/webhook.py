"""The desk's page of a webhook: its form, a test event, its deliveries, its removal. `new` is the form of a new one.

The secret is on the answer to the form alone, so neither an address nor the list ever has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from chalicelib.features.messages import effects_list
from chalicelib.features.messages.effects_list import EffectFilter
from chalicelib.features.messages.pages import effect_lines
from chalicelib.features.messages.pages.effect_lines import EffectLine
from chalicelib.features.messages.pages.reasons import why_text
from chalicelib.features.messages.pages.webhook_form import FormOfWebhook, document, refused, shown, unticked
from chalicelib.features.messages.pages.webhooks import WEBHOOKS
from chalicelib.features.messages.webhooks import commands, replay_deliveries, send_webhook, webhook
from chalicelib.features.messages.webhooks.commands import ChangedWebhook, NewWebhook
from chalicelib.features.messages.webhooks.replay_deliveries import Replay
from chalicelib.kit.problem import Problem
from chalicelib.web.call import Call, Reply
from chalicelib.web.call_context import member_request, sub_of, tenant_of
from chalicelib.web.pages import answers
from chalicelib.web.pages.answers import Answers, owner_form
from chalicelib.web.pages.desk import desk_form, desk_page
from chalicelib.web.pages.reader import ToldQuery, reader_of
from chalicelib.web.pages.rendering import see_other
from chalicelib.web.pages.sections import section_desk
from chalicelib.web.request_parts import decode

if TYPE_CHECKING:
    from chalicelib.web.api import Api

_ONE = WEBHOOKS + "/{webhook}"
_NEW = "new"
"""In place of a webhook's id, which begins with `wh_`."""
_LATEST, _LOOKED_AT = 10, 100
"""Deliveries on the page, out of the month's latest effects of any kind. The list of effects has all."""
_CHANGES = {
    "enable": ChangedWebhook(state="active"),
    "disable": ChangedWebhook(state="disabled"),
    "rotate": ChangedWebhook(rotate=True),
}
"""By button: what it changes, whatever the inputs have."""


def register(api: Api) -> None:
    _page(api)
    _forms(api)


def _page(api: Api) -> None:
    @desk_page(api, _ONE, "A webhook, with its form and its deliveries", query=ToldQuery)
    def get_desk_webhook(call: Call) -> Reply:
        form = _form(call)
        return shown(form, _latest(call, form), told=call.query.told or "")

    @desk_form(api, _ONE, "Add or change a webhook, or give it another secret")
    def post_desk_webhook(call: Call) -> Reply:
        form, given = _form(call), Answers(call.body)
        if faults := unticked(form, given):
            return shown(form, _latest(call, form), given, faults=faults, status=422)
        try:
            answer = _write(call, form, given)
        except Problem as problem:
            return refused(form, given, problem, _latest(call, form))
        if answer.get("secret"):
            return form.desk.page("messages/secret.html", {"webhook": answer, "is_new": form.is_new})
        return _lead(call, _ONE.format(**call.params), "changed")


def _forms(api: Api) -> None:
    @desk_form(api, _ONE + "/ping", "Send a test event to a webhook")
    def post_desk_webhook_ping(call: Call) -> Reply:
        form = _form(call)
        found = send_webhook.ping(call.wiring, tenant_of(call), sub_of(call), call.params["webhook"])
        why = "" if found.why is None else why_text(found.why, form.desk.reader)
        return shown(form, _latest(call, form), told="arrived" if found.delivered else "failed", why=why)

    @desk_form(api, _ONE + "/replay", "Send all calls of a webhook since a time again")
    def post_desk_webhook_replay(call: Call) -> Reply:
        form, given = _form(call), Answers(call.body)
        zone = form.desk.member.policy.calendar.zone
        asked = Replay(since=answers.read("time", given.all("since"), zone))
        store, clock, command = call.wiring.store, call.wiring.real_clock, owner_form(call, given)
        try:
            replay_deliveries.replay(store, clock, command, call.params["webhook"], asked)
        except Problem as problem:
            return refused(form, given, problem, _latest(call, form))
        return _lead(call, _ONE.format(**call.params), "replayed")

    @desk_form(api, _ONE + "/remove", "Remove a webhook")
    def post_desk_webhook_remove(call: Call) -> Reply:
        section_desk(call, "organisation")  # refuses others before what was sent is read
        command = owner_form(call, Answers(call.body))
        commands.remove(call.wiring.store, call.wiring.real_clock, command, call.params["webhook"])
        return _lead(call, WEBHOOKS.format(tenant=tenant_of(call)), "removed")


def _form(call: Call) -> FormOfWebhook:
    """Raises `Problem`: `forbidden`, `not-found`."""
    tenant, id_ = tenant_of(call), call.params["webhook"]
    desk = section_desk(call, "organisation", [webhook.key(tenant)])
    hook = webhook.among(desk.entries, tenant).find(id_)
    if hook is None and id_ != _NEW:
        raise Problem("not-found", "The organisation has no such webhook.")
    return FormOfWebhook(desk, None if hook is None else webhook.view(hook))


def _latest(call: Call, form: FormOfWebhook) -> list[EffectLine]:
    """Of this month."""
    if form.webhook is None:
        return []
    filters = EffectFilter(way="webhook", reader=form.webhook.id)
    found = effects_list.list_effects(call.wiring.store, member_request(call), filters, _LOOKED_AT, None)
    active = [form.webhook.id] if form.webhook.state == "active" else []
    return effect_lines.lines(call, form.desk, found.effects[:_LATEST], active)


def _write(call: Call, form: FormOfWebhook, given: Answers) -> Mapping[str, Any]:
    """The webhook as it is now, with its secret if it has got one."""
    command, go = owner_form(call, given), given.one("go")
    if form.webhook is None:
        return cast(Mapping[str, Any], commands.add(call.wiring, command, decode(document(given), NewWebhook)).body)
    wanted = _CHANGES[go] if go in _CHANGES else decode(document(given), ChangedWebhook)
    return cast(Mapping[str, Any], commands.change(call.wiring, command, form.webhook.id, wanted).body)


def _lead(call: Call, path: str, told: str) -> Reply:
    return see_other(reader_of(call).link(path, told=told))
