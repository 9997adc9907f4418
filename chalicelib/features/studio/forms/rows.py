"""What forms edit, as data: one row for each list of items, with the fields of an item.

A row carries everything: where the values stand in the written document, and the kind of each (`kind`), with how a page
asks for it, an edit writes it and a change is said. The texts `studio.item.<name>` and `studio.field.<key>` name it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from chalicelib.features.studio.forms import kinds
from chalicelib.features.studio.forms.kinds import InputKind
from chalicelib.features.studio.forms.limit_kinds import LIMIT, RULES
from chalicelib.features.studio.forms.written import ABSENT, Path, value_at
from chalicelib.policy.language.values.fact_kinds import OF_DOCUMENTS

EACH = "*"
"""In the path of a list: each member at this place has one."""


class ItemField(msgspec.Struct, frozen=True):
    """`path`: below the item; empty if the item itself is the value. `options`: the possible values, or the name of a
    part of the document that has them (`options`). `main`: said without its name."""

    key: str
    path: Path
    kind: InputKind
    options: tuple[str, ...] | str = ()
    main: bool = False


class ItemRow(msgspec.Struct, frozen=True, kw_only=True):
    """`path`: of the map or list of the items. `alone`: it is one item itself. `keyed`: an item is called by its key.
    `rekeyed`: the key is a value, which the form has as an input.
    `new`: what a new item begins with."""

    section: str
    name: str
    path: Path
    fields: tuple[ItemField, ...]
    alone: bool = False
    keyed: bool = False
    rekeyed: bool = False
    new: Any = {}


_NAMED = (ItemField("label", (), kinds.OWN_LABEL, main=True),)
_FACT = (
    *_NAMED,
    ItemField("fact_kind", ("kind",), kinds.CHOICE, tuple(OF_DOCUMENTS)),
    ItemField("required", ("required",), kinds.SWITCH, ("true", "false")),
    ItemField("holder", ("holder",), kinds.CHOICE, ("complainant", "respondent", "content", "internal")),
    ItemField("most", ("most",), kinds.NUMBER),
)
_CALENDAR = (
    ItemField("timezone", ("timezone",), kinds.TEXT),
    ItemField("hours", ("hours",), kinds.TIMES),
    ItemField("holidays", ("holidays",), kinds.CHOICE, "holidays"),
    ItemField("closed", ("closed",), kinds.LINES),
    ItemField("open", ("open",), kinds.TIMES),
    ItemField("day_ends", ("day_ends",), kinds.CHOICE, ("close", "midnight")),
    ItemField("last_day", ("last_day",), kinds.CHOICE, ("same day", "next working day", "previous working day")),
)
_CLOCK = (
    ItemField("name", ("name",), kinds.LABEL),
    ItemField("from", ("from",), kinds.NAMES, "starting_events"),
    ItemField("until", ("until",), kinds.NAMES, "events"),
    ItemField("within", ("within",), RULES, main=True),
    ItemField("warn", ("warn",), kinds.LINES),
    ItemField("missed", ("missed",), kinds.MISSED, "missed"),
    ItemField("duty", ("duty",), kinds.CHOICE, ("office", "complainant", "respondent", "service")),
    ItemField("tells_missed", ("tells_missed",), kinds.CHOICE, ("complainant",)),
    ItemField("paused_in", ("paused_in",), kinds.NAMES, "stages"),
    ItemField("calendar", ("calendar",), kinds.CHOICE, "calendars"),
    ItemField("silence", ("silence", "asked"), kinds.CHOICE, "tasks"),
    ItemField("public_name", ("public_name",), kinds.LABEL),
    ItemField("public_actor", ("public_actor",), kinds.LABEL),
    ItemField("clause", ("clause",), kinds.TEXT),
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
            *_NAMED,
            ItemField("for", ("for",), kinds.CHOICE, "roles"),
            ItemField("task_within", ("within",), LIMIT),
            ItemField("every", ("every",), LIMIT),
            ItemField("clause", ("clause",), kinds.TEXT),
        ),
    ),
    ItemRow(section="calendar", name="calendar", path=("calendar",), fields=_CALENDAR, alone=True),
    ItemRow(section="calendar", name="further_calendar", path=("calendars",), fields=_CALENDAR),
    ItemRow(section="people", name="role", path=("people",), fields=_NAMED),
    ItemRow(
        section="people",
        name="tier",
        path=("tiers",),
        fields=(
            ItemField("roles", ("roles",), kinds.NAMES, "roles", main=True),
            ItemField("acting", ("acting",), kinds.FLAG),
            ItemField("tier_within", ("within",), LIMIT),
            ItemField("again", ("again",), LIMIT),
        ),
    ),
    ItemRow(section="categories", name="channel", path=("intake", "channels"), fields=_NAMED),
    ItemRow(section="categories", name="category", path=("intake", "categories", EACH), fields=_NAMED),
    ItemRow(section="categories", name="severity", path=("severity", "classes"), fields=_NAMED),
    ItemRow(section="categories", name="fact", path=("intake", "facts"), fields=_FACT),
    ItemRow(section="categories", name="choice", path=("intake", "facts", EACH, "choices"), fields=_NAMED),
    ItemRow(section="grounds", name="ground", path=("intake", "refusals"), fields=_NAMED),
    ItemRow(section="grounds", name="condition", path=("intake", "conditions"), fields=_NAMED),
    ItemRow(
        section="wordings",
        name="wording",
        path=("wording",),
        keyed=True,
        fields=(ItemField("texts", (), kinds.OWN_TEXTS, main=True), ItemField("topic", ("topic",), kinds.LABEL)),
    ),
    ItemRow(
        section="publicity",
        name="notices",
        path=("publicity", "notices"),
        alone=True,
        fields=(
            ItemField("delay", ("delay",), LIMIT),
            ItemField("objection", ("objection", "within"), LIMIT),
            ItemField("consent", ("consent",), kinds.CHOICE, ("complainant", "none")),
            ItemField("shows", ("shows",), kinds.LINES),
            ItemField("audience", ("audience",), kinds.CHOICE, _AUDIENCE),
        ),
    ),
    ItemRow(
        section="publicity",
        name="results",
        path=("publicity", "results"),
        alone=True,
        fields=(
            ItemField("shows", ("shows",), kinds.LINES),
            ItemField("audience", ("audience",), kinds.CHOICE, _AUDIENCE),
        ),
    ),
    ItemRow(
        section="publicity",
        name="figures",
        path=("publicity", "figures"),
        alone=True,
        fields=(
            ItemField("period", ("every",), kinds.CHOICE, ("month", "quarter", "year")),
            ItemField("figures", ("shows",), kinds.NAMES, ("received", "met", "missed")),
            ItemField("audience", ("audience",), kinds.CHOICE, _AUDIENCE),
        ),
    ),
    ItemRow(
        section="contact",
        name="contact",
        path=("contact",),
        alone=True,
        fields=(
            ItemField("phone", ("phone",), kinds.TEXT),
            ItemField("email", ("email",), kinds.TEXT),
            ItemField("address", ("address",), kinds.LABEL),
            ItemField("contact_hours", ("hours",), kinds.LABEL),
            ItemField("outside", ("outside",), kinds.OWN_LABEL),
            ItemField("url", ("outside", "url"), kinds.TEXT),
        ),
    ),
    ItemRow(
        section="contact",
        name="retention",
        path=("retention",),
        alone=True,
        fields=(ItemField("kept", ("closed",), LIMIT, main=True),),
    ),
    ItemRow(
        section="points",
        name="points",
        path=("points", "values"),
        fields=(ItemField("points", (), kinds.NUMBER, main=True),),
    ),
    ItemRow(
        section="points",
        name="threshold",
        path=("points", "at"),
        keyed=True,
        rekeyed=True,
        fields=(ItemField("task", (), kinds.CHOICE, "tasks", main=True),),
    ),
    ItemRow(
        section="points",
        name="window",
        path=("points",),
        alone=True,
        fields=(
            ItemField("window", ("window",), LIMIT, main=True),
            ItemField("scores", ("on",), kinds.NAMES, "events"),
            ItemField("counts", ("counts",), kinds.CHOICE, ("first", "latest")),
            ItemField("clause", ("clause",), kinds.TEXT),
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
