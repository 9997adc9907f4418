"""Short constructors for the rows of the table of measures."""

from __future__ import annotations

from msgspec import structs

from chalicelib.statistics.measures.measure import Grain, Measure, Pick


def pick(series: str, **where: str | tuple[str, ...]) -> Pick:
    return Pick(series, {name: (one,) if isinstance(one, str) else one for name, one in where.items()})


def event(*types: str, **where: str | tuple[str, ...]) -> Pick:
    return pick("event", event=types, **where)


def count(name: str, counts: Pick, grain: Grain = "transition") -> Measure:
    return Measure(name=name, grain=grain, form="count", counts=counts)


def share(made: Measure, of: Pick) -> Measure:
    """The measure as a share of `of`."""
    return structs.replace(made, form="state_share" if made.form == "state" else "share", of=of)


def times(name: str, counts: Pick) -> Measure:
    grain: Grain = "deadline" if counts.series == "lateness" else "case"
    return Measure(name=name, grain=grain, form="times", counts=counts)


def state(name: str, counts: Pick) -> Measure:
    return Measure(name=name, grain="state", form="state", counts=counts)


def at_risk(days: int) -> Measure:
    counts = pick("due", outcome="open")
    return Measure(name=f"at_risk_{days}", grain="state", form="at_risk", counts=counts, within=days)
