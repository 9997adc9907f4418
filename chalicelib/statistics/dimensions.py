"""The dimensions by which figures are asked for and filtered: one row for each, which says everything about it.

No other module lists them, apart from those of one series (`_OWN` in `counting/series.py`). A column of a series
without a row only chooses what a measure counts. `Labels` names the values of a dimension for people, as the policy in
force and the organisation define them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from chalicelib.kit import catalogue
from chalicelib.kit.problem import InBoth
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.parts import Label
from chalicelib.policy.language.wording.own_terms import event_label
from chalicelib.statistics.days import monday_of, week_of
from chalicelib.tenants.organisation import Organisation

if TYPE_CHECKING:
    from chalicelib.complaints.envelope import Event


CATEGORY = "category."
"""Begins the dimension of one kind of category: `category.<kind>`."""
OTHER = "(other)"
"""Stands for all values without a row of their own. No name of a policy has these characters."""
AGES = ((1, "0-1 weeks"), (4, "2-4 weeks"), (13, "5-13 weeks"), (26, "14-26 weeks"))
OLDEST = "over 26 weeks"
_FLAGS = {"yes": Label(zh="是", en="yes"), "no": Label(zh="否", en="no")}


class CountedCase(NamedTuple):
    """A case after an event. `filed`: the fields of its filing. `category`: `<kind>=<choice>`, joined by `&`."""

    event: Event
    filed: Mapping[str, Any]
    category: str
    unit: str


def joined_categories(chosen: Mapping[str, str]) -> str:
    """As `CountedCase.category`."""
    return "&".join(f"{kind}={choice}" for kind, choice in sorted(chosen.items()))


NameOf = Callable[["PolicyDocument", "Organisation", str], Label | None]
"""The name that the policy in force or the organisation gives a value. None if it gives none."""


class Dimension(msgspec.Struct, frozen=True):
    """A dimension. With the defaults it is one of each series that has a column of its name.

    `en`, `zh`: what people call it.
    """

    name: str
    en: str
    zh: str
    of_case: Callable[[CountedCase], str] | None = None
    """Its value in a case, empty if absent. Every series has such a dimension."""
    stored_as: str = ""
    """The column that it reads, if it has another name."""
    value: Callable[[str, str], str] = lambda text, _day: text
    """From the text of the column and the civil day on which the tuple counts."""
    span: Callable[[str], tuple[date, date]] | None = None
    """Of a period: the first and the last day of a value. A period reads no column."""
    has_whole_months: bool = False
    """True for a period whose values no month crosses: its figures need no single days."""
    is_of_one_event: bool = False
    """What one event is compared with another one happens elsewhere, and is done by others: it divides no share."""
    has_kinds: bool = False
    """True for the category. The parameter of its name filters by one of its kinds."""
    name_of: NameOf | None = None

    @property
    def column(self) -> str:
        return self.stored_as or self.name

    @property
    def is_period(self) -> bool:
        return self.span is not None

    @property
    def needs_days(self) -> bool:
        return self.is_period and not self.has_whole_months


def of(name: str) -> Dimension:
    """Of `category.<kind>` too. A name without a row, such as one of a later version, is its own label."""
    if name.startswith(CATEGORY):
        return _of_kind(name.removeprefix(CATEGORY))
    return DIMENSIONS.get(name) or Dimension(name, name, name)


def _of_kind(kind: str) -> Dimension:
    begin = f"{kind}="

    def value(text: str, _day: str) -> str:
        return next((one.removeprefix(begin) for one in text.split("&") if one.startswith(begin)), "")

    return Dimension(
        CATEGORY + kind,
        kind,
        kind,
        stored_as="category",
        value=value,
        name_of=lambda document, _, choice: document.intake.categories.get(kind, {}).get(choice),
    )


def _age(week: str, day: str) -> str:
    """The time since the week of the filing."""
    weeks = (date.fromisoformat(day) - monday_of(week)).days // 7
    return next((name for most, name in AGES if weeks <= most), OLDEST)


def _one_day(day: str) -> tuple[date, date]:
    return date.fromisoformat(day), date.fromisoformat(day)


def _days_of_week(week: str) -> tuple[date, date]:
    return monday_of(week), monday_of(week) + timedelta(days=6)


def _days_of_month(month: str) -> tuple[date, date]:
    first = date.fromisoformat(f"{month}-01")
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _stage(document: PolicyDocument, _org: Organisation, value: str) -> Label | None:
    return None if (found := document.stages.get(value)) is None else found.name


def _clock(document: PolicyDocument, _org: Organisation, value: str) -> Label | None:
    """The deadline of a task has the task's name."""
    found = document.clocks.get(value) or document.tasks.get(value)
    return None if found is None else found.name


def _severity(document: PolicyDocument, _org: Organisation, value: str) -> Label | None:
    return None if document.severity is None else document.severity.classes.get(value)


def _ground(document: PolicyDocument, _org: Organisation, value: str) -> Label | None:
    return None if (found := document.intake.refusals.get(value)) is None else found.name


def _task(document: PolicyDocument, _org: Organisation, value: str) -> Label | None:
    return None if (found := document.tasks.get(value)) is None else found.name


def _categories(document: PolicyDocument, _org: Organisation, value: str) -> Label | None:
    """Of all kinds, as `CountedCase.category`."""
    known = document.intake.categories
    labels = []
    for one in value.split("&"):
        kind, _, choice = one.partition("=")
        labels.append(known.get(kind, {}).get(choice) or Label(zh=one))
    return Label(zh="、".join(one.zh for one in labels), en=", ".join(one.en for one in labels))


def _unit(_document: PolicyDocument, org: Organisation, value: str) -> Label | None:
    return None if (found := org.units.get(value)) is None else Label(zh=found.name, en=found.name)


def _answer(document: PolicyDocument, _org: Organisation, value: str) -> Label | None:
    """Of `<field>=<value>`."""
    name, _, chosen = value.partition("=")
    field = document.fields.get(name) or document.intake.facts.get(name)
    if field is None or field.name is None:
        return None
    choice = field.choices.get(chosen) or _FLAGS.get(chosen, Label(zh=chosen, en=chosen))
    return Label(zh=f"{field.name.zh}：{choice.zh}", en=f"{field.name.en}: {choice.en}")


def _field(document: PolicyDocument, _org: Organisation, value: str) -> Label | None:
    return None if (found := document.definition(value)) is None else found.name


_ROWS = (
    Dimension("policy", "policy version", "制度版本", of_case=lambda case: case.event.policy),
    Dimension(
        "channel",
        "channel",
        "投诉渠道",
        of_case=lambda case: case.filed.get("channel", ""),
        name_of=lambda document, _, value: document.intake.channels.get(value),
    ),
    Dimension(
        "category",
        "category",
        "分类",
        of_case=lambda case: case.category,
        has_kinds=True,
        name_of=_categories,
    ),
    Dimension("first_category", "first category", "首次分类", name_of=_categories),
    Dimension(
        "severity", "severity", "等级", of_case=lambda case: case.event.result["severity"] or "", name_of=_severity
    ),
    Dimension("unit", "unit", "部门", of_case=lambda case: case.unit, name_of=_unit),
    Dimension("stage", "stage", "阶段", is_of_one_event=True, name_of=_stage),
    Dimension("tier", "tier", "层级", is_of_one_event=True),
    Dimension(
        "role",
        "role",
        "角色",
        is_of_one_event=True,
        name_of=lambda document, _, value: document.people.get(value),
    ),
    Dimension("clock", "deadline", "期限", name_of=_clock),
    Dimension("clause", "clause", "条款"),
    Dimension("duty", "whose duty", "责任方"),
    Dimension("event", "event", "事件", name_of=lambda document, _, value: event_label(document, value)),
    Dimension("ground", "ground", "理由", name_of=_ground),
    Dimension("task", "task", "任务", name_of=_task),
    Dimension("answer", "answer", "选项", name_of=_answer),
    Dimension("field", "field", "字段", name_of=_field),
    Dimension("run_state", "state of the deadline", "期限状态"),
    Dimension("cause", "cause of the change", "变更原因"),
    Dimension("age", "age", "登记以来的时间", stored_as="week", value=_age),
    Dimension("day", "day", "日", value=lambda _, day: day, span=_one_day),
    Dimension("week", "week", "周", value=lambda _, day: week_of(day), span=_days_of_week),
    Dimension("month", "month", "月份", value=lambda _, day: day[:7], span=_days_of_month, has_whole_months=True),
)
DIMENSIONS: dict[str, Dimension] = {row.name: row for row in _ROWS}
"""By name, in the order in which parameters and documents name them."""


def periods() -> list[str]:
    return [f"`{row.name}`" for row in DIMENSIONS.values() if row.is_period]


def rows_by() -> InBoth:
    """What OpenAPI says of the parameter `by`."""
    return InBoth(
        f"A dimension of the rows: {', '.join(periods())}, one of the filters, or `category.<kind>`.",
        f"各行的维度：{'、'.join(periods())}、任一筛选项，或 `category.<kind>`。",
    )


def filters() -> dict[str, InBoth]:
    """The parameters by which reports are filtered, with what OpenAPI says of each."""
    return {
        name: InBoth(f"Keeps what has one of these values of `{name}`.", f"只保留 `{name}` 为这些值之一的数据。")
        for name, row in DIMENSIONS.items()
        if not (row.is_period or row.has_kinds)
    }


class Labels(NamedTuple):
    document: PolicyDocument
    organisation: Organisation

    def of(self, dimension: str, value: str) -> dict[str, str]:
        """The value itself where nothing names it, as after a change of the policy. Empty for an absent value."""
        name_of = of(dimension).name_of
        named = None if name_of is None else name_of(self.document, self.organisation, value)
        found = named or catalogue.texts("dimension_values").get(f"{dimension}.{value}")
        return {"zh": value, "en": value} if found is None else {"zh": found.zh, "en": found.en}
