"""What a message says of due times that have moved: the deadline, its old and new time, and the reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.complaints.envelope import Event
from chalicelib.features.messages.inbox import stated
from chalicelib.features.messages.inbox.message_source import MessageSource
from chalicelib.kit import catalogue
from chalicelib.kit.instants import from_text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.wording.own_terms import event_label
from chalicelib.policy.worktime.explaining import before_text

_Move = Mapping[str, Any]


def joined(notice: MessageSource, text: str, language: str) -> str:
    """The message's text, and behind it the moved times. Several with one reason give it once."""
    words, moved, parts = catalogue.words("due_moves", language), notice.event.fields["moved"], [text]
    for place, one in enumerate(moved):
        parts.append(words["moved"].format(**_times(notice, one, language)))
        if one.get("missed"):
            parts.append(words["missed"])
        is_last = place + 1 == len(moved) or _cause(moved[place + 1]) != _cause(one)
        why = _reason(notice.policy, notice.event, one, language)
        if is_last and why is not None:
            parts.append(words["reason"].format(why=notice.shown(why, language)))
    return ("" if language == "zh" else " ").join(parts)


def _times(notice: MessageSource, one: _Move, language: str) -> dict[str, str]:
    policy, name = notice.policy, one["deadline"].rpartition("/")[0]
    calendar = policy.calendar_of(one.get("calendar", ""))
    clock = stated.clock_name(policy.document, name, language, public=notice.reader == "complainant")
    return {
        "clock": notice.shown(clock, language),
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
