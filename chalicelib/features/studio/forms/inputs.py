"""The inputs of an item's form, as its template draws them, and the input at which a fault stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from chalicelib.features.studio.forms import filling
from chalicelib.features.studio.forms.kinds import Typed
from chalicelib.features.studio.forms.limit_kinds import FIXED, NEW_ROW, OTHER, condition_text, rules_of
from chalicelib.features.studio.forms.options import OfferedValue, WrittenChoices
from chalicelib.features.studio.forms.rows import ItemField, ItemRow
from chalicelib.features.studio.forms.written import in_item
from chalicelib.policy.worktime.limit_text import UNITS
from chalicelib.web.pages.reader import Reader


class RuleRow(NamedTuple):
    """`name`: with which the names of its inputs begin. `cases`: those that its limit can be for."""

    name: str
    is_new: bool
    cases: list[OfferedValue]


class FieldView(NamedTuple):
    """`written`: the value. `given`: the values of its inputs by the rest of their names. `name`: with which these
    begin, if it is not the field's key. `asked`: in place of the field's label."""

    field: ItemField
    written: Any
    given: Mapping[str, Sequence[str]]
    choices: WrittenChoices
    name: str = ""
    asked: str = ""

    @property
    def key(self) -> str:
        return self.name or self.field.key

    @property
    def label(self) -> str:
        return self.asked or self.choices.reader.text(f"studio.field.{self.field.key}")

    @property
    def hint(self) -> str:
        hint = self.choices.reader.of_code("studio.hint.", self.field.key)
        return "" if hint == self.field.key else hint

    def value(self, rest: str) -> str:
        return (self.given.get(rest) or [""])[0]

    @property
    def chosen(self) -> Sequence[str]:
        return self.given.get("", ())

    @property
    def options(self) -> list[OfferedValue]:
        """With the present values, also if they are not offered."""
        offered = self.choices.of(self.field.options)
        known = {one.value for one in offered}
        more = [value for value in self.chosen if value and value not in known]
        return [*offered, *(OfferedValue(one, self._as_written(one)) for one in more)]

    def _as_written(self, value: str) -> str:
        """Such as `assigned` among the roles, which is a word of the language."""
        reader = self.choices.reader
        word = reader.of_code("studio.role.", value)
        return reader.text("studio.form.as_written", text=value) if word == value else word

    @property
    def rules(self) -> list[RuleRow]:
        choices = self.choices
        offered = [OfferedValue(condition_text(when), choices.condition(when)) for when in choices.conditions()]
        rows = []
        for number, (when, _) in enumerate(rules_of(self.written)):
            own = OfferedValue(condition_text(when), choices.condition(when))
            cases = offered if own.value in {one.value for one in offered} else [own, *offered]
            rows.append(RuleRow(f"{number}.", False, cases))
        return [*rows, RuleRow(f"{NEW_ROW}.", True, offered)]


def fields(row: ItemRow, item: Any, choices: WrittenChoices, typed: Typed | None) -> list[FieldView]:
    """`typed`: what was sent and is shown again."""
    return [
        FieldView(
            one,
            in_item(item, one.path),
            filling.inputs(one, item) if typed is None else filling.typed_of(one.key, typed),
            choices,
        )
        for one in row.fields
    ]


def units(reader: Reader) -> list[OfferedValue]:
    named = [*UNITS, *FIXED, OTHER]
    return [
        OfferedValue(unit, reader.text(f"studio.unit.{unit.replace(' ', '_')}")) for unit in named if unit != "second"
    ] + [OfferedValue("second", reader.text("studio.unit.second"))]


def input_at(row: ItemRow, item: Any, below: tuple[str, ...]) -> str | None:
    """The input of the value with the fault. `below`: its path below the item."""
    found = [one for one in row.fields if one.path and below[: len(one.path)] == one.path]
    own = [one for one in row.fields if not one.path]
    field = max(found, key=lambda one: len(one.path), default=own[0] if own and not below else None)
    if field is None:
        field = own[0] if own and below[:1] in (("zh",), ("en",), ("name",)) else None
    if field is None:
        return None
    return field.key + field.kind.at(in_item(item, field.path), below[len(field.path) :])
