"""An in-app message: the policy's wording with its placeholders filled, in zh and en."""

from __future__ import annotations

import re
from collections.abc import Mapping
from zoneinfo import ZoneInfo

import msgspec

from chalicelib.complaints.envelope import Event
from chalicelib.instants import Instant, from_instant, from_text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.default_wording import DEFAULT_WORDING
from chalicelib.policy.language.parts import Label
from chalicelib.store import keys
from chalicelib.store.port import Entry, Put

KIND = "message"
_PLACEHOLDER = r"\{(\w+)\}"


def tells(event: Event) -> bool:
    """Whether people are told by it: the act `notify` is recorded under the same name, and tells nobody by itself."""
    return event.type == "notified" and event.act is None


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """What the reader is shown. `id` is the `notified` event's, `about` the event that they are told of."""

    id: str
    number: str
    at: str
    about: str
    wording: str
    text: dict[str, str]


def put(tenant: str, reader: str, message: Message, written: Instant) -> Put:
    """The message as an item that is read by index `list` alone, and so is all row and no body."""
    return Put(
        Entry(
            key=keys.message(tenant, reader, message.id),
            kind=KIND,
            row=msgspec.json.encode(message).decode(),
            listed=keys.inbox_message(tenant, reader, written, message.at, message.id),
        )
    )


def text_of(policy: Policy, event: Event, number: str) -> dict[str, str]:
    """By language. A policy without English has its Chinese text under both."""
    wording = policy.document.wording.get(event.fields["wording"]) or DEFAULT_WORDING[event.fields["wording"]]
    return {
        language: _filled(getattr(wording, language) or wording.zh, _values(policy, event, number, language))
        for language in ("zh", "en")
    }


def _values(policy: Policy, event: Event, number: str, language: str) -> dict[str, str]:
    document = policy.document
    stage = document.stages.get(event.result["stage"])
    task = document.tasks.get(event.fields.get("task", ""))
    clock = document.clocks.get(event.fields.get("clock", "")) or document.tasks.get(event.fields.get("clock", ""))
    due = event.fields.get("due")
    return {
        "number": number.removeprefix(keys.UNIT),
        "unit": event.fields.get("unit", "—"),
        "role": "、".join(_said(document.people.get(role), role, language) for role in _roles(event)),
        "points": str(event.fields.get("points", "—")),
        "tier": str(event.result["tier"]),
        "stage": _said(stage.name if stage else None, event.result["stage"], language),
        "task": _said(task.name if task else None, "", language),
        "clock": _said(clock.name if clock else None, event.fields.get("clock", ""), language),
        "due": "—" if due is None else _local(due, document.calendar["timezone"]),
    }


def _roles(event: Event) -> list[str]:
    return [name for name in event.fields["to"] if name[0] != "@" and name != "complainant"]


def _said(label: Label | None, otherwise: str, language: str) -> str:
    return otherwise if label is None else getattr(label, language) or label.zh


def _local(text: str, zone: str) -> str:
    return from_instant(from_text(text)).astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")


def _filled(text: str, values: Mapping[str, str]) -> str:
    return re.sub(_PLACEHOLDER, lambda found: values.get(found[1], found[0]), text)
