"""Short constructors for the rows of the table of measures."""

from __future__ import annotations

from chalicelib.statistics.measures.measure import Form, Grain, Label, Measure, Pick


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
