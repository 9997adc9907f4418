"""What a message says of due times that have moved: the deadline, its old and new time, and the reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.complaints.envelope import Event
from chalicelib.features.messages.inbox import stated
from chalicelib.kit import catalogue
from chalicelib.kit.instants import from_text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.wording.default_wording import ReaderKind
from chalicelib.policy.language.wording.own_terms import event_label
from chalicelib.policy.worktime.explaining import before_text

_Move = Mapping[str, Any]


def joined(policy: Policy, event: Event, reader: ReaderKind, text: str, language: str) -> str:
    """The message's text, and behind it the moved times. Several with one reason give it once."""
    words, moved, parts = catalogue.words("due_moves", language), event.fields["moved"], [text]
    for place, one in enumerate(moved):
        parts.append(words["moved"].format(**_times(policy, one, reader, language)))
        if one.get("missed"):
            parts.append(words["missed"])
        is_last = place + 1 == len(moved) or _cause(moved[place + 1]) != _cause(one)
        why = _reason(policy, event, one, language)
        if is_last and why is not None:
            parts.append(words["reason"].format(why=why))
    return ("" if language == "zh" else " ").join(parts)


def _times(policy: Policy, one: _Move, reader: ReaderKind, language: str) -> dict[str, str]:
    calendar, name = policy.calendar_of(one.get("calendar", "")), one["deadline"].rpartition("/")[0]
    return {
        "clock": stated.clock_name(policy.document, name, language, public=reader == "complainant"),
        "before": before_text(calendar, from_text(one["from"]), language),
        "now": before_text(calendar, from_text(one["to"]), language),
    }


def _cause(one: _Move) -> tuple[str, str | None]:
    return one["by"], one.get("why")


def _reason(policy: Policy, event: Event, one: _Move, language: str) -> str | None:
    """None if the message is about the event that moved it, whose name says it."""
    by, why = _cause(one)
    if why is not None:
        severity = event.result.get("severity") or ""
        classes = {} if policy.document.severity is None else policy.document.severity.classes
        name = stated.label_text(classes.get(severity), severity, language)
        return catalogue.words("due_moves", language)[why].format(severity=name)
    return None if event.fields["wording"] == by else stated.label_text(event_label(policy.document, by), by, language)
