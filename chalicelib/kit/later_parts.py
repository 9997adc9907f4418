"""Items that a later release has written: what this one does not know is kept in their parts, and written back.

Only an item whose form has a later version than the program's (`store.stored_form`) is searched for it. Reading and
writing any other one is one step, and does not import this module.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, Literal, TypeVar, get_args, get_origin

import msgspec
from msgspec import UnsetType
from msgspec.structs import force_setattr

from chalicelib.kit.decoding import LATER, Later, Path, StoredPart, fields_of, invalid_values

_Part = TypeVar("_Part")


def decode_later(text: str | bytes, kind: type[_Part], version: int) -> _Part:
    """An item of this later version. Unknown members are kept. Unknown values of an enumeration are read as they are.

    Raises `msgspec.DecodeError` for other values that do not have the type, and for text that is no JSON.
    """
    try:
        part, words = msgspec.json.decode(text, type=kind), list[Path]()
    except msgspec.ValidationError:
        part, words = _with_words(msgspec.json.decode(text), kind)
    _keep(part, msgspec.json.decode(text))
    for outermost in _outermost(part):
        own = {} if isinstance(outermost.later, UnsetType) else outermost.later.fields
        pointers = ["".join(f"/{step}" for step in path) for path in words]
        force_setattr(outermost, "later", Later(own, version, pointers))
    return part


def decode_words(text: str, kind: type[_Part]) -> _Part:
    """A part that is not written back, with unknown values of an enumeration as they are. Raises as `decode_later`."""
    return _with_words(msgspec.json.decode(text), kind)[0]


def _with_words(raw: Any, kind: type[_Part]) -> tuple[_Part, list[Path]]:
    """The part, and the places of its unknown words. They stand in for known ones until it is made."""
    wrong = list(invalid_values(raw, kind))
    for one in (one for one in wrong if one.why == "unknown"):  # of a struct that requests have too
        del _at(raw, one.path[:-1])[one.path[-1]]
    known = {one.path: word for one in wrong if (word := next(_words(one.expected), None))}
    found = {path: word for path in known if isinstance(word := _at(raw, path), str)}
    for path in found:
        _set(raw, path, known[path])
    part = msgspec.json.decode(msgspec.json.encode(raw), type=kind)  # `convert` makes no `Raw`
    for path, word in found.items():
        _set(part, path, word)
    return part, list(found)


def _outermost(part: Any) -> Iterator[StoredPart]:
    """The part itself or, for a list or a table of parts, each of them."""
    if isinstance(part, StoredPart):
        yield part
    elif isinstance(part, list | dict):
        members = part if isinstance(part, list) else part.values()
        yield from (one for one in members if isinstance(one, StoredPart))


def keep(part: _Part, raw: Any) -> _Part:
    """The part, which was made of this JSON, with the members of it that the program does not know."""
    _keep(part, raw)
    return part


def encode(value: Any) -> tuple[str, Later]:
    """JSON with what was kept in its places; `version` and `words` of the item."""
    kept = [one.later for one in _outermost(value) if not isinstance(one.later, UnsetType)]
    text = msgspec.json.encode(with_kept(msgspec.json.decode(msgspec.json.encode(value)))).decode()
    return text, Later({}, max((one.version for one in kept), default=0), [word for one in kept for word in one.words])


def with_kept(raw: Any) -> Any:
    """JSON of parts, with what they have kept in its places."""
    if isinstance(raw, list):
        return [with_kept(one) for one in raw]
    if not isinstance(raw, dict):
        return raw
    members = {name: with_kept(one) for name, one in raw.items() if name != LATER}
    return {**members, **raw.get(LATER, {}).get("fields", {})}


def without_kept(text: bytes) -> bytes:
    """JSON of parts as this release knows them, for answers and for items that keep nothing."""
    return msgspec.json.encode(_without_kept(msgspec.json.decode(text)))


def _without_kept(raw: Any) -> Any:
    if isinstance(raw, list):
        return [_without_kept(one) for one in raw]
    if not isinstance(raw, dict):
        return raw
    later = raw.get(LATER, {})
    shown = later["fields"] if later.get("shown") else {}
    return {**{name: _without_kept(one) for name, one in raw.items() if name != LATER}, **shown}


def _words(expected: Any) -> Iterator[str]:
    """The values of an enumeration, also of one that may be absent."""
    if get_origin(expected) is Literal:
        yield from (one for one in get_args(expected) if isinstance(one, str))
    elif get_args(expected):
        yield from chain.from_iterable(map(_words, get_args(expected)))


def _keep(part: Any, raw: Any) -> None:
    if isinstance(part, msgspec.Struct) and isinstance(raw, dict):
        fields = {field.encode_name: field.name for field in fields_of(type(part))}
        for name, member in raw.items():
            if name in fields:
                _keep(getattr(part, fields[name]), member)
        unknown = {name: member for name, member in raw.items() if name not in fields}
        if unknown and isinstance(part, StoredPart):
            force_setattr(part, "later", Later(unknown))
    elif isinstance(part, dict) and isinstance(raw, dict):
        for name, member in part.items():
            _keep(member, raw.get(name))
    elif isinstance(part, Sequence) and isinstance(raw, list):
        for member, raw_member in zip(part, raw, strict=False):
            _keep(member, raw_member)


def _at(value: Any, path: Path) -> Any:
    for step in path:
        value = getattr(value, _name(value, step)) if isinstance(value, msgspec.Struct) else value[step]
    return value


def _set(value: Any, path: Path, word: str) -> None:
    parent, step = _at(value, path[:-1]), path[-1]
    if isinstance(parent, msgspec.Struct):
        force_setattr(parent, _name(parent, step), word)
    else:
        parent[step] = word


def _name(part: msgspec.Struct, step: str | int) -> str:
    return next(field.name for field in fields_of(type(part)) if field.encode_name == step)
