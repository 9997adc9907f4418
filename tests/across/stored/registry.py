"""The forms of the program, and an item of each that the recorded stories leave in the store."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, is_typeddict

import msgspec
from msgspec.structs import replace

from chalicelib.casework.queue_row import QueueRow, VoidRow
from chalicelib.features.messages.inbox.message import Message
from chalicelib.features.practice.running import FORM as PRACTICES
from chalicelib.features.practice.running import StartedPractice, StartedPractices
from chalicelib.features.register.notice_view import NoticeView
from chalicelib.features.text_blocks import block
from chalicelib.features.text_blocks.block import BlockList, BlockRow, BlockVersion
from chalicelib.features.worklists.named_views import FORM as VIEWS
from chalicelib.features.worklists.named_views import NamedView, NamedViews
from chalicelib.jobs.job import JobRow
from chalicelib.kit.decoding import StoredPart, fields_of, is_struct
from chalicelib.store import keys
from chalicelib.store.keys import practice, programs, text_blocks
from chalicelib.store.port import Entry
from chalicelib.tenants.people import daily_readers
from chalicelib.tenants.people.daily_readers import DailyReader
from chalicelib.tenants.people.membership import PROGRAM_FORM, IssuedKey, ProgramAccount, StoredGrant
from infra.documents.page_parts import forms
from tests.across.recorded import files, playing
from tests.across.stored.later import UNKNOWN

PAGE = Path(__file__).resolve().parents[3] / "docs" / "data-model.md"
_LOOKUP = "#X#"
ROWS: dict[str, Any] = {
    "background-job": JobRow,
    "complaint": QueueRow,
    "message": Message,
    "notice": NoticeView,
    "void": VoidRow,
}
"""What index `list` shows of the items of a form."""


def documented() -> dict[str, tuple[int, bool]]:
    """The forms that the page lists: version, and whether their items keep what a later release has added."""
    rows = re.findall(r"^\| `([a-z -]+)` \| (\d+) \| (yes|no) \|$", PAGE.read_text("utf-8"), re.M)
    return {name: (int(version), keeps == "yes") for name, version, keeps in rows}


@cache
def left() -> dict[str, list[Entry]]:
    """All items that the stories leave, and samples, by name of their form; those without one by their kind."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for name in files.stories():
        for entry in playing.played(name).world.fakes.store.everything():
            found[name_of(entry)].append(entry)
    for entry in _of_no_story():
        found[name_of(entry)].append(entry)
    return found


def _of_no_story() -> Iterator[Entry]:
    """Items that no story writes."""
    view = NamedView(id="1", name="Late", address="tab=overdue", roles=["handler"], by="2")
    key = IssuedKey(id="1", server_key="k1", created=1, by="2", used=2)
    grants = [StoredGrant("handler", "east")]
    account = ProgramAccount(id="1", name="S", grants=grants, operations=["x"], created=1, by="2", until=3, keys=[key])
    yield PROGRAM_FORM.entry(programs.account("sample", "1"), account, version=1)
    yield daily_readers.FORM.entry(daily_readers.key("sample", "2"), DailyReader(told=0), version=1)
    yield VIEWS.entry(keys.queue_views_of("sample", "shared"), NamedViews(views=[view]), version=1)
    of = {"name": "Apology", "categories": ["goods"], "stages": ["registered"], "by": "2", "at": 1}
    row = BlockRow(id="1", version=1, language="en", **of)
    yield block.LIST.entry(text_blocks.listed("sample"), BlockList(blocks=[row]), version=1)
    yield block.VERSION.entry(
        text_blocks.version("sample", "1", 1), BlockVersion(language="en", text="sealed", **of), version=1
    )
    started = StartedPractice(id="practice-1", by="a", started=1, until=2)
    yield PRACTICES.entry(practice.listed("sample"), StartedPractices(practices=[started]), version=1)


def name_of(entry: Entry) -> str:
    of = entry.key.pk.partition(_LOOKUP)[2].partition("#")[0] if entry.kind == keys.LOOKUP_KIND else ""
    return f"{entry.kind} {of}".strip()


def richest(name: str) -> Entry:
    """The item with the most places."""
    return max(left()[name], key=lambda entry: len(set(_places(json.loads(entry.body)))))


def _places(value: Any, path: str = "") -> Iterator[str]:
    yield path
    if isinstance(value, list):
        for one in value:
            yield from _places(one, f"{path}[]")
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _places(one, f"{path}.{key}")


def structs(kind: Any) -> dict[type[msgspec.Struct], str]:
    """The structs in a type, each with the path of its first place. Their own names may change freely."""
    found: dict[type[msgspec.Struct], str] = {}
    seen: set[Any] = set()

    def walk(one: Any, path: str) -> None:
        if one in seen:
            return
        seen.add(one)
        if is_struct(one):
            found[one] = path
            for field in sorted(fields_of(one), key=lambda field: field.encode_name):
                if field.name != "later":
                    walk(field.type, f"{path}.{field.encode_name}")
        for inner in (*get_args(one), *getattr(one, "__annotations__", {}).values()):
            if not isinstance(inner, str):
                walk(inner, path)

    walk(kind, "")
    return found


def members(kind: Any) -> list[str]:
    """Each member of the structs in a type, with its type. The values of enumerations are part of it."""
    places = structs(kind)
    return sorted(
        f"{path}.{field.encode_name}: {_written(field.type, places)}"
        for struct, path in places.items()
        for field in fields_of(struct)
        if field.name != "later"
    )


def _written(kind: Any, places: Mapping[Any, str]) -> str:
    if is_struct(kind):
        return f"{{{places[kind]}}}"
    if is_typeddict(kind):
        return "dict"
    arguments = get_args(kind)
    if get_origin(kind) is Literal:
        return "one of " + ", ".join(sorted(map(str, arguments)))
    if arguments:
        named = getattr(get_origin(kind), "__name__", "")
        return f"{named}[{', '.join(_written(one, places) for one in arguments if one is not ...)}]"
    return str(getattr(kind, "__name__", kind))


def keeps_unknown(struct: type[msgspec.Struct]) -> bool:
    """Positional structs get no members."""
    return issubclass(struct, StoredPart) or struct.__struct_config__.array_like


def places_of_words(name: str) -> list[str]:
    """JSON Pointers to the values of enumerations in one of the stored items of the form, each kind of place once."""
    found = {}
    for entry in left()[name]:
        raw = json.loads(entry.body)
        for pointer, kind in _words(raw, forms()[name].body):
            found.setdefault(kind, pointer)
    return sorted(found.values())


def with_word(name: str, pointer: str, word: str, form: int) -> Entry:
    """A stored item that has a value at this place, with another one there."""
    for entry in left()[name]:
        raw = json.loads(entry.body)
        if pointer in words_in(raw, forms()[name].body):
            set_at(raw, pointer, word)
            return replace(entry, body=json.dumps(raw), form=form)
    raise LookupError(pointer)


def words_in(raw: Any, kind: Any) -> list[str]:
    """JSON Pointers to the values of enumerations."""
    return list(dict(_words(raw, kind)))


def set_at(raw: Any, pointer: str, value: Any) -> None:
    *steps, last = pointer.split("/")[1:]
    for step in steps:
        raw = raw[int(step)] if isinstance(raw, list) else raw[step]
    raw[int(last) if isinstance(raw, list) else last] = value


def grown(body: Any, kind: Any) -> Any:
    """The body with an unknown member in each object that is a part. A table, such as `flags`, has its own names."""
    return _grow(body, msgspec.json.decode(json.dumps(body), type=kind))


def _grow(raw: Any, part: Any) -> Any:
    if isinstance(part, StoredPart) and isinstance(raw, dict):
        named = {field.encode_name: field.name for field in fields_of(type(part))}
        return {**{key: _grow(one, getattr(part, named[key])) for key, one in raw.items()}, **UNKNOWN}
    if isinstance(part, dict) and isinstance(raw, dict):
        return {key: _grow(one, part[key]) for key, one in raw.items()}
    if isinstance(part, list) and isinstance(raw, list):
        return [_grow(one, member) for one, member in zip(raw, part, strict=True)]
    return raw


def _words(raw: Any, kind: Any, path: str = "", place: str = "") -> Iterator[tuple[str, str]]:
    """The pointer of each value of an enumeration, and its place in the type."""
    if get_origin(kind) is Literal:
        if isinstance(raw, str):
            yield path, place
    elif is_struct(kind) and isinstance(raw, dict):
        for field in fields_of(kind):
            if field.encode_name in raw:
                where = f"{kind.__name__}.{field.encode_name}"
                yield from _words(raw[field.encode_name], field.type, f"{path}/{field.encode_name}", where)
    elif get_origin(kind) in (list, dict):
        members = enumerate(raw) if isinstance(raw, list) else raw.items() if isinstance(raw, dict) else ()
        for step, one in members:
            yield from _words(one, get_args(kind)[-1], f"{path}/{step}", f"{place}[]")
    elif get_origin(kind) in (Union, UnionType, Annotated):
        for one in get_args(kind):
            yield from _words(raw, one, path, place)
