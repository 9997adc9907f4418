"""A measure: what one figure counts, of what it is a share, and the dimensions by which it can be asked for."""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec import structs

from chalicelib.kit import catalogue
from chalicelib.kit.problem import InBoth
from chalicelib.statistics.counting.series import DUE_SERIES, SERIES, STATE_SERIES
from chalicelib.statistics.dimensions import DIMENSIONS

Grain = Literal["case", "transition", "state", "deadline"]
"""`case`: once in the life of a complaint. `transition`: each time it happens. `state`: at the end of each day.
`deadline`: each deadline once, on the day on which it was due."""
Form = Literal["count", "sum", "amounts", "per_thousand", "share", "times", "state", "state_share", "at_risk"]


class MeasureTexts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A share's definition names what it is a share of."""

    label: InBoth
    definition: InBoth


class Pick(msgspec.Struct, frozen=True):
    """The tuples of a series that have one of the given values in each named dimension."""

    series: str
    where: dict[str, tuple[str, ...]] = {}
    once_due: tuple[str, ...] = ()
    """Outcomes that it has only from the day after the due day on."""


class Measure(msgspec.Struct, frozen=True, kw_only=True):
    """`of`: what a share is a share of: the same series, so that the numerator is a part of it.

    `undivided`: dimensions that only the numerator has. A row by one of them is a share of all.
    """

    name: str
    grain: Grain
    form: Form
    counts: Pick
    of: Pick | None = None
    undivided: tuple[str, ...] = ()
    is_indicator: bool = False
    """True if it can be a sign that figures were made to look better than the service."""
    within: int = 0
    """For `at_risk`: the working days."""
    bucket: str = "bucket"
    """For `times`: the column of the histogram."""
    days: str = ""
    """For `times` that can be compared with marks: the column with the working days that it took."""
    spread: Pick | None = None
    """For `amounts`: the same amounts, each once, for their number and their median."""

    @property
    def texts(self) -> MeasureTexts:
        return catalogue.section("measures", dict[str, MeasureTexts])[self.name]

    @property
    def unit(self) -> str:
        if self.form in ("amounts", "per_thousand"):
            return self.form
        if self.form == "sum":
            return self.counts.where["sum"][0]
        return "minutes" if self.form == "times" else "count" if self.of is None else "share"

    @property
    def picks(self) -> tuple[Pick, ...]:
        return tuple(pick for pick in (self.counts, self.of, self.spread) if pick is not None)

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
        return self.counts.series in DUE_SERIES


def pick(series: str, **where: str | tuple[str, ...]) -> Pick:
    return Pick(series, {name: (one,) if isinstance(one, str) else one for name, one in where.items()})


def event(*types: str, **where: str | tuple[str, ...]) -> Pick:
    return pick("event", event=types, **where)


def count(name: str, counts: Pick, grain: Grain = "transition") -> Measure:
    return Measure(name=name, grain=grain, form="count", counts=counts)


def total(name: str, counts: Pick) -> Measure:
    """A sum of amounts, which the series counts in thousandths."""
    return Measure(name=name, grain="case", form="sum", counts=counts)


def share(made: Measure, of: Pick, undivided: tuple[str, ...] = ()) -> Measure:
    """The measure as a share of `of`."""
    form: Form = "state_share" if made.form == "state" else "share"
    return structs.replace(made, form=form, of=of, undivided=undivided)


def indicator(made: Measure) -> Measure:
    return structs.replace(made, is_indicator=True)


def times(name: str, counts: Pick) -> Measure:
    """A case can have several pauses. Of the others it has each once, and a deadline its lateness."""
    grain: Grain = {"lateness": "deadline", "pause": "transition"}.get(counts.series, "case")  # type: ignore[assignment]
    return Measure(name=name, grain=grain, form="times", counts=counts)


def answer_times(name: str, counts: Pick) -> tuple[Measure, Measure]:
    """Times to an answer, and the same without the time in which the complaint waited for the complainant."""
    whole = structs.replace(times(name, counts), days="days")
    own = structs.replace(whole, name=f"{name}_without_waiting", bucket="own_bucket", days="own_days")
    return whole, own


def amounts(name: str, counts: Pick, spread: Pick) -> Measure:
    return structs.replace(total(name, counts), form="amounts", spread=spread)


def rate(name: str, counts: Pick) -> Measure:
    """Per 1,000 of what the owners enter for each month."""
    return Measure(name=name, grain="case", form="per_thousand", counts=counts)


def state(name: str, counts: Pick) -> Measure:
    return Measure(name=name, grain="state", form="state", counts=counts)


def at_risk(days: int) -> Measure:
    counts = pick("due", outcome="open")
    return Measure(name=f"at_risk_{days}", grain="state", form="at_risk", counts=counts, within=days)
