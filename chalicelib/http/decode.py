"""Values from outside into typed documents, with every fault at its place.

msgspec is fast and stops at the first error. Only when it refuses does a second pass go down value and type together
and ask msgspec again part by part, so that the two passes cannot disagree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import msgspec

from chalicelib.http.json_text import escape
from chalicelib.problem import Place, Problem

MOST_FAULTS = 100
"""More are not named: whoever sends so many has one cause to find."""
_LISTS = (list, tuple, set, frozenset)
_WHERE = re.compile(r" - at `.*`$")


def decode(value: Any, document: Any, *, kind: str = "invalid", prefix: str = "", strict: bool = True) -> Any:
    """An instance of `document`. Raises `Problem(kind)` with a place for each fault, pointers starting at `prefix`.

    With `strict=False` text is also read as number or boolean where the type asks for one, as queries need.
    """
    places = sorted(islice(_faults(value, document, prefix, strict), MOST_FAULTS), key=lambda place: place.pointer)
    if not places:
        return msgspec.convert(value, document, strict=strict)
    detail = "One value is not as it must be." if len(places) == 1 else f"{len(places)} values are not as they must be."
    raise Problem(kind, detail, places=places)


def _faults(value: Any, expected: Any, pointer: str, strict: bool) -> Iterator[Place]:
    """Lazily, so that a body of a hundred thousand faults costs no more than the ones that are named."""
    try:
        msgspec.convert(value, expected, strict=strict)
    except msgspec.ValidationError as error:
        own = Place(pointer, _WHERE.sub("", str(error)))
    else:
        return
    inner = chain(_member_faults(value, expected, pointer), _inner_faults(value, expected, pointer, strict))
    first = next(inner, None)
    yield first or own
    yield from inner


def _inner_faults(value: Any, expected: Any, pointer: str, strict: bool) -> Iterator[Place]:
    for part, part_type, where in _parts(value, expected, pointer):
        yield from _faults(part, part_type, where, strict)


def _parts(value: Any, expected: Any, pointer: str) -> Iterable[tuple[Any, Any, str]]:
    """The values inside `value`, each with its type and pointer."""
    expected = _chosen(value, expected)
    if isinstance(value, Mapping):
        return _members(value, expected, pointer)
    if isinstance(value, list) and get_origin(expected) in _LISTS:
        return ((part, kind, f"{pointer}/{index}") for index, (part, kind) in enumerate(_items(value, expected)))
    return ()


def _items(value: list[Any], expected: Any) -> Iterable[tuple[Any, Any]]:
    kinds = get_args(expected)
    if get_origin(expected) is tuple and kinds[-1] is not Ellipsis:
        return zip(value, kinds, strict=False)
    return ((part, kinds[0]) for part in value)


def _members(value: Mapping[str, Any], expected: Any, pointer: str) -> Iterator[tuple[Any, Any, str]]:
    if _is_struct(expected):
        for field in msgspec.structs.fields(expected):
            if field.encode_name in value:
                yield value[field.encode_name], field.type, f"{pointer}/{escape(field.encode_name)}"
    elif get_origin(expected) in (dict, Mapping) or getattr(get_origin(expected), "__name__", "") == "Mapping":
        key_type, member_type = get_args(expected)
        for name, member in value.items():
            yield name, key_type, f"{pointer}/{escape(name)}"
            yield member, member_type, f"{pointer}/{escape(name)}"


def _member_faults(value: Any, expected: Any, pointer: str) -> Iterator[Place]:
    """Members that are missing, and members that nobody knows."""
    expected = _chosen(value, expected)
    if not (isinstance(value, Mapping) and _is_struct(expected)):
        return
    fields = {field.encode_name: field for field in msgspec.structs.fields(expected)}
    config = expected.__struct_config__
    for name, field in fields.items():
        if field.required and name not in value:
            yield Place(f"{pointer}/{escape(name)}", "This member is required.")
    if config.forbid_unknown_fields:
        for name in value.keys() - fields.keys() - {config.tag_field}:
            yield Place(f"{pointer}/{escape(name)}", "No such member is known here.")


def _chosen(value: Any, expected: Any) -> Any:
    """The type without its annotations; of a union, the one member that a value of this shape can be meant for."""
    if get_origin(expected) is Annotated:
        return _chosen(value, get_args(expected)[0])
    if get_origin(expected) not in (Union, UnionType):
        return expected
    candidates = [_chosen(value, one) for one in get_args(expected) if one is not NoneType]
    fitting = [one for one in candidates if _fits(value, one)]
    return fitting[0] if len(fitting) == 1 else expected


def _fits(value: Any, expected: Any) -> bool:
    if _is_struct(expected):
        config = expected.__struct_config__
        tagged = config.tag_field is not None
        return isinstance(value, Mapping) and (not tagged or value.get(config.tag_field) == config.tag)
    shape: Any = get_origin(expected) or expected
    return isinstance(value, list) == (shape in _LISTS) and isinstance(value, Mapping) == (
        isinstance(shape, type) and issubclass(shape, Mapping)
    )


def _is_struct(expected: Any) -> bool:
    return isinstance(expected, type) and issubclass(expected, msgspec.Struct)
