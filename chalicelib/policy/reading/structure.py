"""The structure of a document: every value that is missing, unknown or of the wrong kind, at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

import msgspec

from chalicelib.decoding import InvalidValue, invalid_values, is_struct
from chalicelib.policy.language.model import Clock, PolicyDocument, Task
from chalicelib.policy.language.points import Threshold
from chalicelib.policy.reading import source_paths
from chalicelib.policy.reading.faults import MOST_FAULTS, Fault

_KINDS: dict[Any, tuple[str, str]] = {
    str: ("text", "文字"),
    int: ("a whole number", "整数"),
    bool: ("true or false", "true 或 false"),
    list: ("a list", "列表"),
    dict: ("a map", "键值结构"),
}


def faults(full: Mapping[str, Any]) -> list[Fault]:
    """Of a document in the full form; paths are those of the full form."""
    return list(islice(_faults(full), MOST_FAULTS))


def _faults(full: Mapping[str, Any]) -> Iterator[Fault]:
    seen = set()
    for wrong in invalid_values(full, PolicyDocument):
        if wrong.path not in seen:
            seen.add(wrong.path)
            yield _fault(wrong)


def _fault(wrong: InvalidValue) -> Fault:
    if wrong.why == "unknown":
        return Fault(wrong.path, "unknown-key", known=_members(wrong.expected))
    if wrong.why == "missing":
        name = str(wrong.path[-1])
        kind = next(field.type for field in msgspec.structs.fields(wrong.expected) if field.encode_name == name)
        en, zh = expected(kind)
        return Fault(wrong.path, "missing", name=_as_written(wrong.expected, name), expected=en, expected_zh=zh)
    en, zh = expected(wrong.expected)
    return Fault(wrong.path, "wrong-kind", expected=en, expected_zh=zh, reason=wrong.message)


def _members(struct: Any) -> list[str]:
    return [_as_written(struct, field.encode_name) for field in msgspec.structs.fields(struct)]


def _as_written(struct: Any, name: str) -> str:
    return source_paths.AS_WRITTEN.get(name, name) if struct in (Clock, Task, Threshold) else name


def expected(kind: Any) -> tuple[str, str]:
    """What a value of this type is called, in English and in Chinese."""
    if get_origin(kind) is Literal:
        choices = ", ".join(str(one) for one in get_args(kind))
        return (f"one of: {choices}", f"以下之一：{choices}") if len(get_args(kind)) > 1 else (choices, choices)
    if get_origin(kind) in (Union, UnionType):
        found = [expected(one) for one in get_args(kind) if one is not NoneType]
        return " or ".join(en for en, _ in found), "或".join(zh for _, zh in found)
    plain = get_origin(kind) or kind
    return _KINDS[dict] if is_struct(plain) else _KINDS.get(plain, ("a value", "一个值"))
