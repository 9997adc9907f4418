"""The headline of an edition: what became of the deadlines as first promised (decision 0162), by whose duty they are.

Each duty has two tables, of the deadlines that were met in time as it was moved and of the others, because their sums
can be compared with the deadlines met and missed. So each is protected as a table whose total is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import get_args

from chalicelib.features.figures import reasons
from chalicelib.features.figures.compose import FEWEST, count_of, measure_of, row_named, texts_of
from chalicelib.features.figures.edition import HeadlineFigures, HeadlineRow
from chalicelib.features.figures.reasons import EditionStep, Reasons
from chalicelib.features.figures.tables import MeasureCounts, ShownCounts, is_small
from chalicelib.kit import catalogue
from chalicelib.policy.language.deadlines import Duty
from chalicelib.policy.language.parts import Label
from chalicelib.statistics.dimensions import OTHER
from chalicelib.statistics.measures.deadlines import HEADLINE, OFFICE
from chalicelib.statistics.measures.measure import MeasureTexts
from chalicelib.statistics.measures.table import MEASURES
from chalicelib.statistics.period_figures import PeriodFigures
from chalicelib.statistics.tabulating.value import half_up

SUMS: Mapping[str, Sequence[str]] = {"in_time": HEADLINE[:2], "not_in_time": HEADLINE[2:]}
"""The measures of each table, by the name of their sum."""
COLUMNS = (*HEADLINE[:2], "in_time", *HEADLINE[2:], "not_in_time", "cancelled")
_DUTIES: Sequence[str] = get_args(Duty)
_CAUSES = ("closed", "linked", "refused", "withdrawn", "transferred", "returned", "values_erased", OTHER)
_CANCELLED = f"{OFFICE}.cancelled"
_BY = "part"


def counts(found: PeriodFigures) -> dict[str, MeasureCounts]:
    """The tables, by `<duty>.<sum>`, and that of the office's cancelled deadlines by cause."""
    by_duty, by_cause = found.table("duty", HEADLINE), found.table("cause", ("cancelled",))
    tables = {
        _name(duty, part): _table(count_of(by_duty.get((duty,), {}).get(name)) for name in measures)
        for duty in _DUTIES
        for part, measures in SUMS.items()
    }
    causes = dict.fromkeys(_CAUSES, 0)
    for (cause,), values in by_cause.items():
        causes[cause if cause in causes else OTHER] += count_of(values.get("cancelled"))
    return {**tables, _CANCELLED: _table(causes.values())}


def _name(duty: str, part: str) -> str:
    return f"{duty}.{part}"


def _table(cells: Iterable[int]) -> MeasureCounts:
    listed = [*cells]
    return MeasureCounts(sum(listed), {_BY: listed})


def read_for(measures: Sequence[str]) -> Sequence[str]:
    """The measures to read for an edition that shows these."""
    return [*measures, *HEADLINE, "cancelled"] if is_shown(measures) else measures


def is_shown(measures: Iterable[str]) -> bool:
    """Whether an edition with these measures has a headline: it shows what became of deadlines."""
    return not {"met", "missed"}.isdisjoint(measures)


def untold(
    found: Mapping[str, ShownCounts], headline: Mapping[str, MeasureCounts], measures: Mapping[str, MeasureCounts]
) -> dict[str, ShownCounts]:
    """Without the office's tables, if a reader who knows that each complaint has one deadline could compute a small sum
    from the complaints received."""
    if not _tells(headline, measures):
        return dict(found)
    hidden = {name: [None] * len(one.tables[_BY]) for name, one in found.items() if name.startswith(f"{OFFICE}.")}
    return {**found, **{name: ShownCounts(None, {_BY: cells}) for name, cells in hidden.items()}}


def _tells(headline: Mapping[str, MeasureCounts], measures: Mapping[str, MeasureCounts]) -> bool:
    if "received" not in measures:
        return False
    sums = (
        [of[name].total for of, name in ((headline, _name(OFFICE, part)), (measures, same)) if name in of]
        for part, same in (("in_time", "met"), ("not_in_time", "missed"))
    )
    ties = [one for one in product(*sums, (0, headline[_CANCELLED].total)) if sum(one) == measures["received"].total]
    return any(is_small(part) for one in ties for part in one)


def reasons_of(counted: Mapping[str, MeasureCounts], steps: Sequence[EditionStep]) -> Reasons:
    """Why numbers are left out, by `reasons.place` of the duty and the column, or of `cause` and the cause."""
    if not counted:
        return {}
    cells = {name: [str(at) for at in range(len(one.tables[_BY]))] for name, one in counted.items()}
    found: Reasons = {}
    for name, keys in cells.items():
        within = reasons.of_tables({_BY: keys}, {name: counted[name]}, steps)
        places = {reasons.place("", "", name): _place_of_sum(name)}
        places |= {reasons.place(_BY, key, name): _place_of_cell(name, at) for at, key in enumerate(keys)}
        found |= {places[at]: reason for at, reason in within.items()}
    return found


def _place_of_sum(name: str) -> str:
    duty, _, part = name.partition(".")
    return reasons.place("cause", "", part) if name == _CANCELLED else reasons.place("duty", duty, part)


def _place_of_cell(name: str, at: int) -> str:
    duty, _, part = name.partition(".")
    if name == _CANCELLED:
        return reasons.place("cause", _CAUSES[at], part)
    return reasons.place("duty", duty, SUMS[part][at])


def headline_of(found: Mapping[str, ShownCounts]) -> HeadlineFigures:
    cancelled, labels = found[_CANCELLED], catalogue.section("dimension_values", dict[str, Label])
    causes = {cause: labels.get(f"cause.{cause}") or row_named("further") for cause in _CAUSES}
    cells = [cancelled.total, *cancelled.tables[_BY]]
    heads = [("", row_named("total")), *causes.items()]
    return HeadlineFigures(
        measures=[measure_of(name, _texts(name)) for name in COLUMNS],
        rows=[_duty_row(duty, labels[f"duty.{duty}"], dict(_values(found, duty))) for duty in _DUTIES],
        cancelled=[
            HeadlineRow(key=key, label=label.to_json(), values={"cancelled": cell})
            for (key, label), cell in zip(heads, cells, strict=True)
        ],
    )


def _values(found: Mapping[str, ShownCounts], duty: str) -> Iterator[tuple[str, int | None]]:
    for part, measures in SUMS.items():
        one = found[_name(duty, part)]
        yield from zip(measures, one.tables[_BY], strict=True)
        yield part, one.total


def _duty_row(duty: str, label: Label, values: dict[str, int | None]) -> HeadlineRow:
    return HeadlineRow(key=duty, label=label.to_json(), values=values, share=_share(values))


def _share(values: Mapping[str, int | None]) -> float | None:
    """Computed from the counts shown, so it tells nothing more."""
    kept, sums = values[HEADLINE[0]], [values[name] for name in SUMS]
    whole = sum(one or 0 for one in sums)
    return None if kept is None or None in sums or whole < FEWEST else half_up(kept, whole, 3)


def _texts(name: str) -> MeasureTexts:
    return texts_of(name) if name in MEASURES else catalogue.section("figure_sums", dict[str, MeasureTexts])[name]


def shown_in(headline: HeadlineFigures) -> dict[str, ShownCounts]:
    """The tables as the headline shows them."""
    tables = {
        _name(row.key, part): ShownCounts(row.values[part], {_BY: [row.values[name] for name in measures]})
        for row in headline.rows
        for part, measures in SUMS.items()
    }
    total, *causes = [row.values["cancelled"] for row in headline.cancelled]
    return {**tables, _CANCELLED: ShownCounts(total, {_BY: causes})}
