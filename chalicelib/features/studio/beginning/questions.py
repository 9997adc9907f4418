"""The main choices of a written procedure as questions, each with the value that it asks for.

A part of the questions names rows of the forms (`forms.rows`) with the fields that are asked of each item. Which items
there are, and what is written in them, comes from the document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from chalicelib.features.studio.forms import filling, kinds, rows, sentences, targets
from chalicelib.features.studio.forms.inputs import FieldView
from chalicelib.features.studio.forms.kinds import Typed, normal
from chalicelib.features.studio.forms.options import WrittenChoices
from chalicelib.features.studio.forms.rows import EACH, ItemField, ItemRow
from chalicelib.features.studio.forms.written import ABSENT, Path, in_item, value_at
from chalicelib.kit.problem import pointer_of
from chalicelib.policy.editing import differences
from chalicelib.policy.editing.edits import Edit, RemoveMember
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT
from chalicelib.policy.reading.expansion import as_list

_BY = ItemField("by", ("by",), kinds.NAMES, "told")
_BY_ROLE = ItemField("by", ("by", "role"), kinds.CHOICE, "told")
_TELLS = ItemField("tells", ("tells",), kinds.NAMES, "told")
_TO = ItemField("tells", ("to",), kinds.NAMES, "told")
_TELLS_TO = ItemField("tells", ("tells", "to"), kinds.NAMES, "told")
_TITLE = ItemRow(
    section="", name="title", path=(), alone=True, fields=(ItemField("name", ("name",), kinds.LABEL, main=True),)
)
_INTAKE = ItemRow(section="", name="intake", path=("intake",), alone=True, fields=(_TELLS,))
_ACTS = (
    ItemRow(section="", name="act", path=("stages", EACH), fields=(_BY, _TELLS)),
    ItemRow(section="", name="act", path=("stages", EACH, "acts"), fields=(_BY, _TELLS)),
)


class QuestionPart(NamedTuple):
    """`asked`: names of rows, each with the keys of the fields that are asked; all if there are none. `form`: the
    section of the forms with what is not asked here."""

    name: str
    asked: Mapping[str, tuple[str, ...]]
    form: str


PARTS = (
    QuestionPart(
        "names",
        {"title": (), "contact": ("phone", "email", "address", "contact_hours"), "role": (), "channel": ()},
        "people",
    ),
    QuestionPart("times", {"calendar": ("timezone", "hours", "holidays", "closed", "last_day")}, "calendar"),
    QuestionPart("decides", {"act": ("by",)}, "people"),
    QuestionPart("limits", {"clock": ("within",), "tier": ("tier_within",)}, "deadlines"),
    QuestionPart("told", {"intake": (), "act": ("tells",)}, "wordings"),
    QuestionPart("published", {"notices": (), "results": (), "figures": ()}, "publicity"),
)


class AskedChoice(NamedTuple):
    """`path`: of the item."""

    row: ItemRow
    path: Path
    item: Any
    field: ItemField

    @property
    def name(self) -> str:
        """With which the names of its inputs begin."""
        return f"{pointer_of(self.path)}:{self.field.key}"

    @property
    def place(self) -> Path:
        return (*self.path, *self.field.path)


def part(name: str) -> QuestionPart | None:
    return next((one for one in PARTS if one.name == name), None)


def asked(document: Any, of: QuestionPart) -> list[AskedChoice]:
    found = [row for row in (_TITLE, _INTAKE, *rows.rows(), *_ACTS) if row.name in of.asked]
    order = list(of.asked)
    return [
        question
        for row in sorted(found, key=lambda one: order.index(one.name))
        for one in rows.in_document(document, row)
        for path, item in rows.members(document, one)
        for field in _fields(document, one, path, item)
        if not of.asked[row.name] or field.key in of.asked[row.name]
        for question in _with_own_texts(AskedChoice(one, path, item, field))
    ]


def _with_own_texts(whole: AskedChoice) -> Iterator[AskedChoice]:
    """Recipients can be a list, in which those with a text of their own are maps: each of these is asked about, too."""
    written = in_item(whole.item, whole.field.path)
    told = list(enumerate(written)) if whole.field is _TELLS and isinstance(written, list) else []
    own = [(at, one) for at, one in told if isinstance(one, Mapping) and "to" in one]
    if len(own) < len(told) or not told:
        yield whole
    for at, one in own:
        yield AskedChoice(whole.row, (*whole.path, "tells", at), one, _TO)


def _fields(document: Any, row: ItemRow, path: Path, item: Any) -> Iterator[ItemField]:
    """A limit that is written; of an act only if it ends a deadline. Its people can be written as a map
    (`{role: clerk, of: assigned}`)."""
    if row.name in ("clock", "tier"):
        yield from (field for field in row.fields if in_item(item, field.path) is not ABSENT)
    elif row.name != "act":
        yield from row.fields
    elif isinstance(item, Mapping) and EVENT_OF_ACT.get(str(path[-1])) in _ending(document):
        yield from _shaped(item, "by", _BY, _BY_ROLE)
        yield from _shaped(item, "tells", _TELLS, _TELLS_TO)


def _shaped(item: Mapping[str, Any], key: str, plain: ItemField, inner: ItemField) -> Iterator[ItemField]:
    written = item.get(key)
    if isinstance(written, Mapping):
        yield from [inner] if in_item(item, inner.path) is not ABSENT else []
    elif written:
        yield plain


def _ending(document: Any) -> set[str]:
    """The events that end deadlines."""
    clocks = value_at(document, ("clocks",))
    found: set[str] = set()
    for clock in clocks.values() if isinstance(clocks, Mapping) else ():
        for one in as_list(clock.get("until") or []) if isinstance(clock, Mapping) else ():
            found |= {one} if isinstance(one, str) else {str(name) for name in one} if isinstance(one, dict) else set()
    return found


def views(found: Sequence[AskedChoice], choices: WrittenChoices, typed: Typed | None) -> list[FieldView]:
    """`typed`: what was sent and is shown again."""
    return [
        FieldView(
            one.field,
            written := in_item(one.item, one.field.path),
            one.field.kind.show(written) if typed is None else filling.typed_of(one.name, typed),
            choices,
            one.name,
            words(one, choices),
        )
        for one in found
    ]


def words(one: AskedChoice, choices: WrittenChoices) -> str:
    """The question in plain words."""
    reader, row = choices.reader, one.row.name
    if row == "act":
        stage = one.path[1]
        act = next(str(step) for step in one.path[2:] if step in EVENT_OF_ACT)
        item = choices.event(EVENT_OF_ACT[act])
        label = choices.labels(("stages",)).get(str(stage), str(stage))
        return reader.text(f"studio.ask.act.{one.field.key}", item=item, stage=label)
    if row == "clock":
        started = [name for name in as_list(value_at(one.item, ("from",))) if isinstance(name, str)]
        start = reader.text("studio.comma").join(choices.event(name) for name in started)
        name = sentences.name_of(one.row, one.path, one.item, choices)
        return reader.text(f"studio.ask.clock.{'within' if start else 'limit'}", item=name, start=start)
    named = row in ("role", "channel", "tier")
    item = sentences.name_of(one.row, one.path, one.item, choices) if named else ""
    return reader.text(f"studio.ask.{row}.{one.field.key}", item=item)


def edits(document: Any, found: Sequence[AskedChoice], given: Typed) -> list[Edit]:
    """Those that the answers ask for. A value whose inputs say what is written stays as it is written."""
    return [edit for one in found for edit in _edits(document, one, filling.typed_of(one.name, given))]


def _edits(document: Any, one: AskedChoice, typed: Mapping[str, Sequence[str]]) -> Iterator[Edit]:
    old = in_item(one.item, one.field.path)
    if normal(one.field.kind.show(old)) == normal(typed):
        return
    new = one.field.kind.write(typed, old)
    if not one.field.path or (old is ABSENT) is (new is ABSENT):
        yield from differences.between(old, new, one.place) if new is not ABSENT else ()
    elif new is ABSENT:
        yield RemoveMember(one.place)
    else:
        yield targets.addition(document, one.place, new)


def question_at(found: Sequence[AskedChoice], at: tuple[str, ...]) -> str | None:
    """The input for a fault at this path. None if it belongs to no question of these."""
    for one in found:
        place = tuple(map(str, one.place))
        if at[: len(place)] == place or (at == place[:-1] and one.field.path):
            return one.name + one.field.kind.at(in_item(one.item, one.field.path), at[len(place) :])
    return None
