"""Prepares a document for publishing: reads it, checks it, and encodes its full form as canonical JSON.

The keys of `_IF_GIVEN` are written only where they are given.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from chalicelib.kit import canonical
from chalicelib.kit.decoding import fields_of
from chalicelib.policy.checks.document import check
from chalicelib.policy.checks.hints import hints
from chalicelib.policy.language import shown_order
from chalicelib.policy.language.deadlines import Clock, Start, Task
from chalicelib.policy.language.example import Example
from chalicelib.policy.language.facts import Fact
from chalicelib.policy.language.intake import Intake, Limitation, LimitationPart
from chalicelib.policy.language.model import Points, PolicyDocument, SampleComplaint, Severity, Tier
from chalicelib.policy.language.parts import ActorSelector, PeopleSelector, WordingText
from chalicelib.policy.language.publicity import Supervision
from chalicelib.policy.language.stages import Act, NotificationRule
from chalicelib.policy.reading import bounds, near_words, source_paths
from chalicelib.policy.reading.bounds import MAX_BYTES
from chalicelib.policy.reading.faults import Fault, PolicyFault
from chalicelib.policy.reading.source import Source, to_source

_IF_GIVEN: dict[type, frozenset[str]] = {
    Severity: frozenset({"lowering", "needs_sign"}),
    Act: frozenset({"late", "most_total", "names", "sets_unit", "undoes"}),
    ActorSelector: frozenset({"not", "same"}),
    Clock: frozenset(
        {"calendar", "duty", "follows_unit", "public_actor", "public_name", "silence", "starts", "tells_missed"}
    ),
    Start: frozenset({"fact"}),
    Fact: frozenset({"bands", "consent", "given_by", "least", "most", "role", "sum"}),
    Intake: frozenset({"category_names", "chosen_by_staff", "filed_by", "received", "repeats", "required", "web"}),
    NotificationRule: frozenset({"way"}),
    Limitation: frozenset({"calendar", "earlier of", "later of", "latest", "within"}),
    LimitationPart: frozenset({"calendar"}),
    PeopleSelector: frozenset({"of"}),
    Points: frozenset({"counts"}),
    PolicyDocument: frozenset({"calendars", "contact", "forms", "ledgers", "order", "publicity", "supervision"}),
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
    if field.default is None:  # an empty list is given there
        return field.encode_name in added and value is None
    return field.encode_name in added and value in (None, False, [], {}, field.default)


class Publishable(msgspec.Struct, frozen=True):
    """A checked document. `body` is the canonical JSON of its full form, at most 256 KiB."""

    document: PolicyDocument
    body: bytes
    hints: tuple[Fault, ...] = ()
    """What the author may not have meant. Hints do not block publication."""


def prepare(document: Mapping[str, Any] | str) -> Publishable:
    """Checks a document given as plain values or as YAML text.

    Raises `PolicyFault` with all faults of the document; each has its path, and its line in a text.
    """
    return prepare_source(to_source(document))


def prepare_source(source: Source) -> Publishable:
    """Like `prepare`, for a document that has been read."""
    try:
        bounds.check_size(source.values)
        ready = _publishable(source.values)
    except PolicyFault as fault:
        raise PolicyFault([locate_fault(one, source) for one in fault.faults]) from fault
    return replace(ready, hints=tuple(locate_fault(one, source) for one in hints(ready.document)))


def locate_fault(fault: Fault, source: Source) -> Fault:
    """The fault with its path and spot in the document as the author wrote it, and the near word that mends it."""
    path = source_paths.source_path(source.values, fault.path, missing=fault.kind == "missing")
    if source.spots is None:
        return fault.at(path, None, None)
    return fault.at(path, source.spots.of(path), near_words.rewording(fault, path, source.spots))


def _publishable(raw: Mapping[str, Any]) -> Publishable:
    try:
        if len(msgspec.json.encode(raw)) > MAX_BYTES:
            raise PolicyFault([Fault((), "too-large", most=MAX_BYTES // 1024)])
        read = check(raw)
        checked = replace(read, order=shown_order.of(read))
        body = canonical.encode(full_form(checked))
    except ValueError as error:  # JSON cannot represent lone surrogates or non-finite numbers
        raise PolicyFault([Fault((), "no-json", reason=error)]) from error
    if len(body) > MAX_BYTES:
        raise PolicyFault([Fault((), "too-large", most=MAX_BYTES // 1024)])
    return Publishable(checked, body)
