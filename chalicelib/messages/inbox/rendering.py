"""The text of an in-app message: the policy's wording with its placeholders filled, in zh and en."""

from __future__ import annotations

import re
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from chalicelib.complaints.envelope import Event
from chalicelib.instants import from_instant, from_text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.default_wording import DEFAULT_WORDING
from chalicelib.policy.language.parts import Label
from chalicelib.store import keys

_PLACEHOLDER = r"\{(\w+)\}"


def render(policy: Policy, event: Event, number: str) -> dict[str, str]:
    """Return the text by language. A wording without English has its Chinese text under both languages."""
    wording = policy.document.wording.get(event.fields["wording"]) or DEFAULT_WORDING[event.fields["wording"]]
    return {
        language: _fill(getattr(wording, language) or wording.zh, _values(policy, event, number, language))
        for language in ("zh", "en")
    }


def _values(policy: Policy, event: Event, number: str, language: str) -> dict[str, str]:
    document = policy.document
    stage = document.stages.get(event.result["stage"])
    task = document.tasks.get(event.fields.get("task", ""))
    clock = document.clocks.get(event.fields.get("clock", "")) or document.tasks.get(event.fields.get("clock", ""))
    due = event.fields.get("due")
    return {
        "number": keys.unit_name(number),
        "unit": event.fields.get("unit", "—"),
        "role": "、".join(_label_text(document.people.get(role), role, language) for role in _roles(event)),
        "points": str(event.fields.get("points", "—")),
        "tier": str(event.result["tier"]),
        "stage": _label_text(stage.name if stage else None, event.result["stage"], language),
        "task": _label_text(task.name if task else None, "", language),
        "clock": _label_text(clock.name if clock else None, event.fields.get("clock", ""), language),
        "due": "—" if due is None else _local_time(due, document.calendar["timezone"]),
    }


def _roles(event: Event) -> list[str]:
    return [name for name in event.fields["to"] if name[0] != "@" and name != "complainant"]


def _label_text(label: Label | None, default: str, language: str) -> str:
    return default if label is None else getattr(label, language) or label.zh


def _local_time(text: str, zone: str) -> str:
    return from_instant(from_text(text)).astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")


def _fill(text: str, values: Mapping[str, str]) -> str:
    return re.sub(_PLACEHOLDER, lambda found: values.get(found[1], found[0]), text)
