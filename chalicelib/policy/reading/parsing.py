"""Parses a policy document from plain values, and reports every structural fault at once.

Only documents that an author wrote are parsed here. A published document is in the full form already.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

import msgspec

from chalicelib.decoding import InvalidValue, invalid_values, is_struct
from chalicelib.policy.language.deadlines import Clock, Task
from chalicelib.policy.language.model import Ledger, PolicyDocument
from chalicelib.policy.language.points import Threshold
from chalicelib.policy.language.publicity import Inspection
from chalicelib.policy.reading import short_forms, source_paths
from chalicelib.policy.reading.faults import MAX_FAULTS, Fault, PolicyFault

_KINDS: dict[Any, tuple[str, str]] = {
    str: ("text", "文字"),
    int: ("a whole number", "整数"),
    float: ("a number", "数字"),
    bool: ("true or false", "true 或 false"),
    list: ("a list", "列表"),
    dict: ("a map", "键值结构"),
}
_LIMIT = ("one limit, such as `5 working days`", "一个期限，例如 `5 working days`")
_LIMIT_KEYS = frozenset(
    ("after", "delay", "due", "evidence_kept", "evidence_within", "limit", "most", "window", "within")
)


def parse(raw: Mapping[str, Any]) -> PolicyDocument:
    """Expands the short forms and decodes the document.

    Raises `PolicyFault` with one fault for each value that is missing, unknown or of the wrong kind; the paths are
    those of the full form.
    """
    full = short_forms.expand_document(dict(raw))
    try:
        return msgspec.convert(full, PolicyDocument)
    except msgspec.ValidationError as error:
        raise PolicyFault(list(islice(_structure_faults(full), MAX_FAULTS))) from error


def _structure_faults(full: Mapping[str, Any]) -> Iterator[Fault]:
    seen = set()
    for wrong in invalid_values(full, PolicyDocument):
        if wrong.path not in seen:
            seen.add(wrong.path)
            yield _fault(wrong)


def _fault(wrong: InvalidValue) -> Fault:
    if wrong.why == "unknown":
        return Fault(wrong.path, "unknown-key", known=_known_members(wrong.expected))
    if wrong.why == "missing":
        name = str(wrong.path[-1])
        kind = next(field.type for field in msgspec.structs.fields(wrong.expected) if field.encode_name == name)
        en, zh = _expected_kind(kind)
        return Fault(wrong.path, "missing", name=_written_name(wrong.expected, name), expected=en, expected_zh=zh)
    en, zh = _expected_kind(wrong.expected)
    if en == "text" and wrong.path[-1] in _LIMIT_KEYS:
        en, zh = _LIMIT
    return Fault(wrong.path, "wrong-kind", expected=en, expected_zh=zh, reason=wrong.message)


def _known_members(struct: Any) -> list[str]:
    return [_written_name(struct, field.encode_name) for field in msgspec.structs.fields(struct)]


def _written_name(struct: Any, name: str) -> str:
    return source_paths.AS_WRITTEN.get(name, name) if struct in (Clock, Inspection, Ledger, Task, Threshold) else name


def _expected_kind(kind: Any) -> tuple[str, str]:
    """Describes the kind of value that this type needs, in English and Chinese."""
    if get_origin(kind) is Literal:
        choices = ", ".join(str(one) for one in get_args(kind))
        return (f"one of: {choices}", f"以下之一：{choices}") if len(get_args(kind)) > 1 else (choices, choices)
    if get_origin(kind) in (Union, UnionType):
        found = [_expected_kind(one) for one in get_args(kind) if one is not NoneType]
        return " or ".join(en for en, _ in found), "或".join(zh for _, zh in found)
    plain = get_origin(kind) or kind
    return _KINDS[dict] if is_struct(plain) else _KINDS.get(plain, ("a value", "一个值"))
