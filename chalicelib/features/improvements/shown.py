"""Improvement actions as pages show them, with their causes, people and trend in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from chalicelib.features.analysis import frequency
from chalicelib.features.improvements.action import ActionView, Counted
from chalicelib.features.improvements.counting import PERIOD
from chalicelib.features.reports.pages import periods
from chalicelib.features.reports.pages.asked import dimension_label
from chalicelib.kit import catalogue
from chalicelib.statistics.dimensions import Labels
from chalicelib.tenants.people import queries as people_queries
from chalicelib.tenants.people.membership import Membership
from chalicelib.web.pages.desk import Desk
from chalicelib.web.pages.labels import labels_of
from chalicelib.web.pages.parts import charts
from chalicelib.web.pages.reader import Reader
from chalicelib.web.pages.times import zoned_text

if TYPE_CHECKING:
    from markupsafe import Markup

CAUSE = " "
"""Between the dimension and the value of a cause, as a form has it."""


class Frequency(NamedTuple):
    """How often the cause occurred in a time, of four weeks on average."""

    period: str
    number: int
    rate: str
    bar: Markup


class ActionLine(msgspec.Struct, frozen=True, kw_only=True):
    """`limits`: of the ratio of both rates. `trend`: empty before the first period after the action."""

    id: str
    title: str
    kind: str
    cause: str
    analysis: str
    owner: str
    state: str
    state_text: str
    due: str
    overdue: bool
    done: str
    reopened: int
    before: Frequency
    after: Frequency | None
    trend: str
    trend_text: str
    limits: str
    reason: str


def causes(desk: Desk) -> list[tuple[str, list[tuple[str, str]]]]:
    """By the kind of cause: the value of the option and its label."""
    policy, org = desk.member.policy, desk.member.org
    return [
        (
            _kind(desk, by),
            [
                (f"{by}{CAUSE}{value}", _cause(desk, by, value))
                for value in frequency.values_of(policy, org, frequency.subject_of(policy, by))
            ],
        )
        for by in frequency.subjects(policy)
    ]


def _kind(desk: Desk, by: str) -> str:
    document = desk.member.policy.document
    if not by.startswith(frequency.ANSWER):
        return dimension_label(document, by, desk.reader)
    name = by.removeprefix(frequency.ANSWER)
    field = document.fields.get(name)
    return desk.reader.label(None if field is None or field.name is None else field.name.to_json(), name)


def _cause(desk: Desk, by: str, value: str) -> str:
    labels = Labels(desk.member.policy.document, desk.member.org)
    if by.startswith(frequency.ANSWER):
        return labels.of("answer", f"{by.removeprefix(frequency.ANSWER)}={value}")[desk.reader.language] or value
    return labels.of(by, value)[desk.reader.language] or value


def people(desk: Desk) -> list[tuple[str, str]]:
    """Those who can own an action, by name."""
    labels = labels_of(desk)
    every = people_queries.all_people(desk.call.wiring.store, desk.member.org.id)
    found: list[Membership] = [one for one in every if one.active and not one.is_party]
    return sorted(((labels.person(one), one.sub) for one in found), key=lambda pair: pair[0].casefold())


def names(desk: Desk, subs: Sequence[str]) -> dict[str, str]:
    labels, wanted = labels_of(desk), sorted({*subs})
    people = people_queries.people_by_sub(desk.call.wiring.store, desk.member.org.id, wanted) if wanted else ()
    return {one.sub: labels.person(one) for one in people}


def action_line(desk: Desk, one: ActionView, names: Mapping[str, str]) -> ActionLine:
    reader, calendar, effect = desk.reader, desk.member.policy.calendar, one.effect
    counted = [one.before] if effect is None else [one.before, effect.after]
    most = max(_of_a_period(each) for each in counted) or 1
    high = "" if effect is None else "∞" if effect.high is None else f"{effect.high:g}"
    return ActionLine(
        id=one.id,
        title=one.title,
        kind=_kind(desk, one.by),
        cause=_cause(desk, one.by, one.value),
        analysis=reader.link(f"{desk.path}/oversight/analysis", by=one.by),
        owner=names.get(one.owner, "") or reader.text("desk_improvements.gone"),
        state=one.state,
        state_text=catalogue.words("improvement_states", reader.language)[one.state],
        due=zoned_text(calendar, reader, one.due),
        overdue=one.overdue,
        done="" if one.done is None else zoned_text(calendar, reader, one.done),
        reopened=one.reopened,
        before=_frequency(reader, one.before, most),
        after=None if effect is None else _frequency(reader, effect.after, most),
        trend="" if effect is None else effect.trend,
        trend_text="" if effect is None else reader.text(f"desk_improvements.trend.{effect.trend}"),
        limits="" if effect is None or effect.ratio is None else f"{effect.ratio:g} ({effect.low:g}–{high})",
        reason=one.reason or "",
    )


def _frequency(reader: Reader, counted: Counted, most: float) -> Frequency:
    rate = _of_a_period(counted)
    period = periods.period_text(reader, counted.first, counted.last)
    return Frequency(period, counted.number, f"{rate:.1f}", charts.in_row(rate / most))


def _of_a_period(counted: Counted) -> float:
    return counted.rate.events / counted.rate.exposure * PERIOD.days
