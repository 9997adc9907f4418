"""The organisation's effects (messages, mails and webhook deliveries) with their states."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from chalicelib.casework import authorization
from chalicelib.complaints.rights.permits import Asker
from chalicelib.features.messages import delivery
from chalicelib.features.messages.delivery import Delivery
from chalicelib.kit.instants import to_text
from chalicelib.kit.problem import Problem
from chalicelib.ports import MailTrouble
from chalicelib.store.port import Store
from chalicelib.tenants.people import membership
from chalicelib.tenants.people.queries import MemberRequest


class EffectFilter(msgspec.Struct, frozen=True, kw_only=True):
    month: str | None = None
    """`yyyy-mm`: used when the state is "sent" or not given; by default the current month. Pending and failed effects
    are listed for all months."""
    state: str | None = None
    way: str | None = None
    reader: str | None = None


class EffectView(msgspec.Struct, frozen=True, kw_only=True):
    """`reader`: a person's id, `C#<number>` for a complainant, a webhook's id, or a role without members. `about`: the
    message text's key or the event. `mail`: of a mail that was returned, or not sent because an earlier one was."""

    event: str
    number: str
    recorded_at: str
    about: str
    reader: str
    way: str
    state: str
    why: str | None
    tries: int
    next_try_at: str | None
    ended_at: str | None
    mail: MailTrouble | msgspec.UnsetType = msgspec.UNSET


class EffectsPage(msgspec.Struct, frozen=True):
    effects: list[EffectView]
    after: Mapping[str, str] | None
    """Where the next page starts; None on the last page."""


def list_effects(
    store: Store, request: MemberRequest, criteria: EffectFilter, limit: int, after: Mapping[str, str] | None
) -> EffectsPage:
    """Return one page, newest first, without complaints that exclude the caller. The caller binds the tenant.

    The filter applies after the read, so a page may have fewer than `limit` effects although more follow. Raises
    `Problem("forbidden")` for all but owners.
    """
    asker, tenant = _owner(store, request), request.tenant
    month = criteria.month or to_text(request.now)[:7]
    partition = criteria.state if criteria.state in ("pending", "failed") else month
    found, following = delivery.page(store, tenant, partition, limit, after)
    matching = [one.delivery for one in found if _matches(one.delivery, criteria)]
    seen = set(authorization.not_excluding(store, tenant, asker, [one.number for one in matching]))
    return EffectsPage([_view(one) for one in matching if one.number in seen], following)


def _owner(store: Store, request: MemberRequest) -> Asker:
    key = membership.key(request.tenant, request.sub)
    entries = store.get([key])
    if not membership.parse(entries.get(key)).owner:
        raise Problem("forbidden", "Only owners may see effects.")
    return authorization.load_asker(store, request.tenant, entries, request.sub, request.now)


def _matches(delivery: Delivery, criteria: EffectFilter) -> bool:
    return (
        criteria.state in (None, delivery.state)
        and criteria.way in (None, delivery.way)
        and criteria.reader in (None, delivery.reader)
    )


def _view(delivery: Delivery) -> EffectView:
    return EffectView(
        event=delivery.event,
        number=delivery.number,
        recorded_at=delivery.at,
        about=delivery.about,
        reader=delivery.reader,
        way=delivery.way,
        state=delivery.state,
        why=delivery.why,
        tries=delivery.tries,
        mail=delivery.mail or msgspec.UNSET,
        next_try_at=None if delivery.again is None else to_text(delivery.again),
        ended_at=None if delivery.ended is None else to_text(delivery.ended),
    )
