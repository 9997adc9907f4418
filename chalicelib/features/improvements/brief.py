"""The improvement actions in progress, for documents of a period."""

from __future__ import annotations

from chalicelib.casework.composing.improvement_brief import ImprovementBrief
from chalicelib.features.improvements import action
from chalicelib.features.improvements.action import Action, Counted
from chalicelib.features.improvements.counting import PERIOD
from chalicelib.kit.instants import Instant
from chalicelib.wiring import Wiring

_ANSWER, _ANSWERS = "answer.", "answer"


def in_progress(wiring: Wiring, tenant: str, now: Instant) -> list[ImprovementBrief]:
    return [_brief(one, now) for one in action.in_progress(wiring.store, tenant)]


def _brief(one: Action, now: Instant) -> ImprovementBrief:
    field = one.by.removeprefix(_ANSWER)
    by, value = (_ANSWERS, f"{field}={one.value}") if one.by.startswith(_ANSWER) else (one.by, one.value)
    return ImprovementBrief(
        id=one.id,
        by=by,
        value=value,
        state=one.state,
        due=one.due,
        overdue=action.is_overdue(one, now),
        number_before=_of_a_period(one.before),
        number_after=None if one.after is None else _of_a_period(one.after),
        trend=None if one.after is None else action.effect(one.before, one.after).trend,
    )


def _of_a_period(counted: Counted) -> float:
    rate = counted.rate
    return round(rate.events / rate.exposure * PERIOD.days, 1)
