"""Writes the full form of a document. The keys of `_IF_GIVEN` are written only where they are given."""

from __future__ import annotations

from typing import Any

import msgspec

from chalicelib.kit.decoding import fields_of
from chalicelib.policy.language.deadlines import Clock, Task
from chalicelib.policy.language.example import Example
from chalicelib.policy.language.facts import Fact
from chalicelib.policy.language.intake import Intake, Limitation
from chalicelib.policy.language.model import PolicyDocument, SampleComplaint, Severity, Tier
from chalicelib.policy.language.parts import ActorSelector, WordingText
from chalicelib.policy.language.points import Points
from chalicelib.policy.language.publicity import Supervision
from chalicelib.policy.language.stages import Act

_IF_GIVEN: dict[type, frozenset[str]] = {
    Severity: frozenset({"needs_sign"}),
    Act: frozenset({"late", "names", "undoes"}),
    ActorSelector: frozenset({"not", "same"}),
    Clock: frozenset({"calendar"}),
    Fact: frozenset({"bands", "consent", "given_by", "least", "role"}),
    Intake: frozenset({"filed_by", "received", "required"}),
    Limitation: frozenset({"calendar"}),
    Points: frozenset({"counts"}),
    PolicyDocument: frozenset({"calendars", "forms", "ledgers", "publicity", "supervision"}),
    SampleComplaint: frozenset({"unit"}),
    Supervision: frozenset({"remind", "within"}),
    Task: frozenset({"calendar", "of", "quarterly", "tells", "yearly"}),
    Tier: frozenset({"acting", "calendar"}),
    WordingText: frozenset({"topic"}),
}


def full_form(value: Any) -> Any:
    """The document, or a part of it, as plain values."""
    if isinstance(value, Example):
        return msgspec.to_builtins(value)
    if isinstance(value, msgspec.Struct):
        added = _IF_GIVEN.get(type(value), frozenset())
        return {
            field.encode_name: full_form(inner)
            for field in fields_of(type(value))
            if not _is_left_out(field, inner := getattr(value, field.name), added)
        }
    if isinstance(value, dict):
        return {key: full_form(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [full_form(inner) for inner in value]
    return value


def _is_left_out(field: msgspec.structs.FieldInfo, value: Any, added: frozenset[str]) -> bool:
    return field.encode_name in added and value in (None, False, [], {}, field.default)
