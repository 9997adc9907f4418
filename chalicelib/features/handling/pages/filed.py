"""Everything that was filed, in the order in which the pages of a filing ask for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chalicelib.features.filing.questions import questions
from chalicelib.features.handling.pages.reading import CaseReading
from chalicelib.features.handling.pages.values import value_text
from chalicelib.policy.language.values import fact_kinds
from chalicelib.tenants.organisation import Unit
from chalicelib.web.pages.answers import Answers

_CATEGORY, _FACT = "category.", "fact."


def filed(case: CaseReading, units: Mapping[str, Unit], facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Label and text of each answer. `facts`: those that the complainant may see.

    What a filing on pages is not asked, such as by staff who filed for the complainant, comes last.
    """
    given = {
        **dict(_choices(case, units)),
        **{f"{_FACT}{name}": one for name, one in facts.items() if _is_shown(case, name)},
    }
    asked = [one for page in questions(case.policy, _answers(case, facts), units, case.reader) for one in page.inputs]
    labels = {one.name: one.label for one in asked}
    names = [name for name in (*_first(given), *labels, *given) if name in given]
    lines = ((_label(case, name, labels), _text(case, name, given[name])) for name in dict.fromkeys(names))
    return [(label, text) for label, text in lines if label and text]


def _is_shown(case: CaseReading, name: str) -> bool:
    """False for a kind that no page asks for, such as one of a later release."""
    fact = case.policy.document.intake.facts.get(name)
    return fact is not None and fact_kinds.of(fact.kind).input is not None


def _first(given: Mapping[str, Any]) -> Iterator[str]:
    """The channel comes first, also where it is not asked for because there is only one."""
    yield from (name for name in ("channel",) if name in given)


def _choices(case: CaseReading, units: Mapping[str, Unit]) -> Iterator[tuple[str, str]]:
    """As they were filed: staff can correct them later."""
    intake, fields = case.policy.document.intake, case.record.events[0].fields
    channel, named = str(fields["channel"]), fields.get("unit")
    label = intake.channels.get(channel)
    yield "channel", case.reader.label(None if label is None else label.to_json(), channel)
    for dimension, value in _categories(case).items():
        chosen = intake.categories.get(dimension, {}).get(value)
        yield f"{_CATEGORY}{dimension}", case.reader.label(None if chosen is None else chosen.to_json(), value)
    if isinstance(named, str):
        unit = units.get(named)
        yield "unit", (None if unit is None else unit.name) or named


def _categories(case: CaseReading) -> Mapping[str, str]:
    found: Any = case.record.events[0].fields.get("category") or {}
    return {name: str(value) for name, value in found.items()}


def _answers(case: CaseReading, facts: Mapping[str, Any]) -> Answers:
    """As the form of a filing has them, because some questions depend on others."""
    complaint = case.complaint
    chosen = {f"{_CATEGORY}{name}": [value] for name, value in _categories(case).items()}
    texts = {f"{_FACT}{name}": [_answer(one) for one in _each(value)] for name, value in facts.items()}
    unit = {} if complaint.unit is None else {"unit": [complaint.unit]}
    return Answers({"channel": [complaint.channel], **unit, **chosen, **texts})


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _answer(value: Any) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _label(case: CaseReading, name: str, asked: Mapping[str, str]) -> str:
    """That of the question, or of the policy; empty for what has none."""
    if name in asked:
        return asked[name]
    intake, reader = case.policy.document.intake, case.reader
    if name.startswith(_CATEGORY):
        label = intake.category_names.get(name.removeprefix(_CATEGORY))
        return reader.text("file.category_label") if label is None else reader.label(label.to_json())
    fact = intake.facts.get(name.removeprefix(_FACT))
    if fact is not None:
        return reader.label(None if fact.name is None else fact.name.to_json(), name.removeprefix(_FACT))
    return reader.text(f"file.{name}_label") if name in ("channel", "unit") else ""


def _text(case: CaseReading, name: str, value: Any) -> str:
    if not name.startswith(_FACT):
        return str(value)
    return value_text(case.policy, case.policy.document.intake.facts[name.removeprefix(_FACT)], value, case.reader)
