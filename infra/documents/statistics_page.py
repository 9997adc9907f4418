"""Writes `docs/statistics.md` from the table of measures: `python -m infra.documents.statistics_page PAGE`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from chalicelib.features.reports.layouts import UNITS
from chalicelib.statistics.counting.histogram import RELATIVE_ERROR
from chalicelib.statistics.dimensions import DIMENSIONS, periods
from chalicelib.statistics.measures.measure import Measure
from chalicelib.statistics.measures.table import GAMING, MEASURES
from chalicelib.statistics.reading import MOST_PENDING

_HEAD = """# Statistics

Generated from `chalicelib/statistics/measures/` by `make openapi`. Every figure about an organisation's
complaints: what it counts, what it is a share of, and the dimensions by which it can be asked for. Also each period is
a dimension: {periods}. A question has at most two. `category.<name>` is the value of one kind of
category. Days are those of the zone of the policy under which something happened.

- `case`: once in the life of a complaint. `transition`: each time that it happens. `state`: at the end of each day.
  `deadline`: each deadline once, on the day on which it was due, however late it ended.
- Times are working time in the calendar of the policy or of the deadline, as median and 90th percentile. They have a
  relative error of {error:.1f} %, and of a minute below that.
- The dimensions: {dimensions}.
- A measure of deadlines counts those of the office, unless the question names `duty` or `clock`.
- An absent value is an empty text. A figure that counts nothing is left out of a row.
- The dimension values of an event, such as the severity class, are those after it; the stage is the one in which it
  happened.
- No private value is in a cell. `repeat_complainants` is counted from one word for each complaint: whether the
  look-ups, which are keyed hashes of the organisation's own, had an earlier complaint with the same phone number or
  e-mail address. `linked` counts the repeats that members linked.
- A report as CSV (`Accept: text/csv`) has one value in a row: the period, each dimension with its label, `measure` with
  its label, `figure` with its label, `value`. `figure` carries the unit: {figures}.
  `layout=wide` makes a column for each, such as `met_share_percent`. Times are in the organisation's zone, labels in
  the language of the request.
- Figures are exact in every dimension, whatever the number of categories or units. They are complete up to
  `fresh_until`, which is null while all records are counted again, as after a release that counts otherwise: until
  then, reports of an organisation with more than {most} complaints have no rows.
- Decisions [0105](decisions/0105-statistics-from-contributions.md) and [0167](decisions/0167-statistics-by-day.md)
  describe how the figures are kept.

Indicators of gaming are compared with funnel limits: within the limits of 95 % and of 99.8 % of the binomial
distribution, a share differs from another one no more than chance explains. A unit is compared with all units (`place`,
`by=unit`). In the report `indicators`, each share is also compared with the same share of the 365 days before the
period (`past`), so that an organisation that games as a whole is seen, and with the share that the owners entered
(`reference`, `PUT /v1/t/{{tenant}}/references`). They are: {gaming}.

| Measure | zh | Counts | Share of | Grain | Dimensions |
|---|---|---|---|---|---|
"""
EXAMPLE = Path(__file__).with_name("statistics_example.md")
"""Its figures are computed by `tests/kernel/statistics/tricks/test_worked_example.py`."""


def page() -> str:
    gaming = ", ".join(f"`{name}`" for name in sorted(GAMING))
    named = ", ".join(f"`{name}` ({row.en}, {row.zh})" for name, row in DIMENSIONS.items())
    head = _HEAD.format(
        error=RELATIVE_ERROR * 100,
        gaming=gaming,
        periods=", ".join(periods()),
        dimensions=named,
        figures=_figures(),
        most=MOST_PENDING,
    )
    return head + "".join(_rows()) + "\n" + EXAMPLE.read_text("utf-8") + "".join(_in_chinese())


def _figures() -> str:
    return ", ".join(f"`{name}`" for name in dict.fromkeys(name for unit in UNITS.values() for name in unit.names))


def _in_chinese() -> Iterator[str]:
    yield "\n## 指标的定义\n\n"
    yield from (f"- {one.texts.label.zh}（`{name}`）：{one.texts.definition.zh}\n" for name, one in MEASURES.items())


def _rows() -> Iterator[str]:
    for measure in MEASURES.values():
        texts, dimensions = measure.texts, ", ".join(f"`{name}`" for name in measure.dimensions)
        cells = (f"`{measure.name}`: {texts.label.en}", texts.label.zh, texts.definition.en, _of(measure))
        yield f"| {' | '.join((*cells, measure.grain, dimensions))} |\n"


def _of(measure: Measure) -> str:
    if measure.of is None:
        return "—"
    where = "; ".join(f"{name}: {', '.join(values)}" for name, values in measure.of.where.items())
    return f"`{measure.of.series}`{f' ({where})' if where else ''}"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), "utf-8")
