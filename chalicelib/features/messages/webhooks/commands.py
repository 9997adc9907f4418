"""The owners' commands for webhooks: add, change, remove."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Annotated, Literal

import msgspec
from msgspec.structs import replace

from chalicelib.features.messages.webhooks import webhook
from chalicelib.features.messages.webhooks.webhook import SECRET_OVERLAP, Secret, Webhook, Webhooks, WebhookView
from chalicelib.kit.decoding import RequestDocument, SeenText
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Place, Problem
from chalicelib.limits.exceeded import check_quota
from chalicelib.policy.language.vocabulary import EVENT_TERMS
from chalicelib.ports import Poster, Sealer, TimeSource
from chalicelib.store.port import Store
from chalicelib.tenants import owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.organisation import record_event
from chalicelib.tenants.owner_command import LoadedOrganisation, OrganisationChange, OwnerCommand
from chalicelib.wiring import Wiring

_Url = Annotated[SeenText, msgspec.Meta(max_length=500)]
_Events = Annotated[list[str], msgspec.Meta(max_length=100)]


class NewWebhook(RequestDocument, frozen=True, kw_only=True):
    """`events`: types of events, such as `registered`; empty for all."""

    url: _Url
    events: _Events = msgspec.field(default_factory=list)


class ChangedWebhook(RequestDocument, frozen=True, kw_only=True):
    """Missing keys stay unchanged. `rotate`: create a new secret; the old one signs too for a day."""

    url: _Url | None = None
    events: _Events | None = None
    state: Literal["active", "disabled"] | None = None
    rotate: bool = False


class _Edit(msgspec.Struct, frozen=True):
    event_type: str
    status: int
    decide: Callable[[Webhooks], Webhook]
    """Returns the webhook as it is to be written, or the one to remove. May be called again after a conflict."""
    removes: bool = False


def add(wiring: Wiring, command: OwnerCommand, request: NewWebhook) -> Answer:
    """Returns 201 with the secret. Only a repeat of the same request shows it again; the stored answer has no secret.

    Raises `Problem`: `forbidden`, `invalid`, `quota-exceeded`, `conflict`.
    """
    _check(wiring.poster, request.url, request.events)
    webhook_id = "wh_" + secrets.token_hex(8)
    hook = Webhook(
        id=webhook_id,
        url=request.url,
        events=sorted(set(request.events)),
        secrets=[_new_secret(wiring.sealer, command.tenant, webhook_id)],
        created=command.now,
    )
    answer = _run(wiring.store, wiring.real_clock, command, _Edit("webhook_added", 201, lambda _: hook))
    return _with_secret(wiring.store, wiring.sealer, command.tenant, answer)


def change(wiring: Wiring, command: OwnerCommand, webhook_id: str, request: ChangedWebhook) -> Answer:
    """Returns 200, with the new secret if `rotate` is set. Raises as `add`, and `not-found`."""
    _check(wiring.poster, request.url, request.events or [])
    secret = _new_secret(wiring.sealer, command.tenant, webhook_id) if request.rotate else None

    def edit(hooks: Webhooks) -> Webhook:
        return _changed(_existing(hooks, webhook_id), request, secret, command.now)

    answer = _run(wiring.store, wiring.real_clock, command, _Edit("webhook_changed", 200, edit))
    return _with_secret(wiring.store, wiring.sealer, command.tenant, answer) if request.rotate else answer


def remove(store: Store, real_clock: TimeSource, command: OwnerCommand, webhook_id: str) -> Answer:
    """Returns 204. Pending deliveries to the webhook fail at their next attempt. Raises as `add`, and `not-found`."""
    edit = _Edit("webhook_removed", 204, lambda hooks: _existing(hooks, webhook_id), removes=True)
    return _run(store, real_clock, command, edit)


def _run(store: Store, real_clock: TimeSource, command: OwnerCommand, edit: _Edit) -> Answer:
    key = webhook.key(command.tenant)

    def decide(loaded: LoadedOrganisation) -> OrganisationChange:
        hooks = webhook.parse(loaded.entries.get(key))
        decided = edit.decide(hooks)
        hook = replace(decided, by=sorted({*decided.by, command.sub}))
        fields = {"webhook": hook.id, "events": hook.events}
        org = loaded.organisation
        if hooks.find(hook.id) is None:
            check_quota("webhooks", len(hooks.all), org.limits.webhooks)
        kept = hooks.without(hook.id) if edit.removes else hooks.with_webhook(hook)
        after, recorded = record_event(org, edit.event_type, fields, command.sub, command.now, webhooks=len(kept))
        write = webhook.change(command.tenant, hooks, kept)
        answer = Answer(edit.status, None) if edit.removes else Answer.of(edit.status, webhook.view(hook))
        return OrganisationChange(after, [recorded, write], answer)

    return owner_command.run(store, real_clock, command, decide, [key])


def _changed(hook: Webhook, request: ChangedWebhook, secret: Secret | None, now: Instant) -> Webhook:
    after = replace(
        hook,
        url=request.url or hook.url,
        events=hook.events if request.events is None else sorted(set(request.events)),
    )
    if secret is not None:
        after = replace(after, secrets=[secret, replace(hook.secrets[0], until=now + SECRET_OVERLAP)])
    if request.state == "active":
        return replace(after, disabled=None, disabled_at=None)
    if request.state == "disabled" and hook.disabled is None:
        return replace(after, disabled="owner", disabled_at=now)
    return after


def _check(poster: Poster, url: str | None, events: list[str]) -> None:
    fault = None if url is None else poster.fault(url)
    places = [] if fault is None else [Place("/url", fault)]
    places += [
        Place(f"/events/{place}", "is not a type of event")
        for place, event in enumerate(events)
        if event not in EVENT_TERMS
    ]
    if places:
        raise Problem("invalid", "The webhook is not valid.", places=places)


def _existing(hooks: Webhooks, webhook_id: str) -> Webhook:
    hook = hooks.find(webhook_id)
    if hook is None:
        raise Problem("not-found", "The organisation has no such webhook.")
    return hook


def _new_secret(sealer: Sealer, tenant: str, webhook_id: str) -> Secret:
    return Secret(sealer.seal(tenant, webhook.sealing_context(webhook_id), webhook.new_secret().encode()))


def _with_secret(store: Store, sealer: Sealer, tenant: str, answer: Answer) -> Answer:
    """Add the newest secret, decrypted. Stored answers and other views of the webhook have no secret."""
    hook = webhook.load(store, tenant).find(answer.body["id"])
    if hook is None:
        return answer
    secret = sealer.open(tenant, webhook.sealing_context(hook.id), hook.secrets[0].sealed).decode()
    shown = replace(msgspec.convert(answer.body, WebhookView), secret=secret)
    return Answer.of(answer.status, shown, replayed=answer.replayed)
