"""An owner's commands on the organisation's webhooks: add, change, remove; and what they see of them."""

from __future__ import annotations

import secrets
from typing import Annotated, Any, Literal

import msgspec
from msgspec.structs import replace

from chalicelib.instants import Instant
from chalicelib.limits.exceeded import check_quota
from chalicelib.messages.webhooks import webhook
from chalicelib.messages.webhooks.webhook import OVERLAP, Secret, Webhook, Webhooks
from chalicelib.policy.language.vocabulary import EVENTS
from chalicelib.problem import Place, Problem
from chalicelib.store import keys
from chalicelib.tenants import owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.organisation import record_event
from chalicelib.tenants.owner_command import LoadedOrganisation, OrganisationChange, OwnerCommand
from chalicelib.wiring import Wiring

_Url = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
_Events = Annotated[list[str], msgspec.Meta(max_length=100)]


class NewWebhook(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`events`: types of events, such as `registered`; none for all."""

    url: _Url
    events: _Events = []


class ChangedWebhook(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is not said stays. `rotate`: a new secret; the one before signs too for a day."""

    url: _Url | None = None
    events: _Events | None = None
    state: Literal["active", "disabled"] | None = None
    rotate: bool = False


def add(wiring: Wiring, asked: OwnerCommand, wanted: NewWebhook) -> Answer:
    """201 with the secret, which only a repeat of the same request shows again: the kept answer does not hold it.

    Raises `Problem`: `forbidden`, `invalid`, `quota-exceeded`, `conflict`.
    """
    _check(wiring, wanted.url, wanted.events)
    name = "wh_" + secrets.token_hex(8)
    hook = Webhook(
        id=name,
        url=wanted.url,
        events=sorted(set(wanted.events)),
        secrets=[_fresh(wiring, asked.tenant, name)],
        created=asked.now,
    )
    answer = _run(wiring, asked, "webhook_added", 201, lambda _: hook)
    return _with_secret(wiring, asked.tenant, answer)


def change(wiring: Wiring, asked: OwnerCommand, name: str, wanted: ChangedWebhook) -> Answer:
    """200, with a new secret where one was asked for. Raises `not-found`."""
    _check(wiring, wanted.url, wanted.events or [])
    fresh = _fresh(wiring, asked.tenant, name) if wanted.rotate else None
    answer = _run(
        wiring, asked, "webhook_changed", 200, lambda hooks: _changed(_known(hooks, name), wanted, fresh, asked.now)
    )
    return _with_secret(wiring, asked.tenant, answer) if wanted.rotate else answer


def remove(wiring: Wiring, asked: OwnerCommand, name: str) -> Answer:
    """204. Deliveries to it that are pending fail at their next try."""
    return _run(wiring, asked, "webhook_removed", 204, lambda hooks: _known(hooks, name), gone=True)


def _run(wiring: Wiring, asked: OwnerCommand, event: str, status: int, decide: Any, *, gone: bool = False) -> Answer:
    key = keys.webhooks(asked.tenant)

    def decided(loaded: LoadedOrganisation) -> OrganisationChange:
        found = loaded.entries.get(key)
        hooks = webhook.read(found)
        hook: Webhook = decide(hooks)
        said = {"webhook": hook.id, "events": hook.events}
        org = loaded.organisation
        if hooks.find(hook.id) is None:
            check_quota("webhooks", len(hooks.all), org.limits.webhooks)
        kept = hooks.without(hook.id) if gone else hooks.having(hook)
        after, recorded = record_event(org, event, said, asked.sub, asked.now, webhooks=len(kept))
        write = owner_command.upsert(webhook.entry_of(asked.tenant, kept, hooks.version + 1), found)
        return OrganisationChange(after, [recorded, write], Answer(status, None if gone else webhook.view(hook)))

    return owner_command.run(wiring, asked, decided, [key])


def _changed(hook: Webhook, wanted: ChangedWebhook, fresh: Secret | None, now: Instant) -> Webhook:
    after = replace(
        hook,
        url=wanted.url or hook.url,
        events=hook.events if wanted.events is None else sorted(set(wanted.events)),
    )
    if fresh is not None:
        after = replace(after, secrets=[fresh, replace(hook.secrets[0], until=now + OVERLAP)])
    if wanted.state == "active":
        return replace(after, disabled=None, disabled_at=None)
    if wanted.state == "disabled" and hook.disabled is None:
        return replace(after, disabled="owner", disabled_at=now)
    return after


def _check(wiring: Wiring, url: str | None, events: list[str]) -> None:
    fault = None if url is None else wiring.poster.fault(url)
    places = [] if fault is None else [Place("/url", fault)]
    places += [
        Place(f"/events/{place}", "is no type of event") for place, event in enumerate(events) if event not in EVENTS
    ]
    if places:
        raise Problem("invalid", "The webhook cannot be as it is said.", places=places)


def _known(hooks: Webhooks, name: str) -> Webhook:
    hook = hooks.find(name)
    if hook is None:
        raise Problem("not-found", "The organisation has no such webhook.")
    return hook


def _fresh(wiring: Wiring, tenant: str, name: str) -> Secret:
    return Secret(wiring.sealer.seal(tenant, webhook.context(name), webhook.new_secret().encode()))


def _with_secret(wiring: Wiring, tenant: str, answer: Answer) -> Answer:
    """The newest secret, opened: what is kept of the answer, and what any other look shows, has none."""
    key = keys.webhooks(tenant)
    hook = webhook.read(wiring.store.get([key]).get(key)).find(answer.body["id"])
    if hook is None:
        return answer
    secret = wiring.sealer.open(tenant, webhook.context(hook.id), hook.secrets[0].sealed).decode()
    return Answer(answer.status, {**answer.body, "secret": secret}, answer.replayed)
