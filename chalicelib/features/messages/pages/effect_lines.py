"""A list of deliveries on pages: what was sent to whom, what became of it, and whether it can be sent again."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence

import msgspec

from chalicelib.features.messages.effects_list import EffectView
from chalicelib.features.messages.pages.reasons import why_text
from chalicelib.policy.language.vocabulary import EVENT_TERMS
from chalicelib.policy.language.wording.own_terms import event_label
from chalicelib.store import keys
from chalicelib.tenants.people import queries
from chalicelib.web.call import Call
from chalicelib.web.call_context import tenant_of
from chalicelib.web.pages.desk import Desk
from chalicelib.web.pages.labels import CaseLabels, labels_of
from chalicelib.web.pages.times import time_text

_AGAIN = {"email": ("failed",), "webhook": ("failed", "sent")}
"""By way: the states in which a delivery can be sent again."""


class EffectLine(msgspec.Struct, frozen=True, kw_only=True):
    """`event`, `recorded_at`, `reader`, `way`: with which the form sends it again. `number`: of a complaint that has a
    page; empty for what belongs to none. `again`: it can be sent again. `key`: of its form, which a
    double click sends once."""

    event: str
    recorded_at: str
    reader: str
    way: str
    number: str
    at: str
    what: str
    to: str
    state: str
    why: str
    next_at: str
    again: bool
    key: str


def lines(call: Call, desk: Desk, effects: Sequence[EffectView], webhooks: Iterable[str] = ()) -> list[EffectLine]:
    """`webhooks`: the ids of those that are active now. Others cannot be sent to."""
    labels, active = labels_of(desk), set(webhooks)
    people = sorted({one.reader for one in effects if _is_person(one)})
    found = queries.people_by_sub(call.wiring.store, tenant_of(call), people) if people else ()
    names = {one.sub: labels.person(one) for one in found}
    return [_line(one, labels, names.get(one.reader) or _other(one, labels), active) for one in effects]


def _is_person(one: EffectView) -> bool:
    return one.way != "webhook" and not keys.is_complainant(one.reader)


def _other(one: EffectView, labels: CaseLabels) -> str:
    """Of a reader who is no member: a webhook, the complainant, or a role that has no members."""
    if one.way == "webhook":
        return labels.reader.text("effects.to_webhook", id=one.reader)
    if keys.is_complainant(one.reader):
        return labels.reader.text("effects.to_complainant")
    return labels.role(one.reader)


def _line(one: EffectView, labels: CaseLabels, to: str, active: set[str]) -> EffectLine:
    reader, calendar = labels.reader, labels.policy.calendar
    return EffectLine(
        event=one.event,
        recorded_at=one.recorded_at,
        reader=one.reader,
        way=one.way,
        number=one.number if keys.is_case_number(one.number) else "",
        at=time_text(calendar, reader, one.recorded_at),
        what=_about(one, labels),
        to=to,
        state=one.state,
        why="" if one.why is None else why_text(one.why, reader),
        next_at="" if one.next_try_at is None else time_text(calendar, reader, one.next_try_at),
        again=one.state in _AGAIN.get(one.way, ()) and (one.way != "webhook" or one.reader in active),
        key=str(uuid.uuid4()),
    )


def _about(one: EffectView, labels: CaseLabels) -> str:
    """A webhook gets an event. What people get has the name of its text in the policy."""
    if one.about in EVENT_TERMS:
        return labels.reader.label(event_label(labels.policy.document, one.about).to_json())
    return labels.reader.text("effects.notice", name=one.about)
