"""Validation of input against typed documents: reports every fault, with its path. Bases of structs that are decoded.

msgspec is fast but stops at the first error. Only if it rejects a value, a second pass walks through value and type and
validates each part with msgspec again, so the two passes always agree. What msgspec cannot check, that a reader sees
something of a text (`SEEN`), is checked in each part that it accepts.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, TypeVar, Union, get_args, get_origin

import msgspec

JsonValue = Annotated[Any, msgspec.Meta(description="Any JSON value.")]
"""For members that have no schema of their own."""

Path = tuple[str | int, ...]
_Extended = TypeVar("_Extended", bound=msgspec.Struct)
_LISTS = (list, tuple, set, frozenset)
_PATH = " - at `"
"""Begins the end of msgspec's messages, which repeats the path."""


class RequestDocument(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of every request body and query string. Unknown keys are refused."""


def extended_by(fields: Iterable[tuple[str, Any, Any]]) -> Callable[[type[_Extended]], type[_Extended]]:
    """Adds the fields that a registry has (name, type, default) to a struct. mypy does not know them."""

    def extended(base: type[_Extended]) -> Any:
        named = {"__doc__": base.__doc__, "__module__": base.__module__}
        return msgspec.defstruct(base.__name__, list(fields), bases=(base,), namespace=named, frozen=True, kw_only=True)

    return extended


class Later(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a later release has written into a part. `version` and `words` are those of the whole item."""

    fields: dict[str, Any] = {}
    """The members that the program does not know, as JSON."""
    version: int = 0
    """The version of the item's form."""
    words: list[str] = []
    """JSON Pointers to values that are not among those that the program knows for their places."""
    shown: bool = False
    """True in a record, whose reader hashes its events again: answers have the members too."""


LATER = f"later {secrets.token_hex(8)}"
"""The key of `StoredPart.later` in JSON that is not stored yet. Random, since a policy may give a fact any name."""
LATER_MARK = f'"{LATER}":'.encode()
"""Is in the JSON of parts that have kept anything."""


class StoredPart(msgspec.Struct, frozen=True, kw_only=True):
    """Base of every struct that is stored as a JSON object. Parts keep what a later release has added to them.

    `msgspec.structs.replace` keeps `later`. `later_parts` reads it and writes it back.
    """

    later: Later | msgspec.UnsetType = msgspec.field(default=msgspec.UNSET, name=LATER)


CASE_NUMBER = "[0-9]{6}-[0-9]{6}"
"""Of a complaint, such as 202611-000001. A regular expression."""
CaseNumber = Annotated[str, msgspec.Meta(pattern=f"^{CASE_NUMBER}$")]


class _Mark:
    """No part of a schema: neither msgspec nor a reader of the API knows it."""


SEEN: Final = _Mark()
"""Beside a `str` in `Annotated`: the decoder refuses a text of which a reader sees nothing."""
SeenText = Annotated[str, msgspec.Meta(min_length=1), SEEN]
"""Every text that a request must not leave empty: names too, since messages and lists show them."""


def whole_number(text: str) -> int | None:
    """Of up to nine ASCII digits; None for any other text. `int` fails for more than 4,300, and reads other scripts."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


UNSEEN = "must have a character that can be seen"


def is_seen(text: str) -> bool:
    if re.search("[!-~\u4e00-\u9fff]", text):  # most texts need no tables
        return True
    from chalicelib.kit.web_addresses.folding import is_blank  # a megabyte of tables that most requests do not need

    return not is_blank(text)


class InvalidValue(msgspec.Struct, frozen=True):
    """One invalid value. `expected`: its type; for a missing or unknown key, the struct."""

    path: Path
    why: Literal["missing", "unknown", "value"]
    message: str
    expected: Any


def invalid_values(value: Any, expected: Any, *, path: Path = (), strict: bool = True) -> Iterator[InvalidValue]:
    """Yields the invalid values lazily, so that the caller can stop after some of them.

    With `strict=False`, text is also accepted for numbers and booleans.
    """
    try:
        msgspec.convert(value, expected, strict=strict)
    except msgspec.ValidationError as error:
        own = InvalidValue(path, "value", _without_path(str(error)), expected)
    else:
        if _asks_for_seen(expected):
            yield from _unseen_texts(value, expected, path)
        return
    inner = chain(_key_wrongs(value, expected, path), _inner_wrongs(value, expected, path, strict))
    first = next(inner, None)
    yield first or own
    yield from inner


def _without_path(message: str) -> str:
    return message.rpartition(_PATH)[0] if message.endswith("`") and _PATH in message else message


def _inner_wrongs(value: Any, expected: Any, path: Path, strict: bool) -> Iterator[InvalidValue]:
    for part, part_type, where in _parts(value, expected, path):
        yield from invalid_values(part, part_type, path=where, strict=strict)


def _unseen_texts(value: Any, expected: Any, path: Path) -> Iterator[InvalidValue]:
    """In a value that msgspec accepts."""
    if isinstance(value, str):
        if _is_marked(expected) and not is_seen(value):
            yield InvalidValue(path, "value", UNSEEN, expected)
        return
    for part, part_type, where in _parts(value, expected, path):
        yield from _unseen_texts(part, part_type, where)


def _is_marked(expected: Any) -> bool:
    """Whether a text of this type has the mark `SEEN`."""
    if get_origin(expected) is Annotated:
        return SEEN in expected.__metadata__ or _is_marked(get_args(expected)[0])
    return get_origin(expected) in (Union, UnionType) and any(map(_is_marked, get_args(expected)))


@cache
def _asks_for_seen(expected: Any) -> bool:
    """Whether the type has such a text anywhere. Only requests have: stored parts and policies are not searched."""
    within, known = [expected], set()
    while within:
        kind = within.pop()
        if _is_marked(kind):
            return True
        if kind not in known:
            known.add(kind)
            is_request = is_struct(kind) and issubclass(kind, RequestDocument)
            within += [field.type for field in fields_of(kind)] if is_request else get_args(kind)
    return False


def _parts(value: Any, expected: Any, path: Path) -> Iterable[tuple[Any, Any, Path]]:
    """The values inside `value`, each with its type and path."""
    expected = _chosen(value, expected)
    if isinstance(value, Mapping):
        return _members(value, expected, path)
    if isinstance(value, list) and get_origin(expected) in _LISTS:
        return ((part, kind, (*path, index)) for index, (part, kind) in enumerate(_items(value, expected)))
    return ()


def _items(value: list[Any], expected: Any) -> Iterable[tuple[Any, Any]]:
    kinds = get_args(expected)
    if get_origin(expected) is tuple and kinds[-1] is not Ellipsis:
        return zip(value, kinds, strict=False)
    return ((part, kinds[0]) for part in value)


def _members(value: Mapping[str, Any], expected: Any, path: Path) -> Iterator[tuple[Any, Any, Path]]:
    if is_struct(expected):
        for field in fields_of(expected):
            if field.encode_name in value:
                yield value[field.encode_name], field.type, (*path, field.encode_name)
    elif get_origin(expected) in (dict, Mapping) or getattr(get_origin(expected), "__name__", "") == "Mapping":
        key_type, member_type = get_args(expected)
        for name, member in value.items():
            yield name, key_type, (*path, name)
            yield member, member_type, (*path, name)


def _key_wrongs(value: Any, expected: Any, path: Path) -> Iterator[InvalidValue]:
    """Keys that are missing or unknown."""
    expected = _chosen(value, expected)
    if not (isinstance(value, Mapping) and is_struct(expected)):
        return
    fields = {field.encode_name: field for field in fields_of(expected)}
    config = expected.__struct_config__
    for name, field in fields.items():
        if field.required and name not in value:
            yield InvalidValue((*path, name), "missing", "This key is required.", expected)
    if config.forbid_unknown_fields:
        for name in value:
            if name not in fields and name != config.tag_field:
                yield InvalidValue((*path, name), "unknown", "This key is unknown here.", expected)


def _chosen(value: Any, expected: Any) -> Any:
    """The type without annotations. For a union: the alternative that fits the value's shape, if only one does."""
    if get_origin(expected) is Annotated:
        return _chosen(value, get_args(expected)[0])
    if get_origin(expected) not in (Union, UnionType):
        return expected
    candidates = [_chosen(value, one) for one in get_args(expected) if one is not NoneType]
    fitting = [one for one in candidates if _fits(value, one)]
    return fitting[0] if len(fitting) == 1 else expected


def _fits(value: Any, expected: Any) -> bool:
    if is_struct(expected):
        config = expected.__struct_config__
        tagged = config.tag_field is not None
        return isinstance(value, Mapping) and (not tagged or value.get(config.tag_field) == config.tag)
    shape: Any = get_origin(expected) or expected
    return isinstance(value, list) == (shape in _LISTS) and isinstance(value, Mapping) == (
        isinstance(shape, type) and issubclass(shape, Mapping)
    )


@cache
def fields_of(struct: type[msgspec.Struct]) -> tuple[msgspec.structs.FieldInfo, ...]:
    """msgspec reads the annotations again at each call, which takes a tenth of a millisecond."""
    return msgspec.structs.fields(struct)


def is_struct(expected: Any) -> bool:
    return isinstance(expected, type) and issubclass(expected, msgspec.Struct)
