"""What forms edit, as data: one row for each list of items, with the fields of an item.

A row carries everything: where the values stand in the written document, how a page asks for them, how an edit writes
them (`kinds`), and how a change is said (`sentences`). The texts `studio.item.<name>` and `studio.field.<key>` name it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from chalicelib.features.studio.forms.kinds import ABSENT, SHORT_FACTS
from chalicelib.policy.language.values.fact_kinds import OF_DOCUMENTS

Path = tuple[str | int, ...]
EACH = "*"
"""In the path of a list: each member at this place has one."""


class ItemField(msgspec.Struct, frozen=True):
    """`path`: below the item; empty if the item itself is the value. `options`: the possible values, or the name of a
    part of the document that has them (`options`). `main`: said without its name."""

    key: str
    path: Path
    kind: str
    options: tuple[str, ...] | str = ()
    main: bool = False


class ItemRow(msgspec.Struct, frozen=True, kw_only=True):
    """`path`: of the map or list of the items. `alone`: it is one item itself. `new`: what a new item begins with."""

    section: str
    name: str
    path: Path
    fields: tuple[ItemField, ...]
    alone: bool = False
    new: Any = {}


_LABEL = (ItemField("label", (), "own_label", main=True),)
_FACT = (
    *_LABEL,
    ItemField("fact_kind", ("kind",), "choice", tuple(OF_DOCUMENTS)),
    ItemField("required", ("required",), "switch", ("true", "false")),
    ItemField("holder", ("holder",), "choice", ("complainant", "respondent", "content", "internal")),
    ItemField("most", ("most",), "number"),
)
_CALENDAR = (
    ItemField("timezone", ("timezone",), "text"),
    ItemField("hours", ("hours",), "times"),
    ItemField("holidays", ("holidays",), "choice", "holidays"),
    ItemField("closed", ("closed",), "lines"),
    ItemField("open", ("open",), "times"),
    ItemField("day_ends", ("day_ends",), "choice", ("close", "midnight")),
    ItemField("last_day", ("last_day",), "choice", ("same day", "next working day", "previous working day")),
)
_CLOCK = (
    ItemField("name", ("name",), "label"),
    ItemField("from", ("from",), "names", "starting_events"),
    ItemField("until", ("until",), "names", "events"),
    ItemField("within", ("within",), "rules", main=True),
    ItemField("warn", ("warn",), "lines"),
    ItemField("missed", ("missed",), "choice", ("escalate", "record")),
    ItemField("duty", ("duty",), "choice", ("office", "complainant", "respondent", "service")),
    ItemField("tells_missed", ("tells_missed",), "choice", ("complainant",)),
    ItemField("paused_in", ("paused_in",), "names", "stages"),
    ItemField("calendar", ("calendar",), "choice", "calendars"),
    ItemField("silence", ("silence", "asked"), "choice", "tasks"),
    ItemField("public_name", ("public_name",), "label"),
    ItemField("public_actor", ("public_actor",), "label"),
    ItemField("clause", ("clause",), "text"),
)
_AUDIENCE = ("public", "users")
_ITEMS = (
    ItemRow(
        section="deadlines",
        name="clock",
        path=("clocks",),
        fields=_CLOCK,
        new={"from": "registered", "until": "closed"},
    ),
    ItemRow(
        section="deadlines",
        name="task",
        path=("tasks",),
        fields=(
            *_LABEL,
            ItemField("for", ("for",), "choice", "roles"),
            ItemField("task_within", ("within",), "limit"),
            ItemField("every", ("every",), "limit"),
            ItemField("clause", ("clause",), "text"),
        ),
    ),
    ItemRow(section="calendar", name="calendar", path=("calendar",), fields=_CALENDAR, alone=True),
    ItemRow(section="calendar", name="further_calendar", path=("calendars",), fields=_CALENDAR),
    ItemRow(section="people", name="role", path=("people",), fields=_LABEL),
    ItemRow(
        section="people",
        name="tier",
        path=("tiers",),
        fields=(
            ItemField("roles", ("roles",), "names", "roles", main=True),
            ItemField("acting", ("acting",), "flag"),
            ItemField("tier_within", ("within",), "limit"),
            ItemField("again", ("again",), "limit"),
        ),
    ),
    ItemRow(section="categories", name="channel", path=("intake", "channels"), fields=_LABEL),
    ItemRow(section="categories", name="category", path=("intake", "categories", EACH), fields=_LABEL),
    ItemRow(section="categories", name="severity", path=("severity", "classes"), fields=_LABEL),
    ItemRow(section="categories", name="fact", path=("intake", "facts"), fields=_FACT),
    ItemRow(section="categories", name="choice", path=("intake", "facts", EACH, "choices"), fields=_LABEL),
    ItemRow(section="grounds", name="ground", path=("intake", "refusals"), fields=_LABEL),
    ItemRow(section="grounds", name="condition", path=("intake", "conditions"), fields=_LABEL),
    ItemRow(
        section="wordings",
        name="wording",
        path=("wording",),
        fields=(ItemField("texts", (), "own_texts", main=True), ItemField("topic", ("topic",), "label")),
    ),
    ItemRow(
        section="publicity",
        name="notices",
        path=("publicity", "notices"),
        alone=True,
        fields=(
            ItemField("delay", ("delay",), "limit"),
            ItemField("objection", ("objection", "within"), "limit"),
            ItemField("consent", ("consent",), "choice", ("complainant", "none")),
            ItemField("shows", ("shows",), "lines"),
            ItemField("audience", ("audience",), "choice", _AUDIENCE),
        ),
    ),
    ItemRow(
        section="publicity",
        name="results",
        path=("publicity", "results"),
        alone=True,
        fields=(ItemField("shows", ("shows",), "lines"), ItemField("audience", ("audience",), "choice", _AUDIENCE)),
    ),
    ItemRow(
        section="publicity",
        name="figures",
        path=("publicity", "figures"),
        alone=True,
        fields=(
            ItemField("period", ("every",), "choice", ("month", "quarter", "year")),
            ItemField("figures", ("shows",), "names", ("received", "met", "missed")),
            ItemField("audience", ("audience",), "choice", _AUDIENCE),
        ),
    ),
    ItemRow(
        section="contact",
        name="contact",
        path=("contact",),
        alone=True,
        fields=(
            ItemField("phone", ("phone",), "text"),
            ItemField("email", ("email",), "text"),
            ItemField("address", ("address",), "label"),
            ItemField("contact_hours", ("hours",), "label"),
            ItemField("outside", ("outside",), "own_label"),
            ItemField("url", ("outside", "url"), "text"),
        ),
    ),
    ItemRow(
        section="contact",
        name="retention",
        path=("retention",),
        alone=True,
        fields=(ItemField("kept", ("closed",), "limit", main=True),),
    ),
    ItemRow(
        section="points",
        name="points",
        path=("points", "values"),
        fields=(ItemField("points", (), "number", main=True),),
    ),
    ItemRow(
        section="points",
        name="window",
        path=("points",),
        alone=True,
        fields=(
            ItemField("window", ("window",), "limit", main=True),
            ItemField("counts", ("counts",), "choice", ("first", "latest")),
        ),
    ),
)
SECTIONS = tuple(dict.fromkeys(row.section for row in _ITEMS))


def rows(section: str | None = None) -> tuple[ItemRow, ...]:
    return tuple(row for row in _ITEMS if section in (None, row.section))


def in_document(document: Any, row: ItemRow) -> Iterator[ItemRow]:
    """The row for each place that its path names, with the path of that place. A part that is not there has none."""
    yield from (msgspec.structs.replace(row, path=path) for path in _paths(document, row.path))


def _paths(value: Any, path: Path, before: Path = ()) -> Iterator[Path]:
    if EACH not in path:
        yield (*before, *path)
        return
    at = path.index(EACH)
    holder = value_at(value, path[:at])
    for key in holder if isinstance(holder, Mapping) else ():
        inner = value_at(holder[key], path[at + 1 :]) if EACH not in path[at + 1 :] else holder[key]
        if inner is not ABSENT:
            yield from _paths(holder[key], path[at + 1 :], (*before, *path[:at], key))


def value_at(value: Any, path: Path) -> Any:
    for step in path:
        if isinstance(value, Mapping):
            value = next((member for key, member in value.items() if str(key) == str(step)), ABSENT)
        elif isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
            value = value[step]
        else:
            return ABSENT
    return value


def members(document: Any, row: ItemRow) -> list[tuple[Path, Any]]:
    """The items with their paths. Labels can be a list of keys, each its own text: such items are not edited."""
    holder = value_at(document, row.path)
    if row.alone:
        return [] if holder is ABSENT else [(row.path, holder)]
    if isinstance(holder, Mapping):
        return [((*row.path, str(key)), value) for key, value in holder.items()]
    if isinstance(holder, list):
        return [((*row.path, at), value) for at, value in enumerate(holder) if isinstance(value, Mapping)]
    return []


def in_item(item: Any, path: Path) -> Any:
    return value_at(written_out(item), path) if path else item


def written_out(item: Any) -> Mapping[str, Any]:
    """An item that is written as one word or text, as the map that it stands for."""
    if isinstance(item, str):
        return {"required": item == SHORT_FACTS[0]} if item in SHORT_FACTS else {"zh": item}
    return item if isinstance(item, Mapping) else {}


def with_value(item: Any, path: Path, value: Any) -> Any:
    """The item with another value at the path; maps that become empty go, and maps that it lacks are made."""
    if not path:
        return value
    old = written_out(item)
    inner = with_value(value_at(old, path[:1]), path[1:], value)
    if inner is ABSENT or (inner == {} and len(path) > 1):
        return {key: member for key, member in old.items() if key != path[0]}
    return {**old, path[0]: inner}
