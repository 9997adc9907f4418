"""The staff queue's columns and their filters.

A column is an attribute of `QueueRow`, which says everything about it: the stored rows, the rows of the API and the
parameters that filter them follow from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from operator import attrgetter
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

import msgspec
from msgspec import UNSET

from chalicelib.complaints.participation import Doer
from chalicelib.complaints.rights import exclusion
from chalicelib.complaints.runs import MISSED, Run
from chalicelib.complaints.state import Complaint
from chalicelib.kit.decoding import SeenText
from chalicelib.kit.instants import to_text
from chalicelib.kit.problem import InBoth
from chalicelib.policy.language.vocabulary import ACT_TERMS

_Kind = TypeVar("_Kind")


_Word = Annotated[SeenText, msgspec.Meta(max_length=100)]
_MOST_VALUES = 20


class Filter(msgspec.Struct, frozen=True):
    """The query parameter that filters by a column, beside its type. With its default it keeps every row.

    `en`, `zh`: what OpenAPI says of it. `name`: if it is not the column's. By default the parameter can be repeated,
    and keeps the rows with one of its values.
    """

    en: str
    zh: str
    name: str = ""
    type: Any = Annotated[tuple[_Word, ...], msgspec.Meta(max_length=_MOST_VALUES)]
    default: Any = ()
    keeps: Callable[[Any, Any, str], bool] = lambda value, asked, _sub: value in asked
    """Whether to keep a row with the column's value, if the caller with this id asks for the parameter's."""


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A column, beside its type. With the defaults it shows the attribute of the complaint that has its name."""

    of: Callable[[Complaint], Any] | None = None
    is_shown: bool = True
    """False for a column that the API does not show."""
    withheld: Any = UNSET
    """What a respondent gets instead of it. Unset if they may read it."""


class NextDeadline(msgspec.Struct, frozen=True, kw_only=True):
    """The open clock with the earliest due time."""

    clock: str
    due: str
    state: str


def next_deadline(complaint: Complaint) -> Run | None:
    """The open run with the earliest due time, past or future."""
    runs = [run for run in complaint.runs if run.due is not None]
    return min(runs, key=lambda run: (run.due or 0, run.clock), default=None)


def shown_next(complaint: Complaint) -> NextDeadline | None:
    first = next_deadline(complaint)
    return None if first is None else NextDeadline(clock=first.clock, due=to_text(first.due or 0), state=first.state)


def _assigned(complaint: Complaint) -> list[str]:
    return sorted(complaint.assignees)


def _recused(complaint: Complaint) -> tuple[str, ...]:
    excluded = exclusion.people(complaint.recused)
    return tuple(sub for sub in _assigned(complaint) if sub in excluded)


_TIER = Filter(
    "Only complaints at this tier of escalation or a higher one.",
    "只列出处于该升级层级或更高层级的投诉。",
    type=Annotated[int, msgspec.Meta(ge=1, le=100)] | None,
    default=None,
    keeps=lambda tier, least, _sub: bool(tier >= least),
)
_MINE = Filter(
    "Only complaints that are assigned to the caller, unless the caller is excluded from their acts.",
    "只列出分派给调用者的投诉；调用者须回避的除外。",
    name="mine",
    type=bool,
    default=False,
    keeps=lambda assigned, _, sub: sub in assigned,
)
_MISSED = Filter(
    "Only complaints with a missed deadline that is still open.",
    "只列出有逾期且尚未完成的期限的投诉。",
    name="missed",
    type=bool,
    default=False,
    keeps=lambda deadline, *_: deadline is not None and deadline.state == MISSED,
)
_CATEGORY = Filter(
    "Only complaints of these categories, of any of the policy's ways to classify.",
    "只列出属于这些类别的投诉，不论按哪种分类。",
    keeps=lambda category, asked, _sub: not set(asked).isdisjoint(category.values()),
)
_PERSON = Filter(
    "Only complaints that are assigned to these people.",
    "只列出分派给这些人员的投诉。",
    name="person",
    keeps=lambda assigned, asked, _sub: not set(asked).isdisjoint(assigned),
)
_UNASSIGNED = Filter(
    "Only complaints that are assigned to no one.",
    "只列出尚未分派的投诉。",
    name="unassigned",
    type=bool,
    default=False,
    keeps=lambda assigned, *_: not assigned,
)
_CLOCK = Filter(
    "Only complaints whose next deadline is of one of these clocks.",
    "只列出下一个期限属于这些期限规则的投诉。",
    name="clock",
    keeps=lambda deadline, asked, _sub: deadline is not None and deadline.clock in asked,
)
Mark = Literal["approval", "message", "file"]
_ARRIVALS: dict[str, Mark] = {
    **dict.fromkeys(("supplemented", "written", "corrected", "evidence_lacking"), "message"),
    "evidence_sealed": "file",
}
_ACTS = frozenset(term.event for term in ACT_TERMS.values()) - {*_ARRIVALS, "notified"}
"""Without the act `notify`: what arrives is told at the same instant, by events of the same type."""


def _marks(complaint: Complaint) -> tuple[Mark, ...]:
    """What waits for staff: a decision on a proposal, and what has arrived since the last act."""
    acted = max((at for event, at in complaint.seen.items() if event in _ACTS), default=-1)
    arrived = (mark for event, mark in _ARRIVALS.items() if complaint.seen.get(event, -1) > acted)
    return (*(("approval",) if complaint.proposals else ()), *arrived)


_MARKED = Filter(
    "Only complaints with one of these marks.",
    "只列出带有这些标记之一的投诉。",
    name="mark",
    type=Annotated[tuple[Mark, ...], msgspec.Meta(max_length=_MOST_VALUES)],
    keeps=lambda marks, asked, _sub: not set(asked).isdisjoint(marks),
)
_REGISTERED_AT = Column(of=lambda one: to_text(one.registered_at))


class QueueRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A complaint's row as it is stored with its snapshot. It contains no private values.

    A column that is added later needs a default: a stored row lacks it until the complaint's next event.
    """

    number: str
    policy: str
    stage: Annotated[str, Filter("Only complaints in these stages of the policy.", "只列出处于制度中这些阶段的投诉。")]
    severity: Annotated[str | None, Filter("Only complaints of these severities.", "只列出这些等级的投诉。")]
    tier: Annotated[int, _TIER]
    channel: Annotated[
        str, Filter("Only complaints that came through these channels.", "只列出来自这些投诉渠道的投诉。")
    ]
    category: Annotated[dict[str, str], _CATEGORY]
    unit: Annotated[str | None, Filter("Only complaints of these units.", "只列出这些部门的投诉。")]
    assigned: Annotated[list[str], Column(of=_assigned, withheld=()), _MINE, _PERSON, _UNASSIGNED]
    registered_at: Annotated[str, _REGISTERED_AT]
    receipt_with: Annotated[str | None, Column(of=lambda one: one.receipt_with or None, withheld=None)]
    next: Annotated[NextDeadline | None, Column(of=shown_next), _MISSED, _CLOCK]
    recused: Annotated[tuple[str, ...], Column(of=_recused, withheld=())] = ()
    """Assignees who are excluded from all acts; absent if there are none."""
    marks: Annotated[tuple[Mark, ...], Column(of=_marks, withheld=()), _MARKED] = ()
    """What waits for staff: a proposal for an `approval`, and a `message` or a `file` since the last act."""
    excluded: Annotated[list[Doer], Column(of=attrgetter("recused"), is_shown=False)]
    """All people whom the complaint excludes."""
    overseers: Annotated[list[str], Column(is_shown=False)] = []
    """The roles with which people of the unit's parent see the complaint."""
    undisclosed: Annotated[bool, Column(is_shown=False)] = False


class VoidRow(msgspec.Struct, frozen=True, kw_only=True):
    """The row and the body of a number gap (`void`), with the reason and the time."""

    number: str
    void: str
    at: str


@cache
def columns() -> dict[str, Column]:
    return {name: next(iter(found), Column()) for name, found in _beside_types(Column).items()}


@cache
def filters() -> dict[str, tuple[str, Filter]]:
    """By the name of the parameter: the column, and the filter."""
    return {one.name or name: (name, one) for name, found in _beside_types(Filter).items() for one in found}


def _beside_types(kind: type[_Kind]) -> dict[str, list[_Kind]]:
    fields = msgspec.structs.fields(QueueRow)
    return {field.name: [one for one in get_args(field.type) if isinstance(one, kind)] for field in fields}


def row_of(complaint: Complaint) -> QueueRow:
    return QueueRow(**{name: (one.of or attrgetter(name))(complaint) for name, one in columns().items()})


def parameters() -> list[tuple[str, Any, Any]]:
    """The fields of a query that filters."""
    return [(name, Annotated[one.type, InBoth(one.en, one.zh)], one.default) for name, (_, one) in filters().items()]


def shown() -> Iterator[tuple[str, Any, Any]]:
    """The fields of a row of the API but its number. A column without a default is unset in a row that lacks it."""
    for field in msgspec.structs.fields(QueueRow)[1:]:
        bare = get_args(field.type)[0] if get_origin(field.type) is Annotated else field.type
        if columns()[field.name].is_shown:
            yield field.name, *((bare | msgspec.UnsetType, UNSET) if field.required else (bare, field.default))
