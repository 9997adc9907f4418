"""The inputs of an item's form, as its template draws them, and the input at which a fault stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from chalicelib.features.studio.forms import filling
from chalicelib.features.studio.forms.kinds import FIXED, NEW_ROW, OTHER, Typed, condition_text, rules_of
from chalicelib.features.studio.forms.options import OfferedValue, WrittenChoices
from chalicelib.features.studio.forms.rows import ItemField, ItemRow, in_item
from chalicelib.policy.worktime.limit_text import UNITS
from chalicelib.web.pages.reader import Reader

_FIRST = {"label": ".zh", "own_label": ".zh", "own_texts": ".zh", "limit": ".number", "rules": ".0.number"}


class RuleRow(NamedTuple):
    """`name`: with which the names of its inputs begin. `cases`: those that its limit can be for."""

    name: str
    is_new: bool
    cases: list[OfferedValue]


class FieldView(NamedTuple):
    """`given`: the values of its inputs by the rest of their names."""

    key: str
    kind: str
    label: str
    hint: str
    given: Mapping[str, Sequence[str]]
    options: list[OfferedValue]
    rules: list[RuleRow]

    def value(self, rest: str) -> str:
        return (self.given.get(rest) or [""])[0]

    @property
    def chosen(self) -> Sequence[str]:
        return self.given.get("", ())


def fields(row: ItemRow, item: Any, choices: WrittenChoices, typed: Typed | None) -> list[FieldView]:
    """`typed`: what was sent and is shown again."""
    return [_field(one, item, choices, typed) for one in row.fields]


def _field(field: ItemField, item: Any, choices: WrittenChoices, typed: Typed | None) -> FieldView:
    reader = choices.reader
    given = filling.inputs(field, item) if typed is None else filling.typed_of(field, typed)
    hint = reader.of_code("studio.hint.", field.key)
    return FieldView(
        key=field.key,
        kind=field.kind,
        label=reader.text(f"studio.field.{field.key}"),
        hint="" if hint == field.key else hint,
        given=given,
        options=_options(field, given, choices),
        rules=_rules(field, item, choices) if field.kind == "rules" else [],
    )


def _options(field: ItemField, given: Mapping[str, Sequence[str]], choices: WrittenChoices) -> list[OfferedValue]:
    """With the present values, also if they are not offered."""
    if field.kind not in ("choice", "switch", "names"):
        return []
    offered = choices.of(field)
    known = {one.value for one in offered}
    more = [value for value in given.get("", ()) if value and value not in known]
    return [*offered, *(OfferedValue(one, choices.reader.text("studio.form.as_written", text=one)) for one in more)]


def _rules(field: ItemField, item: Any, choices: WrittenChoices) -> list[RuleRow]:
    offered = [OfferedValue(condition_text(when), choices.condition(when)) for when in choices.conditions()]
    rows = []
    for number, (when, _) in enumerate(rules_of(in_item(item, field.path))):
        own = OfferedValue(condition_text(when), choices.condition(when))
        cases = offered if own.value in {one.value for one in offered} else [own, *offered]
        rows.append(RuleRow(f"{number}.", False, cases))
    return [*rows, RuleRow(f"{NEW_ROW}.", True, offered)]


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
    if field.kind == "rules":
        return f"{field.key}.{_rule_at(field, item, below[len(field.path) :])}.number"
    return field.key + _FIRST.get(field.kind, "")


def _rule_at(field: ItemField, item: Any, rest: tuple[str, ...]) -> str:
    written = rules_of(in_item(item, field.path))
    number = int(rest[0]) if rest and rest[0].isdecimal() else 0
    return str(number) if number < len(written) else NEW_ROW
