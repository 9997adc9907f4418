"""A measure: what one figure counts, of what it is a share, and the dimensions by which it can be asked for."""

from __future__ import annotations

from typing import Literal

import msgspec

from chalicelib.statistics.counting.series import SERIES, STATE_SERIES, WEEK_SERIES
from chalicelib.statistics.dimensions import DIMENSIONS

Grain = Literal["case", "transition", "state", "deadline"]
"""`case`: once in the life of a complaint. `transition`: each time it happens. `state`: at the end of each day.
`deadline`: each deadline once, on the day on which it was due."""
Form = Literal["count", "share", "times", "state", "state_share", "at_risk"]


class Label(msgspec.Struct, frozen=True):
    zh: str
    en: str


class Pick(msgspec.Struct, frozen=True):
    """The tuples of a series that have one of the given values in each named dimension."""

    series: str
    where: dict[str, tuple[str, ...]] = {}


class Measure(msgspec.Struct, frozen=True, kw_only=True):
    """`of`: what a share is a share of."""

    name: str
    label: Label
    definition: str
    grain: Grain
    form: Form
    counts: Pick
    of: Pick | None = None
    within: int = 0
    """For `at_risk`: the working days."""

    @property
    def picks(self) -> tuple[Pick, ...]:
        return (self.counts,) if self.of is None else (self.counts, self.of)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Those that all its series have and it does not choose by; of the category also `category.<name>`."""
        chosen = {name for pick in self.picks for name in pick.where}
        return tuple(
            row.name
            for row in DIMENSIONS.values()
            if all(row.column in SERIES[pick.series] for pick in self.picks)
            and row.column not in chosen
            and not (row.is_period or (row.is_of_one_event and self.form == "share"))
        )

    @property
    def is_state(self) -> bool:
        return self.counts.series in STATE_SERIES

    @property
    def is_by_due_day(self) -> bool:
        return self.counts.series in WEEK_SERIES


def pick(series: str, **where: str | tuple[str, ...]) -> Pick:
    return Pick(series, {name: (one,) if isinstance(one, str) else one for name, one in where.items()})


def event(*types: str, **where: str | tuple[str, ...]) -> Pick:
    return pick("event", event=types, **where)


def count(name: str, zh: str, en: str, definition: str, counts: Pick, grain: Grain = "transition") -> Measure:
    return Measure(name=name, label=Label(zh, en), definition=definition, grain=grain, form="count", counts=counts)


def share(made: Measure, of: Pick) -> Measure:
    """The measure as a share of `of`."""
    form: Form = "state_share" if made.form == "state" else "share"
    return Measure(
        name=made.name,
        label=made.label,
        definition=made.definition,
        grain=made.grain,
        form=form,
        counts=made.counts,
        of=of,
    )


def times(name: str, zh: str, en: str, definition: str, counts: Pick) -> Measure:
    grain: Grain = "deadline" if counts.series == "lateness" else "case"
    return Measure(name=name, label=Label(zh, en), definition=definition, grain=grain, form="times", counts=counts)


def state(name: str, zh: str, en: str, definition: str, counts: Pick) -> Measure:
    return Measure(name=name, label=Label(zh, en), definition=definition, grain="state", form="state", counts=counts)


def at_risk(days: int) -> Measure:
    return Measure(
        name=f"at_risk_{days}",
        label=Label(f"未来{days}个工作日内到期的期限", f"Due in the next {days} working days"),
        definition=(
            "Running deadlines, not missed or paused, that are due by the end of the "
            f"{days}. working day from now. It is the present state, whatever the period of the question."
        ),
        grain="state",
        form="at_risk",
        counts=pick("due", outcome="open"),
        within=days,
    )
